import { type FaceTemplate, requireLength, templateLength } from '../face-template.ts'

/** One face against one other (1:1). */

/** Euclidean distance of two templates: 0 for the same picture, some 1.4 at most. */
export function faceDistance(one: FaceTemplate, other: FaceTemplate): number {
  requireLength(one)
  requireLength(other)
  let sum = 0
  for (let at = 0; at < templateLength; at++) sum += ((one[at] ?? 0) - (other[at] ?? 0)) ** 2
  return Math.sqrt(sum)
}

/** 0 to 100, one decimal: 100 for the same picture, 40 at the distance by which this algorithm is usually judged. */
export const faceScore = (distance: number): number => Math.round(Math.min(1, Math.max(0, 1 - distance)) * 1000) / 10

/** The distance at which a score begins. */
export const distanceOfScore = (score: number): number => 1 - score / 100

export type FaceVerdict = 'same' | 'unsure' | 'different'

export type FaceComparison = {
  readonly score: number
  /** From which score on it is the same face. */
  readonly threshold: number
  readonly verdict: FaceVerdict
}

/** Compares two faces by the thresholds of a day. */
export function compareFaces(
  one: FaceTemplate,
  other: FaceTemplate,
  { same, unsure }: { readonly same: number; readonly unsure: number },
): FaceComparison {
  const score = faceScore(faceDistance(one, other))
  return { score, threshold: same, verdict: score >= same ? 'same' : score >= unsure ? 'unsure' : 'different' }
}
