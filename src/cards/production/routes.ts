import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { parseDay } from '../../platform/day.ts'
import type { Download } from '../../platform/endpoint.ts'
import { type Doors, requestProblem, serve } from '../../platform/http/serve.ts'
import type { Work } from '../../platform/work.ts'
import { type CardsHouse, shown } from '../shown.ts'
import * as batches from './batches.ts'
import * as blanks from './blanks.ts'
import * as contract from './contract.ts'
import * as faces from './drawing.ts'
import { writeOrderFile } from './order-file.ts'
import { check, make } from './production.ts'

/** Keeps a long file on disk while the browser downloads it, and deletes it afterwards. */
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
  const content = await fromDisk(out => writeOrderFile(work, id, out))
  const { batch } = await batches.showBatch(work, id, { limit: 1 })
  return { name: `${batch.code}.zip`, type: 'application/zip', content }
}

async function batchFaces(work: Work, id: string, how: Parameters<typeof faces.drawBatch>[3]): Promise<Download> {
  let code = ''
  const content = await fromDisk(async out => {
    code = (await faces.drawBatch(work, id, out, how)).code
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
    const content = await faces.drawFace(work, params.id, asked)
    return { name: `the-${params.id}-${sideNames[as]}`, type: as === 'pdf' ? 'application/pdf' : 'image/png', content }
  })
  serve(doors, contract.batchFaces, (work, { params, query: { sheets = 'card' } }) =>
    batchFaces(work, params.id, { sheets, isDemonstration: isDemonstration() }),
  )
}

function blankRoutes(doors: Doors): void {
  serve(doors, contract.blankStock, async (work, { query }) => {
    const { rows, next } = await blanks.lots(work, query)
    return { balance: await blanks.blankBalance(work), lots: rows.map(shown), ...(next && { next }) }
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
  serve(doors, contract.stockWitnesses, async work => ({ officers: await blanks.stockWitnesses(work) }))
  serve(doors, contract.takeStock, (work, { body }) => blanks.takeStock(work, body))
}

export function productionRoutes(doors: Doors, house: CardsHouse): void {
  faceRoutes(doors, house)
  serve(doors, contract.listBatches, async (work, { query }) => {
    const { rows, next } = await batches.listBatches(work, query)
    return { rows: rows.map(shown), ...(next && { next }) }
  })
  serve(doors, contract.showBatch, async (work, { params, query }) => {
    const { batch, cards: lines, next } = await batches.showBatch(work, params.id, query)
    return { batch: shown(batch), cards: lines.map(shown), ...(next && { next }) }
  })
  serve(doors, contract.planBatch, async (work, { body: { dueBefore, ...asked } }) => {
    const day = dueBefore && parseDay(dueBefore)
    return shown(await batches.planBatch(work, { ...asked, ...(day && { dueBefore: day }) }))
  })
  serve(doors, contract.previewBatch, async (work, { body: { dueBefore, ...asked } }) => {
    const day = dueBefore && parseDay(dueBefore)
    return shown(await batches.previewBatch(work, { ...asked, ...(day && { dueBefore: day }) }))
  })
  serve(doors, contract.orderFile, (work, { params }) => orderFile(work, params.id))
  serve(doors, contract.releaseFromBatch, async (work, { body: { cardId, reason } }) => {
    await batches.takeOutOfBatch(work, cardId, { reason })
    return {}
  })
  serve(doors, contract.makeCard, async (work, { params, body }) =>
    shown(await make(work, { cardId: params.id, serial: body.serial })),
  )
  serve(doors, contract.checkCard, (work, { params, body }) => check(work, params.id, body))
  blankRoutes(doors)
}
