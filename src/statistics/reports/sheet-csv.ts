import { csvLine } from '../../platform/csv/write-csv.ts'
import type { QuickSheet } from '../contract.ts'
import { figuresOf, fileColumns } from './sheet-column.ts'
import { rowsInOrder } from './sheet-rows.ts'

/** A share with all its digits and without an exponent, which not every reader takes: 5e-7 is 0.0000005. */
export function decimalText(share: number): string {
  const [, digits, places] = /^(.+)e-(\d+)$/.exec(String(share)) ?? []
  if (!digits || !places) return String(share)
  return `0.${'0'.repeat(Number(places) - 1)}${digits.replace('.', '')}`
}

/**
 * Quick statistics as CSV (RFC 4180, UTF-8 without byte order mark): a header, then of each sheet the whole and the
 * units below by code. `unit` is the code, `rate` the exact share (0.16597510373443983); target and rate are empty
 * where none is set.
 */
export function sheetCsv(sheets: QuickSheet | readonly QuickSheet[]): string {
  const line = (figures: ReturnType<typeof figuresOf>) =>
    csvLine(
      fileColumns.map(name =>
        name === 'rate' && figures.rate !== null ? decimalText(Number(figures.rate)) : figures[name],
      ),
    )
  const lines = [sheets]
    .flat()
    .flatMap(sheet => [sheet.whole, ...rowsInOrder(sheet)].map(row => line(figuresOf(sheet, row))))
  return [csvLine(fileColumns), ...lines, ''].join('\n')
}
