/** The front door: how an installation begins, for whoever joins the contexts. */
export type { ServerFacts } from './overview.ts'
export { type RehearsalRecord, setRehearsalDay } from './rehearsal.ts'
