import type { Doors } from '../platform/http/serve-endpoint.ts'
import { chipReadingRoutes } from './chip-readings/routes.ts'
import type { DemonstrationMark } from './demonstration-mark.ts'
import { handOverRoutes } from './hand-over/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { productionRoutes } from './production/routes.ts'
import { boxRoutes } from './shipping/routes.ts'
import { pipelineRoutes } from './tracking/routes.ts'
import { withdrawalRoutes } from './withdrawal/routes.ts'

/** The doors of every room. */
export function routes(doors: Doors, house: DemonstrationMark): void {
  pipelineRoutes(doors)
  withdrawalRoutes(doors)
  productionRoutes(doors, house)
  importRoutes(doors)
  boxRoutes(doors, house)
  chipReadingRoutes(doors)
  handOverRoutes(doors, house)
}
