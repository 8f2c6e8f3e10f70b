import assert from 'node:assert/strict'
import { test } from 'node:test'
import { candidateKeys } from '../blocking/blocking.ts'
import type { Linker } from '../deciding/deciding.ts'
import type { LinkResult } from '../deciding/linked.ts'
import { type LinkName, type LinkParent, type LinkRecord, toLinkRecord } from '../person-record.ts'
import { anIndex, type ToyRollRow } from '../toy-province.fixture.ts'
import { aProvince, rawsOf, recordsOf } from './packed.fixture.ts'
import { linkRows, openProvince, provinceSelector } from './province-run.ts'
import { makeUnpacker } from './unpack.ts'

/** What is decided where every candidate that blocking asks for is scored. */
function byTheBook(roll: readonly ToyRollRow[], register: readonly LinkRecord[], linker: Linker): LinkResult[] {
  const find = anIndex(register)
  return linkRows(recordsOf(roll), { candidatesOf: row => candidateKeys(row).flatMap(find) }, linker)
}

/** All that is compared of a record, but for the household, whose name is packed as a number. */
const values = (record: LinkRecord | undefined) =>
  JSON.parse(
    JSON.stringify(
      compared.map(key => {
        const value = record?.[key]
        if (key === 'name') return nameOf(record?.name)
        return isParent(value) ? { ...value, name: nameOf(value.name) } : value
      }),
    ),
  )
const compared = [
  'id',
  'name',
  'birth',
  'sex',
  'number',
  'cancelledNumbers',
  'oldNumber',
  'communes',
  'districts',
  'father',
  'mother',
  'phone',
] as const
const isParent = (value: unknown): value is LinkParent => typeof value === 'object' && value !== null && 'name' in value
const nameOf = (name: LinkName | undefined) =>
  name && [name.marked, name.joined, name.plain, name.sorted, name.middle, name.markedGiven]

test('people who were packed come back as they were', () => {
  const { raw, register, of } = aProvince(1, 3000, 1)
  const { record } = makeUnpacker(of.people, unit => of.places.get(unit) ?? { communes: [], districts: [] })
  const back = new Map(Array.from({ length: of.people.size }, (_, i) => record(i)).map(one => [one.id, one]))
  assert.equal(back.size, raw.length)
  for (const person of register) {
    const found = back.get(person.id)
    assert.deepEqual(values(found), values(person))
    assert.equal(found?.household !== undefined, person.household !== undefined)
  }
})

test('a province in memory finds what scoring every candidate finds', t => {
  const { roll, register, of, linker, truthOf } = aProvince(2)
  const exact = byTheBook(roll, register, linker)
  const fast = linkRows(recordsOf(roll), provinceSelector(of), linker)
  const same = fast.filter((one, i) => one.outcome === exact[i]?.outcome && one.personId === exact[i]?.personId).length
  const wrong = fast.filter(
    (one, i) => one.outcome === 'matched' && one.personId !== truthOf(roll[i] as ToyRollRow),
  ).length
  const wrongExact = exact.filter(
    (one, i) => one.outcome === 'matched' && one.personId !== truthOf(roll[i] as ToyRollRow),
  ).length
  t.diagnostic(`${same} of ${roll.length} rows alike; wrong links ${wrong}, by the book ${wrongExact}`)
  assert.ok(same / roll.length >= 0.995)
  assert.ok(wrong <= wrongExact + 1)
})

test('a row with a name slip and another year is searched in its own or the school’s commune', () => {
  const { register, of } = aProvince(6, 8000, 1)
  const { candidatesOf } = provinceSelector(of)
  const swapped = (word: string) => word.slice(0, -2) + word.slice(-1) + word.slice(-2, -1)
  let [found, foundBySchool, foundElsewhere, asked] = [0, 0, 0, 0]
  for (const { id, name, birth, sex, communes } of register) {
    const [commune, given] = [communes[0], name?.given ?? '']
    if (!name || !birth?.d || given.length < 4 || swapped(given) === given || asked === 300) continue
    asked++
    const row = {
      id: 'row',
      name: `${name.words.slice(0, -1).join(' ')} ${swapped(given)}`,
      birth: { ...birth, y: birth.y + 2 },
      sex,
    }
    const finds = (raw: Parameters<typeof toLinkRecord>[0]) =>
      candidatesOf(toLinkRecord(raw)).some(one => one.id === id)
    if (finds({ ...row, communes: [commune ?? ''] })) found++
    if (finds({ ...row, schoolCommune: commune })) foundBySchool++
    if (finds({ ...row, schoolCommune: 'c999' })) foundElsewhere++
  }
  assert.equal(asked, 300)
  assert.ok(found > 270 && foundBySchool > 270, `${found} and ${foundBySchool} of ${asked}`)
  assert.ok(foundElsewhere < found / 2, `${foundElsewhere} of ${asked}`)
})

test('threads find the same as one, roll by roll', async () => {
  const { roll, of, linker } = aProvince(3, 5000, 600)
  const rolls = [roll.slice(0, 200), roll.slice(200, 400), roll.slice(400)]
  const alone = rolls.map(rows =>
    linkRows(recordsOf(rows), { candidatesOf: provinceSelector(of).candidatesOf }, linker),
  )
  const province = openProvince(of, { threads: 2 })
  try {
    assert.deepEqual(await Promise.all(rolls.map(rows => province.link(rawsOf(rows)))), alone)
    assert.ok(province.looked() > 0)
  } finally {
    await province.close()
  }
})

test('an aborted run answers with the reason, and later runs go on', async () => {
  const { roll, of } = aProvince(4, 3000, 300)
  const province = openProvince(of, { threads: 1 })
  try {
    const off = new AbortController()
    const first = province.link(rawsOf(roll.slice(0, 100)))
    const second = province.link(rawsOf(roll), off.signal)
    off.abort(new Error('called off'))
    await assert.rejects(second, /called off/)
    assert.equal((await first).length, 100)
    assert.equal((await province.link(rawsOf(roll.slice(0, 10)))).length, 10)
  } finally {
    await province.close()
  }
})
