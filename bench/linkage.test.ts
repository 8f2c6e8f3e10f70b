import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readCsv } from '../src/platform/csv/read-csv.ts'
import { synthesise } from '../synth/synth.ts'
import { filesIn, writeLinkageData } from './linkage/data.ts'
import { linkInDuckdb } from './linkage/duckdb.ts'
import { linkByOurs } from './linkage/ours.ts'
import { bestThreshold, type Found, qualityOf, readTruth, recallWithReview } from './linkage/score.ts'

type Values = Readonly<Record<string, string>>
let folder: string
let people: ReadonlyMap<string, Values>
const told = new Map<number, { row: Values; truth: Values }[]>()

async function recordsIn(file: string): Promise<Values[]> {
  const records: Values[] = []
  for await (const { values } of readCsv(file)) if (values) records.push(values)
  return records
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-'))
  await synthesise({ people: 12_000, seed: 5, out: folder })
  await writeLinkageData({
    persons: join(folder, 'persons.csv'),
    out: folder,
    rows: 1500,
    strangers: 0.1,
    factors: [0, 1],
    seed: 2,
  })
  people = new Map((await recordsIn(filesIn(folder, 1).people)).map(person => [person['id'] ?? '', person]))
  for (const factor of [0, 1]) {
    const truth = await recordsIn(filesIn(folder, factor).truth)
    told.set(
      factor,
      (await recordsIn(filesIn(folder, factor).rows)).map((row, i) => ({ row, truth: truth[i] ?? {} })),
    )
  }
})
after(() => rm(folder, { recursive: true }))

test('the truth names as unregistered exactly the people who are not in the register', () => {
  const rows = told.get(1) ?? []
  assert.equal(rows.length, 1500)
  assert.equal(rows.filter(({ truth }) => truth['person_id'] === '').length, 150)
  assert.equal(people.size, 12_000 - 150)
  const numbers = new Set([...people.values()].map(person => person['number']))
  for (const { row, truth } of rows) {
    assert.equal(row['id'], truth['id'])
    if (truth['person_id']) assert.ok(people.has(truth['person_id']))
    else if (truth['number_is'] === 'right') assert.ok(!numbers.has(row['number']))
  }
})

test('an undamaged field equals the register, and a right number is the person’s', () => {
  const compared = ['name_marked', 'birth', 'sex', 'number'] as const
  for (const { row, truth } of told.get(0) ?? []) {
    const person = people.get(truth['person_id'] ?? '')
    if (person && truth['damage'] === '') for (const field of compared) assert.equal(row[field], person[field], field)
  }
  for (const { row, truth } of told.get(1) ?? []) {
    const person = people.get(truth['person_id'] ?? '')
    if (person) assert.equal(truth['number_is'] === 'right', row['number'] === person['number'])
  }
})

test('each damage that the truth names is visible in its row', () => {
  const fieldOf = (kind: string) => {
    if (kind.startsWith('parent-')) return undefined
    if (kind === 'number-cancelled') return 'number'
    const field = /^(number|birth|sex|commune|father|mother|phone)-/.exec(kind)?.[1] ?? 'name_marked'
    return field === 'father' || field === 'mother' ? `${field}` : field
  }
  let seen = 0
  for (const { row, truth } of told.get(1) ?? []) {
    const person = people.get(truth['person_id'] ?? '')
    const kinds = (truth['damage'] ?? '').split(';').filter(Boolean)
    const fields = new Set(kinds.map(fieldOf))
    for (const field of fields) {
      // A mark that is wrong is gone where all marks are.
      if (!person || field === undefined || kinds.filter(kind => fieldOf(kind) === field).length > 1) continue
      assert.notEqual(row[field], person[field], `${kinds} ${field}`)
      seen += 1
    }
  }
  assert.ok(seen > 1500, String(seen))
})

async function foundBy(engine: typeof linkInDuckdb): Promise<Found[]> {
  const { people: register, rows } = filesIn(folder, 1)
  const links = join(folder, `${engine.name}.csv`)
  const { pairs } = await engine({ people: register, rows, links }, { threads: 1, sample: 300 })
  assert.ok(pairs > 1500)
  return (await recordsIn(links)).map(one => ({
    id: one['id'] ?? '',
    personId: one['person_id'] ?? '',
    score: Number(one['score']),
    band: one['band'] === 'automatic' ? 'automatic' : 'review',
    shown: (one['shown'] ?? '').split(';'),
  }))
}

for (const [name, engine] of [
  ['SQL in DuckDB', linkInDuckdb],
  ['the house', linkByOurs],
] as const)
  test(`${name} finds the pairs that were planted`, async () => {
    const truth = await readTruth(filesIn(folder, 1).truth)
    const found = await foundBy(engine)
    const threshold = bestThreshold(found, truth)
    const { all, 'number right': easy } = qualityOf(found, truth, ({ score }) => score >= threshold)
    assert.ok(all.f1 > 0.98 && easy.recall > 0.99, JSON.stringify({ all, easy }))
    assert.ok(recallWithReview(found, truth) > 0.98)
  })

test('a false link lowers precision, and a missed child lowers recall', () => {
  const truth = new Map([
    ['1', { personId: 'a', numberIs: 'right' }],
    ['2', { personId: 'b', numberIs: 'none' }],
    ['3', { personId: '', numberIs: 'none' }],
    ['4', { personId: 'd', numberIs: 'wrong' }],
  ])
  const link = (id: string, personId: string, score: number, band: Found['band'], shown = [personId]): Found => ({
    id,
    personId,
    score,
    band,
    shown,
  })
  const found = [
    link('1', 'a', 9, 'automatic'),
    link('2', 'c', 3, 'review', ['c', 'b']),
    link('3', 'c', 2, 'automatic'),
  ]
  const quality = qualityOf(found, truth, ({ band }) => band === 'automatic')
  assert.deepEqual(quality.all, { rows: 4, linked: 0.5, precision: 0.5, recall: 1 / 3, f1: 2 / 5 })
  assert.deepEqual(quality['no number'], { rows: 2, linked: 0.5, precision: 0, recall: 0, f1: 0 })
  assert.equal(quality['not in the register'].linked, 1)
  assert.equal(recallWithReview(found, truth), 2 / 3)
  assert.equal(bestThreshold(found, truth), 9)
})
