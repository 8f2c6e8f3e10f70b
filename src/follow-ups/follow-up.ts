import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'

/** Who acts. The police act as a unit of theirs; see `ownerUnitId`. */
export const followUpOwners = ['school', 'ward', 'family'] as const
export type FollowUpOwner = (typeof followUpOwners)[number]

/**
 * Who acts where something is stuck: the station, unit or school that has it in hand, the national centre, the maker of
 * cards, or whoever operates the installation.
 */
export const stuckOwners = ['station', 'unit', 'school', 'centre', 'maker', 'operator'] as const
export type StuckOwner = (typeof stuckOwners)[number]

/** The kinds that are kept in a table of their own, and what is found anew each time: `gap`. */
export const keptKinds = [
  'roll-defect',
  'roll-of-strangers',
  'household',
  'pupil-unreached',
  'missed-appointment',
  'message',
  'phone-not-theirs',
] as const
export type KeptKind = (typeof keptKinds)[number]
export const followUpKinds = [...keptKinds, 'gap'] as const
export type FollowUpKind = (typeof followUpKinds)[number]

/** Closed as `done` where what was wrong is gone, and as `dropped` where it is nobody's any more. */
export const followUpStates = ['open', 'done', 'dropped'] as const
export type FollowUpState = (typeof followUpStates)[number]

/** How an open follow-up stands to its last day. */
export const followUpDues = ['overdue', 'today', 'later'] as const
export type FollowUpDue = (typeof followUpDues)[number]

export const followUpDueOf = ({ dueOn }: { readonly dueOn: Day }, today: Day): FollowUpDue =>
  dueOn < today ? 'overdue' : dueOn === today ? 'today' : 'later'

/** What people answer: the papers show what the source says, or the register is right as it is. */
export const followUpAnswers = ['papers', 'register'] as const
export type FollowUpAnswer = (typeof followUpAnswers)[number]

export type FollowUpId = Id<'follow-up'>

/** One thing that somebody has to put right by a day. What it is about stands with the context that opened it. */
export type FollowUp = {
  readonly id: FollowUpId
  readonly kind: KeptKind
  /** The school or unit whose scope sees it, besides the unit that owns it. */
  readonly scopeId: Id<'school'>
  /** The school year for which it holds, as 2022-2023. */
  readonly period?: string | undefined
  /** The document in which it was last seen, such as a roll; the place in it, and the part, such as a class. */
  readonly sourceId: string
  readonly sourcePlace?: number | undefined
  readonly sourcePart?: string | undefined
  /** What it is about, the same from document to document, such as a pupil's entry. */
  readonly subjectId: string
  readonly personId?: Id<'person'> | undefined
  /** What is wrong, a code of its kind. */
  readonly reason: string
  /** What speaks for which side, a code of its kind. */
  readonly evidence: string
  /** A UUID made of the values of both sides: an answer holds for these values alone. */
  readonly valuesKey: string
  readonly owner: FollowUpOwner
  readonly ownerUnitId?: Id<'unit'> | undefined
  /** The correction of the register that decides it. */
  readonly correctionId?: string | undefined
  readonly dueOn: Day
  readonly state: FollowUpState
  readonly answer?: FollowUpAnswer | undefined
  readonly answeredOn?: Day | undefined
  readonly papers?: string | undefined
  /** Since when the owner says that the next document will be right. */
  readonly announcedOn?: Day | undefined
  readonly openedOn: Day
}
