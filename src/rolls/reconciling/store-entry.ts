import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { RollId } from '../roll.ts'
import type { RollSeries } from '../store.ts'
import { type KeptRow, rowColumns, rowFrom } from '../store-row.ts'

/** A pupil's entry goes from roll to roll: which line of the new roll continues which of the old. */

/** A line of the new roll and the one that it continues; `same` when nothing on it that is compared has changed. */
export type ContinuedEntry = {
  readonly place: number
  readonly fromRoll: RollId
  readonly fromPlace: number
  readonly same: boolean
  readonly cameBack: boolean
}

/** The lines that counted until now: those of the former roll, and those of pupils who had left. */
const linesBefore = ({ schoolId, schoolYear, kind }: RollSeries, previous: RollId) => sql`
  select w.* from rolls.row w where w.roll_id = ${previous} and w.left_on is null
  union all
  select w.* from rolls.row w join rolls.roll r on r.id = w.roll_id
  where w.school_id = ${schoolId} and w.left_on is not null and r.school_year = ${schoolYear} and r.kind = ${kind}`

/**
 * The lines whose text is the same, each old one once (of two that are alike the first continues the first); and those
 * that are alone on their side.
 */
export async function findContinuedByText({ tx }: Work, rollId: RollId, series: RollSeries, previous: RollId) {
  const { rows } = await sql<Partial<ContinuedEntry>>`
    with old as materialized (
      select o.roll_id, o.place, o.line_hash, o.left_on, o.outcome, o.name, o.number, o.birth_y, o.birth_m, o.birth_d,
        o.sex, o.commune_id, o.district_id,
             o.residence_kind, o.number_kind, o.encoding,
               row_number() over (partition by o.line_hash order by o.left_on is not null, o.place) as nth
      from (${linesBefore(series, previous)}) o
    ), new as materialized (
      select w.place, w.line_hash, w.name, w.number, w.birth_y, w.birth_m, w.birth_d, w.sex, w.commune_id,
        w.district_id, w.residence_kind, w.number_kind,
             w.encoding, row_number() over (partition by w.line_hash order by w.place) as nth
      from rolls.row w where w.roll_id = ${rollId}
    )
    select n.place, o.roll_id as "fromRoll", o.place as "fromPlace", o.left_on is not null as "cameBack",
      o.left_on is null and o.outcome is not null
      and row(n.name, n.number, n.birth_y, n.birth_m, n.birth_d, n.sex, n.commune_id, n.district_id, n.residence_kind,
          n.number_kind, n.encoding)
        is not distinct from
          row(o.name, o.number, o.birth_y, o.birth_m, o.birth_d, o.sex, o.commune_id, o.district_id, o.residence_kind,
              o.number_kind, o.encoding) as same
    from new n full join old o on o.line_hash = n.line_hash and o.nth = n.nth`.execute(tx)
  const isContinued = (row: Partial<ContinuedEntry>): row is ContinuedEntry =>
    row.place !== null && row.fromRoll !== null
  return {
    found: rows.filter(isContinued),
    fresh: rows.flatMap(({ place, fromRoll }) => (place && !fromRoll ? [place] : [])),
    old: rows.flatMap(({ place, fromRoll, fromPlace }) =>
      fromRoll && fromPlace && !place ? [{ rollId: fromRoll, place: fromPlace }] : [],
    ),
  }
}

/** Rows of several rolls: present ones before those of pupils who left. */
export async function findEntryRows(
  { tx }: Work,
  wanted: readonly { readonly rollId: RollId; readonly place: number }[],
) {
  if (wanted.length === 0) return []
  const { rows } = await sql<KeptRow>`
    select ${rowColumns}
    from unnest(${wanted.map(({ rollId }) => rollId)}::uuid[], ${wanted.map(({ place }) => place)}::integer[]) as t
      (roll_id, place)
    join rolls.row w on w.roll_id = t.roll_id and w.place = t.place order by w.left_on is not null, w.place`.execute(tx)
  return rows.map(rowFrom)
}

const continuedTable = (found: readonly ContinuedEntry[]) => sql`
  unnest(${found.map(({ place }) => place)}::integer[], ${found.map(({ fromRoll }) => fromRoll)}::uuid[],
      ${found.map(({ fromPlace }) => fromPlace)}::integer[])
    as f (place, roll_id, from_place)`

