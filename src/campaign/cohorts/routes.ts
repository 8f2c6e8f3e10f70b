import { type Doors, serve } from '../../platform/http/serve.ts'
import { asId } from '../../platform/ids.ts'
import * as cohorts from './cohorts.ts'
import { campaignClose, campaignList, exceptionSay, exceptionTakeBack } from './contract.ts'
import { sayException, takeBackException } from './exception.ts'

export function campaignRoutes(doors: Doors): void {
  serve(doors, campaignList, async work => ({ day: work.today, campaigns: await cohorts.showAll(work) }))

  serve(doors, campaignClose, (work, { params }) => cohorts.close(work, cohorts.asCampaignId(params.id)))

  serve(doors, exceptionSay, async (work, { params, body }) => {
    const campaign = await cohorts.get(work, cohorts.asCampaignId(params.id))
    const { person, other, ...said } = body
    await sayException(work, campaign, {
      ...said,
      personId: asId<'person'>(person),
      ...(other && { otherId: asId<'person'>(other) }),
    })
    return { done: true }
  })

  serve(doors, exceptionTakeBack, async (work, { params }) => {
    const campaign = await cohorts.get(work, cohorts.asCampaignId(params.id))
    await takeBackException(work, campaign, asId<'person'>(params.person))
    return { done: true }
  })
}
