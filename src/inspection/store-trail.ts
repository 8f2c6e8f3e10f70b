import { sql } from 'kysely'
import { beginOf, type Day, dayAfter } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'

/** Deeds and readings as they stand in the audit, page by page. */

export type TrailDeed = {
  readonly id: Id<'deed'>
  readonly at: Date
  readonly byId: string
  readonly deed: string
  readonly subjectKind: string
  readonly unitId: Id<'unit'> | null
  readonly personId: Id<'person'> | null
}

/** The last row of a page. */
export type After = { readonly at: Date; readonly id: string }

export type DeedFilter = {
  readonly from: Day
  readonly to: Day
  /** The day that all deeds of a demonstration bear. */
  readonly fixedDay: Day | null
  readonly officerId?: string | undefined
  readonly unitId?: string | undefined
  readonly deed?: string | undefined
  readonly after?: After | undefined
  readonly limit: number
}

/**
 * Deeds of officers in some days, the latest first: by officer (audit.deed_by_officer) or unit (audit.deed_by_unit), as
 * far as the scope sees them.
 */
export async function findDeeds({ tx }: Work, filter: DeedFilter): Promise<TrailDeed[]> {
  const { from, to, fixedDay, officerId, unitId, deed, after, limit } = filter
  const { rows } = await sql<TrailDeed>`
    select id, at, by_id as "byId", deed, subject_kind as "subjectKind", unit_id as "unitId",
      person_id as "personId"
    from audit.published_officer_deed
    where day between ${fixedDay ?? from} and ${fixedDay ?? to}
      and at >= ${beginOf(from)} and at < ${beginOf(dayAfter(to))}
      and ${officerId === undefined ? sql`true` : sql`by_id = ${officerId}`}
      and ${unitId === undefined ? sql`true` : sql`unit_id = ${unitId}`}
      and ${deed === undefined ? sql`true` : sql`deed = ${deed}`}
      and ${after ? sql`(at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
    order by at desc, id desc limit ${limit}`.execute(tx)
  return rows
}

/** Which kinds of deeds there are among those, and how many of each. */
export async function countKindsOfDeeds(
  { tx }: Work,
  { from, to, fixedDay, officerId, unitId }: Omit<DeedFilter, 'deed' | 'after' | 'limit'>,
): Promise<{ deed: string; count: number }[]> {
  const { rows } = await sql<{ deed: string; count: number }>`
    select deed, count(*)::integer as count from audit.published_officer_deed
    where day between ${fixedDay ?? from} and ${fixedDay ?? to}
      and at >= ${beginOf(from)} and at < ${beginOf(dayAfter(to))}
      and ${officerId === undefined ? sql`true` : sql`by_id = ${officerId}`}
      and ${unitId === undefined ? sql`true` : sql`unit_id = ${unitId}`}
    group by deed order by deed`.execute(tx)
  return rows
}

export type ReadingOfPerson = {
  readonly id: Id<'access'>
  readonly at: Date
  readonly byId: string
  readonly unitId: Id<'unit'> | null
  readonly purpose: string
  readonly fields: string
  readonly caseKind: string | null
}

/** Which officers of some units read a person's data, the latest first. */
export async function findReadingsOfPerson(
  { tx }: Work,
  personId: Id<'person'>,
  { units, after, limit }: { units: readonly string[] | 'all'; after?: After | undefined; limit: number },
): Promise<ReadingOfPerson[]> {
  const { rows } = await sql<ReadingOfPerson>`
    select id, at, by_id as "byId", unit_id as "unitId", purpose, fields, case_kind as "caseKind"
    from audit.published_officer_reading
    where person_id = ${personId} and ${units === 'all' ? sql`true` : sql`unit_id = any (${units}::uuid[])`}
      and ${after ? sql`(at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
    order by at desc, id desc limit ${limit}`.execute(tx)
  return rows
}

/** What officers of some units did about a person, the latest first (audit.deed_by_person). */
export async function findDeedsAbout(
  { tx }: Work,
  personId: Id<'person'>,
  { units, limit }: { units: readonly string[] | 'all'; limit: number },
): Promise<TrailDeed[]> {
  const { rows } = await sql<TrailDeed>`
    select id, at, by_id as "byId", deed, subject_kind as "subjectKind", unit_id as "unitId",
      person_id as "personId"
    from audit.published_officer_deed
    where person_id = ${personId} and ${units === 'all' ? sql`true` : sql`unit_id = any (${units}::uuid[])`}
    order by at desc, id desc limit ${limit}`.execute(tx)
  return rows
}

/** Whose data some readings of an officer are about: by the officer and the moments (audit.access_by_reader). */
export async function findReadPeople(
  { tx }: Work,
  officerId: string,
  readings: readonly { readonly id: string; readonly at: Date }[],
  units: readonly string[] | 'all',
): Promise<{ id: Id<'access'>; personId: Id<'person'>; unitId: Id<'unit'> | null }[]> {
  const { rows } = await sql<{ id: Id<'access'>; personId: Id<'person'>; unitId: Id<'unit'> | null }>`
    select id, person_id as "personId", unit_id as "unitId" from audit.published_officer_reading
    where by_id = ${officerId} and at = any (${readings.map(({ at }) => at)}::timestamptz[])
      and id = any (${readings.map(({ id }) => id)}::uuid[])
      and ${units === 'all' ? sql`true` : sql`unit_id = any (${units}::uuid[])`}`.execute(tx)
  return rows
}

/** Names of people by id. The caller has noted the reading. */
export async function namesOfPeople({ tx }: Work, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select person_id as id, full_name as name from register.published_person
    where person_id = any (${ids}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
