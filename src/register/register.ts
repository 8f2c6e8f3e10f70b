import type { Work } from '../platform/work.ts'
import type { CaseKind } from './law.ts'
import type { PersonId, PersonSummary } from './person.ts'
import { registerProblem } from './problems.ts'
import * as store from './store.ts'
import { insertHistory } from './store-history.ts'

/**
 * The front door of the register: what lists show of persons, and the cases that open persons to units. It also exports
 * the verbs of the rooms: persons, search, corrections, establishing, imports, link records.
 */

export type { Correction, CorrectionField, CorrectionId } from './corrections/correction.ts'
export {
  approveCorrection,
  correctionsWithPapers,
  getCorrection,
  listCorrections,
  proposeCorrection,
  refuseCorrection,
  withdrawCorrection,
} from './corrections/corrections.ts'
export { attestCorrection, proposeFromRoll, type RollProposal, withdrawFromRoll } from './corrections/from-roll.ts'
export { endConsentWithWork } from './counter/counter.ts'
export {
  cancellationAnswers,
  cancellationByRenewal,
  mendCollection,
  numberAnswers,
  numberQuestion,
} from './establishing/centre.ts'
export type { CollectedPerson, Collection, CollectionId } from './establishing/collection.ts'
export {
  collectPerson,
  countCollections,
  establishNumber,
  hasOpenCollection,
  listCollections,
  refuseCollection,
  renewNumber,
} from './establishing/establishing.ts'
export {
  acceptGuardianship,
  endGuardianship,
  endGuardianshipsWithDeath,
  guardianOf,
  ownGuardianships,
  recordGuardianship,
} from './guardianships/guardianships.ts'
export {
  findStagedPersons,
  importPersons,
  isEmpty,
  type PersonImportOptions,
  type PersonImportProgress,
  type PersonImportResult,
  rejectionText,
} from './imports/imports.ts'
export { type CaseKind, formsOfPages, readersYears } from './law.ts'
export {
  communesAndDistrictsOn,
  countPersons,
  findLinkCandidates,
  linkageCounts,
  linkRecordsOf,
} from './link-records/candidate.ts'
export { type ChangedPersons, currentMark, findChangedSince } from './link-records/link-change.ts'
export type {
  LinkCodes,
  LinkDictionaries,
  LinkMark,
  LinkRow,
  LinkStreamOptions,
  LinkStreamResult,
} from './link-records/link-record.ts'
export { streamLinkRecords } from './link-records/link-records.ts'
export { cancellationByMerge, reinstatementByUndo } from './merging/cancelled-number.ts'
export type { MergedRecords, MergeId, PersonTable } from './merging/merge.ts'
export {
  acceptMerge,
  forgetMergedRows,
  getMerge,
  keepRecords,
  moveRecords,
  proposeMerge,
  refuseMerge,
  survivorOf,
  undoMerge,
  withdrawMerge,
} from './merging/merging.ts'
export type { AbsenceInput, StayInput } from './movements/movements.ts'
export { declareAbsence, notifyStay, ownMovements } from './movements/movements.ts'
export type { Kin, NumberHeld, Person, PersonChange, PersonId, PersonSummary, Residence } from './person.ts'
export {
  bornSince,
  childrenOf,
  findByNumber,
  getPerson,
  kinOf,
  letterTo,
  listReaders,
  type NumberLookup,
  openPerson,
  permanentResidenceOf,
  phonesOf,
  phonesOfMany,
  printSheet,
} from './persons/persons.ts'
export { findWrittenPersons, listPeopleOfUnit, type PersonSearch, searchPersons } from './search/search.ts'
export type { AccessGrade, AccessOpening, ComparedPerson } from './store.ts'

/** The list data of some persons in scope, in no order. The caller notes the reading. */
export const listSummaries: (work: Work, ids: readonly PersonId[]) => Promise<PersonSummary[]> = store.findSummaries

/** What lists show of one person; throws person-unknown. */
export async function getSummary(work: Work, id: PersonId): Promise<PersonSummary> {
  const [person] = await store.findSummaries(work, [id])
  if (!person) throw registerProblem('person-unknown')
  return person
}

/**
 * Opens a person to a unit or a school for as long as a case is open (house.md 9.1), to be compared, or whole where the
 * work itself sees the whole. A second call changes nothing.
 */
export const openAccessCase = (work: Work, opening: store.AccessOpening): Promise<void> =>
  store.insertAccessOpenings(work, [opening])

/** The same for many cases: a roll's rows, a session's roster. */
export const openAccessCases: (work: Work, cases: readonly store.AccessOpening[]) => Promise<void> =
  store.insertAccessOpenings

/** The openings of a case that the work's scope sees, so that a caller can open it again as it was. */
export const accessOpeningsOf: (work: Work, caseId: string) => Promise<store.AccessOpening[]> = store.findAccessOpenings

/** Closes a case for every unit to which it is open: something was decided. */
export const closeAccessCase = (
  work: Work,
  { kind, caseId }: Pick<store.AccessOpening, 'kind' | 'caseId'>,
): Promise<void> => store.deleteAccessCase(work, kind, caseId)

/** The same for many cases of one kind. */
export const closeAccessCasesOfKind: (work: Work, kind: CaseKind, caseIds: readonly string[]) => Promise<void> =
  store.deleteAccessCases

/** Closes cases about which nothing was decided; superiors see that they were open. */
export const withdrawAccessCases: (work: Work, kind: CaseKind, caseIds: readonly string[]) => Promise<void> =
  store.withdrawAccessCases

/** A person's history tells to whom their number was given, and what for. */
export const noteRelease = (
  work: Work,
  personId: PersonId,
  { to, why }: { readonly to: string; readonly why: string },
): Promise<void> => insertHistory(work, personId, [{ field: 'number_released', new: to }], why, 'number.released')

/** What a review compares, of those whom an open case opens to be compared. The caller notes the reading. */
export const listCompared: (work: Work, ids: readonly PersonId[]) => Promise<store.ComparedPerson[]> =
  store.findCompared
export { whereFewInScope } from './store-scope.ts'
