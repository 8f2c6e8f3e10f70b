import { createHash } from 'node:crypto'
import { indexInstance } from '../plan-check/known.ts'
import { objectiveOf } from '../plan-check/sums.ts'
import { type PlanInstance, planFormat } from './instance.ts'
import type { LateDemand, LateReason, Plan, PlannedRoute } from './plan.ts'

/** A whole plan of routes that a test has: with the sums that the checker finds, and a mark of the instance. */
export function planOfRoutes(
  instance: PlanInstance,
  routes: readonly PlannedRoute[],
  made: Partial<Plan['made']> = {},
): Plan {
  return {
    format: planFormat,
    instance: { name: instance.name, sha256: createHash('sha256').update(sortedText(instance)).digest('hex') },
    made: { seed: 0, seconds: 0, stopped: false, ...made },
    objective: objectiveOf(indexInstance(instance), routes),
    routes,
    late: lateOf(instance, routes),
  }
}

const sortedText = (value: unknown): string =>
  JSON.stringify(value, (_, one) =>
    one && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )

function lateOf(instance: PlanInstance, routes: readonly PlannedRoute[]): LateDemand[] {
  const served = new Map<string, { inTime: number; served: number }>()
  for (const route of routes)
    for (const { demand, people, lastDay } of route.sessions.flatMap(({ serves }) => serves)) {
      const sum = served.get(demand) ?? { inTime: 0, served: 0 }
      served.set(demand, { inTime: sum.inTime + (route.day <= lastDay ? people : 0), served: sum.served + people })
    }
  return instance.demands.flatMap(({ id, site, kind, lastDay, people }) => {
    const sum = served.get(id) ?? { inTime: 0, served: 0 }
    const [late, unserved] = [people - sum.inTime, people - sum.served]
    return late > 0 ? [{ demand: id, site, kind, lastDay, late, unserved, why: whyLate(instance, site, lastDay) }] : []
  })
}

/** The two reasons that nobody has to search for. */
function whyLate(instance: PlanInstance, site: string, lastDay: string): LateReason {
  const known = indexInstance(instance)
  const at = known.sites.get(site)
  const isOpen = at && instance.days.some(({ day }) => day <= lastDay && known.openOn(at, day).length > 0)
  return isOpen ? 'not-worth' : 'never-open'
}
