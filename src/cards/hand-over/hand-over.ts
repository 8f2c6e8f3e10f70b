/**
 * Hand-over: a card reaches its holder. In: the card and a paper of the receiver, both scanned; or a list that a
 * teacher collected and pupils signed. Decided: whether the card is this person's, and whether it lies here. Out: the
 * card in force, its predecessor taken in and revoked; cards that came back with a list lie at the unit again. Deeds:
 * `card.handed-over`, `card.revoked` (the predecessor), `hand-over-list.*`.
 */

import { parseNumber } from '../../names/numbers/numbers.ts'
import { asId, type Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { type Card, isInForce } from '../card.ts'
import { spendReadingIfGiven } from '../chip-readings/chip-readings.ts'
import { chipReadAtHandOver } from '../law.ts'
import { actingUnit, holdCardByRef, readSerial, transition } from '../lifecycle.ts'
import { cardProblem } from '../problems.ts'
import * as store from '../store.ts'
import * as location from '../store-location.ts'
import { keepOldCard } from '../withdrawal/old-card.ts'
import { handOverProblem } from './problems.ts'
import { refuseHandOver } from './refuse-hand-over.ts'
import * as hands from './store.ts'

export { findHandOver } from './store.ts'

/** Into whose hands a card goes. */
export type CardReceiver =
  | { readonly kind: 'holder' }
  | {
      readonly kind: 'representative'
      /** Where the representative is in the register. */
      readonly personId?: Id<'person'> | undefined
      readonly name: string
      readonly relation: string
      /** The paper that shows it. */
      readonly evidence: string
    }
  /** A pupil signed the list that a teacher collected. */
  | { readonly kind: 'teacher'; readonly listId: string }

export type HandOverRequest = {
  /** Scanned from the card. */
  readonly serial: string
  readonly to: CardReceiver
  readonly signature?: Buffer | undefined
  readonly unitId?: Id<'unit'> | undefined
  /** The reading of the card's chip. */
  readonly chipReading?: string | undefined
  /** When the officer decided, where it is done later. */
  readonly decidedAt?: Date | undefined
} & (
  | { readonly personId: Id<'person'> }
  /** Scanned from a paper of the person at the counter. */
  | { readonly number: string }
)

/** The person who has or had a number. Throws holder-unknown. */
async function getHolderOfNumber(work: Work, number: string): Promise<Id<'person'>> {
  const reading = parseNumber(number)
  const holder = reading.kind === 'number' ? await hands.findHolderOfNumber(work, reading.number) : undefined
  if (!holder) throw handOverProblem('holder-unknown')
  return holder
}

/** Whose card it must be. */
const getHolder = async (work: Work, request: HandOverRequest): Promise<Id<'person'>> =>
  'personId' in request ? request.personId : getHolderOfNumber(work, request.number)

/**
 * The card that waits for the holder of a number, since their QR code has no serial of it. Throws holder-unknown,
 * card-unknown.
 */
export async function getWaitingCard(work: Work, number: string): Promise<Id<'card'>> {
  const holder = await getHolderOfNumber(work, number)
  const waiting = (await store.findCardRows(work, [holder])).find(({ state }) => state === 'at-unit')
  if (!waiting) throw cardProblem('card-unknown')
  return waiting.id
}

/**
 * Hands a card over: the card and the person are both scanned, so that nobody gets another person's. The predecessor in
 * force is taken in and revoked. Throws card-unknown, card-serial-needed, holder-unknown, card-of-another-person,
 * card-handed-over, card-not-here, card-withheld, card-in-a-box, card-lies-elsewhere, card-on-a-list, card-not-on-list,
 * representative-needed, list-not-signed, chip-reading-needed, and what stands against the reading.
 */
export async function handOver(work: Work, request: HandOverRequest): Promise<Card> {
  const { to, signature, unitId } = request
  const card = await holdCardByRef(work, { serial: readSerial(request.serial) })
  if (card.personId !== (await getHolder(work, request))) throw handOverProblem('card-of-another-person')
  if (to.kind === 'teacher' && !signature) throw handOverProblem('list-not-signed')
  await refuseHandOver(work, card, { unitId, ...(to.kind === 'teacher' && { listId: to.listId }) })
  const chip = await spendReadingIfGiven(work, request.chipReading, {
    card,
    purpose: 'hand-over',
    deed: 'card.handed-over',
    subjectId: card.id,
    at: request.decidedAt,
    // A card of a list was signed for where no reader was.
    demand: to.kind === 'teacher' ? 'may' : ruleOn(chipReadAtHandOver, work.today, work),
  })
  const record = { ...receiverColumns(to), ...(signature && { signature }), unitId }
  return giveToHolder(work, card, { ...record, ...(chip && { chip }) })
}

function receiverColumns(to: CardReceiver): hands.NewHandOver {
  if (to.kind !== 'representative')
    return to.kind === 'teacher' ? { toKind: 'teacher', listId: to.listId } : { toKind: 'holder' }
  const { personId, name, relation, evidence } = to
  if ([name, relation, evidence].some(text => text.trim() === '')) throw handOverProblem('representative-needed')
  return {
    toKind: 'representative',
    toName: name.trim(),
    relation: relation.trim(),
    evidence: evidence.trim(),
    ...(personId && { toPersonId: asId(personId) }),
  }
}

/** Writes that a card, which is held and may be, is in its holder's hands. */
export async function giveToHolder(work: Work, card: Card, record: hands.NewHandOver): Promise<Card> {
  const unit = await actingUnit(work, record.unitId)
  await hands.insertHandOver(work, card, { ...record, unitId: unit.id })
  if (record.listId) await hands.setLineOutcome(work, record.listId, card, 'handed-over')
  await location.setLocation(work, [card], { kind: 'holder' })
  await takeInPredecessor(work, card, unit.id)
  const { toKind, listId, chip } = record
  const facts = { to: toKind, ...(listId && { list: listId }), ...(chip && { chip }) }
  return transition(work, card, 'handed-over', { unitId: unit.id, facts })
}

/**
 * The card that was in force is taken in when its successor is handed over; one that was lost, and is blocked, cannot
 * be.
 */
async function takeInPredecessor(work: Work, successor: Card, unitId: Id<'unit'>): Promise<void> {
  const others = (await store.findCardRows(work, [successor.personId])).map(store.cardOf)
  for (const old of others.filter(({ state }) => isInForce(state) || state === 'expired')) {
    if (old.state !== 'blocked') await keepOldCard(work, old, unitId)
    await transition(work, old, 'revoked', { unitId, said: { code: 'replaced' }, facts: { by: successor.id } })
  }
}
