import { type Compiled, overtimeOn } from './compile.ts'
import { type Way, wayBetweenSites, wayBy, wayFrom } from './travel.ts'

/** What one team does on one day, with its hours: sessions in order, and the ways between them (docs/planning.md). */

export type Stop = { readonly site: number; readonly shift: number }

export type TimedSession = Stop & { readonly from: number; readonly to: number }

export type TimedRoute = {
  readonly sessions: readonly TimedSession[]
  readonly departs: number
  readonly returns: number
  /** Of one officer. */
  readonly travel: number
  readonly overtime: number
  readonly km: number
}

/** Where a route begins, where its kits are kept (-1: at the base, or it has none), and how long it may be. */
export type Frame = {
  readonly day: number
  readonly base: number
  readonly store: number
  readonly earliest: number
  readonly latest: number
  /** Most overtime of one officer. */
  readonly overtime: number
}

/** A session shorter than this is not worth the way. */
export const shortestSession = 10

const openOf = (given: Compiled, day: number, { site, shift }: Stop): readonly [number, number] => {
  const at = day * given.shifts.length + shift
  const one = given.sites[site]
  return [one?.openFrom[at] ?? 0, one?.openTo[at] ?? 0]
}

/** The ways out to the first site, the last of which arrives by a minute. */
export function waysOut(given: Compiled, { day, base, store }: Frame, site: number, due: number): Way[] | undefined {
  const place = given.sites[site]?.place ?? 0
  const last = wayBy(given, day, store < 0 ? base : store, place, due)
  if (!last || store < 0) return last && [last]
  const first = wayBy(given, day, base, store, last.departs)
  return first && [first, last]
}

/** The ways home from the last site, left at a minute. */
export function waysHome(given: Compiled, { day, base, store }: Frame, site: number, ready: number): Way[] | undefined {
  const place = given.sites[site]?.place ?? 0
  const first = wayFrom(given, day, place, store < 0 ? base : store, ready)
  if (!first || store < 0) return first && [first]
  const last = wayFrom(given, day, store, base, first.arrives)
  return last && [first, last]
}

export function readyAtFirst(given: Compiled, { day, base, store, earliest }: Frame, site: number): number | undefined {
  const place = given.sites[site]?.place ?? 0
  const fetched = store < 0 ? earliest : wayFrom(given, day, base, store, earliest)?.arrives
  const way = fetched === undefined ? undefined : wayFrom(given, day, store < 0 ? base : store, place, fetched)
  return way && way.arrives + (given.sites[site]?.setUp ?? 0)
}

export function leaveLast(given: Compiled, { day, base, store, latest }: Frame, site: number): number | undefined {
  const place = given.sites[site]?.place ?? 0
  const due = store < 0 ? latest : wayBy(given, day, store, base, latest)?.departs
  const way = due === undefined ? undefined : wayBy(given, day, place, store < 0 ? base : store, due)
  return way && way.departs - (given.sites[site]?.pack ?? 0)
}

/** The longest sessions at some stops in sequence, within the frame; undefined where one of them has no time. */
export function timeRoute(given: Compiled, frame: Frame, stops: readonly Stop[]): TimedRoute | undefined {
  const [first, last] = [stops[0], stops.at(-1)]
  if (!first || !last) return undefined
  let ready = readyAtFirst(given, frame, first.site)
  const leave = leaveLast(given, frame, last.site)
  if (ready === undefined || leave === undefined) return undefined
  const sessions: TimedSession[] = []
  for (let at = 0; at < stops.length; at++) {
    const stop = stops[at] as Stop
    const before = sessions.at(-1)
    if (before && before.site !== stop.site) {
      const way = wayBetweenSites(
        given,
        frame.day,
        [before.site, stop.site],
        before.to + (given.sites[before.site]?.pack ?? 0),
      )
      if (!way) return undefined
      ready = way.arrives + (given.sites[stop.site]?.setUp ?? 0)
    } else if (before) ready = before.to
    const [opens, closes] = openOf(given, frame.day, stop)
    const from: number = Math.max(opens, ready)
    const to = at === stops.length - 1 ? Math.min(closes, leave) : closes
    if (to - from < shortestSession) return undefined
    sessions.push({ ...stop, from, to })
  }
  return withinOvertime(given, frame, sessions)
}

/** Departure, return and sums of sessions whose hours are set; undefined where no way leads there in time. */
export function settleRoute(given: Compiled, frame: Frame, sessions: readonly TimedSession[]): TimedRoute | undefined {
  const [first, last] = [sessions[0], sessions.at(-1)]
  const day = given.days[frame.day]
  if (!first || !last || !day) return undefined
  const out = waysOut(given, frame, first.site, first.from - (given.sites[first.site]?.setUp ?? 0))
  const home = waysHome(given, frame, last.site, last.to + (given.sites[last.site]?.pack ?? 0))
  if (!out || !home) return undefined
  const departs = out[0]?.departs ?? first.from
  const returns = home.at(-1)?.arrives ?? last.to
  if (departs < frame.earliest || returns > frame.latest) return undefined
  let [travel, km] = [0, 0]
  for (const way of [...out, ...home]) {
    travel += way.minutes
    km += way.km
  }
  for (let at = 1; at < sessions.length; at++) {
    const [from, to] = [sessions[at - 1] as TimedSession, sessions[at] as TimedSession]
    if (from.site === to.site) continue
    const way = wayBetweenSites(given, frame.day, [from.site, to.site], from.to + (given.sites[from.site]?.pack ?? 0))
    if (!way || way.arrives + (given.sites[to.site]?.setUp ?? 0) > to.from) return undefined
    travel += way.minutes
    km += way.km
  }
  return { sessions, departs, returns, travel, overtime: overtimeOn(day, departs, returns), km }
}

/** Shortens the last session, then the first, until the overtime is within the frame. */
function withinOvertime(given: Compiled, frame: Frame, sessions: TimedSession[]): TimedRoute | undefined {
  for (let turn = 0; turn < 4; turn++) {
    const timed = settleRoute(given, frame, sessions)
    const day = given.days[frame.day]
    if (!timed || !day) return undefined
    const excess = timed.overtime - frame.overtime
    if (excess <= 0) return timed
    const late = overtimeOn(day, Math.max(timed.departs, day.ordinary?.to ?? timed.departs), timed.returns)
    const [first, last] = [sessions[0], sessions.at(-1)]
    if (!first || !last) return undefined
    if (late > 0) {
      const to = last.to - Math.min(excess, late)
      if (to - last.from < shortestSession) return undefined
      sessions[sessions.length - 1] = { ...last, to }
    } else {
      const from = first.from + excess
      if (first.to - from < shortestSession) return undefined
      sessions[0] = { ...first, from }
    }
  }
  return undefined
}
