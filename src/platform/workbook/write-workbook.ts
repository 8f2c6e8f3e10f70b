import { createWriteStream } from 'node:fs'
import type { Duplex, Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setImmediate, setTimeout } from 'node:timers/promises'
import type exceljs from 'exceljs'
import { neutraliseFormula } from '../csv/write-csv.ts'
import { asDay, daysBetween, parseDay } from '../day.ts'
import { rehearsalText } from '../pages/rehearsal-mark.ts'
import {
  type ColumnFormat,
  columnWidth,
  headerStyle,
  lineStyle,
  numberFormats,
  pageNumbers,
  printedPage,
  titleStyle,
  type WorkbookColumn,
} from './exported-look.ts'

export type WorkbookValue = string | number | boolean | null | undefined
type Rows = Iterable<readonly WorkbookValue[]> | AsyncIterable<readonly WorkbookValue[]>

export type SheetToWrite = {
  readonly name: string
  /** Lines of text that stand above the header: what this is, as of when, by whom. */
  readonly above?: readonly string[]
  readonly columns: readonly WorkbookColumn[]
  readonly rows: Rows
}

export type WorkbookToWrite = {
  readonly sheets: readonly SheetToWrite[]
  readonly properties?: { readonly title?: string; readonly author?: string; readonly createdAt?: Date }
}

const longestText = 32_767
const rowsBetweenBreaths = 500
const bytesThatMayWait = 1024 * 1024

/**
 * Letters that XML cannot hold, and text that would be read as such a letter, in the way of ECMA-376 part 1, 22.9.2.19.
 */
const escapeForXml = (text: string) =>
  text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      /[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]/g,
      letter => `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )

const textValue = (text: string) => escapeForXml(neutraliseFormula(text.slice(0, longestText)))

/** Earlier days have no number in the calendar of Excel, which also has a day that never was. */
const firstDay = asDay('1900-03-01')
const dayZero = asDay('1899-12-30')

function dayValue(text: string): string | number {
  const day = parseDay(text)
  return day && day >= firstDay ? daysBetween(dayZero, day) : textValue(text)
}

function cellValue(value: WorkbookValue, format: ColumnFormat | undefined): string | number | boolean | null {
  if (value === null || value === undefined || value === '') return null
  if (format === 'day') return dayValue(String(value))
  if (format === 'text' || typeof value === 'string') return textValue(String(value))
  return typeof value === 'number' && !Number.isFinite(value) ? null : value
}

/** Names that Excel accepts: 31 letters, none of []:*?/\, no quote, each once whatever its capitals. */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>()
  return wanted.map((name, i) => {
    const clean =
      escapeForXml(name)
        .replace(/[[\]:*?/\\']/g, ' ')
        .trim()
        .slice(0, 31)
        .trim() || `Sheet${i + 1}`
    let unique = clean
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${clean.slice(0, 31 - ` (${n})`.length)} (${n})`
    taken.add(unique.toLowerCase())
    return unique
  })
}

function addSheet(workbook: exceljs.stream.xlsx.WorkbookWriter, name: string, { columns, above = [] }: SheetToWrite) {
  const headerRow = above.length + 1
  const mark = rehearsalText('vi')
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: headerRow }],
    pageSetup: { ...printedPage(columns), printTitlesRow: `${headerRow}:${headerRow}` },
    headerFooter: { ...pageNumbers, ...(mark && { oddHeader: `&C${mark}` }) },
  })
  sheet.columns = columns.map(column => ({
    width: columnWidth(column),
    ...(column.format && { style: { numFmt: numberFormats[column.format] } }),
  }))
  if (columns.length > 0)
    sheet.autoFilter = { from: { row: headerRow, column: 1 }, to: { row: headerRow, column: columns.length } }
  return sheet
}

type WaitForDrain = (sheet: exceljs.Worksheet) => Promise<void>

/**
 * What the zip has not yet taken of a sheet; exceljs 4.4 keeps the streams that wait under this name and offers no
 * other way to ask.
 */
function bytesWaiting(sheet: exceljs.Worksheet): number {
  const { stream } = sheet as unknown as { readonly stream?: { readonly pipes?: readonly Partial<Duplex>[] } }
  return (stream?.pipes ?? []).reduce((sum, pipe) => sum + (pipe.writableLength ?? 0) + (pipe.readableLength ?? 0), 0)
}

async function writeSheet(
  workbook: exceljs.stream.xlsx.WorkbookWriter,
  name: string,
  sheet: SheetToWrite,
  breathe: WaitForDrain,
) {
  const target = addSheet(workbook, name, sheet)
  // In the first line, not in one of its own: whoever reads a sheet back finds its header where it always is.
  const mark = rehearsalText('vi')
  for (const [i, line] of (sheet.above ?? []).entries()) {
    const row = target.addRow([textValue(mark && i === 0 ? `${mark} · ${line}` : line)])
    row.getCell(1).style = i === 0 ? titleStyle : lineStyle
    row.commit()
  }
  const header = target.addRow(sheet.columns.map(column => textValue(column.header)))
  header.eachCell(cell => {
    cell.style = headerStyle
  })
  header.commit()

  let count = 0
  for await (const row of sheet.rows) {
    target.addRow(sheet.columns.map(({ format }, i) => cellValue(row[i], format))).commit()
    if (++count % rowsBetweenBreaths === 0) await breathe(target)
  }
  target.commit()
  return count
}

/**
 * Writes an Excel workbook row by row, ready to be printed on A4: the header is frozen, filtered and repeated on each
 * page. Text is always a text cell, so that a number of twelve digits keeps its zero; what would start a formula gets
 * an apostrophe before it, since people save such sheets as CSV. A day is 'YYYY-MM-DD' (a partial one stays text).
 * Gives the number of rows of each sheet; a stream given is ended.
 */
export async function writeWorkbook(
  target: string | Writable,
  { sheets, properties = {} }: WorkbookToWrite,
): Promise<number[]> {
  const stream = typeof target === 'string' ? createWriteStream(target) : target
  const done = finished(stream, { readable: false })
  done.catch(() => {})

  // Hundreds of modules, which only those who write a workbook wait for.
  const { default: excel } = await import('exceljs')
  const workbook = new excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  workbook.creator = escapeForXml(properties.author ?? '')
  if (properties.title) workbook.title = escapeForXml(properties.title)
  if (properties.createdAt) [workbook.created, workbook.modified] = [properties.createdAt, properties.createdAt]

  // exceljs takes rows however slow its target is: wait here, so that they do not pile up in memory.
  const breathe: WaitForDrain = async sheet => {
    await Promise.race([setImmediate(), done])
    while (bytesWaiting(sheet) + stream.writableLength > bytesThatMayWait) await Promise.race([setTimeout(5), done])
  }
  try {
    const counts: number[] = []
    const names = sheetNames(sheets.map(sheet => sheet.name))
    for (const [i, sheet] of sheets.entries()) counts.push(await writeSheet(workbook, names[i] ?? '', sheet, breathe))
    await Promise.all([workbook.commit(), done])
    return counts
  } catch (error) {
    stream.destroy()
    throw error
  }
}
