import type { Compiled } from '../solving/compile.ts'
import { costOf, type Route } from '../solving/schedule.ts'
import { Search } from '../solving/search.ts'
import type { TeamDayColumn } from './route-columns.ts'
import type { DayClass, KitClass, TeamDayClass } from './team-day-classes.ts'

/** Any will do, if it is always the same. */
const firstSeed = 1000

/** Steps of a search whose better plans give routes as well. */
const firstSteps = 1000

/**
 * Routes to begin with, so that the first prices are near the last ones: those of the plans of a short search. They
 * shorten the way to the bound and do not change it.
 */
export function firstColumns(
  given: Compiled,
  {
    dayClasses,
    teamDays,
    kits,
    totals,
  }: {
    readonly dayClasses: readonly DayClass[]
    readonly teamDays: readonly TeamDayClass[]
    readonly kits: readonly KitClass[]
    readonly totals: Float64Array
  },
): TeamDayColumn[] {
  const classOfDay = new Map(dayClasses.flatMap(({ days }, at) => days.map(day => [day, at] as const)))
  const teamDayAt = new Map(
    teamDays.map(({ base, officers, dayClass }, at) => [`${base}/${officers}/${dayClass}`, at] as const),
  )
  const kitClass = given.kits.map(({ store, speed, officers }) =>
    kits.findIndex(one => one.store === store && one.speed === speed && one.officers === officers),
  )
  const found: TeamDayColumn[] = []
  const search = new Search(given, firstSeed)
  search.fill(() => 0)
  const routes = new Set(search.best)
  search.run({
    progress: steps => steps / firstSteps,
    onBetter: better => {
      for (const route of better) routes.add(route)
    },
  })
  for (const route of routes) {
    const dayClass = classOfDay.get(route.day) ?? 0
    const base = given.teams[route.team]?.base ?? 0
    const there = (given.teams[route.team]?.officers ?? []).filter(
      one => given.officers[one]?.away[route.day] === 0,
    ).length
    const teamDay = teamDayAt.get(`${base}/${there}/${dayClass}`)
    if (teamDay === undefined) continue
    const period = dayClasses[dayClass]?.period ?? 0
    found.push({ teamDay, column: columnOf(search, route, { base, dayClass, kitClass, period, totals }) })
  }
  return found
}

function columnOf(
  { schedule }: Search,
  route: Route,
  {
    base,
    dayClass,
    kitClass,
    period,
    totals,
  }: { base: number; dayClass: number; kitClass: readonly number[]; period: number; totals: Float64Array },
): TeamDayColumn['column'] {
  const kits = new Map<number, number>()
  for (const kit of route.kits) kits.set(kitClass[kit] ?? 0, (kits.get(kitClass[kit] ?? 0) ?? 0) + 1)
  // As much as everybody at a site takes, no more.
  const gives = new Map<string, readonly [number, 0 | 1, number]>()
  route.sessions.forEach(({ site, shift, from, to }, at) => {
    const capacity = schedule.capacityOf(route, { from, to, withKits: route.withKits[at] ?? false, shift })
    for (const pool of [0, 1] as const) {
      const key = `${site}/${pool}`
      const before = gives.get(key)?.[2] ?? 0
      const most = totals[(period * 2 + pool) * schedule.given.sites.length + site] ?? 0
      const given = Math.min(most, before + (pool === 0 ? capacity.byKit : capacity.byOfficer))
      if (given > 0) gives.set(key, [site, pool, given])
    }
  })
  return {
    base,
    dayClass,
    officers: route.officers.length,
    minutes: costOf(route),
    overtime: route.officers.length * route.overtime,
    kits: [...kits],
    gives: [...gives.values()],
    stops: route.sessions.map(({ site, shift }) => ({ site, shift })),
    store: route.store,
  }
}
