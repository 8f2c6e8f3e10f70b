import * as audit from '../audit/audit.ts'
import { type Day, latestDay } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { type Card, isComing } from './card.ts'
import { ageToApply, mayApply, mustRenew } from './law.ts'
import { cardProblem } from './problems.ts'
import * as store from './store.ts'

/** The card that makes a new one needless: one on its way, or one in force that is neither over nor lost. */
const applicationConflict = (
  cards: readonly Card[],
  bornOn: Day,
  day: Day,
  kind: CardApplication['kind'],
  work: Work,
) =>
  cards.find(
    card =>
      isComing(card.state) ||
      (kind === 'first-issue' && card.state === 'handed-over' && !mustRenew(card, bornOn, day, work)),
  )

export type CardApplication = {
  /** The unit that took it. */
  readonly unitId: Id<'unit'>
  /** The session at which it was taken. */
  readonly sessionId?: string | undefined
  /**
   * An exchange or a re-issue is lawful beside a card in force, which is taken in when its successor is handed over
   * (LCC Art. 24).
   */
  readonly kind?: 'first-issue' | 'exchange' | 're-issue' | undefined
  /** The day on which it was taken, where that is not today. */
  readonly day?: Day | undefined
}

/**
 * Enters a person's application for a card: the first, a renewal after its term, or a new one for a lost and blocked
 * one; an exchange or a re-issue also beside a card in force. Throws person-unknown, card-holder-dead, card-too-young,
 * card-not-needed.
 */
export async function applyForCard(
  work: Work,
  personId: register.PersonId,
  { unitId, sessionId, kind = 'first-issue', day = work.today }: CardApplication,
): Promise<Card> {
  await store.holdPerson(work, personId)
  const person = await register.getSummary(work, personId)
  // Of a birth known in part the youngest possible age counts.
  const bornOn = latestDay(person.birthDate)
  if (person.lifeStatus === 'dead') throw cardProblem('card-holder-dead')
  if (!mayApply(bornOn, day, work)) throw cardProblem('card-too-young', { from: ageToApply(day, work) })
  const other = applicationConflict(
    (await store.findCardRows(work, [personId])).map(store.cardOf),
    bornOn,
    day,
    kind,
    work,
  )
  if (other) throw cardProblem('card-not-needed', { card: other.id, state: other.state })

  const card: Card = { id: newId<'card'>(work.now), personId, state: 'applied' }
  await store.insertCard(work, card, day)
  await audit.record(
    work,
    'card.applied',
    { kind: 'card', id: card.id, personId, unitId },
    { ...(sessionId && { session: sessionId }) },
  )
  return card
}
