/** Plain numbers of the tables that are divided by month: no row of law.csv changes them. Pure. */

/** Months after the one that goes on which are made before anything is written in them. */
export const monthsAhead = 2
