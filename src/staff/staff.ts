import * as audit from '../audit/audit.ts'
import type { Day } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import { hashSecret } from '../platform/sealing/secret-hash.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import * as units from '../units/units.ts'
import { endEverySession } from './after-restore.ts'
import {
  appoint,
  enterOfficer,
  getOfficer,
  isSelf,
  type NewOfficer,
  refuseHigher,
  refuseOneHand,
} from './appointments.ts'
import { type Contact, contactIn, maskedContact } from './contact.ts'
import { cast, type DemonstrationSignIn, type DemonstrationUnitKey } from './demonstration.ts'
import { registerDemonstrationKey } from './factors/demonstration-key.ts'
import { officersWithFactor } from './factors/factors.ts'
import type { Appointment, Officer, OfficerId, StandIn } from './officer.ts'
import { generatePassword } from './password.ts'
import { staffProblem } from './problems.ts'
import { levelsOn, mayDo, type Role, roleKinds, roles } from './role.ts'
import { endSessionsOf, postsOf } from './session.ts'
import * as store from './store.ts'
import { countSessionsEnded, deleteSessionsEnded, setPassword, withCredentials } from './store-session.ts'

export { dropPasswordAgain, endAppointmentAgain, endEverySession, leaveAgain } from './after-restore.ts'
export { appoint, appointStandIn, endAppointment, enterOfficer, foundAppointment, isInScope } from './appointments.ts'
export { authenticate, roleOfSession } from './authenticate.ts'
export { sessionTokenIn } from './cookie.ts'
export type { DemonstrationSignIn } from './demonstration.ts'
export { drawSignInCode, refuseFirstFactorAgain, removeFactorAgain } from './factors/factors.ts'
export { sealedSecrets } from './factors/prove.ts'
export { type DrawnFoundingLink, drawFoundingLink } from './founding/founding.ts'
export { signInMinutes } from './law.ts'
export { drawLinkToSend, grantFoundingLink, printFoundingPaper } from './links/links.ts'
export type {
  Appointment,
  AppointmentId,
  Officer,
  OfficerId,
  PasswordLinkId,
  ProposalId,
  SignInId,
  StandIn,
} from './officer.ts'
export { framedPage, frameOf, type StaffPageFrame, sendPage } from './page-frame.ts'
export { staffProblem } from './problems.ts'
export * as proposals from './proposals/proposals.ts'
export { isRole, levelsOn, mayDo, type OfficerRight, type Role, roles } from './role.ts'
export { type Hand, type IsSameHand, isSameHand, refuseSameHand, sameHandTest } from './separation.ts'
export { isOfficersBrowser, refreshSessionScopes } from './session.ts'
export { educationOffices, postsAtSchool, postsInUnit } from './store.ts'
export { refuseChange, refuseStale, untouched, versionOf, versionsOf } from './versions/versions.ts'
export { roleName } from './words.ts'

/**
 * Adds an officer with a password, by the house itself, as a demonstration does. Gives the password, which is changed
 * at the first sign-in unless it is the officer's own. Throws two-officers-needed where an officer or the command line
 * asks.
 */
