import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import type { ReasonedAct } from '../acts-with-reason.ts'
import * as contract from '../contract.ts'
import { reasonCodesFor } from '../law.ts'
import { cancelCard } from '../production/order.ts'
import * as standing from './withdrawal.ts'

export function withdrawalRoutes(doors: Doors): void {
  serve(doors, contract.cancelCard, (work, { params, body }) => cancelCard(work, params.id, body))
  serve(doors, contract.blockCard, (work, { params, body }) => standing.blockCard(work, params.id, body))
  serve(doors, contract.unblockCard, (work, { params }) => standing.unblockCard(work, params.id))
  serve(doors, contract.revokeCard, (work, { params, body }) => standing.revokeCard(work, params.id, body))
  serve(doors, contract.withholdCard, (work, { params, body }) => standing.withholdCard(work, params.id, body))
  serve(doors, contract.giveCardBack, (work, { params }) => standing.giveCardBack(work, params.id))
  serve(doors, contract.cardReasons, async work => {
    const codesFor = (act: ReasonedAct) => [...reasonCodesFor(act, work.today, work)]
    return {
      cancel: codesFor('cancel'),
      block: codesFor('block'),
      revoke: codesFor('revoke'),
      withhold: codesFor('withhold'),
    }
  })
}
