import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { csvProblem } from './problems.ts'
import { RecordCutter, type RecordFault } from './record-cutter.ts'
import { csvLine } from './write-csv.ts'

export type CsvFault = RecordFault | 'field-count'

/**
 * `raw` is the line as it stands in the file, for a file of rejected rows; it may hold personal data and never goes to
 * a log.
 */
export type BrokenRow = { readonly line: number; readonly error: CsvFault; readonly raw: string }

/**
 * Some hundreds of rows at once. `lines[i]` is the line of the file, from 1, on which `rows[i]` begins; a row has a
 * value for each column.
 */
export type CsvBatch = {
  readonly columns: readonly string[]
  readonly rows: string[][]
  readonly lines: number[]
  readonly broken: BrokenRow[]
}

export type CsvOptions = {
  /** Columns that must be there; others may be there too, and the order is free. */
  readonly columns?: readonly string[]
  readonly delimiter?: string
  /** The longest row that is read, in characters; a longer one is broken. By default a million. */
  readonly maxRowBytes?: number
}

/** Bytes read at a time; a batch holds the rows of one such piece. */
const pieceBytes = 1 << 18

type Collected = { rows: string[][]; lines: number[]; broken: BrokenRow[] }
const emptyBatch = (): Collected => ({ rows: [], lines: [], broken: [] })

function checkHeader(columns: readonly string[], wanted: readonly string[]): void {
  const twice = columns.filter((name, i) => name !== '' && columns.indexOf(name) !== i)
  if (twice.length > 0) throw csvProblem('csv-column-twice', { columns: [...new Set(twice)] })

  const missing = wanted.filter(name => !columns.includes(name))
  if (missing.length > 0) throw csvProblem('csv-column-missing', { columns: missing })
}

/** The longest row that is read, in characters, where the options do not say. */
export const longestRow = 1_000_000

/** A cutter whose first record becomes the header and whose other records are collected, batch by batch. */
export function collector(options: CsvOptions) {
  let columns: readonly string[] | undefined
  let collected = emptyBatch()
  const isBlankLine = (fields: string[]) => fields.length === 1 && fields[0] === ''

  const cutter = new RecordCutter(
    { delimiter: options.delimiter ?? ',', longestRecord: options.maxRowBytes ?? longestRow, strayQuotes: 'refuse' },
    {
      record: (line, fields) => {
        if (isBlankLine(fields)) return
        if (!columns) {
          checkHeader(fields, options.columns ?? [])
          columns = fields
        } else if (fields.length !== columns.length) {
          collected.broken.push({
            line,
            error: 'field-count',
            raw: csvLine(fields, { formulas: 'keep', delimiter: options.delimiter }),
          })
        } else {
          collected.rows.push(fields)
          collected.lines.push(line)
        }
      },
      fault: (line, error, raw) => {
        if (!columns) throw csvProblem('csv-header-broken', { line })
        collected.broken.push({ line, error, raw: raw.replace(/\r$/, '') })
      },
    },
  )

  const take = (): CsvBatch | undefined => {
    if (!columns || (collected.rows.length === 0 && collected.broken.length === 0)) return undefined
    const batch = { columns, ...collected }
    collected = emptyBatch()
    return batch
  }
  return { cutter, take, columns: () => columns }
}

/**
 * Reads a CSV file (RFC 4180; UTF-8, with or without byte order mark) in batches of some hundreds of rows, for millions
 * of them: bench figures stand beside `csv.test.ts`. Blank lines are passed over; blanks around values are trimmed,
 * those inside quotes stay. The strings are views on the piece they were cut from: who keeps a few of many for long
 * copies them. Throws csv-not-utf8, csv-empty, csv-column-missing, csv-column-twice.
 */
export async function* readCsvRows(source: string | Readable, options: CsvOptions = {}): AsyncGenerator<CsvBatch> {
  const stream = typeof source === 'string' ? createReadStream(source, { highWaterMark: pieceBytes }) : source
  const { cutter, take, columns } = collector(options)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (bytes?: Uint8Array) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw csvProblem('csv-not-utf8')
    }
  }

  for await (const piece of stream) {
    cutter.push(typeof piece === 'string' ? piece : decode(piece), false)
    const batch = take()
    if (batch) yield batch
  }
  cutter.push(decode(), true)
  if (!columns()) throw csvProblem('csv-empty')
  const batch = take()
  if (batch) yield batch
}

export type CsvRow =
  | { readonly line: number; readonly values: Record<string, string>; readonly error?: undefined }
  | (BrokenRow & { readonly values?: undefined })

/**
 * The same a row at a time, each with its values by column; convenient where the file is small. Rows come in the order
 * of the file.
 */
export async function* readCsv(source: string | Readable, options: CsvOptions = {}): AsyncGenerator<CsvRow> {
  for await (const { columns, rows, lines, broken } of readCsvRows(source, options)) {
    let b = 0
    for (const [i, row] of rows.entries()) {
      const line = lines[i] ?? 0
      for (; b < broken.length && (broken[b]?.line ?? 0) < line; b++) yield broken[b] as BrokenRow
      const values: Record<string, string> = {}
      for (const [c, name] of columns.entries()) values[name] = row[c] ?? ''
      yield { line, values }
    }
    yield* broken.slice(b)
  }
}
