import { CompiledQuery, sql } from 'kysely'
import * as accounts from '../src/accounts/accounts.ts'
import * as audit from '../src/audit/audit.ts'
import * as cards from '../src/cards/cards.ts'
import { portrait } from '../src/cards/printed-face/printed-face.test-sample.ts'
import { consequences } from '../src/consequences.ts'
import { openHouse } from '../src/open-house.ts'
import type { Id } from '../src/platform/ids.ts'
import { asSystem } from '../src/platform/work.ts'
import * as register from '../src/register/register.ts'
import * as units from '../src/units/units.ts'
import { makeCard, orderCard } from '../test/a-card.ts'
import { anAuthority, chipOf } from '../test/a-card-with-chip.ts'
import type { SoftwareCardContent } from '../test/software-card/software-card.ts'

/** People of a unit whose cards were made here, with the card of software that is the chip of each. */

export type ChipHolder = {
  readonly personId: Id<'person'>
  readonly name: string
  readonly number: string
  readonly serial: string
  readonly cardId: Id<'card'>
  readonly chip: SoftwareCardContent
  /** Of level 1, activated; where the card was handed over. */
  readonly accountId?: string
}

/** Grown people without a card or an account. */
const bare = (unitIds: readonly Id<'unit'>[], count: number) => sql<{ id: Id<'person'> }>`
  select p.person_id as id from register.published_person p
  where p.permanent_unit_id = any (${[...unitIds]}::uuid[]) and p.life_status = 'alive' and p.number is not null
    and p.birth_d is not null and p.birth_y between 1970 and 2003
    and not exists (select from cards.card c where c.person_id = p.person_id)
    and not exists (select from accounts.published_account a where a.person_id = p.person_id)
  order by p.person_id limit ${count}`

/** `inHand`: how many have the card already, and an account; the cards of the others wait at the unit. */
export async function cardsWithChips(
  data: string,
  { unitId, count, inHand }: { readonly unitId: units.UnitId; readonly count: number; readonly inHand: number },
): Promise<readonly ChipHolder[]> {
  const house = await openHouse({ folder: data, purpose: 'command' })
  audit.setConsequences(consequences)
  const standing = { ...asSystem('demonstration'), unitId }
  const asUnit = <T>(verb: Parameters<typeof house.openWork<T>>[1]) => house.openWork(standing, verb)
  const owner = <Row>(text: string, parameters: unknown[] = []) =>
    asUnit(async work => (await work.tx.executeQuery<Row>(CompiledQuery.raw(text, parameters))).rows)
  const beside = { openWork: house.openWork, owner } as Parameters<typeof chipOf>[0]
  try {
    await anAuthority(house)
    const photograph = await portrait()
    const people = await asUnit(async work => {
      const below = (await units.subtreeOn(work, unitId, work.today)).map(({ id }) => id)
      return (await bare(below, count).execute(work.tx)).rows
    })
    const holders: ChipHolder[] = []
    for (const [at, { id: personId }] of people.entries()) {
      const { id: cardId } = await asUnit(async work =>
        orderCard(work, await cards.applyForCard(work, personId, { unitId }), unitId, { portrait: photograph }),
      )
      const { serial = '' } = await makeCard({ openWork: house.openWork, standing }, cardId)
      await asUnit(work => cards.takeInFoundCard(work, { cardId }))
      const chip = await chipOf(beside, cardId, { kept: true })
      const { fullName: name, number = '' } = await asUnit(work => register.getSummary(work, personId))
      const holder = { personId, name, number, serial, cardId, chip }
      if (at >= inHand) {
        holders.push(holder)
        continue
      }
      const accountId = await asUnit(async work => {
        await cards.handOver(work, { serial, personId, to: { kind: 'holder' } })
        const { id } = await accounts.request(work, personId, { level: 1, phone: `09120010${10 + at}` })
        await accounts.approve(work, id)
        await accounts.activate(work, id)
        return id
      })
      holders.push({ ...holder, accountId })
    }
    return holders
  } finally {
    await house.close()
  }
}
