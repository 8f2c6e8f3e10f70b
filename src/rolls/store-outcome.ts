import { sql } from 'kysely'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { EventReason, RollId, RowOutcome, RowState } from './roll.ts'
import type { RollRow } from './row.ts'
import { type Candidate, inBatches, type MachineOutcome } from './store-row.ts'

/** What a comparison, or an officer, found of rows: written some thousand at a time. */

export type FoundRollRow = Pick<
  RollRow,
  | 'place'
  | 'holderId'
  | 'outcome'
  | 'personId'
  | 'withheldId'
  | 'probability'
  | 'margin'
  | 'reasons'
  | 'defects'
  | 'contested'
> & {
  /** The machine's finding beside an officer's decision, where there is one. */
  readonly found?: MachineOutcome | undefined
  /** The new finding fulfils the decision: the school was asked, the child was entered. */
  readonly decisionIsOver?: boolean | undefined
}

/** Writes the outcomes of some rows. With a model: notes that they were compared by it now. */
export async function writeFoundRows(
  { tx, now }: Work,
  rollId: RollId,
  found: readonly FoundRollRow[],
  modelHash?: string,
): Promise<void> {
  for (const some of inBatches(found)) {
    const values = some.map(one => ({
      place: one.place,
      holder_id: one.holderId,
      outcome: one.outcome,
      person_id: one.personId,
      withheld_id: one.withheldId,
      probability: one.probability,
      margin: one.margin,
      reasons: one.reasons,
      defects: one.defects,
      found: one.found,
      contested: one.contested ?? false,
      over: one.decisionIsOver ?? false,
    }))
    await sql`
      update rolls.row w
      set holder_id = t.holder_id, outcome = t.outcome, person_id = t.person_id, withheld_id = t.withheld_id,
        probability = t.probability, margin = t.margin,
        reasons = t.reasons, defects = t.defects, found = t.found, contested = t.contested,
        decision = case when not t.over then w.decision end, decided_by = case when not t.over then w.decided_by end,
        decided_at = case when not t.over then w.decided_at end, decided_on =
          case when not t.over then w.decided_on end,
        model_hash = coalesce(${modelHash ?? null}::text, w.model_hash),
        compared_at = case when ${modelHash ?? null}::text is null then w.compared_at else ${now}::timestamptz end
      from json_to_recordset(${JSON.stringify(values)}::json) as t
        (place integer, holder_id uuid, outcome text, person_id uuid, withheld_id uuid, probability real, margin real,
        reasons jsonb, defects text[], found jsonb, contested boolean, over boolean)
      where w.roll_id = ${rollId} and w.place = t.place`.execute(tx)
  }
}

export async function deleteCandidates({ tx }: Work, rollId: RollId, places: readonly number[]): Promise<void> {
  await sql`delete from rolls.candidate where roll_id = ${rollId} and place = any (${places}::integer[])`.execute(tx)
}

export async function insertCandidates(
  { tx }: Work,
  { id, schoolId }: { readonly id: RollId; readonly schoolId: Id<'school'> },
  candidates: readonly Candidate[],
): Promise<void> {
  for (const some of inBatches(candidates)) {
    const values = some.map(one => ({
      person_id: one.personId,
      place: one.place,
      rank: one.rank,
      probability: one.probability,
      reasons: one.reasons,
      is_holder: one.isHolder,
    }))
    await sql`
      insert into rolls.candidate (person_id, roll_id, place, school_id, rank, probability, reasons, is_holder)
      select t.person_id, ${id}::uuid, t.place, ${schoolId}::uuid, t.rank, t.probability, t.reasons, t.is_holder
      from json_to_recordset(${JSON.stringify(values)}::json) as t
        (person_id uuid, place integer, rank smallint, probability real, reasons jsonb, is_holder boolean)
      on conflict (person_id, roll_id, place)
      do update set rank = excluded.rank, probability = excluded.probability, reasons = excluded.reasons,
        is_holder = excluded.is_holder, is_doubt = false`.execute(tx)
  }
}

