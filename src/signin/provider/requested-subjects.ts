import { decodeJwt } from 'jose'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { idTokenClaimRequest, requestedValues } from '../claim-request.ts'

/**
 * The subject that a request is about: by an `id_token_hint` (OpenID Connect Core 3.1.2.1), or by the `sub` of a
 * requested ID token (5.5.1).
 */

/** The provider checked a hint when the request came, and keeps it with the interaction. */
const hintedSubjects = (hint: unknown): readonly unknown[] | undefined =>
  typeof hint === 'string' ? [decodeJwt(hint).sub] : undefined

function claimedSubjects(claims: unknown): readonly unknown[] | undefined {
  const values = requestedValues(idTokenClaimRequest(claims, 'sub'))
  return values.length > 0 ? values : undefined
}

/**
 * The subjects, by the party's names, for which a request may succeed; undefined if it names none. Throws
 * invalid_request if it contradicts itself.
 */
export function requestedSubjects({ oidc: { params } }: KoaContextWithOIDC): readonly unknown[] | undefined {
  const [hint, name] = [hintedSubjects(params?.['id_token_hint']), claimedSubjects(params?.['claims'])]
  if (!hint || !name) return hint ?? name
  const both = hint.filter(sub => name.includes(sub))
  if (both.length === 0) throw new errors.InvalidRequest('id_token_hint and claims ask for two subjects')
  return both
}
