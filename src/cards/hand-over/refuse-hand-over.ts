import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Card } from '../card.ts'
import { cardProblem } from '../problems.ts'
import { boxProblem } from '../shipping/problems.ts'
import * as location from '../store-location.ts'
import { handOverProblem } from './problems.ts'
import * as hands from './store.ts'

/**
 * Refuses a card that was handed over before, has ended, is blocked or withheld, lies in a box or at another unit, or
 * went out with another list.
 */
export async function refuseHandOver(
  work: Work,
  card: Card,
  { listId, unitId = work.unitId }: { readonly listId?: string | undefined; readonly unitId?: Id<'unit'> | undefined },
): Promise<void> {
  const given = await hands.findHandOver(work, card)
  if (given) throw handOverProblem('card-handed-over', { on: given.day })
  if (card.state !== 'at-unit') throw handOverProblem('card-not-here', { state: card.state })
  if (await location.isWithheld(work, card)) throw cardProblem('card-withheld')
  const line = await location.findOpenBoxLine(work, card)
  if (line) throw boxProblem('card-in-a-box', { box: line.code, state: line.state })
  const [place] = await location.findLocations(work, [card.id])
  if (place?.kind === 'unit' && unitId && place.placeId !== unitId)
    throw boxProblem('card-lies-elsewhere', { at: place.placeId })
  const out = await location.findOpenList(work, card)
  if (out !== listId) throw out ? boxProblem('card-on-a-list', { list: out }) : handOverProblem('card-not-on-list')
}
