import type { IncomingMessage } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { now } from '../../platform/clock.ts'
import { partyClockSeconds } from '../law.ts'

/** The clocks of parties, with which they date assertions and proofs. */

type TimeClaims = { readonly iat?: unknown; readonly nbf?: unknown; readonly sub?: unknown }

/** The claims of a JWT whose signature is not verified yet. */
export const timeClaimsIn = (jwt: unknown): TimeClaims => {
  if (!jwt) return {}
  try {
    const said: unknown = JSON.parse(Buffer.from(String(jwt).split('.')[1] ?? '', 'base64url').toString())
    return typeof said === 'object' && said !== null ? said : {}
  } catch {
    return {}
  }
}

const nowSeconds = () => Math.floor(now().getTime() / 1000)
const secondsBeyond = (moment: unknown): number =>
  typeof moment === 'number' ? moment - nowSeconds() : Number.NEGATIVE_INFINITY

/** How far a clock is ahead by the later of its times; undefined without any. */
export function secondsAhead({ iat, nbf }: TimeClaims): number | undefined {
  const most = Math.max(secondsBeyond(iat), secondsBeyond(nbf))
  return Number.isFinite(most) ? most : undefined
}

/** oidc-provider accepts proofs dated five minutes ahead, and any with a nonce. Throws invalid_dpop_proof. */
export function refuseFutureAssertion(ctx: KoaContextWithOIDC): void {
  const { iat, nbf } = timeClaimsIn(ctx.get('dpop'))
  if (secondsBeyond(iat) > partyClockSeconds.mostAhead || secondsBeyond(nbf) > partyClockSeconds.ahead)
    throw new errors.InvalidDpopProof('DPoP proof iat is not to lie ahead, nor its nbf')
}

/**
 * oidc-provider refuses a proof before its nbf, which a slightly fast clock puts before our now, so the proof is
 * checked when that moment has come.
 */
export async function waitForProof({ headers }: IncomingMessage): Promise<void> {
  if (!headers['dpop']) return
  const { nbf } = timeClaimsIn(headers['dpop'])
  const wait = secondsBeyond(nbf)
  if (typeof nbf === 'number' && wait > 0 && wait <= partyClockSeconds.ahead)
    await setTimeout(Math.ceil(nbf * 1000 - now().getTime()) + 5)
}

/**
 * A proof dated ahead is valid for longer than oidc-provider remembers it, so all are remembered for the longest
 * validity.
 */
export function extendReplayMemory({ ReplayDetection: shown }: Provider): void {
  const { unique } = shown
  shown.unique = function (issuer, jti, until) {
    return unique.call(this, issuer, jti, until + partyClockSeconds.mostAhead + 1)
  }
}
