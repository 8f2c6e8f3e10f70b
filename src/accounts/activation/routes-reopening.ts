import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { reopenForActivation } from './change-activation-period.ts'
import * as contract from './contract.ts'

export function reopeningRoutes(doors: Doors): void {
  serve(doors, contract.reopenActivation, async (work, { params, body }) => {
    const { id, activateBy } = await reopenForActivation(work, params.id, body)
    return { id, activateBy: activateBy ?? work.today }
  })
}
