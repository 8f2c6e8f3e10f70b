import type { Doors } from '../platform/serve.ts'
import type { DevelopersHouse } from './developer-desk.ts'
import { clientRoutes } from './routes-client.ts'
import { developerRoutes } from './routes-developers.ts'
import { flightRoutes } from './routes-flight.ts'

/** The doors of officers, and the pages of engineers. */
export async function routes(doors: Doors, house: DevelopersHouse): Promise<void> {
  clientRoutes(doors, house.isDemonstration)
  flightRoutes(doors)
  await developerRoutes(doors, house)
}
