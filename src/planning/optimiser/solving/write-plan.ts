import type { DemandKind, PlanInstance } from '../instance.ts'
import type {
  LateDemand,
  LateReason,
  PlanLeg,
  PlannedRoute,
  PlannedSession,
  PlanObjective,
  ServedPeople,
} from '../plan.ts'
import type { Compiled } from './compile.ts'
import { type Frame, settleRoute, timeRoute, waysHome, waysOut } from './route.ts'
import { costOf, type Route, Schedule } from './schedule.ts'
import { type Way, wayBetweenSites } from './travel.ts'

/** A plan as its file has it, from routes of the solver: hours, legs, who is served in which session, who is late. */
export type WrittenPlan = {
  readonly objective: PlanObjective
  readonly routes: readonly PlannedRoute[]
  readonly late: readonly LateDemand[]
}

const hourOfMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const frameOf = (given: Compiled, { team, day, store }: Route): Frame => ({
  day,
  base: given.teams[team]?.base ?? 0,
  store,
  earliest: 0,
  latest: 24 * 60,
  overtime: 24 * 60,
})

/**
 * `reasons`: also why each is late, which takes a second of a large plan; else every reason is 'not-worth'. `idle`:
 * sessions that serve nobody are dropped, but where somebody put them there by hand.
 */
export function writePlan(
  given: Compiled,
  found: readonly Route[],
  { reasons, idle = 'dropped' }: { readonly reasons: boolean; readonly idle?: 'dropped' | 'kept' },
): WrittenPlan {
  const { instance } = given
  const schedule = new Schedule(given)
  for (const route of found) schedule.put(route)
  const announcedAt = announcedByTime(given)
  if (idle === 'dropped') for (const route of found) dropIdle(schedule, route, announcedAt)
  const routes = schedule.routes.filter(route => route !== undefined)
  const served = new Map<string, number[]>()
  const left = given.demands.map(({ people }) => ({ late: people, unserved: people }))
  for (const [site, { demands }] of given.sites.entries()) {
    const sessions = schedule.sessionsAt(site)
    schedule.services.serve(site, sessions, demands.length).forEach((people, at) => {
      const session = sessions[at]
      if (session) served.set(`${session.route.team}/${session.route.day}/${session.at}`, people)
      people.forEach((many, of) => {
        const rest = left[demands[of] ?? 0]
        if (!rest) return
        rest.unserved -= many
        if ((session?.day ?? 0) <= (given.demands[demands[of] ?? 0]?.lastDay ?? -1)) rest.late -= many
      })
    })
  }
  const kept = new Set<string>()
  const planned = routes
    .toSorted((a, b) => a.day - b.day || a.team - b.team)
    .map(route => plannedRoute(given, route, { served, kept, announcedAt }))
  const late = given.demands.flatMap((demand, at): LateDemand[] => {
    const { late: many = 0, unserved = 0 } = left[at] ?? {}
    const { id, lastDay, kind } = instance.demands[at] as PlanInstance['demands'][number]
    if (many === 0) return []
    const site = instance.sites[demand.site]?.id ?? ''
    return [
      {
        demand: id,
        site,
        kind,
        lastDay,
        late: many,
        unserved,
        why: reasons ? lateReasonOf(schedule, at) : 'not-worth',
      },
    ]
  })
  const sum = (of: (route: Route) => number) => routes.reduce((total, route) => total + of(route), 0)
  const latePeople = late.reduce((total, one) => total + one.late, 0)
  const unservedPeople = late.reduce((total, one) => total + one.unserved, 0)
  const movedSessions = instance.announced.length - kept.size
  const { prices } = instance
  return {
    objective: {
      total:
        sum(costOf) +
        prices.latePerson * latePeople +
        prices.unservedPerson * unservedPeople +
        prices.movedSession * movedSessions,
      travelMinutes: sum(({ officers, travel }) => officers.length * travel),
      overtimeMinutes: sum(({ officers, overtime }) => officers.length * overtime),
      latePeople,
      unservedPeople,
      movedSessions,
      km: Math.round(sum(({ km }) => km) * 10) / 10,
    },
    routes: planned,
    late,
  }
}

/** Ids of announced sessions by site, day and shift. */
type AnnouncedAt = ReadonlyMap<string, readonly string[]>

const timeKey = (site: number, day: number, shift: number): string => `${site}/${day}/${shift}`

