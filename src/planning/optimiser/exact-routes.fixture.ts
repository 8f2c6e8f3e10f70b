import { cutOut, mergeStretches, openStretches, readStretch } from '../plan-check/hours.ts'
import type { InstanceDay, InstanceKit, InstanceOfficer, InstanceSite, InstanceTeam, PlanInstance } from './instance.ts'
import type { PlanLeg } from './plan.ts'
import { minuteOf } from './ways.fixture.ts'

/**
 * All shapes of routes of a tiny instance. A shape says who goes with which kits, by which roads and boats, to which
 * sites, and in which stretches of the day sessions are held there; how long each is stays open.
 *
 * Nothing better is missed: a stay at a site is set up once, whatever is held in it; within a stretch, sessions with
 * the same kits can be held as one; the ways between places are all that roads and boats give (roads of made instances
 * are never shorter by a third place, and lead to no island); a session of no minute is none, so stretches between the
 * first and the last of a stay come for free; and no site is visited twice (`isBackAgain`).
 */

export type RoadOrBoat = Omit<PlanLeg, 'departs' | 'arrives'> & { readonly minutes: number; readonly departs?: number }

/** A way with a boat has hours: by when one leaves, and when one arrives. */
export type Hop = {
  readonly legs: readonly RoadOrBoat[]
  readonly minutes: number
  readonly boat?: { readonly leaveBy: number; readonly arriveAt: number } | undefined
}

export type OpenWindow = { readonly shift: string; readonly from: number; readonly to: number }

/** A stretch of a stay in which sessions may be held, and when it begins and ends at the widest. */
export type ShapeItem = {
  readonly stay: number
  readonly site: InstanceSite
  readonly window: OpenWindow
  readonly release: number
  readonly deadline: number
  /** Minutes from its end to the next one's begin; undefined where a boat lies between. */
  readonly gap: number | undefined
}

export type RouteShape = {
  readonly items: readonly ShapeItem[]
  /** To the first site, from site to site, and home. */
  readonly hops: readonly Hop[]
  /** Minutes from departing to the first item, and from the last one to returning, where no boat is on the way. */
  readonly head: number | undefined
  readonly tail: number | undefined
  readonly travel: number
}

export type ShapeCrew = {
  readonly team: InstanceTeam
  readonly day: InstanceDay
  readonly officers: readonly InstanceOfficer[]
  readonly kits: readonly InstanceKit[]
}

export type DaySpan = { readonly from: number; readonly to: number }

/** Between which minutes routes of a day lie; undefined where nobody works. */
export function widestSpan(day: InstanceDay): DaySpan | undefined {
  if (day.overtime) return readStretch([day.overtime.from, day.overtime.to])
  const ordinary = day.ordinary.map(readStretch)
  const [first, last] = [ordinary[0], ordinary.at(-1)]
  return first && last && { from: first.from, to: last.to }
}

export const subsetsOf = <T>(list: readonly T[]): T[][] =>
  list.reduce<T[][]>((subsets, one) => subsets.flatMap(subset => [subset, [...subset, one]]), [[]])

const ordersOf = <T>(list: readonly T[]): T[][] =>
  list.length === 0
    ? [[]]
    : list.flatMap(one => ordersOf(list.filter(other => other !== one)).map(rest => [one, ...rest]))

const join = (one: Hop, other: Hop): Hop[] => {
  const boat =
    one.boat && other.boat
      ? { leaveBy: one.boat.leaveBy, arriveAt: other.boat.arriveAt }
      : one.boat
        ? { leaveBy: one.boat.leaveBy, arriveAt: one.boat.arriveAt + other.minutes }
        : other.boat && { leaveBy: other.boat.leaveBy - one.minutes, arriveAt: other.boat.arriveAt }
  if (one.boat && other.boat && one.boat.arriveAt > other.boat.leaveBy) return []
  return [{ legs: [...one.legs, ...other.legs], minutes: one.minutes + other.minutes, boat }]
}

/** Those of which no other leaves as late, arrives as early and travels as little. */
const notWorse = (hops: readonly Hop[]): Hop[] => {
  const isAsGood = (one: Hop, other: Hop) =>
    one.minutes <= other.minutes &&
    (!one.boat ||
      (other.boat !== undefined && one.boat.leaveBy >= other.boat.leaveBy && one.boat.arriveAt <= other.boat.arriveAt))
  return hops.filter(
    (one, at) => !hops.some((other, before) => isAsGood(other, one) && (before < at || !isAsGood(one, other))),
  )
}

