import { type Doors, serve } from '../platform/serve.ts'
import { getClient } from './clients.ts'
import * as contract from './contract.ts'
import { flightsOfClient, lookUpFlight } from './flight.ts'
import { shownFlights, shownNote } from './flight-shown.ts'

export function flightRoutes(doors: Doors): void {
  serve(doors, contract.flightOne, async (work, { params }) => ({ notes: (await lookUpFlight(work, params.id)).map(shownNote) }))
  serve(doors, contract.clientFlights, async (work, { params: { clientId }, query }) => {
    await getClient(work, clientId)
    return shownFlights(await flightsOfClient(work, clientId, query))
  })
}
