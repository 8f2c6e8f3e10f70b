import type { PlannedRoute } from '../optimiser/plan.ts'
import type { Compiled } from '../optimiser/solving/compile.ts'
import type { Route } from '../optimiser/solving/schedule.ts'

const minuteOfPlanned = (hour: string): number => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3, 5))
const tenths = (km: number) => Math.round(km * 10) / 10

const plannedPlaces = <Id>(ids: readonly Id[]) => new Map(ids.map((id, at) => [id, at]))

/** Routes of a plan as the solver has them. Takes a plan of that very instance, in which every name is known. */
export function readPlannedRoutes(given: Compiled, routes: readonly PlannedRoute[]): Route[] {
  const { instance } = given
  const teamAt = plannedPlaces(instance.teams.map(({ id }) => id))
  const dayAt = plannedPlaces(instance.days.map(({ day }) => day))
  const siteAt = plannedPlaces(instance.sites.map(({ id }) => id))
  const shiftAt = plannedPlaces(instance.shifts.map(({ id }) => id))
  const kitAt = plannedPlaces(instance.kits.map(({ id }) => id))
  const officerAt = plannedPlaces(instance.teams.flatMap(({ officers }) => officers.map(({ id }) => id)))
  const at = (places: ReadonlyMap<string, number>, id: string) => {
    const found = places.get(id)
    if (found === undefined) throw new Error(`the plan names ${id}, which its instance does not have`)
    return found
  }
  return routes.map((route): Route => {
    const team = at(teamAt, route.team)
    const kits = route.kits.map(id => at(kitAt, id))
    return {
      team,
      day: at(dayAt, route.day),
      officers: route.officers.map(id => at(officerAt, id)),
      kits,
      store: storeOf(given, team, kits),
      withKits: route.sessions.map(session => session.kits.length > 0),
      sessions: route.sessions.map(({ site, shift, from, to }) => ({
        site: at(siteAt, site),
        shift: at(shiftAt, shift),
        from: minuteOfPlanned(from),
        to: minuteOfPlanned(to),
      })),
      departs: minuteOfPlanned(route.departs),
      returns: minuteOfPlanned(route.returns),
      travel: route.travelMinutes,
      overtime: route.overtimeMinutes,
      km: tenths(route.legs.reduce((sum, leg) => sum + leg.km, 0)),
    }
  })
}

/** Where kits are kept that are not at the team's base; else -1. */
export function storeOf({ kits: all, teams }: Compiled, team: number, kits: readonly number[]): number {
  const store = kits.map(kit => all[kit]?.store ?? -1)[0] ?? -1
  return store === teams[team]?.base ? -1 : store
}
