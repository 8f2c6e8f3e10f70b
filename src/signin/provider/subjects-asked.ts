import { decodeJwt } from 'jose'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { idTokenWish, valuesOf } from '../claims-asked.ts'

/**
 * Whom a request is about, where it says so: by an `id_token_hint` (OpenID Connect Core 3.1.2.1), or by the `sub` of an
 * ID token that it asks for (5.5.1).
 */

/** The provider has looked at a hint when the request came, and keeps it with what the person is asked. */
const hinted = (hint: unknown): readonly unknown[] | undefined =>
  typeof hint === 'string' ? [decodeJwt(hint).sub] : undefined

function named(claims: unknown): readonly unknown[] | undefined {
  const values = valuesOf(idTokenWish(claims, 'sub'))
  return values.length > 0 ? values : undefined
}

/**
 * The subjects, as the party knows them, of whom a request may be answered positively; undefined where it says nothing.
 * Throws invalid_request where it contradicts itself.
 */
export function subjectsAsked({ oidc: { params } }: KoaContextWithOIDC): readonly unknown[] | undefined {
  const [hint, name] = [hinted(params?.['id_token_hint']), named(params?.['claims'])]
  if (!hint || !name) return hint ?? name
  const both = hint.filter(sub => name.includes(sub))
  if (both.length === 0) throw new errors.InvalidRequest('id_token_hint and claims ask for two subjects')
  return both
}