/** The state of a row before it is decided again: its former person, and an officer's decision. */
export type RowStatus = {
  readonly place: number
  readonly id: string
  readonly state: RowState | null
  readonly outcome: RowOutcome | null
  readonly personId: Id<'person'> | null
  readonly withheldId: Id<'person'> | null
  readonly decision: RollRow['decision'] | null
  readonly contested: boolean
  readonly found: MachineOutcome | null
}

export async function findRowStatus(
  { tx }: Work,
  rollId: RollId,
  places: readonly number[],
): Promise<Map<number, RowStatus>> {
  const { rows } = await sql<RowStatus>`
    select place, id, state, outcome, person_id as "personId", withheld_id as "withheldId", decision, contested, found
    from rolls.row
    where roll_id = ${rollId} and place = any (${places}::integer[])`.execute(tx)
  return new Map(rows.map(row => [row.place, row]))
}

/**
 * The candidates of rows for which an officer chose one of them. A child outside every comparison has no comparison.
 */
export async function findChosenCandidates({ tx }: Work, rollId: RollId): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select c.person_id as "personId", c.place, c.rank, c.probability, c.reasons, c.is_holder as "isHolder"
    from rolls.row w join rolls.candidate c on c.roll_id = w.roll_id and c.place = w.place and c.person_id = w.person_id
    where w.roll_id = ${rollId} and w.decision = 'same' and not c.is_doubt`.execute(tx)
  return rows
}

/** The other rows of a roll that are some persons', or were not decided because of them. */
export async function findPlacesSharing(
  { tx }: Work,
  rollId: RollId,
  personIds: readonly Id<'person'>[],
  known: readonly number[],
): Promise<number[]> {
  if (personIds.length === 0) return []
  const { rows } = await sql<{ place: number }>`
    select place from rolls.row where roll_id = ${rollId} and person_id = any (${personIds}::uuid[])
    union
    select w.place from rolls.candidate c join rolls.row w on w.roll_id = c.roll_id and w.place = c.place
    where c.roll_id = ${rollId} and c.person_id = any (${personIds}::uuid[]) and w.outcome = 'review'`.execute(tx)
  const there = new Set(known)
  return rows.flatMap(({ place }) => (there.has(place) ? [] : [place]))
}

/** `before` is how the entry stood; undefined for a new one. */
export type EntryEvent = {
  readonly place: number
  readonly why: EventReason
  readonly before:
    | { readonly state?: RowState | null; readonly personId?: Id<'person'> | null; readonly contested?: boolean }
    | undefined
}

/**
 * Notes what became of entries where anything did: the state, the person, whether it is contested; or that the school
 * sent the line anew. What `follows` something that the same work noted comes after it.
 */
export async function insertEntryEvents(
  work: Work,
  rollId: RollId,
  happened: readonly EntryEvent[],
  { follows = false }: { readonly follows?: boolean } = {},
): Promise<void> {
  const { tx, by, now, today } = work
  for (const some of inBatches(happened, 10_000)) {
    const column = <T>(of: (one: EntryEvent) => T) => some.map(of)
    await sql`
      insert into rolls.ledger_event
        (row_id, roll_id, school_id, person_id, state_before, state_after, contested, why, by_kind, by_id, at, on_day,
          model_hash)
      select w.id, w.roll_id, w.school_id, w.person_id, t.state, w.state, w.contested, t.why, ${by.kind}, ${by.id},
        ${now}::timestamptz + ${follows ? '1 microsecond' : '0'}::interval, ${today}::date,
             case when t.why not in ('decided', 'undone', 'left') then w.model_hash end
      from unnest(${column(({ place }) => place)}::integer[], ${column(({ why }) => why)}::text[],
                  ${column(({ before }) => before?.state ?? null)}::text[],
                    ${column(({ before }) => before?.personId ?? null)}::uuid[],
                  ${column(({ before }) => before?.contested ?? false)}::boolean[]) as t
                    (place, why, state, person_id, contested)
      join rolls.row w on w.roll_id = ${rollId} and w.place = t.place
      where t.why not in ('re-scored', 'person-changed') or t.state is distinct from w.state
        or t.person_id is distinct from w.person_id
         or t.contested <> w.contested`.execute(tx)
  }
}
