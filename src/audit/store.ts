import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Tx } from '../platform/db.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { SealedDeed } from './deed.ts'
import type { AccessRow } from './entry.ts'

export type Head = { readonly chain: number; readonly seq: number; readonly seal: Buffer }

export type SealedRow = SealedDeed & { readonly seal: Buffer }

const deedColumns = sql.raw(`chain, seq, id, work_id as "workId", at, day, by_kind as "byKind", by_id as "byId",
      on_behalf_of as "onBehalfOf", purpose,
  deed, subject_kind as "subjectKind", subject_id as "subjectId", person_id as "personId", unit_id as "unitId", facts,
    seal`)

export async function holdHead(tx: Tx, chain: number): Promise<Head> {
  const { rows } =
    await sql<Head>`/* kept plan */ select chain, seq, seal from audit.head where chain = ${chain} for update`.execute(
      tx,
    )
  if (!rows[0]) throw new Error(`the audit chain ${chain} has no head`)
  return rows[0]
}

export async function insertDeeds(tx: Tx, rows: readonly SealedRow[]): Promise<void> {
  await tx
    .insertInto('audit.deed')
    .values(
      rows.map(row => ({
        chain: row.chain,
        seq: row.seq,
        id: row.id,
        work_id: row.workId,
        at: row.at,
        day: row.day,
        by_kind: row.byKind,
        by_id: row.byId,
        on_behalf_of: row.onBehalfOf,
        purpose: row.purpose,
        deed: row.deed,
        subject_kind: row.subjectKind,
        subject_id: row.subjectId,
        person_id: row.personId,
        unit_id: row.unitId,
        facts: JSON.stringify(row.facts),
        seal: row.seal,
      })),
    )
    .execute()
}

export async function moveHead(tx: Tx, { chain, seq, seal }: Head): Promise<void> {
  await sql`/* kept plan */ update audit.head set seq = ${seq}, seal = ${seal} where chain = ${chain}`.execute(tx)
}

export async function chainHeads(tx: Tx): Promise<Head[]> {
  const { rows } = await sql<Head>`select chain, seq, seal from audit.head order by chain`.execute(tx)
  return rows
}

/** The last place that each chain has a row for; 0 where it has none. */
export async function lastPlaces(tx: Tx): Promise<{ chain: number; seq: number }[]> {
  const { rows } = await sql<{ chain: number; seq: number }>`
    select chain, coalesce(greatest((select max(seq) from audit.deed d where d.chain = head.chain),
                                    (select max(seq) from audit.reading_entry e where e.chain = head.chain)), 0) as seq
    from audit.head`.execute(tx)
  return rows.map(({ chain, seq }) => ({ chain, seq: Number(seq) }))
}

/** Which of some places have another seal, or no row; by their number in the list, from 0. */
export async function otherSeals(
  tx: Tx,
  places: readonly Head[],
): Promise<{ readonly nth: number; readonly isThere: boolean }[]> {
  const { rows } = await sql<{ nth: string; isThere: boolean }>`
    select nth, found.seal is not null as "isThere"
    from unnest(${places.map(({ chain }) => chain)}::smallint[], ${places.map(({ seq }) => seq)}::bigint[],
                ${places.map(({ seal }) => seal)}::bytea[]) with ordinality as place (chain, seq, seal, nth)
    left join lateral (
      select seal from audit.deed d where d.chain = place.chain and d.seq = place.seq
      union all
      select seal from audit.reading_entry e where e.chain = place.chain and e.seq = place.seq
    ) as found on true
    where found.seal is distinct from place.seal
    order by nth`.execute(tx)
  return rows.map(({ nth, isThere }) => ({ nth: Number(nth) - 1, isThere }))
}

/** The deeds of a chain after a place, in their order. */
export async function deedsAfter(tx: Tx, chain: number, seq: number, limit: number): Promise<SealedRow[]> {
  const { rows } = await sql<SealedRow>`
    select ${deedColumns} from audit.deed where chain = ${chain} and seq > ${seq} order by seq limit ${limit}`.execute(
    tx,
  )
  return rows
}