/** Ways between the places on one day. */
function hopsOn({ places, travel, crossings }: PlanInstance, day: string) {
  const placeAt = new Map(places.map(({ id }, at) => [id, at]))
  const boats = crossings.filter(({ days }) => days.some(one => one === day))
  const direct = (from: string, to: string): Hop | undefined => {
    const [i, j] = [placeAt.get(from) ?? -1, placeAt.get(to) ?? -1]
    const minutes = travel.minutes[i]?.[j] ?? undefined
    if (minutes === undefined) return undefined
    return { minutes, legs: [{ from, to, by: 'road', minutes, km: travel.km[i]?.[j] ?? 0 }] }
  }
  const between = (from: string, to: string, boatsLeft = 2): Hop[] => {
    if (from === to) return [{ legs: [], minutes: 0 }]
    const road = direct(from, to)
    if (road) return [road]
    if (boatsLeft === 0) return []
    return boats.flatMap(({ from: harbour, to: landing, departs, minutes, km }) => {
      const before = from === harbour ? { legs: [], minutes: 0 } : direct(from, harbour)
      if (!before) return []
      const leaveBy = minuteOf(departs)
      const boat: Hop = {
        minutes,
        legs: [{ from: harbour, to: landing, by: 'boat', minutes, departs: leaveBy, km }],
        boat: { leaveBy, arriveAt: leaveBy + minutes },
      }
      return join(before, boat).flatMap(one => between(landing, to, boatsLeft - 1).flatMap(rest => join(one, rest)))
    })
  }
  const along = (stops: readonly string[]): Hop[] =>
    stops
      .slice(1)
      .reduce<Hop[]>(
        (hops, stop, at) => hops.flatMap(hop => between(stops[at] ?? '', stop).flatMap(next => join(hop, next))),
        [{ legs: [], minutes: 0 }],
      )
  return { direct, between, along }
}

/** Where and when sessions may be held on a day, of sites where it is of any use. */
function openWindows({ instance, day, span }: { instance: PlanInstance; day: InstanceDay; span: DaySpan }) {
  const useful = new Set([
    ...instance.demands.filter(({ people }) => people > 0).map(({ site }) => site),
    ...instance.announced.filter(one => one.day === day.day).map(({ site }) => site),
  ])
  return instance.sites
    .filter(({ id }) => useful.has(id))
    .map(site => {
      const open = cutOut(mergeStretches(openStretches(site, day.day)), day.breaks.map(readStretch))
      const windows = instance.shifts
        .flatMap(({ id, from, to }) => {
          const shift = readStretch([from, to])
          return open.map(stretch => ({
            shift: id,
            from: Math.max(stretch.from, shift.from, span.from),
            to: Math.min(stretch.to, shift.to, span.to),
          }))
        })
        .filter(({ from, to }) => from < to)
        .sort((one, other) => one.from - other.from)
      return { site, windows }
    })
    .filter(({ windows }) => windows.length > 0)
}

type Stay = { readonly site: InstanceSite; readonly windows: readonly OpenWindow[]; readonly by: Hop }

/**
 * Whether a site would be visited again without a boat between. Instances for which the optimum is sought have halls
 * that are open whenever schools are, and one number of minutes for everybody, no longer than the shortest leg: so the
 * two visits can be made one, before or after what lies between, and the leg that is saved makes up for the rest.
 */
function isBackAgain(stays: readonly Stay[], site: InstanceSite): boolean {
  const before = stays.findLastIndex(stay => stay.site === site)
  return before >= 0 && stays.slice(before + 1).every(({ by }) => !by.boat)
}

/** All shapes of a crew's day. */
export function shapesOf(instance: PlanInstance, { team, day, kits }: ShapeCrew): RouteShape[] {
  const span = widestSpan(day)
  if (!span) return []
  const hops = hopsOn(instance, day.day)
  const sites = openWindows({ instance, day, span })
  const stores = [...new Set(kits.map(({ store }) => store))].filter(store => store !== team.base)
  // The kits of a route are kept at one place (rule 3).
  if (stores.length > 1 || (stores.length === 1 && kits.some(({ store }) => store === team.base))) return []
  const orders = ordersOf(stores)
  const outTo = (place: string) => notWorse(orders.flatMap(order => hops.along([team.base, ...order, place])))
  const homeFrom = (place: string) => notWorse(orders.flatMap(order => hops.along([place, ...order, team.base])))
  const outs = new Map(sites.map(({ site }) => [site.place, outTo(site.place)]))
  const homes = new Map(sites.map(({ site }) => [site.place, homeFrom(site.place)]))

  const shapes: RouteShape[] = []
  const go = (stays: readonly Stay[], free: number): void => {
    const last = stays.at(-1)
    if (last)
      for (const home of homes.get(last.site.place) ?? []) {
        const leaves = free + last.site.packMinutes
        const isInTime = home.boat
          ? leaves <= home.boat.leaveBy && home.boat.arriveAt <= span.to
          : leaves + home.minutes <= span.to
        if (isInTime) shapes.push(shapeOf(stays, { home, span }))
      }
    for (const { site, windows } of sites) {
      if (isBackAgain(stays, site)) continue
      const within = last?.site.place === site.place ? hops.direct(site.place, site.place) : undefined
      const ways = !last
        ? (outs.get(site.place) ?? [])
        : within
          ? [within]
          : notWorse(hops.between(last.site.place, site.place))
      const leaves = last ? free + last.site.packMinutes : span.from
      for (const by of ways) {
        if (by.boat && leaves > by.boat.leaveBy) continue
        const ready = (by.boat ? by.boat.arriveAt : leaves + by.minutes) + site.setUpMinutes
        for (const [at, first] of windows.entries()) {
          if (Math.max(ready, first.from) + 1 > first.to) continue
          // In a shift a team is at one site (rule 4).
          if (last?.windows.some(({ shift }) => shift === first.shift)) continue
          for (let end = at; end < windows.length; end++) {
            const held = windows.slice(at, end + 1)
            const begins = end === at ? Math.max(ready, first.from) : (windows[end]?.from ?? 0)
            go([...stays, { site, windows: held, by }], begins + 1)
          }
        }
      }
    }
  }
  go([], span.from)
  return shapes
}

