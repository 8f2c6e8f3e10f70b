import type { Doors } from '../platform/serve.ts'
import { rosterRoutes } from './routes-roster.ts'
import { sessionRoutes } from './routes-session.ts'

export function routes(doors: Doors): void {
  sessionRoutes(doors)
  rosterRoutes(doors)
}
