/**
 * Questions: an auditor asks an officer, or their superior, about a pattern, or writes down why it is in order. In: a
 * pattern and words. Decided: who may ask whom. Out: a question under the officer's Hôm nay, answered in writing.
 * Deeds: `pattern.asked`, `pattern.answered`, `pattern.explained`.
 */

import * as audit from '../audit/audit.ts'
import type { Day } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import { dayAndIdIn } from '../platform/page-mark.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { getPattern, holdToSettle, notOf, patternsOfOthers } from './judging.ts'
import { answerDays, pageLimits } from './law.ts'
import { type SpanQuery, spanOf, toldSince } from './overview.ts'
import type { PatternId, PatternRule, PatternState } from './pattern.ts'
import { inspectionProblem } from './problems.ts'
import * as store from './store-pattern.ts'
import { reasonIn } from './trail.ts'

export type Askable = {
  readonly officer: { readonly id: Id<'officer'>; readonly name: string }
  readonly isSuperior: boolean
  readonly unitName: string
}

/**
 * Whom one may ask about a pattern: those concerned; and their superiors, who lead the units above, or manage the staff
 * of their own. Superiors may act in units beyond the auditor's.
 */
async function askableOf(work: Work, { officerIds, unitId }: store.Pattern): Promise<Askable[]> {
  const path = await units.unitPath(work, unitId as units.UnitId, work.today)
  const posts = await withHouseScope(work, house =>
    store.postsIn(
      house,
      path.map(({ id }) => id),
      work.today,
    ),
  )
  const own = notOf(work)
  const leads = (post: (typeof posts)[number]) =>
    staff.isRole(post.role) &&
    staff.goesOut(post.role) &&
    staff.mayDo(post.role, post.unitId === unitId ? 'planning.sign' : 'planning.order')
  const superiors = new Map(
    posts
      .filter(post => leads(post) && !officerIds.includes(post.officerId) && !own.includes(post.officerId))
      .map(post => [post.officerId, post.unitId]),
  )
  const names = await staff.namesOf(work, [...officerIds, ...superiors.keys()])
  const one = async (id: Id<'officer'>, unit: Id<'unit'>, isSuperior: boolean): Promise<Askable> => ({
    officer: { id, name: names.get(id) ?? '' },
    isSuperior,
    unitName: await units.unitName(work, unit as units.UnitId),
  })
  return Promise.all([
    ...officerIds.map(id => one(id, unitId, false)),
    ...[...superiors].map(([id, unit]) => one(id, unit, true)),
  ])
}

export type ShownPattern = store.Pattern & {
  readonly names: ReadonlyMap<string, string>
  readonly questions: readonly store.Question[]
}

async function withQuestions(work: Work, patterns: readonly store.Pattern[]): Promise<ShownPattern[]> {
  const questions = await store.questionsOf(
    work,
    patterns.map(({ id }) => id),
  )
  const names = await staff.namesOf(work, [
    ...patterns.flatMap(({ officerIds, settledBy }) => [...officerIds, ...(settledBy ? [settledBy] : [])]),
    ...questions.flatMap(({ toId, askedBy }) => [toId, askedBy]),
  ])
  return patterns.map(one => ({ ...one, names, questions: questions.filter(({ patternId }) => patternId === one.id) }))
}

export type PatternsQuery = SpanQuery & {
  readonly state?: PatternState | 'all'
  readonly rule?: PatternRule
  readonly officer?: Id<'officer'>
  readonly after?: string
  readonly limit?: number
}

/** A page of patterns; those that nobody has explained, unless another state is asked for. */
export async function listPatterns(
  work: Work,
  { state, rule, officer, after, limit = pageLimits.shown, ...query }: PatternsQuery,
): Promise<{ patterns: ShownPattern[]; next?: string | undefined }> {
  const span = await spanOf(work, query)
  const mark = after === undefined ? undefined : dayAndIdIn(after)
  if (after !== undefined && !mark) throw inspectionProblem('page-mark-unknown')
  const found = await store.findPatterns(work, {
    ...span,
    states: state === 'all' ? undefined : state ? [state] : ['open', 'asked', 'answered'],
    rule,
    officerId: officer,
    notOf: notOf(work),
    after: mark && { toOn: mark.day, id: mark.id },
    limit: limit + 1,
  })
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    patterns: await withQuestions(work, await patternsOfOthers(work, page)),
    ...(found.length > limit && last && { next: `${last.toOn}.${last.id}` }),
  }
}

