import { birthday, type Day, type LeapBirthday, latestDay, type PartialDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { type Asking, ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import type { Card } from './card.ts'
import { ageToApply, chasedAfter, isOfCardAge, type LawOfDay, lawOn, termOf } from './law.ts'
import * as store from './store.ts'

/**
 * The front door of cards: the law of a card, and the cards of a person. It also exports the verbs of the rooms, from
 * the application to the withdrawal.
 */

export { applyForCard } from './apply-for-card.ts'
export type { Card, CardState } from './card.ts'
export {
  findReadingUsed,
  type ReadingEvidence,
  spendReading,
  spendReadingIfGiven,
} from './chip-readings/chip-readings.ts'
export { type CardContent, missingFields } from './content.ts'
export { type CardReceiver, getWaitingCard, handOver } from './hand-over/hand-over.ts'
export { cardDecisions } from './hand-over/held-decisions.ts'
export { giveOutList, returnList, showHandOverList } from './hand-over/lists.ts'
export { importHistory } from './imports/history.ts'
export { importCards } from './imports/imports.ts'
export { orderAnswers } from './imports/production-report.ts'
export { importProductionResults } from './imports/production-results.ts'
export { ageWhenDue, isTermOver, type LawOfDay, lawOfNeed, layoutOn, mustRenew, namesParents } from './law.ts'
export type { CardId, CardRef } from './lifecycle.ts'
export {
  type ChipOfCard,
  type ChipWriter,
  type NamedChip,
  type Personalised,
  personaliseBatch,
} from './personalisation/personalisation.ts'
export type { BatchCard, CardBatch, Maker } from './production/batch.ts'
export { listBatches, planBatch, previewBatch, showBatch, takeOutOfBatch } from './production/batches.ts'
export {
  blankBalance,
  listLots,
  listSecondCheckers,
  receiveBlanks,
  spoilBlanks,
  takeStock,
} from './production/blanks.ts'
export {
  type PrintedFaceFormat,
  portraitOf,
  printedContentOf,
  refuseUnprintable,
  writeBatchPdf,
  writePrintedFace,
} from './production/drawing.ts'
export { handUpBatch, orderQuestion } from './production/hand-up.ts'
export { type CapturedFinger, cancelCard, type NewCardOrder, orderCard } from './production/order.ts'
export { type OrderFile, writeOrderFile } from './production/order-file.ts'
export { checkCard, makeCard, type ProductionAttempt } from './production/production.ts'
export type { Box, BoxCard, BoxPlace } from './shipping/box.ts'
export { declareLost } from './shipping/lost.ts'
export {
  type BoxCount,
  countBox,
  findBoxByCode,
  listBoxes,
  openBox,
  putInBox,
  receiveBox,
  sealBox,
  sendBox,
  showBox,
  takeInFoundCard,
  takeOutOfBox,
} from './shipping/shipping.ts'
export { settleUnexpected } from './shipping/unexpected-cards.ts'
export { countPipeline, listStage } from './tracking/pipeline.ts'
export { cardLife, listUndelivered, whereaboutsOf } from './tracking/tracking.ts'
export type { CardWhereabouts } from './tracking/where-a-card-is.ts'
export { blockCardAgain, endCardAgain } from './withdrawal/end-again.ts'
export { destroyOld, listOldCards, takeInCollected, takeInOld } from './withdrawal/old-card.ts'
export { followMergedRecords } from './withdrawal/records-merged.ts'
export {
  blockCard,
  giveCardBack,
  revokeCard,
  revokeCardsOfDead,
  unblockCard,
  withholdCard,
} from './withdrawal/withdrawal.ts'

/** Whether a card is due, and until when one issued on a day lasts (undefined = without term). */
export const isDue = (bornOn: Day, day: Day, work: Asking): boolean => isOfCardAge(bornOn, day, work)
export const termFrom = (bornOn: Day, issuedOn: Day, work: Asking): Day | undefined => termOf(bornOn, issuedOn, work)

/**
 * The first day on which a card may be applied for, by the law of a day; of a birth known in part the latest that it
 * leaves open.
 */
export const mayApplyFrom = (birthDate: PartialDay, day: Day, work: Asking): Day =>
  birthday(latestDay(birthDate), ageToApply(day, work))

/** From so many days on a card that nobody collected is to be chased. */
export const daysUntilChased = (work: Work): number => ruleOn(chasedAfter, work.today, work)

/** When a card is due and when it is renewed, by the law in force on a day. */
export const lawOf = (day: Day, work: Asking, leap?: LeapBirthday): LawOfDay => lawOn(day, work, leap)

/** The cards of some people, by person; a person without cards is absent. */
export async function cardsOf(work: Work, personIds: readonly Id<'person'>[]): Promise<Map<string, Card[]>> {
  const rows = await store.findCardRows(work, personIds)
  return Map.groupBy(rows.map(store.cardOf), card => card.personId)
}
