/**
 * The front door of statistics: figures of campaigns, queued for recount by deeds, summed on reading, published signed.
 * The verbs are in the files named here.
 */

export { type Counted, countAll, countBeforeClosing, countDue, type Recount, recount } from './balances/balances.ts'
export {
  countAccounts,
  countCampaign,
  countCards,
  countEveryone,
  countPerson,
  countRegister,
  countSchool,
} from './balances/recount-queue.ts'
export type { Funnel, QuickRow, QuickSheet, TileMap } from './contract.ts'
export type { Query } from './figure.ts'
export type { Difference } from './figures/contract-people.ts'
export { quick } from './figures/figures.ts'
export { type ListQuery, list, marks, why, whyList } from './figures/list.ts'
export { handDown, shareOut, split } from './figures/split.ts'
export type { ReportHead } from './reports/contract.ts'
export { importOutside, outsideColumns } from './reports/outside.ts'
export { compared, publish, reports } from './reports/reports.ts'
export { figuresOf } from './reports/sheet-column.ts'
export { sheetCsv } from './reports/sheet-csv.ts'
export { type Author, exportSheet, type Form } from './reports/sheet-export.ts'
