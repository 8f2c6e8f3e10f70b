import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { adjacentSchoolYear, type EventReason, type RollId, type RollKind, type RowState } from '../roll.ts'
import type { RollRow } from '../row.ts'
import { type KeptRow, rowColumns, rowFrom } from '../store-row.ts'
import type { LedgerList } from './contract.ts'

/** The selection of a ledger; without `schoolIds`: every school in the work's scope. */
export type LedgerSelection = {
  readonly schoolYear: string
  readonly kind: RollKind
  readonly schoolIds?: readonly Id<'school'>[] | undefined
}

/** The entries of a year: the rows of the rolls in force, and of pupils who left. */
const entriesOf = ({ schoolYear, kind, schoolIds }: LedgerSelection) => sql`
  rolls.roll r join rolls.row w on w.roll_id = r.id and (r.in_force or w.left_on is not null) and w.state is not null
  where r.school_year = ${schoolYear}
    and r.kind = ${kind} ${schoolIds ? sql`and r.school_id = any (${schoolIds}::uuid[])` : sql``}`

/** Last year's pupils who are on no roll of this year, of schools that have sent one. */
const entriesOnNoRoll = (of: LedgerSelection) => sql`
  ${entriesOf({ ...of, schoolYear: adjacentSchoolYear(of.schoolYear, -1) })}
    and w.left_on is null and w.followed_by is null and w.grade is distinct from 12
    and exists (select from rolls.roll n
      where n.school_id = r.school_id and n.school_year = ${of.schoolYear} and n.kind = r.kind and n.in_force)`

const conditions: Readonly<Record<Exclude<LedgerList, RowState | 'on-no-roll'>, RawBuilder<unknown>>> = {
  contested: sql`w.contested`,
  'on-two-rolls': sql`r.in_force and 'duplicate-across-schools' = any (w.defects)`,
  'moved-up': sql`w.left_on is null and w.followed_from is not null`,
}

/** The rows that a list has; without one, all that have not left. */
function entriesOfList(of: LedgerSelection, list: LedgerList | undefined): RawBuilder<unknown> {
  if (list === 'on-no-roll') return entriesOnNoRoll(of)
  if (list === undefined) return sql`${entriesOf(of)} and w.left_on is null`
  return list in conditions
    ? sql`${entriesOf(of)} and ${conditions[list as keyof typeof conditions]}`
    : sql`${entriesOf(of)} and w.state = ${list}`
}

export type FigureRow = { readonly schoolId: Id<'school'>; readonly list: LedgerList; readonly n: number }

