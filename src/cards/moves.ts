import * as audit from '../audit/audit.ts'
import { type Day, dayOf, daysInMonth, type PartialDay, wholeDay } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { ageToApply, type Card, type CardState, isComing, isInForce, mayApply, mayMove, mustRenew, termOf } from './card.ts'
import { cardProblem } from './problems.ts'
import * as store from './store.ts'

/** Moves of cards by officers. Extracts move cards too (`importCards`); what was moved here is not rolled back by an older one. */

export type CardId = Id<'card'>

const serialShape = /^[\p{L}\d/-]{1,40}$/u

/** The latest day that a birth date leaves open: whoever may be too young is taken as too young. */
const latest = ({ y, m, d }: PartialDay): Day => (m && d ? dayOf(y, m, d) : dayOf(y, m ?? 12, daysInMonth(y, m ?? 12)))

/** What stands against a new card: one on its way, or one in force that is neither over nor lost. */
const standingAgainst = (cards: readonly Card[], bornOn: Day, day: Day) =>
  cards.find(card => isComing(card.state) || (card.state === 'handed-over' && !mustRenew(card, bornOn, day)))

/**
 * Enters a person's application for a card: the first, a renewal of one whose term is over, or a new one for one that was lost and is blocked. `unitId` is
 * the unit that took it, `sessionId` the session at which it did. Throws person-unknown, card-holder-dead, card-too-young, card-not-needed.
 */
export async function apply(
  work: Work,
  personId: register.PersonId,
  { unitId, sessionId }: { readonly unitId: string; readonly sessionId?: string | undefined },
): Promise<Card> {
  await store.holdPerson(work, personId)
  const person = await register.getSummary(work, personId)
  const bornOn = latest(person.birthDate)
  if (person.lifeStatus === 'dead') throw cardProblem('card-holder-dead')
  if (!mayApply(bornOn, work.today)) throw cardProblem('card-too-young', { from: ageToApply(work.today) })
  const other = standingAgainst((await store.cardsOf(work, [personId])).map(store.cardOf), bornOn, work.today)
  if (other) throw cardProblem('card-not-needed', { card: other.id, state: other.state })

  const card: Card = { id: newId<'card'>(work.now), personId, state: 'applied' }
  await store.insertCard(work, card)
  await audit.record(work, 'card.applied', { kind: 'card', id: card.id, personId, unitId }, { ...(sessionId && { session: sessionId }) })
  return card
}

// biome-ignore format: a table
const deeds: Record<Exclude<CardState, 'applied' | 'expired'>, string> = {
  approved: 'card.approved', produced: 'card.produced', 'at-unit': 'card.returned', 'handed-over': 'card.handed-over',
  blocked:  'card.blocked',  revoked:  'card.revoked',
}

type Target = keyof typeof deeds

/** A card that comes back to its holder after it was blocked is not handed over a second time. */
const deedOf = (from: CardState, to: Target) => (from === 'blocked' && to === 'handed-over' ? 'card.unblocked' : deeds[to])

export type Move = {
  /** Needed to block and to revoke. */
  readonly reason?: string | undefined
  /** Needed when it is produced: what is printed on it. */
  readonly serial?: string | undefined
  /** Where it happens; absent: the actor's unit, or else the holder's of permanent residence. */
  readonly unitId?: string | undefined
}

/**
 * Moves a card on along `moves` (card.ts). Made today it is issued today, for the term of the law; handed over, its predecessor is taken in and revoked.
 * Throws card-unknown, card-move-refused, card-reason-needed, card-serial-needed.
 */
export async function advance(work: Work, cardId: string, to: Target, { reason, serial, unitId }: Move = {}): Promise<Card> {
  const held = await store.holdCard(work, cardId)
  if (!held) throw cardProblem('card-unknown')
  const card = store.cardOf(held)
  if (!mayMove(card.state, to)) throw cardProblem('card-move-refused', { state: card.state, to })
  if ((to === 'blocked' || to === 'revoked') && !reason?.trim()) throw cardProblem('card-reason-needed')
  const moved: Card = { ...card, state: to, ...(to === 'produced' && (await made(work, card, serial))) }
  const subject = { kind: 'card', id: card.id, personId: card.personId, unitId: unitId ?? work.unitId ?? (await homeOf(work, card)) }

  if (to === 'handed-over' && card.state === 'at-unit') await takeIn(work, card, subject.unitId)
  await store.moveCard(work, moved)
  await audit.record(work, deedOf(card.state, to), subject, { from: card.state, ...(reason && { reason: reason.trim() }) })
  return moved
}

/** What is printed on a card that is made today. */
async function made(work: Work, { personId }: Card, serial: string | undefined): Promise<Partial<Card>> {
  if (!serial || !serialShape.test(serial)) throw cardProblem('card-serial-needed')
  const { birthDate } = await register.getSummary(work, personId as register.PersonId)
  const bornOn = wholeDay(birthDate)
  const expiresOn = bornOn && termOf(bornOn, work.today)
  return { serial, issuedOn: work.today, ...(expiresOn && { expiresOn }) }
}

/** The card that was in force is taken in when its successor is handed over. */
async function takeIn(work: Work, successor: Card, unitId: string | undefined): Promise<void> {
  const others = (await store.cardsOf(work, [successor.personId])).map(store.cardOf)
  for (const old of others.filter(({ state }) => isInForce(state))) {
    await store.moveCard(work, { ...old, state: 'revoked' })
    await audit.record(
      work,
      'card.revoked',
      { kind: 'card', id: old.id, personId: old.personId, unitId },
      { from: old.state, reason: 'replaced', by: successor.id },
    )
  }
}

const homeOf = async (work: Work, { personId }: Card): Promise<string | undefined> =>
  (await register.getSummary(work, personId as register.PersonId)).permanentUnitId
