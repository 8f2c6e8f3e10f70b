import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { lastSafeDays } from '../contract.ts'
import * as cohorts from './campaigns.ts'
import { campaignClose, campaignList, recordExceptionDoor, withdrawExceptionDoor } from './contract.ts'
import { recordException, withdrawException } from './exception.ts'
import { listSafeDays } from './safe-days.ts'

export function campaignRoutes(doors: Doors): void {
  serve(doors, campaignList, async work => ({ day: work.today, campaigns: await cohorts.listCampaignShapes(work) }))

  serve(doors, campaignClose, (work, { params }) => cohorts.closeCampaign(work, cohorts.asCampaignId(params.id)))

  serve(doors, lastSafeDays, (work, { query }) => listSafeDays(work, query))

  serve(doors, recordExceptionDoor, async (work, { params, body }) => {
    const campaign = await cohorts.getCampaign(work, cohorts.asCampaignId(params.id))
    const { person, other, ...said } = body
    await recordException(work, campaign, {
      ...said,
      personId: person,
      ...(other && { otherId: other }),
    })
    return { done: true }
  })

  serve(doors, withdrawExceptionDoor, async (work, { params }) => {
    const campaign = await cohorts.getCampaign(work, cohorts.asCampaignId(params.id))
    await withdrawException(work, campaign, params.person)
    return { done: true }
  })
}
