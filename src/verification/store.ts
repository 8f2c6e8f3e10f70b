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

/** Who holds some numbers, each number held to the end of the work, with what a client got wrong today (verification.find); a row for each number, in their order. */
export async function find(
  { tx }: Work,
  numbers: readonly string[],
  clientId: string,
  day: Day,
  held: 'numbers' | 'client',
): Promise<FoundRow[]> {
  const { rows } =
    await sql<FoundRow>`/* kept plan */ select * from verification.find(${numbers}::text[], ${clientId}, ${day}::date, ${held})`.execute(tx)
  return rows
}

export type WrongRow = {
  readonly personId: string
  readonly wrongs: number
  readonly refused: number
  readonly freeAt: Date
  readonly stoppedAt: Date | undefined
}

/** Keeps what a work's answers changed: how much a client asked and got wrong, and how often about some persons, as it now stands; refusals are added. */
export async function count(
  { tx, now }: Work,
  clientId: string,
  day: Day,
  { asked, wrong, persons }: { readonly asked: number; readonly wrong: number; readonly persons: readonly WrongRow[] },
): Promise<void> {
  await sql`
    /* kept plan */ select verification.count(${clientId}, ${day}::date, ${now}, ${asked}::bigint, ${wrong}::bigint, ${persons.map(({ personId }) => personId)}::uuid[],
                              ${persons.map(({ wrongs }) => wrongs)}::integer[], ${persons.map(({ refused }) => refused)}::integer[],
                              ${persons.map(({ freeAt }) => freeAt)}::timestamptz[], ${persons.map(({ stoppedAt }) => stoppedAt ?? null)}::timestamptz[])`.execute(
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
