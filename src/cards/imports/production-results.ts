// Production results: what a centre answers to its orders, card by card, in a CSV or in a report over the exchange.

import type { Readable } from 'node:stream'
import * as audit from '../../audit/audit.ts'
import { type CsvImportOptions, type ImportCounts, importCsv, type RowValues } from '../../platform/csv/import.ts'
import { isId } from '../../platform/ids.ts'
import { type Authority, atThisMoment, type OpenWork, type Work } from '../../platform/work.ts'
import { chipIdShape, serialShape } from '../card.ts'
import { closeEmptyBatches } from '../production/batches.ts'
import { readDay } from './imports.ts'
import * as extract from './store-extract.ts'
import * as store from './store-production-results.ts'
import { say } from './words.ts'

const resultColumns = ['card', 'serial', 'issued_on', 'expires_on', 'state', 'reason', 'box'] as const
export const boxShape = /^[\p{L}\d/-]{1,40}$/u

function readResultRow(values: RowValues): readonly (string | null)[] | string {
  const card = values('card').toLowerCase()
  if (!isId(card)) return 'key-malformed'
  const state = values('state').toLowerCase()
  const [serial, reason, box] = [values('serial'), values('reason'), values('box')]
  const chipId = values('chip_id').toUpperCase()
  const [issuedOn, expiresOn] = [readDay(values('issued_on')), readDay(values('expires_on'))]
  if (issuedOn === undefined || expiresOn === undefined) return 'day-malformed'
  if (box !== '' && !boxShape.test(box)) return 'box-malformed'
  if (state === 'rejected') return reason === '' ? 'fault-missing' : [card, null, null, null, state, reason, null, null]
  if (state !== 'made') return 'answer-unknown'
  if (!serialShape.test(serial)) return 'serial-malformed'
  if (chipId !== '' && !chipIdShape.test(chipId)) return 'chip-malformed'
  if (!issuedOn) return 'day-malformed'
  if (expiresOn && expiresOn <= issuedOn) return 'term-before-issue'
  return [card, serial, issuedOn, expiresOn, state, null, box || null, chipId || null]
}

/**
 * Takes in what a centre answers to its orders (card, serial, issued_on, expires_on, state made|rejected, reason, box,
 * and chip_id where it tells that): made cards are produced, those in a box are on their way, rejected ones wait for
 * another batch. The same file again changes nothing. One transaction.
 */
export async function importProductionResults(
  openWork: OpenWork,
  standing: Authority,
  source: string | Readable,
  options: CsvImportOptions = {},
): Promise<ImportCounts> {
  return importCsv(openWork, standing, source, options, {
    columns: resultColumns,
    target: 'staged (line, raw, card_id, serial, issued_on, expires_on, state, fault, box, chip_id)',
    read: readResultRow,
    inWords: say('vi') as (reason: string) => string,
    prepare: store.prepareResultStaging,
    holdOff: extract.holdForExtract,
    validate: validateStaged,
    count: store.countStagedResults,
    write: (work, { sha256, rejected }) => writeStaged(work, { notTaken: rejected, sha256 }),
  })
}

async function validateStaged(work: Work): Promise<void> {
  await store.resolveStagedResults(work)
  await store.rejectStagedResults(work)
}

async function writeStaged(work: Work, facts: { readonly notTaken: number; readonly sha256?: string }): Promise<void> {
  await store.keepAcceptedResults(work)
  await store.insertAttempts(work)
  await store.updateCardsWithResults(work)
  await store.insertBoxes(work)
  const taken = await store.countResultsByBatch(work)
  for (const { batchId, unitId, ...counts } of taken)
    await audit.record(work, 'batch.returned', { kind: 'batch', id: batchId, unitId }, { ...counts, ...facts })
  await closeEmptyBatches(
    work,
    taken.map(({ batchId }) => batchId),
  )
}

/**
 * Takes in what a centre answers to the orders of one batch, as `importProductionResults` does with a file. Gives those
 * that were not taken, each with its reason.
 */
export async function takeResultsOfBatch(
  reading: Work,
  batchId: string,
  results: readonly store.ProductionResult[],
): Promise<store.RefusedResult[]> {
  await store.prepareResultStaging(reading)
  await store.stageResults(reading, batchId, results)
  await extract.holdForExtract(reading)
  // Works that it waited for began after it and are written before it.
  const work = atThisMoment(reading)
  await validateStaged(work)
  const refused = await store.findRefusedResults(work)
  await writeStaged(work, { notTaken: refused.length })
  return refused
}
