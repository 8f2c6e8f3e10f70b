import { addDays, type Day, daysBetween } from '../platform/day.ts'
import { policy } from '../platform/law.ts'

/**
 * How many days after an activity are looked at, and as many before it: two weeks, in which families decide and a team
 * comes by once.
 */
export const effectDays = policy('awareness.effect-days', 14)

/**
 * With fewer other places, or where fewer people lack the thing, nothing is compared: one family more or less would
 * decide it.
 */
export const comparison = { fewestPlaces: 4, fewestPeople: 10 } as const

/** A share of other places that must have moved less before the console says that people came forward sooner here. */
export const clearShare = 0.8

/** Words that a speaker reads aloud in a minute, for the length of a text for loudspeakers. */
export const wordsAMinute = 130

/** An activity may be entered so many days after it was held: later, nobody remembers how many came. */
export const latestEntryDays = policy('awareness.latest-entry-days', 60)

export const mostPlaces = 200
export const mostPeople = 2_000_000

/** Sessions of so many days ahead stand on a leaflet, and no more than fit on its page. */
const sessionsAhead = 21
export const mostSessionsTold = 8

/** The last of some days, the first of which counts; and how many there are from one to another. */
export const lastOfDays = (first: Day, days: number): Day => addDays(first, days - 1)
export const daysIn = (first: Day, last: Day): number => daysBetween(first, last) + 1

export const lastDayTold = (today: Day): Day => addDays(today, sessionsAhead)
