/**
 * Places in the face, from 68 points in the order of the iBUG 300-W set, which most landmark models use. Left and right
 * are those of the picture. Pixels.
 */

export type Point = { readonly x: number; readonly y: number }
export type FaceBox = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** A face as a detector found it. */
export type Face = { readonly box: FaceBox; readonly points: readonly Point[] }

/** The middle of some points. */
export const middleOf = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
})

export const lengthBetween = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** The points from one number to another, both counted. */
const pointAt = (points: readonly Point[], at: number): Point => points[at] ?? { x: 0, y: 0 }

/** Middles of the eyes by their corners, of the mouth, and the chin. */
export function referencePoints(points: readonly Point[]) {
  const left = middleOf([pointAt(points, 36), pointAt(points, 39)])
  const right = middleOf([pointAt(points, 42), pointAt(points, 45)])
  const eyes = middleOf([left, right])
  const mouth = middleOf([pointAt(points, 62), pointAt(points, 66)])
  const chin = pointAt(points, 8)
  return {
    left,
    right,
    eyes,
    mouth,
    chin,
    eyesToChin: lengthBetween(eyes, chin),
    eyesToMouth: lengthBetween(eyes, mouth),
  }
}
