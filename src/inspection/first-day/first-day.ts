/**
 * The guide of an officer's first day. In: the role that they act in, and what the audit has of them. Decided: which
 * steps are done, by deeds and readings of their own and not by ticks; whether the guide is offered still. Out: steps
 * and duties, for the officer alone. Deeds: `first-day.dismissed`, `.page-opened`, `duties.acknowledged`.
 */

import * as audit from '../../audit/audit.ts'
import { addDays } from '../../platform/day.ts'
import { referenceOn, ruleOn } from '../../platform/law.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { firstDayLooksBack, personalDataDuties } from '../law.ts'
import { inspectionProblem } from '../problems.ts'
import type { GuideStepName } from './step-names.ts'
import { guideSteps, stepsOf } from './steps.ts'
import * as store from './store.ts'

type GuidedStep = { readonly step: GuideStepName; readonly isDone: boolean; readonly doneAt?: Date | undefined }

export type FirstDay = {
  readonly offered: boolean
  readonly duties: { readonly codes: readonly string[]; readonly basis: string; readonly readAt?: Date | undefined }
  readonly steps: readonly GuidedStep[]
}

/** Article and act of the duties that hold today. */
function dutiesBasis(work: Work): string {
  const { article, source } = referenceOn(personalDataDuties, work.today, work)
  return [article, source].filter(Boolean).join(', ')
}

/** What shows that a step was done, once the audit was asked for all of them together. */
type Known = {
  readonly guide: store.GuideRow | undefined
  readonly hasFactor: boolean
  readonly basis: string
  readonly deeds: ReadonlyMap<string, Date>
  readonly readings: ReadonlyMap<string, Date>
}

async function knownOf(work: Work, steps: readonly GuideStepName[]): Promise<Known> {
  const by = steps.map(step => guideSteps[step].by)
  const deeds = by.flatMap(one => (one.kind === 'deed' ? one.deeds : []))
  const purposes = by.flatMap(one => (one.kind === 'reading' ? [one.purpose] : []))
  const span = { from: addDays(work.today, -ruleOn(firstDayLooksBack, work.today, work)), to: work.today }
  // One's own deeds are asked with the eyes of the house: a post of other units does not hide what one did in them.
  const [done, read] = await withHouseScope(work, async house => [
    deeds.length ? await store.firstDeeds(house, span, deeds) : [],
    purposes.length ? await store.firstReadings(house, purposes) : [],
  ])
  return {
    guide: await store.findGuide(work),
    hasFactor: await staff.hasSecondFactor(work, work.by.id as staff.OfficerId),
    basis: dutiesBasis(work),
    deeds: new Map(done.map(({ deed, at }) => [deed, at])),
    readings: new Map(read.map(({ purpose, at }) => [purpose, at])),
  }
}

function guided(step: GuideStepName, { guide, hasFactor, basis, deeds, readings }: Known): GuidedStep {
  const { by } = guideSteps[step]
  const at = (doneAt: Date | undefined): GuidedStep => ({
    step,
    isDone: doneAt !== undefined,
    ...(doneAt && { doneAt }),
  })
  if (by.kind === 'factor') return { step, isDone: hasFactor }
  if (by.kind === 'duties') return at(guide?.dutiesBasis === basis ? (guide.dutiesAt ?? undefined) : undefined)
  if (by.kind === 'opened') return { step, isDone: guide?.opened.includes(step) ?? false }
  if (by.kind === 'reading') return at(readings.get(by.purpose))
  const [first] = by.deeds.flatMap(name => deeds.get(name) ?? []).toSorted((a, b) => a.getTime() - b.getTime())
  return at(first)
}

/** The first day of who asks, in the role that they act in; without a role there are duties alone. */
export async function readFirstDay(work: Work, role: staff.Role | undefined): Promise<FirstDay> {
  const names = role ? stepsOf[role] : (['duties'] as const)
  const known = await knownOf(work, names)
  const steps = names.map(step => guided(step, known))
  const { guide, basis } = known
  const readAt = guide?.dutiesBasis === basis ? (guide.dutiesAt ?? undefined) : undefined
  return {
    offered: role !== undefined && !guide?.dismissedAt && steps.some(({ isDone }) => !isDone),
    duties: { codes: ruleOn(personalDataDuties, work.today, work), basis, ...(readAt && { readAt }) },
    steps,
  }
}

const ofOfficer = (work: Work) => ({ kind: 'officer', id: work.by.id })

/** Puts the guide away, once. */
export async function dismissGuide(work: Work): Promise<void> {
  if (await store.setDismissed(work)) await audit.record(work, 'first-day.dismissed', ofOfficer(work))
}

/** The officer has read the duties. Throws duties-of-another-act where the page showed those of another. */
export async function acknowledgeDutiesOf(work: Work, basis: string): Promise<void> {
  const inForce = dutiesBasis(work)
  if (basis !== inForce) throw inspectionProblem('duties-of-another-act', { basis: inForce })
  if (await store.setDutiesRead(work, basis))
    await audit.record(work, 'duties.acknowledged', ofOfficer(work), { basis })
}

/** A page of the guide was opened. Steps that are known by deeds are not changed by it. */
export async function noteStepOpened(work: Work, step: GuideStepName): Promise<void> {
  if (guideSteps[step].by.kind !== 'opened') return
  if (await store.addOpened(work, step)) await audit.record(work, 'first-day.page-opened', ofOfficer(work), { step })
}
