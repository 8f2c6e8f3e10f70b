/**
 * The auditor's door: who read what, what stands out in it, and what was asked and answered about it. In: the sealed
 * readings and deeds. Out: counts by day and officer, patterns with their evidence, people by initials until an auditor
 * opens them with a reason.
 */
export { type DerivedFacts, deriveDay, deriveDue, putRight } from './deriving.ts'
export { exportSearch, type SearchSigner, type SearchToExport } from './export.ts'
export { type InspectedOfficer, officers, overview } from './overview.ts'
export { answer, ask, explain, listPatterns, myQuestions, showPattern } from './questions.ts'
export { verifyLines } from './signed-file.ts'
export { deeds, kindsOfDeeds, officerReadings, openHistory, openNames, patternReadings } from './trail.ts'
export { keepVerification } from './verification.ts'
