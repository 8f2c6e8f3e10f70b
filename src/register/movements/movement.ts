import type { Sex } from '../../names/numbers/numbers.ts'
import { birthday, type Day, latestDay, type PartialDay, parseDay, yearsBetween } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { type Asking, ruleOn } from '../../platform/law.ts'
import { absenceDeclarations } from '../law.ts'
import type { PersonId } from '../person.ts'

/** Absences that are declared (tạm vắng), notices of stays (lưu trú), and the kinds of coming and going. Pure. */

export const absenceReasons = ['work', 'study', 'treatment', 'family', 'service', 'other'] as const
export type AbsenceReason = (typeof absenceReasons)[number]
export const absenceDeclarers = ['self', 'parent', 'guardian', 'household'] as const
export type AbsenceDeclarer = (typeof absenceDeclarers)[number]
/** How somebody declares or gives notice. */
export const noticeWays = ['counter', 'phone', 'online'] as const
export type NoticeWay = (typeof noticeWays)[number]
export const absenceEnds = ['returned', 'mistaken'] as const
export type AbsenceEnd = (typeof absenceEnds)[number]

export const stayLodgings = ['household', 'hotel', 'hospital', 'workers', 'other'] as const
export type StayLodging = (typeof stayLodgings)[number]
export const stayReasons = ['visit', 'travel', 'work', 'study', 'treatment', 'other'] as const
export type StayReason = (typeof stayReasons)[number]
export const stayNotifiers = ['household', 'lodging', 'guest'] as const
export type StayNotifier = (typeof stayNotifiers)[number]
export const stayEnds = ['left', 'mistaken'] as const
export type StayEnd = (typeof stayEnds)[number]

export const movementWays = ['came', 'went'] as const
export type MovementWay = (typeof movementWays)[number]
/** Residences by their kind; a stay; an absence, its end as declared and its end that was told. */
export const movementKinds = ['permanent', 'temporary', 'current', 'stay', 'absence', 'returned', 'due-back'] as const
export type MovementKind = (typeof movementKinds)[number]

export type AbsenceId = Id<'absence'>
export type StayId = Id<'stay'>

export type TemporaryAbsence = {
  readonly id: AbsenceId
  readonly personId: PersonId
  readonly unitId: Id<'unit'>
  readonly from: Day
  readonly to: Day
  readonly reason: AbsenceReason
  readonly destination: string
  readonly declaredBy: AbsenceDeclarer
  readonly way: NoticeWay
  readonly recordedOn: Day
  readonly endedOn?: Day | undefined
  readonly endedHow?: AbsenceEnd | undefined
}

export type Stay = {
  readonly id: StayId
  readonly personId: PersonId
  readonly unitId: Id<'unit'>
  readonly name: string
  readonly born?: PartialDay | undefined
  readonly number?: string | undefined
  readonly known: boolean
  readonly from: Day
  readonly to: Day
  readonly address: string
  readonly lodging: StayLodging
  readonly host?: string | undefined
  readonly reason: StayReason
  readonly notifiedBy: StayNotifier
  readonly way: NoticeWay
  readonly endedOn?: Day | undefined
  readonly endedHow?: StayEnd | undefined
}

/** The same day so many months later; the last of that month where it has none such. */
export function monthsAfter(day: Day, months: number): Day {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  const [y, m] = [Math.floor(month / 12), (month % 12) + 1]
  for (let d = Number(day.slice(8)); ; d -= 1) {
    const found = parseDay(`${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`)
    if (found) return found
  }
}

/**
 * By which rule an absence has to be declared: of Art. 31(1)(d) of the Residence Law, of (c), or by none. `beyond` is
 * not asked of (c): whoever leaves the district leaves the commune too, and a declaration too many harms nobody.
 */
export function declarationDuty(
  { from, to }: { readonly from: Day; readonly to: Day },
  { birthDate, sex }: { readonly birthDate: PartialDay; readonly sex: Sex },
  work: Asking,
): 'anyone' | 'of-service-age' | 'none' {
  const rule = ruleOn(absenceDeclarations, from, work)
  if (to >= monthsAfter(from, rule.anyoneMonths)) return 'anyone'
  const bornOn = latestDay(birthDate)
  const isOfAge = birthday(bornOn, rule.serviceFrom) <= from && birthday(bornOn, rule.serviceBelow) > from
  return sex === 'M' && isOfAge && to >= monthsAfter(from, rule.serviceMonths) ? 'of-service-age' : 'none'
}

/** Whether father, mother or guardian declare for the person. */
export const isDeclaredFor = (birthDate: PartialDay, day: Day, work: Asking): boolean =>
  yearsBetween(latestDay(birthDate), day) < ruleOn(absenceDeclarations, day, work).declaresFrom
