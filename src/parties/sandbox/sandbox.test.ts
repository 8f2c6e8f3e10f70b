import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPerson, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import type { Id } from '../../platform/ids.ts'
import { asSystem } from '../../platform/work.ts'
import * as parties from '../parties.ts'
import { importSandboxPeople, markSandboxPeople } from './sandbox.ts'

const house = await openHouse({ withUnits: true })
const isInvented = (personId: Id<'person'>) =>
  house.as(asSystem('sign-in', 'none'), work => parties.isSandboxPerson(work, personId))
const homeless = { residence_unit: '', residence_address: '', residence_kind: '', residence_from: '' }

const rowsOf = (numbers: readonly string[]) =>
  numbers.map((person_number, index) => ({ line: index + 2, values: { person_number } }))
const take = (numbers: readonly string[]) => house.work(work => importSandboxPeople(work, rowsOf(numbers)))

test('an import marks the people of its valid rows as invented; importing again changes nothing', async () => {
  const [invented, real, unknown] = [aPerson(homeless), aPerson(), aPerson(homeless)]
  const [inventedId, realId] = [await enter(house, invented), await enter(house, real)]
  const file = [invented.person_number, real.person_number, invented.person_number, unknown.person_number, '12345']
  const first = await take(file)
  assert.deepEqual(
    first.rejected.map(({ line, reason }) => [line, reason.split(':')[0]]),
    [
      [3, 'person-lives-somewhere'],
      [4, 'person-twice'],
      [5, 'person-unknown'],
      [6, 'number-malformed'],
    ],
  )
  assert.deepEqual([first.read, first.added, first.unchanged], [5, 1, 0])
  assert.deepEqual([await isInvented(inventedId), await isInvented(realId)], [true, false])
  const again = await take(file)
  assert.deepEqual([again.added, again.unchanged, again.rejected.length], [0, 1, 4])
})

test('an invented person is told from a real one in a work without scope', async () => {
  const [invented, other] = [await enter(house, aPerson()), await enter(house, aPerson())]
  assert.equal(await house.work(work => markSandboxPeople(work, [invented])), 1)
  assert.deepEqual([await isInvented(invented), await isInvented(other)], [true, false])
  assert.ok((await house.work(work => markSandboxPeople(work, 'everyone'))) > 0)
  assert.ok(await isInvented(other))
})
