import { type RawBuilder, sql } from 'kysely'
import * as parties from '../parties/parties.ts'
import { kept } from '../platform/db.ts'
import type { Id } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import type { Artifact, Payload } from './artifact.ts'
import { artifactsKept } from './law.ts'

/**
 * Shows the tables of sign-in to the rest of a work; row-level security hides them otherwise. A literal, as in
 * platform/work.ts.
 */
const enterSignInScope = async ({ tx }: Work): Promise<void> => {
  await sql`set local dinhdanh.in_sign_in_scope = 'yes'`.execute(tx)
}

/** The same for some steps of another context's work. */
export async function withSignInScope<T>(work: Work, step: () => Promise<T>): Promise<T> {
  await enterSignInScope(work)
  const result = await step()
  await sql`set local dinhdanh.in_sign_in_scope = ''`.execute(work.tx)
  return result
}

export type FoundArtifact = {
  readonly payload: Payload
  readonly consumedAt: Date | null
  readonly grantId: string | null
}

const artifactColumns = sql`payload, consumed_at as "consumedAt", grant_id as "grantId"`

export type ArtifactKey = { readonly kind: string; readonly idHash: Buffer }

/** Keys as rows of a statement, whose text is the same for any number. */
export const keysTable = (places: readonly ArtifactKey[]) =>
  sql`unnest(${places.map(({ kind }) => kind)}::text[], ${places.map(({ idHash }) => idHash)}::bytea[]) as place
      (kind, id_hash)`

/** One artifact for each row beside it, by an index; a plan for many rows at once would read all of a kind. */
const eachKey = (condition: RawBuilder<unknown>) => sql`
    cross join lateral (
      select kind, id_hash, uid, payload, consumed_at, grant_id, person_id from signin.artifact
        where ${condition} offset 0) as a`
const keyCondition = eachKey(sql`kind = place.kind and id_hash = place.id_hash`)

const inOrderOfKeys = (places: readonly ArtifactKey[], rows: readonly (FoundArtifact & ArtifactKey)[]) =>
  places.map(({ kind, idHash }) => rows.find(row => row.kind === kind && row.idHash.equals(idHash)))

/**
 * The artifacts of some keys, in their order. Includes expired ones until they are deleted; the provider decides on
 * expiry.
 */
export async function findArtifacts(
  { tx }: Work,
  places: readonly ArtifactKey[],
): Promise<(FoundArtifact | undefined)[]> {
  const { rows } = await sql<FoundArtifact & ArtifactKey>`
    /* kept plan */ select a.kind, a.id_hash as "idHash", ${artifactColumns}
    from ${keysTable(places)} ${keyCondition}`.execute(tx)
  return inOrderOfKeys(places, rows)
}

export const findArtifact = async (work: Work, kind: string, idHash: Buffer): Promise<FoundArtifact | undefined> =>
  (await findArtifacts(work, [{ kind, idHash }]))[0]

export type GrantedArtifact = {
  readonly found: FoundArtifact | undefined
  readonly grant: FoundArtifact | undefined
  readonly session: FoundArtifact | undefined
  /** When the citizen session of the artifact ends or ended. */
  readonly until: Date | null | undefined
}

/** The citizen session by its person and its id, with an index for each. */
const houseSession = sql`
    left join lateral (
      select least(s.ended_at, s.ends_at) as until from signin.session s
      where s.person_id = given.person_id and s.id = (given.payload->>'ours')::uuid offset 0) as house on true`

/**
 * Granted artifacts with their grant and provider session, if valid, and the end of the citizen session; by keys, in
 * their order.
 */
export async function findGrantedArtifacts({ tx }: Work, places: readonly ArtifactKey[]): Promise<GrantedArtifact[]> {
  const { rows } = await sql<
    FoundArtifact & ArtifactKey & { readonly uid: string | null; readonly until: Date | null }
  >`
    /* kept plan */ with given as materialized (select a.* from ${keysTable(places)} ${keyCondition}),
      grants as (select distinct sha256(convert_to(grant_id, 'UTF8')) as id_hash from given where grant_id is not null),
      sessions as (select distinct payload->>'sessionUid' as uid from given)
    select kind, id_hash as "idHash", uid, ${artifactColumns}, until from given ${houseSession}
    union all
    select a.kind, a.id_hash, a.uid, ${artifactColumns}, null
    from grants ${eachKey(sql`kind = 'Grant' and id_hash = grants.id_hash`)}
    union all
    select a.kind, a.id_hash, a.uid, ${artifactColumns}, null
    from sessions ${eachKey(sql`uid = sessions.uid and kind = 'Session'`)}`.execute(tx)
  return inOrderOfKeys(places, rows).map(found => ({
    found,
    grant: rows.find(({ kind, grantId }) => kind === 'Grant' && grantId === found?.grantId),
    session: rows.find(
      ({ kind, uid }) =>
        kind === 'Session' && uid === (found?.payload as { sessionUid?: string } | undefined)?.sessionUid,
    ),
    until: (found as (typeof rows)[number] | undefined)?.until,
  }))
}

