/**
 * The front door of statistics: figures of campaigns, queued for recount by deeds, summed on reading, published signed.
 * The verbs are in the files named here.
 */

export {
  type RecountResult,
  type RecountStep,
  recountAllDue,
  recountBeforeClosing,
  recountDue,
  verifyCounts,
} from './balances/balances.ts'
export { importOpeningBalance, neededOpeningColumns } from './balances/opening-balance.ts'
export {
  queueAccountHolders,
  queueCampaign,
  queueCardHolders,
  queueEveryone,
  queueMerged,
  queuePerson,
  queueRegisterChanges,
  queueSchool,
} from './balances/recount-queue.ts'
export type { FigureFunnel, QuickRow, QuickSheet, TileMap } from './contract.ts'
export type { FigureParams } from './figure.ts'
export type { FigureDifference } from './figures/contract-people.ts'
export { readCourse, readQuickSheet } from './figures/figures.ts'
export { readFunnel } from './figures/funnel.ts'
export {
  choosePeople,
  listPageMarks,
  listPeople,
  type PeopleListInput,
  searchPeople,
} from './figures/people-behind-figure.ts'
export { countByPlace, type PlacePeople } from './figures/place-counts.ts'
export { handDownTargets, shareOut, splitTarget } from './figures/target-split.ts'
export { explainDifference, listDifferencePeople } from './figures/why-changed.ts'
export type { ReportHead } from './reports/contract.ts'
export { importOutside, outsideColumns } from './reports/outside-figures.ts'
export { compareReport, listReports, publishReport } from './reports/reports.ts'
export { figuresOf } from './reports/sheet-column.ts'
export { sheetCsv } from './reports/sheet-csv.ts'
export { exportSheet, type SheetAuthor, type SheetFormat } from './reports/sheet-export.ts'
export { rowReasonInVietnamese } from './words-row-reason.ts'
