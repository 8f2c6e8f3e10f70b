import * as audit from '../audit/audit.ts'
import { type Day, dayAfter, dayBefore } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import { type Contact, readContact } from './contact.ts'
import { foundingAppointments } from './law.ts'
import type { Appointment, AppointmentId, Officer, OfficerId, PostBasis, StandIn } from './officer.ts'
import { staffProblem } from './problems.ts'
import { isOfSchool, levelsOn, mayDo, type Role, roles } from './role.ts'
import { endSessionsOf, postsOf } from './session.ts'
import * as store from './store.ts'

/**
 * Appointments and stand-ins as they are given and end. An officer gives none alone: they propose one, and another
 * accepts (`proposals/`). The house itself gives those of a demonstration.
 */

export const isInScope = ({ scope }: Work, placeId: Id<'unit' | 'school'>) =>
  scope === 'house' || (scope !== 'none' && scope.units.some(id => id === placeId))

export const isSelf = ({ by }: Work, officerId: OfficerId) =>
  by.kind === 'officer' && (by.id === officerId || by.onBehalfOf === officerId)

/** The house acts by itself: nobody signed in, nobody at the command line. Throws two-officers-needed. */
export function refuseOneHand({ by }: Work): void {
  if (by.kind !== 'system') throw staffProblem('two-officers-needed')
}

export type NewOfficer = {
  readonly login: string
  readonly fullName: string
  readonly unitId: units.UnitId
  /** Where links to choose a password go. */
  readonly contact?: Contact
}

/**
 * Enters an officer whose record a unit keeps. They have no password and no post: two officers give them both. Throws
 * login-malformed, officer-name-missing, login-taken, unit-outside-scope, contact-malformed.
 */
export async function enterOfficer(
  work: Work,
  { login: typed, fullName, unitId, contact = {} }: NewOfficer,
): Promise<Officer> {
  const login = typed.trim().toLowerCase()
  if (!/^[a-z0-9][a-z0-9._-]{2,39}$/.test(login)) throw staffProblem('login-malformed')
  const name = fullName.normalize('NFC').trim()
  if (!name) throw staffProblem('officer-name-missing')
  await units.getUnit(work, unitId)
  if (!isInScope(work, unitId)) throw staffProblem('unit-outside-scope')

  const officer: Officer = {
    id: newId<'officer'>(work.now),
    login,
    fullName: name,
    unitId,
    left: false,
  }
  if (!(await store.insertOfficer(work, officer, readContact(contact)))) throw staffProblem('login-taken')
  await audit.record(work, 'officer.added', { kind: 'officer', id: officer.id, unitId })
  return officer
}

/** An officer of the work's own units. */
export async function getOfficer(work: Work, id: OfficerId): Promise<Officer> {
  const officer = await store.findOfficer(work, id)
  if (!officer) throw staffProblem('officer-unknown')
  return officer
}

/** Who acts, today, in a unit beyond the work's scope is not in its hands, even where their record is to be seen. */
export async function refuseHigher(work: Work, officerId: OfficerId, unitId: Id<'unit'>): Promise<void> {
  const posts = await postsOf(work, officerId)
  if (!isInScope(work, unitId) || posts.some(post => !isInScope(work, post.unitId)))
    throw staffProblem('unit-outside-scope')
}

type AppointmentDays = { readonly fromOn?: Day | undefined; readonly toOn?: Day | undefined }
const daysOverlap = (a: AppointmentDays, b: AppointmentDays) =>
  (!a.toOn || !b.fromOn || b.fromOn < a.toOn) && (!b.toOn || !a.fromOn || a.fromOn < b.toOn)

/** A last day, where it is given, becomes the day after it: periods exclude their end. */
export const endOf = (lastOn: Day | undefined) => lastOn && dayAfter(lastOn)

