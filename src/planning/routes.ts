import type { Doors } from '../platform/http/serve.ts'
import { rosterRoutes } from './rosters/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'

export function routes(doors: Doors): void {
  sessionRoutes(doors)
  rosterRoutes(doors)
}
