import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { asSystem } from '../../platform/work.ts'
import * as cards from '../cards.ts'

const house = await openHouse()
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-cards-'))
after(() => rm(folder, { recursive: true }))
const rejectedTo = join(folder, 'cards.rejected.csv')

const maintenance = { ...asSystem('import'), role: 'maintenance' as const }
const header = 'person_number,serial,issued_on,expires_on,state'

const importing = (rows: string[], asOf: Day, dryRun = false) =>
  cards.importCards(house.openWork, maintenance, Readable.from([[header, ...rows].join('\n')]), {
    asOf,
    dryRun,
    rejectedTo,
  })

const [an, binh] = ['022205000001', '022305000002']
const people = new Map<string, Id<'person'>>()
for (const number of [an, binh]) {
  const id = newId<'person'>()
  people.set(number, id)
  await house.owner('insert into register.number_lookup (number, person_id) values ($1, $2)', [number, id])
}
const cardsOf = async (number: string) => {
  const id = people.get(number) ?? assert.fail(`nobody has ${number}`)
  return ((await house.work(work => cards.cardsOf(work, [id]))).get(id) ?? []).map(
    ({ serial, state }) => `${serial} ${state}`,
  )
}

test('an extract brings cards in, and the same extract again changes nothing', async () => {
  const rows = [`${an},A1,2022-01-05,2030-03-15,handed-over`, `${binh},,,,applied`]
  const first = await importing(rows, asDay('2023-03-01'))
  assert.deepEqual([first.added, first.changed, first.unchanged, first.rejected], [2, 0, 0, 0])
  const again = await importing(rows, asDay('2023-03-01'))
  assert.deepEqual([again.added, again.changed, again.unchanged, again.rejected], [0, 0, 2, 0])
})

test('a later extract moves a card on, and an older one never rolls it back', async () => {
  const later = await importing([`${binh},B1,2023-04-10,2030-01-01,produced`], asDay('2023-04-15'))
  assert.deepEqual([later.added, later.changed], [0, 1], 'the card that had no serial yet is the same card')
  const older = await importing([`${binh},B1,,,approved`], asDay('2023-04-01'))
  assert.deepEqual([older.changed, older.unchanged], [0, 1])
  assert.deepEqual(await cardsOf(binh), ['B1 produced'])
})

test('a successor comes into force when its predecessor leaves it in the same extract', async () => {
  const swap = await importing(
    [`${an},A2,2023-04-11,2030-03-15,handed-over`, `${an},A1,2022-01-05,2030-03-15,revoked`],
    asDay('2023-04-16'),
  )
  assert.deepEqual([swap.added, swap.changed, swap.rejected], [1, 1, 0])
  assert.deepEqual((await cardsOf(an)).sort(), ['A1 revoked', 'A2 handed-over'])
})

test('each wrong row goes to the file of rejected rows with its reason, and the right ones are imported', async () => {
  const imported = await importing(
    [
      `123,C1,2023-01-01,,handed-over`,
      `022205999999,C2,2023-01-01,,handed-over`,
      `${an},C3,2023-01-01,,lost`,
      `${an},C4,2023-13-01,,revoked`,
      `${an},C5,2023-01-01,2022-01-01,revoked`,
      `${an},,2023-01-01,,produced`,
      `${an},A3,2023-04-12,,handed-over`,
      `${an},C7,2023-01-01`,
      `${an},C8,2021-01-01,,revoked`,
      `${an},C8,2021-01-01,,revoked`,
    ],
    asDay('2023-04-17'),
  )
  assert.deepEqual(imported.reasons, {
    'number-malformed': 1,
    'number-unknown': 1,
    'state-unknown': 1,
    'day-malformed': 1,
    'term-before-issue': 1,
    'serial-malformed': 1,
    'other-card-in-force': 1,
    'row-broken': 1,
    'card-twice': 1,
  })
  assert.deepEqual([imported.rows, imported.added, imported.rejected], [10, 1, 9])
  const lines = (await readFile(rejectedTo, 'utf8')).trim().split('\n')
  assert.equal(lines.length, 10)
  assert.match(
    lines.find(line => line.includes('number-unknown')) ?? '',
    /^022205999999,C2,.*không có trong dữ liệu dân cư/,
  )
})

test('a dry run reports the same counts and keeps nothing', async () => {
  const dry = await importing([`${binh},B9,2020-01-01,,revoked`], asDay('2023-04-18'), true)
  assert.equal(dry.added, 1)
  assert.deepEqual(await cardsOf(binh), ['B1 produced'])
  assert.equal(existsSync(rejectedTo), false)
})
