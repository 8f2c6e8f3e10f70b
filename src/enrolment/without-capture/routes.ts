import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import * as contract from './contract.ts'
import * as childCards from './without-capture.ts'

export function childCardRoutes(doors: Doors): void {
  serve(doors, contract.showChildCard, async (work, { params }) => ({
    status: await childCards.findChildCardStatus(work, params.id),
  }))
  serve(doors, contract.takeChildCard, async (work, { params, body }) => {
    const { id, dueOn } = await childCards.takeChildCard(work, params.id, body)
    return { id, ...(dueOn && { dueOn }) }
  })
}
