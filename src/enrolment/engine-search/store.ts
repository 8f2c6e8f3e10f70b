import { sql } from 'kysely'
import type { ReferenceToken } from '../../biometrics/abis/references.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

/** By what an outside engine knows a capture: the reference is all that it is told of the person. */
export type EngineReference = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly applicationId: string
  /** Hex. */
  readonly packetHash: string
}

const columns = sql.raw('id, person_id as "personId", application_id as "applicationId", packet_hash as "packetHash"')

/** The reference of an application's capture that the engine may have. */
export async function findGivenReference({ tx }: Work, applicationId: string): Promise<EngineReference | undefined> {
  const { rows } = await sql<EngineReference>`
    select ${columns} from enrolment.engine_reference
    where application_id = ${applicationId} and state = 'given'`.execute(tx)
  return rows[0]
}

export async function insertReference({ tx, now }: Work, reference: EngineReference): Promise<void> {
  const { id, personId, applicationId, packetHash } = reference
  await sql`
    insert into enrolment.engine_reference (id, person_id, application_id, packet_hash, state, at)
    values (${id}, ${personId}, ${applicationId}, ${packetHash}, 'given', ${now})`.execute(tx)
}

/** The engine has still to let go of it; its addresses open nothing any more. */
export async function setReferenceEnded({ tx, now }: Work, id: string): Promise<void> {
  await sql`update enrolment.engine_reference set state = 'ended', at = ${now} where id = ${id}`.execute(tx)
  await sql`delete from enrolment.engine_address where reference_id = ${id}`.execute(tx)
}

/** References that the engine has still to let go of, the oldest first. */
export async function findEndedReferences({ tx }: Work, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from enrolment.engine_reference where state = 'ended' order by at limit ${most}`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function deleteReference({ tx }: Work, id: string): Promise<void> {
  await sql`delete from enrolment.engine_reference where id = ${id} and state = 'ended'`.execute(tx)
}

/** Those of the references that were issued here, also where they have ended. */
export async function findReferences({ tx }: Work, ids: readonly string[]): Promise<EngineReference[]> {
  const { rows } = await sql<EngineReference>`
    select ${columns} from enrolment.engine_reference where id = any(${ids}::uuid[])`.execute(tx)
  return rows
}

export async function insertAddress(
  { tx }: Work,
  referenceId: string,
  { hash, expiresAt }: ReferenceToken,
): Promise<void> {
  await sql`
    insert into enrolment.engine_address (token_hash, reference_id, expires_at)
    values (${hash}, ${referenceId}, ${expiresAt})`.execute(tx)
}

export async function deleteAddressesOf({ tx }: Work, referenceId: string): Promise<void> {
  await sql`delete from enrolment.engine_address where reference_id = ${referenceId}`.execute(tx)
}

/** The reference of an address, once: the address is gone. Undefined also of one that is too old. */
export async function takeAddress({ tx, now }: Work, tokenHash: string): Promise<EngineReference | undefined> {
  const { rows } = await sql<EngineReference & { readonly expiresAt: Date }>`
    with taken as (delete from enrolment.engine_address where token_hash = ${tokenHash} returning *)
    select ${columns}, taken.expires_at as "expiresAt"
    from taken join enrolment.engine_reference on id = reference_id`.execute(tx)
  const [found] = rows
  return found && found.expiresAt > now ? found : undefined
}

/** Addresses that nobody fetched and that open nothing any more. Gives how many went. */
export async function deleteOldAddresses({ tx, now }: Work, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from enrolment.engine_address where token_hash in (
      select token_hash from enrolment.engine_address where expires_at <= ${now} limit ${most})`.execute(tx)
  return Number(numAffectedRows)
}

/**
 * Applications that nobody has searched by: the engine was away or not yet set, or the job was lost. Those that wait
 * for their job since `waitingSince` or later are left out.
 */
export async function findUnsearched({ tx }: Work, waitingSince: Date, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select application_id as id from enrolment.finding
    where kind = 'biometric-duplicate' and decided_by is null
      and facts ->> 'why' in ('no-search-engine', 'engine-unanswered', 'search-waiting')
      and (facts ->> 'why' <> 'search-waiting' or at < ${waitingSince})
    order by at limit ${most}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Captures of before there was such a search are marked as not searched by. Gives how many were. */
export async function markFormerCaptures({ tx, now }: Work, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into enrolment.finding (person_id, application_id, kind, verdict, facts, at)
    select a.person_id, a.id, 'biometric-duplicate', 'not-done', '{"why": "no-search-engine"}', ${now}
    from enrolment.application a
    where a.packet_hash is not null and not exists (
      select from enrolment.finding f
      where f.person_id = a.person_id and f.application_id = a.id and f.kind = 'biometric-duplicate')
    limit ${most}
    on conflict do nothing`.execute(tx)
  return Number(numAffectedRows)
}
