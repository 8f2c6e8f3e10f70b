import { foldMarks } from '../../names/name.ts'
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

/** The people of a list: those whose address names the group's quarter, or the whole commune. */
export const reaches = ['quarter', 'commune'] as const
export type Reach = (typeof reaches)[number]

export const isListOver = (
  { expiresOn, endedOn }: { readonly expiresOn: Day; readonly endedOn?: Day | undefined },
  today: Day,
) => endedOn !== undefined || expiresOn < today

/** The last day of a list made today that runs for so many days. */
export const lastDayOf = (today: Day, days: number): Day => addDays(today, days)

/**
 * Whether an address names a quarter, whatever the case and the marks: "Tổ 5, khu 3" is in "Khu 3" and not in "Khu 30".
 */
export function isInQuarter(address: string, quarter: string): boolean {
  const [whole, part] = [foldMarks(address), foldMarks(quarter)].map(text => ` ${text.replaceAll(/[^a-z0-9]+/g, ' ')} `)
  return part !== undefined && part.trim() !== '' && whole?.includes(part) === true
}

/**
 * A note that holds a number of a person, a card or a phone would carry it out of the house: nine digits or more,
 * however they are parted.
 */
export const holdsNumber = (text: string) => /\d(?:[\s.\-()]*\d){8,}/.test(text)
