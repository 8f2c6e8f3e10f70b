import { sql } from 'kysely'
import type { MatchFinding } from '../../linkage/deciding/reason.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { RollDefect, RowOutcome } from '../roll.ts'
import type { RowRef } from '../row.ts'
import type { SharedRow } from './store-duplicate.ts'

/** The rows of one person in a school year: what distinguishes them, and which has the person's place. */

/** Why a row was found to be its person, and what the school wrote of the pupil. */
export type WrittenRow = {
  readonly reasons: readonly MatchFinding[]
  readonly name: string | null
  readonly birth: string | null
  readonly sex: string | null
  readonly communeId: Id<'unit'> | null
}

/** Some rows as they were written, in the order asked for. */
export async function findWrittenRows({ tx }: Work, spots: readonly RowRef[]): Promise<WrittenRow[]> {
  if (spots.length === 0) return []
  const { rows } = await sql<WrittenRow>`
    select w.reasons, w.name_plain as name, concat_ws('-', w.birth_y, w.birth_m, w.birth_d) as birth, w.sex,
      w.commune_id as "communeId"
    from unnest(${spots.map(({ rollId }) => rollId)}::uuid[], ${spots.map(({ place }) => place)}::integer[])
    with ordinality as t (roll_id, place, at)
    join rolls.row w on w.roll_id = t.roll_id and w.place = t.place order by t.at`.execute(tx)
  return rows
}

/** A row that gets, or gives up, its person: as it was seen, and as it becomes. */
export type PlacementChange = {
  readonly seen: SharedRow
  readonly outcome: RowOutcome
  readonly isWithheld: boolean
  readonly defects: readonly RollDefect[]
}

/** Writes the rows that have not changed meanwhile, so that officers' new decisions stand. Gives the written ones. */
export async function updatePlacements({ tx }: Work, moving: readonly PlacementChange[]): Promise<RowRef[]> {
  if (moving.length === 0) return []
  const values = moving.map(({ seen, outcome, isWithheld, defects }) => ({
    roll_id: seen.rollId,
    place: seen.place,
    seen_outcome: seen.outcome,
    seen_decision: seen.decision,
    who: seen.personId,
    outcome,
    person_id: isWithheld ? undefined : seen.personId,
    withheld_id: isWithheld ? seen.personId : undefined,
    defects,
  }))
  // A postponement ends once the row has its person.
  const over = sql.raw(`w.decision = 'later' and t.withheld_id is null`)
  const { rows } = await sql<RowRef>`
    update rolls.row w
    set outcome = t.outcome, person_id = t.person_id, withheld_id = t.withheld_id, defects = t.defects,
      found = case when ${over} then null else w.found end, decision = case when ${over} then null else w.decision end,
      decided_by = case when ${over} then null else w.decided_by end, decided_at =
        case when ${over} then null else w.decided_at end,
      decided_on = case when ${over} then null else w.decided_on end
    from json_to_recordset(${JSON.stringify(values)}::json) as t
      (roll_id uuid, place integer, seen_outcome text, seen_decision text, who uuid, outcome text,
      person_id uuid, withheld_id uuid, defects text[])
    where w.roll_id = t.roll_id and w.place = t.place and w.outcome = t.seen_outcome
      and w.decision is not distinct from t.seen_decision
      and coalesce(w.person_id, w.withheld_id) = t.who
    returning w.roll_id as "rollId", w.place`.execute(tx)
  return rows
}
