import { type Compiled, overtimeOn } from '../optimiser/solving/compile.ts'
import {
  type Frame,
  leaveLast,
  readyAtFirst,
  settleRoute,
  shortestSession,
  type TimedRoute,
  type TimedSession,
  timeRoute,
  waysHome,
  waysOut,
} from '../optimiser/solving/route.ts'
import { type Route, Schedule } from '../optimiser/solving/schedule.ts'
import { minutesWithin, type Way, wayBetweenSites, wayBy } from '../optimiser/solving/travel.ts'
import { storeOf } from './planned-routes.ts'

/** A session of a route, and the team, day and shift to which it goes; all by their place in the instance. */
export type StopOfRoute = { readonly route: number; readonly at: number }
export type StopTarget = { readonly team: number; readonly day: number; readonly shift: number }

/** A session on its way to another route: with its minutes, and the kits that it is held with. */
type Carried = {
  readonly site: number
  readonly shift: number
  readonly minutes: number
  readonly kits: readonly number[]
  /** Where it stands in a route that it does not leave. */
  readonly place?: number | undefined
}

/**
 * Routes with one session at another place: the route that it leaves keeps its other hours, the one that it joins is
 * timed anew. Where its hours have no room for it, it stands there all the same, for the checker to say what it breaks.
 */
export function moveStop(
  given: Compiled,
  routes: readonly Route[],
  { route: from, at }: StopOfRoute,
  to: StopTarget,
): Route[] {
  const source = routes[from] as Route
  const stop = source.sessions[at] as TimedSession
  const carried: Carried = {
    site: stop.site,
    shift: to.shift,
    minutes: stop.to - stop.from,
    kits: source.withKits[at] ? source.kits : [],
    ...(source.team === to.team && source.day === to.day && stop.shift === to.shift && { place: at }),
  }
  const rest = withoutStop(given, source, at)
  const others = [...routes.filter(route => route !== source), ...(rest ? [rest] : [])]
  const joined = others.find(({ team, day }) => team === to.team && day === to.day)
  const beside = others.filter(route => route !== joined)
  const schedule = new Schedule(given)
  for (const route of beside) schedule.put(route)
  return [...beside, withStop(given, schedule, { joined, to, carried })]
}

const everyMinute = { earliest: 0, latest: 24 * 60, overtime: 24 * 60 }

const frameOfPlanned = (given: Compiled, { team, day, store }: Pick<Route, 'team' | 'day' | 'store'>): Frame => ({
  ...{ day, base: given.teams[team]?.base ?? 0, store },
  ...everyMinute,
})

/** The route without one of its sessions; undefined where it had no other. Kits that none of them needs stay away. */
function withoutStop(given: Compiled, route: Route, at: number): Route | undefined {
  const sessions = route.sessions.filter((_, one) => one !== at)
  if (sessions.length === 0) return undefined
  const withKits = route.withKits.filter((_, one) => one !== at)
  const kits = withKits.includes(true) ? route.kits : []
  const next = { ...route, kits, withKits, store: storeOf(given, route.team, kits) }
  return { ...next, ...(settleRoute(given, frameOfPlanned(given, next), sessions) ?? forced(given, next, sessions)) }
}

/** The route of a team on a day with one session more, its officers and kits with it. */
function withStop(
  given: Compiled,
  schedule: Schedule,
  { joined, to, carried }: { readonly joined: Route | undefined; readonly to: StopTarget; readonly carried: Carried },
): Route {
  const { team, day } = to
  const ofTeam = given.teams[team]?.officers ?? []
  const there = ofTeam.filter(officer => given.officers[officer]?.away[day] === 0)
  const officers = joined?.officers ?? (there.length > 0 ? there : ofTeam)
  const hasKits = (joined?.kits.length ?? 0) > 0
  const kits = hasKits ? (joined?.kits ?? []) : kitsThere(schedule, to, carried.kits)
  const known = joined?.sessions ?? []
  const place = carried.place ?? known.filter(({ shift }) => shift <= carried.shift).length
  const withKits = (joined?.withKits ?? []).toSpliced(place, 0, carried.kits.length > 0)
  const next = { team, day, officers, kits, store: storeOf(given, team, kits), withKits }
  const sequence = known.toSpliced(place, 0, shiftStart(given, carried))
  for (const frame of framesForMove(schedule, next, joined)) {
    const timed = fitBetween(given, frame, sequence, place) ?? timeRoute(given, frame, sequence)
    if (timed) return { ...next, ...timed }
  }
  return { ...next, ...forced(given, next, sequence) }
}

/** As long as it can be while the sessions beside it keep their hours; undefined where that is too short. */
function fitBetween(
  given: Compiled,
  frame: Frame,
  sequence: readonly TimedSession[],
  place: number,
): TimedRoute | undefined {
  const own = sequence[place] as TimedSession
  const [before, after] = [sequence[place - 1], sequence[place + 1]]
  const at = frame.day * given.shifts.length + own.shift
  const [opens, closes] = [given.sites[own.site]?.openFrom[at] ?? 0, given.sites[own.site]?.openTo[at] ?? 0]
  const ready = before ? readyAfter(given, frame.day, before, own.site) : readyAtFirst(given, frame, own.site)
  const due = after ? dueBefore(given, frame.day, own.site, after) : leaveLast(given, frame, own.site)
  if (ready === undefined || due === undefined) return undefined
  let [from, to] = [Math.max(opens, ready), Math.min(closes, due)]
  for (let turn = 0; turn < 2; turn++) {
    if (to - from < shortestSession) return undefined
    const timed = settleRoute(given, frame, sequence.toSpliced(place, 1, { ...own, from, to }))
    const excess = (timed?.overtime ?? 0) - frame.overtime
    if (!timed || excess <= 0) return timed
    if (!after) to -= excess
    else if (!before) from += excess
    else return undefined
  }
  return undefined
}

