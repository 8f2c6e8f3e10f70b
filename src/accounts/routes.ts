import type { Doors } from '../platform/serve.ts'
import { type AccountsHouse, levelOneRoutes } from './routes-level-one.ts'
import { lockRoutes } from './routes-lock.ts'
import { queueRoutes } from './routes-queue.ts'
import { reopeningRoutes } from './routes-reopening.ts'
import { representativeRoutes } from './routes-representative.ts'
import { requestRoutes } from './routes-request.ts'

export function routes(doors: Doors, house: AccountsHouse): void {
  queueRoutes(doors)
  requestRoutes(doors)
  representativeRoutes(doors)
  reopeningRoutes(doors)
  lockRoutes(doors)
  levelOneRoutes(doors, house)
}
