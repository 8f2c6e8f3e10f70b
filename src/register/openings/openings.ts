/**
 * Openings: an officer asks to see a person whole whom a case opens to be compared. In: the person, with a reason.
 * Decided: by an officer of the person's unit, or by another officer of the unit that asks, that the whole may be seen
 * for some days; the database refuses anybody else. Out: the open record; and for superiors, which cases ended and
 * nothing was decided. Deeds: `opening.asked`, `.accepted`, `.withdrawn`.
 */

import * as audit from '../../audit/audit.ts'
import { beginOf } from '../../platform/day.ts'
import { asId, type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { endedCasesShown } from '../law.ts'
import type { PersonId } from '../person.ts'
import { registerProblem } from '../problems.ts'
import * as store from '../store.ts'
import * as openings from './store.ts'

export type OpeningId = Id<'opening'>

const caseKind = 'opening'

/**
 * What the work may compare of a person who is not wholly in its scope, with a trace; throws person-unknown where no
 * case opens the person either.
 */
export async function getCompared(work: Work, personId: PersonId): Promise<store.ComparedPerson> {
  const [person] = await store.findCompared(work, [personId])
  if (!person) throw registerProblem('person-unknown')
  await audit.noteReading(work, [personId], ['name', 'birth', 'sex', 'residence'])
  return person
}

/** Asks for the whole of a person whom the work may compare. Throws unit-needed, opening-needless, person-unknown. */
export async function askOpening(
  work: Work,
  personId: PersonId,
  { reason }: { readonly reason: string },
): Promise<openings.Opening> {
  if (!work.unitId) throw registerProblem('unit-needed')
  if (reason.trim() === '') throw registerProblem('reason-needed')
  if ((await store.findSummaries(work, [personId])).length > 0) throw registerProblem('opening-needless')
  const person = await getCompared(work, personId)
  const asked = await openings.findOpenings(work)
  if (asked.some(one => one.personId === personId && one.unitId === work.unitId))
    throw registerProblem('opening-needless')

  const id = newId<'opening'>(work.now)
  await store.insertAccessOpenings(work, [
    { personId, unitId: work.unitId, kind: caseKind, caseId: id, reason: reason.trim() },
  ])
  await audit.record(work, 'opening.asked', {
    kind: 'opening',
    id,
    personId,
    unitId: person.unitId ?? work.unitId,
  })
  return getOpening(work, id)
}

async function getOpening(work: Work, id: OpeningId): Promise<openings.Opening> {
  const found = (await openings.findOpenings(work)).find(one => one.id === id)
  if (!found) throw registerProblem('opening-unknown')
  return found
}

/**
 * Lets the unit that asked see the person whole until the case ends: an officer of the person's unit, or another
 * officer of the unit that asked. Throws opening-unknown, second-officer-needed.
 */
export async function acceptOpening(work: Work, id: OpeningId): Promise<void> {
  const { personId, unitId, grade, openedBy, openedOn } = await getOpening(work, id)
  if (grade === 'whole') throw registerProblem('opening-needless')
  const hand = { id: openedBy, at: openedOn }
  await staff.refuseSameHand(work, 'opening-accepted', [hand], () => registerProblem('second-officer-needed'))
  const opened = await store.acceptAccessCase(work, caseKind, id)
  if (opened.length === 0) throw registerProblem('second-officer-needed')
  await audit.record(work, 'opening.accepted', { kind: 'opening', id, personId, unitId })
}

/** The officer who asked takes the request back, or ends the access. Throws opening-unknown, not-the-proposer. */
export async function withdrawOpening(work: Work, id: OpeningId): Promise<void> {
  const { openedBy, personId, unitId } = await getOpening(work, id)
  if (openedBy !== work.by.id) throw registerProblem('not-the-proposer')
  await store.withdrawAccessCases(work, caseKind, [id])
  await audit.record(work, 'opening.withdrawn', { kind: 'opening', id, personId, unitId })
}

export type NamedOpening = openings.Opening & { readonly name?: string | undefined }

/** Requests of the work's units, and for people of them, with names as far as they may be seen. */
export async function listOpenings(work: Work): Promise<NamedOpening[]> {
  const found = await openings.findOpenings(work)
  const ids = [...new Set(found.map(({ personId }) => personId))]
  const people = [...(await store.findCompared(work, ids)), ...(await store.findSummaries(work, ids))]
  const names = new Map(people.map(({ id, fullName }) => [id, fullName]))
  await audit.noteReading(work, [...names.keys()], ['name'])
  return found.map(one => ({ ...one, name: names.get(one.personId) }))
}

export type EndedCases = Omit<openings.EndedCaseGroup, 'personIds'> & {
  readonly people: number
  /** How many of them the officer read while the case was open. */
  readonly read: number
}

/**
 * For superiors: cases of their units that were withdrawn, or that ended and nobody decided. Names nobody. Pupils leave
 * rolls every day: those are listed where the sender had read any of them.
 */
export async function listEndedCases(work: Work): Promise<EndedCases[]> {
  const found = await openings.findEndedCases(work, endedCasesShown)
  const listed: EndedCases[] = []
  for (const { personIds, ...one } of found) {
    const read = await audit.countReadBy(work, one.openedBy, personIds, beginOf(one.openedOn))
    if (one.kind !== 'roll-row' || read > 0) listed.push({ ...one, people: personIds.length, read })
  }
  return listed
}

export const asOpeningId = (text: string): OpeningId => asId<'opening'>(text)
