import { type Face, lengthBetween, middleOf, type Point, referencePoints } from '../face-points.ts'
import { labOf, luminanceOf, type Pixels } from './luminance.ts'
import { faceRegion, histogramIn, turnedSquare } from './region.ts'

/**
 * Quality of a portrait by the measures of ISO/IEC 29794-5, under the names that the standard and its reference
 * implementation (OFIQ) give them: a native value and a quality component from 0 to 100. What needs a model that is not
 * here (segmentation, occlusion, expression, the unified score) is `not-done`, never good. Where the standard aligns
 * the face first, the same is reckoned in the picture as it is; the region of the face is the hull of 68 points, not
 * of 98.
 */

export const qualityMeasures = [
  'UnifiedQualityScore',
  'BackgroundUniformity',
  'IlluminationUniformity',
  'LuminanceMean',
  'LuminanceVariance',
  'UnderExposurePrevention',
  'OverExposurePrevention',
  'DynamicRange',
  'Sharpness',
  'CompressionArtifacts',
  'NaturalColour',
  'SingleFacePresent',
  'EyesOpen',
  'MouthClosed',
  'EyesVisible',
  'MouthOcclusionPrevention',
  'FaceOcclusionPrevention',
  'InterEyeDistance',
  'HeadSize',
  'LeftwardCropOfTheFaceImage',
  'RightwardCropOfTheFaceImage',
  'MarginAboveOfTheFaceImage',
  'MarginBelowOfTheFaceImage',
  'HeadPoseYaw',
  'HeadPosePitch',
  'HeadPoseRoll',
  'ExpressionNeutrality',
  'NoHeadCoverings',
] as const
export type QualityMeasure = (typeof qualityMeasures)[number]

export type MeasuredQuality = {
  readonly name: QualityMeasure
  /** In the measure's own unit; undefined where it was not done. */
  readonly native: number | undefined
  /** 0 to 100; undefined where it was not done. */
  readonly quality: number | undefined
}

type Value = { readonly native: number; readonly quality: number }
type Values = Partial<Readonly<Record<QualityMeasure, Value>>>

const clamp = (quality: number) => Math.round(Math.min(100, Math.max(0, quality)))
/** Rises from 0 to 1 around a middle. */
const sigmoid = (value: number, middle: number, width: number) => 1 / (1 + Math.exp((middle - value) / width))

/** Every measure of the standard, in its order. `faces`: all that were found, the largest first. */
export function measureQuality(pixels: Pixels, faces: readonly Face[]): MeasuredQuality[] {
  const [face] = faces
  const values: Values = face && face.points.length >= 68 ? measuredOf(pixels, face, faces) : {}
  return qualityMeasures.map(name => ({ name, native: values[name]?.native, quality: values[name]?.quality }))
}

function measuredOf(pixels: Pixels, face: Face, faces: readonly Face[]): Values {
  return {
    ...lightOf(pixels, face),
    ...geometryOf(pixels, face),
    SingleFacePresent: singleFace(faces),
  }
}

/** Section 7.3: light, from the luminance of the face and of the two zones of the cheeks. */
function lightOf(pixels: Pixels, { points }: Face): Values {
  const luminance = luminanceOf(pixels)
  const face = faceRegion(points, pixels)
  const histogram = histogramIn(luminance, face)
  if (!histogram) return {}
  const mean = histogram.reduce((sum, share, value) => sum + (share * value) / 255, 0)
  const variance = histogram.reduce((sum, share, value) => sum + share * (value / 255 - mean) ** 2, 0)
  const shareOf = (from: number, to: number) => histogram.slice(from, to + 1).reduce((sum, share) => sum + share, 0)
  const entropy = -histogram.reduce((sum, share) => sum + (share > 0 ? share * Math.log2(share) : 0), 0)
  const [dark, light] = [shareOf(0, 25), shareOf(247, 255)]
  return {
    LuminanceMean: { native: mean, quality: clamp(100 * sigmoid(mean, 0.2, 0.05) * (1 - sigmoid(mean, 0.8, 0.05))) },
    LuminanceVariance: {
      native: variance,
      quality: clamp(100 * Math.sin(((60 * variance) / (60 * variance + 1)) * Math.PI)),
    },
    UnderExposurePrevention: { native: dark, quality: clamp(120 * (0.832 - sigmoid(dark, 0.92, 0.05))) },
    OverExposurePrevention: { native: light, quality: clamp(1 / (light + 0.01)) },
    DynamicRange: { native: entropy, quality: clamp(12.5 * entropy) },
    ...cheeksOf(pixels, points, luminance),
  }
}

