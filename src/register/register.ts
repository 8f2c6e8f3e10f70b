import type { Work } from '../platform/work.ts'
import type { PersonId, PersonSummary } from './person.ts'
import { registerProblem } from './problems.ts'
import * as store from './store.ts'

/**
 * The front door of the register: what lists show of persons, and the cases that open persons to units. It also exports
 * the verbs of the rooms: persons, search, corrections, establishing, imports, link records.
 */

export type { Correction, CorrectionField, CorrectionId } from './corrections/correction.ts'
export { approve, getCorrection, listCorrections, propose, refuse, withdraw } from './corrections/corrections.ts'
export { attest, proposeFromRoll, type RollProposal, withdrawFromRoll } from './corrections/from-roll.ts'
export type { Collection, CollectionId, Given } from './establishing/collection.ts'
export { collect, establish, listCollections, refuseCollection, renewNumber } from './establishing/establishing.ts'
export {
  type ImportOptions,
  type ImportProgress,
  type ImportResult,
  importPersons,
  isEmpty,
} from './imports/imports.ts'
export { candidatesFor, countPersons, linkageCounts, placesOn, recordsOf } from './link-records/candidate.ts'
export { type ChangedPersons, changedSince, markNow } from './link-records/link-change.ts'
export type {
  LinkCodes,
  LinkDictionaries,
  LinkMark,
  LinkRow,
  Streamed,
  StreamOptions,
} from './link-records/link-record.ts'
export { streamLinkRecords } from './link-records/link-records.ts'
export type { Change, Kin, NumberHeld, Person, PersonId, PersonSummary, Residence } from './person.ts'
export {
  bornSince,
  childrenOf,
  findByNumber,
  getPerson,
  kinOf,
  type LookedUp,
  permanentResidenceOf,
  phonesOf,
  readersOf,
} from './persons/persons.ts'
export { peopleOf, type Search, search } from './search/search.ts'
export type { OpenCase } from './store.ts'
export { holidayOn, isWorkingDay, workingDaysAfter, workingDaysBefore } from './working-day.ts'

/** The list data of some persons in scope, in no order. The caller notes the reading. */
export const summariesOf: (work: Work, ids: readonly PersonId[]) => Promise<PersonSummary[]> = store.summariesOf

/** What lists show of one person; throws person-unknown. */
export async function getSummary(work: Work, id: PersonId): Promise<PersonSummary> {
  const [person] = await store.summariesOf(work, [id])
  if (!person) throw registerProblem('person-unknown')
  return person
}

/** Lets a unit or a school see a person for as long as a case is open (house.md 9.1). A second call changes nothing. */
export const openCase = (work: Work, one: store.OpenCase): Promise<void> => store.insertCases(work, [one])

/** The same for many cases: a roll's rows, a session's roster. */
export const openCases: (work: Work, cases: readonly store.OpenCase[]) => Promise<void> = store.insertCases

/** The openings of a case that the work's scope sees, so that a caller can open it again as it was. */
export const casesOf: (work: Work, caseId: string) => Promise<store.OpenCase[]> = store.casesOf

/** Closes a case for every unit to which it is open. */
export const closeCase = (work: Work, { kind, caseId }: Pick<store.OpenCase, 'kind' | 'caseId'>): Promise<void> =>
  store.deleteCase(work, kind, caseId)

/** The same for many cases of one kind. */
export const closeCases: (work: Work, kind: string, caseIds: readonly string[]) => Promise<void> = store.deleteCases
