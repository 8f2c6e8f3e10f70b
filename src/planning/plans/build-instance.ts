import * as campaign from '../../campaign/campaign.ts'
import type { Day } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import {
  lastDayOfCalendar,
  leastOfficers,
  overtimeLimits,
  planPrices,
  restDaysAMonth,
  schoolHours,
  siteMinutes,
} from '../law.ts'
import { type InstanceSite, instanceFormat, type PlanInstance } from '../optimiser/instance.ts'
import type { ClosedDay, Site } from '../sessions/site.ts'
import { listSites } from '../sessions/sites.ts'
import { listTeams } from '../sessions/teams.ts'
import { getWorkingHours } from '../sessions/unit-hours.ts'
import { refuseUnitOutside, unitsBelow } from '../sessions/unit-in-scope.ts'
import { awayToo, readPlanKits, readPlanTeams } from './crews.ts'
import { type DemandQuestion, type DemandSite, demandsOf, type PlanDemands } from './demands.ts'
import { noOvertime, type OvertimeOrder, planDays, planShifts } from './plan-days.ts'
import { announcedIn, lentBy, readStandingSessions } from './standing-sessions.ts'
import { readThroughput, type Throughput } from './throughput.ts'
import { readPlanWays } from './ways.ts'

/**
 * The instance of a plan (docs/planning.md), made of what the house knows: sites and demands from counts of needs,
 * teams and machines, hours and orders, ways, and the sessions that stand already.
 */

export type PlanRequest = {
  readonly campaign: campaign.Campaign
  /** Itself and all below it; left out: the actor's own, or the campaign's. */
  readonly unitId?: units.UnitId | undefined
  readonly from: Day
  readonly to: Day
  readonly overtime?: OvertimeOrder | undefined
}

/** What stands behind an instance, and what is not in it. */
export type InstanceNotes = {
  /** Ways that a file told; all others are estimates from the map. Pairs of places. */
  readonly toldWays: readonly (readonly [string, string])[]
  readonly estimatedWays: number
  /** Places that lie on no map. */
  readonly unplaced: readonly string[]
  /** Closed sessions that were looked at, and what of them replaces an assumption. */
  readonly heldSessions: number
  readonly measured: Throughput['measured']
  /** Members in need who live in none of the plan's units. */
  readonly elsewhere: number
  /** Sites that are entered when the plan is accepted. */
  readonly sitesToEnter: readonly string[]
  /** Sessions that stand and are of a team or in hours that the plan does not know. */
  readonly notAnnounced: readonly string[]
  /** Teams of which no officer can go out in these days: nobody is of them, or all are away. */
  readonly teamsLeftOut: readonly string[]
}

export type BuiltInstance = { readonly instance: PlanInstance; readonly notes: InstanceNotes }

export const buildInstance = async (work: Work, request: PlanRequest): Promise<PlanInstance> =>
  (await buildInstanceWithNotes(work, request)).instance

