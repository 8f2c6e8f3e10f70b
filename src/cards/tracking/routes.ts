import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import type { Work } from '../../platform/work.ts'
import { toApiRow } from '../api-row.ts'
import * as cardContract from '../contract.ts'
import { getWaitingCard } from '../hand-over/hand-over.ts'
import type { CardRef } from '../lifecycle.ts'
import * as contract from './contract.ts'
import { countPipeline, countToHandOver, countToMake, listStage } from './pipeline.ts'
import { cardLife, listUndelivered } from './tracking.ts'

async function cardLifeReply(work: Work, ref: CardRef) {
  const { card, name, deeds, place, order, steps, attempts, handOver, withholdings, ending, takenIn } = await cardLife(
    work,
    ref,
  )
  const { cardId: _cardId, ...at } = place
  return {
    card,
    name,
    deeds: deeds.map(toApiRow),
    place: at,
    ...(order && { order }),
    steps: steps.map(toApiRow),
    attempts: attempts.map(toApiRow),
    ...(handOver && { handOver: toApiRow(handOver) }),
    withholdings: withholdings.map(toApiRow),
    ...(ending && { ending: toApiRow(ending) }),
    takenIn,
  }
}

export function pipelineRoutes(doors: Doors): void {
  serve(doors, cardContract.undeliveredCards, async (work, { query: { olderThanDays = 7, place, ...page } }) => {
    const { rows, next } = await listUndelivered(work, { ...page, olderThanDays, placeId: place })
    return { rows: rows.map(toApiRow), ...(next && { next }) }
  })
  serve(doors, cardContract.findCard, async (work, { body: { serial, number } }) =>
    cardLifeReply(work, number ? { cardId: await getWaitingCard(work, number) } : { serial: serial ?? '' }),
  )
  serve(doors, contract.cardPipeline, async work => {
    const { late, ...counted } = await countPipeline(work)
    return { ...counted, late: late.map(toApiRow) }
  })
  serve(doors, contract.cardsToMake, countToMake)
  serve(doors, contract.cardsToHandOver, countToHandOver)
  serve(doors, contract.listCards, async (work, { query: { place, ...asked } }) => {
    const { rows, next } = await listStage(work, { ...asked, placeId: place })
    return {
      rows: rows.map(({ key: _key, batchId, batchCode, boxId, boxCode, ...row }) => ({
        ...toApiRow(row),
        ...(batchId && batchCode && { batch: { id: batchId, code: batchCode } }),
        ...(boxId && boxCode && { box: { id: boxId, code: boxCode } }),
      })),
      ...(next && { next }),
    }
  })
  serve(doors, cardContract.showCard, (work, { params }) => cardLifeReply(work, { cardId: params.id }))
}
