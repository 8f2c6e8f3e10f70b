import type { PlanInstance } from '../optimiser/instance.ts'
import type { LateDemand, Plan, PlannedRoute, PlannedSession, PlanObjective, ServedPeople } from '../optimiser/plan.ts'
import { type Compiled, compile } from '../optimiser/solving/compile.ts'
import { type Route, Schedule } from '../optimiser/solving/schedule.ts'
import { type Capacity, SiteServices } from '../optimiser/solving/site-service.ts'
import { announcedByTime, plannedRoute } from '../optimiser/solving/write-plan.ts'
import { readMinute } from '../plan-check/hours.ts'
import type { ObjectiveChange } from './reason.ts'

/**
 * A plan as it stands, whoever made it, and what it comes to when one of its routes becomes another: the people of the
 * sites concerned are given to their sessions anew, everything else stays.
 */

/** A session and its route. */
export type HeldAt = { readonly route: PlannedRoute; readonly session: PlannedSession }

/** By `routeKey`: what a team does on a day instead; undefined where it stays at its base. */
export type RouteChanges = ReadonlyMap<string, Route | undefined>

export type ChangedPlan = {
  readonly routes: readonly PlannedRoute[]
  readonly difference: ObjectiveChange
}

export const routeKey = (team: number, day: number): string => `${team}/${day}`

const placesInList = (list: readonly { readonly id: string }[]) => new Map(list.map(({ id }, at) => [id, at]))

/** Late and unserved people of a demand, by what is served by its last day and at all. */
type Left = { readonly late: number; readonly unserved: number }

export class StandingPlan {
  readonly given: Compiled
  readonly plan: Plan
  readonly services: SiteServices
  /** Who is free when, and what is left of overtime and rest days. */
  readonly schedule: Schedule
  readonly siteAt: ReadonlyMap<string, number>
  readonly teamAt: ReadonlyMap<string, number>
  readonly dayAt: ReadonlyMap<string, number>
  readonly shiftAt: ReadonlyMap<string, number>
  readonly demandAt: ReadonlyMap<string, number>
  readonly #kitAt: ReadonlyMap<string, number>
  readonly #officerAt: ReadonlyMap<string, number>
  readonly #planned = new Map<string, PlannedRoute>()
  readonly #routes = new Map<string, Route>()

  /** Takes an instance that was read and a plan that keeps its rules (plan-check/). */
  constructor(instance: PlanInstance, plan: Plan) {
    this.given = compile(instance)
    this.plan = plan
    this.services = new SiteServices(this.given)
    this.siteAt = placesInList(instance.sites)
    this.teamAt = placesInList(instance.teams)
    this.dayAt = new Map(instance.days.map(({ day }, at) => [day, at]))
    this.shiftAt = placesInList(instance.shifts)
    this.demandAt = placesInList(instance.demands)
    this.#kitAt = placesInList(instance.kits)
    this.#officerAt = placesInList(instance.teams.flatMap(({ officers }) => officers))
    this.schedule = new Schedule(this.given)
    for (const planned of plan.routes) {
      const route = this.#read(planned)
      const key = routeKey(route.team, route.day)
      this.#planned.set(key, planned)
      this.#routes.set(key, route)
      this.schedule.put(route)
    }
  }

  get instance(): PlanInstance {
    return this.given.instance
  }