export async function deedsOfSubject({ tx }: Work, subjectId: string): Promise<SealedRow[]> {
  const { rows } = await sql<SealedRow>`
    select ${deedColumns} from audit.deed where subject_id = ${subjectId} order by at desc, seq desc limit 200`.execute(
    tx,
  )
  return rows
}

export type LatestDeed = Pick<SealedDeed, 'subjectId' | 'id' | 'deed' | 'byId' | 'at'>

/** The last deed that was done to each of some things. */
export async function latestDeeds({ tx }: Work, subjectIds: readonly string[]): Promise<LatestDeed[]> {
  if (subjectIds.length === 0) return []
  const { rows } = await sql<LatestDeed>`
    select s.id as "subjectId", d.id, d.deed, d.by_id as "byId", d.at
    from unnest(${[...new Set(subjectIds)]}::text[]) s (id)
    cross join lateral (
      select id, deed, by_id, at from audit.deed where subject_id = s.id order by at desc, id desc limit 1) d`.execute(
    tx,
  )
  return rows
}

export async function accessOfPerson({ tx }: Work, personId: Id<'person'>, since: Date): Promise<AccessRow[]> {
  const { rows } = await sql<AccessRow>`
    select * from audit.access where person_id = ${personId} and at >= ${since} order by at desc limit 200`.execute(tx)
  return rows
}

export async function countReadBy(
  { tx }: Work,
  readerId: string,
  personIds: readonly Id<'person'>[],
  since: Date,
): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(distinct person_id)::integer as people from audit.access
    where by_id = ${readerId} and at >= ${since} and person_id = any (${personIds}::uuid[])`.execute(tx)
  return rows[0]?.people ?? 0
}

/** Of some cases of one kind about a person, those that the work's actor has read. */
export async function casesReadBy(
  { tx, by }: Work,
  personId: Id<'person'>,
  caseKind: string,
  caseIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct case_id as id from audit.access
    where person_id = ${personId} and by_id = ${by.id} and case_kind = ${caseKind}
      and case_id = any (${caseIds}::uuid[])`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

export type AccessCount = { readonly total: number; readonly lately: number; readonly own: number }

/** A person's own accesses are those by the person, not those counted for them. */
const isOwn = (personId: Id<'person'>) => sql`(by_kind = 'citizen' and by_id = ${personId})`

/** How often a person's data were read by others since an instant, and since a later one; and by themselves. */
export async function countAccess(
  { tx }: Work,
  personId: Id<'person'>,
  since: Date,
  lately: Date,
): Promise<AccessCount> {
  // Planned anew it would take longer than it runs: a plan knows each of sixty months.
  const { rows } = await sql<AccessCount>`/* kept plan */
    select count(*) filter (where not ${isOwn(personId)})::integer as total,
           count(*) filter (where not ${isOwn(personId)} and at >= ${lately})::integer as lately,
           count(*) filter (where ${isOwn(personId)})::integer as own
    from audit.access where person_id = ${personId} and at >= ${since}`.execute(tx)
  return rows[0] ?? { total: 0, lately: 0, own: 0 }
}

export type AccessFilter = {
  readonly since: Date
  readonly before?: string | undefined
  readonly own: boolean
  readonly limit: number
}

/**
 * A page of who read a person's data, the latest first: ids are in the order of time. `own`: the person's own looks
 * too.
 */
export async function accessPage(
  { tx }: Work,
  personId: Id<'person'>,
  { since, before, own, limit }: AccessFilter,
): Promise<AccessRow[]> {
  const { rows } = await sql<AccessRow>`
    select * from audit.access
    where person_id = ${personId} and at >= ${since} and ${before ? sql`id < ${before}` : sql`true`}
      and ${own ? sql`true` : sql`not ${isOwn(personId)}`}
    order by id desc limit ${limit}`.execute(tx)
  return rows
}

/**
 * Which of some officers did anything on a day, whatever unit it counts in; deeds of the names `besides` are left out.
 */
