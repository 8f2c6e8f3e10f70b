import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Site } from '../pages/site.ts'
import { cookiesNamed, dropCookie, readCookie, setCookie } from '../pages/visit.ts'
import { hashOf, newSecret } from '../secret.ts'
import type { Away } from '../sign-in/provider.ts'

/** Somebody may be away at the provider for so long. */
const patience = 10 * 60_000

/** So many sign-ins of one browser may be away at once, one a tab; one more takes the place of the oldest. */
const most = 5

export type Pending = Away & { readonly examId: string; readonly startedAt: number }

/**
 * Each sign-in has a cookie of its own, named by its `state`, with a secret of its own: tabs of one browser do not undo
 * each other, also where they set out in the same moment, and an answer is taken from the browser that set out alone
 * (RFC 6749, 10.12; RFC 9700, 4.7).
 */
const prefix = 'sign-in-'

const forget = (site: Site, reply: FastifyReply, state: string, secret: string) => {
  site.db.run('delete from sign_in where state = ? and id_hash = ?', state, hashOf(secret))
  dropCookie(site, reply, prefix + state)
}

/** Keeps what the answer is checked against, while the browser is at the provider. */
export function keepPending(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  examId: string,
  away: Away,
  now: number,
): void {
  const held = cookiesNamed(site, request, prefix).map(({ rest: state, value }) => {
    const kept = site.db.find<{ at: number }>(
      'select started_at as at from sign_in where state = ? and id_hash = ?',
      state,
      hashOf(value),
    )
    return { state, secret: value, at: kept?.at ?? 0 }
  })
  for (const { state, secret } of held.toSorted((a, b) => b.at - a.at).slice(most - 1))
    forget(site, reply, state, secret)
  const secret = newSecret()
  site.db.run(
    'insert into sign_in values (?, ?, ?, ?, ?, ?, ?, ?)',
    hashOf(secret),
    examId,
    away.state,
    away.nonce,
    away.verifier,
    away.dpopKey,
    away.requestId,
    now,
  )
  setCookie(site, reply, prefix + away.state, secret, patience / 1_000)
}

/**
 * What was kept of the sign-in that this answer names, where this browser set out with it. It is taken out, for an
 * answer is looked at once; others stay.
 */
export function takePending(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  state: string,
  now: number,
): Pending | undefined {
  // RFC 6749, Appendix A.5, and no more than a cookie's name may have.
  const secret = /^[\w-]{20,100}$/.test(state) ? readCookie(site, request, prefix + state) : undefined
  if (!secret) return undefined
  dropCookie(site, reply, prefix + state)
  const kept = site.db.find<Pending>(
    `delete from sign_in where state = ? and id_hash = ?
      returning exam_id as "examId", state, nonce, verifier, dpop_key as "dpopKey",
     request_id as "requestId", started_at as "startedAt"`,
    state,
    hashOf(secret),
  )
  return kept && now < kept.startedAt + patience ? kept : undefined
}

/**
 * Who signs out leaves nothing by which another tab would sign in again: the next one at this computer may be somebody
 * else.
 */
export function forgetPending(site: Site, request: FastifyRequest, reply: FastifyReply): void {
  for (const { rest: state, value } of cookiesNamed(site, request, prefix)) forget(site, reply, state, value)
}
