import type { Readable } from 'node:stream'
import * as audit from '../audit/audit.ts'
import { parseNumber } from '../names/number.ts'
import { type ImportCounts, type ImportOptions, importCsv, type RowValues } from '../platform/csv-import.ts'
import { birthday, type Day, type LeapBirthday, latestDay, type PartialDay } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import type { OpenWork, Standing, Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { type Card, type CardState, extractStates, readDay, serialShape } from './card.ts'
import { ageToApply, isOfCardAge, type LawOfDay, lawOn, termOf } from './law.ts'
import * as store from './store.ts'
import { releaseMovedOn } from './store-batch.ts'
import { say } from './words.ts'

/** Whether a card is due, and until when one issued on a day lasts (undefined = without term). */
export const isDue = (bornOn: Day, day: Day): boolean => isOfCardAge(bornOn, day)
export const termFrom = (bornOn: Day, issuedOn: Day): Day | undefined => termOf(bornOn, issuedOn)

/** The first day on which a card may be applied for, by the law of a day; of a birth known in part the latest that it leaves open. */
export const mayApplyFrom = (birthDate: PartialDay, day: Day): Day => birthday(latestDay(birthDate), ageToApply(day))

import { closeEmpty } from './batches.ts'

export type { Batch, BatchCard, Maker } from './batch.ts'
export { listBatches, planBatch, previewBatch, showBatch, takeOutOfBatch } from './batches.ts'
export { blankBalance, lots, receiveBlanks, spoilBlanks, stockWitnesses, takeStock } from './blanks.ts'
export type { Box, BoxCard, BoxPlace } from './box.ts'
export {
  type CountOfBox,
  countBox,
  findBoxByCode,
  found,
  listBoxes,
  openBox,
  putInBox,
  receiveBox,
  sealBox,
  sendBox,
  showBox,
  takeOutOfBox,
} from './boxes.ts'
export type { Card, CardState } from './card.ts'
export { type CardContent, missingFrom } from './content.ts'
export { drawBatch, drawFace, type FaceForm, portraitOf, refuseUnprintable } from './faces.ts'
export { handOver, type Receiver, waitingOf } from './hand-over.ts'
export { handOverList, listHandOverLists, returnList, showHandOverList } from './hand-over-lists.ts'
export { importHistory } from './history.ts'
export { type LawOfDay, mustRenew } from './law.ts'
export { life, undelivered, type Whereabouts, whereabouts } from './life.ts'
export { type Attempt, check, make } from './making.ts'
export { apply, type CardId, type CardRef } from './moves.ts'
export { destroyOld, takeInOld } from './old-card.ts'
export { cancel, type NewOrder, order } from './order.ts'
export { type OrderFile, writeOrderFile } from './order-file.ts'
export { boxLabel, listSheet } from './papers.ts'
export { countPipeline, listStage } from './pipeline.ts'
export { takeReturns } from './returns.ts'
export { block, declareLost, giveBack, revoke, revokeAllOf, unblock, withhold } from './standing.ts'
export { settleStray } from './strays.ts'

/** When a card is due and when it is renewed, by the law in force on a day. */
export const lawOf = (day: Day, leap?: LeapBirthday): LawOfDay => lawOn(day, leap)

const columns = ['person_number', 'serial', 'issued_on', 'expires_on', 'state'] as const
const beforeProduction: readonly string[] = ['applied', 'approved']

/** A row's values as they are staged, or why it is not taken. */
function readRow(values: RowValues): readonly (string | null)[] | string {
  const number = parseNumber(values('person_number'))
  if (number.kind !== 'number') return 'number-malformed'
  const state = values('state').toLowerCase()
  if (!extractStates.includes(state as CardState)) return 'state-unknown'
  const serial = values('serial')
  if (serial === '' ? !beforeProduction.includes(state) : !serialShape.test(serial)) return 'serial-malformed'
  const [issuedOn, expiresOn] = [readDay(values('issued_on')), readDay(values('expires_on'))]
  if (issuedOn === undefined || expiresOn === undefined) return 'day-malformed'
  if (issuedOn && expiresOn && expiresOn <= issuedOn) return 'term-before-issue'
  return [number.number, serial || null, issuedOn, expiresOn, state]
}

/**
 * Takes in an extract of cards (interfaces.md, cards.csv): new cards are added, known ones move on to the extract's state, the rest is left alone; rows
 * that are wrong go to a file with a reason each. One transaction.
 */
export async function importCards(
  openWork: OpenWork,
  standing: Standing,
  source: string | Readable,
  options: ImportOptions = {},
): Promise<ImportCounts> {
  const asOfIn = (work: Work) => options.asOf ?? work.today
  return importCsv(openWork, standing, source, options, {
    columns,
    target: 'staged (line, raw, number, serial, issued_on, expires_on, state)',
    read: readRow,
    inWords: say('vi') as (reason: string) => string,
    prepare: store.prepareStaging,
    judge: async work => {
      await store.holdExtract(work)
      await store.resolveStaged(work)
      await store.judgeStaged(work, asOfIn(work))
    },
    count: work => store.countStaged(work, asOfIn(work)),
    write: async (work, counts) => {
      const asOf = asOfIn(work)
      await store.moveKnown(work, asOf, 'leaving')
      await store.moveKnown(work, asOf, 'others')
      await store.insertNew(work, asOf)
      await closeEmpty(work, await releaseMovedOn(work))
      await register.closeCases(work, 'card', await store.overByExtract(work))
      await store.analyzeTables(work)
      await audit.record(work, 'cards.imported', { kind: 'import', id: newId<'import'>(work.now) }, { ...counts, asOf })
    },
  })
}

/** The cards of some people, by person; who has none is absent. */
export async function cardsOf(work: Work, personIds: readonly string[]): Promise<Map<string, Card[]>> {
  const rows = await store.cardsOf(work, personIds)
  return Map.groupBy(rows.map(store.cardOf), card => card.personId)
}