export async function officersAtWork(
  { tx }: Work,
  officerIds: readonly Id<'officer'>[],
  day: Day,
  besides: readonly string[] = [],
): Promise<Set<string>> {
  if (officerIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select id from audit.officers_at_work(${officerIds}::text[], ${day}::date, ${besides}::text[]) as id`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/** The deeds of a name, the earliest first. */
export async function deedsNamed(tx: Tx, name: string, subjectId?: string): Promise<SealedRow[]> {
  const { rows } = await sql<SealedRow>`
    select ${deedColumns} from audit.deed
    where deed = ${name} and ${subjectId === undefined ? sql`true` : sql`subject_id = ${subjectId}`}
    order by at, seq`.execute(tx)
  return rows
}

/** The last deed of a name that was done to a subject until `until`. */
export async function lastDeedNamed(
  tx: Tx,
  name: string,
  { subjectId, until }: { readonly subjectId: string; readonly until: Date },
): Promise<SealedRow | undefined> {
  const { rows } = await sql<SealedRow>`
    select ${deedColumns} from audit.deed where subject_id = ${subjectId} and deed = ${name} and at <= ${until}
    order by at desc, seq desc limit 1`.execute(tx)
  return rows[0]
}

/**
 * Places of a chain among which rows say a wrong time, since a clock was wrong: `rows` of them are before the rows
 * before them, or after the time at which it was found.
 */
export type WrongTimes = { readonly chain: number; readonly from: number; readonly to: number; readonly rows: number }

/** What an operator confirmed (deed clock.confirmed). `proof`: in hexadecimal digits, as the deed says it. */
export type ClockConfirmation = {
  readonly at: Date
  readonly wrongTimes: readonly WrongTimes[]
  readonly proof: string
}

export async function clockConfirmations(tx: Tx): Promise<ClockConfirmation[]> {
  const { rows } = await sql<ClockConfirmation>`
    select at, facts -> 'wrongTimes' as "wrongTimes", facts ->> 'proof' as proof from audit.deed
    where deed = 'clock.confirmed' and facts ? 'wrongTimes'`.execute(tx)
  return rows
}

/** The wrong times among the rows of a table that are not known. `slack`: milliseconds by which a clock may differ. */
export async function wrongTimes(
  tx: Tx,
  table: 'audit.deed' | 'audit.reading_entry',
  { now, slack, known }: { now: Date; slack: number; known: readonly WrongTimes[] },
): Promise<WrongTimes[]> {
  const between = sql`make_interval(secs => ${slack / 1000})`
  const { rows } = await sql<WrongTimes>`
    select chain, min(seq)::int as "from", max(seq)::int as "to", count(*)::int as rows
    from (
      select chain, seq, at, max(at) filter (where at <= ${now}::timestamptz + ${between}) over (
        partition by chain order by seq rows between unbounded preceding and 1 preceding) as latest
      from ${sql.table(table)}
    ) as placed
    where (at > ${now}::timestamptz + ${between} or at < latest - ${between}) and not exists (
      select from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as k (chain int, "from" int, "to" int)
      where k.chain = placed.chain and placed.seq between k."from" and k."to")
    group by chain order by chain`.execute(tx)
  return rows
}

/** Throws where statements of the transaction may see different moments: others' commits would then be findings. */
export async function assertOneMoment(tx: Tx): Promise<void> {
  const { rows } = await sql<{ level: string }>`select current_setting('transaction_isolation') as level`.execute(tx)
  if (rows[0]?.level !== 'repeatable read') throw new Error('the audit is verified in a work that sees one moment')
}

/** The last line of the file of heads, as the database knows it. */
export type KeptHeads = { readonly line: number; readonly hash: Buffer; readonly at: Date | null }

export async function keptHeads(tx: Tx): Promise<KeptHeads> {
  const { rows } = await sql<KeptHeads>`select line, hash, at from audit.kept_heads`.execute(tx)
  return rows[0] ?? { line: 0, hash: Buffer.alloc(32), at: null }
}

/** The same, locked: one process at a time adds a line. */
export async function holdKeptHeads(tx: Tx): Promise<KeptHeads> {
  const { rows } = await sql<KeptHeads>`select line, hash, at from audit.kept_heads for update`.execute(tx)
  return rows[0] ?? { line: 0, hash: Buffer.alloc(32), at: null }
}

export async function setKeptHeads(tx: Tx, { line, hash, at }: KeptHeads): Promise<void> {
  await sql`update audit.kept_heads set line = ${line}, hash = ${hash}, at = ${at}`.execute(tx)
}
