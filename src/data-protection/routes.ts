import type { Doors } from '../platform/http/serve-endpoint.ts'
import { breachRoutes } from './breaches/routes.ts'
import { requestRoutes } from './requests/routes.ts'

export function routes(doors: Doors, given: Parameters<typeof breachRoutes>[1]): void {
  requestRoutes(doors)
  breachRoutes(doors, given)
}
