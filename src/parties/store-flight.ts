import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'

export type Flight = {
  readonly at: Date
  readonly clientId: string | null
  readonly endpoint: string
  readonly outcome: 'passed' | 'failed'
  readonly check: string | null
  readonly error: string | null
  readonly detail: string | null
  readonly seconds: number | null
}

const columns = sql`at, client_id as "clientId", endpoint, outcome, "check", error, detail, seconds`

/** What is noted of one request, in order. */
export async function flightsOf({ tx }: Work, requestId: string): Promise<Flight[]> {
  const { rows } = await sql<Flight>`select ${columns} from parties.flight where request_id = ${requestId} order by id limit 50`.execute(tx)
  return rows
}

export type RecentFlight = Flight & { readonly requestId: string }

export async function recentFailures({ tx }: Work, clientId: string, limit: number): Promise<RecentFlight[]> {
  const { rows } = await sql<RecentFlight>`
    select request_id as "requestId", ${columns} from parties.flight
    where client_id = ${clientId} and outcome = 'failed' order by at desc, id desc limit ${limit}`.execute(tx)
  return rows
}

export type HourOfCheck = { readonly hour: Date; readonly check: string | null; readonly count: number }

/** How often each check failed, and how many flows passed (`check` null), by the hour. */
export async function checksByHour({ tx, now }: Work, clientId: string, hours: number): Promise<HourOfCheck[]> {
  const { rows } = await sql<HourOfCheck>`
    select date_trunc('hour', at) as hour, "check", count(*) as count from parties.flight
    where client_id = ${clientId} and at >= date_trunc('hour', ${now}::timestamptz) - make_interval(hours => ${hours - 1})
    group by 1, 2 order by 1 desc, 3 desc, 2`.execute(tx)
  return rows
}

export async function forgetFlights({ tx, now }: Work, days: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from parties.flight where at < ${now}::timestamptz - make_interval(days => ${days})`.execute(tx)
  return Number(numAffectedRows)
}

/** A minute's counts are of no use after it; a day's show what a client needs. */
export async function forgetSpent({ tx, now }: Work): Promise<void> {
  await sql`
    delete from parties.spent
    where (period = 'minute' and since < ${now}::timestamptz - interval '1 hour') or since < ${now}::timestamptz - interval '400 days'`.execute(
    tx,
  )
}
