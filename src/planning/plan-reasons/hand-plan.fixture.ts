import type { PlanInstance } from '../optimiser/instance.ts'
import type { Plan } from '../optimiser/plan.ts'
import { planOfRoutes } from '../optimiser/plan-of-routes.fixture.ts'
import { compile, overtimeOn } from '../optimiser/solving/compile.ts'
import { settleRoute, type TimedSession } from '../optimiser/solving/route.ts'
import type { Route } from '../optimiser/solving/schedule.ts'
import { routeKey, StandingPlan } from './standing-plan.ts'

/**
 * What people planned by hand, as a plan: each announced session at its hours with its officers and kits, the ways
 * between them as short as they are, and as many people as it can serve. It may break rules, which the checker tells.
 */
export function handPlanOf(instance: PlanInstance): Plan {
  const given = compile(instance)
  const standing = new StandingPlan(instance, planOfRoutes(instance, []))
  const at = (list: readonly { readonly id: string }[], id: string) => list.findIndex(one => one.id === id)
  const officers = instance.teams.flatMap(one => one.officers)
  const minuteOf = (hour: string) => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3, 5))
  const changes = new Map<string, Route>()
  for (const those of Map.groupBy(instance.announced, one => `${one.team} ${one.day}`).values()) {
    const sorted = those.toSorted((a, b) => minuteOf(a.from) - minuteOf(b.from))
    const [first] = sorted
    const day = standing.dayAt.get(first?.day ?? '')
    if (!first || day === undefined) continue
    const team = at(instance.teams, first.team)
    const kits = [...new Set(sorted.flatMap(one => one.kits))].map(id => at(instance.kits, id))
    const base = given.teams[team]?.base ?? 0
    const store = given.kits[kits[0] ?? -1]?.store ?? base
    const sessions = sorted.map(
      (one): TimedSession => ({
        site: at(instance.sites, one.site),
        shift: at(instance.shifts, one.shift),
        from: minuteOf(one.from),
        to: minuteOf(one.to),
      }),
    )
    const frame = { day, base, store: store === base ? -1 : store, earliest: 0, latest: 24 * 60, overtime: 24 * 60 }
    const [departs, returns] = [sessions[0]?.from ?? 0, sessions.at(-1)?.to ?? 0]
    const today = given.days[day]
    const overtime = today ? overtimeOn(today, departs, returns) : 0
    changes.set(routeKey(team, day), {
      team,
      day,
      officers: [...new Set(sorted.flatMap(one => one.officers))].map(id => at(officers, id)).filter(one => one >= 0),
      kits,
      store: frame.store,
      withKits: sorted.map(one => one.kits.length > 0),
      ...(settleRoute(given, frame, sessions) ?? { sessions, departs, returns, travel: 0, overtime, km: 0 }),
    })
  }
  return planOfRoutes(instance, standing.changed(changes).routes)
}
