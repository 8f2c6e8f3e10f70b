import { type RawBuilder, sql } from 'kysely'
import { ruleOn } from '../platform/law.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { Artifact, Payload } from './artifact.ts'
import { artifactsKept } from './law.ts'

/**
 * Opens sign-in's tables for the rest of a work; row-level security keeps them shut otherwise. A literal, as in
 * platform/work.ts.
 */
const openDoor = async ({ tx }: Work): Promise<void> => {
  await sql`set local dinhdanh.at_the_door = 'yes'`.execute(tx)
}

/** The same for some steps of a work that is somebody else's. */
export async function withDoor<T>(work: Work, step: () => Promise<T>): Promise<T> {
  await openDoor(work)
  const result = await step()
  await sql`set local dinhdanh.at_the_door = ''`.execute(work.tx)
  return result
}

export type Found = {
  readonly payload: Payload
  readonly consumedAt: Date | null
  readonly grantId: string | null
}

const columns = sql`payload, consumed_at as "consumedAt", grant_id as "grantId"`

export type Place = { readonly kind: string; readonly idHash: Buffer }

/** Places as rows of a statement, whose text is the same for however many. */
export const placed = (places: readonly Place[]) =>
  sql`unnest(${places.map(({ kind }) => kind)}::text[], ${places.map(({ idHash }) => idHash)}::bytea[]) as place (kind, id_hash)`

/**
 * One row of the artifacts for each row beside it, by an index: a plan for many rows at once would read all of a kind.
 */
const each = (condition: RawBuilder<unknown>) => sql`
    cross join lateral (
      select kind, id_hash, uid, payload, consumed_at, grant_id, person_id from signin.artifact where ${condition} offset 0) as a`
const atPlace = each(sql`kind = place.kind and id_hash = place.id_hash`)

const inOrder = (places: readonly Place[], rows: readonly (Found & Place)[]) =>
  places.map(({ kind, idHash }) => rows.find(row => row.kind === kind && row.idHash.equals(idHash)))

/**
 * Those at some places, in their order. Expired ones too, until they are cleared away: that they are over is for the
 * provider to say.
 */
export async function findArtifacts({ tx }: Work, places: readonly Place[]): Promise<(Found | undefined)[]> {
  const { rows } = await sql<Found & Place>`
    /* kept plan */ select a.kind, a.id_hash as "idHash", ${columns} from ${placed(places)} ${atPlace}`.execute(tx)
  return inOrder(places, rows)
}

export const findArtifact = async (work: Work, kind: string, idHash: Buffer): Promise<Found | undefined> =>
  (await findArtifacts(work, [{ kind, idHash }]))[0]

export type Given = {
  readonly found: Found | undefined
  readonly grant: Found | undefined
  readonly session: Found | undefined
  /** When the session of this house in which it was given ends, or ended. */
  readonly until: Date | null | undefined
}

/** Ours, by its person and its id: an index for each. */
const house = sql`
    left join lateral (
      select least(s.ended_at, s.ends_at) as until from signin.session s
      where s.person_id = given.person_id and s.id = (given.payload->>'ours')::uuid offset 0) as house on true`

/**
 * What was given under a grant within a session of the provider, with both, where they still stand, and the end of
 * ours; at some places, in their order.
 */
export async function findGiven({ tx }: Work, places: readonly Place[]): Promise<Given[]> {
  const { rows } = await sql<Found & Place & { readonly uid: string | null; readonly until: Date | null }>`
    /* kept plan */ with given as materialized (select a.* from ${placed(places)} ${atPlace}),
      grants as (select distinct sha256(convert_to(grant_id, 'UTF8')) as id_hash from given where grant_id is not null),
      sessions as (select distinct payload->>'sessionUid' as uid from given)
    select kind, id_hash as "idHash", uid, ${columns}, until from given ${house}
    union all
    select a.kind, a.id_hash, a.uid, ${columns}, null from grants ${each(sql`kind = 'Grant' and id_hash = grants.id_hash`)}
    union all
    select a.kind, a.id_hash, a.uid, ${columns}, null from sessions ${each(sql`uid = sessions.uid and kind = 'Session'`)}`.execute(
    tx,
  )
  return inOrder(places, rows).map(found => ({
    found,
    grant: rows.find(({ kind, grantId }) => kind === 'Grant' && grantId === found?.grantId),
    session: rows.find(
      ({ kind, uid }) =>
        kind === 'Session' && uid === (found?.payload as { sessionUid?: string } | undefined)?.sessionUid,
    ),
    until: (found as (typeof rows)[number] | undefined)?.until,
  }))
}

