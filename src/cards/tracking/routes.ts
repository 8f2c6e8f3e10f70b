import { type Doors, serve } from '../../platform/http/serve.ts'
import type { Work } from '../../platform/work.ts'
import * as cardContract from '../contract.ts'
import { waitingOf } from '../hand-over/hand-over.ts'
import type { CardRef } from '../lifecycle.ts'
import { shown } from '../shown.ts'
import * as contract from './contract.ts'
import { countPipeline, listStage } from './pipeline.ts'
import { life, undelivered } from './tracking.ts'

async function lifeOf(work: Work, ref: CardRef) {
  const { card, name, deeds, place, order, steps, attempts, handOver, withholdings, ending, takenIn } = await life(
    work,
    ref,
  )
  const { cardId: _cardId, ...at } = place
  return {
    card,
    name,
    deeds: deeds.map(shown),
    place: at,
    ...(order && { order }),
    steps: steps.map(shown),
    attempts: attempts.map(shown),
    ...(handOver && { handOver: shown(handOver) }),
    withholdings: withholdings.map(shown),
    ...(ending && { ending: shown(ending) }),
    takenIn,
  }
}

export function pipelineRoutes(doors: Doors): void {
  serve(doors, cardContract.undeliveredCards, async (work, { query: { olderThanDays = 7, place, ...page } }) => {
    const { rows, next } = await undelivered(work, { ...page, olderThanDays, placeId: place })
    return { rows: rows.map(shown), ...(next && { next }) }
  })
  serve(doors, cardContract.findCard, async (work, { body: { serial, number } }) =>
    lifeOf(work, number ? { cardId: await waitingOf(work, number) } : { serial: serial ?? '' }),
  )
  serve(doors, contract.cardPipeline, async work => {
    const { late, ...counted } = await countPipeline(work)
    return { ...counted, late: late.map(shown) }
  })
  serve(doors, contract.listCards, async (work, { query: { place, ...asked } }) => {
    const { rows, next } = await listStage(work, { ...asked, placeId: place })
    return {
      rows: rows.map(({ key: _key, batchId, batchCode, boxId, boxCode, ...row }) => ({
        ...shown(row),
        ...(batchId && batchCode && { batch: { id: batchId, code: batchCode } }),
        ...(boxId && boxCode && { box: { id: boxId, code: boxCode } }),
      })),
      ...(next && { next }),
    }
  })
  serve(doors, cardContract.showCard, (work, { params }) => lifeOf(work, { cardId: params.id }))
}
