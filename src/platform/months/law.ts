/** Plain numbers of the tables that are divided by month: no row of law.csv changes them. Pure. */

/** Months after the one that goes on which are made before anything is written in them. */
export const monthsAhead = 2

/** Hours before the end of what is made from which on `doctor` asks why no further month is. */
export const monthsLateHours = 7 * 24
