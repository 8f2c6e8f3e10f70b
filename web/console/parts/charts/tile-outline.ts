/** A tile of the map: its place in the grid, and the group (a district) that it belongs to. */
export type Place = { readonly col: number; readonly row: number; readonly group: string | null }

/** An axis-aligned box in tile widths, y downward. */
export type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

const keyOf = (col: number, row: number) => `${col},${row}`
const sides = [
  { dc: 0, dr: -1, from: [0, 0], to: [1, 0] },
  { dc: 1, dr: 0, from: [1, 0], to: [1, 1] },
  { dc: 0, dr: 1, from: [0, 1], to: [1, 1] },
  { dc: -1, dr: 0, from: [0, 0], to: [0, 1] },
] as const

/**
 * The edges at which one group ends, as a path in units of `size`; each edge once. Without groups: the outer edge
 * alone.
 */
export function outlineOf(places: readonly Place[], size: number): string {
  const known = new Map(places.map(place => [keyOf(place.col, place.row), place]))
  const edges = new Set<string>()
  for (const { col, row, group } of places)
    for (const { dc, dr, from, to } of sides) {
      const beside = known.get(keyOf(col + dc, row + dr))
      if (beside && beside.group === group) continue
      edges.add(`M${(col + from[0]) * size} ${(row + from[1]) * size}L${(col + to[0]) * size} ${(row + to[1]) * size}`)
    }
  return [...edges].join('')
}

const overlap = (a: Box, b: Box) =>
  Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y))

/** Beside each tile of a group: above, below, left and right of it. */
const besides = (places: readonly Place[], w: number, h: number): Box[] =>
  places.flatMap(({ col, row }) => [
    { x: col + 0.5 - w / 2, y: row - h, w, h },
    { x: col + 0.5 - w / 2, y: row + 1, w, h },
    { x: col - w - 0.2, y: row + 0.5 - h / 2, w, h },
    { x: col + 1.2, y: row + 0.5 - h / 2, w, h },
    { x: col, y: row - h, w, h },
    { x: col + 1 - w, y: row - h, w, h },
    { x: col, y: row + 1, w, h },
    { x: col + 1 - w, y: row + 1, w, h },
  ])

/**
 * Where the names of groups stand: beside their own tiles, on no tile and no other name, inside the grid's width where
 * there is room. `widths` and `height` in tile widths. The group with the fewest free places is served first.
 */
export function labelsOf(
  places: readonly Place[],
  widths: ReadonlyMap<string, number>,
  height: number,
  columns: number,
): ReadonlyMap<string, Box> {
  const tiles = places.map(({ col, row }): Box => ({ x: col, y: row, w: 1, h: 1 }))
  const free = (box: Box) => tiles.reduce((sum, tile) => sum + overlap(box, tile), 0)
  const outside = ({ x, w }: Box) => Math.max(0, -x) + Math.max(0, x + w - columns)
  const groups = [...widths].map(([group, w]) => {
    const own = places.filter(place => place.group === group)
    const centre = { x: mean(own.map(({ col }) => col + 0.5)), y: mean(own.map(({ row }) => row + 0.5)) }
    const boxes = besides(own, w, height).map(box => ({
      box,
      cost:
        free(box) * 100 +
        outside(box) * 20 +
        Math.hypot(box.x + box.w / 2 - centre.x, (box.y + box.h / 2 - centre.y) * 1.2),
    }))
    return { group, boxes, choice: boxes.filter(({ cost }) => cost < 20).length }
  })
  const taken = new Map<string, Box>()
  for (const { group, boxes } of groups.toSorted((a, b) => a.choice - b.choice)) {
    const others = [...taken.values()]
    const best = boxes
      .map(({ box, cost }) => ({ box, cost: cost + others.reduce((sum, other) => sum + overlap(box, other), 0) * 100 }))
      .toSorted((a, b) => a.cost - b.cost)[0]
    if (best) taken.set(group, best.box)
  }
  return taken
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/** The next tile in a direction: the nearest one that lies more that way than sideways. */
export function neighbour(places: readonly Place[], from: number, dc: number, dr: number): number {
  const here = places[from]
  if (!here) return from
  let best = { at: from, cost: Number.POSITIVE_INFINITY }
  places.forEach(({ col, row }, at) => {
    const ahead = (col - here.col) * dc + (row - here.row) * dr
    const aside = Math.abs((col - here.col) * dr) + Math.abs((row - here.row) * dc)
    const cost = ahead + aside * 2
    if (ahead > 0 && aside <= ahead && cost < best.cost) best = { at, cost }
  })
  return best.at
}
