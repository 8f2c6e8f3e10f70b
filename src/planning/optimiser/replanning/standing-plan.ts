import { type AnnouncedSession, type PlanInstance, planFormat } from '../instance.ts'
import { instanceHash } from '../instance-hash.ts'
import type { Plan, PlannedRoute } from '../plan.ts'
import { compile } from '../solving/compile.ts'
import type { Route } from '../solving/schedule.ts'
import { writePlan } from '../solving/write-plan.ts'
import { indexPlanNames, survivingRoute } from './surviving-routes.ts'

/**
 * The plan in force, of the sessions that stand: whoever planned them, as far as they go together by the rules. It is
 * what a replan begins with.
 */

/** As much as an order of its day allows. */
const anyOvertime = 24 * 60

/** What one team is to do on one day, in the order of its hours. */
function standingRoute(
  sessions: readonly AnnouncedSession[],
  kindsAt: ReadonlyMap<string, readonly string[]>,
): PlannedRoute {
  const inOrder = sessions.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const [first, last] = [inOrder[0], inOrder.at(-1)]
  return {
    team: first?.team ?? '',
    day: first?.day ?? '',
    officers: [...new Set(inOrder.flatMap(({ officers }) => officers))],
    kits: [...new Set(inOrder.flatMap(({ kits }) => kits))],
    departs: first?.from ?? '',
    returns: last?.to ?? '',
    travelMinutes: 0,
    overtimeMinutes: anyOvertime,
    legs: [],
    sessions: inOrder.map(({ id, site, shift, from, to, kits }) => ({
      ...{ id, site, shift, from, to, kits, keeps: id, serves: [] },
      kinds: (kindsAt.get(site) ?? []) as PlannedRoute['sessions'][number]['kinds'],
    })),
  }
}

/** Nobody and no kit is on two routes of a day: who comes later goes without. */
function apartFrom(taken: Set<string>, planned: PlannedRoute): PlannedRoute {
  const free = (ids: readonly string[]) => ids.filter(id => !taken.has(`${planned.day} ${id}`))
  const route = { ...planned, officers: free(planned.officers), kits: free(planned.kits) }
  for (const id of [...route.officers, ...route.kits]) taken.add(`${planned.day} ${id}`)
  return route
}

export function standingPlan(instance: PlanInstance): Plan {
  const given = compile(instance)
  const index = indexPlanNames(given)
  const kindsAt = new Map(
    [...Map.groupBy(instance.demands, ({ site }) => site)].map(([site, demands]) => [
      site,
      [...new Set(demands.map(({ kind }) => kind))],
    ]),
  )
  const taken = new Set<string>()
  const ofTeamDays = Map.groupBy(instance.announced, ({ team, day }) => `${day} ${team}`)
  const routes = [...ofTeamDays.values()].flatMap((sessions): Route[] => {
    const route = survivingRoute(given, index, apartFrom(taken, standingRoute(sessions, kindsAt)))
    return route ? [route] : []
  })
  return {
    format: planFormat,
    instance: { name: instance.name, sha256: instanceHash(instance) },
    made: { seed: 0, seconds: 0, stopped: false },
    ...writePlan(given, routes, { reasons: true }),
  }
}
