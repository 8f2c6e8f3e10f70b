import type { Compiled, Crossing } from './compile.ts'

/** Ways between places: by road, or by road, one boat, and road. */

export type Way = {
  readonly departs: number
  readonly arrives: number
  /** Without waiting for a boat. */
  readonly minutes: number
  readonly km: number
  readonly crossing?: Crossing | undefined
}

const roadBetween = ({ road, places }: Compiled, from: number, to: number): number =>
  from === to ? 0 : (road[from * places + to] ?? -1)

const kmBetween = ({ km, places }: Compiled, from: number, to: number): number =>
  from === to ? 0 : (km[from * places + to] ?? 0)

/** From one site to another at the same place: what the instance has on its diagonal. */
export const minutesWithin = ({ road, places }: Compiled, place: number): number =>
  Math.max(0, road[place * places + place] ?? 0)

/** By the way that arrives first for whoever is ready at a minute; undefined where there is none on that day. */
export function wayFrom(given: Compiled, day: number, from: number, to: number, ready: number): Way | undefined {
  const minutes = roadBetween(given, from, to)
  if (minutes >= 0) return { departs: ready, arrives: ready + minutes, minutes, km: kmBetween(given, from, to) }
  let best: Way | undefined
  for (const crossing of given.crossings[day] ?? []) {
    const [before, after] = [roadBetween(given, from, crossing.from), roadBetween(given, crossing.to, to)]
    if (before < 0 || after < 0 || ready + before > crossing.departs) continue
    const arrives = crossing.departs + crossing.minutes + after
    if (best && best.arrives <= arrives) continue
    best = { ...byBoat(given, { from, to, before, after }, crossing), arrives }
  }
  return best
}

/** By the way that leaves last and still arrives by a minute. */
export function wayBy(given: Compiled, day: number, from: number, to: number, due: number): Way | undefined {
  const minutes = roadBetween(given, from, to)
  if (minutes >= 0) return { departs: due - minutes, arrives: due, minutes, km: kmBetween(given, from, to) }
  let best: Way | undefined
  for (const crossing of given.crossings[day] ?? []) {
    const [before, after] = [roadBetween(given, from, crossing.from), roadBetween(given, crossing.to, to)]
    if (before < 0 || after < 0 || crossing.departs + crossing.minutes + after > due) continue
    const departs = crossing.departs - before
    if (best && best.departs >= departs) continue
    best = byBoat(given, { from, to, before, after }, crossing)
  }
  return best
}

function byBoat(
  given: Compiled,
  {
    from,
    to,
    before,
    after,
  }: { readonly from: number; readonly to: number; readonly before: number; readonly after: number },
  crossing: Crossing,
): Way {
  return {
    departs: crossing.departs - before,
    arrives: crossing.departs + crossing.minutes + after,
    minutes: before + crossing.minutes + after,
    km: kmBetween(given, from, crossing.from) + crossing.km + kmBetween(given, crossing.to, to),
    crossing,
  }
}

/** Fewest minutes of travel between two places on any day; Infinity where nothing leads there. */
export function leastTravel(given: Compiled): Float64Array {
  const { places } = given
  const least = new Float64Array(places * places).fill(Number.POSITIVE_INFINITY)
  const boats = new Map<string, Crossing>()
  for (const crossing of given.crossings.flat()) {
    const key = `${crossing.from}/${crossing.to}`
    const known = boats.get(key)
    if (!known || known.minutes > crossing.minutes) boats.set(key, crossing)
  }
  for (let from = 0; from < places; from++)
    for (let to = 0; to < places; to++) {
      const minutes = roadBetween(given, from, to)
      if (minutes >= 0) least[from * places + to] = minutes
      else
        for (const crossing of boats.values()) {
          const [before, after] = [roadBetween(given, from, crossing.from), roadBetween(given, crossing.to, to)]
          if (before < 0 || after < 0) continue
          const total = before + crossing.minutes + after
          if (total < (least[from * places + to] ?? 0)) least[from * places + to] = total
        }
    }
  return least
}

/** Places beyond which shortest ways are not closed: their number goes with the cube. */
const mostClosed = 600

/** The same by way of any places between, so that no way round is shorter; undefined where there are too many. */
export function closedTravel(given: Compiled): Float64Array | undefined {
  const { places } = given
  if (places > mostClosed) return undefined
  const least = leastTravel(given)
  for (let by = 0; by < places; by++)
    for (let from = 0; from < places; from++) {
      const first = least[from * places + by] as number
      if (!Number.isFinite(first)) continue
      for (let to = 0; to < places; to++) {
        const round = first + (least[by * places + to] as number)
        if (round < (least[from * places + to] as number)) least[from * places + to] = round
      }
    }
  return least
}

/** From a site to the next: within a place the minutes of the diagonal. */
export function wayBetweenSites(
  given: Compiled,
  day: number,
  [from, to]: readonly [number, number],
  ready: number,
): Way | undefined {
  const [start, end] = [given.sites[from]?.place ?? 0, given.sites[to]?.place ?? 0]
  if (start !== end) return wayFrom(given, day, start, end, ready)
  const minutes = from === to ? 0 : minutesWithin(given, start)
  return { departs: ready, arrives: ready + minutes, minutes, km: given.km[start * given.places + start] ?? 0 }
}
