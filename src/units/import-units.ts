import { type Day, parseDay } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import { type ImportRows, type ReadRow, type ReferenceImport, type RejectedRow, readRows } from './import.ts'
import type { StoredUnit } from './store.ts'
import * as store from './store.ts'
import {
  derivedId,
  firstGap,
  levels,
  levelsAbove,
  type PoliceUnit,
  periodsOverlap,
  type UnitId,
  type UnitLevel,
  unitIdOf,
} from './unit.ts'

export const unitColumns = ['code', 'name', 'level', 'parent', 'valid_from', 'valid_to', 'source'] as const

function readUnit(value: (column: string) => string): StoredUnit | string {
  const [code, name, level, parent, source] = [
    value('code'),
    value('name').normalize('NFC'),
    value('level'),
    value('parent'),
    value('source'),
  ]
  if (!/^[0-9A-Za-z-]{1,12}$/.test(code)) return 'code-malformed: a code is 1 to 12 digits or letters'
  if (!name) return 'name-missing: a unit has a name'
  if (!isLevel(level)) return `level-unknown: a level is ${levels.join(', ')}`
  if (level === 'province' && parent) return 'parent-unexpected: a province stands below no other unit'
  if (level !== 'province' && !parent)
    return `parent-missing: a ${level} stands below a ${levelsAbove[level].join(' or a ')}`
  const [validFrom, validTo] = [parseDay(value('valid_from')), parseDay(value('valid_to'))]
  if (value('valid_from') && !validFrom) return 'day-malformed: valid_from is YYYY-MM-DD or empty'
  if (value('valid_to') && !validTo) return 'day-malformed: valid_to is YYYY-MM-DD or empty'
  if (validFrom && validTo && validTo <= validFrom)
    return 'period-empty: valid_to is the day after the last one, so later than valid_from'
  return {
    id: unitIdOf(code, validFrom),
    code,
    name,
    level,
    ...(parent && { parentCode: parent }),
    ...(validFrom && { validFrom }),
    ...(validTo && { validTo }),
    source,
  }
}

const isLevel = (text: string): text is UnitLevel => levels.some(level => level === text)

const sameUnit = (a: StoredUnit, b: StoredUnit) =>
  a.name === b.name &&
  a.level === b.level &&
  a.parentCode === b.parentCode &&
  a.validTo === b.validTo &&
  a.source === b.source

const periodText = ({ validFrom, validTo }: { validFrom?: Day | undefined; validTo?: Day | undefined }) =>
  `${validFrom ?? '…'} to ${validTo ?? '…'}`

/** The table as it would be with the rows that are not refused so far. */
class Draft {
  readonly rejected: RejectedRow[] = []
  readonly #known: ReadonlyMap<UnitId, StoredUnit>
  readonly #given = new Map<UnitId, ReadRow<StoredUnit>>()

  constructor(known: readonly StoredUnit[], rows: readonly ReadRow<StoredUnit>[]) {
    this.#known = new Map(known.map(unit => [unit.id, unit]))
    for (const read of rows) {
      const earlier = this.#given.get(read.row.id)
      if (earlier) this.refuse(read, `unit-twice: line ${earlier.line} has the same code and first day`)
      else this.#given.set(read.row.id, read)
    }
  }

  refuse({ line, row }: ReadRow<StoredUnit>, reason: string) {
    this.rejected.push({ line, reason })
    if (this.#given.get(row.id)?.line === line) this.#given.delete(row.id)
  }

  given = () => [...this.#given.values()]
  known = (id: UnitId) => this.#known.get(id)
  isGiven = (id: UnitId) => this.#given.has(id)
  byCode = () =>
    Map.groupBy(
      [...new Map([...this.#known, ...[...this.#given].map(([id, { row }]) => [id, row] as const)]).values()],
      unit => unit.code,
    )
}

/** A code belongs to one unit at a time: of two rows the later line gives way, and any row to what stands already. */
function refuseOverlaps(draft: Draft) {
  const byCode = draft.byCode()
  for (const read of draft.given().reverse()) {
    const rivals =
      byCode.get(read.row.code)?.filter(other => other.id !== read.row.id && periodsOverlap(other, read.row)) ?? []
    const rival = rivals[0]
    if (!rival) continue
    draft.refuse(read, `code-taken: ${read.row.code} belongs to ${rival.name}, ${periodText(rival)}`)
    byCode.set(read.row.code, byCode.get(read.row.code)?.filter(other => other.id !== read.row.id) ?? [])
  }
}

/** On each of its days a unit has one above it. A row refused here may orphan others, hence again until none is. */
function refuseOrphans(draft: Draft) {
  for (let before = -1; before !== draft.rejected.length; ) {
    before = draft.rejected.length
    const byCode = draft.byCode()
    for (const unit of [...byCode.values()].flat()) {
      if (unit.parentCode === undefined) continue
      const above = (byCode.get(unit.parentCode) ?? []).filter(parent => levelsAbove[unit.level].includes(parent.level))
      const gap = firstGap(unit, above)
      if (gap === undefined) continue
      const day = gap === 'ever' ? 'before all others' : `on ${gap}`
      const own = draft.given().find(read => read.row.id === unit.id)
      if (own) draft.refuse(own, `parent-unknown: no unit ${unit.parentCode} above a ${unit.level} stands ${day}`)
      // The unit was right until this file: what the file says of the unit above is what does not fit.
      else
        for (const read of draft.given().filter(({ row }) => row.code === unit.parentCode))
          draft.refuse(read, `unit-below-stands: ${unit.code} ${unit.name} would have no unit above it ${day}`)
    }
  }
}

const policeName = (unitName: string) => `Công an ${unitName.charAt(0).toLowerCase()}${unitName.slice(1)}`

/** Writes anew which police stand where, from the units and the rules. */
export async function rewritePolice(work: Work): Promise<void> {
  const police = (await store.policePeriods(work)).map(
    ({ unitId, name, from, to }): PoliceUnit => ({
      id: derivedId('police-unit', unitId, from ?? ''),
      unitId,
      name: policeName(name),
      ...(from && { validFrom: from }),
      ...(to && { validTo: to }),
    }),
  )
  await store.rewritePoliceUnits(work, police)
}

/**
 * Imports rows of units.csv (interfaces.md). Wrong rows are reported with their reason, the others are imported; the
 * same file again changes nothing.
 */
export async function takeUnits(work: Work, rows: ImportRows): Promise<ReferenceImport> {
  const { count, good, rejected } = await readRows(rows, readUnit)
  await store.holdImports(work)
  const draft = new Draft(await store.allUnits(work), good)
  refuseOverlaps(draft)
  refuseOrphans(draft)

  const given = draft.given().map(({ row }) => row)
  const added = given.filter(row => !draft.known(row.id))
  const changed = given.filter(row => {
    const known = draft.known(row.id)
    return known && !sameUnit(known, row)
  })
  if (added.length + changed.length > 0) {
    await store.saveUnits(work, [...added, ...changed])
    await store.rewriteLineage(work)
    await rewritePolice(work)
  }
  return {
    read: count,
    added: added.length,
    changed: changed.length,
    unchanged: given.length - added.length - changed.length,
    rejected: [...rejected, ...draft.rejected].sort((a, b) => a.line - b.line),
  }
}
