import type { Doors } from '../platform/serve.ts'
import { boxRoutes } from './routes-box.ts'
import { handOverRoutes } from './routes-hand-over.ts'
import { importRoutes } from './routes-imports.ts'
import { pipelineRoutes } from './routes-pipeline.ts'
import { productionRoutes } from './routes-production.ts'
import { standingRoutes } from './routes-standing.ts'
import type { CardsHouse } from './shown.ts'

/** The doors of every room. */
export function routes(doors: Doors, house: CardsHouse): void {
  pipelineRoutes(doors)
  standingRoutes(doors)
  productionRoutes(doors, house)
  importRoutes(doors)
  boxRoutes(doors, house)
  handOverRoutes(doors, house)
}
