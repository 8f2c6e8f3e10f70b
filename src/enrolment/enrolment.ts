/**
 * The front door of enrolment: stations and their packets, applications and their outcome. The rooms have the
 * functions; officers decide through routes alone.
 */

export type { ApplicationState } from './application.ts'
export { followCorrectionDeed } from './following/correction.ts'
export { enterElsewhere, noteAccount } from './following/external-capture.ts'
export { followBox, followCardTo, followEnd, followList, followReprint, queueFollowing } from './following/following.ts'
export type { GapKind } from './gaps/gap.ts'
export { countsOf as gapCounts, findGaps } from './gaps/gaps.ts'
export { takeFile } from './packets/file.ts'
export { tellAtUnit, tellNoAccount, tellRefused, tellReturned } from './receipts/notices.ts'
export { type ReceiptView, viewsOfPerson } from './receipts/receipts.ts'
export { say } from './receipts/words.ts'
export { type StationKeys, stationKeys } from './stations/keys.ts'
export { getStanding as getStation } from './stations/stations.ts'
export { type Application, findApplication, setCampaignDue } from './store.ts'
