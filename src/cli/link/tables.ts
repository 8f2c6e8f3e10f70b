import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { Readable } from 'node:stream'
import type { SharedBlocks } from '../../linkage/blocking/blocks.ts'
import type { PairCandidates } from '../../linkage/deciding/best-candidates.ts'
import type { SharedValues } from '../../linkage/deciding/link-weights.ts'
import type { KindName } from '../../linkage/file-columns/file-columns.ts'
import type { LinkSettings } from '../../linkage/file-columns/link-settings.ts'
import {
  columnFromShared,
  emptyRows,
  encodeColumns,
  fillRows,
  halvesOf,
  type LinkTables,
  type Range,
  RawSide,
  type SharedColumn,
  sizesOf,
  type TableSizes,
  tablesOf,
  toSharedColumn,
} from '../../linkage/file-columns/link-table.ts'
import type { Patterns } from '../../linkage/learning/em.ts'
import type { LinkModel } from '../../linkage/learning/link-model.ts'
import { linkProblem } from '../../linkage/problems.ts'
import type { SecondThread } from '../../linkage/second-thread.ts'
import { sniffDelimiter } from '../../platform/csv/delimiter.ts'
import { readCsvRows } from '../../platform/csv/read-csv.ts'
import { openWorkerPool, type WorkerPool } from '../../platform/jobs/worker-pool.ts'
import { type LinkPaths, type ReadSide, type RunControl, readSide } from './files.ts'

/** Two files, or one, and which of the settings' fields a thread reads of them. */
export type FilesToRead = {
  readonly left: string
  readonly right: string | undefined
  readonly settings: LinkSettings
  readonly fields: readonly number[]
}

export type ThreadTask =
  | { readonly what: 'read'; readonly files: FilesToRead }
  | { readonly what: 'columns'; readonly columns: readonly SharedColumn[]; readonly rows: ReturnType<typeof emptyRows> }
  | { readonly what: 'index'; readonly rules: LinkSettings['blocking']; readonly mostPairsPerRule: number }
  | { readonly what: 'patterns'; readonly pairs: Range }
  | { readonly what: 'shared-values' }
  | { readonly what: 'scan'; readonly blocks: SharedBlocks; readonly model: LinkModel; readonly rows: Range }

export type ColumnsElsewhere = {
  readonly sizes: TableSizes
  readonly columns: readonly SharedColumn[]
}

export type ReadTables = {
  readonly tables: LinkTables
  readonly left: ReadSide
  /** The same as the left of one file. */
  readonly right: ReadSide
  readonly secondThread: SecondThread | undefined
}

/** Below so many bytes a second thread costs more than it saves. */
const worthwhileBytes = 8_000_000

/**
 * Reads one file or two into columns that can be compared, and does something with them. Where there are two processors
 * and the files are large, a second thread reads some of the columns, and then does its share of the comparing.
 */
export async function withTables<T>(
  paths: Pick<LinkPaths, 'left' | 'right'>,
  settings: LinkSettings,
  control: RunControl,
  use: (read: ReadTables) => Promise<T>,
  { worthwhileFrom = worthwhileBytes, processors = availableParallelism() } = {},
): Promise<T> {
  const sizes = await Promise.all([paths.left, paths.right].map(path => (path ? sizeOf(path) : 0)))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  if (bytes < worthwhileFrom || processors < 2) return use(await readAlone(paths, settings, control))
  const thread = openWorkerPool<ThreadTask, unknown>(new URL('./second-thread.ts', import.meta.url), {
    count: 1,
    megabytes: 4096,
    youngMegabytes: 64,
  })
  try {
    return await use(await readWith(thread, paths, settings, control))
  } finally {
    await thread.close()
  }
}

const sizeOf = (path: string) =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )

async function readSides(
  { left: leftPath, right: rightPath }: Pick<LinkPaths, 'left' | 'right'>,
  settings: LinkSettings,
  fields: readonly number[],
  control: RunControl,
) {
  const own = fields.flatMap(at => settings.fields[at] ?? [])
  const left = await readSide(leftPath, 'left', settings, { side: new RawSide(own), fields }, control)
  if (rightPath === undefined) return { left, columns: encodeColumns(own, left.side) }
  const side = new RawSide(own, left.side)
  const right = await readSide(rightPath, 'right', settings, { side, fields }, control)
  const columns = encodeColumns(own, left.side, right.side)
  return { left, right, columns }
}

async function readAlone(
  paths: Pick<LinkPaths, 'left' | 'right'>,
  settings: LinkSettings,
  control: RunControl,
): Promise<ReadTables> {
  const { left, right, columns } = await readSides(paths, settings, [...settings.fields.keys()], control)
  const tables = tablesOf(columns, sizesOf(left.side, right?.side))
  return { left, right: right ?? left, tables, secondThread: undefined }
}

