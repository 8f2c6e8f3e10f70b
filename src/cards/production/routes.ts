import { parseDay } from '../../platform/day.ts'
import type { Download } from '../../platform/endpoint.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import type { Work } from '../../platform/work.ts'
import { toApiRow } from '../api-row.ts'
import type { DemonstrationMark } from '../demonstration-mark.ts'
import * as batches from './batches.ts'
import * as blanks from './blanks.ts'
import * as contract from './contract.ts'
import * as faces from './drawing.ts'
import { handUpBatch } from './hand-up.ts'
import { writeOrderFile } from './order-file.ts'
import { checkCard, makeCard } from './production.ts'
import { streamFromDisk } from './stream-from-disk.ts'

async function orderFileDownload(work: Work, id: string): Promise<Download> {
  const { batch } = await batches.showBatch(work, id, { limit: 1 })
  const content = await streamFromDisk(out => writeOrderFile(work, id, out))
  return { name: `${batch.code}.zip`, type: 'application/zip', content }
}

async function batchFacesDownload(
  work: Work,
  id: string,
  how: Parameters<typeof faces.writeBatchPdf>[3],
): Promise<Download> {
  let code = ''
  const content = await streamFromDisk(async out => {
    code = (await faces.writeBatchPdf(work, id, out, how)).code
  })
  return { name: `${code}-mat-the.pdf`, type: 'application/pdf', content }
}

const sideNames = { pdf: 'mat-the.pdf', 'png-front': 'mat-truoc.png', 'png-back': 'mat-sau.png' } as const

function printedFaceRoutes(doors: Doors, { isDemonstration }: DemonstrationMark): void {
  serve(doors, contract.cardPrintedFace, async (work, { params, query: { as, dpi, sheets, proof } }, { who }) => {
    const isMaker = who?.authority('cards.produce', contract.cardPrintedFace.purpose) !== undefined
    if (proof === 'yes' && !isMaker) throw requestProblem('right-missing', { right: 'cards.produce' })
    const dots = dpi === '600' ? 600 : 300
    const asked = {
      as,
      dpi: dots,
      sheets,
      proof: proof === 'yes',
      who: isMaker ? 'maker' : 'reader',
      isDemonstration: isDemonstration(),
    } as const
    const content = await faces.writePrintedFace(work, params.id, asked)
    return { name: `the-${params.id}-${sideNames[as]}`, type: as === 'pdf' ? 'application/pdf' : 'image/png', content }
  })
  serve(doors, contract.batchPrintedFaces, (work, { params, query: { sheets = 'card' } }) =>
    batchFacesDownload(work, params.id, { sheets, isDemonstration: isDemonstration() }),
  )
}

function blankRoutes(doors: Doors): void {
  serve(doors, contract.blankStock, async (work, { query }) => {
    const { rows, next } = await blanks.listLots(work, query)
    return { balance: await blanks.blankBalance(work), lots: rows.map(toApiRow), ...(next && { next }) }
  })
  serve(doors, contract.receiveBlanks, (work, { body: { code, count, firstSerial, lastSerial } }) => {
    if (count !== undefined) return blanks.receiveBlanks(work, { code, count })
    if (firstSerial && lastSerial) return blanks.receiveBlanks(work, { code, firstSerial, lastSerial })
    throw requestProblem('input-invalid', { wrong: [{ field: 'count' }] })
  })
  serve(doors, contract.spoilBlanks, (work, { body: { serials, lotId, count, reason } }) => {
    if (serials) return blanks.spoilBlanks(work, { serials }, { reason })
    if (lotId && count) return blanks.spoilBlanks(work, { lotId, count }, { reason })
    throw requestProblem('input-invalid', { wrong: [{ field: 'serials' }] })
  })
  serve(doors, contract.secondCheckers, async work => ({ officers: await blanks.listSecondCheckers(work) }))
  serve(doors, contract.takeStock, (work, { body }) => blanks.takeStock(work, body))
}

export function productionRoutes(doors: Doors, house: DemonstrationMark): void {
  printedFaceRoutes(doors, house)
  serve(doors, contract.listBatches, async (work, { query }) => {
    const { rows, next } = await batches.listBatches(work, query)
    return { rows: rows.map(toApiRow), ...(next && { next }) }
  })
  serve(doors, contract.showBatch, async (work, { params, query }) => {
    const { batch, cards: lines, next } = await batches.showBatch(work, params.id, query)
    return { batch: toApiRow(batch), cards: lines.map(toApiRow), ...(next && { next }) }
  })
  serve(doors, contract.planBatch, async (work, { body: { dueBefore, ...asked } }) => {
    const day = dueBefore && parseDay(dueBefore)
    return toApiRow(await batches.planBatch(work, { ...asked, ...(day && { dueBefore: day }) }))
  })
  serve(doors, contract.previewBatch, async (work, { body: { dueBefore, ...asked } }) => {
    const day = dueBefore && parseDay(dueBefore)
    return toApiRow(await batches.previewBatch(work, { ...asked, ...(day && { dueBefore: day }) }))
  })
  serve(doors, contract.orderFile, (work, { params }) => orderFileDownload(work, params.id))
  serve(doors, contract.handUpBatch, async (work, { params }) => toApiRow(await handUpBatch(work, params.id)))
  serve(doors, contract.releaseFromBatch, async (work, { body: { cardId, reason } }) => {
    await batches.takeOutOfBatch(work, cardId, { reason })
    return {}
  })
  serve(doors, contract.makeCard, async (work, { params, body }) =>
    toApiRow(await makeCard(work, { cardId: params.id, serial: body.serial })),
  )
  serve(doors, contract.checkCard, (work, { params, body }) => checkCard(work, params.id, body))
  blankRoutes(doors)
}
