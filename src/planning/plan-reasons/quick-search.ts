import type { Compiled } from '../optimiser/solving/compile.ts'
import { type Route, Schedule } from '../optimiser/solving/schedule.ts'
import { Search } from '../optimiser/solving/search.ts'
import { TeamDays } from '../optimiser/solving/team-day.ts'
import { leastTravel } from '../optimiser/solving/travel.ts'

/**
 * A short search from a plan as it stands: each team-day is filled anew and stands where the plan becomes better, those
 * of the days given first; then some steps of the large one. The same plan gives the same result.
 */

/** Sites looked at closely for one team-day. */
const width = 12

/** Any will do, if it is always the same. */
const seed = 1

export type QuickLimits = { readonly days: readonly number[]; readonly steps: number }

export function searchOn(given: Compiled, routes: readonly Route[], { days, steps }: QuickLimits): readonly Route[] {
  const swept = sweep(given, routes, days)
  if (steps === 0) return swept
  const search = new Search(given, seed)
  search.startFrom(swept)
  search.run({ progress: step => step / steps })
  return search.best
}

function sweep(given: Compiled, routes: readonly Route[], days: readonly number[]): readonly Route[] {
  const schedule = new Schedule(given)
  for (const route of routes) schedule.put(route)
  const teamDays = new TeamDays(schedule, leastTravel(given))
  const others = [...given.days.keys()].filter(day => !days.includes(day))
  for (const day of [...days, ...others])
    for (const team of given.teams.keys()) {
      const before = schedule.value
      const former = schedule.routeOf(team, day)
      if (former) schedule.take(former)
      const found = teamDays.best(team, day, { width, noise: 0, random: () => 0 })
      if (found) schedule.put(found)
      if (schedule.value > before + 1e-6) continue
      if (found) schedule.take(found)
      if (former) schedule.put(former)
    }
  return schedule.routes.filter(route => route !== undefined)
}
