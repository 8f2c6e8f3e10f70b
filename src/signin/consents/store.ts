import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

/** The purposes of the scopes, in the sentences that the person could read. */
export type ConsentPurposes = Readonly<Record<string, { readonly vi: string; readonly en: string }>>

export type ConsentRow = {
  readonly id: Id<'consent'>
  readonly personId: Id<'person'>
  readonly accountId: Id<'account'>
  readonly childId: Id<'person'> | null
  readonly clientId: string
  readonly partyId: Id<'party'>
  readonly scopes: readonly string[]
  readonly refused: readonly string[]
  /** Of each requested scope; null for consents from before purposes were stored. */
  readonly purposes: ConsentPurposes | null
  readonly givenAt: Date
  readonly endsAt: Date
  readonly grantId: string
}

const consentColumns = sql`
  id, person_id as "personId", account_id as "accountId", child_id as "childId", client_id as "clientId",
    party_id as "partyId", scopes, refused, purposes,
  given_at as "givenAt", ends_at as "endsAt", grant_id as "grantId"`

export async function insertConsent({ tx }: Work, row: ConsentRow): Promise<void> {
  await sql`
    insert into signin.consent
      (person_id, id, account_id, child_id, client_id, party_id, scopes, refused, purposes, given_at, ends_at, grant_id)
    values (${row.personId}, ${row.id}, ${row.accountId}, ${row.childId}, ${row.clientId}, ${row.partyId},
        ${row.scopes}, ${row.refused}, ${JSON.stringify(row.purposes)}::jsonb,
            ${row.givenAt}, ${row.endsAt}, ${row.grantId})`.execute(tx)
}

export type ConsentParties = {
  readonly personId: Id<'person'>
  readonly childId: Id<'person'> | null
  readonly clientId: string
}

/** The consents in force of people to clients, in their order. */
export async function findConsents(
  { tx, now }: Work,
  to: readonly ConsentParties[],
): Promise<(ConsentRow | undefined)[]> {
  const { rows } = await sql<ConsentRow>`
    /* kept plan */ select c.*
    from unnest(${to.map(({ personId }) => personId)}::uuid[],
        ${to.map(({ personId, childId }) => childId ?? personId)}::uuid[],
                           ${to.map(({ clientId }) => clientId)}::text[]) as asked (person_id, about_id, client_id)
    cross join lateral (
      select ${consentColumns} from signin.consent
      where person_id = asked.person_id and coalesce(child_id, person_id) = asked.about_id
        and client_id = asked.client_id
        and ended_at is null and ends_at > ${now}::timestamptz offset 0) as c`.execute(tx)
  return to.map(one =>
    rows.find(row => row.personId === one.personId && row.childId === one.childId && row.clientId === one.clientId),
  )
}

/** All consents of a person, ended ones too, the latest first. */
export async function findAllConsents(
  { tx }: Work,
  personId: Id<'person'>,
): Promise<(ConsentRow & { readonly endedAt: Date | null })[]> {
  const { rows } = await sql<ConsentRow & { readonly endedAt: Date | null }>`
    select ${consentColumns}, ended_at as "endedAt" from signin.consent where person_id = ${personId}
    order by given_at desc`.execute(tx)
  return rows
}

export type ConsentFilter = {
  readonly id?: Id<'consent'>
  readonly clientId?: string
  readonly childId?: Id<'person'> | null
}

export async function setConsentsEnded(
  { tx, now }: Work,
  personId: Id<'person'>,
  why: string,
  { id, clientId, childId }: ConsentFilter = {},
): Promise<ConsentRow[]> {
  const { rows } = await sql<ConsentRow>`
    update signin.consent set ended_at = ${now}, ended_why = ${why}
    where person_id = ${personId} and ended_at is null
      and (${id ?? null}::uuid is null or id = ${id ?? null})
        and (${clientId ?? null}::text is null or client_id = ${clientId ?? null})
      and (${childId === undefined} or child_id is not distinct from ${childId ?? null}::uuid)
    returning ${consentColumns}`.execute(tx)
  return rows
}
