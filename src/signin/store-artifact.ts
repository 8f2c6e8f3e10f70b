import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'
import type { Artifact, Payload } from './artifact.ts'

/** Opens sign-in's tables for the rest of a work; row-level security keeps them shut otherwise. A literal, as in platform/work.ts. */
export const openDoor = async ({ tx }: Work): Promise<void> => {
  await sql`set local dinhdanh.at_the_door = 'yes'`.execute(tx)
}

/** The same for some steps of a work that is somebody else's. */
export async function withDoor<T>(work: Work, step: () => Promise<T>): Promise<T> {
  await openDoor(work)
  const result = await step()
  await sql`set local dinhdanh.at_the_door = ''`.execute(work.tx)
  return result
}

export type Found = { readonly payload: Payload; readonly consumedAt: Date | null; readonly grantId: string | null }

/** Expired ones too, until they are cleared away: that they are over is for the provider to say. */
export async function findArtifact({ tx }: Work, kind: string, idHash: Buffer): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select payload, consumed_at as "consumedAt", grant_id as "grantId" from signin.artifact where kind = ${kind} and id_hash = ${idHash}`.execute(
    tx,
  )
  return rows[0]
}

export async function findSessionByUid({ tx, now }: Work, uid: string): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select payload, consumed_at as "consumedAt", grant_id as "grantId" from signin.artifact
    where uid = ${uid} and kind = 'Session' and expires_at > ${now}`.execute(tx)
  return rows[0]
}

/** Whether a rotated refresh token's successor, given at the same moment under the same grant, has been used. */
export async function isSuccessorUsed({ tx }: Work, grantId: string, rotations: number): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (
      select from signin.artifact
      where grant_id = ${grantId} and kind = 'RefreshToken' and (payload->>'rotations')::integer > ${rotations} and consumed_at is not null) as used`.execute(
    tx,
  )
  return rows[0]?.used ?? false
}

export async function saveArtifacts({ tx }: Work, artifacts: readonly Artifact[]): Promise<void> {
  const values = artifacts.map(
    ({ kind, idHash, payload, personId, clientId, grantId, uid, expiresAt }) =>
      sql`(${kind}, ${idHash}::bytea, ${JSON.stringify(payload)}::jsonb, ${personId}::uuid, ${clientId}, ${grantId}, ${uid}, ${expiresAt}::timestamptz)`,
  )
  await sql`
    insert into signin.artifact (kind, id_hash, payload, person_id, client_id, grant_id, uid, expires_at) values ${sql.join(values)}
    on conflict (kind, id_hash) do update set
      payload = excluded.payload, person_id = excluded.person_id, client_id = excluded.client_id,
      grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at`.execute(tx)
}

/** Adds those that are nobody's yet; gives how many were. Of two who add the same at once, one does. */
export async function addArtifacts({ tx, now }: Work, artifacts: readonly Artifact[]): Promise<number> {
  const values = artifacts.map(
    ({ kind, idHash, payload, expiresAt }) =>
      sql`(${kind}, ${idHash}::bytea, ${JSON.stringify(payload)}::jsonb, ${expiresAt}::timestamptz)`,
  )
  const { numAffectedRows } = await sql`
    insert into signin.artifact as known (kind, id_hash, payload, expires_at) values ${sql.join(values)}
    on conflict (kind, id_hash) do update set payload = excluded.payload, expires_at = excluded.expires_at where known.expires_at <= ${now}`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0)
}

/** Marks one as used that nobody has used since it was read as used at `before` (null: never); its first use stays. Gives whether it could. */
export async function consumeArtifact({ tx, now }: Work, kind: string, idHash: Buffer, before: Date | null): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update signin.artifact set consumed_at = coalesce(consumed_at, ${now}::timestamptz)
    where kind = ${kind} and id_hash = ${idHash} and consumed_at is not distinct from ${before}::timestamptz`.execute(tx)
  return Number(numAffectedRows ?? 0) === 1
}

/** Refresh tokens that were given for the same one, in an answer that was lost: with the use of one the others end. */
export async function deleteSiblings({ tx }: Work, idHash: Buffer): Promise<void> {
  await sql`
    delete from signin.artifact other using signin.artifact this
    where this.kind = 'RefreshToken' and this.id_hash = ${idHash} and other.kind = 'RefreshToken' and other.grant_id = this.grant_id
      and other.id_hash <> this.id_hash and other.consumed_at is null
      and (other.payload->>'rotations')::integer <= (this.payload->>'rotations')::integer`.execute(tx)
}

