import { type Doors, serve } from '../platform/serve.ts'
import * as cards from './cards.ts'
import * as contract from './contract-pipeline.ts'
import { shown } from './shown.ts'

export function pipelineRoutes(doors: Doors): void {
  serve(doors, contract.cardPipeline, async work => {
    const { late, ...counted } = await cards.countPipeline(work)
    return { ...counted, late: late.map(shown) }
  })
  serve(doors, contract.listCards, async (work, { query: { place, ...asked } }) => {
    const { rows, next } = await cards.listStage(work, { ...asked, placeId: place })
    return {
      rows: rows.map(({ key: _key, batchId, batchCode, boxId, boxCode, ...row }) => ({
        ...shown(row),
        ...(batchId && batchCode && { batch: { id: batchId, code: batchCode } }),
        ...(boxId && boxCode && { box: { id: boxId, code: boxCode } }),
      })),
      ...(next && { next }),
    }
  })
}
