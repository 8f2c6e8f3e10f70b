import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { Flight, HourOfCheck, NewFlight, RecentFlight } from './note.ts'

const flightColumns = sql`at, client_id as "clientId", endpoint, outcome, "check", error, detail, seconds`

/** Inserts notes, in any work (a function of 0031_parties.sql). */
export async function insertFlights({ tx, now }: Work, notes: readonly NewFlight[]): Promise<void> {
  await sql`
    /* kept plan */
    select parties.note_flight(n.request, n.id, ${now}, n.client, n.endpoint, n.outcome, n.failed, n.error, n.detail,
        n.seconds)
    from unnest(${notes.map(({ requestId }) => requestId)}::uuid[], ${notes.map(({ id }) => id)}::uuid[],
        ${notes.map(({ clientId }) => clientId ?? null)}::text[],
                ${notes.map(({ endpoint }) => endpoint)}::text[], ${notes.map(({ outcome }) => outcome)}::text[],
                  ${notes.map(({ check }) => check ?? null)}::text[],
                ${notes.map(({ error }) => error ?? null)}::text[],
                  ${notes.map(({ detail }) => detail ?? null)}::text[],
                ${notes.map(({ seconds }) => seconds ?? null)}::integer[]) as n
                  (request, id, client, endpoint, outcome, failed, error, detail, seconds)`.execute(tx)
}

/** The notes of one request, in order. */
export async function findFlightsByRequest({ tx }: Work, requestId: string): Promise<Flight[]> {
  const { rows } =
    await sql<Flight>`select ${flightColumns} from parties.flight where request_id = ${requestId} order by id
      limit 50`.execute(tx)
  return rows
}

export async function findRecentFailures({ tx }: Work, clientId: string, limit: number): Promise<RecentFlight[]> {
  const { rows } = await sql<RecentFlight>`
    select request_id as "requestId", ${flightColumns} from parties.flight
    where client_id = ${clientId} and outcome = 'failed' order by at desc, id desc limit ${limit}`.execute(tx)
  return rows
}

/** How often each check failed, and how many flows passed (`check` null), by the hour. */
export async function countChecksByHour({ tx, now }: Work, clientId: string, hours: number): Promise<HourOfCheck[]> {
  const { rows } = await sql<HourOfCheck>`
    select date_trunc('hour', at) as hour, "check", count(*) as count from parties.flight
    where client_id = ${clientId}
      and at >= date_trunc('hour', ${now}::timestamptz) - make_interval(hours => ${hours}::integer - 1)
    group by 1, 2 order by 1 desc, 3 desc, 2`.execute(tx)
  return rows
}

/** Removes old notes, so many at most, so that none who writes one waits. Gives how many. */
export async function deleteFlights({ tx, now }: Work, days: number, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from parties.flight where (request_id, id) in (
      select request_id, id from parties.flight where at < ${now}::timestamptz - make_interval(days => ${days})
      limit ${most})`.execute(tx)
  return Number(numAffectedRows)
}
