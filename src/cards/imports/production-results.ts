// Production results: the CSV in which a centre answers its orders, card by card.

import type { Readable } from 'node:stream'
import * as audit from '../../audit/audit.ts'
import { type CsvImportOptions, type ImportCounts, importCsv, type RowValues } from '../../platform/csv/import.ts'
import { isId } from '../../platform/ids.ts'
import type { Authority, OpenWork } from '../../platform/work.ts'
import { serialShape } from '../card.ts'
import { closeEmptyBatches } from '../production/batches.ts'
import { readDay } from './imports.ts'
import * as extract from './store-extract.ts'
import * as store from './store-production-results.ts'
import { say } from './words.ts'

const resultColumns = ['card', 'serial', 'issued_on', 'expires_on', 'state', 'reason', 'box'] as const
const boxShape = /^[\p{L}\d/-]{1,40}$/u

function readResultRow(values: RowValues): readonly (string | null)[] | string {
  const card = values('card').toLowerCase()
  if (!isId(card)) return 'key-malformed'
  const state = values('state').toLowerCase()
  const [serial, reason, box] = [values('serial'), values('reason'), values('box')]
  const [issuedOn, expiresOn] = [readDay(values('issued_on')), readDay(values('expires_on'))]
  if (issuedOn === undefined || expiresOn === undefined) return 'day-malformed'
  if (box !== '' && !boxShape.test(box)) return 'box-malformed'
  if (state === 'rejected') return reason === '' ? 'fault-missing' : [card, null, null, null, state, reason, null]
  if (state !== 'made') return 'answer-unknown'
  if (!serialShape.test(serial)) return 'serial-malformed'
  if (!issuedOn) return 'day-malformed'
  if (expiresOn && expiresOn <= issuedOn) return 'term-before-issue'
  return [card, serial, issuedOn, expiresOn, state, null, box || null]
}

/**
 * Takes in what a centre answers to its orders (card, serial, issued_on, expires_on, state made|rejected, reason, box):
 * made cards are produced, those in a box are on their way, rejected ones wait for another batch. The same file again
 * changes nothing. One transaction.
 */
export async function importProductionResults(
  openWork: OpenWork,
  standing: Authority,
  source: string | Readable,
  options: CsvImportOptions = {},
): Promise<ImportCounts> {
  return importCsv(openWork, standing, source, options, {
    columns: resultColumns,
    target: 'staged (line, raw, card_id, serial, issued_on, expires_on, state, fault, box)',
    read: readResultRow,
    inWords: say('vi') as (reason: string) => string,
    prepare: store.prepareResultStaging,
    holdOff: extract.holdForExtract,
    validate: async work => {
      await store.resolveStagedResults(work)
      await store.rejectStagedResults(work)
    },
    count: store.countStagedResults,
    write: async (work, { sha256, rejected }) => {
      await store.keepAcceptedResults(work)
      await store.insertAttempts(work)
      await store.updateCardsWithResults(work)
      await store.insertBoxes(work)
      const taken = await store.countResultsByBatch(work)
      for (const { batchId, unitId, ...counts } of taken)
        await audit.record(
          work,
          'batch.returned',
          { kind: 'batch', id: batchId, unitId },
          { ...counts, notTaken: rejected, sha256 },
        )
      await closeEmptyBatches(
        work,
        taken.map(({ batchId }) => batchId),
      )
    },
  })
}
