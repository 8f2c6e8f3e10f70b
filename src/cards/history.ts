import type { Readable } from 'node:stream'
import * as audit from '../audit/audit.ts'
import { parseNumber } from '../names/number.ts'
import { countReasons, type ImportCounts, type ImportOptions, type RowValues, rejectedRows, stageCsv } from '../platform/csv-import.ts'
import { isId, newId } from '../platform/ids.ts'
import type { OpenWork, Standing } from '../platform/work.ts'
import { cardStates, readDay } from './card.ts'
import * as store from './store.ts'
import * as history from './store-history.ts'
import { say } from './words.ts'

const columns = ['person_number', 'card', 'state', 'day', 'serial', 'issued_on', 'expires_on'] as const
const serialShape = /^[\p{L}\d/-]{1,40}$/u

function readRow(values: RowValues): readonly (string | null)[] | string {
  const number = parseNumber(values('person_number'))
  if (number.kind !== 'number') return 'number-malformed'
  const key = values('card').toLowerCase()
  if (!isId(key)) return 'key-malformed'
  const state = values('state').toLowerCase()
  if (!cardStates.includes(state as (typeof cardStates)[number])) return 'state-unknown'
  const serial = values('serial')
  if (serial !== '' && !serialShape.test(serial)) return 'serial-malformed'
  const [on, issuedOn, expiresOn] = [readDay(values('day')), readDay(values('issued_on')), readDay(values('expires_on'))]
  if (!on || issuedOn === undefined || expiresOn === undefined) return 'day-malformed'
  return [number.number, key, state, on, serial || null, issuedOn, expiresOn]
}

/**
 * Takes in what cards went through, move by move with its day (person_number, card, state, day, serial, issued_on, expires_on; `card` = its UUID): another system's history, or
 * a simulated season. Moves that are known change nothing; a card is where its last move is. One transaction, one deed.
 */
export async function importHistory(
  openWork: OpenWork,
  standing: Standing,
  source: string | Readable,
  options: ImportOptions = {},
): Promise<ImportCounts> {
  const rejected = rejectedRows(options.rejectedTo, say('vi') as (reason: string) => string)
  try {
    return await openWork(standing, async work => {
      await history.prepareStaging(work)
      const target = 'staged (line, raw, number, card_id, state, on_day, serial, issued_on, expires_on)'
      const staged = await stageCsv(work, source, { columns, target, read: readRow, rejected })
      await store.holdExtract(work)
      await history.resolveStaged(work)
      const late = await history.rejectedRows(work)
      for (const { line, raw, reason } of late) await rejected.add(line, reason, JSON.parse(raw) as string[])
      const { added, unchanged } = await history.takeMoves(work)
      await store.analyzeTables(work)
      const counts = {
        rows: staged.rows,
        added,
        changed: 0,
        unchanged,
        rejected: staged.rejected + late.length,
        reasons: countReasons(staged.reasons, late),
        sha256: staged.sha256,
      }
      await audit.record(work, 'cards.history-imported', { kind: 'import', id: newId<'import'>(work.now) }, { ...counts })
      return counts
    })
  } finally {
    await rejected.end()
  }
}
