import type { Doors } from '../platform/serve.ts'
import { serve } from '../platform/serve.ts'
import { create } from './campaign.ts'
import { campaignCreate } from './contract-campaign.ts'
import { campaignRoutes } from './routes-campaign.ts'
import { directiveRoutes } from './routes-directive.ts'
import { groupRoutes } from './routes-group.ts'
import { needRoutes } from './routes-need.ts'
import { targetRoutes } from './routes-target.ts'

export function routes(doors: Doors): void {
  serve(doors, campaignCreate, (work, { body }) => create(work, body))
  campaignRoutes(doors)
  targetRoutes(doors)
  needRoutes(doors)
  directiveRoutes(doors)
  groupRoutes(doors)
}
