import type { InstanceDemand } from '../optimiser/instance.ts'
import type { LateReason } from '../optimiser/plan.ts'
import { lateReasonOf } from '../optimiser/solving/write-plan.ts'
import type { LateAtSite, LateLimit, LateReasons } from './reason.ts'
import type { StandingPlan } from './standing-plan.ts'

/** Whom a plan leaves late, and the first limit that nothing in it leaves free for them (docs/planning.md). */

const limitOf: Readonly<Record<LateReason, LateLimit>> = {
  'never-open': 'site-hours',
  'out-of-reach': 'way',
  'no-kit': 'kits',
  'no-officers': 'officers',
  overtime: 'overtime',
  'not-worth': 'price',
}

/** Looked for in the plan as it stands, whatever its file says of reasons. */
export function lateReasonsOf(standing: StandingPlan): LateReasons {
  const { plan, instance } = standing
  const served = new Map<string, { all: number; inTime: number }>()
  for (const { demand, people, inTime } of plan.routes.flatMap(one => one.sessions.flatMap(({ serves }) => serves))) {
    const sum = served.get(demand) ?? { all: 0, inTime: 0 }
    served.set(demand, { all: sum.all + people, inTime: sum.inTime + (inTime ? people : 0) })
  }
  const bySite = instance.demands.flatMap((demand): LateAtSite[] => {
    const { id, site, kind, lastDay, people } = demand
    const { all, inTime } = served.get(id) ?? { all: 0, inTime: 0 }
    const late = people - inTime
    if (late <= 0) return []
    return [{ site, demand: id, kind, lastDay, late, unserved: people - all, limit: lateLimitOf(standing, demand) }]
  })
  bySite.sort((a, b) => b.late - a.late)
  const sums = new Map<LateLimit, number>()
  for (const { limit, late } of bySite) sums.set(limit, (sums.get(limit) ?? 0) + late)
  return {
    late: bySite.reduce((sum, one) => sum + one.late, 0),
    unserved: bySite.reduce((sum, one) => sum + one.unserved, 0),
    byLimit: [...sums].map(([limit, late]) => ({ limit, late })).sort((a, b) => b.late - a.late),
    bySite,
  }
}

function lateLimitOf(standing: StandingPlan, { id, lastDay }: InstanceDemand): LateLimit {
  const { given, instance, schedule } = standing
  if (lastDay < instance.from) return 'last-day'
  const demand = standing.demandAt.get(id) ?? 0
  const limit = limitOf[lateReasonOf(schedule, demand)]
  if (limit !== 'way') return limit
  const place = given.sites[given.demands[demand]?.site ?? 0]?.place ?? 0
  const isByRoad = given.teams.some(
    ({ base }) => base === place || (given.road[base * given.places + place] ?? -1) >= 0,
  )
  return isByRoad ? 'way' : 'crossing'
}
