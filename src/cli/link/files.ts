import { createReadStream } from 'node:fs'
import { open, readFile, stat, writeFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import type { RuleReport } from '../../linkage/blocking/blocks.ts'
import { type LinkSettings, readLinkSettings } from '../../linkage/file-columns/link-settings.ts'
import type { RawSide, RowPlaces } from '../../linkage/file-columns/link-table.ts'
import { type LinkModelFile, readModel } from '../../linkage/learning/link-model.ts'
import { linkProblem } from '../../linkage/problems.ts'
import type { LinkProgress } from '../../linkage/two-files.ts'
import { stopwatch } from '../../platform/clock.ts'
import { ByteRowReader, type ByteRows } from '../../platform/csv/byte-rows.ts'
import { sniffDelimiter } from '../../platform/csv/delimiter.ts'
import { Problem } from '../../platform/problem.ts'
import { isUnwritable, writeWholeFile } from '../whole-file.ts'

/** What the command does with its files, whether they are one or two: reads them in steps, and writes whole ones. */

type Side = 'left' | 'right'
export type ReadSide = { readonly side: RawSide; readonly broken: readonly number[] }

/** The paths that the command was given. */
export type LinkPaths = {
  readonly left: string
  readonly right: string | undefined
  readonly settings: string
  readonly out: string
  readonly model: string | undefined
  readonly saveModel: string | undefined
}

/** What a command that was stopped must not leave behind, and what it asks between two steps. */
export type RunControl = {
  readonly stopped: AbortSignal
  readonly progress: (done: number, total: number, what: string) => void
}

/** Runs a computation to its end, with room between its steps for a signal to arrive. */
export async function runSteps<T>(
  steps: AsyncGenerator<LinkProgress, T>,
  { stopped, progress }: RunControl,
): Promise<T> {
  let elapsed = stopwatch()
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
    if (elapsed() < 50) continue
    await setImmediate()
    if (stopped.aborted) throw linkProblem('link-cancelled')
    const { what, done, total } = step.value
    if (total > 0) progress(done, total, what)
    elapsed = stopwatch()
  }
}

async function readTextFile(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => {
    throw linkProblem('link-file-missing', { file: path })
  })
}

async function beginningOf(path: string): Promise<string> {
  const file = await open(path).catch(() => {
    throw linkProblem('link-file-missing', { file: path })
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(50_000), 0, 50_000, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } catch {
    throw linkProblem('link-file-missing', { file: path })
  } finally {
    await file.close()
  }
}

/** A file that cannot be written is refused before the work and not after it. */
export async function assertWritable(path: string | undefined): Promise<void> {
  if (path !== undefined && (await isUnwritable(path))) throw linkProblem('link-folder-unwritable', { file: path })
}

/** Bytes read at a time. */
const pieceBytes = 1 << 18

/** Reads the id and some fields of a file into the columns of a side; the rest of its columns are passed over. */
export async function readSide(
  path: string,
  which: Side,
  settings: LinkSettings,
  { side, fields }: { readonly side: RawSide; readonly fields: readonly number[] },
  control: RunControl,
): Promise<ReadSide> {
  const broken = await readRows(path, which, { settings, fields }, control, (rows, places) => side.add(rows, places))
  return { side, broken }
}

/** Takes the rows of a file one after another, some of the fields of each; gives the lines that are broken. */
export async function readRows(
  path: string,
  which: Side,
  { settings, fields }: { readonly settings: LinkSettings; readonly fields: readonly number[] },
  { stopped, progress }: RunControl,
  take: (rows: ByteRows, places: RowPlaces) => ReturnType<RawSide['add']>,
): Promise<readonly number[]> {
  const beginning = await beginningOf(path)
  const delimiter = sniffDelimiter(beginning)
  const idColumn = which === 'left' ? settings.leftId : settings.rightId
  const columns = [idColumn, ...settings.fields.map(field => field[which])]
  const broken: number[] = []
  let places: RowPlaces | undefined
  const reader = new ByteRowReader(
    { delimiter, columns },
    {
      rows(rows, header) {
        places ??= {
          id: header.indexOf(idColumn),
          fields: fields.map(at => header.indexOf(settings.fields[at]?.[which] ?? '')),
        }
        const wrong = take(rows, places)
        if (!wrong) return
        throw linkProblem(`link-id-${wrong.fault}`, { file: path, column: idColumn, line: rows.lines[wrong.row] })
      },
      broken: line => broken.push(line),
    },
  )
  const stream = createReadStream(path, { highWaterMark: pieceBytes })
  const { size } = await stat(path)
  try {
    for await (const piece of stream) {
      if (stopped.aborted) throw linkProblem('link-cancelled')
      progress(stream.bytesRead, size, `reading the ${which} file`)
      reader.push(piece)
    }
    reader.end()
  } catch (error) {
    if (!(error instanceof Problem) || !error.code.startsWith('csv-')) throw error
    if (error.code !== 'csv-column-missing') throw new Problem(error.code, error.kind, { ...error.facts, file: path })
    const has = (beginning.split(/\r?\n/)[0] ?? '').split(delimiter).map(column => column.trim())
    throw linkProblem('link-column-missing', { file: path, missing: error.facts['columns'], has })
  }
  return broken
}

/** The settings, and the model where one was given. */
export async function readSettings(paths: LinkPaths, files: 'one file' | 'two files') {
  const { settings, unknown } = readLinkSettings(await readTextFile(paths.settings), files)
  if (unknown.length > 0) process.stderr.write(`The settings have ${unknown.join(', ')}, which nothing reads.\n`)
  const given = paths.model === undefined ? undefined : readModel(await readTextFile(paths.model), settings.fields)
  return { settings, given }
}

export async function saveModelTo(path: string | undefined, model: LinkModelFile): Promise<void> {
  if (path !== undefined)
    await writeWholeFile(path, partial => writeFile(partial, `${JSON.stringify(model, undefined, 2)}\n`))
}

/** A file as the answer tells of it. */
export const sideInDocument = (file: string, { side, broken }: ReadSide) => ({
  file,
  rows: side.ids.size,
  broken: broken.length,
  brokenLines: broken.slice(0, 20),
})

/** Rules of which blocks were left out. */
export const leftOutLines = ({ blocking }: { readonly blocking: readonly RuleReport[] }) =>
  blocking
    .filter(({ blocksLeftOut }) => blocksLeftOut > 0)
    .map(
      ({ fields, blocksLeftOut, pairsLeftOut }) =>
        `  ${blocksLeftOut} blocks of ${fields.join(' + ')} are too large: ${pairsLeftOut} pairs were not ` +
        'compared by this rule',
    )

export const roundTo = (value: number, digits: number) => Number(value.toFixed(digits))
export const seconds = (milliseconds: number) => roundTo(milliseconds / 1000, 2)
/** Of this process, all its threads counted. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return seconds((user + system) / 1000)
}
