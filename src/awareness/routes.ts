import { type Doors, serve } from '../platform/http/serve-endpoint.ts'
import { asId } from '../platform/ids.ts'
import { listActivities, listOwnPlaces, openActivity, recordActivity, withdrawActivity } from './awareness.ts'
import * as contract from './contract.ts'
import { readMaterial } from './material-facts.ts'

export function routes(doors: Doors): void {
  serve(doors, contract.activityList, (work, { query }) => listActivities(work, query))
  serve(doors, contract.activityOpen, (work, { params, query }) =>
    openActivity(work, asId<'activity'>(params.id), query),
  )
  serve(doors, contract.activityPlaces, listOwnPlaces)
  serve(doors, contract.activityRecord, async (work, { body }) => ({ id: await recordActivity(work, body) }))
  serve(doors, contract.activityWithdraw, async (work, { params, body }) => {
    await withdrawActivity(work, asId<'activity'>(params.id), body)
    return {}
  })
  serve(doors, contract.materialRead, (work, { query }) => readMaterial(work, query))
}
