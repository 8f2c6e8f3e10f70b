import { policy } from '../platform/law.ts'

/** The house's own limits with relying parties and their developers. Pure. */

/** Minutes that a link to sign in is good, and hours that a developer's session lasts. */
export const developerSignIn = policy('parties.developer-sign-in', { linkMinutes: 15, sessionHours: 8 })

/**
 * Links in so many minutes: to one address, since a stranger may have typed it; from one place, where an office may
 * sit. Links are kept for so many hours.
 */
export const linksAsked = policy('parties.links-asked', { minutes: 60, to: 5, from: 30, keptHours: 24 })

/** How long is kept what a client spent: a minute's counts are of no use after it; a day's show what a client needs. */
export const spentKept = policy('parties.spent-kept', { minutesForHours: 1, daysForDays: 400 })

/** Days that notes of the flight recorder are kept. */
export const flightsKept = policy('parties.flights-kept-days', 30)
