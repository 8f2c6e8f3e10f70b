import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'

export type FoundRow = {
  readonly number: string
  readonly person_id: string | null
  readonly number_state: string
  readonly full_name: string
  readonly birth_y: number
  readonly birth_m: number | null
  readonly birth_d: number | null
  readonly sex: string
  readonly life_status: string
  readonly wrongs: number
  readonly free_at: Date | null
  readonly stopped: boolean
  readonly wrongs_of_all: number
  readonly client_asked: number
  readonly client_wrong: number
  readonly client_wrong_at: Date | null
}

/** Who holds some numbers, each held to the end of the work, with what a client got wrong today (verification.find); a row for each number, in their order. */
export async function find(
  { tx }: Work,
  numbers: readonly string[],
  clientId: string,
  day: Day,
  held: 'persons' | 'client',
): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`select * from verification.find(${numbers}::text[], ${clientId}, ${day}::date, ${held})`.execute(tx)
  return rows
}

export type WrongRow = {
  readonly personId: string
  readonly wrongs: number
  readonly refused: number
  readonly freeAt: Date
  readonly stoppedAt: Date | undefined
}

/** Keeps how often a client was wrong about some persons today, as it now stands; refusals are added. */
export async function saveWrongs({ tx }: Work, clientId: string, day: Day, rows: readonly WrongRow[]): Promise<void> {
  await sql`
    insert into verification.wrong as known (person_id, client_id, on_day, wrongs, refused, free_at, stopped_at)
    select r.person_id, ${clientId}, ${day}::date, r.wrongs, r.refused, r.free_at, r.stopped_at
    from unnest(${rows.map(({ personId }) => personId)}::uuid[], ${rows.map(({ wrongs }) => wrongs)}::integer[], ${rows.map(({ refused }) => refused)}::integer[],
                ${rows.map(({ freeAt }) => freeAt)}::timestamptz[], ${rows.map(({ stoppedAt }) => stoppedAt ?? null)}::timestamptz[])
      as r (person_id, wrongs, refused, free_at, stopped_at)
    order by r.person_id
    on conflict (person_id, client_id, on_day) do update set
      wrongs = excluded.wrongs, refused = known.refused + excluded.refused, free_at = excluded.free_at,
      stopped_at = coalesce(known.stopped_at, excluded.stopped_at)`.execute(tx)
}

/** Adds what a client asked to what it asked today. */
export async function addTally({ tx, now }: Work, clientId: string, day: Day, asked: number, wrong: number): Promise<void> {
  await sql`
    insert into verification.tally as known (client_id, on_day, hand, asked, wrong, wrong_at)
    values (${clientId}, ${day}::date, (pg_backend_pid() % 1024)::smallint, ${asked}, ${wrong}, ${wrong > 0 ? now : null})
    on conflict (client_id, on_day, hand) do update set
      asked = known.asked + excluded.asked, wrong = known.wrong + excluded.wrong, wrong_at = coalesce(excluded.wrong_at, known.wrong_at)`.execute(
    tx,
  )
}

export type Guesses = {
  readonly clientId: string
  readonly day: Day
  readonly wrongs: number
  readonly refused: number
  readonly stoppedAt: Date | null
}

/** Which clients said something wrong about a person, by day, the latest first. */
export async function guessesAbout({ tx }: Work, personId: string): Promise<Guesses[]> {
  const { rows } = await sql<Guesses>`
    select client_id as "clientId", on_day as day, wrongs, refused, stopped_at as "stoppedAt" from verification.wrong
    where person_id = ${personId} order by on_day desc, client_id limit 200`.execute(tx)
  return rows
}

/** Counts older than this serve nobody: the persons' own history has each call. */
export async function forgetCounts({ tx }: Work, before: Day): Promise<void> {
  await sql`
    with gone as (delete from verification.tally where on_day < ${before}::date)
    delete from verification.wrong where on_day < ${before}::date`.execute(tx)
}
