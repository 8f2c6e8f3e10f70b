/**
 * Who may look into which readings, and settle what stands out. Nobody inspects themselves, nor whom they stand in for,
 * nor who stood in for them in those days, nor officers of a unit in which they held a post that reads the register
 * then.
 */

import { beginOf, type Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import type { OfficerWeek, PatternId } from './pattern.ts'
import { inspectionProblem } from './problems.ts'
import * as store from './store-pattern.ts'

const yourOwn = () => inspectionProblem('pattern-your-own')

/** Officers whose patterns a reader is not shown: themselves, and whom they stand in for. */
export const notOf = ({ by }: Work): string[] => [by.id, ...(by.onBehalfOf ? [by.onBehalfOf] : [])]

/** Readings of some officers, and the days on which they read. */
type Read = { readonly officerIds: readonly string[]; readonly fromOn: Day; readonly toOn: Day }

function readersBetween(officerIds: readonly string[], instants: readonly Date[]): staff.Hand[] {
  const times = instants.map(Number)
  const at = [new Date(Math.min(...times)), new Date(Math.max(...times))] as const
  return officerIds.map(id => ({ id, at: times.length > 0 ? at : null }))
}
const readersOf = ({ officerIds, fromOn, toOn }: Read) => readersBetween(officerIds, [beginOf(fromOn), beginOf(toOn)])

/**
 * Throws pattern-your-own where the actor is one of some officers, stands in for one, or one stood in for them in the
 * days from the earliest to the latest of the instants.
 */
export async function refuseOwn(work: Work, officerIds: readonly string[], instants: readonly Date[]): Promise<void> {
  await staff.refuseSameHand(work, 'pattern-settled', readersBetween(officerIds, instants), yourOwn)
}

const refuseOwnPattern = (work: Work, pattern: store.Pattern): Promise<void> =>
  staff.refuseSameHand(work, 'pattern-settled', readersOf(pattern), yourOwn)

/** Patterns that are not the actor's own. */
export async function patternsOfOthers(work: Work, all: readonly store.Pattern[]): Promise<store.Pattern[]> {
  const isOwn = await staff.sameHandTest(work, all.flatMap(readersOf))
  return all.filter(one => !isOwn(...readersOf(one)))
}

const readersOfWeek = ({ officerId, from, to }: OfficerWeek) =>
  readersOf({ officerIds: [officerId], fromOn: from, toOn: to })

/** The same of weeks. */
export async function weeksOfOthers(work: Work, all: readonly OfficerWeek[]): Promise<OfficerWeek[]> {
  const isOwn = await staff.sameHandTest(work, all.flatMap(readersOfWeek))
  return all.filter(one => !isOwn(...readersOfWeek(one)))
}

/** The units of the work's scope, or all: an auditor reads of officers who act in their units alone. */
export const unitsOfWork = ({ scope }: Work): readonly string[] | 'all' =>
  scope === 'house' ? 'all' : scope === 'none' ? [] : scope.units

/** A pattern that the actor may read. Throws pattern-unknown, pattern-your-own. */
export async function getPattern(work: Work, id: PatternId): Promise<store.Pattern> {
  const pattern = await store.findPattern(work, id)
  if (!pattern) throw inspectionProblem('pattern-unknown')
  await refuseOwnPattern(work, pattern)
  return pattern
}

/** Rights of posts that read people's data. */
const readingRights = ['register.read', 'register.search', 'register.look-up', 'rolls.review', 'cards.read']

/** Holds a pattern that the actor may settle or ask about. Throws also pattern-of-your-post, pattern-explained. */
export async function holdToSettle(work: Work, id: PatternId): Promise<store.Pattern> {
  await getPattern(work, id)
  const pattern = await store.holdPattern(work, id)
  if (!pattern) throw inspectionProblem('pattern-unknown')
  await refuseOwnPattern(work, pattern)
  await refuseOfPost(work, pattern)
  if (pattern.state === 'explained') throw inspectionProblem('pattern-explained')
  return pattern
}

type Judged = { readonly unitId: string; readonly fromOn: Day; readonly toOn: Day }

/** A post of those days, or of today: the house's day is another than that of readings in a demonstration alone. */
async function refuseOfPost(work: Work, { unitId, fromOn, toOn }: Judged): Promise<void> {
  const own = notOf(work)
  const posts = [
    ...(await store.postsOf(work, own, fromOn, toOn)),
    ...(await store.postsOf(work, own, work.today, work.today)),
  ]
  const reads = (role: string) => staff.isRole(role) && readingRights.some(right => staff.mayDo(role, right))
  if (posts.some(post => post.unitId === unitId && reads(post.role))) throw inspectionProblem('pattern-of-your-post')
}
