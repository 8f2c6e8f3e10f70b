/**
 * The front door of enrolment: stations and their packets, applications and their outcome. The rooms have the
 * functions; officers decide through routes, and those of a demonstration by the same verbs.
 */

export { approveApplication, returnToUnit, sendToCentre } from './adjudication/adjudication.ts'
export { applicationDecisions } from './adjudication/held-decisions.ts'
export type { ApplicationState } from './application.ts'
export { type CardLimit, cardLimitOn, processingPlaceIn } from './card-limit.ts'
export { type DemonstrationCapture, openDemonstrationStation } from './demonstration.ts'
export { sealedSecrets } from './faces/faces.ts'
export { type Fee, feeFor, isFirstCardFree } from './fee.ts'
export { applyCorrectionDeed } from './following/apply-correction.ts'
export { enterExternalCapture, linkAccount, takeBackExternalCapture } from './following/external-capture.ts'
export {
  advanceBoxApplications,
  advanceListApplications,
  advanceWithCard,
  endWithCard,
  queueAdvancing,
  returnForReprint,
} from './following/following.ts'
export { followMergedRecords } from './following/records-merged.ts'
export { type GapKind, gapKinds } from './gaps/gap.ts'
export { findGaps, gapActors, stuckGaps } from './gaps/gaps.ts'
export { gapListText, gapTask, gapWhat } from './gaps/words.ts'
export { importStationFile } from './packets/usb-file.ts'
export { goOnWithNumber, waitWithoutNumber } from './packets/without-number.ts'
export { notifyCardAtUnit, notifyNoAccount, notifyRefused, notifyReturned } from './receipts/notices.ts'
export { makeReceiptCode, readReceiptCode } from './receipts/receipt-code.ts'
export { findReceiptOf, listReceiptViews, type ReceiptView } from './receipts/receipts.ts'
export { receiptText } from './receipts/words.ts'
export type { StationKeys } from './stations/keys.ts'
export { revokeStationAgain } from './stations/revoke-again.ts'
export {
  countStations,
  getActiveStation as getStation,
  lastSeenStations,
  listStations,
  revokeStation,
} from './stations/stations.ts'
export {
  type Application,
  type DatedApplication,
  findApplication,
  findDatedApplications,
  setCampaignDue,
  setLawDueDays,
} from './store-application.ts'
export type { ChildCardStatus } from './without-capture/child-card.ts'
export { askForChildCard, findChildCardStatus } from './without-capture/without-capture.ts'