/** How long each list is, school by school: the states in one pass, the others each in the statement of their list. */
export async function findFigures({ tx }: Work, of: LedgerSelection): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    select r.school_id as "schoolId", w.state as list, count(*) as n from ${entriesOf(of)} group by 1, 2`.execute(tx)
  const found = [...rows]
  for (const list of [...(Object.keys(conditions) as LedgerList[]), 'on-no-roll' as const]) {
    const { rows: those } = await sql<FigureRow>`
      select r.school_id as "schoolId", ${list}::text as list, count(*) as n from ${entriesOfList(of, list)}
      group by 1`.execute(tx)
    found.push(...those)
  }
  return found
}

export async function findRollsInForce(
  { tx }: Work,
  { schoolYear, kind }: LedgerSelection,
): Promise<Map<string, RollId>> {
  const rows = await tx
    .selectFrom('rolls.roll')
    .select(['id', 'school_id'])
    .where('in_force', '=', true)
    .where('school_year', '=', schoolYear)
    .where('kind', '=', kind)
    .execute()
  return new Map(rows.map(({ id, school_id }) => [school_id, id]))
}

type LedgerEntryRow = KeptRow & {
  readonly school_year: string
  readonly kind: RollKind
  readonly left_on: Day | null
  readonly before_id: string | null
  readonly before_school_id: Id<'school'> | null
  readonly before_class: string | null
  readonly also_at: Id<'school'>[] | null
}

/** A row of the ledger, with the pupil's other rolls that the reader may see. */
export type LedgerEntry = {
  readonly row: RollRow
  readonly schoolYear: string
  readonly kind: RollKind
  readonly leftOn?: Day | undefined
  readonly before?:
    | { readonly entryId: string; readonly schoolId: Id<'school'>; readonly class?: string | undefined }
    | undefined
  readonly alsoAt: readonly Id<'school'>[]
}

const entryFrom = (row: LedgerEntryRow): LedgerEntry => ({
  row: rowFrom(row),
  schoolYear: row.school_year,
  kind: row.kind,
  ...(row.left_on && { leftOn: row.left_on }),
  ...(row.before_id &&
    row.before_school_id && {
      before: {
        entryId: row.before_id,
        schoolId: row.before_school_id,
        ...(row.before_class && { class: row.before_class }),
      },
    }),
  alsoAt: row.also_at ?? [],
})

/** `w` and `r` are a row and its roll, chosen before: what else is shown is looked up for those on the page alone. */
const withOtherRolls = (chosen: RawBuilder<unknown>) => sql<LedgerEntryRow>`
  select ${rowColumns}, w.school_year, w.kind, w.left_on, b.id as before_id, b.school_id as before_school_id,
    b.class as before_class, o.also_at
  from (${chosen}) w
  left join lateral (select b.id, b.school_id, b.class from rolls.row b
    join rolls.roll l on l.id = b.roll_id and (l.in_force or b.left_on is not null)
                     where b.id = w.followed_from limit 1) b on true
  left join lateral (select array_agg(distinct o.school_id::text) as also_at from rolls.row o
    join rolls.roll l on l.id = o.roll_id and l.in_force
                     where 'duplicate-across-schools' = any (w.defects)
                       and (o.person_id = coalesce(w.person_id, w.withheld_id)
                         or o.withheld_id = coalesce(w.person_id, w.withheld_id))
                       and o.school_id <> w.school_id
                       and l.school_year = w.school_year and l.kind = w.kind) o on true`

const chosenColumns = sql`w.*, r.school_year, r.kind`

export async function findEntries(
  { tx }: Work,
  of: LedgerSelection,
  {
    list,
    offset = 0,
    limit = 100,
  }: {
    readonly list?: LedgerList | undefined
    readonly offset?: number | undefined
    readonly limit?: number | undefined
  },
): Promise<{ entries: LedgerEntry[]; total: number }> {
  const from = entriesOfList(of, list)
  const { rows } = await sql<LedgerEntryRow>`
    ${withOtherRolls(sql`select ${chosenColumns} from ${from} order by w.sort_key, w.id
      limit ${limit} offset ${offset}`)}
    order by w.sort_key, w.id`.execute(tx)
  const counted = await sql<{ total: number }>`select count(*) as total from ${from}`.execute(tx)
  return { entries: rows.map(entryFrom), total: counted.rows[0]?.total ?? 0 }
}

/** An entry where it stands now, or stood when the pupil left; else on the last roll that had it. */
export async function findEntry({ tx }: Work, id: string): Promise<LedgerEntry | undefined> {
  const { rows } = await sql<LedgerEntryRow>`
    ${withOtherRolls(sql`
      select ${chosenColumns} from rolls.row w join rolls.roll r on r.id = w.roll_id
      where w.id = ${id} order by r.in_force or w.left_on is not null desc, r.reconciled_at desc nulls last
      limit 1`)}`.execute(tx)
  return rows[0] && entryFrom(rows[0])
}

/** The entry as a roll had it. */
export async function findEntryOnRoll({ tx }: Work, id: string, rollId: RollId): Promise<RollRow | undefined> {
  const { rows } = await sql<KeptRow>`select ${rowColumns} from rolls.row w where w.id = ${id} and w.roll_id = ${rollId}
      limit 1`.execute(tx)
  return rows[0] && rowFrom(rows[0])
}

export type LedgerEvent = {
  readonly rollId: RollId
  readonly at: Date
  readonly day: Day
  readonly why: EventReason
  readonly before: RowState | null
  readonly after: RowState
  readonly contested: boolean
  readonly personId: Id<'person'> | null
  readonly byKind: string
  readonly byId: string
  readonly model: string | null
}

/** What became of an entry, the latest first. */
export async function findLedgerEvents({ tx }: Work, rowId: string): Promise<LedgerEvent[]> {
  const { rows } = await sql<LedgerEvent>`
    select roll_id as "rollId", at, on_day as day, why, state_before as before, state_after as after, contested,
      person_id as "personId",
           by_kind as "byKind", by_id as "byId", model_hash as model
    from rolls.ledger_event where row_id = ${rowId} order by at desc`.execute(tx)
  return rows
}
