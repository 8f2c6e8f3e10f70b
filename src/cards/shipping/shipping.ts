/**
 * Shipping: made cards travel in sealed boxes. In: cards that lie at one place, and the place that waits for them.
 * Decided: whether a card may go into this box; on receipt, which cards are present, missing, or not on the list. Out:
 * cards that lie where the box was counted; gaps and unexpected cards until an officer settles them; a missing card
 * that was found here, or declared lost (`lost.ts`); the box's label. Deeds: `box.opened` to `box.counted`,
 * `box.card-put-in`, `box.card-taken-out`, `box.stray-settled`, `box.label-printed`, `card.returned`, `card.found`,
 * `card.lost`.
 */

import * as audit from '../../audit/audit.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { nextCode } from '../batch-box-and-list-code.ts'
import { type Card, hasEnded } from '../card.ts'
import {
  actingUnit,
  type CardRef,
  closeAccessWhenOver,
  holdCardByRef,
  readSerial,
  refusePlaceOutside,
  transition,
} from '../lifecycle.ts'
import { type PageRequest, pageOf } from '../paging.ts'
import { cardProblem } from '../problems.ts'
import * as store from '../store.ts'
import * as location from '../store-location.ts'
import { keepOldCard } from '../withdrawal/old-card.ts'
import { type Box, type BoxPlace, isUnitPlace } from './box.ts'
import { boxProblem } from './problems.ts'
import * as boxes from './store.ts'
import { listUnexpected, settleUnexpectedAsFound } from './unexpected-cards.ts'

async function refuseUnknownPlace(work: Work, { kind, id }: BoxPlace): Promise<void> {
  if (kind === 'unit') await units.getUnit(work, id as units.UnitId)
  else await units.getSchool(work, id as units.SchoolId)
}

/** Begins a box. `from`, absent: the actor's unit. Throws unit-unknown, school-unknown, box-nowhere. */
export async function openBox(
  work: Work,
  { from, to }: { readonly from?: BoxPlace | undefined; readonly to: BoxPlace },
): Promise<Box> {
  const unit = await actingUnit(work, from && isUnitPlace(from) ? from.id : undefined)
  const origin = from ?? { kind: 'unit' as const, id: unit.id }
  if (origin.id === to.id) throw boxProblem('box-nowhere')
  refusePlaceOutside(work, origin.id, to.id)
  await refuseUnknownPlace(work, origin)
  await refuseUnknownPlace(work, to)
  const box = {
    id: newId<'box'>(work.now),
    code: await nextCode(work, unit, 'box'),
    fromKind: origin.kind,
    fromId: origin.id,
    toKind: to.kind,
    toId: to.id,
    unitId: unit.id,
  }
  await boxes.insertBox(work, box)
  await audit.record(work, 'box.opened', { kind: 'box', id: box.id, unitId: unit.id }, { to: to.id })
  return getBox(work, box.id)
}

/** Throws box-unknown. */
export async function getBox(work: Work, id: string): Promise<Box> {
  const box = await boxes.findBox(work, id)
  if (!box) throw boxProblem('box-unknown')
  return box
}

/** The box whose code was scanned. Throws box-unknown. */
export async function findBoxByCode(work: Work, code: string): Promise<Box> {
  const id = await boxes.findBoxIdByCode(work, code.trim())
  if (!id) throw boxProblem('box-unknown')
  return getBox(work, id)
}

export type BoxListRequest = PageRequest & Pick<boxes.BoxFilter, 'placeId' | 'direction' | 'state' | 'which'>
export const listBoxes = async (work: Work, request: BoxListRequest = {}) =>
  pageOf(
    await boxes.findBoxes(work, {
      ...request,
      placeId: request.placeId ?? (request.direction && work.unitId),
      limit: (request.limit ?? 100) + 1,
    }),
    request,
    ({ id }) => id,
  )

