import { asDay } from '../platform/day.ts'
import { asId } from '../platform/ids.ts'
import { type Doors, serve } from '../platform/serve.ts'
import * as units from '../units/units.ts'
import { campaignProblem } from './contract.ts'
import {
  campaignClose,
  campaignCreate,
  campaignList,
  exceptionSay,
  exceptionTakeBack,
  targetIssue,
  targetTree,
} from './contract-campaign.ts'
import * as definition from './definition.ts'
import { sayException, takeBackException } from './exception.ts'
import * as target from './target.ts'

export function campaignRoutes(doors: Doors): void {
  serve(doors, campaignList, async work => ({ day: work.today, campaigns: await definition.showAll(work) }))

  serve(doors, campaignCreate, (work, { body }) => definition.create(work, body))

  serve(doors, campaignClose, (work, { params }) => definition.close(work, definition.asCampaignId(params.id)))

  serve(doors, targetTree, async (work, { params, query }) => {
    const campaign = await definition.get(work, definition.asCampaignId(params.id))
    const day = query.day ? asDay(query.day) : work.today
    const asked = query.unit ? asId<'unit'>(query.unit) : (work.unitId ?? campaign.unitId)
    if (!(await definition.isOwn(work, asked))) throw campaignProblem('list-unit-outside')
    return { day, metric: query.metric, ...(await target.tree(work, campaign, { unitId: asked, metric: query.metric, day })) }
  })

  serve(doors, targetIssue, async (work, { params, body }) => {
    const campaign = await definition.get(work, definition.asCampaignId(params.id))
    const { metric, batch, dueOn, issuedBy, splitBy = 'hand', targets } = body
    const asked = await Promise.all(
      targets.map(async ({ unit, value }) => {
        const { id, code } = await units.getUnit(work, asId<'unit'>(unit))
        return { unitId: id, said: code, metric, batch, value, assignedOn: work.today, dueOn: asDay(dueOn), splitBy }
      }),
    )
    return target.issue(work, campaign, asked, issuedBy)
  })

  serve(doors, exceptionSay, async (work, { params, body }) => {
    const campaign = await definition.get(work, definition.asCampaignId(params.id))
    const { person, other, ...said } = body
    await sayException(work, campaign, { ...said, personId: asId<'person'>(person), ...(other && { otherId: asId<'person'>(other) }) })
    return { done: true }
  })

  serve(doors, exceptionTakeBack, async (work, { params }) => {
    const campaign = await definition.get(work, definition.asCampaignId(params.id))
    await takeBackException(work, campaign, asId<'person'>(params.person))
    return { done: true }
  })
}
