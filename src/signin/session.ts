import { randomBytes } from 'node:crypto'
import type { Id } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import { hashText, type SignInSubject } from './artifact.ts'
import { type AuthStrength, authenticatedAt, type Factor, provedSince, strengthOf } from './assurance.ts'
import { stepUpMinutes } from './law.ts'

/** A person's session of this house, in one browser. */

export type CitizenSessionId = Id<'citizen-session'>

export type CitizenSession = {
  readonly id: CitizenSessionId
  readonly personId: Id<'person'>
  readonly accountId: Id<'account'>
  readonly childId: Id<'person'> | null
  readonly factors: readonly Factor[]
  readonly browser: string
  readonly beganAt: Date
  readonly seenAt: Date
  readonly endsAt: Date
}

/**
 * The cookie's token carries the person, so that a session is found where its person lies (scale.md A). It says who to
 * nobody who has not the register.
 */
const tokenText = (personId: Id<'person'>, secret: string) =>
  `${Buffer.from(personId.replaceAll('-', ''), 'hex').toString('base64url')}.${secret}`

export function parseToken(token: string | undefined): { personId: Id<'person'>; tokenHash: Buffer } | undefined {
  const parts = /^([\w-]{22})\.([\w-]{43})$/.exec(token ?? '')
  if (!parts?.[1] || !parts[2]) return undefined
  const hex = Buffer.from(parts[1], 'base64url').toString('hex')
  const personId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as Id<'person'>
  return { personId, tokenHash: hashText(parts[2]) }
}

export function newToken(personId: Id<'person'>): { token: string; tokenHash: Buffer } {
  const secret = randomBytes(32).toString('base64url')
  return { token: tokenText(personId, secret), tokenHash: hashText(secret) }
}

export const subjectOfSession = ({ personId, accountId, childId }: CitizenSession): SignInSubject => ({
  personId,
  accountId,
  ...(childId && { childId }),
})

/** The strength of a session counts what was proved in it. */
export const sessionStrength = ({ factors }: Pick<CitizenSession, 'factors'>): AuthStrength => strengthOf(factors)

/** How strong is what was proved of late; 0 where nothing of it says who the person is. */
export function freshStrength(
  { factors }: Pick<CitizenSession, 'factors'>,
  work: Pick<Work, 'now' | 'today' | 'lawRows'>,
): AuthStrength | 0 {
  const since = new Date(work.now.getTime() - ruleOn(stepUpMinutes, work.today, work) * 60_000)
  const fresh = provedSince(factors, since)
  return authenticatedAt(fresh) ? strengthOf(fresh) : 0
}
