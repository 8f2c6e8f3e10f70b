// Each kind of damage beside the defects that `roll check` reports for it. node bench/linkage/confusion.ts [FOLDER…]:
// folders with units.csv, schools.csv, persons.csv, rolls/ and a truth (truth/rolls.csv of `synth`, or truth.csv);
// without any, a synthetic province of PEOPLE (100,000) with DAMAGE (1) is made. Each folder is taken into a house of
// its own.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readCsv } from '../../src/platform/csv/read-csv.ts'
import { fromRoot } from '../../src/platform/root.ts'
import { synthesise } from '../../synth/synth.ts'
import { confusionOf, confusionText, type Pair, type ReportedRow, type TrueRow } from './confusion-table.ts'

const command = fileURLToPath(fromRoot('bin/dinhdanh'))
const [day, schoolYear] = ['2023-04-20', '2022-2023']
const scratch = await mkdtemp(join(tmpdir(), 'dinhdanh-bench-'))
try {
  let pairs: readonly Pair[] = []
  for (const [i, folder] of (await foldersAsked()).entries())
    pairs = pairs.concat(await pairsOf(folder, join(scratch, `house-${i}`)))
  const known = pairs.filter(({ reported }) => reported)
  const owed = known.reduce((sum, { truth }) => sum + truth.expected.size, 0)
  console.log(`${pairs.length} rows in the truth, ${known.length} reported, ${owed} defects owed\n`)
  console.log(confusionText(confusionOf(pairs)))
} finally {
  await rm(scratch, { recursive: true, force: true })
}

async function foldersAsked(): Promise<string[]> {
  const given = process.argv.slice(2)
  if (given.length > 0) return given
  const out = join(scratch, 'province')
  await synthesise({
    people: Number(process.env['PEOPLE'] ?? 100_000),
    seed: 23,
    damage: Number(process.env['DAMAGE'] ?? 1),
    out,
    day,
  })
  return [out]
}

/**
 * The rows of the truth with what the house says of each, after the files were taken in by the commands of
 * interfaces.md.
 */
async function pairsOf(folder: string, data: string): Promise<Pair[]> {
  const run = (...words: string[]) =>
    promisify(execFile)(process.execPath, [command, ...words, '--data', data, '--json'], { maxBuffer: 1 << 28 })
  for (const what of ['units', 'schools', 'register']) {
    const file = join(folder, what === 'register' ? 'persons.csv' : `${what}.csv`)
    await run(what, 'import', file, '--as-of', day)
  }
  const answer = join(scratch, 'check.json')
  const check = spawn(
    process.execPath,
    [
      command,
      'roll',
      'check',
      join(folder, 'rolls'),
      '--school-year',
      schoolYear,
      '--as-of',
      day,
      '--data',
      data,
      '--json',
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const ended = once(check, 'exit')
  await pipeline(check.stdout, createWriteStream(answer))
  await ended
  const reported = reportedRows(await readFile(answer, 'utf8'))
  const truth = await truthOf(folder)
  return [...truth].map(([key, row]) => ({ truth: row, reported: reported.get(key) }))
}

function keyOf(file: string, sheet: string, row: string | number): string {
  return `${basename(file)}/${sheet}/${row}`
}

type Document = {
  readonly rolls: readonly {
    readonly file: string
    readonly rows: readonly (ReportedRow & { sheet: string; row: number })[]
  }[]
}

function reportedRows(json: string): Map<string, ReportedRow> {
  const { rolls }: Document = JSON.parse(json)
  return new Map(rolls.flatMap(({ file, rows }) => rows.map(row => [keyOf(file, row.sheet, row.row), row] as const)))
}

function listed(text: string | undefined): string[] {
  return (text ?? '').split(';').filter(Boolean)
}

async function truthOf(folder: string): Promise<Map<string, TrueRow>> {
  const ofSynth = join(folder, 'truth', 'rolls.csv')
  const truth = new Map<string, TrueRow>()
  for await (const { values } of readCsv(existsSync(ofSynth) ? ofSynth : join(folder, 'truth.csv'))) {
    const { file = '', sheet = '', row = '' } = values ?? {}
    if (file.endsWith('.csv')) continue
    truth.set(keyOf(file, sheet, row), {
      file: join(folder, file),
      inRegister: values?.['in_register'] === 'yes' || values?.['in_register'] === '1',
      // How a file is laid out is no damage.
      damage: listed(values?.['damage']).filter(kind => kind !== 'clean' && !kind.startsWith('f:')),
      expected: new Set(listed(values?.['defects'] ?? values?.['expected_defects'])),
      optional: new Set(listed(values?.['optional_defects'])),
    })
  }
  return truth
}
