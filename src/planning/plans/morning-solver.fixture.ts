import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { type InstanceDemand, type PlanInstance, planFormat } from '../optimiser/instance.ts'
import type { Plan, PlannedRoute } from '../optimiser/plan.ts'
import type { SolveLimits } from '../optimiser/solve.ts'

/**
 * A solver for tests: it keeps what is announced, and sends the first team with one kit to each other site on a morning
 * of its own. By its seed: 2 keeps nothing that is not locked and sends anew, 3 sends nobody, 4 ends what it keeps at
 * 10:30, 98 fails, 99 goes on until it is stopped.
 */
export async function solve(instance: PlanInstance, { seed, stopped, onProgress }: SolveLimits): Promise<Plan> {
  const nothing = { travelMinutes: 0, overtimeMinutes: 0, latePeople: 0, unservedPeople: 0, movedSessions: 0, km: 0 }
  onProgress?.({ share: 0, objective: { total: 0, ...nothing } })
  if (seed === 98) throw new Error('no plan was found')
  while (seed === 99 && !stopped?.aborted) await setTimeout(5)
  const kept = instance.announced
    .filter(one => seed === 1 || seed > 3 || one.locked)
    .map(one =>
      aRoute(instance, {
        ...one,
        ...(seed === 4 && { to: '10:30' }),
        siteId: one.site,
        demands: instance.demands.filter(({ site, kind }) => site === one.site && kind === 'capture'),
        keeps: one.id,
      }),
    )
  const [team] = instance.teams
  const [kit] = instance.kits
  const taken = new Set(kept.map(({ day }) => day))
  const held = new Set(kept.flatMap(({ sessions }) => sessions.map(({ site }) => site)))
  const free = instance.days.filter(({ day, ordinary, overtime }) => (ordinary[0] ?? overtime) && !taken.has(day))
  // On the days with an order for overtime first, so that a plan has something to be ordered.
  free.sort((a, b) => Number(Boolean(b.overtime)) - Number(Boolean(a.overtime)))
  const others = seed === 3 ? [] : instance.sites.filter(({ id }) => !held.has(id))
  const fresh = others.flatMap(({ id }, at): PlannedRoute[] => {
    const day = free[at]?.day
    if (!team || !kit || !day) return []
    const demands = instance.demands.filter(({ site }) => site === id)
    const route = {
      siteId: id,
      day,
      team: team.id,
      officers: team.officers.map(one => one.id),
      kits: [kit.id],
      demands,
    }
    return [aRoute(instance, { ...route, shift: 'morning', from: '08:00', to: '11:00' })]
  })
  const people = instance.demands.reduce((sum, one) => sum + one.people, 0)
  const served = [...kept, ...fresh]
    .flatMap(({ sessions }) => sessions.flatMap(({ serves }) => serves))
    .reduce((sum, one) => sum + one.people, 0)
  return {
    format: planFormat,
    instance: { name: instance.name, sha256: createHash('sha256').update(JSON.stringify(instance)).digest('hex') },
    made: { seed, seconds: 0, stopped: stopped?.aborted ?? false },
    objective: {
      total: 120 * (people - served),
      travelMinutes: 0,
      overtimeMinutes: 0,
      latePeople: people - served,
      unservedPeople: people - served,
      movedSessions: 0,
      km: 0,
    },
    bound: { total: 0, latePeople: 0, minutes: 0, rounds: 1, closed: true },
    routes: [...kept, ...fresh],
    late: [],
  }
}

function aRoute(
  { name }: PlanInstance,
  one: {
    readonly siteId: string
    readonly day: string
    readonly team: string
    readonly officers: readonly string[]
    readonly kits: readonly string[]
    readonly shift: string
    readonly from: string
    readonly to: string
    readonly demands: readonly InstanceDemand[]
    readonly keeps?: string
  },
): PlannedRoute {
  return {
    team: one.team,
    day: one.day,
    officers: one.officers,
    kits: one.kits,
    departs: one.from,
    returns: one.to,
    travelMinutes: 0,
    overtimeMinutes: 0,
    legs: [],
    sessions: [
      {
        id: `${name} ${one.siteId}`,
        site: one.siteId,
        shift: one.shift,
        from: one.from,
        to: one.to,
        kits: one.kits,
        kinds: [...new Set(one.demands.map(({ kind }) => kind))],
        serves: one.demands.map(({ id, kind, people, lastDay }) => ({
          demand: id,
          kind,
          people,
          lastDay,
          inTime: one.day <= lastDay,
        })),
        ...(one.keeps !== undefined && { keeps: one.keeps }),
      },
    ],
  }
}