  get routes(): readonly Route[] {
    return [...this.#routes.values()]
  }

  routeOf(team: number, day: number): Route | undefined {
    return this.#routes.get(routeKey(team, day))
  }

  plannedOf(team: number, day: number): PlannedRoute | undefined {
    return this.#planned.get(routeKey(team, day))
  }

  /** Undefined where the plan has no such session. */
  findSession(id: string): HeldAt | undefined {
    for (const route of this.plan.routes) {
      const session = route.sessions.find(one => one.id === id)
      if (session) return { route, session }
    }
    return undefined
  }

  #read(planned: PlannedRoute): Route {
    const kits = planned.kits.map(id => this.#kitAt.get(id) ?? 0)
    const team = this.teamAt.get(planned.team) ?? 0
    const store = this.given.kits[kits[0] ?? -1]?.store
    return {
      team,
      day: this.dayAt.get(planned.day) ?? 0,
      officers: planned.officers.map(id => this.#officerAt.get(id) ?? 0),
      kits,
      store: store === undefined || store === this.given.teams[team]?.base ? -1 : store,
      withKits: planned.sessions.map(one => one.kits.length > 0),
      sessions: planned.sessions.map(({ site, shift, from, to }) => ({
        site: this.siteAt.get(site) ?? 0,
        shift: this.shiftAt.get(shift) ?? 0,
        from: readMinute(from),
        to: readMinute(to),
      })),
      departs: readMinute(planned.departs),
      returns: readMinute(planned.returns),
      travel: planned.travelMinutes,
      overtime: planned.overtimeMinutes,
      km: planned.legs.reduce((sum, { km }) => sum + km, 0),
    }
  }

  /** What a session has for its people: minutes of its kits by their speed, and of officers whom no kit takes. */
  capacityOf({ route, session }: HeldAt): Capacity {
    const minutes = readMinute(session.to) - readMinute(session.from)
    let [speed, busy] = [0, 0]
    for (const id of session.kits) {
      const kit = this.given.kits[this.#kitAt.get(id) ?? -1]
      speed += kit?.speed ?? 0
      busy += kit?.officers ?? 0
    }
    return {
      day: this.dayAt.get(route.day) ?? 0,
      order: readMinute(session.from),
      byKit: route.officers.length >= this.given.leastKit ? minutes * speed : 0,
      byOfficer:
        route.officers.length >= this.given.leastActivation ? minutes * Math.max(0, route.officers.length - busy) : 0,
    }
  }

  /** Who is late and who is not served at a site, if its sessions had so much. */
  leftAt(site: number, capacities: readonly Capacity[]): Left {
    const demands = this.given.sites[site]?.demands ?? []
    const sorted = [...capacities].sort(byStart)
    return this.#leftOf(site, sorted, this.services.serve(site, sorted, demands.length))
  }

  #leftOf(site: number, capacities: readonly Capacity[], served: readonly (readonly number[])[]): Left {
    let [late, unserved] = [0, 0]
    for (const [of, demand] of (this.given.sites[site]?.demands ?? []).entries()) {
      const { people = 0, lastDay = -1 } = this.given.demands[demand] ?? {}
      let [all, inTime] = [0, 0]
      for (const [at, one] of capacities.entries()) {
        const many = served[at]?.[of] ?? 0
        all += many
        if (one.day <= lastDay) inTime += many
      }
      late += people - inTime
      unserved += people - all
    }
    return { late, unserved }
  }

  /** The sessions at a site, in the order in which they are held. */
  heldAt(site: string, routes: readonly PlannedRoute[] = this.plan.routes): HeldAt[] {
    return routes
      .flatMap(route => route.sessions.filter(one => one.site === site).map(session => ({ route, session })))
      .sort((a, b) => byStart(this.capacityOf(a), this.capacityOf(b)))
  }

  /** The plan with other routes; its people are served anew at the sites to which any of them goes or went. */
  changed(changes: RouteChanges): ChangedPlan {
    const sites = new Set<number>()
    for (const [key, route] of changes)
      for (const { site } of [...(route?.sessions ?? []), ...(this.#routes.get(key)?.sessions ?? [])]) sites.add(site)
    const kept = new Set(
      this.plan.routes
        .filter(one => !changes.has(this.#keyOf(one)))
        .flatMap(({ sessions }) => sessions.flatMap(({ keeps }) => keeps ?? [])),
    )
    const written = [...changes.values()].flatMap(route => (route ? this.#write(route, kept) : []))
    const before = [...this.plan.routes.filter(one => !changes.has(this.#keyOf(one))), ...written]
    const routes = this.#serveAnew(before, sites)
    return { routes, difference: this.#difference(routes, sites) }
  }

  #keyOf({ team, day }: PlannedRoute): string {
    return routeKey(this.teamAt.get(team) ?? -1, this.dayAt.get(day) ?? -1)
  }

  /** With its kits set up where its sessions have them, and nobody served yet. */
  #write(route: Route, kept: Set<string>): PlannedRoute {
    const planned = plannedRoute(this.given, route, {
      served: new Map(),
      kept,
      announcedAt: announcedByTime(this.given),
    })
    return {
      ...planned,
      sessions: planned.sessions.map((session, at) => ({ ...session, kits: route.withKits[at] ? planned.kits : [] })),
    }
  }

  #serveAnew(routes: readonly PlannedRoute[], sites: ReadonlySet<number>): PlannedRoute[] {
    const served = new Map<PlannedSession, PlannedSession>()
    for (const site of sites) {
      const { id = '' } = this.instance.sites[site] ?? {}
      const held = this.heldAt(id, routes)
      const demands = this.given.sites[site]?.demands ?? []
      const people = this.services.serve(
        site,
        held.map(one => this.capacityOf(one)),
        demands.length,
      )
      for (const [at, { route, session }] of held.entries())
        served.set(session, this.#serving(session, route.day, demands, people[at] ?? []))
    }
    return routes.map(route => ({ ...route, sessions: route.sessions.map(one => served.get(one) ?? one) }))
  }

  #serving(
    session: PlannedSession,
    day: string,
    demands: readonly number[],
    people: readonly number[],
  ): PlannedSession {
    const serves = demands.flatMap((demand, of): ServedPeople[] => {
      const { id = '', kind = 'activation', lastDay = '' } = this.instance.demands[demand] ?? {}
      const many = people[of] ?? 0
      return many > 0 ? [{ demand: id, kind, people: many, lastDay, inTime: day <= lastDay }] : []
    })
    return { ...session, serves, kinds: [...new Set(serves.map(({ kind }) => kind))] }
  }

  #difference(routes: readonly PlannedRoute[], sites: ReadonlySet<number>): ObjectiveChange {
    const [before, after] = [this.plan.routes, routes].map(all => sumsOf(this, all, sites)) as [Sums, Sums]
    const less = (of: keyof Sums) => after[of] - before[of]
    const { prices } = this.instance
    const [travelMinutes, overtimeMinutes] = [less('travelMinutes'), less('overtimeMinutes')]
    const [latePeople, unservedPeople, movedSessions] = [
      less('latePeople'),
      less('unservedPeople'),
      less('movedSessions'),
    ]
    return {
      total:
        travelMinutes +
        overtimeMinutes +
        prices.latePerson * latePeople +
        prices.unservedPerson * unservedPeople +
        prices.movedSession * movedSessions,
      travelMinutes,
      overtimeMinutes,
      latePeople,
      unservedPeople,
      movedSessions,
      km: Math.round(less('km') * 10) / 10,
    }
  }
}

/** As the routes come to it; who is late by the sites that are asked for alone. */
type Sums = Omit<PlanObjective, 'total'>

const byStart = (one: Capacity, other: Capacity): number => one.day - other.day || one.order - other.order

function sumsOf(standing: StandingPlan, routes: readonly PlannedRoute[], sites: ReadonlySet<number>): Sums {
  const { given, instance } = standing
  let [travelMinutes, overtimeMinutes, km] = [0, 0, 0]
  const held = new Set<string>()
  const served = new Map<string, { all: number; inTime: number }>()
  for (const route of routes) {
    travelMinutes += route.officers.length * route.travelMinutes
    overtimeMinutes += route.officers.length * route.overtimeMinutes
    for (const leg of route.legs) km += leg.km
    for (const { site, shift, serves } of route.sessions) {
      held.add(`${site} ${route.day} ${shift}`)
      for (const { demand, people, inTime } of serves) {
        const sum = served.get(demand) ?? { all: 0, inTime: 0 }
        served.set(demand, { all: sum.all + people, inTime: sum.inTime + (inTime ? people : 0) })
      }
    }
  }
  let [latePeople, unservedPeople] = [0, 0]
  for (const site of sites)
    for (const demand of given.sites[site]?.demands ?? []) {
      const { id = '', people = 0 } = instance.demands[demand] ?? {}
      const sum = served.get(id) ?? { all: 0, inTime: 0 }
      latePeople += people - sum.inTime
      unservedPeople += people - sum.all
    }
  const movedSessions = instance.announced.filter(({ site, day, shift }) => !held.has(`${site} ${day} ${shift}`)).length
  return { travelMinutes, overtimeMinutes, latePeople, unservedPeople, movedSessions, km }
}

/** A whole plan of changed routes: its sums, and who is late in it; it has no bound of its own. */
export function wholePlan({ plan, instance }: StandingPlan, { routes, difference }: ChangedPlan): Plan {
  const served = new Map<string, { all: number; inTime: number }>()
  for (const { demand, people, inTime } of routes.flatMap(({ sessions }) => sessions.flatMap(one => one.serves))) {
    const sum = served.get(demand) ?? { all: 0, inTime: 0 }
    served.set(demand, { all: sum.all + people, inTime: sum.inTime + (inTime ? people : 0) })
  }
  const why = new Map(plan.late.map(one => [one.demand, one.why]))
  const late = instance.demands.flatMap(({ id, site, kind, lastDay, people }): LateDemand[] => {
    const { all, inTime } = served.get(id) ?? { all: 0, inTime: 0 }
    const many = people - inTime
    return many > 0
      ? [{ demand: id, site, kind, lastDay, late: many, unserved: people - all, why: why.get(id) ?? 'not-worth' }]
      : []
  })
  const { objective: was } = plan
  const sum = (of: keyof PlanObjective) => was[of] + difference[of]
  return {
    format: plan.format,
    instance: plan.instance,
    made: plan.made,
    objective: {
      total: sum('total'),
      travelMinutes: sum('travelMinutes'),
      overtimeMinutes: sum('overtimeMinutes'),
      latePeople: sum('latePeople'),
      unservedPeople: sum('unservedPeople'),
      movedSessions: sum('movedSessions'),
      km: Math.round(sum('km') * 10) / 10,
    },
    routes,
    late,
  }
}
