import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { getClient } from '../clients/clients.ts'
import * as contract from '../contract.ts'
import { findFlights, summarizeFlights } from './flight-recorder.ts'
import { flightSummaryView, flightView } from './view.ts'

export function flightRoutes(doors: Doors): void {
  serve(doors, contract.flightOne, async (work, { params }) => ({
    notes: (await findFlights(work, params.id)).map(flightView),
  }))
  serve(doors, contract.clientFlights, async (work, { params: { clientId }, query }) => {
    await getClient(work, clientId)
    return flightSummaryView(await summarizeFlights(work, clientId, query))
  })
}
