import { overtimeOn } from '../optimiser/solving/compile.ts'
import {
  type Frame,
  leaveLast,
  readyAtFirst,
  settleRoute,
  shortestSession,
  type TimedSession,
} from '../optimiser/solving/route.ts'
import type { Route } from '../optimiser/solving/schedule.ts'
import { wayBetweenSites } from '../optimiser/solving/travel.ts'
import type { SlotObstacle } from './reason.ts'
import { type HeldAt, type RouteChanges, routeKey, type StandingPlan } from './standing-plan.ts'

/**
 * One session of a plan moved to another day or shift, with its team, and with its officers and kits unless the team is
 * out with others on that day. The sessions of both days keep their hours; it gets as long as it was, or as long as it
 * has room.
 */

export type SessionSlot = { readonly day: number; readonly shift: number }

export type Obstructed = {
  readonly obstacle: SlotObstacle
  readonly closedFor?: string | undefined
  readonly teamAt?: string | undefined
  readonly kits?: readonly string[] | undefined
}

/** The routes that change, and the hours that the session gets. */
export type Moved = { readonly changes: RouteChanges; readonly from: number; readonly to: number }

type Origin = { readonly route: Route; readonly at: number; readonly team: number }

type Draft = Pick<Route, 'team' | 'day' | 'officers' | 'kits' | 'store'> & {
  readonly sessions: readonly TimedSession[]
  readonly withKits: readonly boolean[]
}

export function originOf(standing: StandingPlan, { route, session }: HeldAt): Origin {
  const team = standing.teamAt.get(route.team) ?? 0
  const found = standing.routeOf(team, standing.dayAt.get(route.day) ?? 0)
  if (!found) throw new Error('the session is of no route of the plan')
  return { route: found, at: route.sessions.indexOf(session), team }
}

/** What is left of a route without one of its sessions: 'none' without its only one; undefined where no way is left. */
export function routeWithout(standing: StandingPlan, { route, at }: Origin): Route | 'none' | undefined {
  if (route.sessions.length === 1) return 'none'
  const sessions = route.sessions.filter((_, of) => of !== at)
  const withKits = route.withKits.filter((_, of) => of !== at)
  const isBare = !withKits.includes(true)
  const rest = { ...route, sessions, withKits, ...(isBare && { kits: [], store: -1 }) }
  return timed(standing, rest, widest(standing, rest))
}

/** The frame of the day: of its order, else of its ordinary hours. */
function framesOfSlot(standing: StandingPlan, { team, day, officers, store }: Draft): Frame[] {
  const { given } = standing
  const today = given.days[day]
  const base = given.teams[team]?.base ?? 0
  const own = standing.schedule.routeOf(team, day)
  // What the route takes already is its own.
  const left = (officer: number) =>
    standing.schedule.overtimeLeft(officer, day) + (own?.officers.includes(officer) ? own.overtime : 0)
  const least = Math.floor(Math.min(...officers.map(left)))
  const frames: Frame[] = []
  if (today?.ordinary)
    frames.push({ day, base, store, earliest: today.ordinary.from, latest: today.ordinary.to, overtime: 0 })
  if (today?.order)
    frames.push({
      day,
      base,
      store,
      earliest: today.order.from,
      latest: today.order.to,
      overtime: Math.max(0, Math.min(today.order.minutes, least)),
    })
  return frames
}

const widest = (standing: StandingPlan, draft: Draft): Frame | undefined => framesOfSlot(standing, draft).at(-1)

function timed(standing: StandingPlan, draft: Draft, frame: Frame | undefined): Route | undefined {
  const settled = frame && settleRoute(standing.given, frame, draft.sessions)
  return settled && settled.overtime <= frame.overtime ? { ...draft, ...settled } : undefined
}

/** The session in another slot, or what keeps it from there. */
export function moveSession(standing: StandingPlan, held: HeldAt, slot: SessionSlot): Moved | Obstructed {
  const origin = originOf(standing, held)
  const session = origin.route.sessions[origin.at] as TimedSession
  if (isLocked(standing, held)) return { obstacle: 'locked' }
  const closed = closedAt(standing, session.site, slot)
  if (closed) return closed
  const rest = routeWithout(standing, origin)
  if (!rest) return { obstacle: 'no-way' }

  // Its officers, kits and overtime are free while a place is sought for it.
  const { schedule } = standing
  schedule.take(origin.route)
  if (rest !== 'none') schedule.put(rest)
  const moved = moveTo(standing, origin, slot)
  if (rest !== 'none') schedule.take(rest)
  schedule.put(origin.route)
  if ('obstacle' in moved) return moved

  const changes = new Map<string, Route | undefined>()
  if (slot.day !== origin.route.day)
    changes.set(routeKey(origin.team, origin.route.day), rest === 'none' ? undefined : rest)
  changes.set(routeKey(origin.team, slot.day), moved.route)
  return { changes, from: moved.from, to: moved.to }
}

