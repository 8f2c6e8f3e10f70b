import { asDay, type Day, yearOf } from '../platform/day.ts'
import { type Asking, policy, ruleOn } from '../platform/law.ts'

/** Rules of classes: until when a link is usually given, and how soon somebody looks after a family nobody reaches. */

/**
 * The last days of the terms, as month and day: the plan of the school year of the Ministry of Education and Training
 * has them before 15 January and, with the school year, before 31 May (QĐ2159/QĐ-BGDĐT of 5 August 2022, for 2022-2023;
 * read in the press on 2026-11-30). Each year and province has its own, so that it is a policy of the house.
 */
export const termEnds = policy<readonly [first: string, second: string]>('classes.term-ends', ['01-15', '05-31'])

/** Working days in which a ward finds a family that moved or whose telephone is another’s. */
export const unreachedDays = policy('classes.unreached-working-days', 5)

export const terms = ['first', 'second'] as const
export type Term = (typeof terms)[number]

/** The term in which a day falls: the first until its last day, and after the last day of the second. */
export function termOn(day: Day, work: Asking): Term {
  const [first, second] = ruleOn(termEnds, day, work)
  const inYear = day.slice(5)
  return inYear > first && inYear <= second ? 'second' : 'first'
}

/** The last day of the term in which a day falls; after the last term of a school year, that of the next one. */
export function termEndOn(day: Day, work: Asking): Day {
  const [first, second] = ruleOn(termEnds, day, work)
  const year = yearOf(day)
  const ends = [`${year}-${first}`, `${year}-${second}`, `${year + 1}-${first}`].map(asDay)
  return ends.find(end => end >= day) ?? day
}
