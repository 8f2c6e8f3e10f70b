import { randomBytes } from 'node:crypto'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { artifactOf, hashText, readSubject, type SignInSubject, subjectText } from '../artifact.ts'
import type { FactorKind } from '../assurance.ts'
import { tokenMinutes } from '../law.ts'
import * as store from '../store.ts'

/** A pending sign-in, whose first step is done and second is not: stored under its own token. */
export type PendingSignIn = {
  readonly subject: SignInSubject
  /** The factors of the first step; empty if a session is only to be strengthened. */
  readonly factors: readonly FactorKind[]
  readonly why: 'new-device' | 'strength'
  readonly forChild: boolean
  readonly keptAt: Date
}

/** Stores a pending sign-in and gives its token. The work is in the sign-in scope. */
export async function keepPending(
  work: Work,
  { subject, factors, why, forChild }: Omit<PendingSignIn, 'keptAt'>,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const exp = Math.floor(work.now.getTime() / 1000) + tokenMinutes.pendingSignIn * 60
  await store.saveArtifacts(work, [
    artifactOf('Pending', token, { exp, accountId: subjectText(subject), factors, why, forChild }),
  ])
  return token
}

export async function findPending(work: Work, token: string | undefined): Promise<PendingSignIn | undefined> {
  if (!token) return undefined
  const found = await store.findArtifact(work, 'Pending', hashText(token))
  const payload = found?.payload as
    | { exp: number; accountId: Id<'account'>; factors: FactorKind[]; why: PendingSignIn['why']; forChild: boolean }
    | undefined
  const subject = readSubject(payload?.accountId)
  if (!payload || !subject || found?.consumedAt || payload.exp * 1000 <= work.now.getTime()) return undefined
  return {
    subject,
    factors: payload.factors,
    why: payload.why,
    forChild: payload.forChild,
    keptAt: new Date((payload.exp - tokenMinutes.pendingSignIn * 60) * 1000),
  }
}

/** Spends it; of two simultaneous uses of one token one succeeds. */
export async function takePending(work: Work, token: string): Promise<boolean> {
  return store.consumeArtifact(work, 'Pending', hashText(token), null)
}
