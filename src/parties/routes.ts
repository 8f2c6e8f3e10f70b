import type { Doors } from '../platform/http/serve-endpoint.ts'
import { clientAndPartyRoutes } from './clients/routes.ts'
import type { DevelopersHouse } from './developers/page-context.ts'
import { developerRoutes } from './developers/routes.ts'
import { flightRoutes } from './flight-recorder/routes.ts'

/** The routes of officers, and the pages of engineers. */
export async function routes(doors: Doors, house: DevelopersHouse): Promise<void> {
  clientAndPartyRoutes(doors, house.calledAddresses)
  flightRoutes(doors)
  await developerRoutes(doors, house)
}
