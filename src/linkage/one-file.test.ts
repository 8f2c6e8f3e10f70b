import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullNames } from '../names/people.fixture.ts'
import { readLinkSettings } from './file-columns/link-settings.ts'
import { encodeTables } from './file-columns/link-table.ts'
import { rawSideOf } from './file-columns/raw-side.fixture.ts'
import { type FoundClusters, findClusters } from './one-file.ts'
import { toyDice } from './toy-province.fixture.ts'

type Row = readonly [id: string, name: string, birth: string, place: string, phone: string]

const { settings } = readLinkSettings(
  JSON.stringify({
    id: 'id',
    fields: [
      { column: 'name', kind: 'name' },
      { column: 'birth', kind: 'date' },
      { column: 'place', kind: 'exact' },
      { column: 'phone', kind: 'number' },
    ],
    blocking: [['birth'], ['name'], ['phone']],
  }),
  'one file',
)

async function clustersIn(rows: readonly Row[]): Promise<FoundClusters> {
  const steps = findClusters(encodeTables(settings.fields, rawSideOf(settings.fields, rows)), settings)
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
  }
}

/** People of whom every fifth is there two to four times, with slips; a row's id begins with the person's number. */
function fileWithCopies(people: number, seed: number): Row[] {
  const d = toyDice(seed)
  const two = (below: number) => String(1 + d.below(below)).padStart(2, '0')
  return fullNames(people, seed).flatMap((name, i) => {
    const birth = `${1960 + d.below(50)}-${two(12)}-${two(28)}`
    const [place, phone] = [`c${d.below(40)}`, `09${10_000_000 + d.below(89_999_999)}`]
    return Array.from({ length: i % 5 === 0 ? 2 + d.below(3) : 1 }, (_, copy): Row => {
      const slip = copy === 0 ? 9 : d.below(6)
      return [
        `${i}-${copy}`,
        slip === 0 ? name.slice(0, -2) + name.slice(-1) : name,
        slip === 1 ? `${birth.slice(0, 9)}1` : birth,
        slip === 2 ? '' : place,
        slip === 3 ? '' : phone,
      ]
    })
  })
}

const rows = fileWithCopies(2000, 8)
const personOf = (row: number) => rows[row]?.[0].split('-')[0]
const pairsOf = (groups: Iterable<readonly number[]>) =>
  new Set([...groups].flatMap(group => group.flatMap((a, at) => group.slice(at + 1).map(b => `${a} ${b}`))))

test('rows of one person are found in one file, each cluster once, and no row is its own partner', async () => {
  const { clusters } = await clustersIn(rows)
  const found = pairsOf(clusters.map(cluster => cluster.map(({ row }) => row)))
  const real = pairsOf(Map.groupBy(rows.keys(), personOf).values())
  const right = [...found].filter(pair => real.has(pair)).length
  assert.ok(right >= found.size * 0.999, `${found.size - right} of ${found.size} wrong`)
  assert.ok(right >= real.size * 0.98, `${right} of ${real.size}`)
  const all = clusters.flat()
  assert.equal(new Set(all.map(({ row }) => row)).size, all.length)
  assert.ok(all.every(({ row, partner }) => row !== partner))
  assert.ok(clusters.every(cluster => cluster.length > 1))
})

test('a file without copies has no cluster', async () => {
  assert.deepEqual((await clustersIn(rows.filter(([id]) => id.endsWith('-0')))).clusters, [])
})

test('two people are not put together because a third row is like both', async () => {
  const shared = ['1979-03-11', 'c7'] as const
  const file: Row[] = [
    ...rows,
    ['a', 'Lò Văn Khuyên', ...shared, '0911222333'],
    ['b', 'Giàng Thị Sùng', ...shared, '0944555666'],
    // The name of the one and the phone of the other.
    ['between', 'Lò Văn Khuyên', ...shared, '0944555666'],
  ]
  const { clusters, keptApart } = await clustersIn(file)
  const together = clusters
    .map(cluster => cluster.map(({ row }) => file[row]?.[0]))
    .filter(ids => ids.includes('between'))
  assert.deepEqual([together.length, together[0]?.length, keptApart], [1, 2, 1])
})

test('an empty file, and one of a single row, have no cluster', async () => {
  assert.deepEqual((await clustersIn([])).clusters, [])
  assert.deepEqual((await clustersIn(rows.slice(0, 1))).clusters, [])
})