function moveTo(standing: StandingPlan, origin: Origin, slot: SessionSlot): Placed | Obstructed {
  const { route, at, team } = origin
  const there = standing.schedule.routeOf(team, slot.day)
  const busy = there?.sessions.find(one => one.shift === slot.shift)
  if (busy) return { obstacle: 'team-elsewhere', teamAt: standing.instance.sites[busy.site]?.id }
  const crew = crewFor(standing, origin, slot.day, there)
  if ('obstacle' in crew) return crew
  const session = { ...(route.sessions[at] as TimedSession), shift: slot.shift }
  return place(standing, crew, session, route.withKits[at] ?? false)
}

/** Families were told of it, it has to stay, and no other session keeps it. */
function isLocked({ instance, plan }: StandingPlan, { route, session }: HeldAt): boolean {
  const isThere = (day: string, one: { readonly site: string; readonly shift: string }) =>
    day === route.day && one.site === session.site && one.shift === session.shift
  if (!instance.announced.some(one => one.locked && isThere(one.day, one))) return false
  const keepers = plan.routes.flatMap(({ day, sessions }) => sessions.filter(one => isThere(day, one)))
  return keepers.length === 1
}

function closedAt(
  { given, instance }: StandingPlan,
  site: number,
  { day, shift }: SessionSlot,
): Obstructed | undefined {
  const at = day * given.shifts.length + shift
  const one = given.sites[site]
  const [from, to] = [one?.openFrom[at] ?? 0, one?.openTo[at] ?? 0]
  const { ordinary, order } = given.days[day] ?? {}
  if (to > from) {
    const hours = order ?? ordinary
    const isInHours = hours !== undefined && Math.min(to, hours.to) > Math.max(from, hours.from)
    return isInHours ? undefined : { obstacle: 'no-overtime-order' }
  }
  const today = instance.days[day]?.day ?? ''
  const why = instance.sites[site]?.closed.find(shut => shut.from <= today && today <= shut.to)?.why
  return { obstacle: 'site-closed', ...(why !== undefined && { closedFor: why }) }
}

/** Who goes with which kits: those who are out on that day anyway, else those of the session. */
function crewFor(
  standing: StandingPlan,
  { route, at, team }: Origin,
  day: number,
  there: Route | undefined,
): Draft | Obstructed {
  const { given, schedule, instance } = standing
  const takesKits = route.withKits[at] ?? false
  if (there && (!takesKits || there.kits.length > 0)) return there
  const present = (there ?? route).officers.filter(one => given.officers[one]?.away[day] === 0)
  const kits = takesKits ? route.kits : []
  const busy = kits.reduce((sum, kit) => sum + (given.kits[kit]?.officers ?? 0), 0)
  if (present.length < Math.max(1, busy)) return { obstacle: 'officer-away' }
  if (given.days[day]?.isRest && !there && present.some(one => schedule.restDaysLeft(one, day) <= 0))
    return { obstacle: 'rest-day-cap' }

  const named = (those: readonly number[]) => those.map(kit => instance.kits[kit]?.id ?? '')
  const away = kits.filter(kit => given.kits[kit]?.away[day] !== 0)
  if (away.length > 0) return { obstacle: 'kit-away', kits: named(away) }
  const elsewhere = kits.filter(kit => !schedule.isKitFree(day, kit))
  if (elsewhere.length > 0) return { obstacle: 'kits-elsewhere', kits: named(elsewhere) }
  const { sessions = [], withKits = [] } = there ?? {}
  return { team, day, officers: present, kits, store: kits.length > 0 ? route.store : -1, sessions, withKits }
}

type Placed = { readonly route: Route; readonly from: number; readonly to: number }

/** Puts the session where it has most time, without overtime where that is as long. */
function place(standing: StandingPlan, crew: Draft, session: TimedSession, withKits: boolean): Placed | Obstructed {
  const least = withKits ? standing.given.leastKit : standing.given.leastActivation
  if (crew.officers.length < Math.min(least, standing.given.leastActivation)) return { obstacle: 'too-few-officers' }
  let [best, reason]: [Placed | undefined, SlotObstacle] = [undefined, 'no-time']
  for (const frame of framesOfSlot(standing, crew)) {
    const found = placeWithin(standing, crew, session, withKits, frame)
    if (typeof found === 'string') reason = found
    else if (!best || found.to - found.from > best.to - best.from) best = found
  }
  return best ?? { obstacle: reason }
}

