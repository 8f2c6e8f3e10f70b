import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits, scoreOf, tick } from '../base/portrait-limits.ts'
import { type Face, type Point, placesOf, poseOf } from './face-points.ts'
import { allGood, type Faces, type Frame, firstFault, type MeasureName, measure } from './portrait.ts'

/** A drawn head: what the detector would say of it, and the picture that it is in. */
type Drawn = {
  readonly at?: Point
  readonly eyeDistance?: number
  readonly roll?: number
  readonly turned?: number
  readonly open?: number
  readonly look?: number
  readonly skin?: (x: number, y: number) => number
  readonly wall?: (x: number, y: number) => number
}

const width = 480
const height = 640
const usual = { at: { x: 240, y: 275 }, eyeDistance: 105 }

/**
 * Sixty-eight points of a face that looks straight ahead, by the distance of the eyes; y from the line of the eyes
 * down.
 */
function pointsOf({
  at = usual.at,
  eyeDistance = usual.eyeDistance,
  roll = 0,
  turned = 0,
  open = 0.3,
}: Drawn): readonly Point[] {
  const nose = turned * 0.45
  const jaw = Array.from({ length: 17 }, (_, k) => {
    const angle = Math.PI * (k / 16)
    return { x: -1.05 * Math.cos(angle) - turned * 0.3, y: 0.1 + 1.5 * Math.sin(angle) }
  })
  const brow = (cx: number) => [-0.35, -0.18, 0, 0.18, 0.35].map(dx => ({ x: cx + dx, y: -0.35 }))
  const eye = (cx: number) =>
    [
      [-0.22, 0],
      [-0.08, -1],
      [0.08, -1],
      [0.22, 0],
      [0.08, 1],
      [-0.08, 1],
    ].map(([dx = 0, side = 0]) => ({ x: cx + dx, y: side * 0.22 * open }))
  const bridge = [0, 0.2, 0.4, 0.6].map((y, k) => ({ x: (nose * k) / 3, y }))
  const under = [-0.2, -0.1, 0, 0.1, 0.2].map(dx => ({ x: nose + dx, y: 0.75 }))
  const mouth = Array.from({ length: 20 }, (_, k) => ({
    x: 0.3 * Math.cos((k / 10) * Math.PI),
    y: 1 + 0.1 * Math.sin((k / 10) * Math.PI),
  }))
  const [cos, sin] = [Math.cos((roll * Math.PI) / 180), Math.sin((roll * Math.PI) / 180)]
  return [...jaw, ...brow(-0.5), ...brow(0.5), ...bridge, ...under, ...eye(-0.5), ...eye(0.5), ...mouth].map(
    ({ x, y }) => ({
      x: at.x + eyeDistance * (x * cos - y * sin),
      y: at.y + eyeDistance * (x * sin + y * cos),
    }),
  )
}

const faceOf = (drawn: Drawn): Face => {
  const points = pointsOf(drawn)
  const { x, y } = drawn.at ?? usual.at
  const side = (drawn.eyeDistance ?? usual.eyeDistance) * 2.2
  return { points, box: { x: x - side / 2, y: y - side * 0.3, width: side, height: side } }
}

