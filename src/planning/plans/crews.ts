import { type Day, daysFrom } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import type { UnitId } from '../../units/units.ts'
import { officersAKit } from '../law.ts'
import type { InstanceKit, InstanceOfficer, InstanceTeam } from '../optimiser/instance.ts'
import { listKits } from '../sessions/kits.ts'
import { isInRepairOn, type Team } from '../sessions/site.ts'
import { listTeams } from '../sessions/teams.ts'
import { findOvertimeByMonth, type OvertimeBefore } from './store-instance.ts'
import type { Throughput } from './throughput.ts'

/** Teams with their officers, and machines, as far as they can go out in the days of a plan. */

type CrewQuestion = {
  readonly unitIds: readonly UnitId[]
  readonly from: Day
  readonly to: Day
  /** Days on which an officer or a machine is at a session that the plan does not move. */
  readonly elsewhere: ReadonlyMap<string, readonly Day[]>
  /** The place of a unit. */
  readonly placeOf: (unitId: UnitId) => string
}

/**
 * Who left, whose posts are over and for whom another stands in is away; who is away on all days is left out, and so is
 * a team without officers. Who is of two teams counts in the first by name: an officer belongs to one.
 */
export async function readPlanTeams(work: Work, asked: CrewQuestion): Promise<InstanceTeam[]> {
  const days = daysFrom(asked.from, asked.to)
  const teams = withoutSecondTeams(await listTeams(work, asked.unitIds))
  const ids = teams.flatMap(({ members }) => members.map(({ officerId }) => officerId))
  const names = await staff.namesOf(work, ids)
  const away = new Map<string, Day[]>()
  for (const day of days)
    for (const id of await staff.officersAway(work, ids, day)) away.set(id, [...(away.get(id) ?? []), day])
  const before = Map.groupBy(await findOvertimeByMonth(work, ids, asked), ({ officerId }) => officerId as string)

  const officerOf = (id: string): InstanceOfficer => {
    const gone = new Set([...(away.get(id) ?? []), ...(asked.elsewhere.get(id) ?? [])])
    return { id, name: names.get(id) ?? '', away: [...gone].sort(), ...sumsBefore(before.get(id) ?? []) }
  }
  return teams.flatMap(({ id, name, unitId, members }): InstanceTeam[] => {
    const officers = members
      .map(({ officerId }) => officerOf(officerId))
      .filter(officer => officer.away.length < days.length)
    const place = asked.placeOf(unitId)
    return officers.length > 0 ? [{ id, name, unit: place, base: place, officers }] : []
  })
}

function withoutSecondTeams(teams: readonly Team[]): Team[] {
  const seen = new Set<string>()
  return teams.map(team => {
    const members = team.members.filter(({ officerId }) => !seen.has(officerId))
    for (const { officerId } of members) seen.add(officerId)
    return { ...team, members }
  })
}

/** Overtime by month and year, rest days by month. */
function sumsBefore(rows: readonly OvertimeBefore[]): Pick<InstanceOfficer, 'overtimeBefore' | 'restDaysBefore'> {
  const overtimeBefore: Record<string, number> = {}
  for (const { month, minutes } of rows)
    for (const period of [month, month.slice(0, 4)]) overtimeBefore[period] = (overtimeBefore[period] ?? 0) + minutes
  const worked = rows.filter(({ restDays }) => restDays > 0)
  return { overtimeBefore, restDaysBefore: Object.fromEntries(worked.map(({ month, restDays }) => [month, restDays])) }
}

/** Machines with the days on which they are in repair; those that are so on all days are left out. */
export async function readPlanKits(work: Work, asked: CrewQuestion, pace: Throughput): Promise<InstanceKit[]> {
  const days = daysFrom(asked.from, asked.to)
  const officers = ruleOn(officersAKit, asked.from, work)
  return (await listKits(work, asked.unitIds)).flatMap((kit): InstanceKit[] => {
    const gone = new Set([...days.filter(day => isInRepairOn(kit, day)), ...(asked.elsewhere.get(kit.id) ?? [])])
    if (gone.size >= days.length) return []
    return [
      {
        id: kit.id,
        name: kit.code,
        store: asked.placeOf(kit.unitId),
        speedPercent: pace.speedPercent(kit),
        officers,
        away: [...gone].sort(),
      },
    ]
  })
}

/** The same, away on more days. */
export const awayToo = <Crew extends { readonly id: string; readonly away: readonly string[] }>(
  crew: Crew,
  days: ReadonlyMap<string, readonly Day[]>,
): Crew => ({ ...crew, away: [...new Set([...crew.away, ...(days.get(crew.id) ?? [])])].sort() })