function placeWithin(
  standing: StandingPlan,
  crew: Draft,
  session: TimedSession,
  withKits: boolean,
  frame: Frame,
): Placed | SlotObstacle {
  const { given } = standing
  const { site, shift } = session
  const next = crew.sessions.findIndex(one => one.shift > shift)
  const index = next < 0 ? crew.sessions.length : next
  const gap = gapFor(standing, crew, site, index, frame)
  if (typeof gap === 'string') return gap
  const at = frame.day * given.shifts.length + shift
  const opens = Math.max(gap.from, given.sites[site]?.openFrom[at] ?? 0)
  const closes = Math.min(gap.to, given.sites[site]?.openTo[at] ?? 0)
  let [from, to] = [opens, Math.min(closes, opens + session.to - session.from)]
  for (let turn = 0; turn < 4; turn++) {
    if (to - from < shortestSession) return turn === 0 ? 'no-time' : 'overtime-cap'
    const sessions = crew.sessions.toSpliced(index, 0, { ...session, from, to })
    const settled = settleRoute(given, frame, sessions)
    if (!settled) return 'no-time'
    const excess = settled.overtime - frame.overtime
    if (excess <= 0) {
      const route = { ...crew, ...settled, withKits: crew.withKits.toSpliced(index, 0, withKits) }
      return { route, from, to }
    }
    // Shorter where the route is out beyond its hours because of it.
    const today = given.days[frame.day]
    const late = today
      ? overtimeOn(today, Math.max(settled.departs, today.ordinary?.to ?? settled.departs), settled.returns)
      : 0
    if (index === crew.sessions.length && late > 0) to -= Math.min(excess, late)
    else if (index === 0) from += excess
    else return 'overtime-cap'
  }
  return 'overtime-cap'
}

/** The minutes that the sessions before and after leave at a site. */
function gapFor(
  standing: StandingPlan,
  { sessions }: Draft,
  site: number,
  index: number,
  frame: Frame,
): { readonly from: number; readonly to: number } | SlotObstacle {
  const { given } = standing
  const [before, after] = [sessions[index - 1], sessions[index]]
  const of = (one: number) => given.sites[one] ?? { setUp: 0, pack: 0, place: 0 }
  const [setUp, pack] = [of(site).setUp, of(site).pack]
  let from: number | undefined
  if (!before) from = readyAtFirst(given, frame, site)
  else if (before.site === site) from = before.to
  else {
    const way = wayBetweenSites(given, frame.day, [before.site, site], before.to + of(before.site).pack)
    from = way && way.arrives + setUp
  }
  const to = after ? leaveBefore(standing, site, after, frame.day) : leaveLast(given, frame, site)
  if (from !== undefined && to !== undefined) return { from, to }
  return isByRoad(standing, frame, site, before?.site) ? 'no-time' : boatOrWay(standing, frame.base, site)

  function leaveBefore(
    { given: all }: StandingPlan,
    here: number,
    then: TimedSession,
    day: number,
  ): number | undefined {
    if (then.site === here) return then.from
    const due = then.from - of(then.site).setUp
    // Boats go at their hours: the last minute from which one still arrives is looked for from the end.
    for (let ready = due; ready >= 0; ready--) {
      const way = wayBetweenSites(all, day, [here, then.site], ready)
      if (way && way.arrives <= due) return ready - pack
    }
    return undefined
  }
}

const roadTo = ({ given }: StandingPlan, from: number, to: number) =>
  from === to || (given.road[from * given.places + to] ?? -1) >= 0

function isByRoad(standing: StandingPlan, frame: Frame, site: number, before: number | undefined): boolean {
  const { given } = standing
  const place = given.sites[site]?.place ?? 0
  const start = frame.store < 0 ? frame.base : frame.store
  const here = before === undefined ? start : (given.sites[before]?.place ?? 0)
  return roadTo(standing, here, place) && roadTo(standing, place, start) && roadTo(standing, frame.base, start)
}

/** An island has a boat at other hours, or none; a site to which no road leads from the base. */
function boatOrWay({ given }: StandingPlan, base: number, site: number): SlotObstacle {
  const place = given.sites[site]?.place ?? 0
  const hasBoat = given.crossings.some(day => day.some(one => one.to === place || one.from === base))
  return hasBoat ? 'boat' : 'no-way'
}
