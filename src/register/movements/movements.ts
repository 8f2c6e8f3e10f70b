/**
 * Who is away for a while, who stays for some nights, and who came to a commune and who went. In: a declaration of
 * absence, the notice of a stay, two days. Decided: whether the days can be so, who may declare, whether the guest is
 * known to the register; a stay of thirty days is none. Out: the days on which nobody need knock, and lists of
 * movements in the communes of the scope. Stays are deleted after their term. Deeds: `absence.declared`, `.ended`;
 * `stay.notified`, `.ended`; `stays.cleared`.
 */

import * as audit from '../../audit/audit.ts'
import { addDays, type Day, daysBetween, type PartialDay } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { deleteBySteps } from '../../platform/jobs/delete-by-steps.ts'
import { ruleOn } from '../../platform/law.ts'
import { asSystem, type OpenWork, type Work, withHouseScope } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { foldName } from '../folded-name.ts'
import { movementsShown, stayNotices, staysKept } from '../law.ts'
import type { PersonId } from '../person.ts'
import { findByNumber } from '../persons/persons.ts'
import { registerProblem } from '../problems.ts'
import { findSummaries, holdPerson } from '../store.ts'
import {
  type AbsenceEnd,
  type AbsenceId,
  declarationDuty,
  isDeclaredFor,
  type MovementWay,
  monthsAfter,
  type Stay,
  type StayEnd,
  type StayId,
  type TemporaryAbsence,
} from './movement.ts'
import * as store from './store.ts'

export type AbsenceInput = Pick<TemporaryAbsence, 'from' | 'to' | 'reason' | 'destination' | 'declaredBy' | 'way'>
export type DeclaredAbsence = TemporaryAbsence & { readonly duty: ReturnType<typeof declarationDuty> }

async function getResident(work: Work, personId: PersonId) {
  const [person] = await findSummaries(work, [personId])
  if (!person) throw registerProblem('person-unknown')
  const unitId = await store.findHomeInScope(work, personId)
  if (!unitId) throw registerProblem('absence-not-resident')
  return { person, unitId }
}

/**
 * Records that somebody who lives here is away for some days. Throws person-unknown, absence-not-resident,
 * absence-days-wrong, absence-by-parent, absence-overlaps.
 */
export async function declareAbsence(work: Work, personId: PersonId, input: AbsenceInput): Promise<DeclaredAbsence> {
  const { person, unitId } = await getResident(work, personId)
  if (input.to < input.from) throw registerProblem('absence-days-wrong')
  const isByParent = input.declaredBy === 'parent' || input.declaredBy === 'guardian'
  if (isDeclaredFor(person.birthDate, input.from, work) && !isByParent) throw registerProblem('absence-by-parent')
  await holdPerson(work, personId)
  if (await store.hasAbsenceWithin(work, personId, input.from, input.to)) throw registerProblem('absence-overlaps')

  const absence: TemporaryAbsence = {
    ...input,
    id: newId<'absence'>(work.now),
    personId,
    unitId,
    recordedOn: work.today,
  }
  await store.insertAbsence(work, absence)
  const duty = declarationDuty(input, person, work)
  await audit.record(
    work,
    'absence.declared',
    { kind: 'absence', id: absence.id, personId, unitId },
    { from: input.from, to: input.to, by: input.declaredBy, way: input.way, duty },
  )
  return { ...absence, duty }
}

/** The absences of somebody whom the scope sees, the latest first. Throws person-unknown. */
export async function listAbsences(work: Work, personId: PersonId): Promise<DeclaredAbsence[]> {
  const [person] = await findSummaries(work, [personId])
  if (!person) throw registerProblem('person-unknown')
  const found = await store.findAbsences(work, personId)
  await audit.noteReading(work, [personId], ['residence'])
  return found.map(one => ({ ...one, duty: declarationDuty(one, person, work) }))
}

/**
 * Ends an absence: the person is back, from a day on, or it was recorded by mistake. Throws absence-unknown,
 * absence-ended, movement-end-day-wrong.
 */
export async function endAbsence(
  work: Work,
  id: AbsenceId,
  how: AbsenceEnd,
  day: Day = work.today,
): Promise<TemporaryAbsence> {
  const absence = await store.holdAbsence(work, id)
  if (!absence) throw registerProblem('absence-unknown')
  if (absence.endedOn) throw registerProblem('absence-ended')
  const endedOn = how === 'mistaken' ? work.today : day
  if (how === 'returned' && (endedOn <= absence.from || endedOn > work.today))
    throw registerProblem('movement-end-day-wrong')
  await store.setAbsenceEnd(work, absence, endedOn, how)
  const { personId, unitId } = absence
  await audit.record(work, 'absence.ended', { kind: 'absence', id, personId, unitId }, { how, on: endedOn })
  return { ...absence, endedOn, endedHow: how }
}

export type StayInput = Pick<
  Stay,
  'name' | 'from' | 'to' | 'address' | 'lodging' | 'host' | 'reason' | 'notifiedBy' | 'way'
> & {
  readonly unitId: Id<'unit'>
  readonly number?: string | undefined
  readonly born?: PartialDay | undefined
}

