/**
 * Breaches of the protection of personal data. In: what an officer or the operator knows of one. Decided: until when
 * the authority is notified, by the law of the day; nothing else, since what happened is for people to judge. Out: the
 * clock on screens and in `doctor`, the notice as a paper, how the people concerned were told. Deeds:
 * `breach.recorded`, `.amended`, `.notified`, `.people-told`, `.ended`.
 */

import * as audit from '../../audit/audit.ts'
import { newId } from '../../platform/ids.ts'
import { referenceOn, ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import type * as units from '../../units/units.ts'
import { breachForm, breachNotice, breachWarningHours, hour, shownRequests } from '../law.ts'
import { dataProtectionProblem } from '../problems.ts'
import type { BreachId, NoticeState } from './breach.ts'
import * as store from './store.ts'

export type { DataBreach } from './store.ts'

export type BreachReport = Omit<store.BreachFacts, 'notifyBy' | 'mustNotify'>

/** What the law of a work's day makes of a report. Throws breach-times-wrong, breach-notice-needed. */
function judged(work: Work, report: BreachReport): store.BreachFacts {
  const { happenedAt, discoveredAt, whyNot } = report
  if (happenedAt > discoveredAt || discoveredAt > work.now) throw dataProtectionProblem('breach-times-wrong')
  const { hours, from, onlyIfHarmful } = ruleOn(breachNotice, work.today, work)
  const reason = whyNot?.trim() || undefined
  if (reason && !onlyIfHarmful) throw dataProtectionProblem('breach-notice-needed')
  const start = from === 'happened' ? happenedAt : discoveredAt
  return {
    ...report,
    whyNot: reason,
    mustNotify: reason === undefined,
    notifyBy: new Date(start.getTime() + hours * hour),
  }
}

const breachSubject = ({ id, unitId }: Pick<store.DataBreach, 'id' | 'unitId'>) => ({ kind: 'breach', id, unitId })

const factsOf = ({ dataKinds, people, mustNotify, notifyBy, discoveredAt }: store.BreachFacts) => ({
  dataKinds,
  people,
  mustNotify,
  discoveredAt: discoveredAt.toISOString(),
  notifyBy: notifyBy.toISOString(),
})

/** Records a breach; the clock of its notice runs. Throws breach-times-wrong, breach-notice-needed. */
export async function recordBreach(work: Work, unitId: units.UnitId, report: BreachReport): Promise<BreachId> {
  const facts = judged(work, report)
  const id = newId<'breach'>(work.now)
  await store.insertBreach(work, { ...facts, id, unitId })
  await audit.record(work, 'breach.recorded', breachSubject({ id, unitId }), factsOf(facts))
  return id
}

async function getUnended(work: Work, id: BreachId): Promise<store.DataBreach> {
  const breach = await store.holdBreach(work, id)
  if (!breach) throw dataProtectionProblem('breach-unknown')
  if (breach.endedAt) throw dataProtectionProblem('breach-step-refused')
  return breach
}

/** What is known since. After the notice its clock stays as it was. Throws as recordBreach, and breach-unknown. */
export async function amendBreach(work: Work, id: BreachId, report: BreachReport): Promise<void> {
  const breach = await getUnended(work, id)
  const facts = judged(work, report)
  const kept = breach.notifiedAt ? { ...facts, mustNotify: true, whyNot: undefined, notifyBy: breach.notifyBy } : facts
  await store.setFacts(work, id, kept)
  await audit.record(work, 'breach.amended', breachSubject(breach), factsOf(kept))
}

/**
 * The notice went out, with its number; late, with the reason. Throws breach-unknown, -step-refused,
 * -late-reason-needed.
 */
export async function notifyAuthority(
  work: Work,
  id: BreachId,
  { number, lateReason }: { readonly number: string; readonly lateReason?: string | undefined },
): Promise<void> {
  const breach = await getUnended(work, id)
  if (!breach.mustNotify || breach.notifiedAt) throw dataProtectionProblem('breach-step-refused')
  const reason = lateReason?.trim() || undefined
  const isLate = work.now > breach.notifyBy
  if (isLate !== (reason !== undefined)) throw dataProtectionProblem('breach-late-reason-needed')
  await store.setNotified(work, id, { number: number.trim(), lateReason: reason })
  await audit.record(work, 'breach.notified', breachSubject(breach), { number: number.trim(), isLate })
}

/** How the people concerned were told, or why they need not be. Throws breach-unknown, -step-refused. */
export async function notePeopleTold(work: Work, id: BreachId, how: string): Promise<void> {
  const breach = await getUnended(work, id)
  if (breach.peopleToldAt || !how.trim()) throw dataProtectionProblem('breach-step-refused')
  await store.setPeopleTold(work, id, how.trim())
  await audit.record(work, 'breach.people-told', breachSubject(breach))
}

/** Ends the work on a breach, once notice and people are settled. Throws breach-unknown, -step-refused. */
export async function endBreach(work: Work, id: BreachId, how: string): Promise<void> {
  const breach = await getUnended(work, id)
  const isSettled = breach.peopleToldAt && (breach.notifiedAt || !breach.mustNotify)
  if (!isSettled || !how.trim()) throw dataProtectionProblem('breach-step-refused')
  await store.setBreachEnded(work, id, how.trim())
  await audit.record(work, 'breach.ended', breachSubject(breach))
}

/** Where the clock of a notice stands. */
export function noticeStateOf(
  work: Work,
  { mustNotify, notifyBy, notifiedAt }: Pick<store.DataBreach, 'mustNotify' | 'notifyBy' | 'notifiedAt'>,
): NoticeState {
  if (notifiedAt) return notifiedAt > notifyBy ? 'notified-late' : 'notified'
  if (!mustNotify) return 'not-needed'
  if (notifyBy < work.now) return 'overdue'
  const warnFrom = notifyBy.getTime() - ruleOn(breachWarningHours, work.today, work) * hour
  return work.now.getTime() >= warnFrom ? 'running-out' : 'running'
}

export const listBreaches = (work: Work): Promise<store.DataBreach[]> => store.findBreaches(work, shownRequests)

/** Throws breach-unknown. */
export async function getBreach(work: Work, id: BreachId): Promise<store.DataBreach> {
  const breach = await store.findBreach(work, id)
  if (!breach) throw dataProtectionProblem('breach-unknown')
  return breach
}

export type UnnotifiedBreaches = {
  readonly count: number
  readonly overdue: number
  readonly runningOut: number
  readonly nextBy?: Date | undefined
}

/** Notices that are to be sent still, in the work's scope. */
export async function countUnnotified(work: Work): Promise<UnnotifiedBreaches> {
  const found = await store.findUnnotified(work)
  const states = found.map(one => noticeStateOf(work, { ...one, mustNotify: true }))
  const [first] = found
  return {
    count: found.length,
    overdue: states.filter(state => state === 'overdue').length,
    runningOut: states.filter(state => state === 'running-out').length,
    ...(first && { nextBy: first.notifyBy }),
  }
}

/** The rule and the form of the day on which a breach was recorded. */
export const noticeLawOf = (work: Work, { recordedOn }: Pick<store.DataBreach, 'recordedOn'>) => ({
  rule: referenceOn(breachNotice, recordedOn, work),
  form: ruleOn(breachForm, recordedOn, work),
})
