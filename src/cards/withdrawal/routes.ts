import { type Doors, serve } from '../../platform/http/serve.ts'
import * as contract from '../contract.ts'
import { cancel } from '../production/order.ts'
import { codesFor } from '../reason.ts'
import * as standing from './withdrawal.ts'

export function standingRoutes(doors: Doors): void {
  serve(doors, contract.cancelCard, (work, { params, body }) => cancel(work, params.id, body))
  serve(doors, contract.blockCard, (work, { params, body }) => standing.block(work, params.id, body))
  serve(doors, contract.unblockCard, (work, { params }) => standing.unblock(work, params.id))
  serve(doors, contract.revokeCard, (work, { params, body }) => standing.revoke(work, params.id, body))
  serve(doors, contract.withholdCard, (work, { params, body }) => standing.withhold(work, params.id, body))
  serve(doors, contract.giveCardBack, (work, { params }) => standing.giveBack(work, params.id))
  serve(doors, contract.cardReasons, async ({ today }) => ({
    cancel: codesFor('cancel', today),
    block: codesFor('block', today),
    revoke: codesFor('revoke', today),
    withhold: codesFor('withhold', today),
  }))
}
