import { randomBytes } from 'node:crypto'
import type { Work } from '../../platform/work.ts'
import { artifactOf, hashOf, readSubject, type Subject, subjectText } from '../artifact.ts'
import type { FactorKind } from '../assurance.ts'
import * as store from '../store.ts'

/** A pending sign-in, whose first step is done and second is not: stored under its own token for ten minutes. */
export type Pending = {
  readonly subject: Subject
  /** The factors of the first step; empty if a session is only to be strengthened. */
  readonly factors: readonly FactorKind[]
  readonly why: 'new-device' | 'strength'
  readonly forChild: boolean
  readonly keptAt: Date
}

const minutes = 10

/** Stores a pending sign-in and gives its token. The work is in the sign-in scope. */
export async function keep(work: Work, { subject, factors, why, forChild }: Omit<Pending, 'keptAt'>): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const exp = Math.floor(work.now.getTime() / 1000) + minutes * 60
  await store.saveArtifacts(work, [
    artifactOf('Pending', token, { exp, accountId: subjectText(subject), factors, why, forChild }),
  ])
  return token
}

export async function find(work: Work, token: string | undefined): Promise<Pending | undefined> {
  if (!token) return undefined
  const found = await store.findArtifact(work, 'Pending', hashOf(token))
  const payload = found?.payload as
    | { exp: number; accountId: string; factors: FactorKind[]; why: Pending['why']; forChild: boolean }
    | undefined
  const subject = readSubject(payload?.accountId)
  if (!payload || !subject || found?.consumedAt || payload.exp * 1000 <= work.now.getTime()) return undefined
  return {
    subject,
    factors: payload.factors,
    why: payload.why,
    forChild: payload.forChild,
    keptAt: new Date((payload.exp - minutes * 60) * 1000),
  }
}

/** Spends it; of two simultaneous uses of one token one succeeds. */
export async function take(work: Work, token: string): Promise<boolean> {
  return store.consumeArtifact(work, 'Pending', hashOf(token), null)
}
