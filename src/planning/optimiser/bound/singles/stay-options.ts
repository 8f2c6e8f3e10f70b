import { earliestArrivals, latestDepartures } from '../../earliest-arrival.ts'
import { type Compiled, type CompiledDay, overtimeOn } from '../../solving/compile.ts'
import { closedTravel, leastTravel, minutesWithin } from '../../solving/travel.ts'
import type { DayClass } from '../team-day-classes.ts'
import type { SingleDays } from './single-days.ts'
import type { Handover, StayKind } from './stay-kinds.ts'

/**
 * What an officer or a kit can do on a day: for each kind of stay and each site the sessions that are the best by some
 * price of overtime, as minutes there, minutes of travel, and minutes of overtime.
 */

/** Options one after another, by set and kind of stay. */
export type StayOptions = {
  /** By single days: their set. Days of the same hours have one, whatever their month or period. */
  readonly setOf: Int32Array
  /** Where those of set × kind begin; one more at the end. */
  readonly starts: Int32Array
  readonly site: Int32Array
  readonly minutes: Float32Array
  readonly travel: Float32Array
  readonly overtime: Float32Array
}

type Option = { readonly minutes: number; readonly overtime: number }

type Hours = { readonly from: number; readonly to: number }

type Stay = {
  readonly site: number
  readonly of: DayClass
  readonly kind: StayKind
  readonly came: Handover | undefined
  readonly leaves: Handover | undefined
  readonly out: number
  readonly home: number
  /** The least way from the site before. */
  readonly between: number
}

/** Of a start on a day: minutes to each place and back, when one is there, when one has to leave. */
type DayReach = {
  readonly arrives: Float64Array
  readonly leaves: Float64Array
  /** The widest hours in which anybody is out. */
  readonly hours: Hours
}

export function stayOptions(
  given: Compiled,
  {
    singles,
    dayClasses,
    kinds,
    handovers,
  }: {
    readonly singles: readonly SingleDays[]
    readonly dayClasses: readonly DayClass[]
    readonly kinds: readonly StayKind[]
    readonly handovers: readonly Handover[]
  },
): StayOptions {
  const { sites, places, demands } = given
  const least = closedTravel(given) ?? leastTravel(given)
  const near = nearestSites(given, least)
  const [site, minutes, travel, overtime]: [number[], number[], number[], number[]] = [[], [], [], []]
  const starts: number[] = []
  const sets = new Map<string, number>()
  const hoursKeys = dayClasses.map(({ day, openFrom, openTo }) => {
    const { free, ordinary, order } = given.days[day] as CompiledDay
    return JSON.stringify([free, ordinary, order, given.crossings[day], openFrom.join(), openTo.join()])
  })
  const sameHours = hoursKeys.map(key => hoursKeys.indexOf(key))
  const setOf = new Int32Array(singles.length)
  const isNeeded = (at: number, isKit: boolean) =>
    (sites[at]?.demands ?? []).some(one => demands[one]?.people && (!isKit || demands[one]?.byKit))
  const needed = [false, true].map(isKit => [...sites.keys()].filter(at => isNeeded(at, isKit)))
  singles.forEach(({ from, dayClass, kit }, single) => {
    const key = `${from}/${sameHours[dayClass]}/${kit !== undefined}`
    const known = sets.get(key)
    setOf[single] = known ?? sets.size
    if (known !== undefined) return
    sets.set(key, sets.size)
    const of = dayClasses[dayClass] as DayClass
    const today = given.days[of.day] as CompiledDay
    const reach = wayHours(given, of.day, from)
    for (const kind of kinds) {
      starts.push(site.length)
      if (!canBe(kind, reach, { shifts: given.shifts, handovers })) continue
      const [came, leaves] = [handovers[kind.cameBy], handovers[kind.leavesBy]]
      for (const there of needed[kit ? 1 : 0] as number[]) {
        const { place } = sites[there] as Compiled['sites'][number]
        const [out, home] = [least[from * places + place] as number, least[place * places + from] as number]
        // Whoever is far from home and comes nearer by this stay travels at least the difference.
        const ways = { out, home, between: Math.max(near[there] as number, (came?.nearer ?? 0) - home) }
        for (const one of optionsOf(given, today, { of, kind, site: there, came, leaves, ...ways }, reach)) {
          site.push(there)
          minutes.push(one.minutes)
          travel.push(kit ? 0 : (came ? ways.between : out) + (kind.leavesBy < 0 ? home : 0))
          overtime.push(one.overtime)
        }
      }
    }
  })
  starts.push(site.length)
  return {
    setOf,
    starts: Int32Array.from(starts),
    site: Int32Array.from(site),
    minutes: Float32Array.from(minutes),
    travel: Float32Array.from(travel),
    overtime: Float32Array.from(overtime),
  }
}

/** By site: the shortest way to it from any other one. */
function nearestSites(given: Compiled, least: Float64Array): Float64Array {
  const { sites, places } = given
  return Float64Array.from(sites, ({ place }, at) => {
    let nearest = Number.POSITIVE_INFINITY
    sites.forEach((other, from) => {
      if (from === at) return
      const way = other.place === place ? minutesWithin(given, place) : (least[other.place * places + place] as number)
      nearest = Math.min(nearest, way)
    })
    return nearest
  })
}

