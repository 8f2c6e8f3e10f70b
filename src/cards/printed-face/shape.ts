import type { PlacedText, TextBox } from './text.ts'

/** Millimetres from the top left corner of the card, y downward. */
export type Shape =
  | {
      readonly kind: 'path'
      /** An SVG path of absolute M, L, Q, C and Z. */
      readonly d: string
      readonly fill?: string
      readonly stroke?: { readonly ink: string; readonly width: number }
      readonly opacity?: number
      /** The origin of the path, and the millimetres of its unit; absent: the card's own. */
      readonly at?: { readonly x: number; readonly y: number; readonly unit: number }
      /** The same on every card of its layout: a file of many cards holds it once. */
      readonly isFixed?: boolean
    }
  /** `cover` fills the box and cuts what stands over, about the middle; `contain` shows the whole picture. */
  | {
      readonly kind: 'image'
      readonly box: TextBox
      readonly bytes: Buffer
      readonly format: 'jpeg' | 'png'
      readonly fit: 'cover' | 'contain'
    }

/** A side as it is drawn, in order, and the texts on it with their boxes. */
export type Side = { readonly shapes: Shape[]; readonly texts: PlacedText[] }

/** ID-1 (ISO/IEC 7810), in millimetres. */
export const card = { width: 85.6, height: 53.98, corner: 3.18 } as const

/** The house's colours (docs/design.md, Tokens). */
export const inks = {
  ink: '#16211f',
  second: '#4a5956',
  line: '#75827f',
  jade: '#0a5f58',
  deep: '#0e3b38',
  margin: '#4e958c',
  late: '#9c1c16',
} as const
export type Ink = keyof typeof inks

const rounded = (n: number) => Math.round(n * 1000) / 1000

export const lineShape = (x1: number, y1: number, x2: number, y2: number, ink: Ink, width: number): Shape => ({
  kind: 'path',
  d: `M${rounded(x1)} ${rounded(y1)}L${rounded(x2)} ${rounded(y2)}`,
  isFixed: true,
  stroke: { ink: inks[ink], width },
})

/** A frame with round corners; the arcs are quarter circles to within a thousandth of their radius. */
export function framePath({ x, y, width, height }: TextBox, r: number): string {
  const [right, bottom, k] = [x + width, y + height, r * 0.4477]
  const p = (...points: number[]) => points.map(rounded).join(' ')
  return [
    `M${p(x + r, y)}L${p(right - r, y)}C${p(right - k, y)} ${p(right, y + k)} ${p(right, y + r)}`,
    `L${p(right, bottom - r)}C${p(right, bottom - k)} ${p(right - k, bottom)} ${p(right - r, bottom)}`,
    `L${p(x + r, bottom)}C${p(x + k, bottom)} ${p(x, bottom - k)} ${p(x, bottom - r)}`,
    `L${p(x, y + r)}C${p(x, y + k)} ${p(x + k, y)} ${p(x + r, y)}Z`,
  ].join('')
}

export const frameShape = (box: TextBox, corner: number, ink: Ink, width: number): Shape => ({
  kind: 'path',
  d: framePath(box, corner),
  isFixed: true,
  stroke: { ink: inks[ink], width },
})
