/**
 * The front door of enrolment: stations and their packets, applications and what becomes of them. The verbs stand in files of their own and are called through here; officers' decisions come by routes alone.
 */

export type { ApplicationState } from './application.ts'
export { followCorrectionDeed } from './consequence.ts'
export { enterElsewhere, noteAccount } from './elsewhere.ts'
export { takeFile } from './file.ts'
export { followBox, followCardTo, followEnd, followList, followReprint, queueFollowing } from './follow.ts'
export type { GapKind } from './gap.ts'
export { countsOf as gapCounts, findGaps } from './gaps.ts'
export { type StationKeys, stationKeys } from './keys.ts'
export { type ReceiptView, viewsOfPerson } from './receipt-view.ts'
export { getStanding as getStation } from './station.ts'
export { type Application, findApplication, setCampaignDue } from './store-application.ts'
export { tellAtUnit, tellNoAccount, tellRefused, tellReturned } from './tell.ts'
export { say } from './words.ts'
