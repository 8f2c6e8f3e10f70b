import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { toApiRow } from '../api-row.ts'
import { cardRefIn } from '../card-reference.ts'
import type { DemonstrationMark } from '../demonstration-mark.ts'
import { boxLabel } from './box-label-data.ts'
import * as contract from './contract.ts'
import { declareLost } from './lost.ts'
import * as boxes from './shipping.ts'
import { settleUnexpected } from './unexpected-cards.ts'

export function boxRoutes(doors: Doors, { isDemonstration }: DemonstrationMark): void {
  serve(doors, contract.listBoxes, async (work, { query: { place, ...asked } }) => {
    const { rows, next } = await boxes.listBoxes(work, { ...asked, placeId: place })
    return { rows: rows.map(toApiRow), ...(next && { next }) }
  })
  serve(doors, contract.showBox, async (work, { params, query }) => {
    const { box, cards: lines, unexpected, next } = await boxes.showBox(work, params.id, query)
    return {
      box: toApiRow(box),
      cards: lines.map(toApiRow),
      unexpected: unexpected.map(toApiRow),
      ...(next && { next }),
    }
  })
  serve(doors, contract.findBox, async (work, { body }) => toApiRow(await boxes.findBoxByCode(work, body.code)))
  serve(doors, contract.openBox, async (work, { body }) => toApiRow(await boxes.openBox(work, body)))
  serve(doors, contract.putInBox, (work, { params, body }) => boxes.putInBox(work, params.id, cardRefIn(body)))
  serve(doors, contract.takeOutOfBox, (work, { params, body }) => boxes.takeOutOfBox(work, params.id, cardRefIn(body)))
  serve(doors, contract.sealBox, async (work, { params, body }) => toApiRow(await boxes.sealBox(work, params.id, body)))
  serve(doors, contract.sendBox, async (work, { params }) => toApiRow(await boxes.sendBox(work, params.id)))
  serve(doors, contract.boxLabel, async (work, { params }) => {
    const { code, content } = await boxLabel(work, params.id, { isDemonstration: isDemonstration() })
    return { name: `${code}-nhan.pdf`, type: 'application/pdf', content }
  })
  serve(doors, contract.receiveBox, async (work, { params, body }) =>
    toApiRow(await boxes.receiveBox(work, params.id, body)),
  )
  serve(doors, contract.countBox, async (work, { params, body }) => {
    const { box, present, missing, notListed, ended } = await boxes.countBox(work, params.id, body)
    return {
      box: toApiRow(box),
      present,
      missing: missing.map(toApiRow),
      notListed: notListed.map(toApiRow),
      ended: [...ended],
    }
  })
  serve(doors, contract.foundCard, (work, { body }) => boxes.takeInFoundCard(work, cardRefIn(body)))
  serve(doors, contract.settleUnexpected, async (work, { params, body }) => {
    await settleUnexpected(work, params.id, body)
    return {}
  })
  serve(doors, contract.lostCard, (work, { params, body }) => declareLost(work, params.id, body))
}
