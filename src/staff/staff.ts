import * as audit from '../audit/audit.ts'
import { type Day, dayAfter, dayBefore } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import { hashSecret } from '../platform/sealing/secret-hash.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import * as units from '../units/units.ts'
import { cast, type DemonstrationSignIn, type DemonstrationUnitKey } from './demonstration.ts'
import type { Appointment, AppointmentId, Officer, OfficerId, StandIn } from './officer.ts'
import { generatePassword } from './password.ts'
import { staffProblem } from './problems.ts'
import { mayDo, type Role, roleKinds } from './role.ts'
import { endSessionsOf, postsOf } from './session.ts'
import { forgetLiveSessions } from './session-cache.ts'
import * as store from './store.ts'
import { setPassword, withCredentials } from './store-session.ts'

export { authenticate } from './authenticate.ts'
export { sessionTokenIn } from './cookie.ts'
export type { DemonstrationSignIn } from './demonstration.ts'
export type { Appointment, AppointmentId, Officer, OfficerId, StandIn } from './officer.ts'
export { framedPage, frameOf, type StaffPageFrame, sendPage } from './page-frame.ts'
export { staffProblem } from './problems.ts'
export type { Role } from './role.ts'
export { isOfficersBrowser } from './session.ts'

const isInScope = ({ scope }: Work, unitId: Id<'unit'>) =>
  scope === 'house' || (scope !== 'none' && scope.units.some(id => id === unitId))

/**
 * Adds an officer whose record a unit keeps. Gives the first password, which is changed at the first sign-in unless it
 * is the officer's own.
 */
export async function addOfficer(
  work: Work,
  {
    login: typed,
    fullName,
    unitId,
    own,
  }: { login: string; fullName: string; unitId: units.UnitId; own?: { password: string } },
): Promise<{ officer: Officer; password: string }> {
  const login = typed.trim().toLowerCase()
  if (!/^[a-z0-9][a-z0-9._-]{2,39}$/.test(login)) throw staffProblem('login-malformed')
  await units.getUnit(work, unitId)
  if (!isInScope(work, unitId)) throw staffProblem('unit-outside-scope')

  const officer: Officer = {
    id: newId<'officer'>(work.now),
    login,
    fullName: fullName.normalize('NFC').trim(),
    unitId,
    left: false,
  }
  const password = own?.password ?? generatePassword()
  const hashed = await hashSecret(password)
  if (!(await store.insertOfficer(work, officer))) throw staffProblem('login-taken')
  await withCredentials(work, () => setPassword(work, officer.id, hashed, !own))
  await audit.record(work, 'officer.added', { kind: 'officer', id: officer.id, unitId })
  return { officer, password }
}

/**
 * Adds officers who cannot sign in until someone gives them a password: those of teams whose work is taken in from
 * elsewhere. A login that is known is left as it is. Gives ids by login.
 */
export async function addOfficers(
  work: Work,
  list: readonly { readonly login: string; readonly fullName: string; readonly unitId: units.UnitId }[],
): Promise<Map<string, OfficerId>> {
  const known = new Map((await store.allOfficers(work)).map(({ login, id }) => [login, id]))
  for (const one of list) {
    if (known.has(one.login)) continue
    const officer: Officer = { ...one, id: newId<'officer'>(work.now), left: false }
    if (!(await store.insertOfficer(work, officer))) continue
    known.set(officer.login, officer.id)
    await audit.record(work, 'officer.added', { kind: 'officer', id: officer.id, unitId: officer.unitId })
  }
  return known
}

/** An officer of the work's own units. */
async function getOfficer(work: Work, id: OfficerId): Promise<Officer> {
  const officer = await store.findOfficer(work, id)
  if (!officer) throw staffProblem('officer-unknown')
  return officer
}

const isSelf = ({ by }: Work, officerId: OfficerId) => by.kind === 'officer' && by.id === officerId

/** A last day, where it is given, becomes the day after it: periods exclude their end. */
const endOf = (lastOn: Day | undefined) => lastOn && dayAfter(lastOn)

