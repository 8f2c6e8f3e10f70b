import * as audit from '../../audit/audit.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { parseHour } from '../hour.ts'
import type { BoatWay, RoadWay, WayOutcome } from './store-travel.ts'
import * as store from './store-travel.ts'

/**
 * Ways between units, from files: rows come in, judged one by one; what is wrong is given back with its reason. Units
 * are named by their codes of the work's day. Deeds: travel.imported, crossings.imported.
 */

export const travelColumns = ['from', 'to', 'minutes', 'km'] as const
export const crossingColumns = ['from', 'to', 'weekdays', 'departs', 'minutes', 'km'] as const

type Value = (column: string) => string

const wholeMinutes = (text: string): number | undefined =>
  /^\d{1,4}$/.test(text) && Number(text) <= 1440 ? Number(text) : undefined
const kilometres = (text: string): number | undefined => (/^\d{1,4}(\.\d)?$/.test(text) ? Number(text) : undefined)

const unknownUnit = (work: Work, code: string) => `unit-unknown: no unit ${code} stands on ${work.today}`

/** An empty `to` says that no road leads to the unit but those that other lines name. */
async function readRoad(work: Work, value: Value): Promise<RoadWay | { readonly island: Id<'unit'> } | string> {
  const from = await units.findUnitOn(work, value('from'), work.today)
  if (!from) return unknownUnit(work, value('from'))
  if (!value('to') && !value('minutes') && !value('km')) return { island: from.id }
  const to = await units.findUnitOn(work, value('to'), work.today)
  if (!to) return unknownUnit(work, value('to'))
  const [minutes, km] = [wholeMinutes(value('minutes')), kilometres(value('km'))]
  if (minutes === undefined) return 'minutes-malformed: whole minutes, at most a day'
  if (km === undefined) return 'km-malformed: kilometres, such as 12 or 12.5'
  return { from: from.id, to: to.id, minutes, km }
}

async function readBoat(work: Work, value: Value): Promise<BoatWay | string> {
  const from = await units.findUnitOn(work, value('from'), work.today)
  if (!from) return unknownUnit(work, value('from'))
  const to = await units.findUnitOn(work, value('to'), work.today)
  if (!to) return unknownUnit(work, value('to'))
  if (from.id === to.id) return 'unit-twice: a boat goes from one unit to another'
  const weekdays = [...new Set(value('weekdays'))].map(Number).sort((a, b) => a - b)
  if (!/^[1-7]+$/.test(value('weekdays'))) return 'weekdays-malformed: digits, 1 Monday to 7 Sunday, such as 135'
  const [departs, minutes, km] = [parseHour(value('departs')), wholeMinutes(value('minutes')), kilometres(value('km'))]
  if (!departs) return 'departs-malformed: an hour such as 07:30'
  if (!minutes) return 'minutes-malformed: whole minutes, from 1 to a day'
  if (km === undefined) return 'km-malformed: kilometres, such as 12 or 12.5'
  return { from: from.id, to: to.id, weekdays, departs, minutes, km }
}

async function takeRows<Row extends object>(
  rows: units.ImportRows,
  read: (value: Value) => Promise<Row | string>,
  write: (row: Row) => Promise<WayOutcome>,
): Promise<units.ReferenceImport> {
  const counts: Record<WayOutcome, number> = { added: 0, changed: 0, unchanged: 0 }
  const rejected: { line: number; reason: string }[] = []
  let count = 0
  for await (const { line, values, ...rest } of rows) {
    count += 1
    const row = values
      ? await read(column => values[column]?.trim() ?? '')
      : `row-broken: ${'error' in rest ? rest.error : ''}`
    if (typeof row === 'string') rejected.push({ line, reason: row })
    else counts[await write(row)] += 1
  }
  return { read: count, ...counts, rejected }
}

async function recordImport(
  work: Work,
  deed: 'travel.imported' | 'crossings.imported',
  imported: units.ReferenceImport,
  facts: Readonly<Record<string, unknown>>,
): Promise<units.ReferenceImport> {
  if (imported.added + imported.changed > 0)
    await audit.record(
      work,
      deed,
      { kind: 'travel', id: work.id },
      { ...facts, ...imported, rejected: imported.rejected.length },
    )
  return imported
}

const sourceOf = (facts: Readonly<Record<string, unknown>>) => String(facts['sha256'] ?? 'file')

/** Takes in rows of ways by road; `facts` may hold the file's hash, which says from then on where a way is from. */
export async function importTravel(
  work: Work,
  rows: units.ImportRows,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<units.ReferenceImport> {
  const source = sourceOf(facts)
  const imported = await takeRows(
    rows,
    value => readRoad(work, value),
    row => ('island' in row ? store.putIsland(work, row.island, source) : store.putRoadWay(work, row, source)),
  )
  return recordImport(work, 'travel.imported', imported, facts)
}

/** Takes in rows of boats. */
export async function importCrossings(
  work: Work,
  rows: units.ImportRows,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<units.ReferenceImport> {
  const source = sourceOf(facts)
  const imported = await takeRows(
    rows,
    value => readBoat(work, value),
    row => store.putBoatWay(work, row, source),
  )
  return recordImport(work, 'crossings.imported', imported, facts)
}
