import { sql } from 'kysely'
import { ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import type { ClientInForce, ClientSettings } from './client.ts'
import { spentKept } from './law.ts'
import type { PartyId, PartyState } from './party.ts'
import type { QuotaKind, QuotaLimits } from './quota.ts'

/** What a request of the provider needs: by exact client_id, for any actor (functions of 0031_parties.sql). */

/** A row of parties.client_in_force. */
export type ServingRow = {
  readonly client_id: string
  readonly name_vi: string
  readonly name_en: string
  readonly party_id: PartyId
  readonly legal_basis: boolean
  readonly party_state: PartyState
  readonly state: 'active' | 'suspended'
  readonly sandbox: boolean
  readonly settings: ClientSettings
}

export const clientInForce = (row: ServingRow): ClientInForce => ({
  clientId: row.client_id,
  partyId: row.party_id,
  partyName: { vi: row.name_vi, en: row.name_en },
  legalBasis: row.legal_basis,
  partyState: row.party_state,
  state: row.state,
  sandbox: row.sandbox,
  settings: row.settings,
})

export async function findClientInForce({ tx }: Work, clientId: string): Promise<ClientInForce | undefined> {
  const { rows } = await sql<ServingRow>`/* kept plan */ select * from parties.client_in_force(${clientId})`.execute(tx)
  return rows[0] && clientInForce(rows[0])
}

export async function countSpending(
  { tx, now }: Work,
  clientId: string,
  kind: QuotaKind,
  count: number,
  usual: QuotaLimits,
): Promise<{ allowed: boolean; remaining: number; resetsAt: Date | null }> {
  const { rows } = await sql<{ allowed: boolean; remaining: number; resetsAt: Date | null }>`
    /* kept plan */ select allowed, remaining, resets_at as "resetsAt"
    from parties.spend(${clientId}, ${kind}, ${count}::integer, ${now}, ${usual.live}::integer[],
        ${usual.sandbox}::integer[])`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('parties.spend answers with one row')
  return row
}

export type PartyName = { readonly id: string; readonly vi: string; readonly en: string }

export async function findPartyNames({ tx }: Work, ids: readonly string[]): Promise<PartyName[]> {
  const { rows } = await sql<PartyName>`
    select id, name_vi as vi, name_en as en from parties.party where id = any (${ids}::uuid[])`.execute(tx)
  return rows
}

/**
 * Deletes counts, so many at most: a minute's are useless after it, a day's show what a client needs. Gives how many.
 */
export async function deleteOldSpending(work: Work, most: number): Promise<number> {
  const { tx, now, today } = work
  const { minutesForHours, daysForDays } = ruleOn(spentKept, today, work)
  const { numAffectedRows } = await sql`
    delete from parties.spent where ctid = any (array(
      select ctid from parties.spent
      where (period = 'minute' and since < ${now}::timestamptz - make_interval(hours => ${minutesForHours}))
        or since < ${now}::timestamptz - make_interval(days => ${daysForDays})
      limit ${most}))`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