export async function findSessionByUid({ tx }: Work, uid: string): Promise<Found | undefined> {
  const { rows } =
    await sql<Found>`select ${columns} from signin.artifact where uid = ${uid} and kind = 'Session'`.execute(tx)
  return rows[0]
}

/** Whether any of the refresh tokens that one was changed for has been used. */
export async function isSuccessorUsed({ tx }: Work, idHash: Buffer): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (
      select from signin.artifact where uid = ${idHash.toString('hex')} and kind = 'RefreshToken' and consumed_at is not null) as used`.execute(
    tx,
  )
  return rows[0]?.used ?? false
}

export const keep = (artifacts: readonly Artifact[]) => sql`
    insert into signin.artifact (kind, id_hash, payload, person_id, client_id, grant_id, uid, expires_at)
    select kind, id_hash, payload::jsonb, person_id, client_id, grant_id, uid, expires_at
    from unnest(${artifacts.map(({ kind }) => kind)}::text[], ${artifacts.map(({ idHash }) => idHash)}::bytea[],
                ${artifacts.map(({ payload }) => JSON.stringify(payload))}::text[], ${artifacts.map(({ personId }) => personId)}::uuid[],
                ${artifacts.map(({ clientId }) => clientId)}::text[], ${artifacts.map(({ grantId }) => grantId)}::text[],
                ${artifacts.map(({ uid }) => uid)}::text[], ${artifacts.map(({ expiresAt }) => expiresAt)}::timestamptz[])
      as new (kind, id_hash, payload, person_id, client_id, grant_id, uid, expires_at)
    on conflict (kind, id_hash) do update set
      payload = excluded.payload, person_id = excluded.person_id, client_id = excluded.client_id,
      grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at`

export async function saveArtifacts({ tx }: Work, artifacts: readonly Artifact[]): Promise<void> {
  await keep(artifacts).execute(tx)
}

/** One that is used, and that nobody has used since it was read as used at `before` (null: never). */
export type Used = Place & { readonly before: Date | null }

/** Marks some as used; the first use stays, a second one is marked, and is the last. */
export const use = (used: readonly Used[], now: Date) => sql`
    update signin.artifact a set
      consumed_at = coalesce(a.consumed_at, ${now}::timestamptz),
      payload = case when a.consumed_at is null then a.payload else a.payload || '{"again": true}' end
    from unnest(${used.map(({ kind }) => kind)}::text[], ${used.map(({ idHash }) => idHash)}::bytea[], ${used.map(({ before }) => before)}::timestamptz[])
      as u (kind, id_hash, before)
    where a.kind = u.kind and a.id_hash = u.id_hash and a.consumed_at is not distinct from u.before and not a.payload ? 'again'`

/** Gives whether it could. */
export async function consumeArtifact(
  { tx, now }: Work,
  kind: string,
  idHash: Buffer,
  before: Date | null,
): Promise<boolean> {
  const { numAffectedRows } = await use([{ kind, idHash, before }], now).execute(tx)
  return Number(numAffectedRows ?? 0) === 1
}

export async function deleteByGrant({ tx }: Work, kinds: readonly string[], grantId: string): Promise<void> {
  await sql`delete from signin.artifact where grant_id = ${grantId} and kind = any(${kinds}::text[])`.execute(tx)
}

/** What began with one code, under a grant; what was given before lines were kept is one line. */
export type Line = { readonly grantId: string; readonly line?: string }

/** Ends what a code gave, and what was given for it since. */
export async function deleteLine({ tx }: Work, { grantId, line }: Line): Promise<void> {
  await sql`
    delete from signin.artifact
    where grant_id = ${grantId} and kind in ('AuthorizationCode', 'AccessToken', 'RefreshToken') and payload->>'line' is not distinct from ${line ?? null}`.execute(
    tx,
  )
}

export type Logout = { readonly clientId: string; readonly sid: string; readonly subject: string }

/**
 * The provider's sessions that stand on some of a person's: one browser may have had several, where an answer of the
 * provider was lost or two tabs came at once.
 */
const standingOn = (personId: Id<'person'>, sessionIds: readonly string[]) =>
  sql`person_id = ${personId} and kind = 'Session' and payload->>'ours' = any(${sessionIds}::text[])`

/** At which clients somebody is signed in by some sessions, and as whom. */
export async function logoutsOf(
  { tx }: Work,
  personId: Id<'person'>,
  sessionIds: readonly string[],
): Promise<Logout[]> {
  const { rows } = await sql<Logout>`
    select at.key as "clientId", at.value->>'sid' as sid, payload->>'accountId' as subject
    from signin.artifact, jsonb_each(payload->'authorizations') at
    where ${standingOn(personId, sessionIds)} and at.value->>'sid' is not null`.execute(tx)
  return rows
}

/** The provider's own sessions: without them the tokens that were given in them are nobody's. */
export async function deleteSessions(
  { tx }: Work,
  personId: Id<'person'>,
  sessionIds: readonly string[],
): Promise<void> {
  await sql`delete from signin.artifact where ${standingOn(personId, sessionIds)}`.execute(tx)
}

/** What the provider keeps of a person; grants, on which consents rest, only `withGrants`. */
export async function deleteOfPerson(
  { tx }: Work,
  personId: Id<'person'>,
  { withGrants }: { readonly withGrants: boolean },
): Promise<void> {
  await sql`delete from signin.artifact where person_id = ${personId} and (${withGrants} or kind <> 'Grant')`.execute(
    tx,
  )
}

/** Everything that was given to a client about one subject, its grants too. */
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

/** Everything that was given to some clients, but the grants, on which consents rest. */
export async function deleteOfClients({ tx }: Work, clientIds: readonly string[]): Promise<void> {
  await sql`delete from signin.artifact where client_id = any(${clientIds}::text[]) and kind <> 'Grant'`.execute(tx)
}

/** Sign-ins of a person of which only the first step is done. */
export async function deletePending({ tx }: Work, personId: Id<'person'>): Promise<void> {
  await sql`delete from signin.artifact where kind = 'Pending' and person_id = ${personId}`.execute(tx)
}

/** What nobody can use any more, at most so many at once; gives how many went. */
export async function deleteExpired(work: Work, limit: number): Promise<number> {
  const { tx, now, today } = work
  const { numAffectedRows } = await sql`
    delete from signin.artifact where (kind, id_hash) in (
      select kind, id_hash from signin.artifact where expires_at <= ${now}::timestamptz - make_interval(mins => ${ruleOn(artifactsKept, today, work)}) limit ${limit} for update skip locked)`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0)
}

export type ApiToken = { readonly idHash: Buffer; readonly payload: Payload; readonly expiresAt: Date }

/**
 * Tokens of the house's own API, by their hashes; those that are over too. The door need not be open
 * (0033_verification.sql).
 */
export async function apiTokens({ tx }: Work, idHashes: readonly Buffer[]): Promise<ApiToken[]> {
  const { rows } = await sql<ApiToken>`
    /* kept plan */ select id_hash as "idHash", payload, expires_at as "expiresAt" from signin.api_tokens(${idHashes}::bytea[])`.execute(
    tx,
  )
  return rows
}

/**
 * Keeps proofs that must be nobody's yet; gives the hashes of those that were not. Of two who show the same at once, in
 * whatever process, one is first.
 */
export async function addProofs(
  { tx, now }: Work,
  proofs: readonly { idHash: Buffer; expiresAt: Date }[],
): Promise<Buffer[]> {
  const { rows } = await sql<{ idHash: Buffer }>`
    insert into signin.artifact as known (kind, id_hash, payload, expires_at)
    select 'ReplayDetection', shown.id_hash, '{}'::jsonb, max(shown.expires_at)
    from unnest(${proofs.map(({ idHash }) => idHash)}::bytea[], ${proofs.map(({ expiresAt }) => expiresAt)}::timestamptz[]) as shown (id_hash, expires_at)
    group by shown.id_hash order by shown.id_hash
    on conflict (kind, id_hash) do update set expires_at = excluded.expires_at where known.expires_at <= ${now}
    returning id_hash as "idHash"`.execute(tx)
  return rows.map(({ idHash }) => idHash)
}
