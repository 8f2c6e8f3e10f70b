/** The front door of verification: yes/no checks for relying parties (floor 8). Guessing is bounded in probing, rows are answered in checks, files in batches. */

export type { Answer, Check, Outcome } from './check.ts'
export { answerAll } from './check.ts'
export type { Guesses } from './guess.ts'
export type { Withheld } from './guessed.ts'
export { guessesAbout } from './tally.ts'
