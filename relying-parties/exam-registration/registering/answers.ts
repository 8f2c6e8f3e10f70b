import { type Answers, type Exam, holds, isAsked, isOptional, mayBeAsked, type Question } from '../exam.ts'

/** What is wrong with the answer to a question; words-form.ts has a sentence for each. */
export type Fault =
  | 'unanswered'
  | 'one-only'
  | 'unknown-answer'
  | 'born-out-of-range'
  | 'not-asked'
  | 'not-of-choice'
  | 'twice'
  | 'gap-in-ranks'
  | 'too-many'

export type Faults = Readonly<Record<string, Fault>>

/** A year of birth as the claim gives it; the day and month may be unknown. */
const bornIn = (birthdate: string) => Number(birthdate.slice(0, 4))

function faultOf(question: Question, answers: Answers, birthdate: string): Fault | undefined {
  const given = answers[question.id] ?? []
  const chosen = given.filter(answer => answer !== '')
  if (!isAsked(question, answers)) return chosen.length ? 'not-asked' : undefined
  if (!chosen.length) return isOptional(question, answers) ? undefined : 'unanswered'
  if (question.type === 'one' && chosen.length > 1) return 'one-only'
  if (question.type === 'ranked' && chosen.length > (question.most ?? 1)) return 'too-many'
  if (question.type === 'ranked' && given.slice(0, chosen.length).includes('')) return 'gap-in-ranks'
  if (new Set(chosen).size < chosen.length) return 'twice'

  const options = chosen.map(answer => question.options.find(({ id }) => id === answer))
  for (const option of options) {
    if (!option) return 'unknown-answer'
    const year = bornIn(birthdate)
    if (year < (option.bornFrom ?? 0) || year > (option.bornUntil ?? 9999)) return 'born-out-of-range'
    if (option.of && !holds(option.of, answers)) return 'not-of-choice'
  }
  return undefined
}

/** The answers of one step without empty ones, and what is wrong with them; answers of earlier steps count as given. */
export function checkStep(exam: Exam, step: 1 | 2, before: Answers, given: Answers, birthdate: string) {
  const questions = exam.questions.filter(question => question.step === step)
  const all = { ...before, ...Object.fromEntries(questions.map(({ id }) => [id, given[id] ?? []])) }
  const faults: Record<string, Fault> = {}
  for (const question of questions) {
    const fault = faultOf(question, all, birthdate)
    if (fault) faults[question.id] = fault
  }
  const answers: Answers = Object.fromEntries(
    Object.entries(all)
      .map(([id, chosen]) => [id, chosen.filter(answer => answer !== '')] as const)
      .filter(([, chosen]) => chosen.length),
  )
  return { answers, faults: faults as Faults, sound: Object.keys(faults).length === 0 }
}

/** Whether all of it may be registered: asked once more at the moment of registering, whatever was asked before. */
export const areComplete = (exam: Exam, answers: Answers, birthdate: string) =>
  ([1, 2] as const).every(step => checkStep(exam, step, answers, answers, birthdate).sound)

/**
 * Answers that are left over from another first step, such as papers of a free candidate who has become a pupil, are
 * dropped with it.
 */
export function withoutUnasked(exam: Exam, answers: Answers): Answers {
  const asked = exam.questions.filter(question => question.step === 1 || mayBeAsked(exam, question, answers))
  return Object.fromEntries(asked.flatMap(({ id }) => (answers[id] ? [[id, answers[id]]] : [])))
}
