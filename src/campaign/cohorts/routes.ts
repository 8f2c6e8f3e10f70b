import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { lastSafeDays } from '../contract.ts'
import * as cohorts from './campaigns.ts'
import { countDefinition } from './cohorts.ts'
import {
  campaignChange,
  campaignClose,
  campaignCount,
  campaignList,
  firstPageChoose,
  recordExceptionDoor,
  withdrawExceptionDoor,
} from './contract.ts'
import { recordException, withdrawException } from './exception.ts'
import { chooseFirstPage, readFirstPage } from './first-page.ts'
import { listSafeDays } from './safe-days.ts'

export function campaignRoutes(doors: Doors): void {
  serve(doors, campaignList, async work => {
    const seen = await cohorts.listSeenCampaigns(work)
    const { campaign, fresher } = await readFirstPage(work, seen)
    const campaigns = await cohorts.campaignShapes(work, seen)
    return { day: work.today, campaigns, first: campaign, fresher }
  })

  serve(doors, firstPageChoose, async (work, { body }) => {
    await chooseFirstPage(work, body.campaign)
    return {}
  })

  serve(doors, campaignCount, (work, { body }) => countDefinition(work, body))

  serve(doors, campaignChange, (work, { params, body }) =>
    cohorts.changeCampaign(work, cohorts.asCampaignId(params.id), body),
  )

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
