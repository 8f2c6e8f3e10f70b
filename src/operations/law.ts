import { policy } from '../platform/law.ts'

/** How an operator's measurements are taken: plain numbers, and one policy. Pure. */

/** Milliseconds for which what was counted in the database is given again: several programs may ask at once. */
export const countedAgainAfter = 10_000

/** Milliseconds after which the database counts as one that does not answer. */
export const databasePatience = 3_000

/** Of so many stations the metrics tell when each was seen last: a province has some hundreds. */
export const measuredStations = 500

/** Milliseconds within which the queue of jobs is counted, or goes uncounted; before the database seems to be away. */
export const jobsPatience = 2_000

/** Hours after which a station that said nothing counts as not seen. */
export const stationUnseenHours = 24

/** Bytes from which a table is large enough to be measured each night, and how many of the largest are. */
export const largeTableBytes = 128 * 1024
export const mostLargeTables = 60

/** Days over which growth is taken: four weeks have as many of each weekday. */
export const growthOverDays = 28

/** Days until the disk is full from which on `doctor` says so, and from which on that needs a hand. */
export const diskWarnedDays = 90
export const diskShortDays = 14

/** Hours after the beginning of the measured day from which a measurement that was not made anew is told. */
export const growthStaleHours = 96

/** Days for which sizes are kept, so that a year is compared with the year before. */
export const growthKeptDays = policy('operations.growth-kept-days', 800)

/**
 * Seconds for which a proxy keeps a connection on which nothing moves, as the files of docs/operations/reverse-proxy
 * say it to nginx and Caddy: a server that ends keeps its side for longer.
 */
export const proxyKeepsSeconds = 5

/** Milliseconds: in a turn of the event loop so short no connection comes, and how long such a turn is sought. */
export const quietTurn = { lasts: 0.5, soughtFor: 1_000 } as const
