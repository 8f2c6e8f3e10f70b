import * as audit from '../audit/audit.ts'
import { type Day, latestDay } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import { type Card, type CardState, isComing, mayMove, serialShape } from './card.ts'
import { ageToApply, mayApply, mustRenew } from './law.ts'
import { cardProblem } from './problems.ts'
import { type Act, codesFor, type Said } from './reason.ts'
import * as store from './store.ts'
import { findCard } from './store.ts'
import { endedHere, openLine, openList } from './store-location.ts'

/**
 * The base of all verbs on a card. Extracts move cards too (`importCards`), but an older extract never rolls a move
 * back.
 */

export type CardId = Id<'card'>

/** The card that makes a new one needless: one on its way, or one in force that is neither over nor lost. */
const standingAgainst = (cards: readonly Card[], bornOn: Day, day: Day, kind: Applying['kind'], work: Work) =>
  cards.find(
    card =>
      isComing(card.state) ||
      (kind === 'first-issue' && card.state === 'handed-over' && !mustRenew(card, bornOn, day, work)),
  )

export type Applying = {
  /** The unit that took it. */
  readonly unitId: string
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
export async function apply(
  work: Work,
  personId: register.PersonId,
  { unitId, sessionId, kind = 'first-issue', day = work.today }: Applying,
): Promise<Card> {
  await store.holdPerson(work, personId)
  const person = await register.getSummary(work, personId)
  // Of a birth known in part the youngest possible age counts.
  const bornOn = latestDay(person.birthDate)
  if (person.lifeStatus === 'dead') throw cardProblem('card-holder-dead')
  if (!mayApply(bornOn, day, work)) throw cardProblem('card-too-young', { from: ageToApply(day, work) })
  const other = standingAgainst((await store.cardsOf(work, [personId])).map(store.cardOf), bornOn, day, kind, work)
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
export type CardRef = { readonly cardId: string } | { readonly serial: string }

/** Of several cards with one serial, those that have not ended. */
const living = (cards: readonly Card[]) =>
  cards.filter(({ state }) => state !== 'revoked' && state !== 'cancelled' && state !== 'expired')

/** Locks a card; throws card-unknown, card-serial-needed, card-serial-of-several. */
export async function hold(work: Work, ref: CardRef): Promise<Card> {
  const found = await store.holdCard(work, await idOf(work, ref))
  if (!found) throw cardProblem('card-unknown')
  return store.cardOf(found)
}

/** Reads a card without a lock. Throws card-unknown, card-serial-needed, card-serial-of-several. */
export async function look(work: Work, ref: CardRef): Promise<Card> {
  const found = await findCard(work, await idOf(work, ref))
  if (!found) throw cardProblem('card-unknown')
  return store.cardOf(found)
}

async function idOf(work: Work, ref: CardRef): Promise<string> {
  if ('cardId' in ref) return ref.cardId
  const known = (await store.cardsBySerial(work, [readSerial(ref.serial)])).map(store.cardOf)
  const [one, other] = known.length > 1 ? living(known) : known
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
export async function holdFor(work: Work, ref: CardRef, to: CardState): Promise<Card> {
  const card = await hold(work, ref)
  if (!mayMove(card.state, to)) throw cardProblem('card-move-refused', { state: card.state, to })
  return card
}

/** Throws card-reason-unknown where the table of reasons has not this code for the act and the day. */
export function refuseReason(work: Work, act: Act, { code }: Said): void {
  const codes = codesFor(act, work.today)
  if (!codes.includes(code)) throw cardProblem('card-reason-unknown', { codes })
}

const deeds: Record<Exclude<CardState, 'applied' | 'expired'>, string> = {
  approved: 'card.approved',
  produced: 'card.produced',
  'at-unit': 'card.returned',
  'handed-over': 'card.handed-over',
  blocked: 'card.blocked',
  revoked: 'card.revoked',
  cancelled: 'card.cancelled',
}
type Target = keyof typeof deeds

/** States after the hand-over, or without one: the unit no longer waits for the card. */
const arrived: readonly CardState[] = ['handed-over', 'blocked', 'revoked', 'expired', 'cancelled']

export type Moved = {
  /** Where it happens; absent: the actor's unit, or else the holder's of permanent residence. */
  readonly unitId?: string | undefined
  readonly facts?: Readonly<Record<string, unknown>>
  /** Where the deed is not the one of the state. */
  readonly deed?: string
  /** Why: kept with the card wherever it ends. */
  readonly said?: Said
}

const endings = { revoked: store.insertRevocation, cancelled: store.insertCancellation } as const
const ends = (to: Target): to is keyof typeof endings => Object.hasOwn(endings, to)

/** Writes a transition of a held card, and its deed. The caller has asked whether the card may make it. */
export async function moveOn(
  work: Work,
  card: Card,
  to: Target,
  { unitId, facts, deed, said }: Moved = {},
): Promise<Card> {
  const moved: Card = { ...card, state: to }
  const subject = {
    kind: 'card',
    id: card.id,
    personId: card.personId,
    unitId: unitId ?? work.unitId ?? (await homeOf(work, card)),
  }
  await store.moveCard(work, moved)
  if (ends(to) && said) await endings[to](work, card, said)
  await audit.record(work, deed ?? deeds[to], subject, { from: card.state, ...(said && { code: said.code }), ...facts })
  await closeWhenOver(work, moved)
  return moved
}

/**
 * Ends the access that a unit has to a holder for the card's sake, once the card has arrived or ended. It stays open as
 * long as a box or a list has the card, or an ended card waits for destruction: the unit could else not finish these.
 * Extracts do the same (`findEndedByExtract`).
 */
export async function closeWhenOver(work: Work, card: Card): Promise<void> {
  if (!arrived.includes(card.state)) return
  if ((await openLine(work, card)) || (await openList(work, card)) || (await endedHere(work, [card.id])).length > 0)
    return
  await register.closeCase(work, { kind: 'card', caseId: card.id })
}

const homeOf = async (work: Work, { personId }: Card): Promise<string | undefined> =>
  (await register.getSummary(work, personId)).permanentUnitId

/** The unit that acts: the one given, the actor's, or the house's topmost. */
export async function unitHere(work: Work, given?: string | undefined): Promise<units.UnitRecord> {
  const id = given ?? work.unitId ?? (await units.unitsOn(work, work.today))[0]?.id
  if (!id) throw cardProblem('card-unit-needed')
  return units.getUnit(work, id as units.UnitId)
}
