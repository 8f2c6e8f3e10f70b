import { addDays, type Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { needs } from '../need-codes.ts'

export type GroupId = Id<'community-group'>
export type VisitListId = Id<'visit-list'>

/** A community digital-technology group: neighbours who help at the door, for one quarter of a commune. */
export type CommunityGroup = {
  readonly id: GroupId
  readonly unitId: Id<'unit'>
  readonly name: string
  /** Its quarter, residential group or village, as addresses name it: "Khu 3", "Thôn Đông". */
  readonly quarter: string
  readonly madeOn: Day
  readonly endedOn?: Day | undefined
}

export const memberRoles = ['leader', 'member'] as const
export type MemberRole = (typeof memberRoles)[number]

/** `phone` as +84 and nine or ten digits. */
export type GroupMember = {
  readonly id: string
  readonly role: MemberRole
  readonly fullName: string
  readonly phone?: string | undefined
}

/** Needs that a neighbour can help with; a correction needs papers and an officer. */
export const doorNeeds = needs.filter(need => need !== 'correction')
export type DoorNeed = Exclude<(typeof needs)[number], 'correction'>

export const visitOutcomes = ['visited', 'helped', 'refused', 'moved', 'not-at-home'] as const
export type VisitOutcome = (typeof visitOutcomes)[number]

export const isListOver = (
  { expiresOn, endedOn }: { readonly expiresOn: Day; readonly endedOn?: Day | undefined },
  today: Day,
) => endedOn !== undefined || expiresOn < today

/** The last day of a list made today that runs for so many days. */
export const lastDayOf = (today: Day, days: number): Day => addDays(today, days)

/**
 * A note that holds a number of a person, a card or a phone would carry it out of the house: nine digits or more,
 * however they are parted.
 */
export const holdsNumber = (text: string) => /\d(?:[\s.\-()]*\d){8,}/.test(text)