export async function addOfficer(
  work: Work,
  { own, ...entered }: NewOfficer & { readonly own?: { readonly password: string } },
): Promise<{ officer: Officer; password: string }> {
  refuseOneHand(work)
  const password = own?.password ?? generatePassword()
  const hashed = await hashSecret(password)
  const officer = await enterOfficer(work, entered)
  await withCredentials(work, () => setPassword(work, officer.id, hashed, !own))
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

/** An officer leaves: no sign-in any more; what they did keeps their name. */
export async function dismissOfficer(work: Work, officerId: OfficerId): Promise<void> {
  if (isSelf(work, officerId)) throw staffProblem('own-appointment')
  const { unitId } = await getOfficer(work, officerId)
  await refuseHigher(work, officerId, unitId)
  await store.markLeft(work, officerId)
  await audit.record(work, 'officer.left', { kind: 'officer', id: officerId, unitId })
  await endSessionsOf(work, officerId, 'left')
}

/**
 * Ends all sessions of an officer of the work's units, as where their machine was lost. Gives how many there were.
 * Throws officer-unknown.
 */
export async function signOutOfficer(work: Work, officerId: OfficerId): Promise<number> {
  await getOfficer(work, officerId)
  return endSessionsOf(work, officerId, 'signed-out-by-another')
}

/** Sessions that ended before a moment: how many there are, and their removal, so many at most. */
export const endedSessions = {
  count: (work: Work, before: Date): Promise<number> => withCredentials(work, () => countSessionsEnded(work, before)),
  remove: (work: Work, before: Date, limit: number): Promise<number> =>
    withCredentials(work, () => deleteSessionsEnded(work, before, limit)),
}

/** Ends the sessions of all officers, by the command line. Gives how many there were. */
export async function signOutEverybody(work: Work): Promise<number> {
  const ended = await endEverySession(work)
  await audit.record(work, 'sessions.ended', { kind: 'house', id: 'officers' }, { ended })
  return ended
}

export type OfficerRecord = Officer & {
  /** Enough of phone and e-mail address for their owner to know them by. */
  readonly contact: Contact
  /** Whether they have a passkey or an app: who has none adds it at the first sign-in, or has a code by mail. */
  readonly hasSecondFactor: boolean
  readonly appointments: readonly (Appointment & { readonly standIns: readonly StandIn[] })[]
}

/** The officers of the work's units, with what they are and were appointed to. */
export async function officers(work: Work): Promise<OfficerRecord[]> {
  const known = await store.allOfficers(work)
  const appointments = await store.appointmentsOf(
    work,
    known.map(({ id }) => id),
  )
  const contacts = await store.contactsOf(
    work,
    known.map(({ id }) => id),
  )
  const withFactor = new Set(
    await officersWithFactor(
      work,
      known.map(({ id }) => id),
    ),
  )
  const contactOf = new Map(contacts.map(({ id, phone, email }) => [id, maskedContact(contactIn({ phone, email }))]))
  const standIns = await store.standInsOf(
    work,
    appointments.map(({ id }) => id),
  )
  const standInsBy = Map.groupBy(standIns, ({ appointmentId }) => appointmentId)
  const byOfficer = Map.groupBy(
    appointments.map(appointment => ({ ...appointment, standIns: standInsBy.get(appointment.id) ?? [] })),
    ({ officerId }) => officerId,
  )
  return known.map(officer => ({
    ...officer,
    contact: contactOf.get(officer.id) ?? {},
    hasSecondFactor: withFactor.has(officer.id),
    appointments: byOfficer.get(officer.id) ?? [],
  }))
}

/** Names of officers by id, as far as the work may see them: for histories and lists. */
export async function namesOf(work: Work, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = ids.length ? await store.officerNames(work, [...new Set(ids)]) : []
  return new Map(found.map(({ id, fullName }) => [id, fullName]))
}

/** Of some officers, those who are away on a day: they left, their posts are over by then, or another stands in. */
export const officersAway = (work: Work, ids: readonly Id<'officer'>[], day: Day): Promise<OfficerId[]> =>
  ids.length ? store.findOfficersAway(work, ids, day) : Promise.resolve([])

/** Whether an officer has a passkey or an app. */
export const hasSecondFactor = async (work: Work, officerId: OfficerId): Promise<boolean> =>
  (await officersWithFactor(work, [officerId])).length > 0

/** So many administrators are named at most. */
const mostToAsk = 3

/**
 * Who administers the officers of the work's own unit today, or else of the nearest unit above that has anybody who
 * does; by name alone, whoever asks: one's own administrator is no secret.
 */
export async function administratorsAbove(
  work: Work,
): Promise<readonly { readonly name: string; readonly role: Role; readonly unitName: string }[]> {
  if (!work.unitId) return []
  const path = await units.unitPath(work, work.unitId, work.today)
  const managing = roles.filter(role => mayDo(role, 'staff.manage'))
  const found = await withHouseScope(work, house =>
    store.holdersInUnits(
      house,
      path.map(({ id }) => id),
      managing,
    ),
  )
  const nearest = path.find(({ id }) =>
    found.some(({ unitId, officerId }) => unitId === id && officerId !== work.by.id),
  )
  return found
    .filter(({ unitId, officerId }) => unitId === nearest?.id && officerId !== work.by.id)
    .slice(0, mostToAsk)
    .map(({ fullName, role }) => ({ name: fullName, role, unitName: nearest?.name ?? '' }))
}

/**
 * For each of some units the nearest one, from itself upwards, where an officer has a right today; the topmost where
 * nobody has it. Names no officer, so that it is told to whoever asks.
 */
export async function nearestUnitsWithRight(
  work: Work,
  unitIds: readonly units.UnitId[],
  right: string,
): Promise<ReadonlyMap<units.UnitId, units.UnitId>> {
  const paths = await Promise.all(
    [...new Set(unitIds)].map(async id => ({ id, path: await units.unitPath(work, id, work.today) })),
  )
  const above = [...new Set(paths.flatMap(({ path }) => path.map(({ id }) => id)))]
  const holding = roles.filter(role => mayDo(role, right))
  const found = await withHouseScope(work, house => store.holdersInUnits(house, above, holding))
  const acting = new Set(found.map(({ unitId }) => unitId))
  return new Map(paths.map(({ id, path }) => [id, (path.find(one => acting.has(one.id)) ?? path.at(-1))?.id ?? id]))
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

/** The others who act today in the work's own unit, by name; with a right, those who have it there. */
export async function colleaguesOf(
  work: Work,
  right?: string,
): Promise<{ readonly id: OfficerId; readonly fullName: string }[]> {
  const isToday = ({ fromOn, toOn }: Pick<Appointment, 'fromOn' | 'toOn'>) =>
    (!fromOn || fromOn <= work.today) && (!toOn || work.today < toOn)
  const level = work.unitId && (await units.findUnit(work, work.unitId))?.level
  return (await officers(work)).filter(
    ({ id, left, appointments }) =>
      !left &&
      id !== work.by.id &&
      appointments.some(
        one =>
          one.unitId === work.unitId &&
          (right === undefined || mayDo(one.role, right)) &&
          isToday(one) &&
          level !== undefined &&
          levelsOn(one.role, work.today, work).includes(level),
      ),
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

/**
 * Whether an officer has a right today in one unit, in a post of their own, or of `forId` for whom they stand in: for
 * what they decided there and the house carries out later. Asked by the house.
 */
export async function actsStill(
  work: Work,
  officerId: OfficerId,
  { unitId, right, forId }: { readonly unitId: string; readonly right: string; readonly forId?: string | undefined },
): Promise<boolean> {
  const officer = await store.findOfficer(work, officerId)
  if (!officer || officer.left) return false
  return (await postsOf(work, officer.id)).some(
    post => post.unitId === unitId && post.standIn?.forId === forId && mayDo(post.role, right),
  )
}

export type DemonstrationUnits = {
  readonly provinceUnitId: units.UnitId
  readonly districtUnitId: units.UnitId
  readonly communeUnitId: units.UnitId
  readonly otherDistrictUnitId: units.UnitId
  readonly otherCommuneUnitId?: units.UnitId | undefined
  /** A school of the commune. */
  readonly schoolId?: units.SchoolId | undefined
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
    school: demonstrationUnits.schoolId && demonstrationUnits.communeUnitId,
  }
  const made: DemonstrationSignIn[] = []
  for (const [login, fullName, role, place] of cast) {
    const unitId = unitAt[place]
    if (!unitId) continue
    const own = { password: generatePassword() }
    const { officer } = await addOfficer(work, { login, fullName, unitId, own })
    const at = { unitId, ...(place === 'school' && { schoolId: demonstrationUnits.schoolId }) }
    await appoint(work, { officerId: officer.id, role, ...at })
    const signIn = { login, password: own.password, role, name: officer.fullName, unitId }
    await registerDemonstrationKey(work, officer.id, signIn)
    made.push(signIn)
  }
  return made
}

/** An officer by login, as far as the work may see them. Throws officer-unknown. */
export async function getByLogin(work: Work, login: string): Promise<Officer> {
  const officer = await store.findOfficerByLogin(work, login.trim().toLowerCase())
  if (!officer) throw staffProblem('officer-unknown')
  return officer
}

/** Where an officer is reached, for a message to them. */
export async function contactOf(work: Work, officerId: OfficerId): Promise<Contact> {
  const [row] = await store.contactsOf(work, [officerId])
  return row ? contactIn(row) : {}
}
