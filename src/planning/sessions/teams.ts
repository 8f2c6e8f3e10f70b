import * as audit from '../../audit/audit.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import type * as units from '../../units/units.ts'
import { planningProblem } from '../problems.ts'
import type { TeamId } from '../session.ts'
import type { Team, TeamMember } from './site.ts'
import * as store from './store.ts'
import { refuseUnitOutside } from './unit-in-scope.ts'

/** Teams of officers and who is of each. */

export type TeamInput = {
  readonly unitId: units.UnitId
  readonly name: string
  readonly colour: number
  readonly members?: readonly TeamMember[] | undefined
}

/** Makes a team. Throws team-name-taken, officer-twice, officer-unknown, unit-outside-scope. */
export async function createTeam(work: Work, { unitId, name, colour, members = [] }: TeamInput): Promise<Team> {
  await refuseUnitOutside(work, unitId)
  await refuseWrongMembers(work, members)
  const team: Team = { id: newId<'team'>(work.now), unitId, name: name.trim(), colour, members }
  if (!(await store.insertTeam(work, team))) throw planningProblem('team-name-taken')
  await store.setMembers(work, team, members)
  await audit.record(work, 'team.created', { kind: 'team', id: team.id, unitId }, { members })
  return team
}

/** In a session an officer may have two turns; of a team they are once. Throws officer-twice, officer-unknown. */
async function refuseWrongMembers(work: Work, members: readonly TeamMember[]): Promise<void> {
  const ids = members.map(({ officerId }) => officerId)
  if (new Set(ids).size < ids.length) throw planningProblem('officer-twice')
  await refuseUnknownOfficers(work, ids)
}

/** Throws officer-unknown. */
export async function refuseUnknownOfficers(work: Work, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const known = new Set((await staff.officers(work)).filter(({ left }) => !left).map(({ id }) => id as string))
  if (!ids.every(id => known.has(id))) throw staff.staffProblem('officer-unknown')
}

/** The teams of some units. */
export async function listTeams(work: Work, unitIds: readonly units.UnitId[]): Promise<Team[]> {
  return (await store.findTeams(work)).filter(({ unitId }) => unitIds.includes(unitId))
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
  await refuseWrongMembers(work, members)
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
