import { type FaultList, shownValue } from './file-faults.ts'
import type { PlanInstance } from './instance.ts'
import { mostKm, mostTravelMinutes } from './instance-shape.ts'

/** The two tables between all places: millions of numbers, so that each is looked at once and nothing is made of it. */

type Cell = number | null
type Table = readonly (readonly Cell[])[]

const isMinutes = (value: unknown): value is Cell =>
  value === null || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= mostTravelMinutes)
const isKm = (value: unknown): value is Cell =>
  value === null || (typeof value === 'number' && value >= 0 && value <= mostKm)

const tables = {
  minutes: { isCell: isMinutes, wanted: `a whole number from 0 to ${mostTravelMinutes}, or null` },
  km: { isCell: isKm, wanted: `a number from 0 to ${mostKm}, or null` },
} as const
type TableName = keyof typeof tables

function isTable(faults: FaultList, name: TableName, value: unknown, places: number): value is Table {
  const at = `travel.${name}`
  if (!Array.isArray(value)) {
    faults.add(() => `${at} is ${shownValue(value)}: it must be a list of lists`)
    return false
  }
  const rows: readonly unknown[] = value
  let isRight = rows.length === places
  if (!isRight) faults.add(() => `${at} has ${rows.length} rows: it must have ${places}, one for each place`)
  for (const [from, row] of rows.slice(0, places).entries())
    if (!isRow(faults, name, row, { at: `${at}[${from}]`, places })) isRight = false
  return isRight
}

function isRow(
  faults: FaultList,
  name: TableName,
  row: unknown,
  { at, places }: { readonly at: string; readonly places: number },
): boolean {
  if (!Array.isArray(row) || row.length !== places) {
    const has = Array.isArray(row) ? `has ${row.length} numbers` : `is ${shownValue(row)}`
    faults.add(() => `${at} ${has}: it must have ${places}, one for each place`)
    return false
  }
  const { isCell, wanted } = tables[name]
  const cells: readonly unknown[] = row
  let isRight = true
  for (let to = 0; to < places; to++) {
    const cell = cells[to]
    if (isCell(cell)) continue
    isRight = false
    faults.add(() => `${at}[${to}] is ${shownValue(cell)}: it must be ${wanted}`)
  }
  return isRight
}

/** A road has both, or there is none. */
function addHalfRoads(faults: FaultList, minutes: Table, km: Table): void {
  for (const [from, row] of minutes.entries()) {
    const kmRow = km[from] ?? []
    for (let to = 0; to < row.length; to++)
      if ((row[to] === null) !== (kmRow[to] === null))
        faults.add(
          () =>
            `travel.km[${from}][${to}] is ${kmRow[to]}: travel.minutes has ${row[to]}; where no road is, both are null`,
        )
  }
}

/** Reads `travel`; undefined where something in it is wrong, or the places that it must fit are unknown. */
export function readTravel(
  value: unknown,
  places: number | undefined,
  faults: FaultList,
): PlanInstance['travel'] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.add(() => `travel is ${shownValue(value)}: it must be an object`)
    return undefined
  }
  for (const name of Object.keys(value))
    if (!Object.hasOwn(tables, name)) faults.add(() => `travel.${shownValue(name)} is not known: nothing reads it`)
  if (places === undefined) return undefined
  const { minutes, km } = value as Readonly<Record<string, unknown>>
  const hasMinutes = isTable(faults, 'minutes', minutes, places)
  const hasKm = isTable(faults, 'km', km, places)
  if (!hasMinutes || !hasKm) return undefined
  addHalfRoads(faults, minutes as Table, km as Table)
  return { minutes: minutes as Table, km: km as Table }
}