/** Appoints an officer to a role in a unit, from a day (absent = since ever) to a last day (absent = open). */
export async function appoint(
  work: Work,
  {
    officerId,
    role,
    unitId,
    fromOn,
    lastOn,
  }: { officerId: OfficerId; role: Role; unitId: units.UnitId; fromOn?: Day; lastOn?: Day },
): Promise<Appointment> {
  const toOn = endOf(lastOn)
  if (fromOn && toOn && toOn <= fromOn) throw staffProblem('period-reversed')
  if (isSelf(work, officerId)) throw staffProblem('own-appointment')
  await getOfficer(work, officerId)
  const { level } = await units.getUnit(work, unitId)
  const { levels } = roleKinds[role]
  if (!levels.includes(level)) throw staffProblem('role-elsewhere', { levels })
  if (!isInScope(work, unitId)) throw staffProblem('unit-outside-scope')
  const others = await store.appointmentsOf(work, [officerId])
  const same = others.find(
    other => other.role === role && other.unitId === unitId && daysOverlap(other, { fromOn, toOn }),
  )
  if (same) throw staffProblem('appointed-already')

  const appointment: Appointment = {
    id: newId<'appointment'>(work.now),
    officerId,
    role,
    unitId,
    ...(fromOn && { fromOn }),
    ...(toOn && { toOn }),
  }
  await store.addAppointment(work, appointment)
  await audit.record(
    work,
    'officer.appointed',
    { kind: 'officer', id: officerId, unitId },
    { appointment: appointment.id, role, fromOn, toOn },
  )
  work.afterCommit.push(forgetLiveSessions)
  return appointment
}

type AppointmentDays = { readonly fromOn?: Day | undefined; readonly toOn?: Day | undefined }
const daysOverlap = (a: AppointmentDays, b: AppointmentDays) =>
  (!a.toOn || !b.fromOn || b.fromOn < a.toOn) && (!b.toOn || !a.fromOn || a.fromOn < b.toOn)

async function getHeldAppointment(work: Work, id: AppointmentId): Promise<Appointment> {
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
  const { officerId, unitId, role, fromOn } = await getHeldAppointment(work, id)
  // An appointment that had not begun, or began today, cannot have a last day: it keeps its first as the shortest there
  // is.
  const toOn = fromOn && dayAfter(lastOn) <= fromOn && fromOn <= work.today ? dayAfter(fromOn) : dayAfter(lastOn)
  if (fromOn && toOn <= fromOn) throw staffProblem('period-reversed')
  await store.setAppointmentEnd(work, id, toOn)
  await audit.record(
    work,
    'appointment.ended',
    { kind: 'officer', id: officerId, unitId },
    { appointment: id, role, toOn },
  )
  await endSessionsOf(work, officerId, 'appointment-ended')
  work.afterCommit.push(forgetLiveSessions)
}

/** Lets an officer act in another's appointment from a first to a last day. */
export async function appointStandIn(
  work: Work,
  {
    appointmentId,
    officerId,
    fromOn,
    lastOn,
  }: { appointmentId: AppointmentId; officerId: OfficerId; fromOn: Day; lastOn: Day },
): Promise<StandIn> {
  if (lastOn < fromOn) throw staffProblem('period-reversed')
  const appointment = await getHeldAppointment(work, appointmentId)
  if (isSelf(work, officerId) || appointment.officerId === officerId) throw staffProblem('own-appointment')
  await getOfficer(work, officerId)
  const standIn: StandIn = {
    id: newId<'stand-in'>(work.now),
    appointmentId,
    officerId,
    fromOn,
    toOn: dayAfter(lastOn),
  }
  await store.addStandIn(work, standIn)
  await audit.record(
    work,
    'stand-in.named',
    { kind: 'officer', id: officerId, unitId: appointment.unitId },
    { appointment: appointmentId, fromOn, lastOn },
  )
  work.afterCommit.push(forgetLiveSessions)
  return standIn
}

/** Who acts, today, in a unit beyond the work's scope is not in its hands, even where their record is to be seen. */
async function refuseHigher(work: Work, officerId: OfficerId, unitId: Id<'unit'>): Promise<void> {
  const posts = await postsOf(work, officerId)
  if (!isInScope(work, unitId) || posts.some(post => !isInScope(work, post.unitId)))
    throw staffProblem('unit-outside-scope')
}

/** Gives an officer a new first password, to be handed over and changed at the next sign-in. */
export async function resetPassword(work: Work, officerId: OfficerId): Promise<string> {
  const { unitId } = await getOfficer(work, officerId)
  await refuseHigher(work, officerId, unitId)
  const password = generatePassword()
  const hashed = await hashSecret(password)
  await withCredentials(work, () => setPassword(work, officerId, hashed, true))
  await audit.record(work, 'password.reset', { kind: 'officer', id: officerId, unitId })
  await endSessionsOf(work, officerId, 'password-reset')
  return password
}

