import * as cards from '../cards/cards.ts'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Asking } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import type { Account } from './account.ts'
import { cardRuleOn } from './law.ts'

/** What an account is based on: the holder's card or the application for one. */

/** Whether a card's term is over on a day. Terms that the law extended count as extended (LCC Art. 46). */
export function isCardOver(
  { state, expiresOn }: Pick<cards.Card, 'state' | 'expiresOn'>,
  day: Day,
  work: Asking,
): boolean {
  if (state === 'expired') return true
  return expiresOn !== undefined && cards.isTermOver(expiresOn, day, work)
}

const findCardsOf = async (work: Work, personId: Id<'person'>) =>
  (await cards.cardsOf(work, [personId])).get(personId) ?? []

/** The card that the holder has and may show: handed over, not blocked and not expired. */
export const cardInHand = async (work: Work, personId: Id<'person'>): Promise<cards.Card | undefined> =>
  (await findCardsOf(work, personId)).find(card => card.state === 'handed-over' && !isCardOver(card, work.today, work))

const countedCardStates: readonly cards.CardState[] = ['applied', 'approved', 'produced', 'at-unit', 'handed-over']

/** NĐ59/2022 Art. 14: level 2 requires a chip card, or comes with the application for one. */
export const hasCardOrApplication = async (work: Work, personId: Id<'person'>): Promise<boolean> =>
  (await findCardsOf(work, personId)).some(
    card => countedCardStates.includes(card.state) && !isCardOver(card, work.today, work),
  )

/**
 * Whether every known card of an approved level 2 account has ended since. A holder without any known card keeps the
 * account, because an extract reported the account alone. An expired card ends nothing if the law of the day leaves the
 * account as it is.
 */
export async function lacksCard(
  work: Work,
  { personId, level, state }: Pick<Account, 'personId' | 'level' | 'state'>,
): Promise<boolean> {
  if (level !== 2 || state !== 'approved') return false
  const known = await findCardsOf(work, personId)
  const ends = cardRuleOn(work.today, work).expired === 'locks'
  return (
    known.length > 0 &&
    known.every(
      card => card.state === 'revoked' || card.state === 'cancelled' || (ends && isCardOver(card, work.today, work)),
    )
  )
}
