/**
 * The ledger of pupils' entries. It reads what comparing and deciding wrote: how each entry stands, and every change of
 * that. It decides nothing. Figures and lists of a school year go out, school by school; one entry with its history, on
 * the school's side and on the register's; and the rows of the person who reads their own page. Records no deed, but
 * notes whose data were read.
 */
import * as audit from '../../audit/audit.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { schoolYearOn } from '../law.ts'
import { rollProblem } from '../problems.ts'
import { type RollId, type RollKind, type RowState, rowStates } from '../roll.ts'
import type { RollRow } from '../row.ts'
import { type LedgerList, ledgerLists } from './contract.ts'
import * as store from './store.ts'
import { type OwnRow, findOwnRows as readOwnRows } from './store-own.ts'

/** The selection of a ledger: a unit's schools, one school, or all in the work's scope; a year and kind. */
export type LedgerQuery = {
  readonly unitId?: Id<'unit'> | undefined
  readonly schoolId?: Id<'school'> | undefined
  readonly schoolYear?: string | undefined
  readonly kind?: RollKind | undefined
}

async function ledgerSelectionOf(
  work: Work,
  { unitId, schoolId, schoolYear = schoolYearOn(work.today, work), kind = 'pupils' }: LedgerQuery,
): Promise<store.LedgerSelection> {
  if (schoolId) return { schoolYear, kind, schoolIds: [schoolId] }
  if (!unitId) return { schoolYear, kind }
  const homes = await units.homesOn(work, unitId, work.today)
  return {
    schoolYear,
    kind,
    schoolIds: (await units.schoolsIn(work, [...homes.keys()], work.today)).map(({ id }) => id),
  }
}

export type LedgerCounts = Record<LedgerList, number>
export type SchoolFigures = {
  readonly school: { readonly id: units.SchoolId; readonly name: string }
  readonly rollId?: RollId | undefined
  readonly entries: number
  readonly counts: LedgerCounts
}

const noLedgerCounts = () => Object.fromEntries(ledgerLists.map(list => [list, 0])) as LedgerCounts
const statesOnRoll = rowStates.filter(state => state !== 'left-school')
const entriesIn = (counts: LedgerCounts) => statesOnRoll.reduce((sum, state: RowState) => sum + counts[state], 0)

/** How a year's entries stand, school by school, in the order of the schools' names. */
export async function ledgerFigures(work: Work, query: LedgerQuery) {
  const of = await ledgerSelectionOf(work, query)
  const found = Map.groupBy(await store.findFigures(work, of), ({ schoolId }) => schoolId)
  const rolls = await store.findRollsInForce(work, of)
  const total = noLedgerCounts()
  const schools: SchoolFigures[] = []
  for (const [schoolId, rows] of found) {
    const counts = noLedgerCounts()
    for (const { list, n } of rows) {
      counts[list] += n
      total[list] += n
    }
    const { id, name } = await units.getSchool(work, schoolId)
    schools.push({ school: { id, name }, rollId: rolls.get(schoolId), entries: entriesIn(counts), counts })
  }
  schools.sort((a, b) => a.school.name.localeCompare(b.school.name, 'vi'))
  return { schoolYear: of.schoolYear, kind: of.kind, schools, entries: entriesIn(total), counts: total }
}

type LedgerListRequest = {
  readonly list?: LedgerList | undefined
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

/** The entries that a figure counts. The reading of their persons is noted. */
export async function listEntries(
  work: Work,
  query: LedgerQuery,
  request: LedgerListRequest,
): Promise<{ entries: store.LedgerEntry[]; total: number }> {
  const found = await store.findEntries(work, await ledgerSelectionOf(work, query), request)
  await audit.noteReading(
    work,
    found.entries.flatMap(({ row }) => row.personId ?? []),
    ['identity', 'number'],
  )
  return found
}

export type FieldDifference = { readonly field: string; readonly before: string; readonly after: string }

export type EntryHistory = {
  readonly entry: store.LedgerEntry
  readonly events: readonly (store.LedgerEvent & { readonly byName?: string | undefined })[]
  readonly sinceDecision: { readonly line: readonly FieldDifference[]; readonly person: readonly FieldDifference[] }
}

/** An entry with all that became of it; throws roll-row-unknown. */
export async function getEntryHistory(work: Work, id: string): Promise<EntryHistory> {
  const entry = await store.findEntry(work, id)
  if (!entry) throw rollProblem('roll-row-unknown')
  await audit.noteReading(work, entry.row.personId ? [entry.row.personId] : [], ['identity', 'number'])
  const events = await store.findLedgerEvents(work, id)
  const names = await staff.namesOf(
    work,
    events.flatMap(({ byKind, byId }) => (byKind === 'officer' ? [byId] : [])),
  )
  return {
    entry,
    events: events.map(event => ({ ...event, byName: names.get(event.byId) })),
    sinceDecision: await changesSinceDecision(
      work,
      entry.row,
      events.find(({ why }) => why === 'decided'),
    ),
  }
}

/** What the school and the register have changed since the decision. */
async function changesSinceDecision(
  work: Work,
  row: RollRow,
  decided: store.LedgerEvent | undefined,
): Promise<EntryHistory['sinceDecision']> {
  if (!row.decision || !decided) return { line: [], person: [] }
  const then = decided.rollId === row.rollId ? row : await store.findEntryOnRoll(work, row.id, decided.rollId)
  return {
    line: then ? differingFields(then, row) : [],
    person: row.personId ? await registerChangesSince(work, row.personId, decided.at) : [],
  }
}

function differingFields({ given: before }: RollRow, { given: after }: RollRow): FieldDifference[] {
  const fields = ['name', 'birth', 'number', 'sex', 'residence', 'father', 'mother', 'phone'] as const
  return fields.flatMap(field =>
    before[field] === after[field] ? [] : [{ field, before: before[field], after: after[field] }],
  )
}

const comparedFields = ['full_name', 'birth_date', 'sex', 'number', 'life_status', 'father_name', 'mother_name']

/** Of the values that a roll has, and only for persons in the work's scope. */
async function registerChangesSince(work: Work, personId: register.PersonId, at: Date): Promise<FieldDifference[]> {
  if ((await register.listSummaries(work, [personId])).length === 0) return []
  const { history } = await register.getPerson(work, personId)
  return history
    .filter(change => change.at > at && comparedFields.includes(change.field))
    .map(({ field, old = '', new: now = '' }) => ({ field, before: old, after: now }))
}

/** The rows that are the person whose own page is read (`ownOf`), as schools wrote them; none in another work. */
export const listOwnRows: (work: Work) => Promise<OwnRow[]> = readOwnRows
