import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullNames } from '../../names/people.fixture.ts'
import { readLinkSettings } from '../file-columns/link-settings.ts'
import { encodeTables } from '../file-columns/link-table.ts'
import { rawSideOf } from '../file-columns/raw-side.fixture.ts'
import { toyDice } from '../toy-province.fixture.ts'
import { linkTables } from '../two-files.ts'

const kinds = { name: 'name', birth: 'date', father: 'name', mother: 'name', address: 'string', sex: 'exact' }
const columns = Object.keys(kinds)
type Person = { readonly id: string; readonly house: number; readonly values: readonly string[] }

/** Families of three children, who share father, mother and address; the name says the sex. */
function families(count: number): Person[] {
  const d = toyDice(31)
  const names = fullNames(count * 5, 31)
  return Array.from({ length: count }, (_, house) => {
    const [father, mother, address] = [
      names[house * 5] ?? '',
      names[house * 5 + 1] ?? '',
      `${1 + d.below(90)} ${names[d.below(400)]} street`,
    ]
    return [2, 3, 4].map((at): Person => {
      const name = names[house * 5 + at] ?? ''
      const birth =
        `${1995 + d.below(15)}-${String(1 + d.below(12)).padStart(2, '0')}-` +
        `${String(1 + d.below(28)).padStart(2, '0')}`
      return {
        id: `${house}-${at}`,
        house,
        values: [name, birth, father, mother, address, name.length % 2 ? 'F' : 'M'],
      }
    })
  }).flat()
}

const { settings } = readLinkSettings(
  JSON.stringify({
    leftId: 'id',
    rightId: 'id',
    fields: Object.entries(kinds).map(([column, kind]) => ({ left: column, right: column, kind })),
    blocking: [['birth'], ['father', 'mother'], ['name']],
  }),
)

const sideOf = (people: readonly Person[]) =>
  rawSideOf(
    settings.fields,
    people.map(({ id, values }) => [id, ...values]),
  )

// One child of each family is on the left; of every fourth family that child is not on the right, and the brothers and
// sisters are.
const people = families(1200)
const left = people.filter(({ id }) => id.endsWith('-2'))
const right = people.filter(({ id, house }) => house % 4 !== 0 || !id.endsWith('-2'))
const found = await (async () => {
  const steps = linkTables(encodeTables(settings.fields, sideOf(left), sideOf(right)), settings)
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
  }
})()

test('an unregistered child is not linked to a sibling with the same parents and address', () => {
  const wrong = found.partners.filter(partner => left[partner.left]?.id !== right[partner.right]?.id)
  assert.ok(wrong.length <= 3, `${wrong.length} children taken for a brother or sister`)
  assert.ok(found.partners.length >= 880, `${found.partners.length} of 900`)
})

test('learning finds that sibling fields depend on each other, and that names tell the sex', () => {
  const { given } = found.model
  const [name, birth, father, mother, address, sex] = columns.keys()
  const household = [father, mother, address]
  const tied = household.filter(field => field !== undefined && household.includes(given[field]?.parent))
  assert.equal(tied.length, 2, 'a tree of three has two branches')
  for (const field of tied) assert.ok((given[field ?? 0]?.u[0] ?? 0) > 0.3)
  assert.equal(given[birth ?? 0], undefined)
  assert.equal(given[name ?? 0], undefined)
  assert.equal(given[sex ?? 0], undefined, 'names are too rare here to meet twice')
})
