import { type LimitName, scoreOf, tick } from '../base/portrait-limits.ts'
import { type Box, type Face, type FacePlaces, opennessOf, type Point, placesOf, poseOf } from './face-points.ts'

/**
 * What is measured of a portrait before it is taken, and while it may still be better (ICAO 9303-3, section 5; ISO/IEC
 * 19794-5). Everything here is reckoned from the pixels and from what the detector found; what could not be reckoned is
 * `not-done`, never passed.
 */

export const measureNames = ['face', 'eyes', 'light', 'sharpness', 'pose', 'background'] as const
export type MeasureName = (typeof measureNames)[number]

/** What is wrong, in the words of ../base/words.ts, which also say what to do. */
export type Fault =
  | 'no-face'
  | 'two-faces'
  | 'uneven-left'
  | 'uneven-right'
  | 'off-left'
  | 'off-right'
  | Exclude<LimitName, 'uneven' | 'off-centre'>

export type Measure = {
  readonly name: MeasureName
  readonly verdict: 'good' | 'poor' | 'not-done'
  /** 0 to 100, the minimum at `tick`; undefined where nothing was measured. */
  readonly score: number | undefined
  readonly fault: Fault | undefined
  /** A figure to say with it: degrees of the pose. */
  readonly figure?: number
}

/** Pixels of the 3:4 picture, four bytes each; an ImageData is one. */
export type Frame = { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number }

/** What the detector saw; undefined where there is no detector. */
export type Faces = readonly Face[] | undefined

type Part = { readonly fault: Fault; readonly score: number }

const part = (limit: LimitName, value: number, fault?: Fault): Part => ({
  fault: fault ?? (limit as Fault),
  score: scoreOf(limit, value),
})

/** The weakest part speaks for the whole. */
function judged(name: MeasureName, parts: readonly Part[], figure?: number): Measure {
  const weakest = parts.reduce((least, one) => (one.score < least.score ? one : least))
  const poor = weakest.score < tick
  return {
    name,
    verdict: poor ? 'poor' : 'good',
    score: Math.round(weakest.score),
    fault: poor ? weakest.fault : undefined,
    ...(figure !== undefined && { figure }),
  }
}

const notDone = (name: MeasureName): Measure => ({ name, verdict: 'not-done', score: undefined, fault: undefined })
const failed = (name: MeasureName, fault: Fault): Measure => ({ name, verdict: 'poor', score: 0, fault })

/** All six, in the order in which they are shown. */
export function measure(frame: Frame, faces: Faces): readonly Measure[] {
  const grey = greyOf(frame)
  const [face, another] = faces ?? []
  const background = measureBackground(grey, face)
  if (!faces) {
    const region = guideRegion(frame)
    return inOrder([measureLight(grey, region, undefined), measureSharpness(grey, region), background])
  }
  if (!face) return inOrder([failed('face', 'no-face'), background])
  const places = placesOf(face)
  const region = innerFace(places, frame)
  return inOrder([
    another ? failed('face', 'two-faces') : measureFace(frame, places),
    measureEyes(grey, places),
    measureLight(grey, region, places),
    measureSharpness(grey, region),
    measurePose(places),
    background,
  ])
}

const inOrder = (done: readonly Measure[]) =>
  measureNames.map(name => done.find(one => one.name === name) ?? notDone(name))

/** Whether a picture may be taken without a reason: everything measured, everything good. */
export const allGood = (measures: readonly Measure[]) =>
  measures.length > 0 && measures.every(({ verdict }) => verdict === 'good')

/**
 * The one thing to put right first: what the others are measured by before them, eyes only in a picture that is lit and
 * sharp.
 */
export function firstFault(measures: readonly Measure[]): Measure | undefined {
  const order: readonly MeasureName[] = ['face', 'pose', 'light', 'sharpness', 'eyes', 'background']
  return order.map(name => measures.find(one => one.name === name)).find(one => one?.verdict === 'poor')
}

/** Brightness alone, by the weights of ITU-R BT.601. */
type Grey = { readonly at: Float32Array; readonly width: number; readonly height: number }

function greyOf({ data, width, height }: Frame): Grey {
  const at = new Float32Array(width * height)
  for (let pixel = 0; pixel < at.length; pixel++)
    at[pixel] = 0.299 * data[pixel * 4]! + 0.587 * data[pixel * 4 + 1]! + 0.114 * data[pixel * 4 + 2]!
  return { at, width, height }
}

