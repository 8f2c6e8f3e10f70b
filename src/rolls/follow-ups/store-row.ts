import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { RollId } from '../roll.ts'
import type { RollRow } from '../row.ts'
import type { KeptRoll } from '../store.ts'
import { type KeptRow, rowColumns, rowFrom } from '../store-row.ts'
import { type RowFollowUp, rollDefectKind } from './row-follow-up.ts'

/** Rows that follow-ups are about. The follow-ups themselves are kept by the context of follow-ups. */

/** Rows of a roll that have something wrong, or some rows of it whatever they have. */
export async function findRowsToFollowUp(
  { tx }: Work,
  rollId: RollId,
  places: readonly number[] | undefined,
): Promise<RollRow[]> {
  const which = places ? sql`w.place = any (${places}::integer[])` : sql`cardinality(w.defects) > 0`
  const { rows } = await sql<KeptRow>`select ${rowColumns} from rolls.row w where w.roll_id = ${rollId} and ${which}
      order by w.place`.execute(tx)
  return rows.map(rowFrom)
}

/**
 * Rows of which the police said, for the residences of a key, that nobody has to act: that defect is theirs no
 * more.
 */
export async function setResidenceSettled(
  { tx }: Work,
  rows: readonly { readonly rollId: RollId; readonly place: number; readonly key: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update rolls.row w
    set residence_settled = t.key, defects = array_remove(w.defects, 'residence-differs')
    from unnest(${rows.map(({ rollId }) => rollId)}::uuid[], ${rows.map(({ place }) => place)}::integer[],
      ${rows.map(({ key }) => key)}::uuid[]) as t (roll_id, place, key)
    where w.roll_id = t.roll_id and w.place = t.place`.execute(tx)
}

/** Which of some rows still stand on a roll. */
export async function findRowsStillOn({ tx }: Work, rollId: RollId, rowIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    id: string
  }>`select id from rolls.row where roll_id = ${rollId} and id = any (${rowIds}::uuid[])`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/** Whether the roll is in force, in the latest year of which its school sent one of the kind. */
export async function isRollCounted({ tx }: Work, id: RollId): Promise<boolean> {
  const { rows } = await sql<{ counts: boolean }>`
    select r.in_force and not exists (select from rolls.roll later
      where later.school_id = r.school_id and later.kind = r.kind and later.in_force
        and later.school_year > r.school_year) as counts
    from rolls.roll r where r.id = ${id}`.execute(tx)
  return rows[0]?.counts ?? false
}

/** The open follow-ups of a roll, or of some rows of it, with those that replaced rolls left behind: their ids. */
export async function findOpenFollowUpIds(
  { tx }: Work,
  { id, schoolId }: Pick<KeptRoll, 'id' | 'schoolId'>,
  places: readonly number[] | undefined,
): Promise<string[]> {
  const which = places
    ? sql`(f.subject_id in (select w.id from rolls.row w
             where w.roll_id = ${id} and w.place = any (${places}::integer[]))
           or f.source_id in (select r.id from rolls.roll r join rolls.roll now on now.id = ${id}
             where r.school_id = now.school_id and r.kind = now.kind and r.school_year = now.school_year
               and not r.in_force))`
    : sql`f.source_id in (select r.id from rolls.roll r join rolls.roll now on now.id = ${id}
            where r.school_id = now.school_id and r.kind = now.kind
              and (r.id = now.id or not r.in_force or r.school_year < now.school_year))`
  const { rows } = await sql<{ id: string }>`
    select f.id from follow_ups.published_follow_up f
    where f.scope_id = ${schoolId} and f.kind = ${rollDefectKind} and ${which}
    order by f.source_place, f.id`.execute(tx)
  return rows.map(row => row.id)
}

export type RefreshedRows = { readonly rollId: RollId; readonly places: readonly number[] | undefined }

type WithDefects = {
  readonly rollId: RollId
  readonly place: number
  readonly id: string
  readonly schoolId: string
  readonly defects: readonly string[]
}

/**
 * The rows in force of some persons whose follow-ups do not agree with their defects. Rows that were refreshed just now
 * are left out.
 */
export async function findRowsWithStaleFollowUps(
  { tx }: Work,
  personIds: readonly Id<'person'>[],
  stopping: readonly string[],
  besides?: RefreshedRows,
): Promise<{ rollId: RollId; place: number }[]> {
  const { rows: theirs } = await sql<WithDefects>`
    select w.roll_id as "rollId", w.place, w.id, w.school_id as "schoolId",
      array(select d from unnest(w.defects) as d where d = any (${stopping}::text[])) as defects
    from unnest(${personIds}::uuid[]) as asked (person_id)
    cross join lateral (
      select o.roll_id, o.place, o.id, o.school_id, o.defects from rolls.row o
      where (o.person_id = asked.person_id or o.withheld_id = asked.person_id)
        and (o.roll_id is distinct from ${besides?.rollId ?? null}::uuid
              or o.place <> all (${besides?.places ?? null}::integer[])) offset 0) w
    where (select r.in_force from rolls.roll r where r.id = w.roll_id)`.execute(tx)
  if (theirs.length === 0) return []
  // A join with these rows would read all follow-ups of their schools for each of them.
  const { rows: open } = await sql<{ rowId: string; defect: string }>`
    select f.subject_id as "rowId", f.reason as defect from follow_ups.published_follow_up f
    where f.scope_id = any (${[...new Set(theirs.map(({ schoolId }) => schoolId))]}::uuid[])
      and f.kind = ${rollDefectKind}
      and f.subject_id = any (${theirs.map(({ id }) => id)}::uuid[])`.execute(tx)
  const openOf = Map.groupBy(open, ({ rowId }) => rowId)
  const isSettled = ({ id, defects }: WithDefects) => {
    const asked = openOf.get(id) ?? []
    return asked.length === defects.length && asked.every(({ defect }) => defects.includes(defect))
  }
  return theirs.filter(row => !isSettled(row)).map(({ rollId, place }) => ({ rollId, place }))
}

/**
 * Rows in force of pupils whom schools share without a follow-up that says so, and rows that are shared no more but
 * still have one.
 */
export async function findRollsOwingSharedFollowUps({ tx }: Work): Promise<{ rollId: RollId; places: number[] }[]> {
  const { rows } = await sql<{ rollId: RollId; places: number[] }>`
    select w.roll_id as "rollId", array_agg(w.place order by w.place) as places
    from rolls.row w join rolls.roll r on r.id = w.roll_id
    left join follow_ups.published_follow_up f on f.scope_id = w.school_id and f.subject_id = w.id
      and f.kind = ${rollDefectKind} and f.reason = 'duplicate-across-schools'
    where r.in_force and ('duplicate-across-schools' = any (w.defects)) <> (f.id is not null)
      and not exists (select from rolls.roll later
        where later.school_id = r.school_id and later.kind = r.kind and later.in_force
          and later.school_year > r.school_year)
    group by w.roll_id`.execute(tx)
  return rows
}

/** Rows on other schools' rolls in force that are the same people: each a source of its own. */
export async function findRowsAtOtherSchools(
  { tx }: Work,
  schoolId: string,
  personIds: readonly Id<'person'>[],
): Promise<RollRow[]> {
  if (personIds.length === 0) return []
  const { rows } = await sql<KeptRow>`
    select ${rowColumns} from unnest(${personIds}::uuid[]) as asked (person_id)
    cross join lateral (select o.* from rolls.row o
      where o.person_id = asked.person_id and o.school_id <> ${schoolId} offset 0) w
    where (select r.in_force from rolls.roll r where r.id = w.roll_id)`.execute(tx)
  return rows.map(rowFrom)
}

/** The commune that the roll names for the pupil of an open follow-up about a residence, of those one acts on. */
export async function findFollowedCommunes(
  { tx }: Work,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Id<'unit'>>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ row_id: string; commune_id: Id<'unit'> | null }>`
    select row_id, commune_id from rolls.followed_communes(${ids}::uuid[])`.execute(tx)
  return new Map(rows.flatMap(({ row_id, commune_id }) => (commune_id ? [[row_id, commune_id] as const] : [])))
}

/** The rows of some follow-ups, where the scope sees the roll. */
export async function findRowsOfFollowUps(
  { tx }: Work,
  followUps: readonly Pick<RowFollowUp, 'rollId' | 'place'>[],
): Promise<RollRow[]> {
  const { rows } = await sql<KeptRow>`
    select ${rowColumns}
    from unnest(${followUps.map(({ rollId }) => rollId)}::uuid[],
        ${followUps.map(({ place }) => place)}::integer[]) as asked (roll_id, place)
    join rolls.row w on w.roll_id = asked.roll_id and w.place = asked.place`.execute(tx)
  return rows.map(rowFrom)
}

/** The open follow-ups of pupils who stay, with their places on the roll that replaces the former one. */
export async function findStayingFollowUps(
  { tx }: Work,
  { id, schoolId }: Pick<KeptRoll, 'id' | 'schoolId'>,
  previous: RollId,
): Promise<{ id: string; sourcePlace: number }[]> {
  const { rows } = await sql<{ id: string; sourcePlace: number }>`
    select f.id, w.place as "sourcePlace"
    from follow_ups.published_follow_up f join rolls.row w on w.id = f.subject_id and w.roll_id = ${id}
    where f.scope_id = ${schoolId} and f.kind = ${rollDefectKind} and f.source_id = ${previous}`.execute(tx)
  return rows
}
