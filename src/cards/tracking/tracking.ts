/**
 * Tracking: where cards are. In: one card, some cards, or a stage of the pipeline (`pipeline.ts`). Decided: nothing; of
 * several known places of a card the most certain one is given. Out: a card's life from the application to its end, its
 * whereabouts, undelivered cards, counts and lists by stage. No deeds: the reading of persons' data is noted.
 */

import * as audit from '../../audit/audit.ts'
import { addDays, type Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import type { CardState } from '../card.ts'
import { handOverOf } from '../hand-over/hand-over.ts'
import { type CardRef, look } from '../lifecycle.ts'
import { endedBy, endOf, type Page, paged } from '../page.ts'
import type { placeKinds } from '../place.ts'
import { cardProblem } from '../problems.ts'
import { attemptsOf } from '../production/production.ts'
import * as store from '../store.ts'
import * as location from '../store-location.ts'
import * as lives from './store-life.ts'

/** Where a card is; ids of units, schools, boxes and lists. `since` is the day since which it is known to be there. */
export type Whereabouts = {
  readonly cardId: string
  readonly at: (typeof placeKinds)[number]
  readonly since: Day
  readonly placeId?: string
  /** The box on its way that has the card, or that lacks it since the count. */
  readonly box?: {
    readonly id: string
    readonly code: string
    readonly state: string
    readonly to: string
    readonly toKind: 'unit' | 'school'
  }
  readonly batchId?: string
}

/** States before and after a card has a location. */
const placeless: Partial<Record<CardState, Whereabouts['at']>> = {
  applied: 'not-ordered',
  revoked: 'ended',
  cancelled: 'ended',
}
const lying = {
  unit: 'at-unit',
  school: 'at-school',
  list: 'on-list',
  holder: 'with-holder',
  maker: 'at-maker',
} as const

/** One line a case, the most certain first. */
function placeOf(one: lives.Standing, ended: location.EndedHere | undefined): Omit<Whereabouts, 'cardId'> {
  const {
    state,
    stateOn,
    boxId,
    boxCode,
    boxState,
    boxTo,
    boxToKind,
    lineState,
    sentOn,
    kind,
    placeId,
    sinceOn,
    withheldOn,
    batchId,
  } = one
  if (ended) return { at: 'to-be-destroyed', since: ended.since, ...(ended.placeId && { placeId: ended.placeId }) }
  const none = placeless[state]
  if (none) return { at: none, since: stateOn }
  if (withheldOn) return { at: 'withheld', since: withheldOn }
  if (boxId && boxCode && boxState && boxTo && boxToKind) {
    const box = { id: boxId, code: boxCode, state: boxState, to: boxTo, toKind: boxToKind }
    return { at: lineState === 'missing' ? 'missing' : 'in-box', since: sentOn ?? stateOn, box }
  }
  if (state === 'expired' && kind && kind !== 'holder') return { at: 'ended', since: stateOn }
  if (state === 'approved')
    return batchId ? { at: 'at-maker', since: stateOn, batchId } : { at: 'to-be-planned', since: stateOn }
  if (state === 'produced') return { at: 'at-maker', since: stateOn }
  if (state === 'at-unit' && kind && kind !== 'holder' && kind !== 'gone')
    return { at: lying[kind], since: sinceOn ?? stateOn, ...(placeId && { placeId }) }
  return { at: state === 'at-unit' ? 'at-unit' : 'with-holder', since: stateOn }
}

/** Where each of some cards is, as far as the work sees them. */
export async function whereabouts(work: Work, cardIds: readonly string[]): Promise<Whereabouts[]> {
  const found = await lives.standings(work, cardIds)
  const over = found.filter(({ state }) => state === 'revoked' || state === 'expired').map(({ cardId }) => cardId)
  const ended = new Map((over.length > 0 ? await location.endedHere(work, over) : []).map(one => [one.cardId, one]))
  return found.map(one => ({ cardId: one.cardId, ...placeOf(one, ended.get(one.cardId)) }))
}

/**
 * One card from the application to its end: states with their days, attempts, its place and its owner. Throws
 * card-unknown, card-serial-of-several.
 */
export async function life(work: Work, ref: CardRef) {
  const card = await look(work, ref)
  const [place] = await whereabouts(work, [card.id])
  if (!place) throw cardProblem('card-unknown')
  const [order] = await store.ordersOf(work, [card.id])
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
    steps: await lives.stepsOf(work, card),
    attempts: await attemptsOf(work, card),
    handOver: await handOverOf(work, card),
    withholdings: await lives.withholdingsOf(work, card),
    ending: await lives.endingOf(work, card),
    takenIn: (await lives.takenInOf(work, card.personId)).map(({ number: _number, ...one }) => one),
  }
}

export type UndeliveredAsked = Page & {
  /** Since so many days or longer. */
  readonly olderThanDays: number
  /** At one unit, school, or on one list. */
  readonly placeId?: string | undefined
}

/**
 * Undelivered cards: they came back and lie at a unit, at a school or with a teacher. Their holders are to be reminded,
 * the oldest first. Throws card-page-malformed.
 */
export async function undelivered(work: Work, { olderThanDays, after, limit = 100, placeId }: UndeliveredAsked) {
  const before = addDays(work.today, -olderThanDays)
  const found = await lives.undelivered(work, {
    before,
    after: after === undefined ? undefined : endOf(after),
    limit: limit + 1,
    placeId,
  })
  const { rows, next } = paged(found, { limit }, ({ since, cardId }) => endedBy(since, cardId))
  await audit.noteReading(
    work,
    rows.map(({ personId }) => personId),
    ['card', 'name'],
  )
  return { rows, ...(next && { next }) }
}
