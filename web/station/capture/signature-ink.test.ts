import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Canvas2D, drawStroke, isEnough, lengthOf, padSize, type Stroke } from './signature-ink.ts'

const line = (from: number, to: number, steps = 20): Stroke =>
  Array.from({ length: steps + 1 }, (_, at) => ({
    x: from + ((to - from) * at) / steps,
    y: 100 + 20 * Math.sin(at),
    pressure: 0.5,
  }))

test('nothing, a dot and a dash are no signature; a written line is', () => {
  assert.equal(isEnough([]), false)
  assert.equal(isEnough([[{ x: 10, y: 10, pressure: 0.5 }]]), false)
  assert.equal(isEnough([line(100, 130)]), false)
  assert.equal(isEnough([line(100, 500)]), true)
})

test('scribbling in one place is long but has no breadth', () => {
  const scribble = Array.from({ length: 200 }, (_, at) => ({ x: 100 + (at % 2) * 20, y: 100, pressure: 0.5 }))
  assert.ok(lengthOf(scribble) > padSize.width)
  assert.equal(isEnough([scribble]), false)
})

test('a stroke is drawn as one unbroken curve from its first point to its last; a dot as a dot', () => {
  const drawn: string[] = []
  const note = (name: string) => (x: number, y: number, bx?: number, by?: number) => {
    drawn.push([name, x, y, ...(bx === undefined || by === undefined ? [] : [bx, by])].join(' '))
  }
  const context = {
    beginPath: () => {},
    stroke: () => {},
    fill: () => {},
    moveTo: note('from'),
    quadraticCurveTo: note('curve'),
    lineTo: note('to'),
    arc: (x: number, y: number) => note('dot')(x, y),
    lineWidth: 1,
    lineCap: 'butt' as const,
    lineJoin: 'miter' as const,
    strokeStyle: '',
    fillStyle: '',
  } satisfies Canvas2D
  const stroke = [
    { x: 0, y: 0, pressure: 0.5 },
    { x: 10, y: 0, pressure: 0.5 },
    { x: 10, y: 10, pressure: 0.5 },
  ]
  drawStroke({ ...context }, stroke)
  assert.deepEqual(drawn, ['from 0 0', 'curve 0 0 5 0', 'from 5 0', 'curve 10 0 10 5', 'to 10 10'])

  drawn.length = 0
  drawStroke({ ...context }, stroke.slice(0, 1))
  assert.match(drawn.join(), /^dot 0 0/)
})
