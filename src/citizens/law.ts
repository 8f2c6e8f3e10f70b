import { policy } from '../platform/law.ts'

/**
 * What the law says of a person's own pages, and the house's own limits. No row was compared with the text of its act
 * yet.
 */

/** Days that count as lately. */
export const latelyDays = policy('citizens.lately-days', 30)

/** Whoever turns this old this year or later may still be at school, and is spoken to as a pupil. */
export const lastAtSchool = policy('citizens.last-at-school', 18)