/** One box with a page of its cards and what lay in it besides. Throws box-unknown. */
export async function showBox(work: Work, id: string, page: PageRequest = {}) {
  const box = await getBox(work, id)
  const { rows, next } = pageOf(
    await boxes.findBoxCards(work, id, { after: page.after, limit: (page.limit ?? 100) + 1 }),
    page,
    ({ cardId }) => cardId,
  )
  await audit.noteReading(
    work,
    rows.map(({ personId }) => personId),
    ['card', 'name'],
  )
  return { box, cards: rows, unexpected: await listUnexpected(work, id), ...(next && { next }) }
}

async function holdBoxInState(work: Work, id: string, state: Box['state']): Promise<Box> {
  const box = await boxes.holdBox(work, id)
  if (!box) throw boxProblem('box-unknown')
  if (box.state !== state) throw boxProblem('box-state-refused', { state: box.state, needs: state })
  return box
}

const recordBox = (work: Work, name: string, box: Box, facts: Readonly<Record<string, unknown>> = {}) =>
  audit.record(work, name, { kind: 'box', id: box.id, unitId: work.unitId ?? box.unitId }, facts)

/**
 * A made card leaves the maker for a unit; a card at a unit or a school leaves that place. Neither goes where no unit
 * or holder waits for it.
 */
async function refuseUnfitCard(work: Work, card: Card, box: Box): Promise<void> {
  if (card.state !== 'produced' && card.state !== 'at-unit')
    throw boxProblem('card-not-to-be-sent', { state: card.state })
  if (card.state === 'produced' && box.toKind !== 'unit') throw boxProblem('card-not-to-be-sent', { state: card.state })
  const line = await location.findOpenBoxLine(work, card)
  if (line) throw boxProblem('card-in-a-box', { box: line.code, state: line.state })
  const [place] = await location.findLocations(work, [card.id])
  if (place?.kind === 'list') throw boxProblem('card-on-a-list')
  if (card.state === 'at-unit' && place && place.placeId !== box.fromId)
    throw boxProblem('card-lies-elsewhere', { at: place.placeId })
  if (await location.isWithheld(work, card)) throw cardProblem('card-withheld')
  await refuseWrongDestination(work, card, box)
}

async function refuseWrongDestination(work: Work, { id }: Card, { toKind, toId }: Box): Promise<void> {
  const [order] = await store.findOrders(work, [id])
  if (!order) return
  const fits =
    toKind === 'school'
      ? !order.schoolId || order.schoolId === toId
      : (await units.unitPath(work, order.unitId as units.UnitId, work.today)).some(unit => unit.id === toId)
  if (!fits) throw boxProblem('card-goes-elsewhere', { to: toKind === 'school' ? order.schoolId : order.unitId })
}

/**
 * Puts a card into an open box, by its serial or its id. Throws box-unknown, box-state-refused, card-unknown,
 * card-not-to-be-sent, card-in-a-box, card-lies-elsewhere, card-goes-elsewhere, card-on-a-list, card-withheld.
 */
export async function putInBox(work: Work, boxId: string, ref: CardRef): Promise<Card> {
  const box = await holdBoxInState(work, boxId, 'open')
  const card = await holdCardByRef(work, ref)
  await refuseUnfitCard(work, card, box)
  await boxes.insertBoxLine(work, box.id, card)
  await audit.record(
    work,
    'box.card-put-in',
    { kind: 'box', id: box.id, personId: card.personId, unitId: work.unitId ?? box.unitId },
    { card: card.id },
  )
  return card
}

/** Throws box-unknown, box-state-refused, card-unknown, card-not-in-box. */
export async function takeOutOfBox(work: Work, boxId: string, ref: CardRef): Promise<Card> {
  const box = await holdBoxInState(work, boxId, 'open')
  const card = await holdCardByRef(work, ref)
  if (!(await boxes.deleteBoxLine(work, box.id, card))) throw boxProblem('card-not-in-box')
  await closeAccessWhenOver(work, card)
  await audit.record(
    work,
    'box.card-taken-out',
    { kind: 'box', id: box.id, personId: card.personId, unitId: work.unitId ?? box.unitId },
    { card: card.id },
  )
  return card
}

