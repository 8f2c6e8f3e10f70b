import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LinkRecord, toLinkRecord } from '../person-record.ts'
import { possiblePersonFinder } from './doubt.ts'
import { aProvince } from './packed.fixture.ts'
import { makeUnpacker } from './unpack.ts'

const { of } = aProvince(31, 8000, 1)
const { record } = makeUnpacker(of.people, unit => of.places.get(unit) ?? { communes: [], districts: [] })
/** One person in twenty, in the order in which they are packed. */
const asked = Int32Array.from({ length: of.people.size / 20 }, (_, i) => i * 20)
const doubtsOf = possiblePersonFinder(of, asked)

const swapped = (word: string) => word.slice(0, -2) + word.slice(-1) + word.slice(-2, -1)
const others: Readonly<Record<string, (birth: NonNullable<LinkRecord['birth']>) => object>> = {
  'two years later': birth => ({ ...birth, y: birth.y + 2 }),
  'ten years earlier': birth => ({ ...birth, y: birth.y - 10 }),
  'a day of the year before': birth => ({ y: birth.y - 1, m: birth.m, d: ((birth.d ?? 1) % 28) + 1 }),
  'of the year alone': ({ y }) => ({ y }),
}

for (const [what, other] of Object.entries(others))
  test(`a row with a name slip and another date, ${what}, is found among the few candidates`, () => {
    let [found, all] = [0, 0]
    for (const place of asked) {
      const { name, birth, sex, communes } = record(place)
      const given = name?.given ?? ''
      if (!name || !birth?.d || given.length < 4 || swapped(given) === given) continue
      all++
      const row = toLinkRecord({
        id: 'row',
        name: `${name.words.slice(0, -1).join(' ')} ${swapped(given)}`,
        birth: other(birth) as typeof birth,
        sex,
        communes,
      })
      if (doubtsOf(row, -14).some(one => one.place === place)) found++
    }
    assert.ok(all > 40 && found / all > 0.85, `${found} of ${all}`)
  })

test('only the given candidates are found, and the likelier one weighs more', () => {
  const row = { ...record(21), id: 'row' }
  assert.deepEqual(
    doubtsOf(row, -30).filter(({ place }) => place % 20 !== 0),
    [],
  )
  const themselves = record(40)
  const found = doubtsOf(
    {
      ...themselves,
      id: 'row',
      name: themselves.name,
      birth: themselves.birth,
      communes: themselves.communes,
    } as LinkRecord,
    -30,
  )
  assert.equal(found.toSorted((a, b) => b.bits - a.bits)[0]?.place, 40)
})
