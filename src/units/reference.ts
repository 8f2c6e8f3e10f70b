import { fileURLToPath } from 'node:url'
import { readCsv } from '../platform/csv/read-csv.ts'
import { asDay, dayBefore, parseDay } from '../platform/day.ts'
import { fromRoot } from '../platform/root.ts'
import type { Work } from '../platform/work.ts'
import type { Atlas } from './atlas.ts'
import { type ImportRows, type ReferenceImport, readRows } from './import.ts'
import type { PoliceRule } from './store.ts'
import * as store from './store.ts'
import { type Extent, levels, type Succession } from './unit.ts'

const shipped = (file: string) => fileURLToPath(fromRoot(`db/reference/${file}`))

export const readReferenceUnits = () => readCsv(shipped('units.csv'))

const successionFiles = ['unit-succession.csv', 'higher-unit-succession.csv']
const isExtent = (text: string): text is Extent => ['whole', 'part', 'rest'].includes(text)

/**
 * The old code is read on the eve of the day, the new one on the day: between them it may have passed to another unit.
 */
const readSuccession =
  (atlas: Atlas) =>
  (value: (column: string) => string): Succession | string => {
    const effectiveOn = parseDay(value('effective'))
    const extent = value('scope')
    if (!effectiveOn) return 'day-malformed: effective is YYYY-MM-DD'
    if (!isExtent(extent)) return 'scope-unknown: a scope is whole, part or rest'
    const [old, next] = [
      atlas.findOn(value('old_code'), dayBefore(effectiveOn)),
      atlas.findOn(value('new_code'), effectiveOn),
    ]
    if (!old) return `unit-unknown: no unit ${value('old_code')} stands before ${effectiveOn}`
    if (!next) return `unit-unknown: no unit ${value('new_code')} stands on ${effectiveOn}`
    if (old.id === next.id) return 'unit-goes-on: both are the same unit'
    return { oldId: old.id, newId: next.id, effectiveOn, extent, source: value('source') }
  }

/** Takes in rows of what became of units (db/reference/unit-succession.csv). */
export async function takeSuccessions(work: Work, rows: ImportRows, atlas: Atlas): Promise<ReferenceImport> {
  const { count, good, rejected } = await readRows(rows, readSuccession(atlas))
  const changed = await store.saveSuccessions(
    work,
    good.map(({ row }) => row),
  )
  return { read: count, added: changed, changed: 0, unchanged: good.length - changed, rejected }
}

async function* shippedSuccessions() {
  for (const file of successionFiles) yield* readCsv(shipped(file))
}

export const takeShippedSuccessions = (work: Work, atlas: Atlas) => takeSuccessions(work, shippedSuccessions(), atlas)

/** Where and when no police stand (db/reference/police-units.csv). Gives how many rules are new. */
export async function takePoliceRules(work: Work): Promise<number> {
  const { good } = await readRows(readCsv(shipped('police-units.csv')), (value): PoliceRule | string => {
    const level = levels.find(one => one === value('level'))
    if (!level) return 'level-unknown'
    const dayIn = (column: string) => (value(column) ? asDay(value(column)) : null)
    return {
      level,
      code: value('code'),
      absentFrom: dayIn('absent_from'),
      absentTo: dayIn('absent_to'),
      source: value('source'),
    }
  })
  return store.savePoliceRules(
    work,
    good.map(({ row }) => row),
  )
}
