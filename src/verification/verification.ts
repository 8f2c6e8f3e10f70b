import type { Work } from '../platform/work.ts'
import * as store from './store.ts'

/** The front door of verification: yes/no checks for relying parties (floor 8). Single ones are answered by desk.ts, many by check.ts, batches by batch.ts. */

export type { Answer, Check, Outcome, Withheld } from './check.ts'
export { answerAll } from './check.ts'
export type { Guesses } from './store.ts'

/** Which clients said something wrong about a person, on which days, how often, and since when they are answered no more: for the person's own page. */
export const guessesAbout: (work: Work, personId: string) => Promise<store.Guesses[]> = store.guessesAbout