/** Throws box-unknown, box-state-refused, box-empty, box-seal-needed. */
export async function sealBox(work: Work, boxId: string, { seal: number }: { readonly seal: string }): Promise<Box> {
  const box = await holdBoxInState(work, boxId, 'open')
  if (box.cards === 0) throw boxProblem('box-empty')
  if (number.trim() === '') throw boxProblem('box-seal-needed')
  await boxes.setBoxSealed(work, box.id, number.trim())
  await recordBox(work, 'box.sealed', box, { seal: number.trim(), cards: box.cards })
  return getBox(work, box.id)
}

/** The receiver of a box sees its cards until they are handed over, wherever their holders live. */
async function openAccessToReceiver(work: Work, { id, toId }: Box): Promise<void> {
  const lines = await boxes.findBoxLines(work, id)
  await register.openAccessCases(
    work,
    lines.map(({ personId, cardId }) => ({
      personId: personId,
      unitId: toId,
      kind: 'card',
      caseId: cardId,
      grade: 'whole',
    })),
  )
}

/** A box is taken in and counted where it goes to, or by a unit above; never by who packed it. */
async function refuseOtherUnit(work: Work, { toKind, toId, fromId }: Box): Promise<void> {
  if (toKind === 'school' || !work.unitId) return
  const above = (await units.unitPath(work, toId as units.UnitId, work.today)).map(({ id }) => String(id))
  if (work.unitId === fromId || !above.includes(work.unitId)) throw boxProblem('box-not-here')
}

/** Throws box-unknown, box-state-refused. */
export async function sendBox(work: Work, boxId: string): Promise<Box> {
  const box = await holdBoxInState(work, boxId, 'sealed')
  await boxes.setBoxSent(work, box.id)
  if (box.toKind === 'unit') await openAccessToReceiver(work, box)
  await recordBox(work, 'box.sent', box, { cards: box.cards })
  return getBox(work, box.id)
}

/**
 * Takes a box in, before it is opened: whether its seal is whole, and a remark where it is not. Throws box-unknown,
 * box-state-refused, box-not-here, box-remark-needed.
 */
export async function receiveBox(
  work: Work,
  boxId: string,
  { seal: whole, remark }: { readonly seal: 'intact' | 'broken'; readonly remark?: string | undefined },
): Promise<Box> {
  const box = await holdBoxInState(work, boxId, 'sent')
  await refuseOtherUnit(work, box)
  if (whole === 'broken' && !remark?.trim()) throw boxProblem('box-remark-needed')
  await boxes.setBoxReceived(work, box.id, whole === 'intact', remark?.trim())
  await recordBox(work, 'box.received', box, { seal: whole })
  return getBox(work, box.id)
}

export type BoxCount = {
  readonly box: Box
  readonly present: number
  readonly missing: readonly { readonly cardId: Id<'card'>; readonly serial: string | null }[]
  /** Serials that lay in it and are not on its list. */
  readonly notListed: readonly { readonly serial: string; readonly cardId?: Id<'card'> | undefined }[]
  /** Present, but ended meanwhile: not to be handed over. */
  readonly ended: readonly string[]
}

/**
 * Counts a box by scanning all its cards. A present card is at its unit, or school, from now on; a missing one is a gap
 * until it is found or declared lost; an unexpected one is kept until the unit settles it (`settleUnexpected`). Throws
 * box-unknown, box-state-refused, box-not-here, box-holder-unseen, card-serial-needed.
 */
