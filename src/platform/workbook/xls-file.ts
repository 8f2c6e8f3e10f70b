import { createRequire } from 'node:module'
import type { CellObject } from '@e965/xlsx'
import { Problem } from '../problem.ts'
import type { Cell, SheetRow } from './cell.ts'
import { findStream } from './compound-file.ts'
import { type NumberFormatter, numberFormatter } from './number-formats-in-file.ts'
import { mostOtherCells, type OtherSheet } from './ods-file.ts'
import { workbookProblem } from './problems.ts'
import { storable } from './strings.ts'
import type { WorkbookLimits } from './zip.ts'

const require = createRequire(import.meta.url)
/** Loaded with the first old workbook. */
const xlsx = () => require('@e965/xlsx') as typeof import('@e965/xlsx')

/**
 * Workbooks of Excel 5 to 2003 ([MS-XLS], BIFF5 and BIFF8). A library reads the values; it drops fonts, without which
 * neither an old encoding nor a struck line is known, so these are taken from the records here.
 */

type CellStyle = { readonly font?: string; readonly struck?: true }
type SheetStyles = { readonly styles: ReadonlyMap<number, CellStyle>; readonly hiddenRows: ReadonlySet<number> }

const cellKey = (row: number, column: number) => row * 256 + column

const records = { font: 0x31, xf: 0xe0, boundSheet: 0x85, filePass: 0x2f, eof: 0x0a, mulRk: 0xbd, row: 0x208 } as const
/** FORMULA, NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING: row, column and format are their first six bytes. */
const cellRecords: ReadonlySet<number> = new Set([0x06, 0x203, 0x204, 0x205, 0x27e, 0xfd, 0xd6])

function* recordsFrom(stream: Buffer, from: number): Generator<{ readonly type: number; readonly data: Buffer }> {
  for (let at = from; at + 4 <= stream.length; ) {
    const [type, size] = [stream.readUInt16LE(at), stream.readUInt16LE(at + 2)]
    yield { type, data: stream.subarray(at + 4, at + 4 + size) }
    at += 4 + size
  }
}

/** A text of one byte for its length; in BIFF8 its flags say whether a letter has two bytes. */
function shortText(data: Buffer, at: number, isBiff8: boolean): string {
  const length = data[at] ?? 0
  if (!isBiff8) return data.toString('latin1', at + 1, at + 1 + length)
  const isWide = ((data[at + 1] ?? 0) & 1) === 1
  return isWide
    ? data.toString('utf16le', at + 2, at + 2 + 2 * length)
    : data.toString('latin1', at + 2, at + 2 + length)
}

/** Fonts and struck cells by the sheet's name; those of the usual font and not struck are left out. */
function stylesOf(stream: Buffer): ReadonlyMap<string, SheetStyles> {
  const isBiff8 = stream.length > 6 && stream.readUInt16LE(4) === 0x600
  const fonts: CellStyle[] = []
  const fontOfFormat: number[] = []
  const sheets: { readonly name: string; readonly at: number }[] = []
  for (const { type, data } of recordsFrom(stream, 0)) {
    if (type === records.eof) break
    if (type === records.filePass) throw workbookProblem('workbook-encrypted')
    if (type === records.font && data.length > 15) {
      const font = shortText(data, 14, isBiff8)
      fonts.push({ font, ...((data.readUInt16LE(2) & 8) !== 0 && { struck: true as const }) })
    }
    if (type === records.xf && data.length >= 4) fontOfFormat.push(data.readUInt16LE(0))
    if (type === records.boundSheet && data.length > 7)
      sheets.push({ at: data.readUInt32LE(0), name: shortText(data, 6, isBiff8) })
  }
  // There is no font 4: the format counts past it ([MS-XLS] 2.5.129).
  const styleOf = (format: number): CellStyle | undefined => {
    const font = fontOfFormat[format] ?? 0
    return fonts[font > 4 ? font - 1 : font]
  }
  return new Map(sheets.map(({ name, at }) => [name, sheetStyles(stream, at, styleOf)]))
}

function sheetStyles(stream: Buffer, from: number, styleOf: (format: number) => CellStyle | undefined): SheetStyles {
  const styles = new Map<number, CellStyle>()
  const hiddenRows = new Set<number>()
  const put = (row: number, column: number, format: number) => {
    const style = styleOf(format)
    if (style) styles.set(cellKey(row, column), style)
  }
  for (const { type, data } of recordsFrom(stream, from)) {
    if (type === records.eof) break
    if (cellRecords.has(type) && data.length >= 6) put(data.readUInt16LE(0), data.readUInt16LE(2), data.readUInt16LE(4))
    if (type === records.mulRk && data.length >= 6)
      for (let at = 4, column = data.readUInt16LE(2); at + 6 <= data.length - 2; at += 6, column++)
        put(data.readUInt16LE(0), column, data.readUInt16LE(at))
    if (type === records.row && data.length >= 14 && (data.readUInt16LE(12) & 0x20) !== 0)
      hiddenRows.add(data.readUInt16LE(0))
  }
  return { styles, hiddenRows }
}

