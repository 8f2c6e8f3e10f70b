import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'

/** The days since another that the centre has compared. */
export async function findCompared({ tx }: Work, since: Day): Promise<Day[]> {
  const { rows } = await sql<{ day: Day }>`
    select day from exchange.day where day >= ${since}::date and answered_at is not null`.execute(tx)
  return rows.map(({ day }) => day)
}

type ListedDay = {
  readonly day: Day
  readonly envelopeId: string
  readonly sent: number
  readonly received: number
}

export async function setListed({ tx, now }: Work, { day, envelopeId, sent, received }: ListedDay): Promise<void> {
  await sql`
    insert into exchange.day (day, envelope_id, sent, received, asked_at)
    values (${day}, ${envelopeId}, ${sent}, ${received}, ${now})
    on conflict (day) do update set envelope_id = excluded.envelope_id, sent = excluded.sent,
      received = excluded.received, asked_at = excluded.asked_at`.execute(tx)
}

export async function holdListed({ tx }: Work, day: Day): Promise<ListedDay | undefined> {
  const { rows } = await sql<ListedDay>`
    select day, envelope_id as "envelopeId", sent, received from exchange.day where day = ${day} for update`.execute(tx)
  return rows[0]
}

type DayCounts = { readonly missing: number; readonly differing: number; readonly notReceived: number }

export async function setCompared({ tx, now }: Work, day: Day, counts: DayCounts): Promise<void> {
  const { missing, differing, notReceived } = counts
  await sql`
    update exchange.day set answered_at = ${now}, missing = ${missing}, differing = ${differing},
      not_received = ${notReceived}
    where day = ${day}`.execute(tx)
}

export type ComparedDay = {
  readonly day: Day
  readonly sent: number
  readonly received: number
  readonly answeredAt: Date | null
  readonly missing: number | null
  readonly differing: number | null
  readonly notReceived: number | null
}

/** The latest days, the latest first. */
export async function findDays({ tx }: Work, limit: number): Promise<ComparedDay[]> {
  const { rows } = await sql<ComparedDay>`
    select day, sent, received, answered_at as "answeredAt", missing, differing, not_received as "notReceived"
    from exchange.day order by day desc limit ${limit}`.execute(tx)
  return rows
}
