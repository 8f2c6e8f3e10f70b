import type { QuickRow, QuickSheet } from '../contract.ts'
import type { SheetPaper } from './sheet-notes.ts'
import type { SheetMetric } from './words.ts'

/** Which lines a sheet has, in which order, and which of them are silence. Pure. */

/** Units in administrative order, that is by their codes, so that a sheet can be laid beside yesterday's. */
export const rowsInOrder = ({ below }: QuickSheet): QuickRow[] =>
  below.toSorted((a, b) => (a.unit.code < b.unit.code ? -1 : a.unit.code > b.unit.code ? 1 : 0))

/** People of the campaign in none of the units: without their line the units would not sum to the whole. */
export const hasBeyond = ({ elsewhere, below }: QuickSheet) =>
  below.length > 0 && (elsewhere.members > 0 || elsewhere.cumulative !== 0 || elsewhere.today !== 0)

type RatedRow = QuickRow & { readonly rate: NonNullable<QuickRow['rate']> }

/** Units that have a rate, the best first. */
export const rowsByRate = (sheet: QuickSheet): RatedRow[] =>
  rowsInOrder(sheet)
    .filter((row): row is RatedRow => row.rate !== null)
    .toSorted((a, b) => b.rate.exact - a.rate.exact)

export const notReportedNames = (sheet: QuickSheet, { silentUnits }: SheetPaper): readonly string[] =>
  silentUnits ?? rowsInOrder(sheet).flatMap(({ silent, unit }) => (silent ? [unit.name] : []))

const workMetrics: ReadonlySet<SheetMetric> = new Set(['sessions-held', 'sites', 'officer-hours', 'overtime-hours'])
export const countsPeople = (metric: SheetMetric) => !workMetrics.has(metric)

/** Whether a unit's empty day is to be seen as silence, not as a nought. */
export const isDayNotReported = ({ silent, today }: QuickRow) => silent && today === 0
