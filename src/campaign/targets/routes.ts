import { asDay } from '../../platform/day.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import * as units from '../../units/units.ts'
import * as cohorts from '../cohorts/campaigns.ts'
import { campaignProblem } from '../problems.ts'
import { targetIssue, targetTree } from './contract.ts'
import * as target from './targets.ts'

export function targetRoutes(doors: Doors): void {
  serve(doors, targetTree, async (work, { params, query }) => {
    const campaign = await cohorts.getCampaign(work, cohorts.asCampaignId(params.id))
    const day = query.day ? asDay(query.day) : work.today
    const asked = query.unit ? query.unit : (work.unitId ?? campaign.unitId)
    if (!(await cohorts.isOwnUnit(work, asked))) throw campaignProblem('list-unit-outside')
    return {
      day,
      metric: query.metric,
      ...(await target.readTargetTree(work, campaign, { unitId: asked, metric: query.metric, day })),
    }
  })

  serve(doors, targetIssue, async (work, { params, body }) => {
    const campaign = await cohorts.getCampaign(work, cohorts.asCampaignId(params.id))
    const { metric, batch, dueOn, issuedBy, splitBy = 'hand', targets } = body
    const asked = await Promise.all(
      targets.map(async ({ unit, value }) => {
        const { id, code } = await units.getUnit(work, unit)
        return { unitId: id, said: code, metric, batch, value, assignedOn: work.today, dueOn: asDay(dueOn), splitBy }
      }),
    )
    return target.issueTargets(work, campaign, asked, issuedBy)
  })
}
