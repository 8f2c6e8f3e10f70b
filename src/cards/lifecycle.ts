import * as audit from '../audit/audit.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import type { GivenReason, ReasonedAct } from './acts-with-reason.ts'
import { type Card, type CardState, mayTransition, serialShape } from './card.ts'
import { reasonCodesFor } from './law.ts'
import { cardProblem } from './problems.ts'
import * as store from './store.ts'
import { findCard } from './store.ts'
import { findEndedHere, findOpenBoxLine, findOpenList } from './store-location.ts'

/**
 * The base of all verbs on a card. Extracts move cards too (`importCards`), but an older extract never rolls a move
 * back.
 */

export type CardId = Id<'card'>

/** Refuses where none of some units and schools is one of the actor's. Throws card-unit-outside. */
export function refusePlaceOutside(work: Work, ...oneOf: readonly Id<'unit' | 'school'>[]): void {
  if (!oneOf.some(id => staff.isInScope(work, id))) throw cardProblem('card-unit-outside')
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
  const codes = reasonCodesFor(act, work.today, work)
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

/**
 * The unit that acts: the one given, the actor's, or the house's topmost. Throws card-unit-outside where the one given
 * is not the actor's.
 */
export async function actingUnit(work: Work, unitId?: Id<'unit'> | undefined): Promise<units.UnitRecord> {
  const id = unitId ?? work.unitId ?? (await units.unitsOn(work, work.today))[0]?.id
  if (!id) throw cardProblem('card-unit-needed')
  if (unitId) refusePlaceOutside(work, unitId)
  return units.getUnit(work, id)
}