/** The widest hours in which anybody is out on a day, and what can be reached in them. */
function wayHours(given: Compiled, day: number, from: number): DayReach {
  const { ordinary, order } = given.days[day] as CompiledDay
  const begins = Math.min(ordinary?.from ?? Number.POSITIVE_INFINITY, order?.from ?? Number.POSITIVE_INFINITY)
  const ends = Math.max(ordinary?.to ?? 0, order?.to ?? 0)
  const ways = {
    roads: (one: number, other: number) => {
      const minutes = given.road[one * given.places + other] as number
      return one === other ? 0 : minutes < 0 ? null : minutes
    },
    boats: (given.crossings[day] ?? []).map(({ from: on, to, departs, minutes }) => ({
      ...{ from: on, to, departs, arrives: departs + minutes },
    })),
  }
  return {
    arrives: earliestArrivals(given.places, [from], begins, ways),
    leaves: latestDepartures(given.places, [from], ends, ways),
    hours: { from: begins, to: ends },
  }
}

/** Whether a stay of the kind, and the one before and after it, lie in the hours of a day. */
function canBe(
  { firstShift, lastShift, cameBy, leavesBy }: StayKind,
  { hours }: DayReach,
  { shifts, handovers }: { readonly shifts: readonly Hours[]; readonly handovers: readonly Handover[] },
): boolean {
  const [came, leaves] = [handovers[cameBy], handovers[leavesBy]]
  const isOut = (shift: number) => {
    const { from, to } = shifts[shift] ?? { from: 0, to: 0 }
    return from < hours.to && to > hours.from
  }
  if (!isOut(firstShift) || !isOut(lastShift)) return false
  if (came && (came.from >= hours.to || came.to <= hours.from)) return false
  return !leaves || (isOut(leaves.afterShift + 1) && leaves.from < hours.to && leaves.to > hours.from)
}

/** Sessions of a stay of which no other one has as many minutes with no more overtime. */
function optionsOf(given: Compiled, today: CompiledDay, stay: Stay, reach: DayReach): readonly Option[] {
  const { site, of, kind, came, leaves, home, out, between } = stay
  const { shifts } = given
  const { place, setUp, pack } = given.sites[site] as Compiled['sites'][number]
  if (leaves && !(home > leaves.nearer && home <= leaves.farther)) return noOptions
  const [first, last] = [site * shifts.length + kind.firstShift, site * shifts.length + kind.lastShift]
  const [firstFrom, firstTo] = [of.openFrom[first] as number, of.openTo[first] as number]
  const [lastFrom, lastTo] = [of.openFrom[last] as number, of.openTo[last] as number]
  if (firstTo <= firstFrom || lastTo <= lastFrom || (came && !Number.isFinite(between))) return noOptions
  const begin = Math.max(firstFrom, (came ? came.from + between : (reach.arrives[place] as number)) + setUp)
  const end = Math.min(lastTo, (leaves ? leaves.to : (reach.leaves[place] as number)) - pack)
  if (!(begin < firstTo && end > lastFrom && begin < end)) return noOptions
  let shut = firstFrom - lastTo
  for (let at = first; at <= last; at++) shut += Math.max(0, (of.openTo[at] as number) - (of.openFrom[at] as number))
  // Until the next stay begins the whole pause is part of the day.
  const departs = came ? (shifts[came.afterShift]?.to ?? 0) : undefined
  const returns = leaves ? (shifts[kind.lastShift]?.to ?? 0) : undefined
  const option = (from: number, to: number): Option => {
    const start = departs ?? from - setUp - out
    const overtime = Math.max(0, overtimeOn(today, start, Math.max(start, returns ?? to + pack + home)))
    return { minutes: Math.max(0, to - from + shut), overtime }
  }
  if (!today.order) {
    const whole = option(begin, end)
    return whole.overtime === 0 ? [whole] : noOptions
  }
  // Between edges of the free hours a session gains, or loses, with every minute: the best one begins and ends at them.
  const [begins, ends] = [[begin], [end]]
  for (const { from, to } of today.free)
    for (const edge of [from, to]) {
      const [start, stop] = [edge + setUp + out, edge - pack - home]
      if (!came && start > begin && start < firstTo) begins.push(start)
      if (!leaves && stop > lastFrom && stop < end) ends.push(stop)
    }
  const found: Option[] = []
  // As short as can be, where a minute costs more than it is worth.
  if (first === last) for (const at of [...begins, ...ends]) found.push(option(at, at))
  else {
    begins.push(firstTo)
    ends.push(lastFrom)
  }
  for (const from of begins) for (const to of ends) if (from < to) found.push(option(from, to))
  return withoutDominated(found)
}

const noOptions: readonly Option[] = []

function withoutDominated(options: readonly Option[]): Option[] {
  const kept: Option[] = []
  for (const one of [...options].sort((a, b) => a.overtime - b.overtime || b.minutes - a.minutes))
    if (one.minutes > (kept.at(-1)?.minutes ?? -1)) kept.push(one)
  return kept
}