const inside = ({ x, y, width, height }: Box, frame: { width: number; height: number }): Box => {
  const [left, top] = [Math.max(0, Math.round(x)), Math.max(0, Math.round(y))]
  return {
    x: left,
    y: top,
    width: Math.max(1, Math.min(frame.width, Math.round(x + width)) - left),
    height: Math.max(1, Math.min(frame.height, Math.round(y + height)) - top),
  }
}

/** From brow to mouth, cheek to cheek: skin, eyes and nose, without hair, neck and ground. */
const innerFace = ({ eyes, eyeDistance, mouth }: FacePlaces, frame: Frame): Box =>
  inside(
    {
      x: eyes.x - eyeDistance * 0.85,
      y: eyes.y - eyeDistance * 0.35,
      width: eyeDistance * 1.7,
      height: mouth.y - eyes.y + eyeDistance * 0.5,
    },
    frame,
  )

/** Where a face should be, while nobody can say where it is. */
const guideRegion = (frame: Frame): Box =>
  inside(
    { x: frame.width * 0.32, y: frame.height * 0.34, width: frame.width * 0.36, height: frame.height * 0.28 },
    frame,
  )

type Spread = { readonly mean: number; readonly variance: number; readonly burnt: number }

function spreadIn({ at, width }: Grey, box: Box): Spread {
  let [sum, squares, burnt] = [0, 0, 0]
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++) {
      const value = at[y * width + x]!
      sum += value
      squares += value * value
      if (value >= 250) burnt++
    }
  const count = box.width * box.height
  const mean = sum / count
  return { mean, variance: Math.max(0, squares / count - mean * mean), burnt: burnt / count }
}

function measureFace({ width, height }: Frame, { eyes, headHeight }: FacePlaces): Measure {
  const aside = eyes.x / width - 0.5
  return judged('face', [
    part('head-small', headHeight / height),
    part('head-large', headHeight / height),
    part('off-centre', Math.abs(aside), aside < 0 ? 'off-left' : 'off-right'),
    part('eyes-high', eyes.y / height),
    part('eyes-low', eyes.y / height),
  ])
}

function measureEyes(grey: Grey, { leftEye, rightEye }: FacePlaces): Measure {
  const open = Math.min(opennessOf(leftEye), opennessOf(rightEye))
  // Both eyes move together: a shadow in one corner does not count as a look aside.
  const aside = Math.abs(irisOffset(grey, leftEye) + irisOffset(grey, rightEye)) / 2
  const white = Math.max(whiteOf(grey, leftEye), whiteOf(grey, rightEye))
  return judged('eyes', [part('eye-shut', open), part('no-white', white), part('gaze-off', aside)])
}

/**
 * How much brighter both ends of the eye are than its middle, by the brightness of the cheek below: the white beside
 * the iris. A lid has none. The landmarks themselves do not follow a lid that is down.
 */
function whiteOf({ at, width, height }: Grey, eye: readonly Point[]): number {
  const [from, to] = [eye[0]!, eye[3]!]
  const span = to.x - from.x
  const middle = eye.reduce((sum, { y }) => sum + y, 0) / eye.length
  const brightness = (share: number, y: number) => {
    const row = Math.min(height - 1, Math.max(0, Math.round(y)))
    return at[row * width + Math.min(width - 1, Math.max(0, Math.round(from.x + span * share)))]!
  }
  const steps = Array.from({ length: 19 }, (_, step) => 0.05 + step * 0.05)
  const cheek = steps.reduce((sum, share) => sum + brightness(share, middle + span * 0.6), 0) / steps.length
  const rows = [-0.12, -0.06, 0, 0.06, 0.12].map(share => {
    const row = steps.map(step => brightness(step, middle + span * share))
    const dark = Math.min(...row.slice(5, 14))
    return Math.min(Math.max(...row.slice(0, 7)), Math.max(...row.slice(12))) - dark
  })
  return Math.max(...rows) / Math.max(10, cheek)
}

/** How far the dark of the eye lies from its middle, by the width of the eye; to the right is positive. */
function irisOffset({ at, width, height }: Grey, eye: readonly Point[]): number {
  const [from, to] = [eye[0]!, eye[3]!]
  const span = to.x - from.x
  const ys = eye.map(({ y }) => y)
  const box = inside(
    { x: from.x + span * 0.12, y: Math.min(...ys), width: span * 0.76, height: Math.max(...ys) - Math.min(...ys) },
    { width, height },
  )
  let darkest = 255
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++) darkest = Math.min(darkest, at[y * width + x]!)
  let [weight, sum] = [0, 0]
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++) {
      const dark = Math.max(0, darkest + 40 - at[y * width + x]!)
      weight += dark
      sum += dark * x
    }
  return weight ? (sum / weight - (from.x + to.x) / 2) / span : 0
}

