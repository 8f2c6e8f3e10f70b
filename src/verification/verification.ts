/**
 * The front door of verification: yes/no checks for relying parties. Probing is limited in probing, rows are
 * answered in checks, files in batches.
 */

export { sealedSecrets } from './batches/batches.ts'
export type { Check, CheckAnswer, CheckOutcome } from './checks/checks.ts'
export { answerAll } from './checks/checks.ts'
export type { ProbingOfDay } from './probing/guess-counts.ts'
export { probingAbout } from './probing/probing.ts'
export type { WithheldAnswer } from './probing/withheld-answer.ts'
