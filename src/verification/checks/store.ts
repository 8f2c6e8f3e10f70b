import { sql } from 'kysely'
import { beginOf } from '../../platform/day.ts'
import { firstIdAt, type Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { ClientCountsRow, ProbedPersonRow, ProbingClient } from '../probing/guess-counts.ts'

export type HolderRow = ClientCountsRow &
  ProbedPersonRow & {
    readonly number: string
    readonly person_id: Id<'person'> | null
    readonly number_state: string
    readonly full_name: string
    readonly birth_y: number
    readonly birth_m: number | null
    readonly birth_d: number | null
    readonly sex: string
    readonly life_status: string
  }

/** The persons behind some numbers, and nothing else of them. */
export async function findNumberHolders(
  { tx }: Work,
  numbers: readonly string[],
): Promise<{ readonly number: string; readonly personId: Id<'person'> }[]> {
  const { rows } = await sql<{ number: string; personId: Id<'person'> }>`
    select number, person_id as "personId" from register.published_identity
    where number = any (${numbers}::text[])`.execute(tx)
  return rows
}

/**
 * Who holds some numbers, each number and each name with its birth date held to the end of the work, with what a client
 * got wrong today (verification.find); a row for each number, in their order.
 */
export async function findHolderRows(
  { tx }: Work,
  numbers: readonly string[],
  named: readonly string[],
  { clientId, partyId, guesser, day }: ProbingClient,
  held: 'numbers' | 'client',
): Promise<HolderRow[]> {
  const { rows } = await sql<HolderRow>`
    /* kept plan */ select *
    from verification.find(${numbers}::text[], ${named}::uuid[], ${clientId}, ${guesser}, ${partyId}, ${day}::date,
                                                    ${firstIdAt(beginOf(day))}::uuid, ${held})`.execute(tx)
  return rows
}
