import { sql } from 'kysely'
import type { MatchFinding } from '../linkage/deciding/reason.ts'
import { type PartialDay, partialDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { CaseKind } from '../register/register.ts'
import type { ReviewDecision, RollDefect, RollId, RowOutcome, RowState } from './roll.ts'
import type { RollRow } from './row.ts'

export type KeptRow = {
  readonly roll_id: RollId
  readonly place: number
  readonly id: string
  readonly school_id: Id<'school'>
  readonly sheet: string
  readonly sheet_row: number
  readonly class: string | null
  readonly grade: number | null
  readonly name: string
  readonly sort_key: string
  readonly birth_y: number | null
  readonly birth_m: number | null
  readonly birth_d: number | null
  readonly birth_unreadable: boolean
  readonly sex: 'M' | 'F' | null
  readonly number_kind: RollRow['numberKind']
  readonly number: string | null
  readonly commune_id: Id<'unit'> | null
  readonly district_id: Id<'unit'> | null
  readonly residence_kind: RollRow['residenceKind'] | null
  readonly residence_settled: string | null
  readonly encoding: string | null
  readonly given: RollRow['given']
  readonly line_hash: string
  readonly holder_id: Id<'person'> | null
  readonly outcome: RowOutcome | null
  readonly person_id: Id<'person'> | null
  readonly withheld_id: Id<'person'> | null
  readonly probability: number | null
  readonly reasons: MatchFinding[]
  readonly defects: RollDefect[]
  readonly decision: ReviewDecision | null
  readonly margin: number | null
  readonly contested: boolean
  readonly state: RowState | null
}

export const rowColumns =
  sql.raw(`w.roll_id, w.place, w.id, w.school_id, w.sheet, w.sheet_row, w.class, w.grade, w.name, w.sort_key, w.birth_y,
      w.birth_m, w.birth_d,
  w.birth_unreadable, w.sex, w.number_kind, w.number, w.commune_id, w.district_id, w.residence_kind,
    w.residence_settled, w.encoding,
    w.given, w.line_hash, w.holder_id,
  w.outcome, w.person_id, w.withheld_id, w.probability, w.reasons, w.defects, w.decision, w.margin, w.contested,
    w.state`)

const birthFrom = ({
  birth_y: y,
  birth_m: m,
  birth_d: d,
}: Pick<KeptRow, 'birth_y' | 'birth_m' | 'birth_d'>): PartialDay | undefined =>
  y === null ? undefined : partialDay(y, m, d)

export const rowFrom = (row: KeptRow): RollRow => ({
  rollId: row.roll_id,
  place: row.place,
  id: row.id,
  schoolId: row.school_id,
  sheet: row.sheet,
  sheetRow: row.sheet_row,
  class: row.class ?? undefined,
  grade: row.grade ?? undefined,
  name: row.name,
  sortKey: row.sort_key,
  birth: birthFrom(row),
  birthUnreadable: row.birth_unreadable,
  sex: row.sex ?? undefined,
  numberKind: row.number_kind,
  number: row.number ?? undefined,
  communeId: row.commune_id ?? undefined,
  districtId: row.district_id ?? undefined,
  residenceKind: row.residence_kind ?? undefined,
  residenceSettled: row.residence_settled ?? undefined,
  encoding: row.encoding ?? undefined,
  given: row.given,
  lineHash: row.line_hash,
  holderId: row.holder_id ?? undefined,
  outcome: row.outcome ?? undefined,
  personId: row.person_id ?? undefined,
  withheldId: row.withheld_id ?? undefined,
  probability: row.probability ?? undefined,
  reasons: row.reasons,
  defects: row.defects,
  decision: row.decision ?? undefined,
  margin: row.margin ?? undefined,
  contested: row.contested,
  state: row.state ?? undefined,
})

export const inBatches = function* <T>(all: readonly T[], size = 2000) {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size)
}

export async function deleteRows({ tx }: Work, rollId: RollId): Promise<void> {
  await tx.deleteFrom('rolls.row').where('roll_id', '=', rollId).execute()
}

