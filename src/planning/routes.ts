import type { Doors } from '../platform/http/serve-endpoint.ts'
import type { OpenWork } from '../platform/work.ts'
import { appointmentRoutes } from './appointments/routes.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { planCalendarRoutes } from './plan-calendar/routes.ts'
import { planExplanationRoutes } from './plan-explanations/routes.ts'
import { planPaperRoutes } from './plan-papers/routes.ts'
import { teamPlanRoutes } from './plans/routes.ts'
import { hallRoutes } from './queue/hall-routes.ts'
import { queueRoutes } from './queue/routes.ts'
import { rosterRoutes } from './rosters/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'

export { serveAppointmentStyle } from './appointments/routes.ts'

export function routes(doors: Doors, mark: { readonly isDemonstration: () => boolean }): void {
  sessionRoutes(doors)
  rosterRoutes(doors)
  invitationRoutes(doors)
  teamPlanRoutes(doors)
  planCalendarRoutes(doors)
  planExplanationRoutes(doors)
  planPaperRoutes(doors, mark)
  appointmentRoutes(doors)
  queueRoutes(doors)
}

/** Pages without script: the screens of a hall. */
export const pages = (
  doors: Doors,
  house: { readonly openWork: OpenWork; readonly isDemonstration: () => boolean },
): Promise<void> => hallRoutes(doors, house)
