/**
 * Imports: what other systems know of cards, from files (interfaces.md). In: rows with the place of cards (this file),
 * their history (`history.ts`), or a centre's answers to orders (`production-results.ts`). Decided: whose card each row
 * is, whether it is newer than the known state, and why a row is rejected. Out: cards in their new states, closed
 * batches, a file of rejected rows with a reason each. Deeds: `cards.imported`, `cards.history-imported`,
 * `batch.returned`. One transaction a file.
 */

import type { Readable } from 'node:stream'
import * as audit from '../../audit/audit.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { type CsvImportOptions, type ImportCounts, importCsv, type RowValues } from '../../platform/csv/import.ts'
import { type Day, parseDay } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Authority, OpenWork, Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { type CardState, extractStates, serialShape } from '../card.ts'
import { firstCardDay } from '../law.ts'
import { releaseMovedOnCards } from '../production/batches.ts'
import * as store from './store-extract.ts'
import { say } from './words.ts'

/** Reads the days of an extract: empty is absent; anything else must be a day. */
export const readDay = (text: string): Day | null | undefined => (text === '' ? null : parseDay(text))

/** Columns that a file must have; it may say since when a card is in its state, too (state_on). */
const cardColumns = ['person_number', 'serial', 'issued_on', 'expires_on', 'state'] as const

const beforeProduction: readonly string[] = ['applied', 'approved']

/** A row's values as they are staged, or why it is not taken. */
function readCardRow(values: RowValues): readonly (string | null)[] | string {
  const number = parseNumber(values('person_number'))
  if (number.kind !== 'number') return 'number-malformed'
  const state = values('state').toLowerCase()
  if (!extractStates.includes(state as CardState)) return 'state-unknown'
  const serial = values('serial')
  if (serial === '' ? !beforeProduction.includes(state) : !serialShape.test(serial)) return 'serial-malformed'
  const [issuedOn, expiresOn] = [readDay(values('issued_on')), readDay(values('expires_on'))]
  const sinceOn = readDay(values('state_on'))
  if (issuedOn === undefined || expiresOn === undefined || sinceOn === undefined) return 'day-malformed'
  if (issuedOn && expiresOn && expiresOn <= issuedOn) return 'term-before-issue'
  if (issuedOn && sinceOn && sinceOn < issuedOn && !beforeProduction.includes(state)) return 'state-before-issue'
  return [number.number, serial || null, issuedOn, expiresOn, state, sinceOn]
}

/** What follows wherever an import moved cards: batches let them go, and units lose the access to their holders. */
export async function followMovedCards(work: Work): Promise<void> {
  await releaseMovedOnCards(work)
  await register.closeAccessCasesOfKind(work, 'card', await store.findEndedByExtract(work))
  await store.analyzeTables(work)
}

/**
 * Takes in an extract of cards (interfaces.md, cards.csv): new cards are added, known ones move on to the extract's
 * state, the rest is left alone; rows that are wrong go to a file with a reason each. One transaction.
 */
export async function importCards(
  openWork: OpenWork,
  standing: Authority,
  source: string | Readable,
  options: CsvImportOptions = {},
): Promise<ImportCounts> {
  const asOfIn = (work: Work) => options.asOf ?? work.today
  return importCsv(openWork, standing, source, options, {
    columns: cardColumns,
    target: 'staged (line, raw, number, serial, issued_on, expires_on, state, since_on)',
    read: readCardRow,
    inWords: say('vi') as (reason: string) => string,
    prepare: store.prepareCardStaging,
    holdOff: store.holdForExtract,
    validate: async work => {
      await register.findStagedPersons(work, [['person_id']])
      await store.resolveStagedCards(work)
      await store.rejectStagedCards(work, asOfIn(work), ruleOn(firstCardDay, work.today, work))
    },
    count: work => store.countStagedCards(work, asOfIn(work)),
    write: async (work, counts) => {
      const asOf = asOfIn(work)
      await store.updateKnownCards(work, asOf, 'leaving')
      await store.updateKnownCards(work, asOf, 'others')
      await store.insertNewCards(work, asOf)
      await followMovedCards(work)
      await audit.record(work, 'cards.imported', { kind: 'import', id: newId<'import'>(work.now) }, { ...counts, asOf })
    },
  })
}
