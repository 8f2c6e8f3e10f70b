import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { ClientRecord, ClientSettings, Version, VersionState } from '../client.ts'
import type { PartyId } from '../party.ts'
import type { Quota, QuotaKind } from '../quota.ts'

type ClientRow = {
  readonly client_id: string
  readonly party_id: PartyId
  readonly name: string
  readonly sandbox: boolean
  readonly state: 'active' | 'suspended'
  readonly reason: string | null
  readonly made_at: Date
}

type VersionRow = {
  readonly client_id: string
  readonly number: number
  readonly state: VersionState
  readonly settings: ClientSettings
  readonly made_by_kind: string
  readonly made_by_id: string
  readonly made_at: Date
  readonly submitted_by_kind: string | null
  readonly submitted_by_id: string | null
  readonly submitted_at: Date | null
  readonly decided_at: Date | null
  readonly reason: string | null
}

const clientColumns = sql`client_id, party_id, name, sandbox, state, reason, made_at`
const versionColumns = sql`client_id, number, state, settings, made_by_kind, made_by_id, made_at, submitted_by_kind,
    submitted_by_id, submitted_at, decided_at,
  reason`

const clientRecordOf = (row: ClientRow): ClientRecord => ({
  clientId: row.client_id,
  partyId: row.party_id,
  name: row.name,
  sandbox: row.sandbox,
  state: row.state,
  ...(row.reason !== null && { reason: row.reason }),
  madeAt: row.made_at,
})

const versionOfRow = (row: VersionRow): Version => ({
  clientId: row.client_id,
  number: row.number,
  state: row.state,
  settings: row.settings,
  madeBy: { kind: row.made_by_kind, id: row.made_by_id },
  madeAt: row.made_at,
  ...(row.submitted_by_kind !== null &&
    row.submitted_by_id !== null && { submittedBy: { kind: row.submitted_by_kind, id: row.submitted_by_id } }),
  ...(row.submitted_at && { submittedAt: row.submitted_at }),
  ...(row.decided_at && { decidedAt: row.decided_at }),
  ...(row.reason !== null && { reason: row.reason }),
})

export async function findClients({ tx }: Work, partyIds: readonly PartyId[]): Promise<ClientRecord[]> {
  const { rows } = await sql<ClientRow>`
    select ${clientColumns} from parties.client where party_id = any (${partyIds}::uuid[])
    order by sandbox, made_at, client_id`.execute(tx)
  return rows.map(clientRecordOf)
}

export async function findClientRecord({ tx }: Work, clientId: string): Promise<ClientRecord | undefined> {
  const { rows } =
    await sql<ClientRow>`select ${clientColumns} from parties.client where client_id = ${clientId}`.execute(tx)
  return rows[0] && clientRecordOf(rows[0])
}

export async function holdClient({ tx }: Work, clientId: string): Promise<ClientRecord | undefined> {
  const { rows } =
    await sql<ClientRow>`select ${clientColumns} from parties.client where client_id = ${clientId} for update`.execute(
      tx,
    )
  return rows[0] && clientRecordOf(rows[0])
}