export type WantedAppointment = {
  readonly officerId: OfficerId
  readonly role: Role
  readonly unitId: units.UnitId
  /** Of a school's staff: which school. */
  readonly schoolId?: units.SchoolId | undefined
  readonly fromOn?: Day | undefined
  readonly toOn?: Day | undefined
}

/** A post of a school's staff names a school of its unit, and no other post does. */
async function checkSchool(work: Work, { role, unitId, schoolId }: WantedAppointment): Promise<void> {
  if (isOfSchool(role) && !schoolId) throw staffProblem('post-school-needed')
  if (schoolId && (!isOfSchool(role) || (await units.getSchool(work, schoolId)).unitId !== unitId))
    throw staffProblem('post-school-elsewhere')
}

/** Whether an officer can have a post: it exists at such a unit, in scope, and is not theirs already. */
export async function checkAppointment(work: Work, wanted: WantedAppointment): Promise<void> {
  const { officerId, role, unitId, schoolId, fromOn, toOn } = wanted
  if (fromOn && toOn && toOn <= fromOn) throw staffProblem('period-reversed')
  if (isSelf(work, officerId)) throw staffProblem('own-appointment')
  if ((await getOfficer(work, officerId)).left) throw staffProblem('officer-unknown')
  const { level } = await units.getUnit(work, unitId)
  const levels = levelsOn(role, fromOn && fromOn > work.today ? fromOn : work.today, work)
  if (!levels.includes(level)) throw staffProblem('role-elsewhere', { levels })
  if (!isInScope(work, unitId)) throw staffProblem('unit-outside-scope')
  await checkSchool(work, wanted)
  const others = await store.appointmentsOf(work, [officerId])
  const isSamePlace = (other: Appointment) => other.unitId === unitId && other.schoolId === schoolId
  const same = others.find(other => other.role === role && isSamePlace(other) && daysOverlap(other, { fromOn, toOn }))
  if (same) throw staffProblem('appointed-already')
}

/** What a deed says of why a post stands. */
const basisFacts = (basis: PostBasis) => ({
  basis: basis.kind,
  ...(basis.kind === 'two-officers' && { proposal: basis.proposalId }),
  ...(basis.kind === 'founding' && { founding: basis.which }),
})

/** Gives a checked appointment; the deed says on what basis. */
export async function giveAppointment(work: Work, wanted: WantedAppointment, basis: PostBasis): Promise<Appointment> {
  const { officerId, role, unitId, schoolId, fromOn, toOn } = wanted
  const appointment: Appointment = {
    id: newId<'appointment'>(work.now),
    officerId,
    role,
    unitId,
    ...(schoolId && { schoolId }),
    ...(fromOn && { fromOn }),
    ...(toOn && { toOn }),
  }
  await store.addAppointment(work, appointment, basis)
  await audit.record(
    work,
    'officer.appointed',
    { kind: 'officer', id: officerId, unitId },
    { appointment: appointment.id, role, ...(schoolId && { schoolId }), fromOn, toOn, ...basisFacts(basis) },
  )
  return appointment
}

/**
 * Appoints an officer to a role in a unit, from a day (absent = since ever) to a last day (absent = open), by the house
 * itself. Throws two-officers-needed where an officer or the command line asks.
 */
export async function appoint(
  work: Work,
  { lastOn, ...wanted }: Omit<WantedAppointment, 'toOn'> & { readonly lastOn?: Day },
): Promise<Appointment> {
  refuseOneHand(work)
  const whole = { ...wanted, toOn: endOf(lastOn) }
  await checkAppointment(work, whole)
  return giveAppointment(work, whole, { kind: 'house' })
}

/** Roles whose officers both propose and accept: the first two of an installation have one of them. */
const foundingRoles = roles.filter(role => mayDo(role, 'staff.manage') && mayDo(role, 'staff.accept'))

/**
 * Gives one of the first two appointments of an installation, which has nobody to accept it; undefined where there
 * were two, or any other. They go to two different officers, who then propose and accept. Throws founding-role;
 * two-officers-needed where it is not the command line that asks.
 */
