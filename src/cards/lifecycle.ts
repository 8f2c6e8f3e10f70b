import * as audit from '../audit/audit.ts'
import { type Day, latestDay } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import { type Card, type CardState, isComing, mayTransition, serialShape } from './card.ts'
import { ageToApply, mayApply, mustRenew } from './law.ts'
import { cardProblem } from './problems.ts'
import { type GivenReason, type ReasonedAct, reasonCodesFor } from './reason.ts'
import * as store from './store.ts'
import { findCard } from './store.ts'
import { findEndedHere, findOpenBoxLine, findOpenList } from './store-location.ts'

/**
 * The base of all verbs on a card. Extracts move cards too (`importCards`), but an older extract never rolls a move
 * back.
 */

export type CardId = Id<'card'>

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

/** A card by its id, or by the serial that is printed on it. */
export type CardRef = { readonly cardId: Id<'card'> } | { readonly serial: string }

/** Of several cards with one serial, those that have not ended. */
const notEndedOf = (cards: readonly Card[]) =>
  cards.filter(({ state }) => state !== 'revoked' && state !== 'cancelled' && state !== 'expired')

/** Locks a card; throws card-unknown, card-serial-needed, card-serial-of-several. */
export async function holdCardByRef(work: Work, ref: CardRef): Promise<Card> {
  const found = await store.holdCard(work, await cardIdOf(work, ref))
  if (!found) throw cardProblem('card-unknown')
  return store.cardOf(found)
}

/** Reads a card without a lock. Throws card-unknown, card-serial-needed, card-serial-of-several. */
export async function getCardByRef(work: Work, ref: CardRef): Promise<Card> {
  const found = await findCard(work, await cardIdOf(work, ref))
  if (!found) throw cardProblem('card-unknown')
  return store.cardOf(found)
}

async function cardIdOf(work: Work, ref: CardRef): Promise<CardId> {
  if ('cardId' in ref) return ref.cardId
  const known = (await store.findCardsBySerial(work, [readSerial(ref.serial)])).map(store.cardOf)
  const [one, other] = known.length > 1 ? notEndedOf(known) : known
  if (other || (known.length > 1 && !one)) throw cardProblem('card-serial-of-several')
  if (!one) throw cardProblem('card-unknown')
  return one.id
}

/** A serial as it was scanned or typed; throws card-serial-needed. */
export function readSerial(text: string | undefined): string {
  const serial = text?.trim() ?? ''
  if (!serialShape.test(serial)) throw cardProblem('card-serial-needed')
  return serial
}

/** Locks a card that may go to a state; throws card-unknown, card-move-refused. */
export async function holdForTransition(work: Work, ref: CardRef, to: CardState): Promise<Card> {
  const card = await holdCardByRef(work, ref)
  if (!mayTransition(card.state, to)) throw cardProblem('card-move-refused', { state: card.state, to })
  return card
}

/** Throws card-reason-unknown where the table of reasons has not this code for the act and the day. */
export function refuseUnknownReason(work: Work, act: ReasonedAct, { code }: GivenReason): void {
  const codes = reasonCodesFor(act, work.today)
  if (!codes.includes(code)) throw cardProblem('card-reason-unknown', { codes })
}

const deedByState: Record<Exclude<CardState, 'applied' | 'expired'>, string> = {
  approved: 'card.approved',
  produced: 'card.produced',
  'at-unit': 'card.returned',
  'handed-over': 'card.handed-over',
  blocked: 'card.blocked',
  revoked: 'card.revoked',
  cancelled: 'card.cancelled',
}
type TransitionTarget = keyof typeof deedByState

/** States after the hand-over, or without one: the unit no longer waits for the card. */
const arrivedStates: readonly CardState[] = ['handed-over', 'blocked', 'revoked', 'expired', 'cancelled']

export type TransitionDetails = {
  /** Where it happens; absent: the actor's unit, or else the holder's of permanent residence. */
  readonly unitId?: Id<'unit' | 'school'> | undefined
  readonly facts?: Readonly<Record<string, unknown>>
  /** Where the deed is not the one of the state. */
  readonly deed?: string
  /** Why: kept with the card wherever it ends. */
  readonly said?: GivenReason
}

const insertEnding = { revoked: store.insertRevocation, cancelled: store.insertCancellation } as const
const needsEnding = (to: TransitionTarget): to is keyof typeof insertEnding => Object.hasOwn(insertEnding, to)

/** Writes a transition of a held card, and its deed. The caller has asked whether the card may make it. */
export async function transition(
  work: Work,
  card: Card,
  to: TransitionTarget,
  { unitId, facts, deed, said }: TransitionDetails = {},
): Promise<Card> {
  const moved: Card = { ...card, state: to }
  const subject = {
    kind: 'card',
    id: card.id,
    personId: card.personId,
    unitId: unitId ?? work.unitId ?? (await homeUnitOf(work, card)),
  }
  await store.setCardState(work, moved)
  if (needsEnding(to) && said) await insertEnding[to](work, card, said)
  await audit.record(work, deed ?? deedByState[to], subject, {
    from: card.state,
    ...(said && { code: said.code }),
    ...facts,
  })
  await closeAccessWhenOver(work, moved)
  return moved
}

/**
 * Ends the access that a unit has to a holder for the card's sake, once the card has arrived or ended. It stays open as
 * long as a box or a list has the card, or an ended card waits for destruction: the unit could else not finish these.
 * Extracts do the same (`findEndedByExtract`).
 */
export async function closeAccessWhenOver(work: Work, card: Card): Promise<void> {
  if (!arrivedStates.includes(card.state)) return
  if (
    (await findOpenBoxLine(work, card)) ||
    (await findOpenList(work, card)) ||
    (await findEndedHere(work, [card.id])).length > 0
  )
    return
  await register.closeAccessCase(work, { kind: 'card', caseId: card.id })
}

const homeUnitOf = async (work: Work, { personId }: Card): Promise<Id<'unit'> | undefined> =>
  (await register.getSummary(work, personId)).permanentUnitId

/** The unit that acts: the one given, the actor's, or the house's topmost. */
export async function actingUnit(work: Work, unitId?: Id<'unit'> | undefined): Promise<units.UnitRecord> {
  const id = unitId ?? work.unitId ?? (await units.unitsOn(work, work.today))[0]?.id
  if (!id) throw cardProblem('card-unit-needed')
  return units.getUnit(work, id)
}
