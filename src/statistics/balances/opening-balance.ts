import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { type Day, parseDay } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { type ColumnCounts, milestoneColumns } from '../milestone-column.ts'
import { holdKnowledge } from './store.ts'
import * as store from './store-opening.ts'

/**
 * Opening balances: what communes bring along from the system before, for people who are not in the register here. An
 * extract comes in with the counts of each commune by the end of a day; a later day carries on. What goes out are
 * counts that figures add to those of the people here. Nobody can be listed for them. Deed: figures.imported.
 */

export type { OpeningRow } from './store-opening.ts'

/** A column of the file for each thing that is counted: account_activated is written account-activated. */
const columnName = (column: string) => column.replaceAll('_', '-')
/** Columns that a file must have; of a thing that it leaves out there is nothing. */
export const neededOpeningColumns: readonly string[] = ['unit', 'day', 'members']

const most = 100_000_000

/** Each of these is at most the one before. */
const ways: readonly (readonly (keyof ColumnCounts)[])[] = [
  ['members', 'card_applied', 'card_approved', 'card_produced', 'card_returned', 'card_handed_over'],
  ['members', 'account_received', 'account_approved', 'account_activated'],
  ['account_received', 'account_received_2', 'account_approved_2', 'account_activated_2'],
  ['members', 'number_known'],
]

/** Counts of a row, or why it has none. A thing that is left out, and comes before one that is there, has its count. */
function countsIn(values: Readonly<Record<string, string>>): ColumnCounts | string {
  const counts: Record<string, number> = {}
  for (const column of ['members', ...milestoneColumns]) {
    const text = (values[columnName(column)] ?? '').trim()
    if (column === 'members' && text === '') return 'members-missing: say how many people are meant'
    if (!/^\d{0,9}$/.test(text) || Number(text) > most)
      return `count-malformed: ${columnName(column)} is a whole number`
    counts[column] = Number(text)
  }
  for (const way of ways) {
    for (let at = way.length - 2; at > 0; at -= 1) {
      const [here, next] = [way[at] ?? '', way[at + 1] ?? '']
      if ((values[columnName(here)] ?? '').trim() === '') counts[here] = Math.max(counts[here] ?? 0, counts[next] ?? 0)
    }
    for (const [at, column] of way.entries()) {
      const before = way[at - 1]
      if (before && (counts[column] ?? 0) > (counts[before] ?? 0))
        return `count-above: ${columnName(column)} is more than ${columnName(before)}`
    }
  }
  return counts as unknown as ColumnCounts
}

async function readRow(work: Work, values: Readonly<Record<string, string>>): Promise<store.OpeningRow | string> {
  const day: Day | undefined = parseDay((values['day'] ?? '').trim())
  if (!day) return 'day-malformed: a day is written YYYY-MM-DD'
  if (day > work.today) return `day-to-come: ${day} is still to come`
  const code = (values['unit'] ?? '').trim()
  const unit = await units.findUnitOn(work, code, day, 'commune')
  if (!unit) return `unit-unknown: no commune ${code} stands on ${day}`
  const counts = countsIn(values)
  return typeof counts === 'string' ? counts : { ...counts, unitId: unit.id, day }
}

const keyOf = ({ unitId, day }: store.OpeningRow) => `${unitId} ${day}`
const isSame = (a: store.OpeningRow, b: store.OpeningRow) =>
  a.members === b.members && milestoneColumns.every(column => a[column] === b[column])

/**
 * Takes in the opening balances of a campaign. The first row of a commune is of a day before the campaign begins, so
 * that it is no increase. Wrong rows are told, right ones land; the same again changes nothing, and what was known in
 * an earlier edition stays known in it.
 */
export async function importOpeningBalance(
  work: Work,
  id: campaign.CampaignId,
  rows: units.ImportRows,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<units.ReferenceImport> {
  const { startsOn, name } = await campaign.getCampaign(work, id)
  const known = new Map((await store.findOpeningRows(work, id, undefined)).map(row => [keyOf(row), row]))
  const began = new Set([...known.values()].map(({ unitId }) => unitId))
  const rejected: { readonly line: number; readonly reason: string }[] = []
  const good = new Map<string, { readonly line: number; readonly row: store.OpeningRow }>()
  let read = 0
  for await (const { line, values } of rows) {
    read += 1
    const row = values ? await readRow(work, values) : 'row-broken: this line has not the columns of the header'
    if (typeof row === 'string') rejected.push({ line, reason: row })
    else if (good.has(keyOf(row)))
      rejected.push({ line, reason: 'twice: the same commune and day stand on an earlier line' })
    else good.set(keyOf(row), { line, row })
  }
  for (const { row } of good.values()) if (row.day < startsOn) began.add(row.unitId)
  for (const [key, { line, row }] of good)
    if (!began.has(row.unitId)) {
      rejected.push({ line, reason: `first-late: a commune's first balance is of a day before ${startsOn}` })
      good.delete(key)
    }
  const changes = [...good.values()].map(({ row }) => row)
  const fresh = changes.filter(row => !known.has(keyOf(row)))
  const other = changes.filter(row => {
    const before = known.get(keyOf(row))
    return before && !isSame(before, row)
  })
  const counts = {
    read,
    added: fresh.length,
    changed: other.length,
    unchanged: changes.length - fresh.length - other.length,
    rejected: rejected.sort((a, b) => a.line - b.line),
  }
  if (fresh.length + other.length > 0) {
    await holdKnowledge(work)
    const edition = await campaign.beginEdition(work)
    await store.insertOpeningRows(work, id, edition, [...fresh, ...other])
    await audit.record(
      work,
      'figures.imported',
      { kind: 'import', id: newId<'import'>(work.now) },
      { ...facts, opening: true, campaign: name, ...counts, rejected: rejected.length },
    )
  }
  return counts
}

/** The counts that some communes brought along, by the end of any day. */
export type OpeningBalance = {
  /** Nothing was brought along: nothing has to be added anywhere. */
  readonly isEmpty: boolean
  /** What one commune brought along. */
  ofUnit(unitId: string, day: Day): ColumnCounts | undefined
  /** Communes that brought something along. */
  readonly unitIds: readonly string[]
}

/** The opening balances of a campaign, as known in an edition; undefined = as known now. */
export async function readOpeningBalance(
  work: Work,
  id: campaign.CampaignId,
  edition: number | undefined,
): Promise<OpeningBalance> {
  const byUnit = Map.groupBy(await store.findOpeningRows(work, id, edition), ({ unitId }) => unitId as string)
  return {
    isEmpty: byUnit.size === 0,
    unitIds: [...byUnit.keys()],
    ofUnit: (unitId, day) => byUnit.get(unitId)?.findLast(row => row.day <= day),
  }
}
