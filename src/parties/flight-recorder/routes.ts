import { type Doors, serve } from '../../platform/http/serve.ts'
import { getClient } from '../clients/clients.ts'
import * as contract from '../contract.ts'
import { flightsOfClient, lookUpFlight } from './flight-recorder.ts'
import { shownFlights, shownNote } from './shown.ts'

export function flightRoutes(doors: Doors): void {
  serve(doors, contract.flightOne, async (work, { params }) => ({
    notes: (await lookUpFlight(work, params.id)).map(shownNote),
  }))
  serve(doors, contract.clientFlights, async (work, { params: { clientId }, query }) => {
    await getClient(work, clientId)
    return shownFlights(await flightsOfClient(work, clientId, query))
  })
}
