import type { InstanceDemand } from '../optimiser/instance.ts'
import type { LateDemand, Plan, PlannedRoute, PlanObjective } from '../optimiser/plan.ts'
import { isSameKm } from './chain.ts'
import type { Report } from './fault.ts'
import { meets, readStretch } from './hours.ts'
import type { Known } from './known.ts'
import { routeOvertime, tiny, travelOf } from './route.ts'

/** What a plan comes to: whom it serves, what it costs, and what its file says of that. */

export type ServedSum = { readonly inTime: number; readonly served: number }

/** Of each demand, the people who are served, and of them those by their last day. */
export function servedByDemand(known: Known, routes: readonly PlannedRoute[]): Map<string, ServedSum> {
  const sums = new Map<string, ServedSum>()
  for (const { day, sessions } of routes)
    for (const { demand, people } of sessions.flatMap(({ serves }) => serves)) {
      const lastDay = known.demands.get(demand)?.lastDay
      if (lastDay === undefined) continue
      const { inTime, served } = sums.get(demand) ?? { inTime: 0, served: 0 }
      sums.set(demand, { inTime: inTime + (day <= lastDay ? people : 0), served: served + people })
    }
  return sums
}

/** People of a demand who are not served by their last day, and of these not at all. */
function leftOf({ id, people }: InstanceDemand, served: ReadonlyMap<string, ServedSum>) {
  const sum = served.get(id) ?? { inTime: 0, served: 0 }
  return { late: Math.max(0, people - sum.inTime), unserved: Math.max(0, people - sum.served) }
}

/** An announced session is kept by whoever holds one at its site, on its day, in its shift (rule 9). */
export const keptKey = (site: string, day: string, shift: string) => JSON.stringify([site, day, shift])

export const heldKeys = (routes: readonly PlannedRoute[]): Set<string> =>
  new Set(routes.flatMap(({ day, sessions }) => sessions.map(({ site, shift }) => keptKey(site, day, shift))))

/** The objective, from the routes alone. */
export function objectiveOf(known: Known, routes: readonly PlannedRoute[]): PlanObjective {
  const { prices, announced, demands } = known.instance
  const served = servedByDemand(known, routes)
  const left = demands.map(demand => leftOf(demand, served))
  const held = heldKeys(routes)
  const sumOver = (amountOf: (route: PlannedRoute) => number) => routes.reduce((sum, route) => sum + amountOf(route), 0)

  const travelMinutes = sumOver(route => route.officers.length * travelOf(route))
  const overtimeMinutes = sumOver(route => {
    const day = known.days.get(route.day)
    return day ? route.officers.length * routeOvertime(day, route) : 0
  })
  const latePeople = left.reduce((sum, { late }) => sum + late, 0)
  const unservedPeople = left.reduce((sum, { unserved }) => sum + unserved, 0)
  const movedSessions = announced.filter(({ site, day, shift }) => !held.has(keptKey(site, day, shift))).length
  const total =
    travelMinutes +
    overtimeMinutes +
    prices.latePerson * latePeople +
    prices.unservedPerson * unservedPeople +
    prices.movedSession * movedSessions
  const km = sumOver(({ legs }) => legs.reduce((sum, leg) => sum + leg.km, 0))
  return { total, travelMinutes, overtimeMinutes, latePeople, unservedPeople, movedSessions, km }
}

export function checkObjective({ objective: stated }: Plan, found: PlanObjective, report: Report): void {
  for (const [name, value] of Object.entries(found) as [keyof PlanObjective, number][]) {
    const isSame = name === 'km' ? isSameKm(stated[name], value) : Math.abs(stated[name] - value) <= tiny
    if (!isSame) report('objective-number', `${name} is ${stated[name]}, and the routes come to ${value}`)
  }
}

/** The bound is below what the plan comes to, and the gap is the share between them. */
export function checkBound({ bound, gap }: Plan, found: PlanObjective, report: Report): void {
  if (!bound) {
    if (gap !== undefined) report('gap-number', `a gap of ${gap} is stated without a bound`)
    return
  }
  const minutes = found.travelMinutes + found.overtimeMinutes
  const pairs: readonly (readonly [name: string, bound: number, value: number])[] = [
    ['total', bound.total, found.total],
    ['latePeople', bound.latePeople, found.latePeople],
    ['minutes', bound.minutes, minutes],
  ]
  for (const [name, below, value] of pairs)
    if (below > value + tiny) report('bound-above', `the bound of ${name} is ${below}, and the plan has ${value}`)

  const share = found.total > 0 ? (found.total - bound.total) / found.total : 0
  if (gap === undefined && found.total > 0) report('gap-number', 'a bound is stated without its gap')
  if (gap !== undefined && Math.abs(gap - share) > gapRounding)
    report('gap-number', `the gap is ${gap}, and comes to ${share}`)
}

/** A file may round the gap to a hundredth of a per cent. */
const gapRounding = 1e-4

/** The list of those who are late: each demand once that leaves somebody, with its numbers, and no other. */
export function checkLateList(known: Known, plan: Plan, report: Report): void {
  const served = servedByDemand(known, plan.routes)
  const listed = Map.groupBy(plan.late, ({ demand }) => demand)
  for (const [id, entries] of listed) {
    if (!known.demands.has(id)) report('unknown-name', `the instance has no demand ${id}`)
    if (entries.length > 1) report('late-list', `${id} is listed ${entries.length} times`)
  }
  for (const demand of known.instance.demands) {
    const entry = listed.get(demand.id)?.[0]
    const { late, unserved } = leftOf(demand, served)
    if (!entry) {
      if (late > 0) report('late-list', `${demand.id} leaves ${late} people late, and is not listed`)
      continue
    }
    if (late === 0) report('late-list', `${demand.id} is listed, and nobody of it is late`)
    else if (entry.late !== late || entry.unserved !== unserved)
      report(
        'late-list',
        `${demand.id}: ${late} late and ${unserved} unserved, listed ${entry.late}, ${entry.unserved}`,
      )
    if (entry.site !== demand.site || entry.kind !== demand.kind || entry.lastDay !== demand.lastDay)
      report('late-list', `${demand.id} is ${demand.kind} at ${demand.site} by ${demand.lastDay}, listed otherwise`)
    if (late > 0) checkReason(known, { demand, entry }, report)
  }
}

/**
 * Of the reasons, the one that the instance alone decides: a site that no shift finds open by the last day is
 * 'never-open', and one that is open on a day of work is not.
 */
function checkReason(
  known: Known,
  { demand, entry }: { readonly demand: InstanceDemand; readonly entry: LateDemand },
  report: Report,
): void {
  const site = known.sites.get(demand.site)
  if (!site) return
  const days = known.instance.days.filter(({ day }) => day <= demand.lastDay)
  const shifts = [...known.shifts.values()]
  const openDays = days.filter(({ day }) =>
    known.openOn(site, day).some(stretch => shifts.some(shift => meets(stretch, shift))),
  )
  if (openDays.length === 0 && entry.why !== 'never-open')
    report('late-reason', `${demand.id}: ${entry.why}, though ${site.id} is not open by ${demand.lastDay}`)
  const isOpenAtWork = openDays.some(({ day, ordinary }) =>
    known.openOn(site, day).some(stretch => ordinary.some(hours => meets(stretch, readStretch(hours)))),
  )
  if (isOpenAtWork && entry.why === 'never-open')
    report('late-reason', `${demand.id}: never-open, though ${site.id} is open in ordinary hours by ${demand.lastDay}`)
}