/** Throws input-invalid where the days are reversed, past or more than a calendar has; needs-not-counted. */
export async function buildInstanceWithNotes(work: Work, request: PlanRequest): Promise<BuiltInstance> {
  const { campaign: one, from, to } = request
  if (to < from || to > lastDayOfCalendar(from) || from < work.today)
    throw requestProblem('input-invalid', { wrong: [{ field: from < work.today ? 'from' : 'to' }] })
  const unitId = request.unitId ?? work.unitId ?? one.unitId
  await refuseUnitOutside(work, unitId)
  const unitIds = await unitsBelow(work, unitId, from)
  const names = new Map(await Promise.all(unitIds.map(async id => [id, await units.getUnit(work, id)] as const)))
  const placeOf = (id: units.UnitId) => names.get(id)?.code ?? ''

  const { sites, closedDays } = await listSites(work, unitIds, { from, to })
  const pace = await readThroughput(work, unitIds)
  const nameOf = (id: units.UnitId) => names.get(id)?.name ?? ''
  const demanded = await readDemands(work, request, { unitId, unitIds, sites, nameOf, minutesEach: pace.minutesEach })
  const standing = await readStandingSessions(work, { unitIds, from, to, campaignId: one.id, sites })
  const asked = { unitIds, from, to, elsewhere: standing.elsewhere, placeOf }
  const [ownTeams, ownKits] = [await readPlanTeams(work, asked), await readPlanKits(work, asked, pace)]
  const hours = await getWorkingHours(work, unitId, from)
  const shifts = planShifts(work, from, hours)
  const announced = announcedIn(standing.movable, { teams: ownTeams, kits: ownKits, shifts })
  const lent = lentBy(standing.movable, announced)
  const teams = ownTeams.map(team => ({ ...team, officers: team.officers.map(one => awayToo(one, lent)) }))
  const kits = ownKits.map(kit => awayToo(kit, lent))
  const order = request.overtime ?? noOvertime
  const days = planDays(work, {
    from,
    to,
    hours,
    order: { ...order, days: [...order.days, ...standing.orderedDays] },
  })

  const used = withAnnounced(demanded.sites, sites, announced)
  const codes = new Set([...used.map(site => placeOf(site.unitId)), ...teams.map(({ base }) => base)])
  for (const { store } of kits) codes.add(store)
  const { told, unplaced, ...ways } = await readPlanWays(
    work,
    unitIds.filter(id => codes.has(placeOf(id))),
    { from, to },
  )
  const instance: PlanInstance = {
    format: instanceFormat,
    name: `${one.name} ${from} ${to}`,
    from,
    to,
    ...limitsOn(from, work),
    shifts,
    days,
    ...ways,
    sites: used.map(site => instanceSite(site, { from, to, closedDays, work, place: placeOf(site.unitId) })),
    teams,
    kits,
    demands: demanded.demands,
    announced,
  }
  const roads = ways.travel.minutes.flat().filter(minutes => minutes !== null).length
  const notes: InstanceNotes = {
    toldWays: told,
    estimatedWays: roads - told.length,
    unplaced,
    heldSessions: pace.heldSessions,
    measured: pace.measured,
    elsewhere: demanded.elsewhere,
    sitesToEnter: used.filter(({ site }) => !site).map(({ name }) => name),
    notAnnounced: standing.movable.filter(({ id }) => !announced.some(kept => kept.id === id)).map(({ code }) => code),
    teamsLeftOut: (await listTeams(work, unitIds))
      .filter(({ id }) => !teams.some(team => team.id === id))
      .map(({ name }) => name),
  }
  return { instance, notes }
}

/** Prices, caps and least officers by the rules of the first day. */
function limitsOn(day: Day, work: Work): Pick<PlanInstance, 'prices' | 'caps' | 'leastOfficers'> {
  const { monthMinutes, yearMinutes } = ruleOn(overtimeLimits, day, work)
  const least = ruleOn(leastOfficers, day, work)
  return {
    prices: ruleOn(planPrices, day, work),
    caps: { monthMinutes, yearMinutes, restDaysAMonth: ruleOn(restDaysAMonth, day, work) },
    leastOfficers: {
      capture: least['card-and-account'],
      activation: least.activation,
      raising: least['raise-level'],
    },
  }
}

async function readDemands(
  work: Work,
  { campaign: one, from, to }: PlanRequest,
  known: Pick<DemandQuestion, 'sites' | 'nameOf' | 'minutesEach'> & {
    readonly unitId: units.UnitId
    readonly unitIds: readonly units.UnitId[]
  },
): Promise<PlanDemands> {
  const homes = await units.homesOn(work, known.unitId, from)
  const schools = await units.schoolsIn(work, [...homes.keys()], from)
  return demandsOf({
    ...known,
    counts: await campaign.countNeedsOfMembers(work, one.id),
    metrics: one.metrics,
    schools: new Map(schools.map(school => [school.id as string, school])),
    homes,
    lastDays: await campaign.lastDaysInUnits(work, one.id, known.unitIds),
    to,
  })
}

/** The sites of demands, and those of announced sessions besides. */
function withAnnounced(
  known: readonly DemandSite[],
  sites: readonly Site[],
  announced: PlanInstance['announced'],
): readonly DemandSite[] {
  const needed = new Set(announced.map(({ site }) => site))
  for (const { id } of known) needed.delete(id)
  const others = sites.flatMap((site): DemandSite[] =>
    needed.has(site.id) && site.kind !== 'home'
      ? [{ id: site.id, kind: site.kind, unitId: site.unitId, name: site.name, site }]
      : [],
  )
  return [...known, ...others]
}

function instanceSite(
  { id, kind, name, site }: DemandSite,
  {
    from,
    to,
    closedDays,
    work,
    place,
  }: {
    readonly from: Day
    readonly to: Day
    readonly closedDays: readonly ClosedDay[]
    readonly work: Work
    readonly place: string
  },
): InstanceSite {
  const minutes = ruleOn(siteMinutes, from, work)[kind]
  const { opensAt, closesAt } = site ?? schoolHours
  return {
    id,
    name,
    kind,
    place,
    unit: place,
    setUpMinutes: minutes.setUp,
    packMinutes: minutes.pack,
    open: [{ from, to, hours: [[opensAt, closesAt]] }],
    closed: closedDays
      .filter(({ siteId }) => siteId === id)
      .map(({ day, why, note }) => ({ from: day, to: day, why: note ?? why })),
  }
}
