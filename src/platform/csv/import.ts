import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { sql } from 'kysely'
import type { Day } from '../day.ts'
import { loadInto } from '../postgres/bulk.ts'
import { type Authority, atThisMoment, type OpenWork, type Work } from '../work.ts'
import { readCsvRows } from './read-csv.ts'
import { csvLine } from './write-csv.ts'

/**
 * The file of rows that an import did not take: the columns as given, then line, reason, and the reason in words. Cells
 * cannot run as formulas.
 */
export type RejectedRows = {
  begin(columns: readonly string[]): void
  add(line: number, reason: string, values: readonly string[]): Promise<void>
  end(): Promise<void>
}

const nowhere: RejectedRows = { begin: () => {}, add: async () => {}, end: async () => {} }

/**
 * Opens with the first row: an import without rejected rows leaves no file, and removes an earlier one. `inWords` says
 * a reason to a person.
 */
export function rejectedRows(path: string | undefined, inWords: (reason: string) => string): RejectedRows {
  if (path === undefined) return nowhere
  let columns: readonly string[] = []
  let stream: WriteStream | undefined
  const open = () => {
    const file = createWriteStream(path, { mode: 0o600 })
    file.write(`\ufeff${csvLine([...columns, 'line', 'reason', 'ly_do'])}\n`)
    return file
  }
  return {
    begin(names) {
      columns = names
    },
    async add(line, reason, values) {
      stream ??= open()
      const cells = columns.map((_, i) => values[i] ?? '')
      if (!stream.write(`${csvLine([...cells, line, reason, inWords(reason)])}\n`)) await once(stream, 'drain')
    },
    async end() {
      if (!stream) return rm(path, { force: true })
      stream.end()
      await finished(stream)
    },
  }
}

/** A file with its hash (hexadecimal SHA-256, once it is read) and how far it is read (0 to 1). */
async function hashingStream(source: string | Readable) {
  const bytes = typeof source === 'string' ? (await stat(source)).size : undefined
  const stream = typeof source === 'string' ? createReadStream(source, { highWaterMark: 1 << 18 }) : source
  const hash = createHash('sha256')
  let read = 0
  const pieces = async function* () {
    for await (const piece of stream) {
      hash.update(piece)
      read += piece.length
      yield piece
    }
  }
  return {
    stream: Readable.from(pieces(), { objectMode: true }),
    share: () => (bytes ? read / bytes : 0),
    sha256: () => hash.digest('hex'),
  }
}

/** The codes of rows that no import can take, in words; a context adds its own. */
export const rowReasons = {
  'row-broken': ['dòng sai số cột hoặc sai dấu nháy', 'the row has a wrong number of fields or a stray quote'],
} as const

/** Values by column name; an absent column reads as empty. */
export type RowValues = (column: string) => string

/** The values of a row as they are loaded, or the code of why the row is not taken. */
type RowReader = (row: readonly string[], line: number) => readonly (string | number | null)[] | string

export type RowStaging = {
  /** Columns that the file must have. */
  readonly columns: readonly string[]
  /** A temporary table of the work and its columns, in the order of what a reader gives. */
  readonly target: string
  /** Makes the reader, once the header is known. */
  readerFor(header: readonly string[]): RowReader
  readonly rejected: RejectedRows
  onProgress?(share: number, rows: number): void
}

export type StagedRows = {
  readonly rows: number
  readonly rejected: number
  readonly reasons: Record<string, number>
  readonly sha256: string
}

/**
 * Reads a CSV into a temporary table; rows that are wrong by themselves go to the rejected. What only the database
 * knows is judged afterwards.
 */
export async function stageRows(
  work: Work,
  source: string | Readable,
  { columns, target, readerFor, rejected, onProgress }: RowStaging,
): Promise<StagedRows> {
  const file = await hashingStream(source)
  const load = loadInto(work.tx, target)
  const reasons: Record<string, number> = {}
  let [rows, refused] = [0, 0]
  const reject = async (line: number, reason: string, values: readonly string[]) => {
    refused += 1
    reasons[reason] = (reasons[reason] ?? 0) + 1
    await rejected.add(line, reason, values)
  }
  try {
    let read: RowReader | undefined
    for await (const batch of readCsvRows(file.stream, { columns })) {
      rejected.begin(batch.columns)
      read ??= readerFor(batch.columns)
      rows += batch.rows.length + batch.broken.length
      for (const { line, raw } of batch.broken) await reject(line, 'row-broken', [raw])
      for (let i = 0; i < batch.rows.length; i++) {
        const [row, line] = [batch.rows[i] ?? [], batch.lines[i] ?? 0]
        const found = read(row, line)
        if (typeof found === 'string') await reject(line, found, row)
        else load.add(found)
      }
      await load.settle()
      onProgress?.(file.share(), rows)
    }
    await load.end()
  } catch (error) {
    await load.abort(error instanceof Error ? error : new Error(String(error)))
    throw error
  }
  return { rows, rejected: refused, reasons, sha256: file.sha256() }
}

