import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { type Artifact, hashText } from '../artifact.ts'
import type { CitizenSessionId } from '../session.ts'
import { type ArtifactKey, type ArtifactUse, keysTable, markUsed, upsertArtifacts } from '../store.ts'

/** A sign-in at a client, in a person's history. */
export type SignInVisit = {
  readonly id: Id<'visit'>
  readonly personId: Id<'person'>
  readonly childId: Id<'person'> | null
  readonly clientId: string
  readonly partyId: Id<'party'>
  readonly level: number
  readonly strength: number
  readonly scopes: readonly string[]
}

/**
 * The changes of one request. `ours`, `sessions`, `grants`: must still be valid and are locked. `firsts`: must be
 * unused.
 */
export type ExchangeRows = {
  readonly ours: readonly { readonly personId: Id<'person'>; readonly id: CitizenSessionId }[]
  readonly visits: readonly SignInVisit[]
  readonly grants: readonly string[]
  readonly sessions: readonly Buffer[]
  readonly firsts: readonly Artifact[]
  readonly used: readonly ArtifactUse[]
  readonly gone: readonly ArtifactKey[]
  readonly saved: readonly Artifact[]
}
export const noRows: ExchangeRows = {
  ours: [],
  visits: [],
  grants: [],
  sessions: [],
  firsts: [],
  used: [],
  gone: [],
  saved: [],
}

/** The changes of several requests that touch no common row. */
export const joinedRows = (all: readonly ExchangeRows[]): ExchangeRows => ({
  ours: all.flatMap(({ ours }) => ours),
  visits: all.flatMap(({ visits }) => visits),
  grants: [...new Set(all.flatMap(({ grants }) => grants))],
  sessions: all.flatMap(({ sessions }) => sessions),
  firsts: all.flatMap(({ firsts }) => firsts),
  used: all.flatMap(({ used }) => used),
  gone: all.flatMap(({ gone }) => gone),
  saved: all.flatMap(({ saved }) => saved),
})

/** What could be done of each. The caller compares, and rolls back if something is missing. */
export type WrittenRows = {
  readonly ours: readonly CitizenSessionId[]
  readonly grants: readonly string[]
  readonly sessions: readonly Buffer[]
  readonly firsts: readonly Buffer[]
  readonly used: readonly Buffer[]
}

/** Locks citizen sessions against a simultaneous end. */
const holdSessions = (ours: ExchangeRows['ours']) => sql`
    select s.id as one from signin.session s
    join unnest(${ours.map(({ personId }) => personId)}::uuid[], ${ours.map(({ id }) => id)}::uuid[]) as h
      (person_id, id)
      on s.person_id = h.person_id and s.id = h.id
    where s.ended_at is null for no key update of s`

const insertVisits = (visits: readonly SignInVisit[], now: Date) => sql`
    insert into signin.visit (person_id, id, child_id, client_id, party_id, at, level, strength, scopes)
    select person_id, id, child_id, client_id, party_id, ${now}::timestamptz, level, strength,
      string_to_array(scopes, ' ')
    from unnest(${visits.map(({ personId }) => personId)}::uuid[], ${visits.map(({ id }) => id)}::uuid[],
        ${visits.map(({ childId }) => childId)}::uuid[],
                ${visits.map(({ clientId }) => clientId)}::text[], ${visits.map(({ partyId }) => partyId)}::uuid[],
                ${visits.map(({ level }) => level)}::smallint[], ${visits.map(({ strength }) => strength)}::smallint[],
                ${visits.map(({ scopes }) => scopes.join(' '))}::text[])
      as made (person_id, id, child_id, client_id, party_id, level, strength, scopes)`

/**
 * The parts of a statement, each only if it does something. No two of them touch one row, except that a locked row may
 * be written.
 */
