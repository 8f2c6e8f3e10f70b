/**
 * The front door of verification: yes/no checks for relying parties (floor 8). Probing is limited in probing, rows are
 * answered in checks, files in batches.
 */

export type { Answer, Check, Outcome } from './checks/checks.ts'
export { answerAll } from './checks/checks.ts'
export type { Guesses } from './probing/guess.ts'
export type { Withheld } from './probing/person.ts'
export { guessesAbout } from './probing/probing.ts'
