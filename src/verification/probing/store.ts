import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import { kept } from '../../platform/db.ts'
import type { Id } from '../../platform/ids.ts'
import { runAhead, type Work } from '../../platform/work.ts'
import type { AnswerCounts, NewTriedName, ProbingClient, ProbingOfDay, WrongAnswerRow } from './guess-counts.ts'

export type TriedNameRow = { readonly place: number; readonly numbers: number; readonly seen: readonly number[] }

/** Which of some names and birth dates, by their hashes, were tried today; each row has its hash's place, from 1. */
export async function findTriedRows(
  { tx }: Work,
  keys: readonly string[],
  guesser: string,
  day: Day,
): Promise<TriedNameRow[]> {
  const { rows } = await kept<TriedNameRow>`
    select place, numbers, seen
    from verification.find_tried(${keys}::uuid[], ${guesser}, ${day}::date)`.execute(tx)
  return rows
}

/**
 * Stores what a work's answers changed: the client's counts, and the counts of some persons as they are now; refusals
 * and tried names are added.
 */
export async function addAnswerCounts(
  work: Work,
  { clientId, guesser, day }: ProbingClient,
  { asked, again, wrong, strange }: AnswerCounts,
  persons: readonly WrongAnswerRow[],
  tries: readonly NewTriedName[],
): Promise<void> {
  const statement = kept`
    select verification.count(${clientId}, ${guesser}, ${day}::date, ${work.now}, ${asked}::bigint, ${again}::bigint,
        ${wrong}::bigint, ${strange}::bigint,
                              ${persons.map(({ personId }) => personId)}::uuid[],
                              ${persons.map(({ wrongs }) => wrongs)}::integer[],
                                ${persons.map(({ refused }) => refused)}::integer[],
                              ${persons.map(({ freeAt }) => freeAt)}::timestamptz[],
                                ${persons.map(({ stoppedAt }) => stoppedAt ?? null)}::timestamptz[],
                              ${tries.map(({ told }) => told)}::uuid[],
                                  ${tries.map(({ under }) => under)}::integer[])`
  await runAhead(work, statement)
}

/** Which clients gave wrong data about a person, by day, the latest first. */
export async function findProbingOfPerson({ tx }: Work, personId: Id<'person'>): Promise<ProbingOfDay[]> {
  const { rows } = await sql<ProbingOfDay>`
    select client_id as "clientId", on_day as day, wrongs, refused, stopped_at as "stoppedAt" from verification.wrong
    where person_id = ${personId} order by on_day desc, client_id limit 200`.execute(tx)
  return rows
}

/** Deletes tried names of days that are over, so many at most. Gives how many. */
export async function forgetTried({ tx }: Work, before: Day, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from verification.tried where (on_day, guesser, told) in (
      select on_day, guesser, told from verification.tried where on_day < ${before}::date limit ${most})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** The same of counts about a person older than this; the persons' own history still has each check. */
export async function forgetWrongs({ tx }: Work, before: Day, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from verification.wrong where (person_id, client_id, on_day) in (
      select person_id, client_id, on_day from verification.wrong
      where on_day < ${before}::date limit ${most})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Deletes counts of clients older than this, so many at most. Gives how many. */
export async function forgetTallies({ tx }: Work, before: Day, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from verification.tally where ctid = any (array(
      select ctid from verification.tally where on_day < ${before}::date limit ${most}))`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
