import { law, policy } from '../platform/law.ts'

export type AgeRange = readonly [from: number, to: number]

/**
 * Ages of universal education: those that a child reaches in the calendar year in which the school year begins, as
 * the forms of TT07/2016 count them. Pure.
 */

/** Children for whom preschool is universal: five-year-olds; since the resolution of 2025 from three on. */
export const preschoolAges = law<AgeRange>('out-of-school.preschool-ages', [
  { from: '', value: [5, 5], article: 'Art. 4', source: 'NĐ20/2014', verifiedOn: '2026-11-29', confidence: 'high' },
  // In force on the day that it was passed; which year the forms follow from was not seen.
  {
    from: '2025-06-26',
    value: [3, 5],
    article: 'Art. 1',
    source: 'NQ218/2025/QH15',
    verifiedOn: '2026-11-29',
    confidence: 'medium',
  },
])

/** Children who have not finished primary school. Whether the decree was replaced by the end of 2026 was not found. */
export const primaryAges = law<AgeRange>('out-of-school.primary-ages', [
  { from: '', value: [6, 14], article: 'Art. 7', source: 'NĐ20/2014', verifiedOn: '2026-11-29', confidence: 'high' },
])

/** Young people who have finished primary school and not lower secondary school. */
export const lowerSecondaryAges = law<AgeRange>('out-of-school.lower-secondary-ages', [
  { from: '', value: [11, 18], article: 'Art. 12', source: 'NĐ20/2014', verifiedOn: '2026-11-29', confidence: 'high' },
])

/** People who should be able to read and write. The number of the article is by memory. */
export const literacyAges = law<AgeRange>('out-of-school.literacy-ages', [
  {
    from: '',
    value: [15, 60],
    article: 'Art. 16',
    source: 'NĐ20/2014',
    verifiedOn: '2026-11-29',
    confidence: 'medium',
  },
])

/** Groups by which literacy is told; the forms add them up to 15–25, 15–35 and 15–60. */
export const literacyBands: readonly AgeRange[] = [
  [15, 25],
  [26, 35],
  [36, 60],
]

/** Days in which whoever is asked to go after a child says what came of it, unless the office says another day. */
export const pursuitDays = policy('out-of-school.pursuit-days', 14)

/** Lines of one survey of literacy, and bytes of its file. */
export const surveyLimits = { rows: 60_000, bytes: 30 * 1024 * 1024 } as const

/** Working days in which a ward looks at homes of a household that differ. */
export const householdDays = policy('out-of-school.household-working-days', 10)
