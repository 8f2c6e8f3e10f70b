import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'

const hashOfToken = (token: string) => createHash('sha256').update(token).digest()

export type Receipt = {
  readonly code: string
  readonly stationId: string | null
  readonly applicationId: string
  readonly personId: Id<'person'> | null
  readonly unitId: Id<'unit'>
  readonly givenAt: Date
}

/** Stores what a receipt opens; repeating it changes nothing. */
export async function insertReceipt(
  { tx, now }: Work,
  { code, token }: { readonly code: string; readonly token: string },
  owner: {
    readonly stationId?: string
    readonly hash?: string
    readonly applicationId: string
    readonly personId?: Id<'person'>
    readonly unitId: Id<'unit'>
  },
): Promise<void> {
  await sql`
    insert into enrolment.receipt_lookup
      (token_hash, code, station_id, hash, application_id, person_id, unit_id, given_at)
    values (${hashOfToken(token)}, ${code}, ${owner.stationId ?? null},
        ${owner.hash ? sql`decode(${owner.hash}, 'hex')` : null}, ${owner.applicationId}, ${owner.personId ?? null},
            ${owner.unitId}, ${now})
    on conflict do nothing`.execute(tx)
}

/** Sets the person of an application's receipts, once known. */
export async function setReceiptPerson({ tx }: Work, applicationId: string, personId: Id<'person'>): Promise<void> {
  await sql`update enrolment.receipt_lookup set person_id = ${personId}
    where application_id = ${applicationId} and person_id is null`.execute(tx)
}

/** Lets the receipts of a recapture open the application that it belongs to. */
export async function moveReceipts({ tx }: Work, fromId: string, toId: string): Promise<void> {
  await sql`update enrolment.receipt_lookup set application_id = ${toId} where application_id = ${fromId}`.execute(tx)
}

export async function findReceipt({ tx }: Work, token: string): Promise<Receipt | undefined> {
  const { rows } = await sql<Receipt>`
    select code, station_id as "stationId", application_id as "applicationId", person_id as "personId",
      unit_id as "unitId", given_at as "givenAt"
    from enrolment.receipt_lookup where token_hash = ${hashOfToken(token)}`.execute(tx)
  return rows[0]
}

/** The receipts with a code. It is short, so two may have it. */
export async function findReceiptsByCode({ tx }: Work, code: string): Promise<Receipt[]> {
  const { rows } = await sql<Receipt>`
    select code, station_id as "stationId", application_id as "applicationId", person_id as "personId",
      unit_id as "unitId", given_at as "givenAt"
    from enrolment.receipt_lookup where code = ${code} order by given_at desc limit 20`.execute(tx)
  return rows
}

/** The code of an application's latest receipt. */
export async function findReceiptCode({ tx }: Work, applicationId: string): Promise<string | undefined> {
  const { rows } = await sql<{ code: string }>`
    select code from enrolment.receipt_lookup where application_id = ${applicationId} order by given_at desc
    limit 1`.execute(tx)
  return rows[0]?.code
}
