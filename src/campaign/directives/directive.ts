import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Metric } from '../metric.ts'

export type DirectiveId = Id<'directive'>

/**
 * How far a unit has come with a version of a directive. Each step holds for this version alone: what is ordered anew
 * is acknowledged anew.
 */
export const directiveSteps = ['unread', 'read', 'acknowledged', 'answered'] as const
export type DirectiveStep = (typeof directiveSteps)[number]

/** Whom a directive may be addressed to: the police of a unit, its education office, or a school. */
export const directiveOffices = ['police', 'education', 'school'] as const
export type DirectiveOffice = (typeof directiveOffices)[number]

/** Somebody a version is addressed to; `unitId` is the office's own id, of the police that of the unit. */
export type DirectiveAddressee = {
  readonly unitId: Id<'unit'>
  readonly office: DirectiveOffice
  /** The unit of the office, or in which the school stands. */
  readonly ofUnitId: Id<'unit'>
}

/** A unit's state with regard to the due day of a directive. */
export const directiveDues = ['overdue', 'today', 'later', 'done', 'closed'] as const
export type DirectiveDue = (typeof directiveDues)[number]

/**
 * What a commander asks beside the order: a figure under a label, and the metric by which our own figure stands beside
 * the answer.
 */
export type DirectiveQuestion = { readonly label: string; readonly metric?: Metric | undefined }

/** The content of a version. */
export type DirectiveOrder = {
  readonly title: string
  readonly body: string
  readonly dueOn: Day
  readonly question?: DirectiveQuestion | undefined
  /** The commander who issues it, by name and post as on paper. */
  readonly issuedBy: string
}

export type Directive = {
  readonly id: DirectiveId
  readonly issuingUnitId: Id<'unit'>
  readonly year: number
  readonly number: number
  readonly campaignId?: Id<'campaign'> | undefined
  readonly closedOn?: Day | undefined
  /** The version in force. */
  readonly version: number
}

export type AddresseeTraces = {
  readonly isRead: boolean
  readonly isAcknowledged: boolean
  readonly isAnswered: boolean
}

export const directiveStepOf = ({ isRead, isAcknowledged, isAnswered }: AddresseeTraces): DirectiveStep =>
  isAnswered ? 'answered' : isAcknowledged ? 'acknowledged' : isRead ? 'read' : 'unread'

/**
 * A question is done when it is answered; without one, acknowledging is enough. `findDirectives` (store.ts) counts by
 * the same rule in SQL; directives.test.ts holds the two together.
 */
export const isStepDone = (step: DirectiveStep, question: DirectiveQuestion | undefined) =>
  step === 'answered' || (step === 'acknowledged' && !question)

export function directiveDueOf(
  {
    dueOn,
    question,
    closedOn,
  }: { readonly dueOn: Day; readonly question?: DirectiveQuestion | undefined; readonly closedOn?: Day | undefined },
  step: DirectiveStep,
  today: Day,
): DirectiveDue {
  if (isStepDone(step, question)) return 'done'
  if (closedOn) return 'closed'
  return dueOn < today ? 'overdue' : dueOn === today ? 'today' : 'later'
}
