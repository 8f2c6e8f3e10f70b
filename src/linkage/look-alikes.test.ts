import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullNames } from '../names/people.fixture.ts'
import { readLinkSettings } from './file-columns/link-settings.ts'
import { encodeTables } from './file-columns/link-table.ts'
import { rawSideOf } from './file-columns/raw-side.fixture.ts'
import { toyDice } from './toy-province.fixture.ts'
import { type FoundLinks, linkTables } from './two-files.ts'

/** Id, name, birth date, number and mother of somebody. */
type Row = readonly [id: string, name: string, birth: string, number: string, mother: string]

const fields = ['name', 'birth', 'number', 'mother'] as const
const kinds = { name: 'name', birth: 'date', number: 'number', mother: 'name' } as const
const { settings } = readLinkSettings(
  JSON.stringify({
    id: 'id',
    fields: fields.map(column => ({ column, kind: kinds[column] })),
    blocking: [['number'], ['name'], ['birth']],
  }),
)

const sideOf = (rows: readonly Row[]) => rawSideOf(settings.fields, rows)

/**
 * A register, and rows of which nine tenths are of it, three in ten without a number and one in ten without a mother.
 * Of the strangers a half are namesakes of somebody in the register: of the same name and the same or a near birth
 * date, with a number and a mother of their own.
 */
function filesWithStrangers(size: number, seed: number) {
  const d = toyDice(seed)
  const [names, mothers] = [fullNames(size * 2, seed), fullNames(size * 2, seed + 1)]
  const day = () =>
    `${1990 + d.below(20)}-${String(1 + d.below(12)).padStart(2, '0')}-${String(1 + d.below(28)).padStart(2, '0')}`
  const number = () => `0222${String(10_000_000 + d.below(89_999_999))}`
  const register = Array.from(
    { length: size },
    (_, i): Row => [`r${i}`, names[i] ?? '', day(), number(), mothers[i] ?? ''],
  )
  const rows = register.slice(0, size / 2).map(([, name, birth, own, mother], i): Row => {
    const isStranger = i % 10 === 0
    const isNamesake = isStranger && i % 20 === 0
    const [theirName, theirBirth] = isNamesake
      ? [name, d.chance(0.5) ? birth : `${birth.slice(0, 8)}${String(1 + d.below(28)).padStart(2, '0')}`]
      : [names[size + i] ?? '', day()]
    return [
      isStranger ? `stranger${i}` : `l${i}`,
      isStranger ? theirName : d.chance(0.1) ? name.slice(0, -1) : name,
      isStranger ? theirBirth : d.chance(0.04) ? `${birth.slice(0, 9)}1` : birth,
      d.chance(0.7) ? (isStranger ? number() : own) : '',
      d.chance(0.9) ? (isStranger ? (mothers[size + i] ?? '') : mother) : '',
    ]
  })
  return { register, rows }
}

async function linked(rows: readonly Row[], register: readonly Row[], more: object = {}): Promise<FoundLinks> {
  const tables = encodeTables(settings.fields, sideOf(rows), sideOf(register))
  const steps = linkTables(tables, { ...settings, ...more })
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
  }
}

const { register, rows } = filesWithStrangers(5000, 3)
const strangers = rows.filter(([id]) => id.startsWith('stranger')).length
const isOf = ({ left, right }: { left: number; right: number }) =>
  rows[left]?.[0].slice(1) === register[right]?.[0].slice(1)
const strangersIn = ({ partners }: FoundLinks) =>
  partners.filter(({ left }) => rows[left]?.[0].startsWith('stranger')).length

test('hardly any stranger is linked to the namesake whom they resemble, and hardly any partner is lost', async () => {
  const found = await linked(rows, register)
  const right = found.partners.filter(isOf).length
  const f1 = (2 * right) / (found.partners.length + rows.length - strangers)
  assert.ok(f1 >= 0.99, `${f1}`)
  assert.ok(strangersIn(found) <= strangers * 0.03, `${strangersIn(found)} of ${strangers}`)
  assert.ok(Math.abs(found.strangers - strangers) < strangers * 0.15, `${found.strangers} of ${strangers}`)
})

test('probabilities mean what they say: as many links are wrong as were expected', async () => {
  const { partners, expectedFalse } = await linked(rows, register, { threshold: 0.5, strangers: 1 })
  const wrong = partners.filter(partner => !isOf(partner)).length
  assert.ok(Math.abs(wrong - expectedFalse) <= 4 + 3 * Math.sqrt(expectedFalse), `${wrong}, expected ${expectedFalse}`)
})

test('where few strangers may be linked, those who are likeliest to be some are left out and counted', async () => {
  const [all, few] = [
    await linked(rows, register, { strangers: 1 }),
    await linked(rows, register, { strangers: 0.001 }),
  ]
  assert.equal(all.strangersAvoided, 0)
  assert.ok(few.strangersAvoided > 0 && few.partners.length === all.partners.length - few.strangersAvoided)
  assert.ok(few.expectedStrangers <= Math.max(0.001 * few.strangers, 0.0001 * rows.length))
})

test('a person who has a row is not the partner of a second one, unless the file has people twice', async () => {
  const first: Row = register[0] ?? ['', '', '', '', '']
  const [, name, birth, number, mother] = first
  const namesake: Row = ['namesake', name, birth, '', '']
  const own: Row = ['own', name, birth, number, mother]
  const without = rows.slice(1)
  const partnersOfFirst = async (some: readonly Row[]) =>
    (await linked(some, register)).partners.filter(({ right }) => right === 0).map(({ left }) => some[left]?.[0])
  assert.deepEqual(await partnersOfFirst([own, namesake, ...without]), ['own'])
  const twice = without.map(([id, ...values]): Row => [`again${id}`, ...values])
  assert.deepEqual(await partnersOfFirst([own, namesake, ...without, ...twice]), ['own', 'namesake'])
})