export async function findAllRows({ tx }: Work, rollId: RollId): Promise<RollRow[]> {
  const { rows } =
    await sql<KeptRow>`select ${rowColumns} from rolls.row w where w.roll_id = ${rollId} order by w.place`.execute(tx)
  return rows.map(rowFrom)
}

/** What the command line reports of a row beside the file: its place there, its person, why, and what is wrong. */
export type ReportedRow = Pick<
  RollRow,
  | 'place'
  | 'sheet'
  | 'sheetRow'
  | 'name'
  | 'class'
  | 'birth'
  | 'outcome'
  | 'personId'
  | 'probability'
  | 'reasons'
  | 'defects'
> & { readonly givenNumber: string | undefined }

/** The same for all rows of a roll. A province's run reads these columns only. */
export async function findReportedRows({ tx }: Work, rollId: RollId): Promise<ReportedRow[]> {
  const { rows } = await sql<KeptRow & { readonly given_number: string | null }>`
    select place, sheet, sheet_row, name, class, birth_y, birth_m, birth_d, outcome, person_id, probability, reasons,
      defects, given ->> 'number' as given_number
    from rolls.row where roll_id = ${rollId} order by place`.execute(tx)
  return rows.map(row => ({
    place: row.place,
    sheet: row.sheet,
    sheetRow: row.sheet_row,
    name: row.name,
    class: row.class ?? undefined,
    birth: birthFrom(row),
    outcome: row.outcome ?? undefined,
    personId: row.person_id ?? undefined,
    probability: row.probability ?? undefined,
    reasons: row.reasons,
    defects: row.defects,
    givenNumber: row.given_number ?? undefined,
  }))
}

/** Some rows of a roll by their places, in order. */
export async function findRowsByPlace({ tx }: Work, rollId: RollId, places: readonly number[]): Promise<RollRow[]> {
  const { rows } = await sql<KeptRow>`
    select ${rowColumns} from rolls.row w where w.roll_id = ${rollId} and w.place = any (${places}::integer[])
    order by w.place`.execute(tx)
  return rows.map(rowFrom)
}

export async function findRow({ tx }: Work, rollId: RollId, place: number): Promise<RollRow | undefined> {
  const { rows } = await sql<KeptRow>`select ${rowColumns} from rolls.row w
      where w.roll_id = ${rollId} and w.place = ${place}`.execute(tx)
  return rows[0] && rowFrom(rows[0])
}

/**
 * The machine's finding of a row before an officer's decision, and the persons that it had opened, by kind: undoing the
 * decision opens exactly these again.
 */
export type MachineOutcome = {
  readonly outcome: RowOutcome
  readonly personId?: Id<'person'> | undefined
  readonly withheldId?: Id<'person'> | undefined
  readonly probability: number
  readonly opened?: readonly (readonly [kind: CaseKind, personId: Id<'person'>])[] | undefined
}

export type Candidate = {
  readonly personId: Id<'person'>
  readonly place: number
  readonly rank: number
  readonly probability: number
  readonly reasons: readonly MatchFinding[]
  readonly isHolder: boolean
  /** Not found by the comparison, but one of the children on no roll; the probability is among these alone. */
  readonly isDoubt?: boolean | undefined
}

