import assert from 'node:assert/strict'
import sharp from 'sharp'
import * as accounts from '../../src/accounts/accounts.ts'
import * as cards from '../../src/cards/cards.ts'
import type { House } from '../../src/open-house.ts'
import { addDays } from '../../src/platform/day.ts'
import { type Id, newId } from '../../src/platform/ids.ts'
import { type Authority, asSystem } from '../../src/platform/work.ts'
import * as register from '../../src/register/register.ts'
import * as units from '../../src/units/units.ts'
import { rowsIn } from './parties.ts'

/** What officers work at while everything fails, enough for the whole run: requests for accounts, ordered cards. */

/** States of a card beside which nobody has another. */
const current = "('applied', 'approved', 'produced', 'at-unit', 'handed-over', 'blocked')"

/** Grown people of whom a condition holds. The last of the register, since captures and activations take the first. */
const findPeople = (house: House, condition: string, count: number, values: readonly unknown[] = []) =>
  rowsIn<{ id: Id<'person'> }>(
    house,
    `select p.person_id as id from register.published_person p
     where p.life_status = 'alive' and p.number is not null and p.birth_d is not null
       and p.birth_y between 1960 and 2003
       and ${condition}
     order by p.person_id desc limit $1`,
    [count, ...values],
  )

/** Orders cards of people, to be handed over by one unit, as their captures would have been approved. */
async function orderCards(house: House, people: readonly Id<'person'>[], authority: Authority, unitId: units.UnitId) {
  const portrait = await sharp({ create: { width: 60, height: 80, channels: 3, background: '#ccc' } })
    .jpeg()
    .toBuffer()
  const places = { nationality: 'Việt Nam', hometown: 'Hạ Long, Quảng Ninh', residence: 'Tổ 1, khu 2' }
  const names = { capturedBy: 'who-captured', approvedBy: 'who-approved' }
  for (let from = 0; from < people.length; from += 50)
    await house.openWork(authority, async work => {
      for (const id of people.slice(from, from + 50)) {
        const { number = '', fullName, birthDate, sex } = await register.getSummary(work, id)
        const { id: cardId } = await cards.applyForCard(work, id, { unitId })
        await cards.orderCard(work, {
          ...{ cardId, applicationId: newId<'application'>(), portrait, unitId, capturedAt: work.now, ...names },
          content: { number, fullName, birthDate, sex, ...places },
          dueOn: addDays(work.today, 7),
        })
      }
    })
}

/** Puts so many cards in order, and so many requests for accounts of level 1. Gives the accounts. */
export async function supply(
  house: House,
  unitId: units.UnitId,
  { orders, requests }: { readonly orders: number; readonly requests: number },
): Promise<string[]> {
  const authority = { ...asSystem('chaos'), unitId }
  const below = await house.openWork(authority, async work =>
    (await units.subtreeOn(work, unitId, work.today)).map(({ id }) => id),
  )
  const ordered = await findPeople(
    house,
    `not exists (select from cards.card c where c.person_id = p.person_id and c.state in ${current})`,
    orders,
  )
  const asking = await findPeople(
    house,
    `p.permanent_unit_id = any ($2::uuid[])
       and not exists (select from accounts.account a where a.person_id = p.person_id)`,
    requests,
    [below],
  )
  assert.deepEqual([ordered.length, asking.length], [orders, requests], 'the province has too few people')
  await orderCards(
    house,
    ordered.map(({ id }) => id),
    authority,
    unitId,
  )
  const requested: string[] = []
  for (const [at, { id }] of asking.entries()) {
    const phone = `09${String(71_000_000 + at * 131).padStart(8, '0')}`
    const { id: accountId } = await house.openWork(authority, work => accounts.request(work, id, { level: 1, phone }))
    requested.push(accountId)
  }
  return requested
}