function shapeOf(stays: readonly Stay[], { home, span }: { readonly home: Hop; readonly span: DaySpan }): RouteShape {
  const hops = [...stays.map(({ by }) => by), home]
  const minutesBefore = (at: number) => (stays[at]?.by.minutes ?? 0) + (stays[at]?.site.setUpMinutes ?? 0)
  const head = hops[0]?.boat ? undefined : minutesBefore(0)
  const pack = stays.at(-1)?.site.packMinutes ?? 0
  const tail = home.boat ? undefined : home.minutes + pack
  const items = stays.flatMap(({ site, windows, by }, at) =>
    windows.map((window, place): ShapeItem => {
      const isFirst = place === 0
      const isLast = place === windows.length - 1
      const next = hops[at + 1] as Hop
      const arrives = by.boat ? by.boat.arriveAt + site.setUpMinutes : at === 0 ? span.from + minutesBefore(0) : 0
      const leaves = next.boat
        ? next.boat.leaveBy - site.packMinutes
        : at === stays.length - 1
          ? span.to - (tail ?? 0)
          : span.to
      const gap = !isLast ? 0 : next.boat ? undefined : site.packMinutes + minutesBefore(at + 1)
      return {
        stay: at,
        site,
        window,
        release: Math.max(window.from, isFirst ? arrives : 0),
        deadline: Math.min(window.to, isLast ? leaves : window.to),
        gap: at === stays.length - 1 && isLast ? undefined : gap,
      }
    }),
  )
  return { items, hops, head, tail, travel: hops.reduce((sum, { minutes }) => sum + minutes, 0) }
}

/** The most minutes that the items from one to another may have together; none where a boat lies between. */
function roomBetween({ items }: RouteShape, first: number, last: number): number | undefined {
  let gaps = 0
  for (let at = first; at < last; at++) {
    const gap = items[at]?.gap
    if (gap === undefined) return undefined
    gaps += gap
  }
  return (items[last]?.deadline ?? 0) - (items[first]?.release ?? 0) - gaps
}

/** Where the items of a shape are found among those of another, in their order. */
function placesIn(small: RouteShape, large: RouteShape): number[] | undefined {
  const places: number[] = []
  let at = 0
  for (const { site, window } of small.items) {
    const same = (one: ShapeItem) => one.site === site && one.window.from === window.from && one.window.to === window.to
    while (at < large.items.length && !same(large.items[at] as ShapeItem)) at++
    if (at === large.items.length) return undefined
    places.push(at++)
  }
  return places
}

/** Whether whatever can be held in one shape can be held in another that travels no more. */
function contains(large: RouteShape, small: RouteShape): boolean {
  if (large.travel > small.travel) return false
  const places = placesIn(small, large)
  if (!places) return false
  for (let first = 0; first < large.items.length; first++)
    for (let last = first; last < large.items.length; last++) {
      const room = roomBetween(large, first, last)
      if (room === undefined) break
      const within = places.flatMap((place, at) => (first <= place && place <= last ? [at] : []))
      const most = within.length > 0 ? roomBetween(small, within[0] ?? 0, within.at(-1) ?? 0) : 0
      if (most === undefined || room < most) return false
    }
  return true
}

/** Of shapes of one crew without overtime, those that are not contained in another. */
export const notContained = (shapes: readonly RouteShape[]): RouteShape[] =>
  shapes.filter(
    (one, at) =>
      !shapes.some((other, before) => other !== one && contains(other, one) && (before < at || !contains(one, other))),
  )
