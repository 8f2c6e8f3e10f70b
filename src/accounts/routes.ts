import type { Doors } from '../platform/http/serve-endpoint.ts'
import { activationRoutes } from './activation/routes.ts'
import { reopeningRoutes } from './activation/routes-reopening.ts'
import { type AccountsHouse, levelOneRoutes } from './level-one/routes.ts'
import { lockRoutes } from './locks/routes.ts'
import { queueRoutes } from './queues/routes.ts'
import { representativeRoutes } from './representatives/routes.ts'
import { requestRoutes } from './requests/routes.ts'
import { slipRoutes } from './slips/routes.ts'

/** The routes of all rooms. */
export function routes(doors: Doors, house: AccountsHouse): void {
  slipRoutes(doors, house)
  activationRoutes(doors, house)
  queueRoutes(doors)
  requestRoutes(doors)
  representativeRoutes(doors)
  reopeningRoutes(doors)
  lockRoutes(doors)
  levelOneRoutes(doors, house)
}
