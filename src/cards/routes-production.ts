import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { parseDay } from '../platform/day.ts'
import type { Download } from '../platform/endpoint.ts'
import { type Doors, requestProblem, serve } from '../platform/serve.ts'
import type { Work } from '../platform/work.ts'
import * as cards from './cards.ts'
import * as contract from './contract-production.ts'
import { type CardsHouse, shown } from './shown.ts'

/** What is long is kept on disk while it goes to the browser, not in memory; the file is gone when it is sent. */
async function fromDisk(write: (out: Writable) => Promise<unknown>): Promise<ReadStream> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-cards-'))
  const gone = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, randomUUID())
    await write(createWriteStream(path, { mode: 0o600 }))
    const content = createReadStream(path)
    content.once('close', () => void gone())
    return content
  } catch (error) {
    await gone()
    throw error
  }
}

async function orderFile(work: Work, id: string): Promise<Download> {
  const content = await fromDisk(out => cards.writeOrderFile(work, id, out))
  const { batch } = await cards.showBatch(work, id, { limit: 1 })
  return { name: `${batch.code}.zip`, type: 'application/zip', content }
}

async function batchFaces(work: Work, id: string, how: Parameters<typeof cards.drawBatch>[3]): Promise<Download> {
  let code = ''
  const content = await fromDisk(async out => {
    code = (await cards.drawBatch(work, id, out, how)).code
  })
  return { name: `${code}-mat-the.pdf`, type: 'application/pdf', content }
}

const sideNames = { pdf: 'mat-the.pdf', 'png-front': 'mat-truoc.png', 'png-back': 'mat-sau.png' } as const

function faceRoutes(doors: Doors, { isDemonstration }: CardsHouse): void {
  serve(doors, contract.cardFaces, async (work, { params, query: { as, dpi, sheets, proof } }, { who }) => {
    const isMaker = who?.standing('cards.produce', contract.cardFaces.purpose) !== undefined
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
    const content = await cards.drawFace(work, params.id, asked)
    return { name: `the-${params.id}-${sideNames[as]}`, type: as === 'pdf' ? 'application/pdf' : 'image/png', content }
  })
  serve(doors, contract.batchFaces, (work, { params, query: { sheets = 'card' } }) =>
    batchFaces(work, params.id, { sheets, isDemonstration: isDemonstration() }),
  )
}

/** Within the work of the request; what is not taken goes back with it. */
async function takeReturns(work: Work, path: string) {
  const rejectedTo = `${path}.rejected.csv`
  const { rows, changed, unchanged, rejected, reasons } = await cards.takeReturns(async (_standing, verb) => verb(work), work, path, {
    rejectedTo,
  })
  return {
    rows,
    changed,
    unchanged,
    rejected,
    reasons: { ...reasons },
    ...(rejected > 0 && { rejectedCsv: await readFile(rejectedTo, 'utf8') }),
  }
}

function blankRoutes(doors: Doors): void {
  serve(doors, contract.blankStock, async (work, { query }) => {
    const { rows, next } = await cards.lots(work, query)
    return { balance: await cards.blankBalance(work), lots: rows.map(shown), ...(next && { next }) }
  })
  serve(doors, contract.receiveBlanks, (work, { body: { code, count, firstSerial, lastSerial } }) => {
    if (count !== undefined) return cards.receiveBlanks(work, { code, count })
    if (firstSerial && lastSerial) return cards.receiveBlanks(work, { code, firstSerial, lastSerial })
    throw requestProblem('input-invalid', { wrong: [{ field: 'count' }] })
  })
  serve(doors, contract.spoilBlanks, (work, { body: { serials, lotId, count, reason } }) => {
    if (serials) return cards.spoilBlanks(work, { serials }, { reason })
    if (lotId && count) return cards.spoilBlanks(work, { lotId, count }, { reason })
    throw requestProblem('input-invalid', { wrong: [{ field: 'serials' }] })
  })
  serve(doors, contract.stockWitnesses, async work => ({ officers: await cards.stockWitnesses(work) }))
  serve(doors, contract.takeStock, (work, { body }) => cards.takeStock(work, body))
}

export function productionRoutes(doors: Doors, house: CardsHouse): void {
  faceRoutes(doors, house)
  serve(doors, contract.listBatches, async (work, { query }) => {
    const { rows, next } = await cards.listBatches(work, query)
    return { rows: rows.map(shown), ...(next && { next }) }
  })
  serve(doors, contract.showBatch, async (work, { params, query }) => {
    const { batch, cards: lines, next } = await cards.showBatch(work, params.id, query)
    return { batch: shown(batch), cards: lines.map(shown), ...(next && { next }) }
  })
  serve(doors, contract.planBatch, async (work, { body: { dueBefore, ...asked } }) => {
    const day = dueBefore && parseDay(dueBefore)
    return shown(await cards.planBatch(work, { ...asked, ...(day && { dueBefore: day }) }))
  })
  serve(doors, contract.previewBatch, async (work, { body: { dueBefore, ...asked } }) => {
    const day = dueBefore && parseDay(dueBefore)
    return shown(await cards.previewBatch(work, { ...asked, ...(day && { dueBefore: day }) }))
  })
  serve(doors, contract.orderFile, (work, { params }) => orderFile(work, params.id))
  serve(doors, contract.releaseFromBatch, async (work, { body: { cardId, reason } }) => {
    await cards.takeOutOfBatch(work, cardId, { reason })
    return {}
  })
  serve(doors, contract.takeReturns, async (work, _asked, { upload }) => {
    if (!upload) throw requestProblem('file-missing')
    return takeReturns(work, upload.path)
  })
  serve(doors, contract.makeCard, async (work, { params, body }) =>
    shown(await cards.make(work, { cardId: params.id, serial: body.serial })),
  )
  serve(doors, contract.checkCard, (work, { params, body }) => cards.check(work, params.id, body))
  blankRoutes(doors)
}
