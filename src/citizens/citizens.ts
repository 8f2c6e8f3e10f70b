/**
 * The front door of the person's own page: what a person reads of themselves (own.ts, looks.ts), changes of themselves (change.ts) and takes away (download.ts). Nothing stands above
 * it but the server, which serves its pages (routes.ts).
 */

export { allLooks, countLooks, type Look, looksPage } from './looks.ts'
export { type CardAnswer, recordOf, standingOf } from './own.ts'
export type { Self } from './self.ts'
