import * as cards from '../cards/cards.ts'
import type { Day } from '../platform/day.ts'
import type { Asking } from '../platform/law.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { Account } from './account.ts'
import { cardRuleOn } from './law.ts'

/** What an account rests on: the holder's card, or the application for one. */

/** Whether a card's term is over on a day; terms that the law put off count as it says (LCC Art. 46). */
export function isOver({ state, expiresOn }: Pick<cards.Card, 'state' | 'expiresOn'>, day: Day, work: Asking): boolean {
  if (state === 'expired') return true
  if (!expiresOn) return false
  const { from, before, to } = cards.lawOf(day, work).extended
  return (expiresOn >= from && expiresOn <= before ? to : expiresOn) <= day
}

const cardsOf = async (work: Work, personId: Id<'person'>) =>
  (await cards.cardsOf(work, [personId])).get(personId) ?? []

/** The card that the holder has and may show: handed over, neither blocked nor over. */
export const cardInHand = async (work: Work, personId: Id<'person'>): Promise<cards.Card | undefined> =>
  (await cardsOf(work, personId)).find(card => card.state === 'handed-over' && !isOver(card, work.today, work))

const counts: readonly cards.CardState[] = ['applied', 'approved', 'produced', 'at-unit', 'handed-over']

/** NĐ59/2022 Art. 14: level 2 by whoever has a chip card, or together with the application for one. */
export const hasCardOrApplication = async (work: Work, personId: Id<'person'>): Promise<boolean> =>
  (await cardsOf(work, personId)).some(card => counts.includes(card.state) && !isOver(card, work.today, work))

/**
 * Whether what an approved level 2 rested on has ended since: of the cards that are known of its holder none is left.
 * Of whoever has none, an extract told of the account alone; and a card that expired ends nothing where the law of the
 * day leaves the account as it is.
 */
export async function lacksCard(
  work: Work,
  { personId, level, state }: Pick<Account, 'personId' | 'level' | 'state'>,
): Promise<boolean> {
  if (level !== 2 || state !== 'approved') return false
  const known = await cardsOf(work, personId)
  const ends = cardRuleOn(work.today, work).expired === 'locks'
  return (
    known.length > 0 &&
    known.every(
      card => card.state === 'revoked' || card.state === 'cancelled' || (ends && isOver(card, work.today, work)),
    )
  )
}