export async function findSessionByUid({ tx }: Work, uid: string): Promise<FoundArtifact | undefined> {
  const { rows } = await sql<FoundArtifact>`select ${artifactColumns} from signin.artifact
      where uid = ${uid} and kind = 'Session'`.execute(tx)
  return rows[0]
}

/** Whether a successor of a refresh token was used. */
export async function isSuccessorUsed({ tx }: Work, idHash: Buffer): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (
      select from signin.artifact
        where uid = ${idHash.toString('hex')} and kind = 'RefreshToken' and consumed_at is not null) as used`.execute(
    tx,
  )
  return rows[0]?.used ?? false
}

export const upsertArtifacts = (artifacts: readonly Artifact[]) => sql`
    insert into signin.artifact (kind, id_hash, payload, person_id, client_id, grant_id, uid, expires_at)
    select kind, id_hash, payload::jsonb, person_id, client_id, grant_id, uid, expires_at
    from unnest(${artifacts.map(({ kind }) => kind)}::text[], ${artifacts.map(({ idHash }) => idHash)}::bytea[],
                ${artifacts.map(({ payload }) => JSON.stringify(payload))}::text[],
                  ${artifacts.map(({ personId }) => personId)}::uuid[],
                ${artifacts.map(({ clientId }) => clientId)}::text[],
                  ${artifacts.map(({ grantId }) => grantId)}::text[],
                ${artifacts.map(({ uid }) => uid)}::text[],
                    ${artifacts.map(({ expiresAt }) => expiresAt)}::timestamptz[])
      as new (kind, id_hash, payload, person_id, client_id, grant_id, uid, expires_at)
    on conflict (kind, id_hash) do update set
      payload = excluded.payload, person_id = excluded.person_id, client_id = excluded.client_id,
      grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at`

export async function saveArtifacts({ tx }: Work, artifacts: readonly Artifact[]): Promise<void> {
  await upsertArtifacts(artifacts).execute(tx)
}

/** An artifact to mark as used, if nobody used it since it was read with `before` (null: never). */
export type ArtifactUse = ArtifactKey & { readonly before: Date | null }

/** Marks artifacts as used. The first use stays; a second one is recorded and is the last. */
export const markUsed = (used: readonly ArtifactUse[], now: Date) => sql`
    update signin.artifact a set
      consumed_at = coalesce(a.consumed_at, ${now}::timestamptz),
      payload = case when a.consumed_at is null then a.payload else a.payload || '{"again": true}' end
    from unnest(${used.map(({ kind }) => kind)}::text[], ${used.map(({ idHash }) => idHash)}::bytea[],
        ${used.map(({ before }) => before)}::timestamptz[])
      as u (kind, id_hash, before)
    where a.kind = u.kind and a.id_hash = u.id_hash and a.consumed_at is not distinct from u.before
      and not a.payload ? 'again'`

/** Gives whether it could. */
export async function consumeArtifact(
  { tx, now }: Work,
  kind: string,
  idHash: Buffer,
  before: Date | null,
): Promise<boolean> {
  const { numAffectedRows } = await markUsed([{ kind, idHash, before }], now).execute(tx)
  return Number(numAffectedRows ?? 0) === 1
}

export async function deleteByGrant({ tx }: Work, kinds: readonly string[], grantId: string): Promise<void> {
  await sql`delete from signin.artifact where grant_id = ${grantId} and kind = any(${kinds}::text[])`.execute(tx)
}

/** A token family: everything from one code under a grant. Tokens from before families were stored are one family. */
export type GrantLine = { readonly grantId: string; readonly line?: string }

/** Ends a token family: what a code gave and all successors. */
export async function deleteLine({ tx }: Work, { grantId, line }: GrantLine): Promise<void> {
  await sql`
    delete from signin.artifact
    where grant_id = ${grantId} and kind in ('AuthorizationCode', 'AccessToken', 'RefreshToken')
      and payload->>'line' is not distinct from ${line ?? null}`.execute(tx)
}

export type LogoutNotice = { readonly clientId: string; readonly sid: string; readonly subject: string }

/**
 * The provider's sessions behind some sessions of a person. One browser may have several, after a lost answer or two
 * simultaneous tabs.
 */
const artifactsOfSessions = (personId: Id<'person'>, sessionIds: readonly string[]) =>
  sql`person_id = ${personId} and kind = 'Session' and payload->>'ours' = any(${sessionIds}::text[])`

/** The clients at which a person is signed in by some sessions, with the subject. */
export async function findLogouts(
  { tx }: Work,
  personId: Id<'person'>,
  sessionIds: readonly string[],
): Promise<LogoutNotice[]> {
  const { rows } = await sql<LogoutNotice>`
    select at.key as "clientId", at.value->>'sid' as sid, payload->>'accountId' as subject
    from signin.artifact, jsonb_each(payload->'authorizations') at
    where ${artifactsOfSessions(personId, sessionIds)} and at.value->>'sid' is not null`.execute(tx)
  return rows
}

/** Deletes the provider's sessions, without which their tokens are worthless. */
export async function deleteProviderSessions(
  { tx }: Work,
  personId: Id<'person'>,
  sessionIds: readonly string[],
): Promise<void> {
  await sql`delete from signin.artifact where ${artifactsOfSessions(personId, sessionIds)}`.execute(tx)
}

/** Deletes what the provider stores of a person; grants, on which consents are based, only `withGrants`. */
export async function deleteOfPerson(
  { tx }: Work,
  personId: Id<'person'>,
  { withGrants }: { readonly withGrants: boolean },
): Promise<void> {
  await sql`delete from signin.artifact where person_id = ${personId} and (${withGrants} or kind <> 'Grant')`.execute(
    tx,
  )
}

/** Deletes everything granted to a client about one subject, with its grants. */
export async function deleteOfClient(
  { tx }: Work,
  personId: Id<'person'>,
  clientId: string,
  subject: string,
): Promise<void> {
  await sql`
    delete from signin.artifact
    where person_id = ${personId} and client_id = ${clientId} and payload->>'accountId' = ${subject}`.execute(tx)
}

/** Deletes everything granted to some clients except the grants, on which consents are based. */
export async function deleteOfClients({ tx }: Work, clientIds: readonly string[]): Promise<void> {
  await sql`delete from signin.artifact where client_id = any(${clientIds}::text[]) and kind <> 'Grant'`.execute(tx)
}

/** Deletes the pending sign-ins of a person. */
export async function deletePending({ tx }: Work, personId: Id<'person'>): Promise<void> {
  await sql`delete from signin.artifact where kind = 'Pending' and person_id = ${personId}`.execute(tx)
}

/** Deletes expired artifacts, at most `limit`. Gives how many. */
export async function deleteExpired(work: Work, limit: number): Promise<number> {
  const { tx, now, today } = work
  const { numAffectedRows } = await sql`
    delete from signin.artifact where (kind, id_hash) in (
      select kind, id_hash from signin.artifact
        where expires_at <= ${now}::timestamptz - make_interval(mins => ${ruleOn(artifactsKept, today, work)})
        limit ${limit} for update skip locked)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export type ApiToken = {
  readonly idHash: Buffer
  readonly payload: Payload
  readonly expiresAt: Date
  readonly client: parties.Client | undefined
}