export async function countBox(
  work: Work,
  boxId: string,
  { serials }: { readonly serials: readonly string[] },
): Promise<BoxCount> {
  const box = await holdBoxInState(work, boxId, 'received')
  await refuseOtherUnit(work, box)
  const scanned = [...new Set(serials.map(readSerial))]
  const lines = await boxes.countLines(work, box.id, scanned)
  const { cards, present: came, missing: gaps } = await getBox(work, box.id)
  if (came + gaps < cards) throw boxProblem('box-holder-unseen', { cards: cards - came - gaps })
  const listed = new Set(lines.map(({ serial }) => serial))
  const others = scanned.filter(serial => !listed.has(serial))
  const known = new Map((await store.findCardsBySerial(work, others)).map(({ serial, id }) => [serial, id]))
  const notListed = others.map(serial => ({ serial, ...(known.has(serial) && { cardId: known.get(serial) }) }))
  await boxes.insertUnexpected(work, box.id, box.toKind === 'unit' ? box.toId : box.unitId, notListed)

  const present = lines.filter(({ counted }) => counted === 'present')
  const here = present.filter(({ state }) => state === 'produced' || state === 'at-unit')
  await setCardsAt(work, here.map(cardOfLine), { kind: box.toKind, id: box.toId })
  const over = present.filter(one => !here.includes(one))
  await location.setLocation(work, over.filter(({ state }) => hasEnded(state)).map(cardOfLine), {
    kind: box.toKind,
    placeId: box.toId,
  })
  for (const line of over) await closeAccessWhenOver(work, cardOfLine(line))
  await boxes.setBoxCounted(work, box.id)
  const missing = lines.filter(({ counted }) => counted === 'missing').map(({ id, serial }) => ({ cardId: id, serial }))
  await recordBox(work, 'box.counted', box, {
    present: present.length,
    missing: missing.map(({ cardId }) => cardId),
    notListed: notListed.length,
  })
  return {
    box: await getBox(work, box.id),
    present: present.length,
    missing,
    notListed,
    ended: over.map(({ id }) => id),
  }
}

const cardOfLine = ({ personId, id, serial, state }: boxes.CountedLine): Card => ({
  personId,
  id,
  state,
  ...(serial && { serial }),
})

/** Cards that came to a place: made ones are at the unit from now on. */
async function setCardsAt(work: Work, cards: readonly Card[], { kind, id }: BoxPlace): Promise<void> {
  await location.setLocation(work, cards, { kind, placeId: id })
  for (const { id: cardId, state } of cards.filter(card => card.state === 'produced')) {
    const card = await holdCardByRef(work, { cardId })
    if (card.state === state) await transition(work, card, 'at-unit', { unitId: id })
  }
}

/**
 * Takes in a card by a scan at a unit, after it was missing or astray, or came back from a school. A card that ended
 * before its holder had it goes to the old cards, which two officers destroy. Throws card-unknown, card-not-to-be-sent,
 * card-in-a-box (where its box is still being packed), card-on-a-list.
 */
export async function takeInFoundCard(
  work: Work,
  ref: CardRef,
  { unitId }: { readonly unitId?: Id<'unit'> | undefined } = {},
): Promise<Card> {
  const unit = await actingUnit(work, unitId)
  const card = await holdCardByRef(work, ref)
  const line = await location.findOpenBoxLine(work, card)
  const lies = card.state === 'produced' || card.state === 'at-unit'
  const isOver = hasEnded(card.state) && (await location.isToBeTakenIn(work, card))
  // A card that its holder has by now, as an extract reports, is settled all the same, and its place does not change.
  if (!lies && !isOver && line?.state !== 'missing') throw boxProblem('card-not-to-be-sent', { state: card.state })
  if (line && (line.boxState === 'open' || line.boxState === 'sealed'))
    throw boxProblem('card-in-a-box', { box: line.code, state: line.state })
  const [place] = await location.findLocations(work, [card.id])
  if (place?.kind === 'list') throw boxProblem('card-on-a-list')
  if (line) await boxes.endBoxLine(work, card, line.boxId, 'found')
  await settleUnexpectedAsFound(work, card)
  const subject = { kind: 'card', id: card.id, personId: card.personId, unitId: unit.id }
  await audit.record(work, 'card.found', subject, { ...(line && { box: line.boxId }) })
  if (!lies) {
    if (isOver) {
      await location.setLocation(work, [card], { kind: 'unit', placeId: unit.id })
      await keepOldCard(work, card, unit.id)
    }
    await closeAccessWhenOver(work, card)
    return card
  }
  await setCardsAt(work, [card], { kind: 'unit', id: unit.id })
  return holdCardByRef(work, { cardId: card.id })
}
