/**
 * A signature as it is drawn: strokes of points, in units of the pad, each with the pressure of a pen where there is
 * one.
 */

export type InkPoint = { readonly x: number; readonly y: number; readonly pressure: number }
export type Stroke = readonly InkPoint[]

export const padSize = { width: 720, height: 240 } as const

/** By the width of the pad: a dot or a short dash is no signature. */
const leastInk = { length: 0.25, width: 0.08 } as const
const dash = 1.5

export const lengthOf = (stroke: Stroke) =>
  stroke.reduce(
    (sum, point, at) => (at ? sum + Math.hypot(point.x - stroke[at - 1]!.x, point.y - stroke[at - 1]!.y) : 0),
    0,
  )

/** Whether enough was written: in length, and over some breadth. */
export function isEnough(strokes: readonly Stroke[]): boolean {
  const xs = strokes.flat().map(({ x }) => x)
  if (!xs.length) return false
  const length = strokes.reduce((sum, stroke) => sum + lengthOf(stroke), 0)
  const breadth = Math.max(...xs) - Math.min(...xs)
  return length >= leastInk.length * padSize.width && breadth >= leastInk.width * padSize.width
}

export type Canvas2D = Pick<
  CanvasRenderingContext2D,
  'beginPath' | 'moveTo' | 'quadraticCurveTo' | 'lineTo' | 'stroke' | 'arc' | 'fill'
> & {
  lineWidth: number
  lineCap: CanvasLineCap
  lineJoin: CanvasLineJoin
  strokeStyle: CanvasRenderingContext2D['strokeStyle']
  fillStyle: CanvasRenderingContext2D['fillStyle']
}

const thickness = ({ pressure }: InkPoint) => 1.6 + 2.4 * pressure

/**
 * Draws a stroke smoothly: curves through the middles between points, each point the bend of one. Many-cornered mice
 * come out round.
 */
export function drawStroke(context: Canvas2D, stroke: Stroke): void {
  const [first] = stroke
  if (!first) return
  Object.assign(context, { lineCap: 'round', lineJoin: 'round', strokeStyle: '#16211f', fillStyle: '#16211f' })
  if (lengthOf(stroke) < dash) {
    context.beginPath()
    context.arc(first.x, first.y, thickness(first) / 2, 0, 2 * Math.PI)
    context.fill()
    return
  }
  let from = first
  for (const [at, point] of stroke.entries()) {
    if (!at) continue
    const before = stroke[at - 1]!
    const middle = { x: (before.x + point.x) / 2, y: (before.y + point.y) / 2, pressure: point.pressure }
    context.beginPath()
    context.moveTo(from.x, from.y)
    context.quadraticCurveTo(before.x, before.y, middle.x, middle.y)
    if (at === stroke.length - 1) context.lineTo(point.x, point.y)
    context.lineWidth = thickness(point)
    context.stroke()
    from = middle
  }
}