/** The guest in the register, where number and name are of one person; else nobody, and the notice stands alone. */
async function findGuest(work: Work, { number, name }: StayInput) {
  if (number === undefined) return undefined
  const found = await findByNumber(work, number)
  return found && foldName(found.fullName)?.ascii === foldName(name)?.ascii ? found : undefined
}

const isInScope = ({ scope }: Work, unitId: Id<'unit'>) =>
  scope === 'house' || (scope !== 'none' && scope.units.includes(unitId))

function refuseIncomplete(input: StayInput, work: Work): void {
  const rule = ruleOn(stayNotices, work.today, work)
  if (!rule.by.includes(input.notifiedBy)) throw registerProblem('stay-notifier-refused')
  if (rule.parts.includes('birth-date') && !input.born)
    throw registerProblem('stay-part-missing', { part: 'birth-date' })
  if (input.to < input.from) throw registerProblem('stay-days-wrong')
  if (daysBetween(input.from, input.to) >= rule.shorterThan)
    throw registerProblem('stay-too-long', { days: rule.shorterThan })
}

/**
 * Records the notice that somebody spends some nights in a commune of the scope. A number with another's name links
 * nobody. Throws unit-unknown, stay-elsewhere, stay-notifier-refused, stay-part-missing, stay-days-wrong,
 * stay-too-long, stay-at-home, number-not-twelve-digits.
 */
export async function notifyStay(work: Work, input: StayInput): Promise<Stay> {
  refuseIncomplete(input, work)
  const { level } = await units.getUnit(work, input.unitId)
  if (level !== 'commune' || !isInScope(work, input.unitId)) throw registerProblem('stay-elsewhere')
  const places = await communesOf(work, input.unitId)
  const guest = await findGuest(work, input)
  if (guest && (await withHouseScope(work, house => store.livesIn(house, guest.id, places))))
    throw registerProblem('stay-at-home')
  const stay: Stay = {
    ...input,
    name: input.name.trim(),
    number: guest?.number ?? input.number?.replace(/\D/g, ''),
    id: newId<'stay'>(work.now),
    personId: guest?.id ?? newId<'person'>(work.now),
    known: guest !== undefined,
  }
  await store.insertStay(work, stay)
  await audit.record(
    work,
    'stay.notified',
    { kind: 'stay', id: stay.id, unitId: stay.unitId, ...(stay.known && { personId: stay.personId }) },
    { from: stay.from, to: stay.to, lodging: stay.lodging, by: stay.notifiedBy, way: stay.way },
  )
  return stay
}

/** Ends a stay: the guest left sooner, or the notice was a mistake. Throws stay-unknown, stay-ended. */
export async function endStay(work: Work, id: StayId, how: StayEnd, day: Day = work.today): Promise<void> {
  const stay = await store.holdStay(work, id)
  if (!stay) throw registerProblem('stay-unknown')
  if (stay.endedOn) throw registerProblem('stay-ended')
  const endedOn = how === 'mistaken' ? work.today : day
  if (how === 'left' && (endedOn < stay.from || endedOn > work.today)) throw registerProblem('movement-end-day-wrong')
  await store.setStayEnd(work, stay, endedOn, how)
  await audit.record(
    work,
    'stay.ended',
    { kind: 'stay', id, unitId: stay.unitId, ...(stay.known && { personId: stay.personId }) },
    { how, on: endedOn },
  )
}

/** A unit of the scope with what is below it and was merged into it. Throws unit-unknown. */
async function communesOf(work: Work, unitId: Id<'unit'>): Promise<Id<'unit'>[]> {
  await units.getUnit(work, unitId)
  const { units: below } = await units.scopePartsOf(work, unitId, work.today)
  return below
}

export type MovementQuery = {
  readonly from: Day
  readonly to: Day
  readonly way: MovementWay
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

/**
 * Who came to a unit of the scope, or went, between two days, both included; and how many of each kind. Units beyond
 * the scope have nobody. Throws unit-unknown, movement-span-wrong.
 */
export async function listMovements(
  work: Work,
  unitId: Id<'unit'>,
  { from, to, way, offset = 0, limit = movementsShown.rows }: MovementQuery,
) {
  if (to < from || to >= addDays(from, movementsShown.days)) throw registerProblem('movement-span-wrong')
  const places = await communesOf(work, unitId)
  const span = { places, from, to }
  const rows = await store.findMovements(work, span, way, { offset, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  await audit.noteReading(
    work,
    shown.map(({ personId }) => personId),
    ['name', 'residence'],
  )
  return {
    counts: await store.countMovements(work, span),
    rows: shown,
    ...(rows.length > limit && { next: offset + limit }),
  }
}

/** Deletes notices of stays that are kept no longer. Deed: stays.cleared, with how many. */
export const clearStays = (openWork: OpenWork): Promise<number> =>
  deleteBySteps(openWork, asSystem('none'), async (work, most) => {
    const before = monthsAfter(work.today, -ruleOn(staysKept, work.today, work))
    const count = await store.deleteStaysBefore(work, before, most)
    if (count > 0) await audit.record(work, 'stays.cleared', { kind: 'stays', id: newId(work.now) }, { count, before })
    return count
  })

/** What was declared and notified of a person themselves; asked in a work that sees their own rows. */
export const ownMovements = async (work: Work, personId: PersonId) => ({
  absences: await store.findAbsences(work, personId),
  stays: await store.findStaysOf(work, personId),
})
