import { law, policy } from '../platform/law.ts'

/** The code of the installation's own province: what is meant where an operator names no unit. */
export const homeProvince = policy('units.home-province', '22')

/**
 * Holidays of a year that are paid: New Year 1, Tết 5, Hùng kings 1, 30 April 1, 1 May 1, National Day 2. With fewer of
 * them in db/reference/holidays.csv a year is not announced yet.
 */
export const paidHolidays = law('units.paid-holidays', [
  {
    from: '',
    value: 10,
    article: 'Art. 115(1)',
    source: 'Labour Code 10/2012/QH13',
    confidence: 'high',
  },
  {
    from: '2021-01-01',
    value: 11,
    article: 'Art. 112(1)',
    source: 'Labour Code 45/2019/QH14',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
])

/** For how many years ahead an operator is told what the law and the table of holidays lack. */
export const yearsAhead = policy('units.years-ahead', 1)
