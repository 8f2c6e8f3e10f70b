import * as accounts from '../src/accounts/accounts.ts'
import * as cards from '../src/cards/cards.ts'
import { aPhone } from './an-account.ts'
import { type APerson, anOfficerOf, aPerson, commune, enter } from './builders.ts'
import type { TestHouse } from './house.ts'

export type AHolder = {
  readonly personId: string
  readonly accountId: string
  readonly number: string
  readonly phone: string
  readonly name: string
}

/** Somebody whose account of a level is activated, as an officer made it. */
export async function aHolder(house: TestHouse, level: 1 | 2, given: APerson = {}): Promise<AHolder> {
  const row = aPerson(given)
  const personId = await enter(house, row)
  const officer = await anOfficerOf(house, commune.haKhanh)
  const phone = aPhone()
  const accountId = await house.as(officer, async work => {
    if (level === 2) await cards.apply(work, personId, { unitId: officer.unitId })
    const { id } = await accounts.request(work, personId, { level, phone })
    await accounts.approve(work, id)
    await accounts.activate(work, id)
    return id
  })
  return { personId, accountId, number: row.person_number, phone, name: row.full_name }
}
