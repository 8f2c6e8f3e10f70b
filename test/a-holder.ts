import * as accounts from '../src/accounts/accounts.ts'
import * as cards from '../src/cards/cards.ts'
import type { Id } from '../src/platform/ids.ts'
import { aPhone } from './an-account.ts'
import { type APerson, anOfficerOf, aPerson, commune, enter } from './builders.ts'
import type { TestHouse } from './house.ts'

export type AHolder = {
  readonly personId: Id<'person'>
  readonly accountId: Id<'account'>
  readonly number: string
  readonly phone: string
  readonly name: string
}

/** Somebody whose account of a level is activated, as an officer asked for it and the house approved it. */
export async function aHolder(house: TestHouse, level: 1 | 2, given: APerson = {}): Promise<AHolder> {
  const row = aPerson(given)
  const personId = await enter(house, row)
  const officer = await anOfficerOf(house, commune.haKhanh)
  const phone = aPhone()
  const accountId = await house.as(officer, async work => {
    if (level === 2) await cards.applyForCard(work, personId, { unitId: officer.unitId })
    return (await accounts.request(work, personId, { level, phone })).id
  })
  await house.work(async work => {
    await accounts.approve(work, accountId)
    await accounts.activate(work, accountId)
  })
  return { personId, accountId, number: row.person_number, phone, name: row.full_name }
}
