import { sql } from 'kysely'
import { beginOf } from '../../platform/day.ts'
import { kept } from '../../platform/db.ts'
import { firstIdAt, type Id } from '../../platform/ids.ts'
import { runAhead, type Work } from '../../platform/work.ts'
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
  const { rows } = await kept<HolderRow>`
    select *
    from verification.find(${numbers}::text[], ${named}::uuid[], ${clientId}, ${guesser}, ${partyId}, ${day}::date,
                                                    ${firstIdAt(beginOf(day))}::uuid, ${held})`.execute(tx)
  return rows
}

/** Such a row; or, where the quota is used up, when it begins anew, and nothing else. */
export type HolderWithinQuotaRow = HolderRow & { readonly resets_at: Date | null }

/**
 * Spends the client's quota for so many checks, then finds who holds the numbers, as `findHolderRows`; nobody is looked
 * up where too little is left of it (verification.find_within_quota). `usual`: a minute's and a day's, where no other
 * was set.
 */
export async function findWithinQuota(
  work: Work,
  { count, usual }: { readonly count: number; readonly usual: Readonly<Record<'live' | 'sandbox', readonly number[]>> },
  asked: { readonly numbers: readonly string[]; readonly named: readonly string[]; readonly guesser: ProbingClient },
  take: (rows: readonly HolderWithinQuotaRow[]) => void,
): Promise<void> {
  const { clientId, partyId, guesser, day } = asked.guesser
  const statement = kept<HolderWithinQuotaRow>`
    select *
    from verification.find_within_quota(${count}::integer, ${work.now}, ${usual.live}::integer[],
        ${usual.sandbox}::integer[], ${asked.numbers}::text[], ${asked.named}::uuid[], ${clientId}, ${guesser},
        ${partyId}, ${day}::date, ${firstIdAt(beginOf(day))}::uuid)`
  await runAhead(work, statement, take)
}
