import type { Day } from '../platform/day.ts'
import { asId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import type { PatternEvidence } from './pattern.ts'
import type { myQuestions, ShownPattern } from './questions.ts'

/** Patterns and questions as they are sent: names of officers, moments as text, what is absent left out. */

export const withInstant = <Row extends { readonly at: Date }>({ at, ...row }: Row) => ({
  ...row,
  at: at.toISOString(),
})

const evidenceView = (
  { between, endsOn, hours, shares, reasons, peers, schoolId: _school, ...counts }: PatternEvidence,
  school: units.School | undefined,
) => ({
  ...counts,
  ...(school && { school: { id: school.id, name: school.name } }),
  peers,
  ...(between && { between: [...between] }),
  ...(endsOn && { endsOn }),
  ...(hours && { hours: [...hours] }),
  ...(shares && { shares: [...shares] }),
  reasons: [...reasons],
})

export async function patternView(work: Work, pattern: ShownPattern) {
  const { names, officerIds, unitId, personId, evidence, foundAt, reason, settledBy, settledAt, questions } = pattern
  const nameOf = (id: string) => names.get(id) ?? ''
  return {
    id: pattern.id,
    rule: pattern.rule,
    unit: await units.unitReference(work, unitId as units.UnitId),
    officers: officerIds.map(id => ({ id, name: nameOf(id) })),
    isOfPerson: personId !== null,
    fromOn: pattern.fromOn,
    toOn: pattern.toOn,
    evidence: evidenceView(evidence, evidence.schoolId && (await units.getSchool(work, evidence.schoolId))),
    foundAt: foundAt.toISOString(),
    state: pattern.state,
    ...(reason && { reason }),
    ...(settledBy && { settledBy: nameOf(settledBy) }),
    ...(settledAt && { settledAt: settledAt.toISOString() }),
    questions: questions.map(({ id, toId, toSuperior, text, askedBy, askedAt, dueOn, answer, answeredAt }) => ({
      id,
      to: { id: asId<'officer'>(toId), name: nameOf(toId) },
      toSuperior,
      text,
      askedBy: nameOf(askedBy),
      askedAt: askedAt.toISOString(),
      dueOn,
      isOverdue: answer === null && dueOn < work.today,
      ...(answer && { answer }),
      ...(answeredAt && { answeredAt: answeredAt.toISOString() }),
    })),
  }
}

type MyQuestion = Awaited<ReturnType<typeof myQuestions>>[number]

export const questionView = (one: MyQuestion, today: Day) => ({
  id: one.id,
  rule: one.rule,
  fromOn: one.fromOn,
  toOn: one.toOn,
  count: one.evidence.count,
  ...(one.evidence.between && { between: [...one.evidence.between] }),
  text: one.text,
  toSuperior: one.toSuperior,
  askedBy: one.askedByName,
  askedAt: one.askedAt.toISOString(),
  dueOn: one.dueOn,
  due: one.dueOn < today ? ('overdue' as const) : one.dueOn === today ? ('today' as const) : ('later' as const),
  ...(one.answer && { answer: one.answer }),
  ...(one.answeredAt && { answeredAt: one.answeredAt.toISOString() }),
})
