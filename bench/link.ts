// `link` beside Splink itself on two files of a generator of the bench's own: equal rules to join by, no labels, each
// in a process of its own, everything counted from reading to writing. node bench/link.ts [PEOPLE ...]: the sizes of
// the register, by default 1300000; two give the exponent of growth. ROWS is how many rows there are of 1,300,000
// people, and SEED and DAMAGE change the files, STRANGERS and NAMESAKES who is not in the register; RUNS gives the
// median of several; PYTHON names an interpreter that has splink.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { stopwatch } from '../src/platform/clock.ts'
import { fromRoot } from '../src/platform/root.ts'
import { writeHoldOut } from './linkage/hold-out.ts'

const run = promisify(execFile)
const given = (name: string, usual: number) => Number(process.env[name] ?? usual)
const usualPeople = 1_300_000
const rowsAPerson = given('ROWS', 250_000) / usualPeople
const runs = given('RUNS', 1)
const options = {
  seed: given('SEED', 21),
  damage: given('DAMAGE', 1.2),
  strangers: given('STRANGERS', 0.08),
  namesakes: given('NAMESAKES', 1 / 3),
}
const python = process.env['PYTHON'] ?? 'python3'
const columns = {
  full_name: 'name',
  birth_date: 'date',
  sex: 'exact',
  number: 'number',
  commune: 'exact',
  father: 'name',
  mother: 'name',
  phone: 'number',
}
const settings = {
  id: 'id',
  fields: Object.entries(columns).map(([column, kind]) => ({ column, kind })),
  blocking: [
    ['number'],
    ['full_name', 'birth_date'],
    ['birth_date', 'commune'],
    ['full_name', 'commune'],
    ['phone'],
    ['mother', 'father'],
  ],
}

type Link = { readonly person: string; readonly probability: number }
type Report = Readonly<Record<string, number | string>>

/** The likeliest person of each row, of a file of left_id,right_id,probability. */
async function linksIn(file: string): Promise<ReadonlyMap<string, Link>> {
  const best = new Map<string, Link>()
  for (const line of (await readFile(file, 'utf8')).split('\n').slice(1)) {
    const [row = '', person = '', probability = '0'] = line.split(',')
    if (row && (best.get(row)?.probability ?? -1) < Number(probability))
      best.set(row, { person, probability: Number(probability) })
  }
  return best
}

/** What links at or above a threshold are worth, and of those called 90 to 95 and 95 to 99 % how many are right. */
function worthOf(links: ReadonlyMap<string, Link>, truth: ReadonlyMap<string, string>, threshold: number) {
  const taken = [...links].filter(([, { probability }]) => probability >= threshold)
  const isRight = ([row, { person }]: readonly [string, Link]) => truth.get(row) === person
  const right = taken.filter(isRight).length
  const known = [...truth.values()].filter(Boolean).length
  const strangers = truth.size - known
  const shareRight = (from: number, to: number) => {
    const some = taken.filter(([, { probability }]) => probability >= from && probability < to)
    return some.length === 0
      ? '–'
      : `${((100 * some.filter(isRight).length) / some.length).toFixed(0)} % of ${some.length}`
  }
  return {
    F1: ((2 * right) / (taken.length + known)).toFixed(4),
    precision: (right / taken.length).toFixed(4),
    recall: (right / known).toFixed(4),
    'strangers linked': `${((100 * taken.filter(([row]) => !truth.get(row)).length) / strangers).toFixed(2)} %`,
    'right of 0.90–0.95': shareRight(0.9, 0.95),
    'right of 0.95–0.99': shareRight(0.95, 0.99),
  }
}

type Measured = { readonly report: Report; readonly seconds: number; readonly processor: number }

const medianOf = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN

async function repeated(run: () => Promise<Measured>): Promise<Measured> {
  const all: Measured[] = []
  for (let i = 0; i < runs; i++) all.push(await run())
  const [seconds, processor] = [medianOf(all.map(one => one.seconds)), medianOf(all.map(one => one.processor))]
  const report = { ...all[0]?.report, seconds: seconds.toFixed(1), 'processor seconds': processor.toFixed(1) }
  return { report, seconds, processor }
}