/** Skin with pores, eyes with white and iris, a plain wall. */
function frameOf(drawn: Drawn): Frame {
  const { at = usual.at, eyeDistance = usual.eyeDistance, look = 0, open = 0.3 } = drawn
  const { skin = (x, y) => 140 + 24 * Math.sin(x * 1.9) * Math.cos(y * 2.3), wall = () => 215 } = drawn
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [(x - at.x) / eyeDistance, (y - at.y) / eyeDistance]
      let value = Math.hypot(dx / 1.1, (dy - 0.3) / 1.7) < 1 ? skin(x, y) : wall(x, y)
      for (const side of [-0.5, 0.5]) {
        const [ex, ey] = [dx - side, dy]
        if (open > 0.1 && Math.hypot(ex / 0.22, ey / 0.09) < 1)
          value = Math.hypot(ex - look * 0.44, ey) < 0.07 ? 30 : 225
      }
      data.fill(value, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  return { data, width, height }
}

const measured = (drawn: Drawn, faces: Faces = [faceOf(drawn)]) => measure(frameOf(drawn), faces)
const of = (drawn: Drawn, name: MeasureName, faces?: Faces) => measured(drawn, faces).find(one => one.name === name)!

test('a head in the middle, evenly lit, before a plain wall is good in all six', () => {
  const measures = measured({})
  assert.deepEqual(
    measures.map(({ name, verdict }) => [name, verdict]),
    (['face', 'eyes', 'light', 'sharpness', 'pose', 'background'] as const).map(name => [name, 'good']),
  )
  assert.ok(allGood(measures))
  assert.equal(firstFault(measures), undefined)
})

for (const [what, drawn, name, fault] of [
  ['too far off', { eyeDistance: 60 }, 'face', 'head-small'],
  ['too close', { eyeDistance: 210 }, 'face', 'head-large'],
  ['at the left', { at: { x: 185, y: 275 } }, 'face', 'off-left'],
  ['at the right', { at: { x: 295, y: 275 } }, 'face', 'off-right'],
  ['too high', { at: { x: 240, y: 150 } }, 'face', 'eyes-high'],
  ['too low', { at: { x: 240, y: 420 } }, 'face', 'eyes-low'],
  ['with eyes that are shut', { open: 0.05 }, 'eyes', 'eye-shut'],
  ['looking aside', { look: 0.32 }, 'eyes', 'gaze-off'],
  [
    'in the dark',
    { skin: (x: number, y: number) => 40 + 8 * Math.sin(x * 1.9) * Math.cos(y * 2.3) },
    'light',
    'too-dark',
  ],
  ['in too much light', { skin: (x: number) => 228 + 6 * Math.sin(x) }, 'light', 'too-bright'],
  ['with glare', { skin: (x: number, y: number) => (y % 10 < 2 ? 255 : 150 + 20 * Math.sin(x)) }, 'light', 'burnt-out'],
  [
    'lit from the right',
    { skin: (x: number) => 100 + (x > 240 ? 60 : 0) + 12 * Math.sin(x * 2) },
    'light',
    'uneven-right',
  ],
  [
    'lit from the left',
    { skin: (x: number) => 100 + (x < 240 ? 60 : 0) + 12 * Math.sin(x * 2) },
    'light',
    'uneven-left',
  ],
  [
    'out of focus',
    { open: 0.05, skin: (x: number, y: number) => 140 + 30 * Math.sin(x / 40) * Math.cos(y / 40) },
    'sharpness',
    'blurred',
  ],
  ['tilted by 15 degrees', { roll: 15 }, 'pose', 'roll'],
  ['turned to the right', { turned: 0.6 }, 'pose', 'yaw'],
  ['before a striped wall', { wall: (x: number) => (x % 20 < 10 ? 60 : 220) }, 'background', 'patterned'],
] as const satisfies readonly (readonly [string, Drawn, MeasureName, string])[])
  test(`a head ${what} is poor: ${fault}`, () => {
    const { verdict, fault: said, score } = of(drawn, name)
    assert.deepEqual([verdict, said], ['poor', fault])
    assert.ok(score !== undefined && score < tick)
  })

/** The noise of a camera: the same each time, some four of 255 to either side. */
const noiseAt = (x: number, y: number) => ((x * 7919 + y * 104_729 + ((x * y) % 31) * 613) % 17) - 8

for (const [what, skin] of [
  ['of flat colours', () => 175],
  ['held before the camera, under its noise', (x: number, y: number) => 175 + 0.7 * noiseAt(x, y)],
] as const)
  test(`a drawing ${what} is no portrait`, () => {
    const { verdict, fault } = of({ skin }, 'sharpness')
    assert.deepEqual([verdict, fault], ['poor', 'drawn'])
  })

test('a round face under the noise of a camera is none of a drawing, however smooth its skin', () => {
  const round = (x: number, y: number) => 190 - Math.hypot(x - 240, y - 300) * 0.25 + noiseAt(x, y)
  assert.equal(of({ skin: round }, 'sharpness').verdict, 'good')
})

test('without a detector face, eyes and pose stay unchecked, and nothing unmeasured is good', () => {
  const measures = measure(frameOf({}), undefined)
  assert.deepEqual(
    measures.filter(({ verdict }) => verdict === 'not-done').map(({ name }) => name),
    ['face', 'eyes', 'pose'],
  )
  assert.ok(!allGood(measures))
})

test('without a person only the wall is measured beside the missing face', () => {
  const measures = measure(frameOf({}), [])
  assert.equal(firstFault(measures)?.fault, 'no-face')
  assert.deepEqual(
    measures.filter(({ score }) => score !== undefined).map(({ name }) => name),
    ['face', 'background'],
  )
})

test('a second person in the picture is the first thing to put right', () => {
  const second = faceOf({ at: { x: 420, y: 300 }, eyeDistance: 50 })
  assert.equal(firstFault(measured({ roll: 15 }, [faceOf({ roll: 15 }), second]))?.fault, 'two-faces')
})

test('of several faults the pose is named before the light, since turning the head moves the shadow', () => {
  const dark = { roll: 15, skin: () => 40 }
  assert.equal(firstFault(measured(dark))?.fault, 'roll')
})

test('a head turned by 20 degrees is reckoned within seven, tilted by 10 within one', () => {
  const turned = poseOf(placesOf(faceOf({ turned: Math.tan((20 * Math.PI) / 180) })))
  assert.ok(Math.abs(turned.yaw - 20) <= 7, `${turned.yaw}`)
  assert.ok(Math.abs(poseOf(placesOf(faceOf({ roll: 10 }))).roll - 10) <= 1)
})

test('each limit stands at the tick, its ends at 0 and 100, and names its source', () => {
  for (const [name, { worst, limit, ideal, source }] of Object.entries(limits) as [
    keyof typeof limits,
    (typeof limits)['roll'],
  ][]) {
    assert.deepEqual([scoreOf(name, worst), scoreOf(name, ideal)], [0, 100], name)
    assert.ok(Math.abs(scoreOf(name, limit) - tick) < 1e-9, name)
    assert.ok(source.length > 20, name)
  }
})
