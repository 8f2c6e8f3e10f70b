import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { CardState } from '../card.ts'
import type { placeKinds } from '../card-place.ts'
import type * as location from '../store-location.ts'
import type * as lives from './store-life.ts'

/** States before and after a card has a location. */
const placeWithoutLocation: Partial<Record<CardState, CardWhereabouts['at']>> = {
  applied: 'not-ordered',
  revoked: 'ended',
  cancelled: 'ended',
}

const placeByLocation = {
  unit: 'at-unit',
  school: 'at-school',
  list: 'on-list',
  holder: 'with-holder',
  maker: 'at-maker',
} as const

/** One line a case, the most certain first. */
export function cardPlaceOf(
  position: lives.CardPosition,
  ended: location.EndedCardHere | undefined,
): Omit<CardWhereabouts, 'cardId'> {
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
  } = position
  if (ended) return { at: 'to-be-destroyed', since: ended.since, ...(ended.placeId && { placeId: ended.placeId }) }
  const none = placeWithoutLocation[state]
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
    return { at: placeByLocation[kind], since: sinceOn ?? stateOn, ...(placeId && { placeId }) }
  return { at: state === 'at-unit' ? 'at-unit' : 'with-holder', since: stateOn }
}

/** Where a card is; ids of units, schools, boxes and lists. `since` is the day since which it is known to be there. */
export type CardWhereabouts = {
  readonly cardId: Id<'card'>
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
