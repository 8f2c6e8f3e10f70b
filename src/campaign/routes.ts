import type { Doors } from '../platform/http/serve-endpoint.ts'
import { serve } from '../platform/http/serve-endpoint.ts'
import { create } from './campaign.ts'
import { campaignCreate } from './cohorts/contract.ts'
import { campaignRoutes } from './cohorts/routes.ts'
import { directiveRoutes } from './directives/routes.ts'
import { type GroupLinkHouse, groupLinkRoutes } from './group-links/routes.ts'
import { groupRoutes } from './groups/routes.ts'
import { needRoutes } from './needs/routes.ts'
import { reminderRoutes } from './reminders/routes.ts'

export async function routes(doors: Doors, house: GroupLinkHouse): Promise<void> {
  serve(doors, campaignCreate, (work, { body }) => create(work, body))
  campaignRoutes(doors)
  needRoutes(doors)
  reminderRoutes(doors)
  directiveRoutes(doors)
  groupRoutes(doors)
  await groupLinkRoutes(doors, house)
}
