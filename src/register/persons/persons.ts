/**
 * Persons: identity and data. In: a number as it was written, or a person's id. Decided: whether the work's scope sees
 * the person; a number alone finds any person, with minimal fields and a right of its own. Out: a whole person, or one
 * part of their data: residence, kin, children, phones, readers, or where a letter goes. The reading of data is noted.
 * Deed: `person-sheet.printed`.
 */

import * as audit from '../../audit/audit.ts'
import type { PersonalNumber } from '../../names/numbers/numbers.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import type { Recipient } from '../../outreach/outreach.ts'
import { ruleOn } from '../../platform/law.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { SheetReason } from '../contract.ts'
import { readersYears } from '../law.ts'
import type { Kin, Person, PersonId, PersonSummary, Residence } from '../person.ts'
import { registerProblem } from '../problems.ts'
import * as store from '../store.ts'
import * as persons from './store.ts'

/** The number as twelve digits; throws number-not-twelve-digits. */
function parsePersonNumber(text: string): PersonalNumber['number'] {
  const reading = parseNumber(text)
  if (reading.kind !== 'number') throw registerProblem('number-not-twelve-digits')
  return reading.number
}

export type NumberLookup = PersonSummary & {
  /** The number asked for was this person's and is cancelled; `number` is the one in force. */
  readonly cancelled: boolean
  /** Whether the work's scope sees the whole person. */
  readonly inScope: boolean
}

/**
 * The person who has or had a number, of any unit. Minimal fields, a right of its own (register.look-up), and a trace.
 */
export async function findByNumber(work: Work, text: string): Promise<NumberLookup | undefined> {
  const found = await persons.findPersonByNumber(work, parsePersonNumber(text))
  if (!found) return undefined
  await audit.noteReading(work, [found.id], ['number', 'identity'])
  const [seen] = await store.findSummaries(work, [found.id])
  return { ...found, inScope: seen !== undefined }
}

/** A person whole, as the work's scope sees them, with a trace of the reading; throws person-unknown. */
export async function getPerson(work: Work, id: PersonId): Promise<Person> {
  const person = await persons.findPersonRow(work, id)
  if (!person) throw registerProblem('person-unknown')
  await audit.noteReading(work, [id], ['identity', 'numbers', 'residence', 'household', 'kin', 'phones', 'history'])

  const household = await persons.findHousehold(work, id)
  return {
    ...person,
    numbers: await store.numbersOf(work, id),
    oldNumbers: await persons.findOldNumbers(work, id),
    residences: await persons.findResidences(work, id),
    ...(household && { household }),
    kin: await persons.findKin(work, id),
    children: await persons.findChildren(work, id),
    phones: await persons.findPhones(work, id),
    history: await persons.findHistory(work, id),
  }
}

/** The same for whoever shows all of it: members of the household, kin and children are read with it, and noted. */
export async function openPerson(work: Work, id: PersonId): Promise<Person> {
  const person = await getPerson(work, id)
  const { household, kin, children } = person
  const members = new Set((household?.members ?? []).map(({ personId }) => personId).filter(member => member !== id))
  const family = [...kin, ...children].flatMap(({ personId }) => personId ?? [])
  await audit.noteReading(work, [...members], ['name', 'household'])
  await audit.noteReading(
    work,
    family.filter(one => one !== id && !members.has(one)),
    ['name', 'kin'],
  )
  return person
}

/**
 * A person's sheet is printed: what stands on it leaves the house, so it is a reading of all of it and a deed with its
 * reason. Throws person-unknown.
 */
export async function printSheet(work: Work, id: PersonId, why: SheetReason): Promise<void> {
  await openPerson(work, id)
  await audit.record(
    work,
    'person-sheet.printed',
    { kind: 'person', id, personId: id, ...(work.unitId && { unitId: work.unitId }) },
    { why },
  )
}

/** The phones of many people in the register, to see whether they changed; shown to nobody. */
export const phonesOfMany = persons.findPhonesOfMany

/** A person's phones in the register, to notify them. */
export const phonesOf: (work: Work, id: PersonId) => Promise<string[]> = persons.findPhones

/** Those of some persons in scope who were born in a year or later. For rules: none of their data is shown. */
export const bornSince: (work: Work, year: number, ids: readonly PersonId[]) => Promise<PersonId[]> =
  persons.findPersonIdsBornSince

/** Where a person is registered as permanent resident now. The caller notes the reading. */
export const permanentResidenceOf = async (work: Work, id: PersonId): Promise<Residence | undefined> =>
  (await persons.findResidences(work, id)).find(({ kind, to }) => kind === 'permanent' && to === undefined)

/** Where people are written to first. */
const homesInOrder = ['current', 'temporary', 'permanent'] as const

/**
 * A letter to a person, and so to whoever opens a child's letters: to where they live, else are registered; undefined
 * where no house is written down. It goes onto paper and is shown to nobody here, so that it is
 * looked up beyond the scope of whoever sends.
 */
export const letterTo = (work: Work, id: PersonId): Promise<Recipient | undefined> =>
  withHouseScope(work, async house => {
    const inForce = (await persons.findResidences(house, id)).filter(one => one.to === undefined && one.address)
    const home = homesInOrder.flatMap(kind => inForce.filter(one => one.kind === kind))[0]
    const [addressee] = await store.findSummaries(house, [id])
    if (!home?.address || !addressee) return undefined
    const above = await units.unitPath(house, home.unitId, work.today)
    const address = [addressee.fullName, home.address, ...above.map(({ name }) => name)].join(', ')
    return { kind: 'letter', address }
  })

/** A person's father, mother, guardian and spouse, as the register has them. The caller notes the reading. */
export const kinOf: (work: Work, id: PersonId) => Promise<Kin[]> = persons.findKin

/** The children of a father or mother, the eldest first. The caller notes the reading. */
export const childrenOf = persons.findChildren

/** Who looked at a person's data in the years for which that is told, the latest first. */
export async function listReaders(work: Work, id: PersonId) {
  const since = new Date(work.now)
  since.setUTCFullYear(since.getUTCFullYear() - ruleOn(readersYears, work.today, work))
  return audit.readersOf(work, id, since)
}