function readyAfter(given: Compiled, day: number, before: TimedSession, site: number): number | undefined {
  if (before.site === site) return before.to
  const way = wayBetweenSites(given, day, [before.site, site], before.to + (given.sites[before.site]?.pack ?? 0))
  return way && way.arrives + (given.sites[site]?.setUp ?? 0)
}

/** The last minute of a session after which the team is at the next one in time; by the last boat where no road is. */
function dueBefore(given: Compiled, day: number, site: number, after: TimedSession): number | undefined {
  if (after.site === site) return after.from
  const [start, end] = [given.sites[site]?.place ?? 0, given.sites[after.site]?.place ?? 0]
  const due = after.from - (given.sites[after.site]?.setUp ?? 0)
  const leave = start === end ? due - minutesWithin(given, start) : wayBy(given, day, start, end, due)?.departs
  return leave === undefined ? undefined : leave - (given.sites[site]?.pack ?? 0)
}

/** The hours that a route may take: ordinary ones first, unless it has overtime already; then those of the order. */
function framesForMove(
  schedule: Schedule,
  route: Pick<Route, 'team' | 'day' | 'store' | 'officers'>,
  joined: Route | undefined,
): Frame[] {
  const { given } = schedule
  const day = given.days[route.day]
  const anyHours = frameOfPlanned(given, route)
  const ordinary = day?.ordinary && !joined?.overtime ? [within(day.ordinary, 0)] : []
  if (!day?.order) return ordinary.map(hours => ({ ...anyHours, ...hours }))
  const left = route.officers.map(officer => schedule.overtimeLeft(officer, route.day))
  const most = Math.max(0, Math.min(day.order.minutes, ...left))
  const order = day.order
  const ordered = [...(joined?.overtime ? [Math.min(joined.overtime, most)] : []), most].map(one => within(order, one))
  return [...ordinary, ...ordered].map(hours => ({ ...anyHours, ...hours }))
}

const within = ({ from, to }: { readonly from: number; readonly to: number }, overtime: number) => ({
  earliest: from,
  latest: to,
  overtime,
})

/** The kits that it was held with where they are free there, else as many others of one store; else the same. */
function kitsThere(schedule: Schedule, { team, day }: StopTarget, wanted: readonly number[]): readonly number[] {
  const { given } = schedule
  const isFree = (kit: number) => schedule.isKitFree(day, kit)
  if (wanted.every(isFree)) return wanted
  const base = given.teams[team]?.base
  const stores = [base, given.kits[wanted[0] ?? 0]?.store, ...given.kits.map(({ store }) => store)]
  for (const store of stores) {
    const free = [...given.kits.keys()].filter(kit => given.kits[kit]?.store === store && isFree(kit))
    if (free.length >= wanted.length) return free.slice(0, wanted.length)
  }
  return wanted
}

/** At the beginning of its shift, as long as it was. */
function shiftStart(given: Compiled, { site, shift, minutes }: Carried): TimedSession {
  const { from = 0, to = 0 } = given.shifts[shift] ?? {}
  return { site, shift, from, to: Math.min(to, from + minutes) }
}

/** Hours of sessions that have no room: out and home by the ways that there are, whatever else they break. */
function forced(
  given: Compiled,
  route: Pick<Route, 'team' | 'day' | 'store'>,
  sessions: readonly TimedSession[],
): TimedRoute {
  const [first, last] = [sessions[0], sessions.at(-1)] as [TimedSession, TimedSession]
  const frame = frameOfPlanned(given, route)
  const due = first.from - (given.sites[first.site]?.setUp ?? 0)
  const ready = last.to + (given.sites[last.site]?.pack ?? 0)
  const [out, home] = [waysOut(given, frame, first.site, due) ?? [], waysHome(given, frame, last.site, ready) ?? []]
  const departs = Math.max(0, out[0]?.departs ?? due)
  const returns = Math.min(24 * 60, Math.max(departs, home.at(-1)?.arrives ?? ready))
  const day = given.days[route.day]
  const ways = [...out, ...waysBetween(given, route.day, sessions), ...home]
  return {
    ...{ sessions, departs, returns },
    travel: ways.reduce((sum, way) => sum + way.minutes, 0),
    km: ways.reduce((sum, way) => sum + way.km, 0),
    overtime: day ? overtimeOn(day, departs, returns) : 0,
  }
}

function waysBetween(given: Compiled, day: number, sessions: readonly TimedSession[]): Way[] {
  return sessions.slice(1).flatMap((session, at) => {
    const before = sessions[at] as TimedSession
    if (before.site === session.site) return []
    const ready = before.to + (given.sites[before.site]?.pack ?? 0)
    return wayBetweenSites(given, day, [before.site, session.site], ready) ?? []
  })
}
