import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { staffProblem } from '../../staff/contract.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { type Hour, minutesOf } from '../hour.ts'
import { usualWorkingHours } from '../law.ts'
import { planningProblem } from '../problems.ts'
import type { KitId, SiteId, TeamId, TeamSession } from '../session.ts'
import * as sessions from '../store-session.ts'
import type { WorkingHours } from '../working-hours.ts'
import type { ClosedDay, Kit, Site, SiteKind, Team, TeamMember } from './site.ts'
import * as store from './store.ts'

/** Sites, teams and machines: what a session is made of. */

async function refuseUnitOutside(work: Work, unitId: units.UnitId): Promise<void> {
  await units.getUnit(work, unitId)
  if (work.scope !== 'house' && (work.scope === 'none' || !work.scope.units.includes(unitId)))
    throw staffProblem('unit-outside-scope')
}

/** The units that a calendar of a unit takes in: itself and all below, as far as the work sees. */
export const unitsBelow = async (work: Work, unitId: units.UnitId, day: Day = work.today): Promise<units.UnitId[]> =>
  (await units.subtreeOn(work, unitId, day)).map(({ id }) => id)

export type SiteInput = {
  /** Left out for a school: the unit in which it stands. */
  readonly unitId?: units.UnitId | undefined
  readonly kind: SiteKind
  readonly schoolId?: Id<'school'> | undefined
  /** Left out for a school: the school's own. */
  readonly name?: string | undefined
  readonly address?: string | undefined
  readonly opensAt: Hour
  readonly closesAt: Hour
}

/** Enters a place at which sessions can be held. Throws hours-reversed, site-known, unit-outside-scope. */
export async function createSite(
  work: Work,
  { unitId, kind, schoolId, name, address, opensAt, closesAt }: SiteInput,
): Promise<Site> {
  if (minutesOf(closesAt) <= minutesOf(opensAt)) throw planningProblem('hours-reversed')
  const school = kind === 'school' && schoolId ? await units.getSchool(work, schoolId) : undefined
  const inUnit = school?.unitId ?? unitId ?? work.unitId
  if (!inUnit || (kind === 'school' && !school)) throw planningProblem('site-unknown')
  await refuseUnitOutside(work, inUnit)
  const site: Site = {
    id: newId<'site'>(work.now),
    unitId: inUnit,
    kind,
    ...(school && { schoolId: school.id }),
    name: name?.trim() || school?.name || (await units.unitName(work, inUnit)),
    ...(address?.trim() && { address: address.trim() }),
    opensAt,
    closesAt,
  }
  if (!(await store.insertSite(work, site))) throw planningProblem('site-known')
  await audit.record(
    work,
    'site.created',
    { kind: 'site', id: site.id, unitId: inUnit },
    { kind, ...(school && { school: school.id }) },
  )
  return site
}

export async function getSite(work: Work, id: SiteId): Promise<Site> {
  const site = await store.findSite(work, id)
  if (!site) throw planningProblem('site-unknown')
  return site
}

/** Closes a site for a day. Returns the sessions planned there on that day, which a planner has to move. */
export async function closeSiteForDay(
  work: Work,
  siteId: SiteId,
  { day, why, note }: Pick<ClosedDay, 'day' | 'why' | 'note'>,
): Promise<readonly TeamSession[]> {
  const { unitId } = await getSite(work, siteId)
  await store.insertClosedDay(work, { siteId, unitId, day, why, note })
  await audit.record(work, 'site.closed-on', { kind: 'site', id: siteId, unitId }, { day, why })
  return sessions.sessionsAtSite(work, siteId, day)
}

/** Takes that back. */
export async function reopenSiteForDay(work: Work, siteId: SiteId, day: Day): Promise<void> {
  const { unitId } = await getSite(work, siteId)
  await store.deleteClosedDay(work, siteId, day)
  await audit.record(work, 'site.opened-on', { kind: 'site', id: siteId, unitId }, { day })
}

export type TeamInput = {
  readonly unitId: units.UnitId
  readonly name: string
  readonly colour: number
  readonly members?: readonly TeamMember[] | undefined
}

/** Makes a team. Throws team-name-taken, officer-unknown, unit-outside-scope. */
export async function createTeam(work: Work, { unitId, name, colour, members = [] }: TeamInput): Promise<Team> {
  await refuseUnitOutside(work, unitId)
  await refuseUnknownOfficers(
    work,
    members.map(({ officerId }) => officerId),
  )
  const team: Team = { id: newId<'team'>(work.now), unitId, name: name.trim(), colour, members }
  if (!(await store.insertTeam(work, team))) throw planningProblem('team-name-taken')
  await store.setMembers(work, team, members)
  await audit.record(work, 'team.created', { kind: 'team', id: team.id, unitId }, { members })
  return team
}

