import * as audit from '../audit/audit.ts'
import { newId } from '../platform/ids.ts'
import type { Deed, Work } from '../platform/work.ts'
import { type Card, isComing, isInForce } from './card.ts'
import { closeWhenOver, hold, holdFor, moveOn, refuseReason } from './moves.ts'
import { cancelHeld, reprint } from './order.ts'
import { cardProblem } from './problems.ts'
import { boxProblem } from './problems-box.ts'
import type { Said } from './reason.ts'
import * as store from './store.ts'
import * as boxes from './store-box.ts'
import * as lives from './store-life.ts'
import * as withholdings from './store-withholding.ts'

/** A lost card is accepted nowhere, until its holder has it back or it is revoked. Throws card-unknown, card-move-refused, card-reason-unknown. */
export async function block(work: Work, cardId: string, said: Said): Promise<Card> {
  const card = await holdFor(work, { cardId }, 'blocked')
  refuseReason(work, 'block', said)
  return moveOn(work, card, 'blocked', { facts: { reason: said.code, ...(said.note && { noted: true }) } })
}

/** The holder has it back; it is not handed over a second time. Throws card-unknown, card-move-refused. */
export async function unblock(work: Work, cardId: string): Promise<Card> {
  const card = await hold(work, { cardId })
  if (card.state !== 'blocked') throw cardProblem('card-move-refused', { state: card.state, to: 'handed-over' })
  return moveOn(work, card, 'handed-over', { deed: 'card.unblocked' })
}

/** Ends a card for good, for a reason of the law of the day. Throws card-unknown, card-move-refused, card-reason-unknown. */
export async function revoke(work: Work, cardId: string, said: Said): Promise<Card> {
  const card = await holdFor(work, { cardId }, 'revoked')
  refuseReason(work, 'revoke', said)
  return moveOn(work, card, 'revoked', { said })
}

/**
 * A card that was missing when its box was counted did not turn up: it is revoked, and where it was ordered here it is ordered once more, with the same deadline. Throws card-unknown,
 * card-not-missing.
 */
export async function declareLost(
  work: Work,
  cardId: string,
  { note }: { readonly note?: string | undefined } = {},
): Promise<{ revoked: Card; reprint?: Card }> {
  const card = await hold(work, { cardId })
  const line = await boxes.openLine(work, card)
  if (line?.state !== 'missing') throw boxProblem('card-not-missing')
  const lost = await endLost(work, card, line.boxId, note)
  // Who sees the holder for this card's sake alone sees them until its successor is ordered: the line goes last.
  await boxes.endLine(work, card, line.boxId, 'lost')
  await closeWhenOver(work, lost.revoked)
  return lost
}

async function endLost(work: Work, card: Card, box: string, note: string | undefined): Promise<{ revoked: Card; reprint?: Card }> {
  // It may have ended meanwhile, or an extract told that its holder has it; then nobody waits for it.
  if (!isComing(card.state)) {
    await audit.record(work, 'card.lost', subjectOf(work, card), { box })
    return { revoked: card }
  }
  const revoked = await moveOn(work, card, 'revoked', { said: { code: 'lost-in-transit', note }, facts: { box } })
  const again = await reprint(work, card.id)
  return { revoked, ...(again && { reprint: again }) }
}

/** Whoever died has no card: what is made is revoked, what was only applied for comes to nothing. A consequence of `person.died`. */
export async function revokeAllOf(work: Work, { subject: { personId } }: Deed): Promise<void> {
  if (!personId) return
  await store.holdPerson(work, personId)
  for (const { id, state } of await store.cardsOf(work, [personId])) {
    if (state === 'revoked' || state === 'cancelled') continue
    const card = await hold(work, { cardId: id })
    if (state === 'applied' || state === 'approved') await cancelHeld(work, card, { code: 'died' })
    else await moveOn(work, card, 'revoked', { said: { code: 'died' } })
  }
}

export type Withheld = Said & {
  /** Who keeps it: the prison, the school. */
  readonly authority: string
}

/** A card that an authority keeps for a while (LCCCD Art. 28(2), LCC Art. 29(2)). Throws card-unknown, card-not-to-be-withheld, card-withheld, card-reason-unknown, card-authority-needed. */
export async function withhold(work: Work, cardId: string, { authority, ...said }: Withheld): Promise<Card> {
  const card = await hold(work, { cardId })
  if (!isInForce(card.state) && card.state !== 'at-unit') throw cardProblem('card-not-to-be-withheld', { state: card.state })
  refuseReason(work, 'withhold', said)
  if (authority.trim() === '') throw cardProblem('card-authority-needed')
  if (await lives.isWithheld(work, card)) throw cardProblem('card-withheld')
  await withholdings.insertWithholding(work, newId<'withholding'>(work.now), card, { ...said, authority: authority.trim() })
  await audit.record(work, 'card.withheld', subjectOf(work, card), { code: said.code })
  return card
}

/** The authority gives it back to its holder, or to the unit that keeps it for them. Throws card-unknown, card-not-withheld. */
export async function giveBack(work: Work, cardId: string): Promise<Card> {
  const card = await hold(work, { cardId })
  if (!(await withholdings.endWithholding(work, card))) throw cardProblem('card-not-withheld')
  await audit.record(work, 'card.given-back', subjectOf(work, card))
  return card
}

const subjectOf = (work: Work, { id, personId }: Card) => ({ kind: 'card', id, personId, unitId: work.unitId })