/** Two squares below the eyes, three tenths of the distance of the eyes wide, in the face as it is turned. */
function cheeksOf(pixels: Pixels, points: readonly Point[], luminance: Uint8Array): Values {
  const { left, right, eyesToMouth } = referencePoints(points)
  const side = Math.floor(lengthBetween(left, right) * 0.3)
  const turn = Math.atan2(right.y - left.y, right.x - left.x)
  const below = ({ x, y }: Point, aside: number): Point => ({
    x: x + aside * Math.cos(turn) - (eyesToMouth / 2) * Math.sin(turn),
    y: y + aside * Math.sin(turn) + (eyesToMouth / 2) * Math.cos(turn),
  })
  const zones = [below(left, -side), below(right, 0)].map(corner => turnedSquare(corner, side, turn, pixels))
  const [one, other] = zones.map(zone => histogramIn(luminance, zone))
  if (!one || !other) return {}
  const shared = one.reduce((sum, share, value) => sum + Math.min(share, other[value] ?? 0), 0)
  const { a, b } = labOf(pixels, zones.flat())
  const outside = (value: number, from: number, to: number) => Math.max(0, from - value, value - to)
  const colour = a >= 0 && b >= 0 ? Math.hypot(outside(a, 5, 25), outside(b, 5, 35)) : 100
  return {
    IlluminationUniformity: { native: shared, quality: clamp(100 * shared ** 0.3) },
    NaturalColour: { native: colour, quality: clamp(200 * (1 - sigmoid(colour, 0, 10))) },
  }
}

/** Section 7.4: sizes and places by the points. */
function geometryOf({ width, height }: Pixels, { points }: Face): Values {
  const { left, right, eyes, eyesToChin } = referencePoints(points)
  if (eyesToChin === 0) return {}
  const between = lengthBetween(left, right)
  const openingOf = (pairs: readonly (readonly [number, number])[]) =>
    Math.max(...pairs.map(([one, other]) => lengthBetween(points[one] ?? eyes, points[other] ?? eyes))) / eyesToChin
  const eyesOpen = Math.min(openingOf(eyePairs.left), openingOf(eyePairs.right))
  const mouthOpen = openingOf(lipPairs)
  const head = eyesToChin / height
  const margin = (native: number, middle: number) => ({ native, quality: clamp(100 * sigmoid(native, middle, 0.1)) })
  return {
    EyesOpen: { native: eyesOpen, quality: clamp(100 * sigmoid(eyesOpen, 0.02, 0.01)) },
    MouthClosed: { native: mouthOpen, quality: clamp(100 * (1 - sigmoid(mouthOpen, 0.2, 0.06))) },
    InterEyeDistance: { native: between, quality: clamp(100 * sigmoid(between, 70, 20)) },
    HeadSize: { native: head, quality: clamp(200 * (1 - sigmoid(Math.abs(head - 0.45), 0, 0.05))) },
    LeftwardCropOfTheFaceImage: margin(left.x / between, 0.9),
    RightwardCropOfTheFaceImage: margin((width - right.x) / between, 0.9),
    MarginAboveOfTheFaceImage: margin(eyes.y / eyesToChin, 1.4),
    MarginBelowOfTheFaceImage: margin((height - eyes.y) / eyesToChin, 1.8),
    HeadPoseRoll: poseQuality((Math.atan2(right.y - left.y, right.x - left.x) * 180) / Math.PI),
    HeadPoseYaw: poseQuality(yawOf(points)),
  }
}

/** Upper lid over lower lid, and lip over lip. */
const eyePairs = {
  left: [
    [37, 41],
    [38, 40],
  ],
  right: [
    [43, 47],
    [44, 46],
  ],
} as const
const lipPairs = [
  [61, 67],
  [62, 66],
  [63, 65],
] as const

const poseQuality = (degrees: number): Value => ({
  native: degrees,
  quality: clamp(100 * Math.max(0, Math.cos((degrees * Math.PI) / 180)) ** 2),
})

/** By how far the tip of the nose stands beside the middle of the cheeks, as the head turns; good to some 5 degrees. */
function yawOf(points: readonly Point[]): number {
  const [one, other, tip] = [points[2], points[14], points[30]]
  if (!one || !other || !tip) return 0
  const half = lengthBetween(one, other) / 2
  const aside = half > 0 ? (tip.x - middleOf([one, other]).x) / half : 0
  return (Math.asin(Math.min(1, Math.max(-1, aside))) * 180) / Math.PI
}

/** By how much the largest face outweighs the next one. */
function singleFace(faces: readonly Face[]): Value {
  const [largest = 0, next = 0] = faces.map(({ box }) => box.width * box.height).sort((a, b) => b - a)
  const native = largest > 0 ? next / largest : 0
  return { native, quality: clamp(100 * (1 - native)) }
}
