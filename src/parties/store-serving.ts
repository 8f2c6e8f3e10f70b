import { sql } from 'kysely'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { ClientSettings, InForce } from './client.ts'
import type { PartyId, PartyState } from './party.ts'
import type { Quota, QuotaKind } from './quota.ts'

/** What a request of the provider needs: by exact client_id, whoever acts (functions of 0031_parties.sql). */

type Row = {
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

export async function clientInForce({ tx }: Work, clientId: string): Promise<InForce | undefined> {
  const { rows } = await sql<Row>`/* kept plan */ select * from parties.client_in_force(${clientId})`.execute(tx)
  const [row] = rows
  return (
    row && {
      clientId: row.client_id,
      partyId: row.party_id,
      partyName: { vi: row.name_vi, en: row.name_en },
      legalBasis: row.legal_basis,
      partyState: row.party_state,
      state: row.state,
      sandbox: row.sandbox,
      settings: row.settings,
    }
  )
}

const both = ({ perMinute, perDay }: Quota) => [perMinute, perDay]

export async function spend(
  { tx, now }: Work,
  clientId: string,
  what: QuotaKind,
  count: number,
  usual: Readonly<Record<'live' | 'sandbox', Quota>>,
): Promise<{ allowed: boolean; remaining: number; resetsAt: Date | null }> {
  const { rows } = await sql<{ allowed: boolean; remaining: number; resetsAt: Date | null }>`
    /* kept plan */ select allowed, remaining, resets_at as "resetsAt"
    from parties.spend(${clientId}, ${what}, ${count}::integer, ${now}, ${both(usual.live)}::integer[], ${both(usual.sandbox)}::integer[])`.execute(
    tx,
  )
  const [row] = rows
  if (!row) throw new Error('parties.spend answers with one row')
  return row
}

export type NewFlight = {
  readonly requestId: string
  readonly id: Id<'flight'>
  readonly clientId: string | undefined
  readonly endpoint: string
  readonly outcome: 'passed' | 'failed'
  readonly check: string | undefined
  readonly error: string | undefined
  readonly detail: string | undefined
  readonly seconds: number | undefined
}

export async function noteFlights({ tx, now }: Work, notes: readonly NewFlight[]): Promise<void> {
  await sql`
    /* kept plan */ select parties.note_flight(n.request, n.id, ${now}, n.client, n.endpoint, n.outcome, n.failed, n.error, n.detail, n.seconds)
    from unnest(${notes.map(({ requestId }) => requestId)}::uuid[], ${notes.map(({ id }) => id)}::uuid[], ${notes.map(({ clientId }) => clientId ?? null)}::text[],
                ${notes.map(({ endpoint }) => endpoint)}::text[], ${notes.map(({ outcome }) => outcome)}::text[], ${notes.map(({ check }) => check ?? null)}::text[],
                ${notes.map(({ error }) => error ?? null)}::text[], ${notes.map(({ detail }) => detail ?? null)}::text[],
                ${notes.map(({ seconds }) => seconds ?? null)}::integer[]) as n (request, id, client, endpoint, outcome, failed, error, detail, seconds)`.execute(
    tx,
  )
}

/** Which of some people are invented. */
export async function sandboxPeople({ tx }: Work, personIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    /* kept plan */ select id from unnest(${personIds}::uuid[]) as p (id) where parties.is_sandbox_person(id)`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

export type PartyName = { readonly id: string; readonly vi: string; readonly en: string }

export async function namesOf({ tx }: Work, ids: readonly string[]): Promise<PartyName[]> {
  const { rows } = await sql<PartyName>`
    select id, name_vi as vi, name_en as en from parties.party where id = any (${ids}::uuid[])`.execute(tx)
  return rows
}

export async function isSandboxPerson({ tx }: Work, personId: string): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`select parties.is_sandbox_person(${personId}) as known`.execute(tx)
  return rows[0]?.known ?? false
}