type ApiTokenRow = Omit<ApiToken, 'client'> & (parties.ClientRow | { readonly client_id: null })

/**
 * Tokens of the house's own API, by their hashes, those that are over too; each with the client that it was given to.
 * The door need not be open (signin.api_tokens_with_clients).
 */
export async function findApiTokens({ tx }: Work, idHashes: readonly Buffer[]): Promise<ApiToken[]> {
  const { rows } = await kept<ApiTokenRow>`
    select id_hash as "idHash", payload, expires_at as "expiresAt", client_id, party_id, name_vi, name_en,
      legal_basis, party_state, state, sandbox, settings
    from signin.api_tokens_with_clients(${idHashes}::bytea[])`.execute(tx)
  return rows.map(row => ({
    ...{ idHash: row.idHash, payload: row.payload, expiresAt: row.expiresAt },
    client: row.client_id === null ? undefined : parties.clientOfRow(row),
  }))
}

/**
 * Keeps proofs that must be nobody's yet; gives the hashes of those that were not. Of two who show the same at once, in
 * whatever process, one is first.
 */
export async function insertProofs(
  { tx, now }: Work,
  proofs: readonly { idHash: Buffer; expiresAt: Date }[],
): Promise<Buffer[]> {
  const { rows } = await sql<{ idHash: Buffer }>`
    insert into signin.artifact as known (kind, id_hash, payload, expires_at)
    select 'ReplayDetection', shown.id_hash, '{}'::jsonb, max(shown.expires_at)
    from unnest(${proofs.map(({ idHash }) => idHash)}::bytea[],
        ${proofs.map(({ expiresAt }) => expiresAt)}::timestamptz[]) as shown (id_hash, expires_at)
    group by shown.id_hash order by shown.id_hash
    on conflict (kind, id_hash) do update set expires_at = excluded.expires_at where known.expires_at <= ${now}
    returning id_hash as "idHash"`.execute(tx)
  return rows.map(({ idHash }) => idHash)
}
