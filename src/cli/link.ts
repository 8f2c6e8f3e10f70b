import { createReadStream } from 'node:fs'
import { access, constants, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { RuleReport } from '../linkage/blocking/blocks.ts'
import type { Partner } from '../linkage/deciding/best-candidates.ts'
import type { Dictionary } from '../linkage/file-columns/distinct-texts.ts'
import { type LinkSettings, readLinkSettings } from '../linkage/file-columns/link-settings.ts'
import { encodeTables, RawSide } from '../linkage/file-columns/link-table.ts'
import { type LinkModelFile, readModel, toLinkModelFile } from '../linkage/learning/link-model.ts'
import { linkProblem } from '../linkage/problems.ts'
import { type LinkProgress, linkTables } from '../linkage/two-files.ts'
import { stopwatch } from '../platform/clock.ts'
import { sniffDelimiter } from '../platform/csv/delimiter.ts'
import { readCsvRows } from '../platform/csv/read-csv.ts'
import { writeCsv } from '../platform/csv/write-csv.ts'
import { Problem } from '../platform/problem.ts'
import { printAnswer, progressOn, WrongUsage } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const columnsOut = ['left_id', 'right_id', 'probability', 'weight'] as const

type Side = 'left' | 'right'
type ReadSide = { readonly side: RawSide; readonly broken: readonly number[] }

/** What a command that was stopped must not leave behind, and what it asks between two steps. */
type RunControl = {
  readonly stopped: AbortSignal
  readonly progress: (done: number, total: number, what: string) => void
}

/** Runs a computation to its end, with room between its steps for a signal to arrive. */
async function runSteps<T>(steps: Generator<LinkProgress, T>, { stopped, progress }: RunControl): Promise<T> {
  let elapsed = stopwatch()
  for (;;) {
    const step = steps.next()
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

/** Told before the work and not after it. */
async function assertWritable(path: string | undefined): Promise<void> {
  if (path === undefined) return
  const isFolder = await stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
  const refused = isFolder || (await access(dirname(path), constants.W_OK).catch(() => true))
  if (refused) throw linkProblem('link-folder-unwritable', { file: path })
}

/** Reads the id and the fields of a file; the rest of its columns are passed over. */
async function readSide(
  path: string,
  which: Side,
  settings: LinkSettings,
  { stopped, progress }: RunControl,
): Promise<ReadSide> {
  const beginning = await beginningOf(path)
  const delimiter = sniffDelimiter(beginning)
  const idColumn = which === 'left' ? settings.leftId : settings.rightId
  const columns = [idColumn, ...settings.fields.map(field => field[which])]
  const side = new RawSide(settings.fields.length)
  const broken: number[] = []
  const stream = createReadStream(path, { highWaterMark: 1 << 18 })
  const { size } = await stat(path)
  try {
    for await (const batch of readCsvRows(stream, { delimiter, columns })) {
      if (stopped.aborted) throw linkProblem('link-cancelled')
      progress(stream.bytesRead, size, `reading the ${which} file`)
      const [idPlace = -1, ...places] = columns.map(column => batch.columns.indexOf(column))
      for (const { line } of batch.broken) broken.push(line)
      for (const [i, row] of batch.rows.entries()) {
        const fault = side.add(row[idPlace] ?? '', field => row[places[field] ?? -1] ?? '')
        if (fault) throw linkProblem(`link-id-${fault}`, { file: path, column: idColumn, line: batch.lines[i] })
      }
    }
  } catch (error) {
    if (!(error instanceof Problem) || !error.code.startsWith('csv-')) throw error
    if (error.code !== 'csv-column-missing') throw new Problem(error.code, error.kind, { ...error.facts, file: path })
    const has = (beginning.split(/\r?\n/)[0] ?? '').split(delimiter).map(column => column.trim())
    throw linkProblem('link-column-missing', { file: path, missing: error.facts['columns'], has })
  }
  return { side, broken }
}

/** A file that appears whole or not at all. */
async function writeWholeFile(path: string, write: (path: string) => Promise<unknown>): Promise<void> {
  const partial = `${path}.${process.pid}.partial`
  try {
    await write(partial)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

function* linesOf(partners: readonly Partner[], left: Dictionary, right: Dictionary, stopped: AbortSignal) {
  for (const { left: l, right: r, probability, weight } of partners) {
    if (stopped.aborted) throw linkProblem('link-cancelled')
    yield [left.textOf(l + 1), right.textOf(r + 1), probability.toFixed(6), weight.toFixed(3)]
  }
}

function pathsIn({ positionals, values }: LinkInvocation) {
  const [left, right, ...more] = positionals
  const { settings, out, model, 'save-model': saveModel } = values
  if (!left || !right || more.length > 0)
    throw new WrongUsage('link takes two files: link LEFT.csv RIGHT.csv --settings S.json --out PAIRS.csv')
  if (typeof settings !== 'string')
    throw new WrongUsage('link needs --settings S.json: which columns to compare, and by which to join')
  if (typeof out !== 'string') throw new WrongUsage('link needs --out PAIRS.csv: the file to write')
  return {
    left,
    right,
    settings,
    out,
    model: typeof model === 'string' ? model : undefined,
    saveModel: typeof saveModel === 'string' ? saveModel : undefined,
  }
}

type LinkSummary = {
  readonly left: { readonly rows: number; readonly broken: number }
  readonly right: { readonly rows: number; readonly broken: number }
  readonly out: string
  readonly threshold: number
  readonly linked: number
  readonly expectedFalseLinks: number
  readonly tied: number
  readonly rightRowsShared: number
  readonly pairsCompared: number
  readonly blocking: readonly RuleReport[]
  readonly model: LinkModelFile
  readonly seconds: { readonly whole: number }
}

/** What a person at a terminal wants first. */
function linkSummary({ left, right, out, threshold, linked, ...found }: LinkSummary): string {
  const leftOut = found.blocking.filter(({ blocksLeftOut }) => blocksLeftOut > 0)
  return [
    `${linked} of ${left.rows} left rows have a partner among ${right.rows} right rows (probability ` +
      `${threshold} and above): ${out}`,
    `  about ${found.expectedFalseLinks.toFixed(1)} of them are expected to be wrong; ${found.pairsCompared} ` +
      `pairs compared in ${found.seconds.whole} s`,
    ...(left.broken + right.broken > 0
      ? [`  ${left.broken} left and ${right.broken} right lines are broken and were passed over`]
      : []),
    ...(found.tied > 0 ? [`  ${found.tied} left rows have two equally good partners and are not linked`] : []),
    ...(found.rightRowsShared > 0
      ? [`  ${found.rightRowsShared} left rows share their partner with another left row`]
      : []),
    ...leftOut.map(
      ({ fields, blocksLeftOut, pairsLeftOut }) =>
        `  ${blocksLeftOut} blocks of ${fields.join(' + ')} are too large: ${pairsLeftOut} pairs were not ` +
        'compared by this rule',
    ),
  ].join('\n')
}

const roundTo = (value: number, digits: number) => Number(value.toFixed(digits))
const seconds = (milliseconds: number) => roundTo(milliseconds / 1000, 2)

async function linkFiles(invocation: LinkInvocation, control: RunControl): Promise<void> {
  const paths = pathsIn(invocation)
  const [whole, reading] = [stopwatch(), stopwatch()]
  const { settings, unknown } = readLinkSettings(await readTextFile(paths.settings))
  if (unknown.length > 0) process.stderr.write(`The settings have ${unknown.join(', ')}, which nothing reads.\n`)
  const given = paths.model === undefined ? undefined : readModel(await readTextFile(paths.model), settings.fields)

  await assertWritable(paths.out)
  await assertWritable(paths.saveModel)
  const left = await readSide(paths.left, 'left', settings, control)
  const right = await readSide(paths.right, 'right', settings, control)
  const tables = encodeTables(settings.fields, left.side, right.side)
  const read = reading()
  const computing = stopwatch()
  const found = await runSteps(linkTables(tables, settings, given), control)
  const computed = computing()

  await writeWholeFile(paths.out, path =>
    writeCsv(path, columnsOut, linesOf(found.partners, left.side.ids, right.side.ids, control.stopped), {
      formulas: 'keep',
    }),
  )
  const model = toLinkModelFile(found.model)
  const { saveModel } = paths
  if (saveModel !== undefined)
    await writeWholeFile(saveModel, path => writeFile(path, `${JSON.stringify(model, undefined, 2)}\n`))

  const document = {
    left: {
      file: paths.left,
      rows: tables.leftRows,
      broken: left.broken.length,
      brokenLines: left.broken.slice(0, 20),
    },
    right: {
      file: paths.right,
      rows: tables.rightRows,
      broken: right.broken.length,
      brokenLines: right.broken.slice(0, 20),
    },
    out: paths.out,
    threshold: settings.threshold,
    oneToOne: settings.oneToOne,
    linked: found.partners.length,
    notLinked: tables.leftRows - found.partners.length,
    expectedFalseLinks: roundTo(found.expectedFalse, 3),
    shareWithPartner: roundTo(found.shareWithPartner, 6),
    tied: found.tied,
    rightRowsShared: found.shared,
    pairsCompared: found.pairsCompared,
    blocking: found.rules,
    model,
    modelGiven: given !== undefined,
    seconds: { read: seconds(read), linked: seconds(computed), whole: seconds(whole()) },
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
  await printAnswer(invocation.json, document, linkSummary(document))
}

export type LinkInvocation = Omit<Invocation, 'house'>

/**
 * `link LEFT.csv RIGHT.csv --settings S.json --out PAIRS.csv`: the best partner in the right file of each row of the
 * left.
 */
export async function link(invocation: LinkInvocation): Promise<void> {
  const cancel = new AbortController()
  const stop = () => cancel.abort()
  for (const signal of signals) process.on(signal, stop)
  try {
    await linkFiles(invocation, { stopped: cancel.signal, progress: progressOn() })
  } finally {
    for (const signal of signals) process.off(signal, stop)
  }
}
