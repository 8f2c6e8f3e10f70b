import * as audit from '../audit/audit.ts'
import type { PersonalNumber } from '../names/number.ts'
import { parseNumber } from '../names/number.ts'
import type { Work } from '../platform/work.ts'
import type { Kin, Person, PersonId, PersonSummary, Residence } from './person.ts'
import { registerProblem } from './problems.ts'
import * as store from './store.ts'

/**
 * The front door of the register: persons and who may see them. Other verbs stand in files of their own and are called through here:
 * search, linkage's candidates, corrections, collecting and establishing, the import.
 */

export { candidatesFor, linkageCounts, placesOn, recordsOf } from './candidate.ts'
export type { Collection, CollectionId, Given } from './collected.ts'
export { collect, establish, listCollections, refuseCollection, renewNumber } from './collection.ts'
export type { Correction, CorrectionField, CorrectionId } from './corrected.ts'
export { approve, getCorrection, listCorrections, propose, refuse, withdraw } from './correction.ts'
export { attest, proposeFromRoll, type RollProposal, withdrawFromRoll } from './correction-from-roll.ts'
export { type ImportOptions, type ImportProgress, type ImportResult, importPersons } from './import.ts'
export { type ChangedPersons, changedSince, markNow } from './link-change.ts'
export type { LinkCodes, LinkDictionaries, LinkMark, LinkRow, Streamed, StreamOptions } from './link-record.ts'
export { streamLinkRecords } from './link-stream.ts'
export type { Change, Kin, NumberHeld, Person, PersonId, PersonSummary, Residence } from './person.ts'
export { peopleOf, type Search, search } from './search.ts'
export type { OpenCase } from './store.ts'
export { total as countPersons } from './store-candidate.ts'
export { isEmpty } from './store-import.ts'
export { holidayOn, isWorkingDay, workingDaysAfter, workingDaysBefore } from './working-day.ts'

/** The number as twelve digits; throws number-not-twelve-digits. */
function asNumber(text: string): PersonalNumber['number'] {
  const reading = parseNumber(text)
  if (reading.kind !== 'number') throw registerProblem('number-not-twelve-digits')
  return reading.number
}

export type LookedUp = PersonSummary & {
  /** The number asked for was this person's and is cancelled; `number` is the one in force. */
  readonly cancelled: boolean
  /** Whether the work's scope sees the whole person. */
  readonly inScope: boolean
}

/** Who has or had a number, whoever's unit the person is of: minimal fields, a right of its own (register.look-up), and a trace. */
export async function findByNumber(work: Work, text: string): Promise<LookedUp | undefined> {
  const found = await store.lookUp(work, asNumber(text))
  if (!found) return undefined
  await audit.noteReading(work, [found.id], ['number', 'identity'])
  const [seen] = await store.summariesOf(work, [found.id])
  return { ...found, inScope: seen !== undefined }
}

/** A person whole, as the work's scope sees them, with a trace of the reading; throws person-unknown. */
export async function getPerson(work: Work, id: PersonId): Promise<Person> {
  const person = await store.findPersonRow(work, id)
  if (!person) throw registerProblem('person-unknown')
  await audit.noteReading(work, [id], ['identity', 'numbers', 'residence', 'household', 'kin', 'phones', 'history'])

  const household = await store.householdOf(work, id)
  return {
    ...person,
    numbers: await store.numbersOf(work, id),
    oldNumbers: await store.oldNumbersOf(work, id),
    residences: await store.residencesOf(work, id),
    ...(household && { household }),
    kin: await store.kinOf(work, id),
    children: await store.childrenOf(work, id),
    phones: await store.phonesOf(work, id),
    history: await store.historyOf(work, id),
  }
}

/** What lists show of some persons whom the scope sees, in no order. The caller notes the reading. */
export const summariesOf: (work: Work, ids: readonly PersonId[]) => Promise<PersonSummary[]> = store.summariesOf

/** A person's phones as the register has them: to tell them something. */
export const phonesOf: (work: Work, id: PersonId) => Promise<string[]> = store.phonesOf

/** Those of some persons whom the scope sees who were born in a year or later: for rules, nothing of them is shown. */
export const bornSince: (work: Work, year: number, ids: readonly PersonId[]) => Promise<PersonId[]> = store.bornSince

/** What lists show of one person; throws person-unknown. */
export async function getSummary(work: Work, id: PersonId): Promise<PersonSummary> {
  const [person] = await store.summariesOf(work, [id])
  if (!person) throw registerProblem('person-unknown')
  return person
}

/** Where a person is registered as permanent resident now. The caller notes the reading. */
export const permanentResidenceOf = async (work: Work, id: PersonId): Promise<Residence | undefined> =>
  (await store.residencesOf(work, id)).find(({ kind, to }) => kind === 'permanent' && to === undefined)

/** A person's father, mother, guardian and spouse, as the register has them. The caller notes the reading. */
export const kinOf: (work: Work, id: PersonId) => Promise<Kin[]> = store.kinOf

/** The children of whom a person is father or mother, the eldest first. The caller notes the reading. */
export const childrenOf = store.childrenOf

/** Who looked at a person's data in the last five years (NĐ59/2022 Art. 21), the latest first. */
export async function readersOf(work: Work, id: PersonId) {
  const since = new Date(work.now)
  since.setUTCFullYear(since.getUTCFullYear() - 5)
  return audit.readersOf(work, id, since)
}

/** Lets a unit or a school see a person for as long as a case is open (house.md 9.1); the same again changes nothing. */
export const openCase = (work: Work, one: store.OpenCase): Promise<void> => store.insertCases(work, [one])

/** The same for many at once: a roll's rows, a session's roster. */
export const openCases: (work: Work, cases: readonly store.OpenCase[]) => Promise<void> = store.insertCases

/** What a case opens, as far as the work's scope sees it: to be opened again as it was. */
export const casesOf: (work: Work, caseId: string) => Promise<store.OpenCase[]> = store.casesOf

/** Shuts a case for every unit that it was opened to. */
export const closeCase = (work: Work, { kind, caseId }: Pick<store.OpenCase, 'kind' | 'caseId'>): Promise<void> =>
  store.deleteCase(work, kind, caseId)

/** The same for many cases of one kind. */
export const closeCases: (work: Work, kind: string, caseIds: readonly string[]) => Promise<void> = store.deleteCases
