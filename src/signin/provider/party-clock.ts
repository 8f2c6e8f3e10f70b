import type { IncomingMessage } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { now } from '../../platform/clock.ts'

/** Clocks of parties, by which they date their assertions and proofs, beside ours. */

/**
 * FAPI 2.0 Security Profile 5.3.2.1: clocks of parties that are ahead by as much are taken, and never by more than a
 * minute.
 */
export const aheadSeconds = 10
export const mostAheadSeconds = 60

/** For how long a proof is good from the moment that stands in it (RFC 9449, section 11.1); oidc-provider has it so. */
export const proofSeconds = 300

type Times = { readonly iat?: unknown; readonly nbf?: unknown; readonly sub?: unknown }

/** What a JWT says, before anybody has looked at its signature. */
export const claimsIn = (jwt: unknown): Times => {
  if (!jwt) return {}
  try {
    const said: unknown = JSON.parse(Buffer.from(String(jwt).split('.')[1] ?? '', 'base64url').toString())
    return typeof said === 'object' && said !== null ? said : {}
  } catch {
    return {}
  }
}

const seconds = () => Math.floor(now().getTime() / 1000)
const beyond = (moment: unknown): number => (typeof moment === 'number' ? moment - seconds() : Number.NEGATIVE_INFINITY)

/** By how much a clock is ahead by what it wrote: the later of its moments tells. Undefined where it wrote none. */
export function aheadBy({ iat, nbf }: Times): number | undefined {
  const most = Math.max(beyond(iat), beyond(nbf))
  return Number.isFinite(most) ? most : undefined
}

/** oidc-provider takes proofs that are dated five minutes ahead, and any with a nonce. Throws invalid_dpop_proof. */
export function refuseAhead(ctx: KoaContextWithOIDC): void {
  const { iat, nbf } = claimsIn(ctx.get('dpop'))
  if (beyond(iat) > mostAheadSeconds || beyond(nbf) > aheadSeconds)
    throw new errors.InvalidDpopProof('DPoP proof iat is not to lie ahead, nor its nbf')
}

/**
 * oidc-provider takes no proof before its nbf, which a clock that is a little ahead puts before our now: it is looked
 * at when that moment has come.
 */
export async function waitForProof({ headers }: IncomingMessage): Promise<void> {
  if (!headers['dpop']) return
  const { nbf } = claimsIn(headers['dpop'])
  const wait = beyond(nbf)
  if (typeof nbf === 'number' && wait > 0 && wait <= aheadSeconds)
    await setTimeout(Math.ceil(nbf * 1000 - now().getTime()) + 5)
}

/**
 * A proof that was dated ahead is good for longer than oidc-provider remembers it: all are remembered for as long as
 * the longest could be good.
 */
export function rememberProofs({ ReplayDetection: shown }: Provider): void {
  const { unique } = shown
  shown.unique = function (issuer, jti, until) {
    return unique.call(this, issuer, jti, until + mostAheadSeconds + 1)
  }
}
