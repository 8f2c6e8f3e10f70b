import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
/** The encoder of QR codes, loaded with the first of them. */
export const qrcode = () => require('qrcode') as typeof import('qrcode')

/** Corners where an edge begins, of the grid that is one wider than the matrix. */
type Edge = { readonly from: number; readonly to: number }

/** Edges between dark and light, each with the dark on its right. */
function edgesOf(size: number, isDark: (row: number, column: number) => boolean): Edge[] {
  const corner = (row: number, column: number) => row * (size + 1) + column
  const edges: Edge[] = []
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      if (!isDark(row, column)) continue
      const [a, b, c, d] = [
        corner(row, column),
        corner(row, column + 1),
        corner(row + 1, column + 1),
        corner(row + 1, column),
      ]
      if (!isDark(row - 1, column)) edges.push({ from: a, to: b })
      if (!isDark(row, column + 1)) edges.push({ from: b, to: c })
      if (!isDark(row + 1, column)) edges.push({ from: c, to: d })
      if (!isDark(row, column - 1)) edges.push({ from: d, to: a })
    }
  return edges
}

/** Edges as closed ways, of which only the corners that turn are kept. */
function outlines(edges: readonly Edge[]): number[][] {
  const next = new Map<number, number[]>()
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to])
  const ways: number[][] = []
  for (const start of next.keys())
    while (next.get(start)?.length) {
      const way = [start]
      for (let at = next.get(start)?.pop(); at !== undefined && at !== start; at = next.get(at)?.pop()) way.push(at)
      ways.push(way.filter((at, i) => at - (way.at(i - 1) ?? 0) !== (way[(i + 1) % way.length] ?? 0) - at))
    }
  return ways
}

/**
 * A QR code (ISO/IEC 18004, error correction M, text in UTF-8) as an SVG path whose unit is a module, `size` modules
 * wide and without its quiet zone of four. Outlines, and not a square for each module, so that no renderer leaves seams
 * between them. Throws what the encoder throws for text that no code holds (2,331 bytes).
 */
export function qrPath(text: string): { readonly d: string; readonly size: number } {
  const { modules } = qrcode().create(text, { errorCorrectionLevel: 'M' })
  const size = modules.size
  const isDark = (row: number, column: number) =>
    row >= 0 && column >= 0 && row < size && column < size && modules.get(row, column) === 1
  const point = (corner: number) => `${corner % (size + 1)} ${Math.floor(corner / (size + 1))}`
  const ways = outlines(edgesOf(size, isDark))
  return { d: ways.map(way => `M${way.map(point).join('L')}Z`).join(''), size }
}
