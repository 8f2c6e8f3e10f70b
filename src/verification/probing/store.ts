import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Counts, Guesser, Guesses, NewTry, WrongRow } from './guess.ts'

export type TriedRow = { readonly place: number; readonly numbers: number; readonly seen: readonly number[] }

/** What of some names and birth dates, by their hashes, was tried today; those that were, by their place from 1. */
export async function findTried({ tx }: Work, keys: readonly string[], guesser: string, day: Day): Promise<TriedRow[]> {
  const { rows } = await sql<TriedRow>`
    /* kept plan */ select place, numbers, seen from verification.find_tried(${keys}::uuid[], ${guesser}, ${day}::date)`.execute(
    tx,
  )
  return rows
}

/**
 * Keeps what a work's answers changed: what a client asked and got wrong, and how often about some persons, as it now
 * stands; refusals and what was tried are added.
 */
export async function count(
  { tx, now }: Work,
  { clientId, guesser, day }: Guesser,
  { asked, again, wrong, strange }: Counts,
  persons: readonly WrongRow[],
  tries: readonly NewTry[],
): Promise<void> {
  await sql`
    /* kept plan */ select verification.count(${clientId}, ${guesser}, ${day}::date, ${now}, ${asked}::bigint, ${again}::bigint, ${wrong}::bigint, ${strange}::bigint,
                              ${persons.map(({ personId }) => personId)}::uuid[],
                              ${persons.map(({ wrongs }) => wrongs)}::integer[], ${persons.map(({ refused }) => refused)}::integer[],
                              ${persons.map(({ freeAt }) => freeAt)}::timestamptz[], ${persons.map(({ stoppedAt }) => stoppedAt ?? null)}::timestamptz[],
                              ${tries.map(({ told }) => told)}::uuid[], ${tries.map(({ under }) => under)}::integer[])`.execute(
    tx,
  )
}

/** Which clients said something wrong about a person, by day, the latest first. */
export async function guessesAbout({ tx }: Work, personId: Id<'person'>): Promise<Guesses[]> {
  const { rows } = await sql<Guesses>`
    select client_id as "clientId", on_day as day, wrongs, refused, stopped_at as "stoppedAt" from verification.wrong
    where person_id = ${personId} order by on_day desc, client_id limit 200`.execute(tx)
  return rows
}

/** What was tried serves nobody once its day is over. */
export async function forgetTried({ tx }: Work, before: Day): Promise<void> {
  await sql`delete from verification.tried where on_day < ${before}::date`.execute(tx)
}

/** Counts older than this serve nobody: the persons' own history has each call. */
export async function forgetCounts({ tx }: Work, before: Day): Promise<void> {
  await sql`
    with gone as (delete from verification.tally where on_day < ${before}::date)
    delete from verification.wrong where on_day < ${before}::date`.execute(tx)
}