/**
 * Makes the lines of the new roll the entries that they continue, with person, reasons and decision. An entry of a
 * pupil who had left is back.
 */
export async function continueEntries({ tx }: Work, rollId: RollId, found: readonly ContinuedEntry[]): Promise<void> {
  if (found.length === 0) return
  await sql`
    update rolls.row n
    set id = o.id, residence_settled = o.residence_settled, holder_id = o.holder_id, outcome = o.outcome, person_id
      = o.person_id, withheld_id = o.withheld_id,
      probability = o.probability, margin = o.margin,
        model_hash = o.model_hash, compared_at = o.compared_at, reasons = o.reasons, defects = o.defects,
        found = o.found, decision = o.decision,
        decided_by = o.decided_by, decided_at = o.decided_at, decided_on = o.decided_on, contested = o.contested,
        followed_from = o.followed_from, followed_by = o.followed_by
    from ${continuedTable(found)} join rolls.row o on o.roll_id = f.roll_id and o.place = f.from_place
    where n.roll_id = ${rollId} and n.place = f.place`.execute(tx)
  await sql`
    insert into rolls.candidate (person_id, roll_id, place, school_id, rank, probability, reasons, is_holder, is_doubt)
    select c.person_id, ${rollId}::uuid, f.place, c.school_id, c.rank, c.probability, c.reasons, c.is_holder, c.is_doubt
    from ${continuedTable(found)} join rolls.candidate c on c.roll_id = f.roll_id and c.place = f.from_place`.execute(
    tx,
  )
  const back = found.filter(({ cameBack }) => cameBack)
  if (back.length === 0) return
  await sql`update rolls.row o set left_on = null from ${continuedTable(back)}
    where o.roll_id = f.roll_id and o.place = f.from_place`.execute(tx)
}

/**
 * Links next year's entries to those of the year before. Officers' decisions about the pupil hold on, with the
 * refusals.
 */
export async function followEntries({ tx }: Work, rollId: RollId, found: readonly ContinuedEntry[]): Promise<void> {
  if (found.length === 0) return
  await sql`
    update rolls.row n set followed_from = o.id, residence_settled = o.residence_settled
    from ${continuedTable(found)} join rolls.row o on o.roll_id = f.roll_id and o.place = f.from_place
    where n.roll_id = ${rollId} and n.place = f.place`.execute(tx)
  await sql`
    update rolls.row n
    set outcome = o.outcome, person_id = o.person_id, probability = o.probability, reasons = o.reasons, found = o.found,
      decision = o.decision,
        decided_by = o.decided_by, decided_at = o.decided_at, decided_on = o.decided_on, contested = o.contested
    from ${continuedTable(found)} join rolls.row o on o.roll_id = f.roll_id and o.place = f.from_place
    where n.roll_id = ${rollId} and n.place = f.place and o.decision in ('same', 'different')`.execute(tx)
  await sql`
    insert into rolls.candidate (person_id, roll_id, place, school_id, rank, probability, reasons, is_holder)
    select c.person_id, ${rollId}::uuid, f.place, c.school_id, c.rank, c.probability, c.reasons, c.is_holder
    from ${continuedTable(found)}
    join rolls.row o on o.roll_id = f.roll_id and o.place = f.from_place and o.decision = 'same'
    join rolls.candidate c on c.roll_id = f.roll_id and c.place = f.from_place and c.person_id = o.person_id
      and not c.is_doubt`.execute(tx)
  await sql`
    insert into rolls.refusal (person_id, row_id, school_id, refused_by, refused_at, refused_on)
    select r.person_id, n.id, r.school_id, r.refused_by, r.refused_at, r.refused_on
    from ${continuedTable(found)} join rolls.row o on o.roll_id = f.roll_id and o.place = f.from_place
    join rolls.refusal r on r.row_id = o.id
    join rolls.row n on n.roll_id = ${rollId} and n.place = f.place
    on conflict do nothing`.execute(tx)
}

/** Whom nobody continues: they have left the school, on the day of the new roll. */
export async function setEntriesLeft(
  { tx }: Work,
  previous: RollId,
  places: readonly number[],
  on: Day,
): Promise<void> {
  await sql`
    update rolls.row set left_on = ${on}, contested = false
    where roll_id = ${previous} and place = any (${places}::integer[])`.execute(tx)
}
