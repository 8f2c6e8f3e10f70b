import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'
import type { RollId, RollKind } from './roll.ts'

/** The same person on several rolls: of two schools in a year, and of one year and the next. */

type SharedRow = {
  readonly rollId: RollId
  readonly place: number
  readonly id: string
  readonly personId: string
  readonly schoolId: string
  readonly schoolYear: string
  readonly kind: RollKind
  readonly told: boolean
  readonly followedFrom: string | null
  readonly followedBy: string | null
}

/**
 * The rows of some persons on the rolls in force. One look into the index a person: a table that grows by a roll at a time has no statistics worth a better
 * plan, and a join was 30 times slower on a fresh house.
 */
async function rowsInForce({ tx }: Work, personIds: readonly string[]): Promise<SharedRow[]> {
  const { rows } = await sql<SharedRow>`
    select w.roll_id as "rollId", w.place, w.id, asked.person_id as "personId", w.school_id as "schoolId", w.school_year as "schoolYear", w.kind, w.told,
      w.followed_from as "followedFrom", w.followed_by as "followedBy"
    from unnest(${personIds}::uuid[]) as asked (person_id)
    cross join lateral (
      select o.roll_id, o.place, o.id, o.school_id, 'duplicate-across-schools' = any (o.defects) as told, o.followed_from, o.followed_by, r.*
      from rolls.row o
      cross join lateral (select r.school_year, r.kind from rolls.roll r where r.id = o.roll_id and r.in_force offset 0) r
      where o.person_id = asked.person_id offset 0) w`.execute(tx)
  return rows
}

type Change = {
  readonly roll_id: RollId
  readonly place: number
  readonly shared: boolean
  readonly from: string | null
  readonly by: string | null
}

const nextYear = (schoolYear: string, years: number) =>
  schoolYear
    .split('-')
    .map(year => Number(year) + years)
    .join('-')

/** The entry of the same person a year before or after on a class roll: of the same school, where there are two. */
function entryOf(theirs: readonly SharedRow[], { schoolId, schoolYear }: SharedRow, years: number): string | undefined {
  const then = theirs.filter(one => one.kind === 'pupils' && one.schoolYear === nextYear(schoolYear, years))
  return (then.find(one => one.schoolId === schoolId) ?? then[0])?.id
}

function changesOf(theirs: readonly SharedRow[]): Change[] {
  return theirs.flatMap(row => {
    const beside = theirs.filter(({ schoolYear, kind }) => schoolYear === row.schoolYear && kind === row.kind)
    const shared = new Set(beside.map(({ schoolId }) => schoolId)).size > 1
    // An entry that a line was followed to, before anyone was found, keeps it.
    const from = entryOf(theirs, row, -1) ?? row.followedFrom
    const by = row.kind === 'pupils' ? (entryOf(theirs, row, 1) ?? row.followedBy) : null
    if (shared === row.told && from === row.followedFrom && by === row.followedBy) return []
    return [{ roll_id: row.rollId, place: row.place, shared, from, by }]
  })
}

/**
 * Tells schools that they have the same person in a year, and takes it back where it is so no more; ties each entry to the one of the year before and after.
 * Whoever does so last sees what the others did: works that share pupils wait here for each other, a moment before they end.
 */
export async function settleAcrossRolls(work: Work, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  await sql`select pg_advisory_xact_lock(hashtextextended('rolls.shared', 0))`.execute(work.tx)
  const found = await rowsInForce(work, personIds)
  const changed = [...Map.groupBy(found, ({ personId }) => personId).values()].flatMap(changesOf)
  if (changed.length === 0) return
  await sql`
    update rolls.row w
    set defects = case when t.shared = ('duplicate-across-schools' = any (w.defects)) then w.defects
                       when t.shared then w.defects || 'duplicate-across-schools'::text else array_remove(w.defects, 'duplicate-across-schools') end,
        followed_from = t.from, followed_by = t.by
    from json_to_recordset(${JSON.stringify(changed)}::json) as t (roll_id uuid, place integer, shared boolean, "from" uuid, "by" uuid)
    where w.roll_id = t.roll_id and w.place = t.place`.execute(work.tx)
}

/**
 * The entries of the year before that the lines of a roll follow, though nobody is found for them, are told who follows. One look into the index an entry:
 * a join was read from its wrong end.
 */
export async function tellFollowed({ tx }: Work, rollId: RollId): Promise<void> {
  const { rows } = await sql<{ id: string; by: string }>`
    select followed_from as id, id as by from rolls.row where roll_id = ${rollId} and followed_from is not null`.execute(tx)
  if (rows.length === 0) return
  await sql`
    update rolls.row w set followed_by = f.by
    from (select o.roll_id, o.place, t.by
          from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ by }) => by)}::uuid[]) as t (id, by)
          cross join lateral (select e.roll_id, e.place, e.followed_by from rolls.row e where e.id = t.id offset 0) o
          where o.followed_by is null and (select r.in_force from rolls.roll r where r.id = o.roll_id) offset 0) f
    where w.roll_id = f.roll_id and w.place = f.place`.execute(tx)
}
