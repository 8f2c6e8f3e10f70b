import * as audit from '../../audit/audit.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Deed, Work } from '../../platform/work.ts'
import type { GivenReason } from '../acts-with-reason.ts'
import { type Card, isInForce } from '../card.ts'
import { getCardByRef, holdCardByRef, holdForTransition, refuseUnknownReason, transition } from '../lifecycle.ts'
import { cardProblem } from '../problems.ts'
import { cancelHeldCard, canRepeat, orderReprint } from '../production/order.ts'
import * as store from '../store.ts'
import * as location from '../store-location.ts'
import { isReprintOwed } from './reprint-owed.ts'
import * as withholdings from './store-withholding.ts'

/**
 * Withdrawal: a card goes out of use, for a while or for good. In: a card and a reason of the law of the day, or the
 * deed that its holder died. Decided: whether the card may be blocked, withheld or revoked, and whether the house owes
 * its holder another. Out: the card's new status, a reprint where one is owed, old cards kept and destroyed by two
 * officers (`old-card.ts`). Deeds: `card.blocked`, `card.unblocked`, `card.withheld`, `card.given-back`,
 * `card.revoked`, `old-card.taken-in`, `old-cards.destroyed`.
 */

/**
 * A lost card is accepted nowhere, until its holder has it back or it is revoked. Throws card-unknown,
 * card-move-refused, card-reason-unknown.
 */
export async function blockCard(work: Work, cardId: Id<'card'>, reason: GivenReason): Promise<Card> {
  const card = await holdForTransition(work, { cardId }, 'blocked')
  refuseUnknownReason(work, 'block', reason)
  return transition(work, card, 'blocked', { facts: { reason: reason.code, ...(reason.note && { noted: true }) } })
}

/** The holder has it back; it is not handed over a second time. Throws card-unknown, card-move-refused. */
export async function unblockCard(work: Work, cardId: Id<'card'>): Promise<Card> {
  const card = await holdCardByRef(work, { cardId })
  if (card.state !== 'blocked') throw cardProblem('card-move-refused', { state: card.state, to: 'handed-over' })
  return transition(work, card, 'handed-over', { deed: 'card.unblocked' })
}

/**
 * Ends a card for good, for a reason of the law of the day. A card that was printed wrong, or damaged before its holder
 * had it, is reprinted as it was approved, without a request of its holder; where that is impossible, the holder is
 * listed as owed a card (`published_owed`). Throws card-unknown, card-move-refused, card-reason-unknown.
 */
export async function revokeCard(work: Work, cardId: Id<'card'>, reason: GivenReason): Promise<Card> {
  await holdHolder(work, cardId)
  const card = await holdForTransition(work, { cardId }, 'revoked')
  refuseUnknownReason(work, 'revoke', reason)
  if (!isReprintOwed(card, reason)) return transition(work, card, 'revoked', { said: reason })
  return (await revokeAndReprint(work, card, reason, {})).revoked
}

/**
 * Makes a new application of the holder wait until this work ends. The person is locked before the card, as everywhere.
 * Throws card-unknown.
 */
export async function holdHolder(work: Work, cardId: Id<'card'>): Promise<void> {
  const { personId } = await getCardByRef(work, { cardId })
  await store.holdPerson(work, personId)
}

/** A card that the house has to make good: it ends, and another is ordered from the same order where that can be. */
export async function revokeAndReprint(
  work: Work,
  card: Card,
  reason: GivenReason,
  facts: Readonly<Record<string, unknown>>,
): Promise<{ revoked: Card; reprint?: Card }> {
  const again = await canRepeat(work, card)
  const revoked = await transition(work, card, 'revoked', {
    said: reason,
    facts: { ...facts, ...(again && { again }) },
  })
  const successor = again ? await orderReprint(work, card.id, card.state) : undefined
  return { revoked, ...(successor && { reprint: successor }) }
}

/** Revokes the made cards of a dead person and cancels their applications. A consequence of `person.died`. */
export async function revokeCardsOfDead(work: Work, { subject: { personId } }: Deed): Promise<void> {
  if (!personId) return
  await store.holdPerson(work, personId)
  for (const { id, state } of await store.findCardRows(work, [personId])) {
    if (state === 'revoked' || state === 'cancelled') continue
    const card = await holdCardByRef(work, { cardId: id })
    if (state === 'applied' || state === 'approved') await cancelHeldCard(work, card, { code: 'died' })
    else await transition(work, card, 'revoked', { said: { code: 'died' } })
  }
}

export type WithholdCard = GivenReason & {
  /** Who keeps it: the prison, the school. */
  readonly authority: string
}

/**
 * A card that an authority keeps for a while (LCCCD Art. 28(2), LCC Art. 29(2)). Throws card-unknown,
 * card-not-to-be-withheld, card-withheld, card-reason-unknown, card-authority-needed.
 */
export async function withholdCard(
  work: Work,
  cardId: Id<'card'>,
  { authority, ...said }: WithholdCard,
): Promise<Card> {
  const card = await holdCardByRef(work, { cardId })
  if (!isInForce(card.state) && card.state !== 'at-unit')
    throw cardProblem('card-not-to-be-withheld', { state: card.state })
  refuseUnknownReason(work, 'withhold', said)
  if (authority.trim() === '') throw cardProblem('card-authority-needed')
  if (await location.isWithheld(work, card)) throw cardProblem('card-withheld')
  await withholdings.insertWithholding(work, newId<'withholding'>(work.now), card, {
    ...said,
    authority: authority.trim(),
  })
  await audit.record(work, 'card.withheld', auditSubjectOf(work, card), { code: said.code })
  return card
}

/**
 * The authority gives it back to its holder, or to the unit that keeps it for them. Throws card-unknown,
 * card-not-withheld.
 */
export async function giveCardBack(work: Work, cardId: Id<'card'>): Promise<Card> {
  const card = await holdCardByRef(work, { cardId })
  if (!(await withholdings.endWithholding(work, card))) throw cardProblem('card-not-withheld')
  await audit.record(work, 'card.given-back', auditSubjectOf(work, card))
  return card
}

export const auditSubjectOf = (work: Work, { id, personId }: Card) => ({
  kind: 'card',
  id,
  personId,
  unitId: work.unitId,
})
