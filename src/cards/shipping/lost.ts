import * as audit from '../../audit/audit.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { type Card, isComing } from '../card.ts'
import { closeAccessWhenOver, holdCardByRef } from '../lifecycle.ts'
import * as location from '../store-location.ts'
import { auditSubjectOf, holdHolder, revokeAndReprint } from '../withdrawal/withdrawal.ts'
import { boxProblem } from './problems.ts'
import * as boxes from './store.ts'

/** Cards that were missing from a box, or should lie here, and did not turn up. */

/**
 * Declares lost a card that was missing when its box was counted: it is revoked, and reprinted with the same deadline
 * where it was ordered here. An ended card that waits for destruction here is declared gone instead. Throws
 * card-unknown, card-not-missing.
 */
export async function declareLost(
  work: Work,
  cardId: Id<'card'>,
  { note }: { readonly note?: string | undefined } = {},
): Promise<{ revoked: Card; reprint?: Card }> {
  await holdHolder(work, cardId)
  const card = await holdCardByRef(work, { cardId })
  const line = await location.findOpenBoxLine(work, card)
  if (!line && (await location.findEndedHere(work, [card.id])).length > 0) return revokeGone(work, card, note)
  if (line?.state !== 'missing') throw boxProblem('card-not-missing')
  const lost = await revokeLost(work, card, line.boxId, note)
  // Who sees the holder for this card's sake alone sees them until its successor is ordered: the line goes last.
  await boxes.endBoxLine(work, card, line.boxId, 'lost')
  await closeAccessWhenOver(work, lost.revoked)
  return lost
}

async function revokeGone(work: Work, card: Card, note: string | undefined): Promise<{ revoked: Card }> {
  await location.setLocation(work, [card], { kind: 'gone' })
  await audit.record(work, 'card.lost', auditSubjectOf(work, card), {
    state: card.state,
    ...(note?.trim() && { noted: true }),
  })
  await closeAccessWhenOver(work, card)
  return { revoked: card }
}

async function revokeLost(
  work: Work,
  card: Card,
  box: string,
  note: string | undefined,
): Promise<{ revoked: Card; reprint?: Card }> {
  // It may have ended meanwhile, or an extract reports that its holder has it; then no unit waits for it.
  if (!isComing(card.state)) {
    await audit.record(work, 'card.lost', auditSubjectOf(work, card), { box })
    return { revoked: card }
  }
  return revokeAndReprint(work, card, { code: 'lost-in-transit', note }, { box })
}
