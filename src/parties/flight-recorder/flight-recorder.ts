/**
 * The flight recorder: whoever serves a request of a client notes which check it failed, or that it passed. Decided:
 * what may be kept of it, codes and names of parameters and nothing that anybody sent; it never fails the request
 * itself. Out go the notes of one request by its correlation id, and how a client fares by the hour, to officers and
 * to its engineers. After thirty days all is forgotten.
 * No deeds.
 */

import { isId, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { flightsKept, flightsShown } from '../law.ts'
import { partyProblem } from '../problems.ts'
import type { Flight, FlightNote, HourOfCheck, NewFlight, RecentFlight } from './note.ts'
import * as store from './store.ts'

const mostSeconds = 2_000_000_000

/**
 * The recorder never fails a sign-in, and never keeps what a person sent: what is not of the shape of a code, or of
 * names of parameters, is left out.
 */
const matchingText = (shape: RegExp, text: string | undefined) =>
  text !== undefined && shape.test(text) ? text : undefined

const wholeSeconds = (seconds: number | undefined) =>
  seconds === undefined || !Number.isFinite(seconds)
    ? undefined
    : Math.max(-mostSeconds, Math.min(mostSeconds, Math.round(seconds)))

const newFlightOf = (
  work: Work,
  { requestId, clientId, endpoint, outcome, check, error, detail, seconds }: FlightNote,
): NewFlight => ({
  requestId,
  id: newId<'flight'>(work.now),
  clientId,
  endpoint: matchingText(/^[a-z][a-z_-]{0,39}$/, endpoint) ?? 'other',
  outcome,
  check: outcome === 'failed' ? (check ?? 'other') : undefined,
  error: matchingText(/^[a-z][a-z_]{0,59}$/, error),
  detail: matchingText(/^[a-z][a-z_ ]{0,99}$/, detail),
  seconds: wholeSeconds(seconds),
})

/** Notes checks that failed, and flows that were finished. One statement; it waits for nobody. */
export async function recordFlights(work: Work, notes: readonly FlightNote[]): Promise<void> {
  if (notes.length > 0)
    await store.insertFlights(
      work,
      notes.map(note => newFlightOf(work, note)),
    )
}

export const recordFlight = (work: Work, note: FlightNote): Promise<void> => recordFlights(work, [note])

/** What is noted under a correlation id, among what the caller may see. Throws flight-unknown. */
export async function findFlights(work: Work, requestId: string): Promise<Flight[]> {
  const found = isId(requestId) ? await store.findFlightsByRequest(work, requestId) : []
  if (found.length === 0) throw partyProblem('flight-unknown')
  return found
}

export type CheckCount = {
  readonly check: string
  readonly count: number
  readonly hours: readonly { readonly hour: Date; readonly count: number }[]
}

/** How a client fares: which checks fail how often, by the hour, the most frequent first; and the latest failures. */
export async function summarizeFlights(
  work: Work,
  clientId: string,
  { hours = 24 }: { readonly hours?: number | undefined } = {},
): Promise<{
  readonly passed: number
  readonly checks: readonly CheckCount[]
  readonly recent: readonly RecentFlight[]
}> {
  const counts = await store.countChecksByHour(
    work,
    clientId,
    Math.max(1, Math.min(flightsShown.mostHours, Math.floor(hours))),
  )
  const byCheck = Map.groupBy(counts, ({ check }) => check)
  const sum = (rows: readonly HourOfCheck[] = []) => rows.reduce((total, { count }) => total + count, 0)
  const checks = [...byCheck].flatMap(([check, rows]) =>
    check === null ? [] : [{ check, count: sum(rows), hours: rows.map(({ hour, count }) => ({ hour, count })) }],
  )
  return {
    passed: sum(byCheck.get(null)),
    checks: checks.sort((one, other) => other.count - one.count || (one.check < other.check ? -1 : 1)),
    recent: await store.findRecentFailures(work, clientId, flightsShown.requests),
  }
}

/** Deletes notes that are kept no longer, so many at most. Gives how many. */
export const deleteOldFlights = (work: Work, most: number): Promise<number> =>
  store.deleteFlights(work, ruleOn(flightsKept, work.today, work), most)
