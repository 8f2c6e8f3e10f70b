import { decimalText } from '../../parts/formats.ts'

/** A unit with the rate that it is told by. */
type Rated = {
  readonly unit: { readonly id: string; readonly code: string }
  readonly rate: { readonly exact: number; readonly floorPercent: number } | null
}

/** The order of ranking, map and phone: the lowest rate first, equal ones by code, last those without a rate. */
export const lowestFirst = <Row extends Rated>(rows: readonly Row[]): Row[] =>
  rows.toSorted(
    (a, b) =>
      (a.rate?.exact ?? Number.POSITIVE_INFINITY) - (b.rate?.exact ?? Number.POSITIVE_INFINITY) ||
      (a.unit.code < b.unit.code ? -1 : 1),
  )

/** More places than these say nothing of a commune with some hundred people. */
const mostPlaces = 2

const cut = (share: number, places: number) => decimalText(share * 100, places)

/**
 * The rates of units side by side: whole per cent, cut; where several that differ would read alike, with as many places
 * as tell them apart, at most two. Rates that are equal read equal.
 */
export function ratesApart(rows: readonly Rated[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  const rated = rows.flatMap(({ unit, rate }) => (rate ? [{ id: unit.id, rate }] : []))
  for (const alike of Map.groupBy(rated, ({ rate }) => rate.floorPercent).values()) {
    const differing = [...new Set(alike.map(({ rate }) => rate.exact))]
    let places = 0
    while (places < mostPlaces && new Set(differing.map(share => cut(share, places))).size < differing.length)
      places += 1
    for (const { id, rate } of alike) texts.set(id, `${cut(rate.exact, places)}%`)
  }
  return texts
}

/**
 * The lowest units, with their places: equal rates share one. Where more tie for the last place than there is room for,
 * none of these is named, since none is lower than the others.
 */
export function lowestOf<Row extends Rated>(rows: readonly Row[], most: number): { row: Row; place: number }[] {
  const rated = lowestFirst(rows).filter(({ rate }) => rate)
  const placed = rated.map(row => ({
    row,
    place: 1 + rated.filter(({ rate }) => (rate?.exact ?? 0) < (row.rate?.exact ?? 0)).length,
  }))
  const firstLeftOut = placed[most]?.place
  return placed.slice(0, most).filter(({ place }) => place !== firstLeftOut)
}
