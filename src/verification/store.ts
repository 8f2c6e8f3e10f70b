import { sql } from 'kysely'
import { beginOf, type Day } from '../platform/day.ts'
import { firstIdAt } from '../platform/ids.ts'
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
  readonly known: boolean
  readonly client_asked: number
  readonly client_again: number
  readonly client_wrong: number
  readonly client_wrong_at: Date | null
  readonly guesser_wrong: number
  readonly guesser_strange: number
}

/** Whose guesses they are. A party's clients guess together; a sandbox client, which knows invented people alone, for itself. */
export type Guesser = { readonly clientId: string; readonly partyId: string; readonly guesser: string; readonly day: Day }

/**
 * Who holds some numbers, each number and each name with its birth date held to the end of the work, with what a client got wrong today (verification.find); a
 * row for each number, in their order.
 */
export async function find(
  { tx }: Work,
  numbers: readonly string[],
  named: readonly string[],
  { clientId, partyId, guesser, day }: Guesser,
  held: 'numbers' | 'client',
): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`
    /* kept plan */ select * from verification.find(${numbers}::text[], ${named}::uuid[], ${clientId}, ${guesser}, ${partyId}, ${day}::date,
                                                    ${firstIdAt(beginOf(day))}::uuid, ${held})`.execute(tx)
  return rows
}

export type TriedRow = { readonly place: number; readonly numbers: number; readonly seen: readonly number[] }

/** What of some names and birth dates, by their hashes, was tried today; those that were, by their place from 1. */
export async function findTried({ tx }: Work, keys: readonly string[], guesser: string, day: Day): Promise<TriedRow[]> {
  const { rows } = await sql<TriedRow>`
    /* kept plan */ select place, numbers, seen from verification.find_tried(${keys}::uuid[], ${guesser}, ${day}::date)`.execute(tx)
  return rows
}

export type WrongRow = {
  readonly personId: string
  readonly wrongs: number
  readonly refused: number
  readonly freeAt: Date
  readonly stoppedAt: Date | undefined
}

/** That a name with a birth date, or one of both, was tried under a number more; under which, of both together. */
export type NewTry = { readonly told: string; readonly under: number | null }

/** Of what was answered: how much, how much about who was confirmed before, how much was wrong, and how much of that of nobody, or somebody else altogether. */
export type Counts = { readonly asked: number; readonly again: number; readonly wrong: number; readonly strange: number }

/** Keeps what a work's answers changed: what a client asked and got wrong, and how often about some persons, as it now stands; refusals and what was tried are added. */
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
                              ${tries.map(({ told }) => told)}::uuid[], ${tries.map(({ under }) => under)}::integer[])`.execute(tx)
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