function measureLight(grey: Grey, region: Box, places: FacePlaces | undefined): Measure {
  const { mean, burnt } = spreadIn(grey, region)
  const middle = places ? places.noseTip.x : region.x + region.width / 2
  const half = Math.max(1, Math.min(middle - region.x, region.x + region.width - middle))
  const side = (x: number) => spreadIn(grey, inside({ ...region, x, width: half * 0.8 }, grey)).mean
  const [left, right] = [side(middle - half), side(middle + half * 0.2)]
  const lean = (right - left) / Math.max(1, (right + left) / 2)
  return judged('light', [
    part('too-dark', mean),
    part('too-bright', mean),
    part('burnt-out', burnt),
    part('uneven', Math.abs(lean), lean > 0 ? 'uneven-right' : 'uneven-left'),
  ])
}

function measureSharpness(grey: Grey, region: Box): Measure {
  const { at, width } = grey
  let [sum, squares, count] = [0, 0, 0]
  for (let y = region.y + 1; y < region.y + region.height - 1; y++)
    for (let x = region.x + 1; x < region.x + region.width - 1; x++) {
      const here = y * width + x
      const laplacian = at[here - 1]! + at[here + 1]! + at[here - width]! + at[here + width]! - 4 * at[here]!
      sum += laplacian
      squares += laplacian * laplacian
      count++
    }
  const variance = count ? squares / count - (sum / count) ** 2 : 0
  return judged('sharpness', [
    part('blurred', variance / Math.max(25, spreadIn(grey, region).variance)),
    part('drawn', flatShare(grey, region)),
  ])
}

/** Of 255: what the noise of a camera adds to an even area, and what shading changes from one square to the next. */
const noise = 7
const shading = 1

/**
 * The share of a face in which neither light nor skin changes anything: squares that have no texture beyond a camera's
 * noise, and whose brightness is that of the squares right of and below them. Faces are round and have pores; a drawing
 * is flat. A printed photograph has both, and passes: whether somebody lives is not measured.
 */
function flatShare(grey: Grey, region: Box): number {
  const side = Math.max(4, Math.round(grey.width / 60))
  const [columns, rows] = [Math.floor(region.width / side), Math.floor(region.height / side)]
  const squares = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) =>
      spreadIn(grey, { x: region.x + column * side, y: region.y + row * side, width: side, height: side }),
    ),
  )
  let [flat, all] = [0, 0]
  for (let row = 0; row < rows - 1; row++)
    for (let column = 0; column < columns - 1; column++) {
      const here = squares[row]![column]!
      const [right, below] = [squares[row]![column + 1]!, squares[row + 1]![column]!]
      const isEven = [right, below].every(({ mean }) => Math.abs(mean - here.mean) < shading)
      all++
      if (isEven && here.variance < noise * noise) flat++
    }
  return all ? flat / all : 0
}

function measurePose(places: FacePlaces): Measure {
  const { roll, yaw, pitch } = poseOf(places)
  const parts = [part('roll', Math.abs(roll)), part('yaw', Math.abs(yaw)), part('pitch', Math.abs(pitch))]
  return judged('pose', parts, Math.round(Math.max(Math.abs(roll), Math.abs(yaw))))
}

/** Two strips beside the head, above the shoulders. Their spread counts, and how far one differs from the other. */
function measureBackground(grey: Grey, face: Face | undefined): Measure {
  const { width, height } = grey
  const bottom = face ? Math.min(height * 0.35, face.box.y + face.box.height * 0.35) : height * 0.35
  const edge = face ? Math.max(0, Math.min(face.box.x, width - face.box.x - face.box.width)) : width / 4
  const room = Math.min(width * 0.12, Math.max(width * 0.05, edge * 0.4))
  const tall = Math.max(height * 0.1, bottom)
  const strips = [0, width - room].map(x => spreadIn(grey, inside({ x, y: 0, width: room, height: tall }, grey)))
  const [left, right] = strips as [Spread, Spread]
  const spread = Math.sqrt(Math.max(left.variance, right.variance))
  return judged('background', [part('patterned', Math.max(spread, Math.abs(left.mean - right.mean) / 2))])
}