export async function refuseUnknownOfficers(work: Work, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const known = new Set((await staff.officers(work)).filter(({ left }) => !left).map(({ id }) => id as string))
  if (!ids.every(id => known.has(id))) throw staffProblem('officer-unknown')
}

export async function getTeam(work: Work, id: TeamId): Promise<Team> {
  const [team] = await store.findTeams(work, [id])
  if (!team) throw planningProblem('team-unknown')
  return team
}

/** Says who is of a team from now on; sessions that are planned keep whom they have. */
export async function setTeamMembers(work: Work, id: TeamId, members: readonly TeamMember[]): Promise<Team> {
  const team = await getTeam(work, id)
  await refuseUnitOutside(work, team.unitId)
  await refuseUnknownOfficers(
    work,
    members.map(({ officerId }) => officerId),
  )
  await store.setMembers(work, team, members)
  await audit.record(work, 'team.changed', { kind: 'team', id, unitId: team.unitId }, { members })
  return { ...team, members }
}

/** A team is no more from today on; sessions that are planned keep it. */
export async function dissolveTeam(work: Work, id: TeamId): Promise<void> {
  const { unitId } = await getTeam(work, id)
  await refuseUnitOutside(work, unitId)
  await store.setTeamEnded(work, id)
  await audit.record(work, 'team.ended', { kind: 'team', id, unitId })
}

/** Enters a machine. Throws kit-code-taken, unit-outside-scope. */
export async function createKit(
  work: Work,
  input: { unitId: units.UnitId; code: string; perHour?: number | undefined },
): Promise<Kit> {
  await refuseUnitOutside(work, input.unitId)
  const kit: Kit = {
    id: newId<'kit'>(work.now),
    unitId: input.unitId,
    code: input.code.trim(),
    state: 'ready',
    perHour: input.perHour,
  }
  if (!(await store.insertKit(work, kit))) throw planningProblem('kit-code-taken')
  await audit.record(work, 'kit.created', { kind: 'kit', id: kit.id, unitId: kit.unitId }, { code: kit.code })
  return kit
}

/** Machines by id, in that order. Throws kit-unknown. */
export async function getKits(work: Work, ids: readonly KitId[]): Promise<Kit[]> {
  const found = new Map((await store.findKits(work, ids)).map(kit => [kit.id, kit]))
  return ids.map(id => {
    const kit = found.get(id)
    if (!kit) throw planningProblem('kit-unknown')
    return kit
  })
}

/**
 * Says that a machine is ready, in repair (until a day, where it is known), or no longer used. Gives back the sessions
 * that count on it meanwhile.
 */
export async function changeKitState(
  work: Work,
  id: KitId,
  { state, repairUntil }: Pick<Kit, 'state' | 'repairUntil'>,
): Promise<readonly TeamSession[]> {
  const [kit] = await getKits(work, [id])
  if (!kit) throw planningProblem('kit-unknown')
  await refuseUnitOutside(work, kit.unitId)
  const until = state === 'repair' ? repairUntil : undefined
  await store.updateKitState(work, { ...kit, state, repairUntil: until })
  await audit.record(work, 'kit.changed', { kind: 'kit', id, unitId: kit.unitId }, { state, ...(until && { until }) })
  return state === 'ready' ? [] : sessions.sessionsWithKit(work, id, until)
}

/** The hours of a unit on a day: its own, or those of the nearest unit above that has said any. */
export async function getWorkingHours(work: Work, unitId: units.UnitId, day: Day): Promise<WorkingHours> {
  const path = await units.unitPath(work, unitId, day)
  const said = await store.findWorkingHours(
    work,
    path.map(({ id }) => id),
    day,
  )
  return path.map(({ id }) => said.get(id)).find(hours => hours !== undefined) ?? ruleOn(usualWorkingHours, day, work)
}

/** Sets a unit's hours from today on. Throws hours-reversed, unit-outside-scope. */
export async function setWorkingHoursOf(work: Work, unitId: units.UnitId, hours: WorkingHours): Promise<void> {
  await refuseUnitOutside(work, unitId)
  const { morningFrom, morningTo, afternoonFrom, afternoonTo } = hours
  if (!(morningFrom < morningTo && morningTo <= afternoonFrom && afternoonFrom < afternoonTo))
    throw planningProblem('hours-reversed')
  await store.upsertWorkingHours(work, unitId, hours)
  await audit.record(work, 'working-hours.changed', { kind: 'unit', id: unitId, unitId }, { ...hours })
}
