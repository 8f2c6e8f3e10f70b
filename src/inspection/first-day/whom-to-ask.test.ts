import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { signedInOfficer } from '../../../test/signed-in-officer.ts'
import * as staff from '../../staff/staff.ts'
import { readFirstDay } from './first-day.ts'

/** Whom an officer asks: who administers their unit, or the nearest one above, by name alone. */

const house = await openHouse({ withUnits: true })
const ward = await signedInOfficer(house, 'ward-officer', commune.haKhanh)
let province: typeof ward
let own: typeof ward
const asked = () => ward.as('planning.read', staff.administratorsAbove)

const namesOf = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name)

test('where nobody administers the unit or one above, nobody is named', async () => {
  assert.deepEqual(await asked(), [])
})

test('the administrator of the province is named to a ward without one, beyond the ward’s scope', async () => {
  province = await signedInOfficer(house, 'administrator', '22')
  const [first, ...others] = await asked()
  assert.deepEqual([first?.name, others.length], [province.name, 0])
  assert.deepEqual(Object.keys(first ?? {}).sort(), ['name', 'role', 'unitName'])
})

test('the unit’s own administrator goes before the province’s, and nobody is told to ask themselves', async () => {
  own = await signedInOfficer(house, 'administrator', commune.haKhanh)
  assert.deepEqual(namesOf(await asked()), [own.name])
  assert.deepEqual(namesOf(await own.as('staff.read', staff.administratorsAbove)), [province.name])
})

test('an administrator of another ward is nobody’s to ask here', async () => {
  await signedInOfficer(house, 'administrator', commune.quangHanh)
  assert.deepEqual(namesOf(await asked()), [own.name])
})

test('an officer who signed in with a second factor has done that step', async () => {
  const { steps } = await ward.as('planning.read', work => readFirstDay(work, 'ward-officer'))
  assert.equal(steps.find(({ step }) => step === 'second-factor')?.isDone, true)
})