function statementParts({ ours, visits, grants, sessions, firsts, used, gone, saved }: ExchangeRows, now: Date) {
  const refreshed = used.filter(({ kind }) => kind === 'RefreshToken').map(({ idHash }) => idHash)
  return {
    ours: ours.length > 0 && holdSessions(ours),
    visits: visits.length > 0 && insertVisits(visits, now),
    grants:
      grants.length > 0 &&
      sql`select grant_id as one from signin.artifact
      where kind = 'Grant' and id_hash = any(${grants.map(hashText)}::bytea[]) and expires_at > ${now} for key share`,
    sessions:
      sessions.length > 0 &&
      sql`select id_hash as one from signin.artifact where kind = 'Session' and id_hash = any(${sessions}::bytea[])
        order by id_hash for no key update`,
    firsts:
      firsts.length > 0 &&
      sql`insert into signin.artifact as known (kind, id_hash, payload, expires_at) 
      select kind, id_hash, payload::jsonb, expires_at
      from unnest(${firsts.map(({ kind }) => kind)}::text[], ${firsts.map(({ idHash }) => idHash)}::bytea[],
                  ${firsts.map(({ payload }) => JSON.stringify(payload))}::text[],
                      ${firsts.map(({ expiresAt }) => expiresAt)}::timestamptz[])
        as shown (kind, id_hash, payload, expires_at)
      on conflict (kind, id_hash) do update set payload = excluded.payload, expires_at = excluded.expires_at
      where known.expires_at <= ${now}
      returning id_hash as one`,
    used: used.length > 0 && sql`${markUsed(used, now)} returning a.id_hash as one`,
    // Refresh tokens with the same predecessor, whose answer was lost: the use of one ends the others.
    siblings:
      refreshed.length > 0 &&
      sql`delete from signin.artifact other using signin.artifact this
      where this.kind = 'RefreshToken' and this.id_hash = any(${refreshed}::bytea[]) and other.kind = 'RefreshToken'
        and other.uid = this.uid
        and other.id_hash <> this.id_hash returning other.id_hash as one`,
    gone:
      gone.length > 0 &&
      sql`delete from signin.artifact a using ${keysTable(gone)} where a.kind = place.kind and a.id_hash = place.id_hash
        returning a.id_hash as one`,
    saved: saved.length > 0 && sql`${upsertArtifacts(saved)} returning id_hash as one`,
  }
}

/** Applies all changes in one statement. */
export async function writeRowsInOne({ tx, now }: Work, writing: ExchangeRows): Promise<WrittenRows> {
  const parts = Object.entries(statementParts(writing, now)).flatMap(([name, part]) => (part ? [{ name, part }] : []))
  if (parts.length === 0) return { ours: [], grants: [], sessions: [], firsts: [], used: [] }
  const told = (name: string, type: 'text' | 'bytea' | 'uuid') =>
    parts.some(part => part.name === name)
      ? sql`array(select one from ${sql.ref(name)}) as ${sql.ref(name)}`
      : sql`array[]::${sql.raw(type)}[] as ${sql.ref(name)}`
  const { rows } = await sql<WrittenRows>`
    /* kept plan */ with ${sql.join(parts.map(({ name, part }) => sql`${sql.ref(name)} as (${part})`))}
    select ${told('ours', 'uuid')}, ${told('grants', 'text')}, ${told('sessions', 'bytea')}, ${told('firsts', 'bytea')},
      ${told('used', 'bytea')}`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('a statement that tells what it wrote has one row')
  return row
}

/** The sign-ins of a person, the latest first: all or a limited number. */
export async function findVisits(
  { tx }: Work,
  personId: Id<'person'>,
  most: number | null = null,
): Promise<(SignInVisit & { readonly at: Date })[]> {
  const { rows } = await sql<SignInVisit & { readonly at: Date }>`
    select id, person_id as "personId", child_id as "childId", client_id as "clientId", party_id as "partyId", at,
      level, strength, scopes
    from signin.visit where person_id = ${personId} order by at desc limit ${most}::bigint`.execute(tx)
  return rows
}

/** How many sign-ins are older than a moment. */
export async function countVisitsBefore({ tx }: Work, before: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from signin.visit where at < ${before}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Removes sign-ins that are older than a moment, so many at most. Gives how many. */
export async function deleteVisitsBefore({ tx }: Work, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from signin.visit where (person_id, id) in (
      select person_id, id from signin.visit where at < ${before} limit ${limit})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
