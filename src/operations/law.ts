/** How the operator's measurements are taken. Plain numbers: no row of law.csv changes them. Pure. */

/** Milliseconds for which what was counted in the database is given again: several programs may ask at once. */
export const countedAgainAfter = 10_000

/** Milliseconds after which the database counts as one that does not answer. */
export const databasePatience = 3_000

/** Hours after which a station that said nothing counts as not seen. */
export const stationUnseenHours = 24
