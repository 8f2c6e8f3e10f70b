// The same person on several rows: of a roll, of two schools in a year, and of one year and the next.

import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { ReviewDecision, RollId, RollKind, RowOutcome } from '../roll.ts'
import type { RowRef } from '../row.ts'

/** Works that share pupils wait here for each other. */
export async function holdShared({ tx }: Work): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('rolls.shared', 0))`.execute(tx)
}

/** Whose rows became otherwise on the roll before since they were carried over to the one that takes its place. */
export async function findMovedMeanwhile({ tx }: Work, rollId: RollId, previous: RollId): Promise<Id<'person'>[]> {
  const { rows } = await sql<{ id: Id<'person'> }>`
    select distinct who.id from rolls.row n join rolls.row o on o.roll_id = ${previous} and o.id = n.id
    cross join lateral unnest(array[n.person_id, n.withheld_id, o.person_id, o.withheld_id]) as who (id)
    where n.roll_id = ${rollId} and who.id is not null
      and (n.person_id, n.withheld_id, n.outcome) is distinct from (o.person_id, o.withheld_id, o.outcome)`.execute(tx)
  return rows.map(({ id }) => id)
}

/**
 * A row of a roll in force that is a person, or would be were the person's place in the school year not another row's
 * (`isWithheld`).
 */
export type SharedRow = {
  readonly rollId: RollId
  readonly place: number
  readonly id: string
  readonly personId: Id<'person'>
  readonly isWithheld: boolean
  readonly schoolId: Id<'school'>
  readonly schoolYear: string
  readonly kind: RollKind
  readonly class: string | null
  readonly outcome: RowOutcome
  readonly decision: ReviewDecision | null
  readonly told: boolean
  readonly toldInRoll: boolean
  readonly followedFrom: string | null
  readonly followedBy: string | null
}

/**
 * The rows of some persons on the rolls in force. One look into each index a person: a table that grows by a roll at a
 * time has no statistics worth a better plan, and a join was 30 times slower on a fresh house.
 */
export async function findRowsInForce({ tx }: Work, personIds: readonly Id<'person'>[]): Promise<SharedRow[]> {
  const columns = sql.raw(`o.roll_id, o.place, o.id, o.school_id, o.class, o.outcome, o.decision,
        'duplicate-across-schools' = any (o.defects) as told,
    'duplicate-in-roll' = any (o.defects) as told_in_roll, o.followed_from, o.followed_by`)
  const { rows } = await sql<SharedRow>`
    select w.roll_id as "rollId", w.place, w.id, asked.person_id as "personId", w.is_withheld as "isWithheld",
      w.school_id as "schoolId",
      r.school_year as "schoolYear", r.kind, w.class, w.outcome, w.decision, w.told, w.told_in_roll as "toldInRoll",
        w.followed_from as "followedFrom",
      w.followed_by as "followedBy"
    from unnest(${personIds}::uuid[]) as asked (person_id)
    cross join lateral (
      (select ${columns}, false as is_withheld from rolls.row o where o.person_id = asked.person_id offset 0)
      union all
      (select ${columns}, true from rolls.row o where o.withheld_id = asked.person_id offset 0)) w
    cross
    join lateral (select r.school_year, r.kind from rolls.roll r
      where r.id = w.roll_id and r.in_force offset 0) r`.execute(tx)
  return rows
}

/**
 * What is written anew on a row: whether another school has the pupil too, or another row of the roll, and the entries
 * of the years beside.
 */
export type SharedNotice = RowRef & {
  readonly personId: Id<'person'>
  readonly shared: boolean
  readonly inRoll: boolean
  readonly from: string | null
  readonly by: string | null
}

export async function setSharedNotices({ tx }: Work, notices: readonly SharedNotice[]): Promise<void> {
  if (notices.length === 0) return
  const values = notices.map(({ rollId, place, personId, shared, inRoll, from, by }) => ({
    roll_id: rollId,
    place,
    who: personId,
    shared,
    in_roll: inRoll,
    from,
    by,
  }))
  await sql`
    update rolls.row w
    set defects = array_remove(array_remove(w.defects, 'duplicate-in-roll'), 'duplicate-across-schools')
                  || case when t.in_roll then array['duplicate-in-roll'] else '{}' end
                  || case when t.shared then array['duplicate-across-schools'] else '{}' end,
        followed_from = t.from, followed_by = t.by
    from json_to_recordset(${JSON.stringify(values)}::json) as t
      (roll_id uuid, place integer, who uuid, shared boolean, in_roll boolean, "from" uuid, "by" uuid)
    where w.roll_id = t.roll_id and w.place = t.place and coalesce(w.person_id, w.withheld_id) = t.who`.execute(tx)
}

/**
 * Writes on last year's entries which lines of a roll follow them, though no person is found for these. One index
 * look-up an entry: the planner read a join from the wrong end.
 */
export async function setFollowedPersons({ tx }: Work, rollId: RollId): Promise<void> {
  const { rows } = await sql<{ id: string; by: string }>`
    select followed_from as id, id as by from rolls.row
    where roll_id = ${rollId} and followed_from is not null`.execute(tx)
  if (rows.length === 0) return
  await sql`
    update rolls.row w set followed_by = f.by
    from (select o.roll_id, o.place, t.by
          from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ by }) => by)}::uuid[]) as t (id, by)
          cross join lateral (select e.roll_id, e.place, e.followed_by from rolls.row e where e.id = t.id offset 0) o
          where o.followed_by is null and (select r.in_force from rolls.roll r where r.id = o.roll_id) offset 0) f
    where w.roll_id = f.roll_id and w.place = f.place`.execute(tx)
}
