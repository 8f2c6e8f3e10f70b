import type { Page } from 'playwright-core'
import type { Id } from '../src/platform/ids.ts'
import { listPeople } from '../src/register/contract.ts'
import { listUnits } from '../src/units/contract.ts'
import { ask } from './api-call.ts'

/**
 * Who is in the register, as whoever is signed in on the page sees it: no journey knows the people of its province
 * beforehand.
 */

export async function peopleOf(page: Page, unitId: Id<'unit'>) {
  const { units } = await ask(page, listUnits, { query: { below: unitId, level: 'commune' } })
  const people = []
  for (const { id } of units) people.push(...(await ask(page, listPeople, { params: { id }, query: {} })).people)
  return people
}

export type Resident = {
  readonly id: Id<'person'>
  readonly name: string
  readonly born: string
  readonly sex: 'M' | 'F'
  readonly number: string
}

/** Those of an age to be in the last classes, who live here for good and have a number. */
export async function pupilsOf(page: Page, unitId: Id<'unit'>): Promise<Resident[]> {
  const people = await peopleOf(page, unitId)
  return people.flatMap(({ id, fullName, birthDate, sex, number, lifeStatus, permanentUnit }) =>
    number && permanentUnit && lifeStatus === 'alive' && /^200[4-8]-..-../.test(birthDate)
      ? [{ id, name: fullName, born: birthDate, sex, number }]
      : [],
  )
}