/**
 * BOF, EOF, DATEMODE, CODEPAGE, BOUNDSHEET, FORMAT, XF, SST, STRING, MULRK and cells, with what goes on over a record:
 * all that values need. Links, notes, charts and the like are ranges over which the library loops as far as they say.
 */
const neededRecords: ReadonlySet<number> = new Set([
  ...cellRecords,
  ...[0x809, records.eof, 0x22, 0x42, records.boundSheet, 0x1e, 0x41e, records.xf, 0xfc, 0x207, records.mulRk],
])
const continuation = 0x3c
/** SELECTION: the library passes over it, whatever it holds. */
const passedOver = 0x1d

/** The same records in the same places; what values do not need is passed over. */
function withNeededRecords(stream: Buffer): Buffer {
  const kept = Buffer.from(stream)
  let isNeeded = false
  for (let at = 0; at + 4 <= kept.length; ) {
    const [type, size] = [kept.readUInt16LE(at), kept.readUInt16LE(at + 2)]
    isNeeded = neededRecords.has(type) || (type === continuation && isNeeded)
    if (!isNeeded) kept.writeUInt16LE(passedOver, at)
    at += 4 + size
  }
  return kept
}

const errorTexts: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
}

function oldContent(
  cell: CellObject,
  show: (format: string) => NumberFormatter,
): Pick<Cell, 'kind' | 'text' | 'value'> | undefined {
  const { v: value } = cell
  if (cell.t === 'e') {
    const text = errorTexts[Number(value)] ?? '#N/A'
    return { kind: 'error', text, value: text }
  }
  if (typeof value === 'boolean') return { kind: 'boolean', text: value ? 'TRUE' : 'FALSE', value }
  if (typeof value === 'number') return show(String(cell.z ?? 'General'))(value, String(value))
  const text = storable(String(value ?? ''))
  return text === '' ? undefined : { kind: 'text', text, value: text }
}

type DenseSheet = { readonly '!data'?: readonly (readonly (CellObject | undefined)[] | undefined)[] }

/** What the library throws is an error of any kind, or a text. */
const damagedXls = (error: unknown) => {
  if (error instanceof Problem) return error
  const detail = String((error as Error)?.message ?? error).slice(0, 200)
  return /password|encrypt/i.test(detail)
    ? workbookProblem('workbook-encrypted')
    : workbookProblem('workbook-damaged', { detail })
}

/** The sheets of an old workbook, read whole: call it in a thread with limits. Throws a workbook-… problem. */
export function readXls(content: Buffer, limits: WorkbookLimits): readonly OtherSheet[] {
  try {
    return sheetsOf(content, limits)
  } catch (error) {
    throw damagedXls(error)
  }
}

function sheetsOf(content: Buffer, limits: WorkbookLimits): readonly OtherSheet[] {
  const stream = findStream(content, ['Workbook', 'Book'])
  if (!stream) throw workbookProblem('workbook-damaged', { detail: 'a compound file without a workbook' })
  const bySheet = stylesOf(stream)
  const book = xlsx().read(withNeededRecords(stream), {
    type: 'buffer',
    dense: true,
    cellFormula: false,
    cellHTML: false,
    cellNF: true,
  })
  const from = book.Workbook?.WBProps?.date1904 ? 1904 : 1900
  const shows = new Map<string, NumberFormatter>()
  const show = (format: string) => {
    const known = shows.get(format) ?? numberFormatter(format, from)
    shows.set(format, known)
    return known
  }
  if (book.SheetNames.length === 0) throw workbookProblem('workbook-without-sheet')
  let total = 0
  return book.SheetNames.map((name, i) => {
    const { '!data': data = [] } = (book.Sheets[name] ?? {}) as DenseSheet
    const { styles, hiddenRows } = bySheet.get(name) ?? { styles: new Map<number, CellStyle>(), hiddenRows: new Set() }
    const rows: SheetRow[] = []
    data.forEach((line, row) => {
      if (row + 1 > limits.rows) throw workbookProblem('workbook-too-large', { row: row + 1, limitRows: limits.rows })
      const cells: Cell[] = []
      line?.forEach((cell, column) => {
        const found = cell && oldContent(cell, show)
        if (!found || found.text === '') return
        if (++total > mostOtherCells) throw workbookProblem('workbook-too-large', { cells: total })
        cells.push({ column: column + 1, ...found, ...styles.get(cellKey(row, column)) })
      })
      if (cells.length > 0) rows.push({ row: row + 1, ...(hiddenRows.has(row) && { hidden: true as const }), cells })
    })
    return { name: storable(name), hidden: (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) > 0, rows }
  })
}