export const announcedByTime = ({ instance, announced }: Compiled): AnnouncedAt => {
  const at = Map.groupBy(announced.keys(), of => {
    const { site = -1, day = -1, shift = -1 } = announced[of] ?? {}
    return timeKey(site, day, shift)
  })
  return new Map([...at].map(([key, all]) => [key, all.map(of => instance.announced[of]?.id ?? '')]))
}

/** Takes out sessions that serve nobody and keep no announced one, and routes that have no other. */
function dropIdle(schedule: Schedule, route: Route, announcedAt: AnnouncedAt): void {
  const { given } = schedule
  const announced = (site: number, shift: number) => announcedAt.has(timeKey(site, route.day, shift))
  const isUsed = route.sessions.map(({ site, shift }, at) => {
    const sessions = schedule.sessionsAt(site)
    const here = sessions.findIndex(one => one.route === route && one.at === at)
    const people = schedule.services.serve(site, sessions, given.sites[site]?.demands.length ?? 0)[here] ?? []
    return announced(site, shift) || people.some(many => many > 0)
  })
  if (!isUsed.includes(false)) return
  schedule.take(route)
  const sessions = route.sessions.filter((_, at) => isUsed[at])
  if (sessions.length === 0) return
  const settled = settleRoute(given, frameOf(given, route), sessions)
  const withKits = route.withKits.filter((_, at) => isUsed[at])
  if (settled && settled.overtime <= route.overtime) schedule.put({ ...route, ...settled, withKits })
  else schedule.put(route)
}

export function plannedRoute(
  given: Compiled,
  route: Route,
  {
    served,
    kept,
    announcedAt,
  }: {
    readonly served: ReadonlyMap<string, readonly number[]>
    readonly kept: Set<string>
    readonly announcedAt: AnnouncedAt
  },
): PlannedRoute {
  const { instance } = given
  const day = instance.days[route.day]?.day ?? ''
  const team = instance.teams[route.team]
  const officers = instance.teams.flatMap(one => one.officers)
  const kits = route.kits.map(kit => instance.kits[kit]?.id ?? '')
  const sessions = route.sessions.map(({ site, shift, from, to }, at): PlannedSession => {
    const people = served.get(`${route.team}/${route.day}/${at}`) ?? []
    const demands = given.sites[site]?.demands ?? []
    const serves = people.flatMap((many, of): ServedPeople[] => {
      const demand = demands[of] ?? 0
      const { id = '', kind = 'activation', lastDay = '' } = instance.demands[demand] ?? {}
      return many > 0 ? [{ demand: id, kind, people: many, lastDay, inTime: day <= lastDay }] : []
    })
    const announced = announcedAt.get(timeKey(site, route.day, shift)) ?? []
    const keeps = announced.find(id => !kept.has(id))
    // Each that was announced there at that time is kept by it.
    for (const id of announced) kept.add(id)
    const needsKits = route.withKits[at] && serves.some(({ kind }) => kind !== 'activation')
    return {
      id: `${team?.id}/${day}/${at + 1}`,
      site: instance.sites[site]?.id ?? '',
      shift: instance.shifts[shift]?.id ?? '',
      from: hourOfMinute(from),
      to: hourOfMinute(to),
      kits: needsKits ? kits : [],
      kinds: [...new Set(serves.map(({ kind }): DemandKind => kind))],
      serves,
      ...(keeps !== undefined && { keeps }),
    }
  })
  return {
    team: team?.id ?? '',
    day,
    officers: route.officers.map(officer => officers[officer]?.id ?? ''),
    kits,
    departs: hourOfMinute(route.departs),
    returns: hourOfMinute(route.returns),
    travelMinutes: route.travel,
    overtimeMinutes: route.overtime,
    legs: legsOf(given, route),
    sessions,
  }
}