/** The likeliest first, and after them the children on no roll. */
export async function findCandidates({ tx }: Work, rollId: RollId, place?: number): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select person_id as "personId", place, rank, probability, reasons, is_holder as "isHolder", is_doubt as "isDoubt"
    from rolls.candidate
    where roll_id = ${rollId} and (${place ?? null}::integer is null or place = ${place ?? null}::integer)
    order by place, rank`.execute(tx)
  return rows
}

export async function findMachineOutcome(
  { tx }: Work,
  rollId: RollId,
  place: number,
): Promise<MachineOutcome | undefined> {
  const row = await tx
    .selectFrom('rolls.row')
    .select('found')
    .where('roll_id', '=', rollId)
    .where('place', '=', place)
    .executeTakeFirst()
  return (row?.found ?? undefined) as MachineOutcome | undefined
}

/** The rows of a roll that are some persons'. */
export async function findRowsOfPersons(
  { tx }: Work,
  rollId: RollId,
  personIds: readonly Id<'person'>[],
): Promise<RollRow[]> {
  const { rows } = await sql<KeptRow>`
    select ${rowColumns} from rolls.row w where w.roll_id = ${rollId} and w.person_id = any (${personIds}::uuid[])
    order by w.place`.execute(tx)
  return rows.map(rowFrom)
}

export type RowFilter = {
  readonly outcome?: RowOutcome | undefined
  readonly defect?: RollDefect | undefined
  readonly class?: string | undefined
  readonly decision?: ReviewDecision | 'undecided' | undefined
  readonly sort?: 'roll' | 'name' | undefined
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

export async function findFilteredRows(
  { tx }: Work,
  rollId: RollId,
  filter: RowFilter,
): Promise<{ rows: RollRow[]; total: number }> {
  const {
    outcome = null,
    defect = null,
    class: inClass = null,
    decision = null,
    sort = 'roll',
    offset = 0,
    limit = 100,
  } = filter
  const wanted = sql`w.roll_id = ${rollId}
      and (${outcome}::text is null or w.outcome = ${outcome}::text)
      and (${defect}::text is null or ${defect}::text = any (w.defects))
      and (${inClass}::text is null or w.class = ${inClass}::text)
      and (${decision}::text is null or w.decision = ${decision}::text
          or (${decision}::text = 'undecided' and w.outcome = 'review' and w.decision is null))`
  const order = sort === 'name' ? sql`w.sort_key, w.place` : sql`w.place`
  const { rows } = await sql<KeptRow>`select ${rowColumns} from rolls.row w where ${wanted} order by ${order}
      limit ${limit} offset ${offset}`.execute(tx)
  const counted = await sql<{ total: number }>`select count(*) as total from rolls.row w where ${wanted}`.execute(tx)
  return { rows: rows.map(rowFrom), total: counted.rows[0]?.total ?? 0 }
}

export async function countDefects(
  { tx }: Work,
  rollId: RollId,
  inClass: string | null,
): Promise<{ defect: RollDefect; count: number }[]> {
  const { rows } = await sql<{ defect: RollDefect; count: number }>`
    select d.defect, count(*) as count from rolls.row w cross join unnest(w.defects) as d (defect)
    where w.roll_id = ${rollId} and (${inClass}::text is null or w.class = ${inClass}::text) group by d.defect
    order by count desc, d.defect`.execute(tx)
  return rows
}

export async function countClasses(
  { tx }: Work,
  rollId: RollId,
): Promise<{ class: string; rows: number; withDefects: number }[]> {
  const { rows } = await sql<{ class: string; rows: number; withDefects: number }>`
    select coalesce(class, '') as class, count(*) as rows,
      count(*) filter (where cardinality(defects) > 0) as "withDefects"
    from rolls.row where roll_id = ${rollId} group by 1 order by min(place)`.execute(tx)
  return rows
}

export type PersonDetail = {
  readonly person_id: Id<'person'>
  readonly address: string | null
  readonly unit_id: Id<'unit'> | null
  readonly father_name: string | null
  readonly father_y: number | null
  readonly mother_name: string | null
  readonly mother_y: number | null
  readonly phones: string[] | null
}

/** Data of a person that is shown beside a row: the permanent residence, else any; parents; phones. */
export async function findPersonDetails({ tx }: Work, personIds: readonly Id<'person'>[]): Promise<PersonDetail[]> {
  const { rows } = await sql<PersonDetail>`
    select p.person_id, r.address, r.unit_id, f.name as father_name, f.related_birth_y as father_y,
      m.name as mother_name, m.related_birth_y as mother_y,
      (select array_agg(t.phone order by t.phone) from register.published_phone t
        where t.person_id = p.person_id) as phones
    from register.published_person p
    left join lateral (select address, unit_id from register.published_residence r
      where r.person_id = p.person_id and r.to_on is null
                       order by array_position(array['permanent', 'temporary', 'current'], r.kind) limit 1) r on true
    left join register.published_kin f on f.person_id = p.person_id and f.relation = 'father'
    left join register.published_kin m on m.person_id = p.person_id and m.relation = 'mother'
    where p.person_id = any (${personIds}::uuid[])`.execute(tx)
  return rows
}
