import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import { type CentreOutcome, outcomes, type QuestionKind, type QuestionState } from './codes.ts'

/** What is asked of the national centre, and how it answers. */

export { type CentreOutcome, outcomes, type QuestionKind } from './codes.ts'

export const isAnswered = (state: QuestionState): state is CentreOutcome => outcomes.some(one => one === state)

export type CentreQuestion = {
  readonly id: Id<'centre-question'>
  readonly personId: Id<'person'>
  readonly kind: QuestionKind
  readonly subjectId: string
  readonly unitId: Id<'unit'>
  readonly body: Readonly<Record<string, unknown>>
  readonly state: QuestionState
  readonly askedAt: Date
  readonly askedOn: Day
  readonly askedBy: string
  readonly dueOn: Day
  readonly acknowledgedAt: Date | null
  readonly answeredAt: Date | null
  readonly answer: Readonly<Record<string, unknown>> | null
  readonly code: string | null
  readonly note: string | null
}

/** Why the centre gave something back: a code of its own, and its words. */
export type TurnedBack = { readonly outcome: 'returned' | 'rejected'; readonly code: string; readonly note: string }

/**
 * Why an answer cannot be used. What the work has done is undone, and the answer is kept in quarantine under this
 * reason.
 */
export class AnswerFault extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}

/** What the context that asks does with an answer; the work is the installation's own. */
export type AnswerRules = {
  /**
   * Gives what was granted, once, and says what of the answer is kept with the question. Throws an AnswerFault where
   * the answer is not of the kind's shape, or no longer fits what was asked.
   */
  readonly grant: (
    work: Work,
    question: CentreQuestion,
    answer: Readonly<Record<string, unknown>>,
  ) => Promise<Readonly<Record<string, unknown>>>
  /** Hands what was asked about back to who must mend it, or ends it. */
  readonly turnBack: (work: Work, question: CentreQuestion, why: TurnedBack) => Promise<void>
  /**
   * Takes a report on a part of what was asked; absent where a question is not answered by reports. What of it cannot
   * be used changes nothing, and is named. Throws an AnswerFault where it is not of the kind's shape.
   */
  readonly takeReport?: (
    work: Work,
    question: CentreQuestion,
    report: Readonly<Record<string, unknown>>,
  ) => Promise<ReportOutcome>
}

/** A thing of a report that cannot be used, by its id, and why. */
export type ReportFault = { readonly id: string; readonly reason: string }

/** What a report came to; `complete` says what is kept as the answer, once nothing more is expected. */
export type ReportOutcome = {
  readonly faults: readonly ReportFault[]
  readonly complete?: Readonly<Record<string, unknown>> | undefined
}

/** Each kind of question with what follows its answers; src/exchange-kinds.ts joins them. */
export type QuestionKinds = Readonly<Record<QuestionKind, AnswerRules>>