export async function deleteArtifact({ tx }: Work, kind: string, idHash: Buffer): Promise<void> {
  await sql`delete from signin.artifact where kind = ${kind} and id_hash = ${idHash}`.execute(tx)
}

export async function deleteByGrant({ tx }: Work, kinds: readonly string[], grantId: string): Promise<void> {
  await sql`delete from signin.artifact where grant_id = ${grantId} and kind = any(${kinds}::text[])`.execute(tx)
}

/** Holds a grant against whoever ends it meanwhile; false where it is gone. */
export async function holdGrant({ tx, now }: Work, grantId: string): Promise<boolean> {
  const { rows } = await sql`
    select from signin.artifact where grant_id = ${grantId} and kind = 'Grant' and expires_at > ${now} for share`.execute(tx)
  return rows.length > 0
}

export type Logout = { readonly clientId: string; readonly sid: string; readonly subject: string }

/** At which clients somebody is signed in by some sessions of the provider, and as whom. */
export async function logoutsOf({ tx }: Work, uids: readonly string[]): Promise<Logout[]> {
  const { rows } = await sql<Logout>`
    select at.key as "clientId", at.value->>'sid' as sid, payload->>'accountId' as subject
    from signin.artifact, jsonb_each(payload->'authorizations') at
    where uid = any(${uids}::text[]) and kind = 'Session' and at.value->>'sid' is not null`.execute(tx)
  return rows
}

/** The provider's own sessions: without them the tokens that were given in them are nobody's. */
export async function deleteSessions({ tx }: Work, uids: readonly string[]): Promise<void> {
  await sql`delete from signin.artifact where kind = 'Session' and uid = any(${uids}::text[])`.execute(tx)
}

/** What the provider keeps of a person; grants, on which consents rest, only `withGrants`. */
export async function deleteOfPerson({ tx }: Work, personId: string, { withGrants }: { readonly withGrants: boolean }): Promise<void> {
  await sql`delete from signin.artifact where person_id = ${personId} and (${withGrants} or kind <> 'Grant')`.execute(tx)
}

/** Everything that was given to a client about one subject, its grants too. */
export async function deleteOfClient({ tx }: Work, personId: string, clientId: string, subject: string): Promise<void> {
  await sql`
    delete from signin.artifact
    where person_id = ${personId} and client_id = ${clientId} and payload->>'accountId' = ${subject}`.execute(tx)
}

/** What nobody can use any more, at most so many at once; gives how many went. */
export async function deleteExpired({ tx, now }: Work, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from signin.artifact where (kind, id_hash) in (
      select kind, id_hash from signin.artifact where expires_at <= ${now}::timestamptz - interval '10 minutes' limit ${limit} for update skip locked)`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0)
}

export type ApiToken = { readonly idHash: Buffer; readonly payload: Payload; readonly expiresAt: Date }

/** Tokens of the house's own API, by their hashes; those that are over too. The door need not be open (0033_verification.sql). */
export async function apiTokens({ tx }: Work, idHashes: readonly Buffer[]): Promise<ApiToken[]> {
  const { rows } = await sql<ApiToken>`
    select id_hash as "idHash", payload, expires_at as "expiresAt" from signin.api_tokens(${idHashes}::bytea[])`.execute(tx)
  return rows
}

/** Keeps proofs that must be nobody's yet; gives the hashes of those that were not. Of two who show the same at once, in whatever process, one is first. */
export async function addProofs({ tx, now }: Work, proofs: readonly { idHash: Buffer; expiresAt: Date }[]): Promise<Buffer[]> {
  const { rows } = await sql<{ idHash: Buffer }>`
    insert into signin.artifact as known (kind, id_hash, payload, expires_at)
    select 'ReplayDetection', shown.id_hash, '{}'::jsonb, max(shown.expires_at)
    from unnest(${proofs.map(({ idHash }) => idHash)}::bytea[], ${proofs.map(({ expiresAt }) => expiresAt)}::timestamptz[]) as shown (id_hash, expires_at)
    group by shown.id_hash order by shown.id_hash
    on conflict (kind, id_hash) do update set expires_at = excluded.expires_at where known.expires_at <= ${now}
    returning id_hash as "idHash"`.execute(tx)
  return rows.map(({ idHash }) => idHash)
}
