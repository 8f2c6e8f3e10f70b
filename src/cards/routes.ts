import { type Doors, requestProblem, serve } from '../platform/serve.ts'
import type { Work } from '../platform/work.ts'
import * as cards from './cards.ts'
import * as contract from './contract.ts'
import { signatureIn } from './read-request.ts'
import { codesFor } from './reason.ts'
import { boxRoutes } from './routes-box.ts'
import { handOverRoutes } from './routes-hand-over.ts'
import { pipelineRoutes } from './routes-pipeline.ts'
import { productionRoutes } from './routes-production.ts'
import { type CardsHouse, shown } from './shown.ts'

async function lifeOf(work: Work, ref: cards.CardRef) {
  const { card, name, deeds, place, order, steps, attempts, handOver, withholdings, ending, takenIn } = await cards.life(work, ref)
  const { cardId: _cardId, ...at } = place
  return {
    card,
    name,
    deeds: deeds.map(shown),
    place: at,
    ...(order && { order }),
    steps: steps.map(shown),
    attempts: attempts.map(shown),
    ...(handOver && { handOver: shown(handOver) }),
    withholdings: withholdings.map(shown),
    ...(ending && { ending: shown(ending) }),
    takenIn,
  }
}

function standingRoutes(doors: Doors): void {
  serve(doors, contract.cancelCard, (work, { params, body }) => cards.cancel(work, params.id, body))
  serve(doors, contract.blockCard, (work, { params, body }) => cards.block(work, params.id, body))
  serve(doors, contract.unblockCard, (work, { params }) => cards.unblock(work, params.id))
  serve(doors, contract.revokeCard, (work, { params, body }) => cards.revoke(work, params.id, body))
  serve(doors, contract.withholdCard, (work, { params, body }) => cards.withhold(work, params.id, body))
  serve(doors, contract.giveCardBack, (work, { params }) => cards.giveBack(work, params.id))
  serve(doors, contract.cardReasons, async ({ today }) => ({
    cancel: codesFor('cancel', today),
    block: codesFor('block', today),
    revoke: codesFor('revoke', today),
    withhold: codesFor('withhold', today),
  }))
}

export function routes(doors: Doors, house: CardsHouse): void {
  serve(doors, contract.undeliveredCards, async (work, { query: { olderThanDays = 7, place, ...page } }) => {
    const { rows, next } = await cards.undelivered(work, { ...page, olderThanDays, placeId: place })
    return { rows: rows.map(shown), ...(next && { next }) }
  })
  serve(doors, contract.findCard, async (work, { body: { serial, number } }) =>
    lifeOf(work, number ? { cardId: await cards.waitingOf(work, number) } : { serial: serial ?? '' }),
  )
  serve(doors, contract.handCardOver, (work, { body: { serial, personId, number, to, signature } }) => {
    const card = { serial, to, ...signatureIn(signature) }
    if (personId) return cards.handOver(work, { ...card, personId })
    if (number) return cards.handOver(work, { ...card, number })
    throw requestProblem('input-invalid', { wrong: [{ field: 'personId' }] })
  })
  pipelineRoutes(doors)
  standingRoutes(doors)
  productionRoutes(doors, house)
  boxRoutes(doors, house)
  handOverRoutes(doors, house)
  serve(doors, contract.showCard, (work, { params }) => lifeOf(work, { cardId: params.id }))
}
