import type { Doors } from '../platform/http/serve-endpoint.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { rosterRoutes } from './rosters/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'

export function routes(doors: Doors): void {
  sessionRoutes(doors)
  rosterRoutes(doors)
  invitationRoutes(doors)
}
