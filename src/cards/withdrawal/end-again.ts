import type * as audit from '../../audit/audit.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { type Card, mayTransition } from '../card.ts'
import { transition } from '../lifecycle.ts'
import { cancelHeldCard } from '../production/order.ts'
import * as store from '../store.ts'

/** What is true of cards again after a database was set back to an earlier moment. */

type Line = Pick<audit.JournalLine, 'of' | 'facts'>

async function holdRestored(work: Work, cardId: string): Promise<Card | undefined> {
  const held = await store.holdCard(work, cardId as Id<'card'>)
  return held && store.cardOf(held)
}

/** A card that was revoked or cancelled since. One that was not made yet then is cancelled. */
export async function endCardAgain(work: Work, { of, facts }: Line): Promise<audit.Again> {
  const card = await holdRestored(work, of)
  if (!card) return 'unknown'
  if (card.state === 'revoked' || card.state === 'cancelled') return 'already'
  const said = { code: String(facts?.['code'] ?? 'never-found') }
  if (mayTransition(card.state, 'revoked')) await transition(work, card, 'revoked', { said })
  else await cancelHeldCard(work, card, said)
  return 'again'
}

/** A card that was blocked since. One that was not handed over yet then cannot be, and is somebody's to look at. */
export async function blockCardAgain(work: Work, { of, facts }: Line): Promise<audit.Again> {
  const card = await holdRestored(work, of)
  if (!card) return 'unknown'
  if (card.state === 'blocked' || card.state === 'revoked' || card.state === 'cancelled') return 'already'
  if (!mayTransition(card.state, 'blocked')) return 'by-hand'
  await transition(work, card, 'blocked', { facts: { reason: facts?.['reason'] ?? 'lost' } })
  return 'again'
}
