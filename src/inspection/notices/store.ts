import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'

/** Deeds as an officer is told of them, and until when they looked. */

export async function findSeenUntil({ tx }: Work, officerId: string): Promise<Date | undefined> {
  const { rows } = await sql<{ until: Date }>`
    select until from inspection.notice_seen where officer_id = ${officerId}`.execute(tx)
  return rows[0]?.until
}

/** Never back: what was seen stays seen. Whether it went on. */
export async function setSeenUntil({ tx }: Work, officerId: string, until: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into inspection.notice_seen as s (officer_id, until) values (${officerId}, ${until})
    on conflict (officer_id) do update set until = excluded.until where s.until < excluded.until
    returning 1`.execute(tx)
  return rows.length > 0
}

export type ReturnedDeed = {
  readonly id: string
  readonly at: Date
  readonly deed: string
  readonly began: string
  readonly subjectKind: string
  readonly subjectId: string
}

type Span = { readonly from: Day; readonly to: Day }

/**
 * What others did about things that the officer began in some days (audit.deed_by_officer, then deed_by_subject), as
 * far as the scope sees it; the latest first. An answer may bear the millisecond of what it answers.
 */
export async function findReturned(
  { tx }: Work,
  officerId: string,
  { from, to }: Span,
  { began, back }: { readonly began: readonly string[]; readonly back: readonly string[] },
  limit: number,
): Promise<ReturnedDeed[]> {
  const { rows } = await sql<ReturnedDeed>`
    with own as materialized (
      select distinct on (o.subject_id) o.subject_id, o.deed, o.at from audit.published_officer_deed o
      where o.by_id = ${officerId} and o.day between ${from} and ${to} and o.deed = any (${began}::text[])
      order by o.subject_id, o.at)
    select d.id, d.at, d.deed, own.deed as began, d.subject_kind as "subjectKind", d.subject_id as "subjectId"
    from own join audit.published_officer_deed d
      on d.subject_id = own.subject_id and d.at >= own.at and d.by_id <> ${officerId} and d.deed = any (${back}::text[])
    order by d.at desc, d.id desc limit ${limit}`.execute(tx)
  return rows
}

export type AskedDeed = { readonly deed: string; readonly count: number; readonly latestAt: Date }

/** How often others asked for some work since a moment, as far as the scope sees it. */
export async function countAsked(
  { tx }: Work,
  officerId: string,
  { from, to, since }: Span & { readonly since: Date },
  deeds: readonly string[],
): Promise<AskedDeed[]> {
  const { rows } = await sql<AskedDeed>`
    select d.deed, count(*)::integer as count, max(d.at) as "latestAt" from (
      select day, at, by_id, deed from audit.published_officer_deed
      union all select day, at, by_id, deed from audit.published_house_deed) d
    where d.day between ${from} and ${to} and d.at > ${since} and d.by_id <> ${officerId}
      and d.deed = any (${deeds}::text[])
    group by d.deed order by max(d.at) desc, d.deed`.execute(tx)
  return rows
}