function legsOf(given: Compiled, route: Route): PlanLeg[] {
  const frame = frameOf(given, route)
  const [first, last] = [route.sessions[0], route.sessions.at(-1)]
  if (!first || !last) return []
  const legs: PlanLeg[] = []
  const start = frame.store < 0 ? frame.base : frame.store
  const place = (site: number) => given.sites[site]?.place ?? 0
  const add = (from: number, to: number, way: Way | undefined) => {
    if (way) legs.push(...legsOfWay(given, from, to, way))
  }
  const out = waysOut(given, frame, first.site, first.from - (given.sites[first.site]?.setUp ?? 0)) ?? []
  if (frame.store >= 0) add(frame.base, frame.store, out[0])
  add(start, place(first.site), out.at(-1))
  for (const [at, session] of route.sessions.entries()) {
    const next = route.sessions[at + 1]
    if (!next || next.site === session.site) continue
    const ready = session.to + (given.sites[session.site]?.pack ?? 0)
    const way = wayBetweenSites(given, frame.day, [session.site, next.site], ready)
    add(place(session.site), place(next.site), way)
  }
  const home = waysHome(given, frame, last.site, last.to + (given.sites[last.site]?.pack ?? 0)) ?? []
  add(place(last.site), start, home[0])
  if (frame.store >= 0) add(frame.store, frame.base, home.at(-1))
  return legs
}

/** A way as its legs; none where it leads nowhere. */
function legsOfWay(given: Compiled, from: number, to: number, way: Way): PlanLeg[] {
  const id = (place: number) => given.instance.places[place]?.id ?? ''
  const km = (one: number, other: number) => (one === other ? 0 : (given.km[one * given.places + other] ?? 0))
  const leg = (one: number, other: number, by: 'road' | 'boat', departs: number, arrives: number, long: number) => ({
    from: id(one),
    to: id(other),
    by,
    departs: hourOfMinute(departs),
    arrives: hourOfMinute(arrives),
    km: long,
  })
  const { crossing } = way
  if (!crossing) return way.minutes === 0 ? [] : [leg(from, to, 'road', way.departs, way.arrives, way.km)]
  const landed = crossing.departs + crossing.minutes
  return [
    ...(from === crossing.from
      ? []
      : [leg(from, crossing.from, 'road', way.departs, crossing.departs, km(from, crossing.from))]),
    leg(crossing.from, crossing.to, 'boat', crossing.departs, landed, crossing.km),
    ...(to === crossing.to ? [] : [leg(crossing.to, to, 'road', landed, way.arrives, km(crossing.to, to))]),
  ]
}

/** Which limit nothing in the plan leaves free for somebody who is late (docs/planning.md). */
export function lateReasonOf(schedule: Schedule, demand: number): LateReason {
  const { given } = schedule
  const { site, byKit, lastDay } = given.demands[demand] as Compiled['demands'][number]
  const shifts = [...given.shifts.keys()]
  let [isOpen, isReached, hasKit, hasTeam] = [false, false, false, false]
  for (let day = 0; day <= lastDay; day++) {
    const open = shifts.filter(shift => {
      const at = day * given.shifts.length + shift
      return (given.sites[site]?.openTo[at] ?? 0) > (given.sites[site]?.openFrom[at] ?? 0)
    })
    if (open.length === 0) continue
    isOpen = true
    const today = given.days[day]
    const kitIsFree = !byKit || [...given.kits.keys()].some(kit => schedule.isKitFree(day, kit))
    for (const [team, { base, officers }] of given.teams.entries()) {
      if (!officers.some(one => given.officers[one]?.away[day] === 0)) continue
      const isOut = schedule.routeOf(team, day) !== undefined
      // Whoever is out already shows that it is reached, and nothing more.
      if (isOut && isReached && (hasKit || !kitIsFree)) continue
      const reaches = (earliest: number, latest: number, overtime: number) =>
        open.some(shift => timeRoute(given, { day, base, store: -1, earliest, latest, overtime }, [{ site, shift }]))
      const anyHours = today?.order ?? today?.ordinary
      if (!anyHours || !reaches(anyHours.from, anyHours.to, today?.order?.minutes ?? 0)) continue
      isReached = true
      if (kitIsFree) hasKit = true
      if (isOut) continue
      hasTeam = true
      const rested = officers.some(one => schedule.overtimeLeft(one, day) > 0 && schedule.restDaysLeft(one, day) > 0)
      const inHours = today?.ordinary && reaches(today.ordinary.from, today.ordinary.to, 0)
      if (kitIsFree && (inHours || rested)) return 'not-worth'
    }
  }
  if (!isOpen) return 'never-open'
  if (!isReached) return 'out-of-reach'
  if (!hasKit) return 'no-kit'
  return hasTeam ? 'overtime' : 'no-officers'
}
