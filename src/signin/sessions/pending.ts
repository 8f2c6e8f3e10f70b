import { randomBytes } from 'node:crypto'
import type { Work } from '../../platform/work.ts'
import { artifactOf, hashOf, readSubject, type Subject, subjectText } from '../artifact.ts'
import type { FactorKind } from '../assurance.ts'
import * as store from '../store.ts'

/**
 * A sign-in of which the first step is done and the second is not: kept by the house, under a token of its own, for ten
 * minutes.
 */
export type Pending = {
  readonly subject: Subject
  /** What was proved in the first step; nothing where a session is only to be added to. */
  readonly factors: readonly FactorKind[]
  readonly why: 'new-device' | 'strength'
  readonly forChild: boolean
  readonly keptAt: Date
}

const minutes = 10

/** Keeps it; gives its token. The work has the door open. */
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

/** Uses it up: of two who come with one token, one does. */
export async function take(work: Work, token: string): Promise<boolean> {
  return store.consumeArtifact(work, 'Pending', hashOf(token), null)
}
