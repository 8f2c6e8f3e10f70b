import type * as parties from '../parties/parties.ts'
import { placesOf, retrySeconds } from '../platform/limits/law.ts'
import { openPlaces } from '../platform/limits/places.ts'
import { verificationProblem } from './problems.ts'

/**
 * How many requests a sandbox client has under way at once: anybody with an e-mail address makes one. Live clients are
 * not counted here. Their works are in lanes of their own anyway (parties.countedOf).
 */
export type SandboxPlaces = {
  /** Takes a place for a request; gives what ends it. Throws verification-sandbox-busy. */
  enter(client: parties.Client, kind: 'check' | 'stream'): () => void
}

export function openSandboxPlaces(): SandboxPlaces {
  const refusal = () =>
    verificationProblem('verification-sandbox-busy', {}, { 'retry-after': String(retrySeconds.places) })
  const places = {
    check: openPlaces({ ofOne: placesOf['sandbox-checks'], refusal }),
    stream: openPlaces({ ofOne: placesOf['sandbox-streams'], refusal }),
  }
  return {
    enter: ({ clientId, sandbox }, kind) => (sandbox ? places[kind].enter(clientId) : () => undefined),
  }
}
