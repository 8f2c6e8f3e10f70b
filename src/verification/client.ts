import type * as parties from '../parties/parties.ts'
import { requestProblem } from '../platform/http/problems.ts'
import type { SignedIn } from '../platform/http/serve-endpoint.ts'
import { findClientOf } from '../signin/signin.ts'

/** The client behind a request; a door of the right `verification` opens to nobody else. */
export function clientOf(who: SignedIn | undefined): parties.Client {
  const client = findClientOf(who)
  if (!client) throw requestProblem('sign-in-needed')
  return client
}
