import { policy } from '../platform/law.ts'
import type { Quota, QuotaKind } from './quota.ts'

/** The house's own limits with relying parties and their developers. Pure. */

/** Minutes that a link to sign in is good, and hours that a developer's session lasts. */
export const developerSignIn = policy('parties.developer-sign-in', { linkMinutes: 10, sessionHours: 8 })

/** Minutes after which a developer's session ends that nobody uses: whoever finds the browser then needs a new link. */
export const developerIdleMinutes = policy('parties.developer-idle-minutes', 30)

/** So often at most is it noted that a developer's session is used, in seconds. */
export const developerSeenEverySeconds = 60

/**
 * Links in so many minutes: to one address, since a stranger may have typed it; from one place, where an office may
 * sit. Links are kept for so many hours.
 */
export const linksAsked = policy('parties.links-asked', { minutes: 60, to: 5, from: 30, keptHours: 24 })

/** How long is kept what a client spent: a minute's counts are of no use after it; a day's show what a client needs. */
export const spentKept = policy('parties.spent-kept', { minutesForHours: 1, daysForDays: 400 })

/** Days that notes of the flight recorder are kept. */
export const flightsKept = policy('parties.flights-kept-days', 30)

/**
 * How often a client may call unless an officer set another quota. A live client has to bear the last minute of a
 * registration (two thousand sign-ins and more); a sandbox needs as many as people type.
 */
export const usualQuota: Readonly<Record<QuotaKind, Readonly<Record<'live' | 'sandbox', Quota>>>> = {
  'sign-in': { live: { perMinute: 6000, perDay: 300_000 }, sandbox: { perMinute: 60, perDay: 2000 } },
  verification: { live: { perMinute: 20_000, perDay: 1_000_000 }, sandbox: { perMinute: 600, perDay: 20_000 } },
}

/** The highest quota that an officer can set. */
export const maximumQuota: Quota = { perMinute: 1_000_000, perDay: 100_000_000 }

/** Keys of a client: how many it may register, and the least length of an RSA key in bits. */
export const clientKeyLimits = { most: 10, leastModulusBits: 2048 } as const

/** Addresses of each kind that a client may register, such as those to which people are sent back. */
export const addressesOfClient = 10

/** What of the flight recorder is told at once: hours counted, those of them on the page, and failed requests. */
export const flightsShown = { mostHours: 24 * 7, hoursOnPage: 6, requests: 50 } as const