/** An officer leaves: no sign-in any more; what they did keeps their name. */
export async function dismissOfficer(work: Work, officerId: OfficerId): Promise<void> {
  if (isSelf(work, officerId)) throw staffProblem('own-appointment')
  const { unitId } = await getOfficer(work, officerId)
  await refuseHigher(work, officerId, unitId)
  await store.markLeft(work, officerId)
  await audit.record(work, 'officer.left', { kind: 'officer', id: officerId, unitId })
  await endSessionsOf(work, officerId, 'left')
  work.afterCommit.push(forgetLiveSessions)
}

export type OfficerRecord = Officer & {
  readonly appointments: readonly (Appointment & { readonly standIns: readonly StandIn[] })[]
}

/** The officers of the work's units, with what they are and were appointed to. */
export async function officers(work: Work): Promise<OfficerRecord[]> {
  const known = await store.allOfficers(work)
  const appointments = await store.appointmentsOf(
    work,
    known.map(({ id }) => id),
  )
  const standIns = await store.standInsOf(
    work,
    appointments.map(({ id }) => id),
  )
  const standInsBy = Map.groupBy(standIns, ({ appointmentId }) => appointmentId)
  const byOfficer = Map.groupBy(
    appointments.map(appointment => ({ ...appointment, standIns: standInsBy.get(appointment.id) ?? [] })),
    ({ officerId }) => officerId,
  )
  return known.map(officer => ({ ...officer, appointments: byOfficer.get(officer.id) ?? [] }))
}

/** Names of officers by id, as far as the work may see them: for histories and lists. */
export async function namesOf(work: Work, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = ids.length ? await store.officerNames(work, [...new Set(ids)]) : []
  return new Map(found.map(({ id, fullName }) => [id, fullName]))
}

/** Whether officers of a role are sent to sessions. */
export const goesOut = (role: Role): boolean => roleKinds[role].goesOut

/**
 * The roles in which officers acted in a unit on a day, also for callers outside the unit: roles are no names. An
 * officer never appointed there is absent.
 */
export const rolesOf = (
  work: Work,
  acting: readonly store.OfficerActing[],
): Promise<(store.OfficerActing & { readonly role: Role })[]> =>
  acting.length === 0 ? Promise.resolve([]) : withHouseScope(work, house => store.actingRoles(house, acting))

/** The others who act today in the work's own unit and have a right there, by name. */
export async function colleaguesWithRight(
  work: Work,
  right: string,
): Promise<{ readonly id: OfficerId; readonly fullName: string }[]> {
  const isToday = ({ fromOn, toOn }: AppointmentDays) =>
    (!fromOn || fromOn <= work.today) && (!toOn || work.today < toOn)
  return (await officers(work)).filter(
    ({ id, left, appointments }) =>
      !left &&
      id !== work.by.id &&
      appointments.some(one => one.unitId === work.unitId && mayDo(one.role, right) && isToday(one)),
  )
}

/**
 * Whether an officer has a right today, in a post of their own or another's: for what they did without a line. Asked by
 * the house.
 */
export async function holdsRight(work: Work, officerId: Id<'officer'>, right: string): Promise<boolean> {
  const officer = await store.findOfficer(work, officerId as OfficerId)
  if (!officer || officer.left) return false
  return (await postsOf(work, officer.id)).some(({ role }) => mayDo(role, right))
}

export type DemonstrationUnits = {
  readonly provinceUnitId: units.UnitId
  readonly districtUnitId: units.UnitId
  readonly communeUnitId: units.UnitId
  readonly otherDistrictUnitId: units.UnitId
  readonly otherCommuneUnitId?: units.UnitId | undefined
}

/**
 * Gives the demonstration house an officer of each role, with passwords drawn for this house, which need not be
 * changed.
 */
export async function seedDemonstration(
  work: Work,
  demonstrationUnits: DemonstrationUnits,
): Promise<DemonstrationSignIn[]> {
  const unitAt: Record<DemonstrationUnitKey, units.UnitId | undefined> = {
    province: demonstrationUnits.provinceUnitId,
    district: demonstrationUnits.districtUnitId,
    commune: demonstrationUnits.communeUnitId,
    otherDistrict: demonstrationUnits.otherDistrictUnitId,
    otherCommune: demonstrationUnits.otherCommuneUnitId,
  }
  const made: DemonstrationSignIn[] = []
  for (const [login, fullName, role, place] of cast) {
    const unitId = unitAt[place]
    if (!unitId) continue
    const own = { password: generatePassword() }
    const { officer } = await addOfficer(work, { login, fullName, unitId, own })
    await appoint(work, { officerId: officer.id, role, unitId })
    made.push({ login, password: own.password, role, name: officer.fullName, unitId })
  }
  return made
}
