import { readFile, stat } from 'node:fs/promises'
import { sniffDelimiter } from '../csv/delimiter.ts'
import { RecordCutter } from '../csv/record-cutter.ts'
import { fileKind } from './kind.ts'
import { workbookProblem } from './problems.ts'
import { openWorkbook, type SheetRow, type Workbook, type WorkbookLimits } from './read-workbook.ts'
import { storable } from './strings.ts'

/**
 * How the letters of a text file were read; `bytes` = one letter a byte, which keeps legacy encodings for the caller to
 * tell and fold.
 */
export type TextEncoding = 'utf-8' | 'utf-16' | 'bytes'

/** A workbook, or a CSV file in its shape: one sheet, whose rows are numbered as a spreadsheet would number them. */
export type Table = Workbook & { readonly format: 'xlsx' | 'csv'; readonly encoding?: TextEncoding }

/** A table in text is read whole: a whole province's pupils stay under it. */
const mostTextBytes = 128 * 1024 * 1024

function decoded(bytes: Buffer): { readonly text: string; readonly encoding: TextEncoding } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: bytes.toString('latin1'), encoding: 'bytes' }
  }
}

function textRows(text: string, limits: Partial<WorkbookLimits>): SheetRow[] {
  const mostRows = limits.rows ?? 1_048_576
  const mostColumns = limits.columns ?? 16_384
  const delimiter = sniffDelimiter(text)
  const rows: SheetRow[] = []
  let row = 0
  const take = (fields: readonly string[]) => {
    row++
    if (row > mostRows) throw workbookProblem('workbook-too-large', { row, limitRows: mostRows })
    if (fields.length > mostColumns)
      throw workbookProblem('workbook-too-large', { column: fields.length, limitColumns: mostColumns })
    const cells = fields.flatMap((value, i) =>
      value === '' ? [] : [{ column: i + 1, text: value, value, kind: 'text' as const }],
    )
    if (cells.length > 0) rows.push({ row, cells })
  }

  const cutter = new RecordCutter(
    { delimiter, longestRecord: limits.oneText ?? 1024 * 1024, strayQuotes: 'keep' },
    {
      record: (_, fields) => take(fields),
      fault: line => {
        throw workbookProblem('workbook-too-large', { line })
      },
    },
  )
  const body = storable(text)
    .replace(/^\ufeff/, '')
    .replace(/^sep=.\r?\n/i, '')
  cutter.push(body.includes('\n') ? body : body.replaceAll('\r', '\n'), true)
  return rows
}

async function readText(source: string | Buffer, limits: Partial<WorkbookLimits>): Promise<Table> {
  const size = typeof source === 'string' ? (await stat(source)).size : source.length
  const limit = limits.inflated ?? mostTextBytes
  if (size > limit) throw workbookProblem('workbook-too-large', { bytes: size, limitBytes: limit })

  const { text, encoding } = decoded(typeof source === 'string' ? await readFile(source) : source)
  async function* rows() {
    yield* textRows(text, limits)
  }
  return {
    format: 'csv',
    encoding,
    sheets: [{ name: '', index: 0, hidden: false }],
    date1904: false,
    rows,
    merges: async () => [],
    close: () => {},
  }
}

/**
 * One door for a table of a person's making, .xlsx or .csv. A workbook is known by its content, whatever its name; text
 * is read as CSV only under a name that says so (.csv, .tsv, .txt). Throws a workbook-… problem.
 */
export async function readTable(
  source: string | Buffer,
  filename: string,
  limits: Partial<WorkbookLimits> = {},
): Promise<Table> {
  const isText = /\.(?:csv|tsv|txt)$/i.test(filename) && (await fileKind(source)) === 'text'
  return isText ? readText(source, limits) : { ...(await openWorkbook(source, limits)), format: 'xlsx' }
}