export async function foundAppointment(work: Work, wanted: WantedAppointment): Promise<Appointment | undefined> {
  if (work.by.kind !== 'operator') throw staffProblem('two-officers-needed')
  const { all, by } = await store.holdFounding(work)
  if (all >= foundingAppointments) return undefined
  if (!foundingRoles.includes(wanted.role) || by.includes(wanted.officerId))
    throw staffProblem('founding-role', { roles: foundingRoles })
  await checkAppointment(work, wanted)
  return giveAppointment(work, wanted, { kind: 'founding', which: all === 0 ? 1 : 2 })
}

export async function getHeldAppointment(work: Work, id: AppointmentId): Promise<Appointment> {
  const appointment = await store.holdAppointment(work, id)
  if (!appointment || !isInScope(work, appointment.unitId)) throw staffProblem('appointment-unknown')
  return appointment
}

/** Ends an appointment after a last day; without one, at once: from today on it opens nothing. */
export async function endAppointment(
  work: Work,
  id: AppointmentId,
  lastOn: Day = dayBefore(work.today),
): Promise<void> {
  const { officerId, unitId, role, fromOn, toOn: until } = await getHeldAppointment(work, id)
  // An appointment that had not begun, or began today, cannot have a last day: it keeps its first as the shortest there
  // is.
  const toOn = fromOn && dayAfter(lastOn) <= fromOn && fromOn <= work.today ? dayAfter(fromOn) : dayAfter(lastOn)
  if (fromOn && toOn <= fromOn) throw staffProblem('period-reversed')
  // A later end would give the post anew, which takes two officers.
  if (until && toOn > until) throw staffProblem('two-officers-needed')
  await store.setAppointmentEnd(work, id, toOn)
  await audit.record(
    work,
    'appointment.ended',
    { kind: 'officer', id: officerId, unitId },
    { appointment: id, role, toOn },
  )
  await endSessionsOf(work, officerId, 'appointment-ended')
}

export type WantedStandIn = {
  readonly appointmentId: AppointmentId
  readonly officerId: OfficerId
  readonly fromOn: Day
  readonly toOn: Day
}

/** Whether an officer can stand in: not for themselves, and in an appointment of the work's scope. Gives the post. */
export async function checkStandIn(
  work: Work,
  { appointmentId, officerId, fromOn, toOn }: WantedStandIn,
): Promise<Appointment> {
  if (toOn <= fromOn) throw staffProblem('period-reversed')
  const appointment = await getHeldAppointment(work, appointmentId)
  if (isSelf(work, officerId) || appointment.officerId === officerId) throw staffProblem('own-appointment')
  if ((await getOfficer(work, officerId)).left) throw staffProblem('officer-unknown')
  return appointment
}

/** Lets an officer act in another's appointment, once that was checked; the deed says on what basis. */
export async function giveStandIn(
  work: Work,
  { unitId }: Appointment,
  wanted: WantedStandIn,
  basis: PostBasis,
): Promise<StandIn> {
  const standIn: StandIn = { id: newId<'stand-in'>(work.now), ...wanted }
  await store.addStandIn(work, standIn, basis)
  const { appointmentId, officerId, fromOn, toOn } = wanted
  await audit.record(
    work,
    'stand-in.named',
    { kind: 'officer', id: officerId, unitId },
    { appointment: appointmentId, fromOn, lastOn: dayBefore(toOn), ...basisFacts(basis) },
  )
  return standIn
}

/** Lets an officer act in another's appointment from a first to a last day, by the house itself. */
export async function appointStandIn(
  work: Work,
  { lastOn, ...wanted }: Omit<WantedStandIn, 'toOn'> & { readonly lastOn: Day },
): Promise<StandIn> {
  refuseOneHand(work)
  const whole = { ...wanted, toOn: dayAfter(lastOn) }
  return giveStandIn(work, await checkStandIn(work, whole), whole, { kind: 'house' })
}