async function readWith(
  thread: WorkerPool<ThreadTask, unknown>,
  { left: leftPath, right: rightPath }: Pick<LinkPaths, 'left' | 'right'>,
  settings: LinkSettings,
  control: RunControl,
): Promise<ReadTables> {
  const shares = await shareFields(rightPath ?? leftPath, rightPath === undefined ? 'left' : 'right', settings)
  /** What is not awaited, since something failed before, is no fault of its own. */
  const ask = <Answer>(task: ThreadTask): Promise<Answer> => {
    const answer = (thread.ask(task, control.stopped) as Promise<Answer>).catch((error: unknown) => {
      throw control.stopped.aborted ? linkProblem('link-cancelled') : error
    })
    answer.catch(() => undefined)
    return answer
  }
  const files: FilesToRead = { left: leftPath, right: rightPath, settings, fields: shares.second }
  const asked = ask<ColumnsElsewhere>({ what: 'read', files })
  const { left, right, columns } = await readSides(
    { left: leftPath, right: rightPath },
    settings,
    shares.first,
    control,
  )
  const elsewhere = await asked
  const sizes = sizesOf(left.side, right?.side)
  if (elsewhere.sizes.leftRows !== sizes.leftRows || elsewhere.sizes.rightRows !== sizes.rightRows)
    throw linkProblem('link-file-changed')
  const all = settings.fields.flatMap((field, at) => {
    const own = columns[shares.first.indexOf(at)]
    const other = elsewhere.columns[shares.second.indexOf(at)]
    return own ?? (other ? columnFromShared(field, other) : [])
  })
  const rows = emptyRows(sizes, all.length)
  const shared = columns.map(toSharedColumn)
  const joined = ask({ what: 'columns', columns: shared, rows })
  fillRows(rows.left, all, 'left', { from: 0, to: sizes.leftRows })
  if (!sizes.isOneFile) fillRows(rows.right, all, 'right', halvesOf(sizes.rightRows)[0])
  await joined
  const secondThread: SecondThread = {
    indexRules: (rules, mostPairsPerRule) => ask<SharedBlocks>({ what: 'index', rules, mostPairsPerRule }),
    randomPatterns: pairs => ask<Patterns>({ what: 'patterns', pairs }),
    sharedValues: () => ask<SharedValues>({ what: 'shared-values' }),
    scan: (blocks, model, rows) => ask<PairCandidates>({ what: 'scan', blocks, model, rows }),
  }
  return { left, right: right ?? left, tables: { ...sizes, columns: all, ...rows }, secondThread }
}

/** About what a cell costs to read, and what a text costs that differs from all before: seconds for a million. */
const cellCost = 0.03
const textCosts: Readonly<Record<KindName, number>> = {
  name: 0.37,
  string: 0.25,
  number: 0.13,
  'given-name': 0.12,
  date: 0.04,
  exact: 0.04,
}
/** The first thread keeps the ids too; the second one has to be started. */
const idCost = 0.08
const startCost = 0.1

/** Which fields each thread reads, in the order of the settings: about as much work for both, by how a file begins. */
async function shareFields(path: string, which: 'left' | 'right', settings: LinkSettings) {
  const { differing, rows } = await lookAtBeginning(path, which, settings)
  const byCost = settings.fields
    .map(({ kind }, at) => ({ at, cost: cellCost + (textCosts[kind] * (differing[at] ?? 0)) / Math.max(1, rows) }))
    .sort((a, b) => b.cost - a.cost)
  const [first, second]: [number[], number[]] = [[], []]
  let [ofFirst, ofSecond] = [idCost, startCost]
  for (const { at, cost } of byCost)
    if (ofSecond <= ofFirst) {
      second.push(at)
      ofSecond += cost
    } else {
      first.push(at)
      ofFirst += cost
    }
  const inOrder = (fields: readonly number[]) => fields.toSorted((a, b) => a - b)
  return { first: inOrder(first), second: inOrder(second) }
}

/** How many texts of each field differ among the first rows. */
async function lookAtBeginning(path: string, which: 'left' | 'right', { fields }: LinkSettings) {
  const seen = fields.map(() => new Set<string>())
  let rows = 0
  const stream = createReadStream(path, { highWaterMark: 1 << 17, end: (1 << 17) - 1 })
  try {
    let beginning = ''
    for await (const piece of stream.setEncoding('utf8')) beginning += piece
    for await (const batch of readCsvRows(Readable.from([beginning]), { delimiter: sniffDelimiter(beginning) })) {
      const places = fields.map(field => batch.columns.indexOf(field[which]))
      for (const row of batch.rows) {
        rows++
        for (const [at, place] of places.entries()) if (row[place]) seen[at]?.add(row[place])
      }
    }
  } catch {
    // What is wrong with the file is said by whoever reads it.
  }
  return { differing: seen.map(({ size }) => size), rows }
}