/** What an import did, for the command line and the deed. */
export type ImportCounts = {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly reasons: Readonly<Record<string, number>>
  readonly sha256: string
}

export type CsvImportOptions = {
  /**
   * The day of the extract, by default the business day. It moves states forward, and never undoes what a later extract
   * recorded.
   */
  readonly asOf?: Day | undefined
  /** Reports what would happen, and changes nothing. */
  readonly dryRun?: boolean | undefined
  /** The file for rows that are not taken; by default there is none. It is removed where no row is rejected. */
  readonly rejectedTo?: string | undefined
  onProgress?(share: number, rows: number): void
}

/** Adds the reasons that only the database could tell to those of the rows by themselves. */
function countReasons(
  first: Readonly<Record<string, number>>,
  late: readonly { readonly reason: string }[],
): Record<string, number> {
  const counts: Record<string, number> = { ...first }
  for (const { reason } of late) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

export type CsvImport = {
  readonly columns: readonly string[]
  /**
   * A temporary table of the work, `staged (line, raw, …)`: the line, the row as a JSON array, then what `read` gives,
   * in this order.
   */
  readonly target: string
  /** The values to load, or the code of why the row is not taken. */
  read(values: RowValues): readonly (string | number | null)[] | string
  /** Says a reason to a person. */
  readonly inWords: (reason: string) => string
  /** Makes the temporary table that `target` names; it has a column `reason` too. */
  prepare(work: Work): Promise<void>
  /** Waits for those who write the same things, and makes the next ones wait until the import has ended. */
  holdOff(work: Work): Promise<unknown>
  /** Gives each row that cannot be taken its reason. */
  validate(work: Work): Promise<void>
  count(work: Work): Promise<Pick<ImportCounts, 'added' | 'changed' | 'unchanged'>>
  /** Writes what is staged, and the deed. Left out where nothing is to change. */
  write(work: Work, counts: ImportCounts): Promise<void>
}

/**
 * Takes in a CSV through a staged table, in one transaction: rows that are wrong go to a file with a reason each, the
 * others are counted and written.
 */
export async function importCsv(
  openWork: OpenWork,
  authority: Authority,
  source: string | Readable,
  { rejectedTo, dryRun, onProgress }: CsvImportOptions,
  { columns, target, read, inWords, prepare, holdOff, validate, count, write }: CsvImport,
): Promise<ImportCounts> {
  const rejected = rejectedRows(rejectedTo, inWords)
  try {
    return await openWork(authority, async reading => {
      await prepare(reading)
      const staged = await stageRows(reading, source, {
        columns,
        target,
        readerFor: header => readerByName(header, read),
        rejected,
        onProgress: (share, rows) => onProgress?.(share * 0.6, rows),
      })
      await holdOff(reading)
      // Works that it waited for began after it and are written before it; its own changes are of a later moment.
      const work = atThisMoment(reading)
      await validate(work)
      const late = await refusedRows(work)
      for (const { line, raw, reason } of late) await rejected.add(line, reason, JSON.parse(raw) as string[])
      const counts = {
        rows: staged.rows,
        ...(await count(work)),
        rejected: staged.rejected + late.length,
        reasons: countReasons(staged.reasons, late),
        sha256: staged.sha256,
      }
      if (dryRun) return counts
      await write(work, counts)
      onProgress?.(1, staged.rows)
      return counts
    })
  } finally {
    await rejected.end()
  }
}

/** Reads values by the names of columns, and keeps the row as it came for the file of rejected rows. */
function readerByName(header: readonly string[], read: CsvImport['read']): RowReader {
  const place = new Map(header.map((name, i) => [name, i]))
  return (row, line) => {
    const found = read(column => row[place.get(column) ?? -1] ?? '')
    return typeof found === 'string' ? found : [line, JSON.stringify(row), ...found]
  }
}

type RefusedRow = { readonly line: number; readonly raw: string; readonly reason: string }

async function refusedRows({ tx }: Work): Promise<RefusedRow[]> {
  const { rows } =
    await sql<RefusedRow>`select line, raw, reason from staged where reason is not null order by line`.execute(tx)
  return rows
}
