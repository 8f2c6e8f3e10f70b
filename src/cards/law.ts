import {
  birthday,
  type Day,
  dayOf,
  daysInMonth,
  type LeapBirthday,
  latestDay,
  type PartialDay,
  parseDay,
  yearOf,
} from '../platform/day.ts'
import type { Card } from './card.ts'

/** The law of cards on a day: who must have one, who may apply, when a term ends and when a card is renewed. Pure. */

type Regime = {
  readonly from: Day | ''
  readonly must: number
  readonly may: number
  readonly renewalAges: readonly number[]
  readonly source: string
}

/**
 * From which age a card is due, from which it is issued on request, and at which ages it is renewed; each from its day.
 */
// biome-ignore format: a table of law
const regimes: readonly Regime[] = [
  { from: '',                  must: 14, may: 14, renewalAges: [25, 40, 60],     source: 'LCCCD Art. 19, 21' },
  { from: '2024-07-01' as Day, must: 14, may: 0,  renewalAges: [14, 25, 40, 60], source: 'LCC Art. 19, 21' },
]

const regimeOn = (day: Day): Regime => regimes.findLast(({ from }) => from <= day) ?? (regimes[0] as Regime)

/**
 * A card is due from the fourteenth birthday (LCCCD Art. 19; LCC Art. 19). Before it, since 1 July 2024, on request
 * only.
 */
export const isOfCardAge = (bornOn: Day, day: Day, leap?: LeapBirthday) =>
  birthday(bornOn, regimeOn(day).must, leap) <= day

/** The age from which a card may be applied for: the same, and since 1 July 2024 any (LCC Art. 19(3)). */
export const ageToApply = (day: Day): number => regimeOn(day).may
export const mayApply = (bornOn: Day, day: Day, leap?: LeapBirthday) => birthday(bornOn, ageToApply(day), leap) <= day

/** A card issued within this many years before a renewal age lasts until the next one (LCCCD and LCC Art. 21(2)). */
const graceYears = 2

/**
 * The day on which a card's term ends: the first renewal birthday after its issue, or the next where it was issued
 * within two years before. Undefined = without term. LCCCD Art. 21, LCC Art. 21.
 */
export function termOf(bornOn: Day, issuedOn: Day, leap?: LeapBirthday): Day | undefined {
  const ahead = regimeOn(issuedOn).renewalAges.filter(age => birthday(bornOn, age, leap) > issuedOn)
  const [next, later] = ahead
  if (next === undefined) return undefined
  const age = issuedOn >= birthday(bornOn, next - graceYears, leap) ? later : next
  return age === undefined ? undefined : birthday(bornOn, age, leap)
}

/**
 * The same for a birth that may be known in part. The latest day that it leaves open counts: a term is printed and
 * cannot be put off later, so a card must not end before its holder is certainly of the age; and who was taken for the
 * younger when they applied stays so.
 */
export const termFor = (birthDate: PartialDay, issuedOn: Day): Day | undefined => termOf(latestDay(birthDate), issuedOn)

/** Cards whose printed term ended in these months stayed valid to 30 June 2024 (LCC Art. 46(1)). */
const extended = { from: '2024-01-15' as Day, before: '2024-06-30' as Day, to: '2024-07-01' as Day }

/** The first day on which a card no longer holds: the printed day is the birthday itself. */
const endOf = (expiresOn: Day): Day =>
  expiresOn >= extended.from && expiresOn <= extended.before ? extended.to : expiresOn

/**
 * Whether the card in force must be renewed on that day: its term is over, or its holder has passed a renewal age that
 * the card did not reach over (an extract may lack the term).
 */
export function mustRenew(
  card: Pick<Card, 'state' | 'issuedOn' | 'expiresOn'>,
  bornOn: Day | undefined,
  day: Day,
  leap?: LeapBirthday,
): boolean {
  if (card.state === 'expired') return true
  if (card.expiresOn) return endOf(card.expiresOn) <= day
  if (!bornOn || !card.issuedOn) return false
  const term = termOf(bornOn, card.issuedOn, leap)
  return term !== undefined && endOf(term) <= day
}

/** The latest birthday of a person who has an age on a day. The configured rule decides for 29 February. */
function bornBy(day: Day, age: number, leap: LeapBirthday = 'march-1'): Day {
  const year = yearOf(day) - age
  const birthdays = [
    dayOf(year, Number(day.slice(5, 7)), Math.min(Number(day.slice(8)), daysInMonth(year, Number(day.slice(5, 7))))),
  ]
  const leapDay = parseDay(`${year}-02-29`)
  if (leapDay && birthday(leapDay, age, leap) <= day && day.slice(5) <= '03-01') birthdays.push(leapDay)
  return birthdays.sort().at(-1) as Day
}

/** The law of a day as cut-offs, for statements over many people; `isOfCardAge` and `mustRenew` say the same of one. */
export type LawOfDay = {
  /** A card is due for who was born by this day. */
  readonly dueBornBy: Day
  /** Who was born by `bornBy` is past the age; a card issued from `years` years after birth on reaches over it. */
  readonly renewals: readonly { readonly bornBy: Day; readonly years: number }[]
  /** Terms that end `from` … `before`, both included, end on `to` instead. */
  readonly extended: { readonly from: Day; readonly before: Day; readonly to: Day }
}

export function lawOn(day: Day, leap?: LeapBirthday): LawOfDay {
  const { must, renewalAges } = regimeOn(day)
  return {
    dueBornBy: bornBy(day, must, leap),
    renewals: renewalAges.map(age => ({ bornBy: bornBy(day, age, leap), years: age - graceYears })),
    extended,
  }
}
