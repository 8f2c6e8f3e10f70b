/**
 * Kept work: who has to act on what, until which day. In: what a context opens, changes and closes as its own deeds
 * require, and answers of owners. Decided: whether an owner may answer so. Out: one list and its counts, with what is
 * stuck without a follow-up beside it. Deeds: errand.school-insisted, errand.corrected, errand.register-stood, called
 * so from before the word.
 */
import type { Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import {
  type FollowUp,
  type FollowUpDue,
  type FollowUpKind,
  followUpDueOf,
  keptKinds,
  type StuckOwner,
} from './follow-up.ts'
import type {
  DerivedKindRules,
  FollowUpDetails,
  FollowUpKinds,
  KeptKindRules,
  StuckCount,
  StuckDetails,
  StuckItem,
} from './kind.ts'
import * as store from './store.ts'

export { describeOfPersons } from './about-a-person.ts'
export { announceCorrection, confirmByPapers, confirmRegister } from './answers.ts'
export type {
  FollowUp,
  FollowUpAnswer,
  FollowUpId,
  FollowUpOwner,
  FollowUpState,
} from './follow-up.ts'
export { followUpDecisions } from './held-decisions.ts'
export type {
  DerivedKindRules,
  FollowUpDetails,
  FollowUpKinds,
  KeptKindRules,
  StuckCount,
  StuckDetails,
  StuckItem,
} from './kind.ts'
export {
  type ClosedFollowUp,
  closeFollowUps,
  type FollowUpFilter,
  findCorrectionsInUse,
  findFollowUps,
  findFollowUpsOfPerson,
  findFollowUpsOfSubjects,
  insertFollowUps as openFollowUps,
  moveFollowUps,
  setAnswer,
  setLastDays,
  updateFollowUps,
} from './store.ts'

/** Runs `verb` in a work with the rights and the purpose of a kind; undefined where the reader lacks the right. */
export type OpenForKind = <T>(kind: FollowUpKind, verb: (work: Work) => Promise<T>) => Promise<T | undefined>

export type DescribedFollowUp = FollowUp &
  FollowUpDetails & { readonly version: string; readonly due: FollowUpDue; readonly ownerUnitName?: string | undefined }
export type DescribedStuckItem = StuckItem & StuckDetails & { readonly due: FollowUpDue }

export type FollowUpPage = {
  readonly followUps: readonly DescribedFollowUp[]
  readonly total: number
  readonly stuck: readonly DescribedStuckItem[]
  readonly stuckTotal: number
}

export type FollowUpQuery = Omit<store.FollowUpFilter, 'kind' | 'exceptHeld'> & {
  readonly kind?: FollowUpKind | undefined
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

const mostOfPage = 200

async function withDetails(
  work: Work,
  rules: KeptKindRules,
  found: readonly FollowUp[],
): Promise<readonly DescribedFollowUp[]> {
  const details = await rules.describe(work, found)
  const versions = await staff.versionsOf(
    work,
    found.map(({ id }) => id),
  )
  return Promise.all(
    found.map(async (followUp, at) => ({
      ...followUp,
      version: versions.get(followUp.id) ?? staff.untouched,
      ...(details[at] as FollowUpDetails),
      due: followUpDueOf(followUp, work.today),
      ownerUnitName: followUp.ownerUnitId && (await units.unitName(work, followUp.ownerUnitId)),
    })),
  )
}

async function stuckWithDetails(
  work: Work,
  rules: DerivedKindRules,
  found: readonly StuckItem[],
): Promise<readonly DescribedStuckItem[]> {
  const details = await rules.describe(work, found)
  return found.map((item, at) => ({
    ...item,
    ...(details[at] as StuckDetails),
    due: followUpDueOf(item, work.today),
  }))
}

/**
 * What is open among what the reader may see, kept and stuck, each list the soonest due first; of one kind where `kind`
 * is given. The reading of persons is noted.
 */
export async function listOpen(
  open: OpenForKind,
  kinds: FollowUpKinds,
  { kind, offset = 0, limit = mostOfPage, ...filter }: FollowUpQuery,
): Promise<FollowUpPage> {
  const kept: Pick<FollowUpPage, 'followUps' | 'total'>[] = []
  for (const each of keptKinds.filter(one => !kind || one === kind))
    kept.push(
      (await open(each, async work => {
        const ofKind = { ...filter, kind: each, exceptHeld: true, exceptReasons: kinds[each].withheld?.(work) }
        const found = await store.findFollowUps(work, ofKind, { offset, limit })
        const counts = await store.countByOwner(work, ofKind)
        return {
          followUps: await withDetails(work, kinds[each], found),
          total: counts.reduce((sum, { overdue, today, later }) => sum + overdue + today + later, 0),
        }
      })) ?? { followUps: [], total: 0 },
    )
  const stuck =
    kind === undefined || kind === 'gap'
      ? await open('gap', async work => {
          const page = await kinds.gap.find(work, { offset, limit })
          const counts = await kinds.gap.count(work)
          return {
            stuck: await stuckWithDetails(work, kinds.gap, page),
            stuckTotal: counts.reduce((sum, { count }) => sum + count, 0),
          }
        })
      : undefined
  return {
    followUps: kept.flatMap(({ followUps }) => followUps),
    total: kept.reduce((sum, { total }) => sum + total, 0),
    stuck: stuck?.stuck ?? [],
    stuckTotal: stuck?.stuckTotal ?? 0,
  }
}

export type KindCounts = Omit<store.FollowUpCounts, 'owner'> & {
  readonly kind: FollowUpKind
  readonly owner: store.FollowUpCounts['owner'] | StuckOwner
}

export const countOpenByKind = store.countOpenByKind

/**
 * How many are open, by kind and owner, and how they stand to their last days: of the kinds that the reader may read.
 * Reads no personal data.
 */
export async function countOpen(
  work: Work,
  kinds: FollowUpKinds,
  { kind, of, ...filter }: Omit<FollowUpQuery, 'offset' | 'limit'> & { readonly of?: 'kept' | undefined },
  mayRead: (kind: FollowUpKind) => boolean,
): Promise<KindCounts[]> {
  const asked = keptKinds.filter(each => (!kind || each === kind) && mayRead(each))
  const found = await store.countByKindAndOwner(
    work,
    { ...filter, exceptHeld: true },
    asked.map(each => ({ kind: each, withheld: kinds[each].withheld?.(work) ?? [] })),
  )
  const counts = asked.flatMap(each => found.filter(one => one.kind === each))
  // What is stuck is of no source and no school.
  const isNarrowed = of === 'kept' || Object.values(filter).some(value => value !== undefined)
  if (isNarrowed || (kind !== undefined && kind !== 'gap') || !mayRead('gap')) return counts
  return [...counts, ...countStuck(await kinds.gap.count(work), work)]
}

function countStuck(counts: readonly StuckCount[], { today }: Work): KindCounts[] {
  return [...Map.groupBy(counts, ({ owner }) => owner)].map(([owner, theirs]) => {
    const of = (due: FollowUpDue) =>
      theirs.filter(one => followUpDueOf(one, today) === due).reduce((sum, { count }) => sum + count, 0)
    const [first] = theirs.map(({ dueOn }) => dueOn).toSorted()
    return {
      kind: 'gap',
      owner,
      overdue: of('overdue'),
      today: of('today'),
      later: of('later'),
      nextOn: first ?? today,
    }
  })
}
