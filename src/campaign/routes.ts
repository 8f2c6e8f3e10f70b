import { asId } from '../platform/ids.ts'
import { languageOf } from '../platform/pages.ts'
import type { Doors } from '../platform/serve.ts'
import { serve } from '../platform/serve.ts'
import type { Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import * as campaign from './campaign.ts'
import { needExport, needFigures, needList, personNeeds } from './contract.ts'
import { campaignRoutes } from './routes-campaign.ts'
import { directiveRoutes } from './routes-directive.ts'
import { groupRoutes } from './routes-group.ts'

/** Who asked, by name, for the head of a paper. */
const authorOf = async (work: Work) => (await staff.namesOf(work, [work.by.id])).get(work.by.id) ?? ''

export function routes(doors: Doors): void {
  campaignRoutes(doors)

  serve(doors, needFigures, (work, { query }) => campaign.figures(work, query))

  serve(doors, needList, (work, { query: { after, limit, ...filter } }) =>
    campaign.list(work, filter, { ...(after && { after }), ...(limit && { limit }) }),
  )

  serve(doors, needExport, async (work, { query }, { request }) =>
    campaign.exportList(work, query, await authorOf(work), languageOf(request.headers)),
  )

  directiveRoutes(doors)
  groupRoutes(doors)

  serve(doors, personNeeds, (work, { params }) => campaign.standingOf(work, asId<'person'>(params.id)))
}