/** False if the client_id is taken, maybe by a client that the work does not see. */
export async function insertClient(
  { tx, now }: Work,
  { clientId, partyId, name, sandbox }: ClientRecord,
): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    insert into parties.client (client_id, party_id, name, sandbox, state, made_at)
    values (${clientId}, ${partyId}, ${name}, ${sandbox}, 'active', ${now}) on conflict do nothing`.execute(tx)
  return numAffectedRows > 0n
}

export async function setClientState(
  { tx }: Work,
  clientId: string,
  state: 'active' | 'suspended',
  reason?: string,
): Promise<void> {
  await sql`update parties.client set state = ${state}, reason = ${reason ?? null}
    where client_id = ${clientId}`.execute(tx)
}

/** Versions of some clients, the latest of each first. */
export async function findVersions({ tx }: Work, clientIds: readonly string[]): Promise<Version[]> {
  const { rows } = await sql<VersionRow>`
    select ${versionColumns} from parties.version where client_id = any (${clientIds})
    order by client_id, number desc`.execute(tx)
  return rows.map(versionOfRow)
}

export async function insertVersion(
  { tx, now, by }: Work,
  { clientId, number, state, settings }: Pick<Version, 'clientId' | 'number' | 'state' | 'settings'>,
): Promise<void> {
  await sql`
    insert into parties.version (client_id, number, state, settings, made_by_kind, made_by_id, made_at)
    values (${clientId}, ${number}, ${state}, ${JSON.stringify(settings)}::jsonb, ${by.kind}, ${by.id},
        ${now})`.execute(tx)
}

export async function setVersionSubmitted(
  { tx, now, by }: Work,
  { clientId, number }: Pick<Version, 'clientId' | 'number'>,
): Promise<void> {
  await sql`
    update parties.version
    set state = 'submitted', submitted_by_kind = ${by.kind}, submitted_by_id = ${by.id}, submitted_at = ${now}
    where client_id = ${clientId} and number = ${number}`.execute(tx)
}

export async function setVersionState(
  { tx }: Work,
  { clientId, number }: Pick<Version, 'clientId' | 'number'>,
  state: VersionState,
): Promise<void> {
  await sql`update parties.version set state = ${state} where client_id = ${clientId} and number = ${number}`.execute(
    tx,
  )
}

export async function decideVersion(
  { tx, now, by }: Work,
  { clientId, number }: Pick<Version, 'clientId' | 'number'>,
  state: VersionState,
  reason?: string,
): Promise<void> {
  await sql`
    update parties.version
    set state = ${state}, decided_by_id = ${by.id}, decided_at = ${now}, reason = ${reason ?? null}
    where client_id = ${clientId} and number = ${number}`.execute(tx)
}

export type StoredQuota = Quota & { readonly clientId: string; readonly what: QuotaKind }

export async function findQuotas({ tx }: Work, clientIds: readonly string[]): Promise<StoredQuota[]> {
  const { rows } = await sql<StoredQuota>`
    select client_id as "clientId", what, per_minute as "perMinute", per_day as "perDay" from parties.quota
    where client_id = any (${clientIds})`.execute(tx)
  return rows
}

export async function upsertQuota(
  { tx, now, by }: Work,
  { clientId, what, perMinute, perDay }: StoredQuota,
): Promise<void> {
  await sql`
    insert into parties.quota (client_id, what, per_minute, per_day, set_by_id, set_at)
    values (${clientId}, ${what}, ${perMinute}, ${perDay}, ${by.id}, ${now})
    on conflict (client_id, what) do update
    set per_minute = excluded.per_minute, per_day = excluded.per_day, set_by_id = excluded.set_by_id,
      set_at = excluded.set_at`.execute(tx)
}

/** What some clients have used today, the province's day. */
export async function findSpentToday(
  { tx, now }: Work,
  clientIds: readonly string[],
): Promise<{ clientId: string; what: QuotaKind; used: number }[]> {
  const { rows } = await sql<{ clientId: string; what: QuotaKind; used: number }>`
    select client_id as "clientId", what, sum(used)::bigint as used from parties.spent
    where client_id = any (${clientIds}) and period = 'day'
      and since = date_trunc('day', ${now}::timestamptz, 'Asia/Ho_Chi_Minh')
    group by client_id, what`.execute(tx)
  return rows
}

/** Parties that wait for an officer: they themselves, or a version of a client of theirs. */
export async function findWaitingPartyIds({ tx }: Work): Promise<PartyId[]> {
  const { rows } = await sql<{ id: PartyId }>`
    select p.id from parties.party p where p.state = 'submitted' or exists (
      select from parties.client c join parties.version v on v.client_id = c.client_id
      where c.party_id = p.id and v.state = 'submitted')`.execute(tx)
  return rows.map(({ id }) => id)
}
