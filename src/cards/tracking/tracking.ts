import * as audit from '../../audit/audit.ts'
import { addDays } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import { findHandOver } from '../hand-over/hand-over.ts'
import { type CardRef, getCardByRef } from '../lifecycle.ts'
import { cursorText, type PageRequest, pageOf, parseCursor } from '../paging.ts'
import { cardProblem } from '../problems.ts'
import { findAttempts } from '../production/production.ts'
import * as store from '../store.ts'
import * as location from '../store-location.ts'
import * as lives from './store-life.ts'
import { type CardWhereabouts, cardPlaceOf } from './where-a-card-is.ts'

/**
 * Tracking: where cards are. In: one card, some cards, or a stage of the pipeline (`pipeline.ts`). Decided: nothing; of
 * several known places of a card the most certain one is given. Out: a card's life from the application to its end, its
 * whereabouts, undelivered cards, counts and lists by stage. No deeds: the reading of persons' data is noted.
 */

/** Where each of some cards is, as far as the work sees them. */
export async function whereaboutsOf(work: Work, cardIds: readonly Id<'card'>[]): Promise<CardWhereabouts[]> {
  const found = await lives.findPositions(work, cardIds)
  const over = found.filter(({ state }) => state === 'revoked' || state === 'expired').map(({ cardId }) => cardId)
  const ended = new Map((over.length > 0 ? await location.findEndedHere(work, over) : []).map(one => [one.cardId, one]))
  return found.map(one => ({ cardId: one.cardId, ...cardPlaceOf(one, ended.get(one.cardId)) }))
}

/**
 * One card from the application to its end: states with their days, attempts, its place and its owner. Throws
 * card-unknown, card-serial-of-several.
 */
export async function cardLife(work: Work, ref: CardRef) {
  const card = await getCardByRef(work, ref)
  const [place] = await whereaboutsOf(work, [card.id])
  if (!place) throw cardProblem('card-unknown')
  const [order] = await store.findOrders(work, [card.id])
  const holder = await register.getSummary(work, card.personId)
  const deeds = await audit.deedsOf(work, card.id)
  const names = await staff.namesOf(
    work,
    deeds.flatMap(({ byKind, byId }) => (byKind === 'officer' ? [byId] : [])),
  )
  await audit.noteReading(work, [card.personId], ['card', 'name'], { kind: 'card', id: card.id })
  return {
    card,
    /** The latest first. */
    deeds: deeds.map(({ deed, at, byKind, byId }) => ({ deed, at, by: names.get(byId) ?? byKind })),
    name: holder.fullName,
    place,
    order,
    steps: await lives.findStateEntries(work, card),
    attempts: await findAttempts(work, card),
    handOver: await findHandOver(work, card),
    withholdings: await lives.findWithholdings(work, card),
    ending: await lives.findEnding(work, card),
    takenIn: (await lives.findTakenIn(work, card.personId)).map(({ number: _number, ...one }) => one),
  }
}

export type UndeliveredRequest = PageRequest & {
  /** Since so many days or longer. */
  readonly olderThanDays: number
  /** At one unit, school, or on one list. */
  readonly placeId?: string | undefined
}

/**
 * Undelivered cards: they came back and lie at a unit, at a school or with a teacher. Their holders are to be reminded,
 * the oldest first. Throws card-page-malformed.
 */
export async function listUndelivered(work: Work, { olderThanDays, after, limit = 100, placeId }: UndeliveredRequest) {
  const before = addDays(work.today, -olderThanDays)
  const found = await lives.findUndelivered(work, {
    before,
    after: after === undefined ? undefined : parseCursor(after),
    limit: limit + 1,
    placeId,
  })
  const { rows, next } = pageOf(found, { limit }, ({ since, cardId }) => cursorText(since, cardId))
  await audit.noteReading(
    work,
    rows.map(({ personId }) => personId),
    ['card', 'name'],
  )
  return { rows, ...(next && { next }) }
}
