/**
 * Whose roll each child is on, kept so that figures and lists need not read every child and roll (ADR 23). Changes of
 * the register and of rolls come in through a queue. Decided here: of which school year it is, and whether it is
 * behind. What goes out are a fact a child and counts by kind. Statistics counts it in the same step as its own, within
 * a second or two of a deed; until then figures and lists are of the moment before, and equal each other.
 */
import { isId, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as rolls from '../rolls/rolls.ts'
import type { ChildrenQuery } from './children-query.ts'
import * as store from './store-kept.ts'

/** Queues the pupils of a school, or with none whoever changed in the register. */
export const queueChildren = (work: Work, schoolId?: string | null): Promise<void> =>
  store.insertDueChildren(work, newId<'deed'>(work.now), schoolId && isId(schoolId) ? schoolId : undefined)

const keptYear = (work: Work) => rolls.schoolYearOn(work.today, work)

/** Older than any pupil of a list whose ages the law names. */
const yearsOfLists = 20
const bornFrom = (work: Work) =>
  Math.min(rolls.getSchoolAge(keptYear(work), work).all.from, Number(keptYear(work).slice(0, 4)) - yearsOfLists)

export const areChildrenBehind = async (work: Work): Promise<boolean> =>
  (await store.areChildrenDue(work)) || (await store.findKeptYear(work)) !== keptYear(work)

/** Whether today's question of a school year is answered from what is kept. */
export const isYearKept = async (work: Work, schoolYear: string): Promise<boolean> =>
  schoolYear === keptYear(work) && (await store.findKeptYear(work)) === schoolYear

export async function areChildrenKept(work: Work, { isNow, schoolYear }: ChildrenQuery): Promise<boolean> {
  const { scope, ownOf } = work
  const isOfUnits = scope === 'house' || (typeof scope === 'object' && !scope.parts?.length)
  return isNow && isOfUnits && !ownOf && isYearKept(work, schoolYear)
}

/** Counts anew whoever changed, of the temporary table `due_person` and the queue; everybody of another school year. */
export async function keepChildren(work: Work, who: store.KeptChildren = 'due'): Promise<number> {
  const year = keptYear(work)
  const all = who === 'everyone' || (await store.findKeptYear(work)) !== year ? 'everyone' : 'due'
  const isDue = await store.takeDueChildren(work, year)
  if (all === 'due' && !isDue) return 0
  await store.findChildFacts(work, all, year, bornFrom(work))
  const changed = await store.writeChildFacts(work, all)
  if (all === 'everyone') {
    await store.writeAdultCounts(work)
    await store.setKeptYear(work, year)
    if (changed > 0) await store.analyzeChildren(work)
  }
  return changed
}

/** Counts everybody anew and compares, each night; what differs is mended. */
export async function verifyChildren(work: Work): Promise<{ readonly differed: number; readonly totals: number }> {
  await keepChildren(work)
  return { differed: await keepChildren(work, 'everyone'), totals: await store.mendChildCounts(work) }
}