/** A pattern, and whom the actor may ask about it. Throws pattern-unknown, pattern-your-own. */
export async function showPattern(
  work: Work,
  id: PatternId,
  { mayAsk }: { readonly mayAsk: boolean },
): Promise<ShownPattern & { readonly askable: readonly Askable[] }> {
  const found = await getPattern(work, id)
  const [shown] = await withQuestions(work, [found])
  if (!shown) throw inspectionProblem('pattern-unknown')
  return { ...shown, askable: mayAsk && found.state !== 'explained' ? await askableOf(work, found) : [] }
}

const subjectOf = ({ id, unitId }: Pick<store.Pattern, 'id' | 'unitId'>) => ({ kind: 'pattern', id, unitId })

/** Asks about a pattern. Throws what `holdToSettle` throws, inspection-reason-needed, question-whom. */
export async function ask(
  work: Work,
  id: PatternId,
  { to, text }: { readonly to: Id<'officer'>; readonly text: string },
): Promise<{ id: store.QuestionId; dueOn: Day }> {
  const words = reasonIn(text)
  const pattern = await holdToSettle(work, id)
  const asked = (await askableOf(work, pattern)).find(({ officer }) => officer.id === to)
  if (!asked) throw inspectionProblem('question-whom')

  const question = {
    id: newId<'inspection-question'>(work.now),
    patternId: id,
    unitId: pattern.unitId,
    toId: to,
    toSuperior: asked.isSuperior,
    text: words,
    dueOn: units.workingDaysAfter(work.today, ruleOn(answerDays, work.today, work)),
  }
  await store.insertQuestion(work, question)
  await store.setState(work, id, 'asked')
  const { id: questionId, dueOn } = question
  await audit.record(work, 'pattern.asked', subjectOf(pattern), {
    question: questionId,
    to,
    superior: asked.isSuperior,
    text: words,
    dueOn,
  })
  return { id: questionId, dueOn }
}

/** Writes down why a pattern is in order. Throws what `holdToSettle` throws, inspection-reason-needed. */
export async function explain(work: Work, id: PatternId, reason: string): Promise<void> {
  const words = reasonIn(reason)
  const pattern = await holdToSettle(work, id)
  await store.setExplained(work, id, words)
  await audit.record(work, 'pattern.explained', subjectOf(pattern), { rule: pattern.rule, reason: words })
}

/** What the officer was asked, whatever post they act in: the questions are theirs alone. */
export async function myQuestions(work: Work): Promise<(store.AskedQuestion & { readonly askedByName: string })[]> {
  if (work.by.kind !== 'officer') return []
  const since = toldSince(work)
  const found = await withHouseScope(work, house => store.questionsTo(house, work.by.id, since))
  const names = await staff.namesOf(
    work,
    found.map(({ askedBy }) => askedBy),
  )
  return found.map(one => ({ ...one, askedByName: names.get(one.askedBy) ?? '' }))
}

/** Answers a question, in the officer's own words. Throws question-unknown, question-answered. */
export async function answer(work: Work, id: store.QuestionId, text: string): Promise<void> {
  const words = reasonIn(text)
  await withHouseScope(work, async house => {
    const question = await store.holdQuestion(house, id)
    if (!question || question.toId !== work.by.id) throw inspectionProblem('question-unknown')
    if (question.answer !== null) throw inspectionProblem('question-answered')
    await store.setAnswer(house, id, words)
    const pattern = await store.holdPattern(house, question.patternId)
    if (pattern?.state === 'asked') {
      const all = await store.questionsOf(house, [pattern.id])
      if (all.every(one => one.answer !== null)) await store.setState(house, pattern.id, 'answered')
    }
    await audit.record(work, 'pattern.answered', subjectOf({ id: question.patternId, unitId: question.unitId }), {
      question: id,
      text: words,
    })
  })
}
