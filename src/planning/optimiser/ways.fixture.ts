import type { PlanInstance } from './instance.ts'
import type { PlanLeg } from './plan.ts'

/** Ways of one day by road and boat, for planners of the tests. Minutes since midnight. */

export const minuteOf = (hour: string) => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3, 5))

export const hourOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

export type WayLeg = Omit<PlanLeg, 'departs' | 'arrives'> & { readonly departs: number; readonly arrives: number }
export type Way = { readonly legs: readonly WayLeg[]; readonly arrives: number }

type Boat = {
  readonly from: string
  readonly to: string
  readonly departs: number
  readonly arrives: number
  readonly km: number
}

export type WaysOfDay = {
  /** Minutes by road; undefined where there is none. Nothing from a place to itself. */
  readonly road: (from: string, to: string) => number | undefined
  /** Legs that leave at `at` or later and arrive first. No leg from a place to itself. */
  readonly earliest: (from: string, to: string, at: number) => Way | undefined
  /** The last minute at which one can leave and be there by `by`. */
  readonly latest: (from: string, to: string, by: number) => number | undefined
  readonly within: (place: string, at: number) => WayLeg
}

export function waysOn({ places, travel, crossings }: PlanInstance, day: string): WaysOfDay {
  const placeAt = new Map(places.map(({ id }, at) => [id, at]))
  const at = (place: string) => placeAt.get(place) ?? -1
  const road = (from: string, to: string) => (from === to ? 0 : (travel.minutes[at(from)]?.[at(to)] ?? undefined))
  const byRoad = (from: string, to: string, departs: number): WayLeg => ({
    from,
    to,
    by: 'road',
    departs,
    arrives: departs + (travel.minutes[at(from)]?.[at(to)] ?? 0),
    km: travel.km[at(from)]?.[at(to)] ?? 0,
  })
  const boats: readonly Boat[] = crossings
    .filter(({ days }) => days.includes(day as never))
    .map(({ from, to, departs, minutes, km }) => ({
      from,
      to,
      departs: minuteOf(departs),
      arrives: minuteOf(departs) + minutes,
      km,
    }))

  function earliest(from: string, to: string, leaves: number, boatsLeft = 2): Way | undefined {
    if (from === to) return { legs: [], arrives: leaves }
    if (road(from, to) !== undefined) {
      const leg = byRoad(from, to, leaves)
      return { legs: [leg], arrives: leg.arrives }
    }
    if (boatsLeft === 0) return undefined
    const ways = boats.flatMap(boat => {
      const toHarbour = road(from, boat.from)
      if (toHarbour === undefined || leaves + toHarbour > boat.departs) return []
      const on = earliest(boat.to, to, boat.arrives, boatsLeft - 1)
      if (!on) return []
      // Whoever waits for a boat leaves late for it.
      const before = toHarbour ? [byRoad(from, boat.from, boat.departs - toHarbour)] : []
      return [{ legs: [...before, { ...boat, by: 'boat' } as const, ...on.legs], arrives: on.arrives }]
    })
    return ways.reduce<Way | undefined>((best, way) => (best && best.arrives <= way.arrives ? best : way), undefined)
  }

  function latest(from: string, to: string, by: number, boatsLeft = 2): number | undefined {
    const direct = road(from, to)
    if (direct !== undefined) return by - direct
    if (boatsLeft === 0) return undefined
    const times = boats.flatMap(boat => {
      const toHarbour = road(from, boat.from)
      if (toHarbour === undefined) return []
      const on = latest(boat.to, to, by, boatsLeft - 1)
      return on !== undefined && boat.arrives <= on ? [boat.departs - toHarbour] : []
    })
    return times.length > 0 ? Math.max(...times) : undefined
  }

  return { road, earliest, latest, within: (place, departs) => byRoad(place, place, departs) }
}
