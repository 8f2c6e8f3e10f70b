// Rolls of 250,000 rows linked to a register of 1.3 million, by the house's engine and by SQL in DuckDB written as
// Splink writes it: equal inputs, one run, each engine in a process of its own. node bench/linkage.ts [LEFT.csv
// RIGHT.csv SETTINGS.json]: a synthetic province is written first; DATA=FOLDER keeps it, and finds it again. ROWS,
// PEOPLE, FACTORS=0.5,1,1.5 and THREADS=2,1 change what is run. With two files, such as FEBRL 4's, they are linked by
// the command line too.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readCsvRows } from '../src/platform/csv/read-csv.ts'
import { synthesise } from '../synth/synth.ts'
import { linkTwoFiles } from './linkage/command.ts'
import { filesIn, writeLinkageData } from './linkage/data.ts'
import type { Engine, EngineReport } from './linkage/engine.ts'
import { bestThreshold, type Found, qualityOf, readTruth, recallWithReview, type Truth } from './linkage/score.ts'

const asked = (name: string, usual: number) => Number(process.env[name] ?? usual)
const list = (name: string, usual: string) => (process.env[name] ?? usual).split(',').map(Number)
const [people, rows] = [asked('PEOPLE', 1_300_000), asked('ROWS', 250_000)]
const [factors, threads] = [list('FACTORS', '0.5,1,1.5'), list('THREADS', '2,1')]
const strangers = 0.1
const engines: readonly Engine[] = ['ours', 'duckdb']

const kept = process.env['DATA']
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'dinhdanh-bench-')))
await mkdir(folder, { recursive: true })
try {
  if (!existsSync(filesIn(folder, factors[0] ?? 1).truth)) await writeData()
  const timings: Record<string, Record<string, number | string>> = {}
  for (const factor of factors) {
    const truth = await readTruth(filesIn(folder, factor).truth)
    // Time is measured once, at the usual damage; the others are run for what they find.
    for (const count of factor === 1 ? threads : threads.slice(0, 1))
      for (const engine of engines)
        timings[`${engine}, ${count} threads, damage ${factor}`] = await runEngine(engine, { factor, count, truth })
  }
  console.log(`${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)} at the end; seconds`)
  console.table(timings)
  const [left, right, settings] = process.argv.slice(2)
  if (left && right && settings) console.table(await linkTwoFiles({ left, right, settings, folder }))
} finally {
  if (!kept) await rm(folder, { recursive: true, force: true })
}

/** As many more people as are taken out of the register again. */
async function writeData() {
  const province = join(folder, 'province')
  await synthesise({ people: people + Math.round(rows * strangers), seed: 19, out: province })
  const made = await writeLinkageData({
    persons: join(province, 'persons.csv'),
    out: folder,
    rows,
    strangers,
    factors,
    seed: 3,
  })
  await rm(province, { recursive: true })
  console.log(`${made.rows} rows, ${made.people} people`)
}

type Run = { readonly factor: number; readonly count: number; readonly truth: Truth }

async function runEngine(engine: Engine, { factor, count, truth }: Run): Promise<Record<string, number | string>> {
  const { people: register, rows: rolls } = filesIn(folder, factor)
  const links = join(folder, `links-${engine}-${factor}.csv`)
  const script = fileURLToPath(new URL('./linkage/engine.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    engine,
    String(count),
    register,
    rolls,
    links,
  ])
  const report: EngineReport = JSON.parse(stdout)
  if (count === threads[0]) tell(engine, factor, await readFound(links), truth)
  const { load, learn, link } = report.seconds
  return {
    load: rounded(load, 1),
    learn: rounded(learn, 1),
    link: rounded(link, 1),
    'processor time of link': rounded(report.linkCpu, 1),
    pairs: report.pairs,
    'pairs a second': Math.round(report.pairs / link),
    'peak MB': report.peakMb,
  }
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

async function readFound(file: string): Promise<Found[]> {
  const found: Found[] = []
  for await (const { rows: lines } of readCsvRows(file, { columns: ['id', 'person_id', 'score', 'band', 'shown'] }))
    for (const [id = '', personId = '', score, band, shown = ''] of lines)
      found.push({
        id,
        personId,
        score: Number(score),
        band: band === 'automatic' ? band : 'review',
        shown: shown.split(';'),
      })
  return found
}

function tell(engine: Engine, factor: number, found: readonly Found[], truth: Truth) {
  const threshold = bestThreshold(found, truth)
  console.log(`\n${engine}, damage ${factor}: links above ${threshold.toFixed(3)}, where the F1 of all is best`)
  console.table(shown(qualityOf(found, truth, ({ score }) => score >= threshold)))
  if (engine !== 'ours') return
  console.log(
    `${engine}, damage ${factor}: the automatic band; with what a reviewer is shown, recall ` +
      `${recallWithReview(found, truth).toFixed(5)}`,
  )
  console.table(shown(qualityOf(found, truth, ({ band }) => band === 'automatic')))
}

function shown(qualities: ReturnType<typeof qualityOf>) {
  const lines = Object.entries(qualities).map(([kind, { rows: count, linked, precision, recall, f1 }]) => {
    const shares = { linked, precision, recall, F1: f1 }
    return [
      kind,
      { rows: count, ...Object.fromEntries(Object.entries(shares).map(([name, share]) => [name, rounded(share, 5)])) },
    ]
  })
  return Object.fromEntries(lines)
}
