/**
 * How long personal data is kept, and what becomes of it. In: the dated rules of law.ts, and from each context how it
 * counts and removes what it may. Decided: of what the term is over by the rule of the day. Out: the table with what is
 * due; at night, removal of those kinds that have no job of their own. What the law keeps is never removed here: a kind
 * is removed only where its rule says so and a context gives the hand for it. Deed: `data.removed`.
 */

import * as audit from '../../audit/audit.ts'
import type { Crontab, Job } from '../../platform/jobs/jobs.ts'
import { ruleOn } from '../../platform/law.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import {
  endedSessionDays,
  failedJobDays,
  hour,
  type RetentionKind,
  type RetentionTerm,
  removedAtOnce,
  retentionKinds,
  retentionTerms,
  spentLinkDays,
} from '../law.ts'

/** How a context counts what ended before a moment, and removes so many of it. */
export type EndedData = {
  count(work: Work, before: Date): Promise<number>
  remove(work: Work, before: Date, limit: number): Promise<number>
}

/** Kinds that the nightly job removes; the others have a job of their own, or stay. */
export const removedHere = [
  'ended-citizen-sessions',
  'ended-officer-sessions',
  'ended-engineer-sessions',
  'sign-in-history',
  'failed-jobs',
] as const
export type RemovedKind = (typeof removedHere)[number]
export type EndedDataOf = Readonly<Record<RemovedKind, EndedData>>

/** Which job, or which command, removes what is removed elsewhere. */
export const removedBy: Partial<Readonly<Record<RetentionKind, string>>> = {
  'sign-in-artifacts': 'clear-sign-in',
  'counted-failures': 'drop-family-tries',
  flights: 'forget-flights',
  'quota-counts': 'forget-flights',
  'capture-pieces': 'clear-pieces',
  'visit-lists': 'forget-house-lists',
  verifications: 'forget-verifications',
  'stay-notices': 'clear-stays',
  'merged-records': 'forget-merged-rows',
  'level-one-askings': 'take-up-what-was-left',
  'engineer-links': 'forget-flights',
  'unsent-papers': 'clear-attachments',
  'withdrawn-papers': 'clear-attachments',
  'access-history': 'audit drop-readings',
}

/** The rule that counts in days; a kind without one is kept for the whole years of its term. */
const daysOf = {
  'ended-citizen-sessions': endedSessionDays,
  'ended-officer-sessions': endedSessionDays,
  'ended-engineer-sessions': spentLinkDays,
  'sign-in-history': undefined,
  'failed-jobs': failedJobDays,
} as const satisfies Record<RemovedKind, unknown>

const isRemovedHere = (kind: RetentionKind): kind is RemovedKind => removedHere.some(one => one === kind)

/** The moment before which what ended is removed, by the rule of the day. */
function removedBefore(work: Work, kind: RemovedKind): Date {
  const days = daysOf[kind]
  if (days) return new Date(work.now.getTime() - ruleOn(days, work.today, work) * 24 * hour)
  const before = new Date(work.now)
  before.setUTCFullYear(before.getUTCFullYear() - ruleOn(retentionTerms, work.today, work)[kind].years)
  return before
}

export type RetentionLine = RetentionTerm & {
  readonly kind: RetentionKind
  /** What removes it: this job, another one, a command; none where it stays. */
  readonly removedBy: string | null
  /** How many are due now; null where another job counts for itself. */
  readonly due: number | null
}

export const retentionJob = 'remove-ended-data'

/** The whole table on a day, with what is due. A dry run: it removes nothing. */
export async function retentionOn(work: Work, data: EndedDataOf): Promise<RetentionLine[]> {
  const terms = ruleOn(retentionTerms, work.today, work)
  const lines: RetentionLine[] = []
  for (const kind of retentionKinds) {
    const here = isRemovedHere(kind)
    lines.push({
      ...terms[kind],
      kind,
      removedBy: here ? retentionJob : (removedBy[kind] ?? null),
      due: here && terms[kind].after === 'delete' ? await data[kind].count(work, removedBefore(work, kind)) : null,
    })
  }
  return lines
}

/** Removes what is due of the kinds that are removed here, some thousand a work. Gives how many of each. */
export async function removeEndedData(openWork: OpenWork, data: EndedDataOf): Promise<Record<RemovedKind, number>> {
  const removed = Object.fromEntries(removedHere.map(kind => [kind, 0])) as Record<RemovedKind, number>
  for (const kind of removedHere) {
    let last = removedAtOnce
    while (last === removedAtOnce) {
      last = await openWork(asSystem('data-protection'), async work => {
        // An installation's rule may say that a kind stays.
        if (ruleOn(retentionTerms, work.today, work)[kind].after !== 'delete') return 0
        const before = removedBefore(work, kind)
        const count = await data[kind].remove(work, before, removedAtOnce)
        if (count > 0)
          await audit.record(
            work,
            'data.removed',
            { kind: 'retention', id: kind },
            { count, before: before.toISOString() },
          )
        return count
      })
      removed[kind] += last
    }
  }
  return removed
}

export const jobs = (openWork: OpenWork, data: EndedDataOf): Readonly<Record<string, Job>> => ({
  [retentionJob]: async () => {
    await removeEndedData(openWork, data)
  },
})

/** UTC: at twenty past two at night in the province. */
export const crontab: Crontab = { [retentionJob]: '20 19 * * *' }
