/**
 * How early one can be at each place, by road and boat (Dijkstra over a dense table). A necessary condition alone:
 * whoever cannot be there by this cannot be there at all.
 */

export type Boat = { readonly from: number; readonly to: number; readonly departs: number; readonly arrives: number }
export type Roads = (from: number, to: number) => number | null

/** Minutes of the day at which each place is reached, Infinity where it never is. */
export function earliestArrivals(
  places: number,
  starts: readonly number[],
  begin: number,
  { roads, boats }: { readonly roads: Roads; readonly boats: readonly Boat[] },
): Float64Array {
  const at = new Float64Array(places).fill(Number.POSITIVE_INFINITY)
  const isDone = new Uint8Array(places)
  for (const start of starts) at[start] = begin
  const boatsFrom = Map.groupBy(boats, ({ from }) => from)
  for (;;) {
    const next = nearestOpen(at, isDone)
    if (next === undefined) return at
    isDone[next] = 1
    const now = at[next] ?? 0
    for (let to = 0; to < places; to++) {
      const minutes = isDone[to] ? null : roads(next, to)
      if (minutes !== null && now + minutes < (at[to] ?? 0)) at[to] = now + minutes
    }
    for (const { to, departs, arrives } of boatsFrom.get(next) ?? [])
      if (departs >= now && arrives < (at[to] ?? 0)) at[to] = arrives
  }
}

function nearestOpen(at: Float64Array, isDone: Uint8Array): number | undefined {
  let nearest: number | undefined
  let best = Number.POSITIVE_INFINITY
  for (const [place, minutes] of at.entries()) if (!isDone[place] && minutes < best) [nearest, best] = [place, minutes]
  return nearest
}

/** The latest minute at which one may leave each place to be at one of the ends in time; -Infinity where never. */
export function latestDepartures(
  places: number,
  ends: readonly number[],
  end: number,
  { roads, boats }: { readonly roads: Roads; readonly boats: readonly Boat[] },
): Float64Array {
  // The same search with the day run backwards.
  const backwards = earliestArrivals(places, ends, -end, {
    roads: (from, to) => roads(to, from),
    boats: boats.map(({ from, to, departs, arrives }) => ({
      from: to,
      to: from,
      departs: -arrives,
      arrives: -departs,
    })),
  })
  return backwards.map(minutes => -minutes)
}
