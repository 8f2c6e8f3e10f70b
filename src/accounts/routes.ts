import type { Doors } from '../platform/serve.ts'
import { activationRoutes } from './routes-activation.ts'
import { type AccountsHouse, levelOneRoutes } from './routes-level-one.ts'
import { lockRoutes } from './routes-lock.ts'
import { queueRoutes } from './routes-queue.ts'
import { reopeningRoutes } from './routes-reopening.ts'
import { representativeRoutes } from './routes-representative.ts'
import { requestRoutes } from './routes-request.ts'
import { slipRoutes } from './routes-slip.ts'

/** The doors of all rooms. */
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
