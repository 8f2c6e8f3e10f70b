/**
 * What each person lacks, kept so that figures and pages need not read the facts of everybody (ADR 23). Persons whom
 * deeds touched come in through a queue, and are evaluated anew beside what is kept until they are counted. Decided
 * here: of which day, school year and law it is; whether it is behind. What goes out are a fact a person and counts by
 * kind. Statistics counts it in the same step as its own (`keepNeeds`), and compares it each night (`verifyNeeds`).
 */
import { asId, isId } from '../../platform/ids.ts'
import type { Deed, Work } from '../../platform/work.ts'
import type * as register from '../../register/register.ts'
import * as rolls from '../../rolls/rolls.ts'
import { needLawOn } from '../need-law.ts'
import type { NeedCohort } from '../store-who-lacks-what.ts'
import * as store from './store-kept.ts'

/** Queues a person: until they are counted, figures and lists evaluate them anew. */
export const queueNeedsOf = (work: Work, personId: register.PersonId): Promise<void> =>
  store.insertDueNeed(work, personId)

/** A roll that changed: its school's pupils, and those it had. */
export async function queueNeedsOfSchool(work: Work, { id, subject }: Deed): Promise<void> {
  if (subject.unitId && isId(subject.unitId)) await store.insertDueSchool(work, id, asId<'school'>(subject.unitId))
}

const keptQuestion = (work: Work): store.KeptQuestion => ({
  day: work.today,
  law: needLawOn(work.today, work),
  schoolYear: rolls.schoolYearOn(work.today, work),
})

const stateOf = ({ day, law, schoolYear }: store.KeptQuestion): store.KeptState => ({
  day,
  schoolYear,
  law: JSON.stringify(law),
})

async function isStateOf(work: Work, question: store.KeptQuestion): Promise<boolean> {
  const [state, asked] = [await store.findKeptState(work), stateOf(question)]
  return state?.day === asked.day && state.schoolYear === asked.schoolYear && state.law === asked.law
}

/** Whether a question can be answered from what is kept: another day, year, law or tie asks the facts themselves. */
export async function isKept(work: Work, cohort: NeedCohort): Promise<boolean> {
  const { scope, ownOf } = work
  const isOfUnits = scope === 'house' || (typeof scope === 'object' && !scope.parts?.length)
  if (!isOfUnits || ownOf || (cohort.basis !== 'school' && cohort.basis !== 'permanent')) return false
  return isStateOf(work, cohort)
}

/** Whether what is kept is of the work's day, school year and law. */
export const isNeedsDayKept = (work: Work): Promise<boolean> => isStateOf(work, keptQuestion(work))

/** Whether somebody waits to be counted, or everybody, since the day, the school year or the law is another. */
export const areNeedsBehind = async (work: Work): Promise<boolean> =>
  (await store.isNeedDue(work)) || !(await isStateOf(work, keptQuestion(work)))

/**
 * Counts anew whom deeds touched and whoever is in the temporary table `due_person`; everybody, where what is kept is
 * of another day, year or law, or `who` says so. Gives how many were not as the facts are.
 */
export async function keepNeeds(work: Work, who: store.KeptScope = 'due'): Promise<number> {
  const question = keptQuestion(work)
  const all = who === 'everyone' || !(await isStateOf(work, question)) ? 'everyone' : 'due'
  const due = await store.takeDueNeeds(work)
  if (all === 'due' && due === 0) return 0
  await store.findNeedFacts(work, all, question)
  const changed = await store.writeNeedFacts(work, all)
  if (all === 'everyone') {
    await store.setKeptState(work, stateOf(question))
    if (changed > 0) await store.analyzeNeeds(work)
  }
  return changed
}

/**
 * Counts everybody anew from the facts and compares: people who were not as the facts are, and counts that were not
 * their sums. What differs is mended; statistics records it.
 */
export async function verifyNeeds(work: Work): Promise<{ readonly differed: number; readonly totals: number }> {
  await keepNeeds(work)
  return { differed: await keepNeeds(work, 'everyone'), totals: await store.mendNeedCounts(work) }
}
