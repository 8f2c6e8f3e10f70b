import type { Readable } from 'node:stream'
import * as audit from '../../audit/audit.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { type CsvImportOptions, type ImportCounts, importCsv, type RowValues } from '../../platform/csv/import.ts'
import { isId, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Authority, OpenWork } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { extractStates, serialShape } from '../card.ts'
import { firstCardDay } from '../law.ts'
import { followMovedCards, readDay } from './imports.ts'
import * as extract from './store-extract.ts'
import * as history from './store-history.ts'
import { say } from './words.ts'

const moveColumns = ['person_number', 'card', 'state', 'day', 'serial', 'issued_on', 'expires_on'] as const

function readMoveRow(values: RowValues): readonly (string | null)[] | string {
  const number = parseNumber(values('person_number'))
  if (number.kind !== 'number') return 'number-malformed'
  const key = values('card').toLowerCase()
  if (!isId(key)) return 'key-malformed'
  const state = values('state').toLowerCase()
  if (!extractStates.includes(state as (typeof extractStates)[number])) return 'state-unknown'
  const serial = values('serial')
  if (serial !== '' && !serialShape.test(serial)) return 'serial-malformed'
  const [on, issuedOn, expiresOn] = [
    readDay(values('day')),
    readDay(values('issued_on')),
    readDay(values('expires_on')),
  ]
  if (!on || issuedOn === undefined || expiresOn === undefined) return 'day-malformed'
  return [number.number, key, state, on, serial || null, issuedOn, expiresOn]
}

/**
 * Takes in what cards went through, move by move with its day (person_number, card, state, day, serial, issued_on,
 * expires_on; `card` = its UUID): another system's history, or a simulated season. Moves that are known change nothing;
 * a card is where its last move is. One transaction, one deed.
 */
export async function importHistory(
  openWork: OpenWork,
  standing: Authority,
  source: string | Readable,
  options: CsvImportOptions = {},
): Promise<ImportCounts> {
  return importCsv(openWork, standing, source, options, {
    columns: moveColumns,
    target: 'staged (line, raw, number, card_id, state, on_day, serial, issued_on, expires_on)',
    read: readMoveRow,
    inWords: say('vi') as (reason: string) => string,
    prepare: history.prepareMoveStaging,
    holdOff: extract.holdForExtract,
    validate: async work => {
      await register.findStagedPersons(work, [['person_id', 'card_id'], ['card_id']])
      await history.resolveStagedMoves(work, ruleOn(firstCardDay, work.today, work))
    },
    count: history.countStagedMoves,
    write: async (work, counts) => {
      await history.insertStagedMoves(work)
      await followMovedCards(work)
      await audit.record(
        work,
        'cards.history-imported',
        { kind: 'import', id: newId<'import'>(work.now) },
        { ...counts },
      )
    },
  })
}
