import type { Point } from '../face-points.ts'

/** Pixels of a picture that are looked at, by their place in it, row by row. */
export type Region = readonly number[]

type Size = { readonly width: number; readonly height: number }

/** Inside the hull of all points: from the brows to the chin. */
export function faceRegion(points: readonly Point[], size: Size): Region {
  const hull = hullOf(points)
  const ys = hull.map(({ y }) => y)
  const [top, bottom] = [Math.max(0, Math.ceil(Math.min(...ys))), Math.min(size.height - 1, Math.max(...ys))]
  const region: number[] = []
  for (let y = top; y <= bottom; y++) {
    const xs = crossings(hull, y)
    const from = Math.max(0, Math.ceil(Math.min(...xs)))
    const to = Math.min(size.width - 1, Math.floor(Math.max(...xs)))
    for (let x = from; x <= to; x++) region.push(y * size.width + x)
  }
  return region
}

/** A square by its upper left corner in a face that is turned by so many radians, as far as it lies in the picture. */
export function turnedSquare(corner: Point, side: number, turn: number, size: Size): Region {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const region: number[] = []
  for (let down = 0; down < side; down++)
    for (let right = 0; right < side; right++) {
      const x = Math.round(corner.x + right * cos - down * sin)
      const y = Math.round(corner.y + right * sin + down * cos)
      if (x >= 0 && y >= 0 && x < size.width && y < size.height) region.push(y * size.width + x)
    }
  return region
}

/** Shares of each luminance in a region, which sum up to 1; undefined where the region is empty. */
export function histogramIn(luminance: Uint8Array, region: Region): number[] | undefined {
  if (region.length === 0) return undefined
  const counts = new Array<number>(256).fill(0)
  for (const place of region) {
    const value = luminance[place] ?? 0
    counts[value] = (counts[value] ?? 0) + 1
  }
  return counts.map(count => count / region.length)
}

/** Where the edges of a polygon cross a row. */
const crossings = (polygon: readonly Point[], y: number): number[] =>
  polygon.flatMap((one, at) => {
    const other = polygon[(at + 1) % polygon.length] ?? one
    if (y < Math.min(one.y, other.y) || y > Math.max(one.y, other.y)) return []
    if (one.y === other.y) return [one.x, other.x]
    return [one.x + ((y - one.y) / (other.y - one.y)) * (other.x - one.x)]
  })

/** The convex hull (monotone chain), counterclockwise. */
function hullOf(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y)
  const turn = (a: Point, b: Point, c: Point) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  const half = (inOrder: readonly Point[]) => {
    const chain: Point[] = []
    for (const point of inOrder) {
      while (chain.length > 1 && turn(chain.at(-2) ?? point, chain.at(-1) ?? point, point) <= 0) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}