/** The files of one size, in a folder of their own. */
class Files {
  readonly folder: string
  readonly people: number
  readonly rows: number

  constructor(folder: string, people: number) {
    this.folder = folder
    this.people = people
    this.rows = Math.round(people * rowsAPerson)
  }

  at(name: string): string {
    return join(this.folder, name)
  }

  async write(): Promise<void> {
    await writeHoldOut(this.folder, { ...options, people: this.people, rows: this.rows })
    await writeFile(this.at('settings.json'), JSON.stringify(settings))
  }

  async worthOf(links: string): Promise<Report> {
    const lines = (await readFile(this.at('truth.csv'), 'utf8')).trim().split('\n').slice(1)
    return worthOf(await linksIn(links), new Map(lines.map(line => line.split(',') as [string, string])), 0.9)
  }
}

async function measureLink(files: Files): Promise<Measured> {
  const links = files.at('ours.csv')
  const clock = stopwatch()
  const words = ['link', files.at('rows.csv'), files.at('register.csv'), '--settings', files.at('settings.json')]
  const { stdout } = await run(
    process.execPath,
    [fileURLToPath(fromRoot('bin/dinhdanh')), ...words, '--out', links, '--json'],
    { maxBuffer: 1e8 },
  )
  const seconds = clock() / 1000
  const { peakMemoryMb, seconds: within } = JSON.parse(stdout)
  const report = { ...(await files.worthOf(links)), 'of them folding': '–', 'peak MB': peakMemoryMb }
  return { report, seconds, processor: within.processor }
}

async function measureSplink(files: Files): Promise<Measured> {
  const links = files.at('splink.csv')
  const script = fileURLToPath(new URL('./linkage/link_by_splink.py', import.meta.url))
  const { stdout } = await run(python, [script, files.at('register.csv'), files.at('rows.csv'), links, '2'], {
    maxBuffer: 1e8,
  })
  const { version, seconds, cpu, folding, peakMb } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}')
  const report = { version, ...(await files.worthOf(links)), 'of them folding': folding, 'peak MB': peakMb }
  return { report, seconds, processor: cpu }
}

/** Both of one size; Splink is undefined where there is none. */
async function measureSize(people: number) {
  const files = new Files(await mkdtemp(join(tmpdir(), 'dinhdanh-bench-')), people)
  try {
    await files.write()
    const link = await repeated(() => measureLink(files))
    const splink = await repeated(() => measureSplink(files)).catch((error: Error) => {
      console.log(`Splink was skipped: ${python} has no splink (${error.message.trim().split('\n').at(-1)})`)
      return undefined
    })
    const { seed, damage } = options
    console.log(
      `${files.rows} rows, ${people} people, seed ${seed}, damage ${damage}; load ${loadavg()[0]?.toFixed(1)}`,
    )
    console.table({ link: link.report, ...(splink && { Splink: splink.report }) })
    return { people, link, splink }
  } finally {
    await rm(files.folder, { recursive: true, force: true })
  }
}

type Size = Awaited<ReturnType<typeof measureSize>>

/** How the seconds grow with the rows of both files: 1 as they do. */
function tellGrowth(small: Size, large: Size): void {
  const times = Math.log(large.people / small.people)
  const grown = (what: 'seconds' | 'processor', from: Measured | undefined, to: Measured | undefined) =>
    from && to
      ? {
          [`${what}, ${small.people}`]: from[what].toFixed(1),
          [`${what}, ${large.people}`]: to[what].toFixed(1),
          [`exponent of ${what}`]: (Math.log(to[what] / from[what]) / times).toFixed(2),
        }
      : {}
  console.table({
    link: { ...grown('seconds', small.link, large.link), ...grown('processor', small.link, large.link) },
    Splink: {
      ...grown('seconds', small.splink, large.splink),
      ...grown('processor', small.splink, large.splink),
    },
  })
}

const sizes = process.argv.slice(2).map(Number)
const measured: Size[] = []
for (const people of sizes.length > 0 ? sizes : [usualPeople]) measured.push(await measureSize(people))
const [smallest, largest] = [measured[0], measured.at(-1)]
if (smallest && largest && measured.length > 1) tellGrowth(smallest, largest)
