import type { AnnouncedSession, PlanInstance } from '../instance.ts'
import type { Plan, PlannedRoute } from '../plan.ts'
import { firstDayOfEvents, type PlanEvent } from '../plan-event.ts'
import { planFileProblem } from '../problems.ts'
import { type Compiled, compile } from '../solving/compile.ts'
import type { Route } from '../solving/schedule.ts'
import { changeInstance } from './change-instance.ts'
import { faultsOfEvents } from './event-faults.ts'
import { indexPlanNames, survivingRoute } from './surviving-routes.ts'

/**
 * A plan in force and what happened come in; what goes out is what is to be solved now (docs/planning.md,
 * "Replanning"), with the routes that are left to begin with.
 */

/** What of a plan is announced: all its sessions, or those alone that its instance has announced already. */
export type AnnouncedOf = 'plan' | 'instance'

export type EventOptions = { readonly announced?: AnnouncedOf }

export type Replanning = {
  readonly instance: PlanInstance
  readonly given: Compiled
  /** What the events leave of the plan's routes. */
  readonly routes: readonly Route[]
  /** The first day on which anything may change, as an index. */
  readonly firstDay: number
  /** Ids of announced sessions that their own team cannot hold any more. */
  readonly impossible: ReadonlySet<string>
}

/** Of an instance; sessions of a plan may have longer ones. */
const longestId = 100

/** No id has a line break. */
const keyOfSession = (site: string, day: string, shift: string) => `${site}\n${day}\n${shift}`

/** The sessions of a plan as announced ones, by the ids that they were announced by. */
export function announcedByPlan({ announced }: PlanInstance, { routes }: Plan): AnnouncedSession[] {
  const known = new Map(announced.map(one => [one.id, one]))
  const kept = new Set(routes.flatMap(({ sessions }) => sessions.flatMap(({ keeps }) => keeps ?? [])))
  // One session may keep several; those that it does not name go to the others there.
  const unnamed = Map.groupBy(
    announced.filter(({ id }) => !kept.has(id)),
    ({ site, day, shift }) => keyOfSession(site, day, shift),
  )
  const taken = new Set(known.keys())
  const freshId = (id: string, turn = 0): string => {
    const free = turn === 0 ? id.slice(0, longestId) : `${id.slice(0, longestId - 6)}+${turn}`
    if (taken.has(free)) return freshId(id, turn + 1)
    taken.add(free)
    return free
  }
  const held = new Set<string>()
  const own = routes.flatMap(({ team, day, officers, sessions }) =>
    sessions.map(({ id, keeps, site, shift, kits, from, to }): AnnouncedSession => {
      const key = keyOfSession(site, day, shift)
      held.add(key)
      const former = keeps === undefined ? unnamed.get(key)?.shift() : known.get(keeps)
      const locked = former?.locked ?? false
      return { id: former?.id ?? freshId(id), site, day, shift, team, officers, kits, from, to, locked }
    }),
  )
  return [...own, ...[...held].flatMap(key => unnamed.get(key) ?? [])]
}

const heldByPlan = ({ routes }: Plan): ReadonlySet<string> =>
  new Set(routes.flatMap(({ day, sessions }) => sessions.map(({ site, shift }) => keyOfSession(site, day, shift))))

const heldByRoutes = ({ instance }: Compiled, routes: readonly Route[]): ReadonlySet<string> =>
  new Set(
    routes.flatMap(({ day, sessions }) =>
      sessions.map(({ site, shift }) =>
        keyOfSession(instance.sites[site]?.id ?? '', instance.days[day]?.day ?? '', instance.shifts[shift]?.id ?? ''),
      ),
    ),
  )

const withLocks = (given: Compiled, announced: readonly AnnouncedSession[]): Compiled => ({
  ...given,
  instance: { ...given.instance, announced },
  announced: given.announced.map((one, at) => ({ ...one, locked: announced[at]?.locked ?? false })),
})

function refuseFrozenChange(frozen: readonly PlannedRoute[], kept: ReadonlySet<PlannedRoute>): void {
  const faults = frozen
    .filter(route => !kept.has(route))
    .map(({ team, day }) => `team ${team} on ${day}: its route cannot be driven as the plan has it`)
  if (faults.length > 0) throw planFileProblem('plan-not-followed', { faults: faults.slice(0, 20) })
}

/**
 * What is to be solved after some events, and what is left to begin with. Throws plan-events-refused, and
 * plan-not-followed where a day before the events is not as the instance allows.
 */
export function beginReplanning(
  before: PlanInstance,
  plan: Plan,
  events: readonly PlanEvent[],
  { announced: which = 'plan' }: EventOptions = {},
): Replanning {
  const faults = faultsOfEvents(before, events)
  if (events.length === 0 || faults.length > 0)
    throw planFileProblem('plan-events-refused', { faults: faults.length > 0 ? faults : ['there is no event'] })
  const first = firstDayOfEvents(events)
  const standing = which === 'plan' ? announcedByPlan(before, plan) : before.announced
  const given = compile({ ...changeInstance(before, events), announced: standing })
  const index = indexPlanNames(given)
  const left = plan.routes.flatMap(planned => {
    const route = survivingRoute(given, index, planned)
    return route ? [{ planned, route }] : []
  })
  const whole = new Set(
    left
      .filter(({ planned, route }) => route.sessions.length === planned.sessions.length)
      .map(({ planned }) => planned),
  )
  refuseFrozenChange(
    plan.routes.filter(({ day }) => day < first),
    whole,
  )
  const routes = left.map(({ route }) => route)
  const [heldBefore, heldNow] = [heldByPlan(plan), heldByRoutes(given, routes)]
  const isLost = (key: string) => heldBefore.has(key) && !heldNow.has(key)
  const impossible = new Set(
    standing.filter(({ site, day, shift }) => isLost(keyOfSession(site, day, shift))).map(({ id }) => id),
  )
  const announced = standing.map(one => ({
    ...one,
    locked: (one.locked || one.day < first) && !impossible.has(one.id),
  }))
  const locked = withLocks(given, announced)
  return { instance: locked.instance, given: locked, routes, firstDay: index.days.get(first) ?? 0, impossible }
}

/**
 * The instance that is to be solved after some events: sessions of the plan are announced, those before the first day
 * of an event and those that were locked are locked, unless their own team cannot hold them any more.
 */
export const applyEvents = (
  before: PlanInstance,
  plan: Plan,
  events: readonly PlanEvent[],
  options: EventOptions = {},
): PlanInstance => beginReplanning(before, plan, events, options).instance
