import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseDay } from '../platform/day.ts'
import type { Download } from '../platform/endpoint.ts'
import { type Doors, requestProblem, serve } from '../platform/serve.ts'
import type { Work } from '../platform/work.ts'
import * as cards from './cards.ts'
import * as contract from './contract-production.ts'
import { shown } from './shown.ts'

/** Portraits of a whole batch are kept on disk while they go to the browser, not in memory; the file is gone when it is sent. */
async function orderFile(work: Work, id: string): Promise<Download> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-orders-'))
  const gone = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, randomUUID())
    await cards.writeOrderFile(work, id, createWriteStream(path, { mode: 0o600 }))
    const { batch } = await cards.showBatch(work, id, { limit: 1 })
    const content = createReadStream(path)
    content.once('close', () => void gone())
    return { name: `${batch.code}.zip`, type: 'application/zip', content }
  } catch (error) {
    await gone()
    throw error
  }
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
  serve(doors, contract.takeStock, (work, { body }) => cards.takeStock(work, body))
}

export function productionRoutes(doors: Doors): void {
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
