import { ruleOn } from '../../platform/law.ts'
import type { Deed, Work } from '../../platform/work.ts'
import type { MergedRecords } from '../../register/register.ts'
import { isComing, isInForce } from '../card.ts'
import { groundOfMergedCard } from '../law.ts'
import { holdCardByRef, transition } from '../lifecycle.ts'
import { cancelHeldCard } from '../production/order.ts'
import * as store from '../store.ts'

/**
 * Two records were merged: one card at most stays in force, that of the record whose number stays. Cards with the other
 * number that are not made yet come to nothing; a made one ends where the person has a card with the right number, and
 * is otherwise good until it is exchanged (LCC Art. 24). A consequence of `person.merged`.
 */
export async function followMergedRecords(work: Work, { facts }: Deed): Promise<void> {
  const { survivor, merged, numberOf } = facts as MergedRecords
  // In the order of ids, as whoever else holds two people.
  for (const id of [survivor, merged].toSorted()) await store.holdPerson(work, id)
  const loser = numberOf === survivor ? merged : survivor
  const right = await store.findCardRows(work, [numberOf])
  const hasOne = right.some(({ state }) => isInForce(state))
  const getsOne = hasOne || right.some(({ state }) => state === 'produced' || state === 'at-unit')
  for (const { id, state } of await store.findCardRows(work, [loser])) {
    if (state === 'applied' || state === 'approved')
      await cancelHeldCard(work, await holdCardByRef(work, { cardId: id }), { code: 'entered-twice' })
    else if ((isInForce(state) && hasOne) || (isComing(state) && getsOne))
      await transition(work, await holdCardByRef(work, { cardId: id }), 'revoked', {
        said: { code: ruleOn(groundOfMergedCard, work.today, work) },
        facts: { merged: true },
      })
  }
}
