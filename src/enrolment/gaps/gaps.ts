/**
 * Gaps: what is stuck between two steps. They are found anew from the facts each time, so that nothing is forgotten,
 * and nothing stays that another fact has ended.
 * Input: packets, applications, cards, accounts and lost messages as they are now, whoever told of them.
 * Decided: the step in which each waits, who must act, and the last safe day: the step's limit, or an earlier one that
 * keeps the deadline of the law, the campaign or an officer.
 * Output: a list, the most urgent first; a nightly job stores it to know since when something is stuck. No deeds.
 */

import * as audit from '../../audit/audit.ts'
import type * as followUps from '../../follow-ups/follow-ups.ts'
import type { Day } from '../../platform/day.ts'
import { asId, type Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { daysAhead, stepDays } from '../law.ts'
import { actors, type GapKind, gapKinds, kindsReadBy, recordedKinds } from './gap.ts'
import * as store from './store-stuck.ts'

/** Kinds whose day an officer or another law set: no deadline of the whole way moves it. */
const keepsItsDay: ReadonlySet<GapKind> = new Set(['returned-not-acted', 'waits-for-correction'])

/** The last safe day: the limit of the step, or an earlier one from which the steps ahead still keep the deadline. */
export function gapDueOn({ kind, sinceOn, actBy, lawDue, campaignDue }: store.StuckDays, work: Work): Day {
  const limit = actBy ?? units.workingDaysAfter(sinceOn, ruleOn(stepDays, work.today, work)[kind])
  if (keepsItsDay.has(kind)) return limit
  const ahead = (ruleOn(daysAhead, work.today, work) as Partial<Record<GapKind, number>>)[kind]
  const safe = [lawDue, campaignDue]
    .filter(day => day !== null)
    .map(day => (ahead === undefined ? day : units.workingDaysBefore(day, ahead)))
  return [limit, ...safe].toSorted()[0] ?? limit
}

export type GapCount = { readonly kind: GapKind; readonly dueOn: Day; readonly count: number }

/** Those that are alike, with the last day of each, the most urgent first. */
async function waysOf(work: Work, kinds: readonly GapKind[]) {
  const found = await store.countStuck(work, kinds)
  const place = (kind: GapKind) => gapKinds.indexOf(kind)
  return found
    .map(way => ({ ...way, dueOn: gapDueOn(way, work) }))
    .sort((a, b) =>
      a.dueOn === b.dueOn
        ? place(a.kind) - place(b.kind) || (a.sinceOn < b.sinceOn ? -1 : 1)
        : a.dueOn < b.dueOn
          ? -1
          : 1,
    )
}

/** How many are stuck of each kind, by their last days, the most urgent first. Names nobody. */
export const countByLastDay = (work: Work, kinds: readonly GapKind[] = gapKinds): Promise<readonly GapCount[]> =>
  waysOf(work, kinds)

export type EnrolmentGap = store.RecordedGap

export type GapPage = { readonly offset: number; readonly limit: number }

const everyGap: GapPage = { offset: 0, limit: 1_000_000 }

/** What is stuck among what the work may see, the most urgent first, with the unit that must act. */
export async function findGaps(
  work: Work,
  kinds: readonly GapKind[] = gapKinds,
  { offset, limit }: GapPage = everyGap,
): Promise<EnrolmentGap[]> {
  const ways = await waysOf(work, kinds)
  let before = 0
  const starts = ways.map(({ count }) => {
    before += count
    return before - count
  })
  const onPage = ways.filter((way, at) => {
    const start = starts[at] ?? 0
    return start < offset + limit && start + way.count > offset
  })
  const first = onPage[0]
  const skipped = first ? offset - (starts[ways.indexOf(first)] ?? 0) : 0
  const found = await store.findStuckOf(work, onPage, { offset: Math.max(0, skipped), limit })
  const unitIds = await actingUnits(work, found)
  return found.map(({ kind, subject, personId, sinceOn, facts, ...days }, at) => ({
    kind,
    subject,
    unitId: unitIds[at] as string,
    personId,
    sinceOn,
    dueOn: gapDueOn({ ...days, kind, sinceOn }, work),
    facts,
  }))
}

/** The unit that must act on each: the one that the thing itself names, or the nearest that has the right to it. */
async function actingUnits(work: Work, found: readonly store.StuckRecord[]): Promise<readonly string[]> {
  const home = await units.findHomeProvince(work, work.today)
  const bases = found.map(({ handUnitId, unitId }) => asId<'unit'>(handUnitId ?? unitId ?? home ?? ''))
  const named = found.map(({ handUnitId }) => handUnitId !== null)
  const rights = new Set(found.flatMap(({ kind }) => actors[kind].right ?? []))
  const nearest = new Map<string, ReadonlyMap<Id<'unit'>, Id<'unit'>>>()
  for (const right of rights) {
    const those = bases.filter((_, at) => !named[at] && actors[(found[at] as store.StuckRecord).kind].right === right)
    nearest.set(right, await staff.nearestUnitsWithRight(work, those, right))
  }
  return found.map(({ kind }, at) => {
    const base = bases[at] as Id<'unit'>
    const { right } = actors[kind]
    return (!named[at] && right && nearest.get(right)?.get(base)) || base
  })
}

/** Stores each night what is stuck and has no day of its own elsewhere, to know since when. Gives how many of each. */
export async function recordGaps(work: Work): Promise<Readonly<Record<GapKind, number>>> {
  const gaps = await findGaps(work, recordedKinds)
  await store.replaceGaps(work, gaps)
  return countGapsByKind(gaps.map(({ kind, dueOn }) => ({ kind, dueOn, count: 1 })))
}

export const countGapsByKind = (counts: readonly GapCount[]): Record<GapKind, number> =>
  Object.fromEntries(
    gapKinds.map(kind => [kind, counts.filter(one => one.kind === kind).reduce((sum, { count }) => sum + count, 0)]),
  ) as Record<GapKind, number>

/** Whoever acts by name: the school that has a card, else the unit. */
async function actorNameOf(work: Work, { unitId, facts }: Pick<EnrolmentGap, 'unitId' | 'facts'>) {
  const school = typeof facts['school'] === 'string' ? facts['school'] : undefined
  if (school) {
    const { id, name } = await units.getSchool(work, asId<'school'>(school))
    return { id: id as string, name }
  }
  return units.unitReference(work, asId<'unit'>(unitId))
}

/** Who must act on each, by name and without anybody's data: each unit and school is read once. */
export async function gapActors(work: Work, gaps: readonly Pick<EnrolmentGap, 'unitId' | 'facts'>[]) {
  const keyOf = ({ unitId, facts }: Pick<EnrolmentGap, 'unitId' | 'facts'>) => String(facts['school'] ?? unitId)
  const names = new Map<string, Awaited<ReturnType<typeof actorNameOf>>>()
  for (const gap of gaps) if (!names.has(keyOf(gap))) names.set(keyOf(gap), await actorNameOf(work, gap))
  return gaps.map(gap => names.get(keyOf(gap)) as Awaited<ReturnType<typeof actorNameOf>>)
}

/** Names of persons, as far as the reader may see them, and of the units that have something in hand. */
export async function describeGaps(
  work: Work,
  gaps: readonly Pick<EnrolmentGap, 'personId' | 'unitId' | 'facts'>[],
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
  const actors = await gapActors(work, gaps)
  return gaps.map(({ personId }, at) => ({
    unit: actors[at] as (typeof actors)[number],
    name: nameOf.get(personId ?? ''),
  }))
}

/** What whoever reads applications sees beside follow-ups; a lost message has one of its own. */
const besideFollowUps = kindsReadBy(() => false)

/** Gaps beside follow-ups: what is stuck without one. */
export const stuckGaps: followUps.DerivedKindRules = {
  right: 'enrolment.read',
  purpose: 'application',
  count: async work =>
    (await countByLastDay(work, besideFollowUps)).map(({ kind, ...one }) => ({ ...one, owner: actors[kind].hand })),
  find: async (work, page) =>
    (await findGaps(work, besideFollowUps, page)).map(({ kind, subject, unitId, personId, sinceOn, dueOn, facts }) => ({
      reason: kind,
      subject,
      owner: actors[kind].hand,
      unitId,
      ...(personId && { personId }),
      sinceOn,
      dueOn,
      facts,
    })),
  describe: (work, items) =>
    describeGaps(
      work,
      items.map(({ personId, unitId, facts }) => ({ personId: personId ?? null, unitId, facts })),
    ),
}
