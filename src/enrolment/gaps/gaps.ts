/**
 * Gaps: what is stuck between two steps. They are found anew from the facts each time, so that nothing is forgotten.
 * Input: packets, applications and cards as they are now.
 * Decided: the step in which each waits, who must act, and by which day: the step's limit, or an earlier one of the
 * law, the campaign or an officer.
 * Output: a list, the most urgent first; a nightly job stores it to know since when something is stuck. No deeds.
 */

import * as audit from '../../audit/audit.ts'
import type * as followUps from '../../follow-ups/follow-ups.ts'
import type { Day } from '../../platform/day.ts'
import { asId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { stepDays } from '../law.ts'
import { type GapKind, gapKinds, hands } from './gap.ts'
import * as store from './store-stuck.ts'

const earlierDay = (a: Day, b: Day | null) => (b !== null && b < a ? b : a)

/** The last day to act: the step's limit, or an earlier day of the law, the campaign or an officer. */
function gapDueOn({ kind, sinceOn, actBy, facts }: store.StuckRecord, work: Work): Day {
  const limit = actBy ?? units.workingDaysAfter(sinceOn, ruleOn(stepDays, work.today, work)[kind])
  const campaign = typeof facts['campaignDue'] === 'string' ? (facts['campaignDue'] as Day) : null
  return kind === 'returned-not-acted' || kind === 'waits-for-correction' ? limit : earlierDay(limit, campaign)
}

/** Everything that is stuck among what the work may see, the most urgent first. */
export async function findGaps(work: Work): Promise<store.EnrolmentGap[]> {
  const found = await store.findStuck(work)
  return found
    .map(({ actBy, firstAt, ...stuck }) => ({
      ...stuck,
      dueOn: gapDueOn({ ...stuck, actBy }, work),
      ...(firstAt && { firstAt }),
    }))
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.subject < b.subject ? -1 : 1))
}

/** Stores each night what is stuck, to know since when. Gives how many of each kind. */
export async function recordGaps(work: Work): Promise<Readonly<Record<GapKind, number>>> {
  const gaps = await findGaps(work)
  await store.replaceGaps(work, gaps)
  return countGapsByKind(gaps)
}

export const countGapsByKind = (gaps: readonly Pick<store.EnrolmentGap, 'kind'>[]): Record<GapKind, number> =>
  Object.fromEntries(gapKinds.map(kind => [kind, gaps.filter(gap => gap.kind === kind).length])) as Record<
    GapKind,
    number
  >

/** Names of persons, as far as the reader may see them, and of the units that have something in hand. */
export async function describeGaps(
  work: Work,
  gaps: readonly Pick<store.EnrolmentGap, 'personId' | 'unitId'>[],
): Promise<followUps.StuckDetails[]> {
  const people = await register.listSummaries(
    work,
    gaps.flatMap(({ personId }) => (personId ? [personId] : [])),
  )
  await audit.noteReading(
    work,
    people.map(({ id }) => id),
    ['name'],
  )
  const nameOf = new Map<string, string>(people.map(({ id, fullName }) => [id, fullName]))
  return Promise.all(
    gaps.map(async ({ personId, unitId }) => ({
      unit: await units.unitReference(work, asId<'unit'>(unitId)),
      name: nameOf.get(personId ?? ''),
    })),
  )
}

/** Gaps beside follow-ups: what is stuck without one. */
export const stuckGaps: followUps.DerivedKindRules = {
  right: 'enrolment.read',
  purpose: 'application',
  find: async work =>
    (await findGaps(work)).map(({ kind, subject, unitId, personId, sinceOn, dueOn, facts }) => ({
      reason: kind,
      subject,
      owner: hands[kind],
      unitId,
      ...(personId && { personId }),
      sinceOn,
      dueOn,
      facts,
    })),
  describe: (work, items) =>
    describeGaps(
      work,
      items.map(({ personId, unitId }) => ({ personId: personId ?? null, unitId })),
    ),
}
