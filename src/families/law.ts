import { birthday, type Day } from '../platform/day.ts'
import { law, policy } from '../platform/law.ts'
import type { GrowingWait } from '../platform/throttling/growing-wait.ts'

/** The installation's own numbers of families’ pages, and which papers a visit needs. Pure. */

/** Wrong data for one number from one place; from everywhere; from one place for any number; and all together. */
export const triesOfNumberFromPlace = policy<GrowingWait>('families.tries-of-number-from-place', {
  free: 5,
  first: 30,
  longest: 3600,
})
export const triesOfNumber = policy<GrowingWait>('families.tries-of-number', { free: 20, first: 30, longest: 3600 })
/** A mobile network gives many families one address. */
export const triesFromPlace = policy<GrowingWait>('families.tries-from-place', { free: 60, first: 5, longest: 900 })
/** So many wrong ones a day are an attack from many places: everybody waits some seconds, and nobody is shut out. */
export const triesOfAll = policy<GrowingWait>('families.tries-of-all', { free: 5000, first: 1, longest: 10 })

/** Minutes for which a page without an account goes on to a second step, such as a phone that is not theirs. */
export const answerMinutes = 15

/** Days from today within which a day is told with its weekday. */
export const weekdayWithin = 6

/** Slips that are printed at once: two classes. */
export const mostSlips = 100

/** On one paper: a commune’s children, made a hundred at a time. */
export const mostSlipsTogether = 3000

/** Below this age brothers and sisters are shown by each other’s slip (Civil Code Art. 20); so in the database. */
const ageOfMajority = 18
export const isMinorOn = (bornOn: Day, day: Day): boolean => birthday(bornOn, ageOfMajority) > day

/**
 * Days for which a slip opens its page, and below which age somebody gets one: pupils of the last year are eighteen.
 */
export const slipDays = policy('families.slip-days', 120)
export const slipBelowAge = policy('families.slip-below-age', 20)

/** Readings of a child that a page counts, and days back: the whole list is on the person’s own page. */
export const lookedAt = policy('families.looked-at', { days: 90, most: 500 })

/** Working days in which the ward finds out whose phone it is. */
export const phoneDays = policy('families.phone-working-days', 3)

/**
 * What one brings. The counter looks people up in the national population database, takes what is there, and asks for
 * papers where something is to be corrected or is not there yet: the birth certificate of somebody who never had a
 * card is the surest. A card that is replaced is taken in.
 */
export const papersToBring = law<{ readonly first: 'birth-certificate'; readonly replaced: 'old-card' }>(
  'families.papers-to-bring',
  [
    {
      from: '',
      value: { first: 'birth-certificate', replaced: 'old-card' },
      article: 'Art. 11',
      source: 'TT59/2021',
      confidence: 'low',
    },
    {
      from: '2024-07-01',
      value: { first: 'birth-certificate', replaced: 'old-card' },
      article: 'Art. 23, 25',
      source: 'LCC',
      confidence: 'medium',
    },
  ],
)
