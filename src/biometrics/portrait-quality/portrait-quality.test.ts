import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Face, Point } from '../face-points.ts'
import { measureQuality, type QualityMeasure } from './portrait-quality.ts'

const [width, height] = [300, 400]

/** A straight face whose eyes are 80 pixels apart and 100 above the chin, drawn with one colour on each half. */
function drawnFace({ left, right }: Readonly<Record<'left' | 'right', readonly [number, number, number]>>) {
  const data = new Uint8Array(width * height * 3)
  for (let at = 0; at < width * height; at++) data.set(at % width < width / 2 ? left : right, at * 3)
  return { data, width, height }
}

function straightFace({ mouthOpen = 0 } = {}): Face {
  const points: Point[] = Array.from({ length: 68 }, () => ({ x: 150, y: 200 }))
  const put = (at: number, x: number, y: number) => {
    points[at] = { x, y }
  }
  for (let at = 0; at <= 16; at++)
    put(at, 150 - 70 * Math.cos((Math.PI * at) / 16), 180 + 100 * Math.sin((Math.PI * at) / 16))
  put(17, 85, 150)
  put(26, 215, 150)
  for (const [from, x] of [
    [36, 110],
    [42, 190],
  ] as const) {
    put(from, x - 12, 180)
    put(from + 1, x - 4, 175)
    put(from + 2, x + 4, 175)
    put(from + 3, x + 12, 180)
    put(from + 4, x + 4, 185)
    put(from + 5, x - 4, 185)
  }
  for (const at of [61, 62, 63]) put(at, 150, 240 - mouthOpen / 2)
  for (const at of [65, 66, 67]) put(at, 150, 240 + mouthOpen / 2)
  put(30, 150, 210)
  return { box: { x: 80, y: 140, width: 140, height: 150 }, points }
}

const skin = [198, 150, 125] as const
const measured = (pixels: ReturnType<typeof drawnFace>, face: Face = straightFace()) => {
  const all = new Map(measureQuality(pixels, [face]).map(({ name, ...value }) => [name, value]))
  return (name: QualityMeasure) => all.get(name) ?? { native: undefined, quality: undefined }
}

test('an evenly lit face in the colours of skin has full marks for both, and a half in the dark has none', () => {
  const even = measured(drawnFace({ left: skin, right: skin }))
  assert.equal(even('IlluminationUniformity').quality, 100)
  assert.equal(even('NaturalColour').quality, 100)
  // 198, 150, 125 as light: 0.2126 · 0.565 + 0.7152 · 0.305 + 0.0722 · 0.205
  assert.ok(Math.abs((even('LuminanceMean').native ?? 0) - 0.353) < 0.003)
  assert.equal(even('UnderExposurePrevention').native, 0)
  const half = measured(drawnFace({ left: skin, right: [20, 15, 12] }))
  assert.equal(half('IlluminationUniformity').quality, 0)
  assert.ok((half('UnderExposurePrevention').native ?? 0) > 0.4)
})

test('grey and green skin are not natural, and burnt-out skin is told', () => {
  const of = (colour: readonly [number, number, number]) => measured(drawnFace({ left: colour, right: colour }))
  assert.ok((of([150, 150, 150])('NaturalColour').quality ?? 100) < 80)
  assert.equal(of([80, 200, 90])('NaturalColour').quality, 0)
  assert.equal(of([255, 254, 253])('OverExposurePrevention').quality, 1)
})

test('sizes and margins are those of the points, and an open mouth is told', () => {
  const of = measured(drawnFace({ left: skin, right: skin }))
  assert.equal(of('InterEyeDistance').native, 80)
  assert.equal(of('HeadSize').native, 100 / height)
  assert.equal(of('LeftwardCropOfTheFaceImage').native, 110 / 80)
  assert.equal(of('MarginAboveOfTheFaceImage').native, 1.8)
  assert.equal(of('HeadPoseRoll').quality, 100)
  assert.ok((of('MouthClosed').quality ?? 0) > 90)
  const gaping = measured(drawnFace({ left: skin, right: skin }), straightFace({ mouthOpen: 40 }))
  assert.ok((gaping('MouthClosed').quality ?? 100) < 10)
})

test('without a face nothing is measured, and nothing is called good', () => {
  assert.ok(measureQuality(drawnFace({ left: skin, right: skin }), []).every(({ quality }) => quality === undefined))
})
