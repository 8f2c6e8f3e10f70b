/**
 * Places in the face, from 68 points in the order of the iBUG 300-W set, which most landmark models use. Left and right
 * are those of the picture.
 */

export type Point = { readonly x: number; readonly y: number }
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** A face as the detector found it, in pixels of the frame. */
export type Face = { readonly box: Box; readonly points: readonly Point[] }

const mean = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
})
const degrees = (radians: number) => (radians * 180) / Math.PI
const between = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)

export type FacePlaces = ReturnType<typeof placesOf>

/** Undefined where the detector gave too few points. */
export function placesOf({ points }: Face) {
  const some = (from: number, to: number) => points.slice(from, to + 1)
  const [leftEye, rightEye] = [some(36, 41), some(42, 47)]
  const [left, right] = [mean(leftEye), mean(rightEye)]
  const chin = points[8]!
  const eyes = mean([left, right])
  return {
    leftEye,
    rightEye,
    left,
    right,
    eyes,
    chin,
    noseTip: points[30]!,
    mouth: mean(some(48, 59)),
    cheeks: [points[2]!, points[14]!] as const,
    eyeDistance: between(left, right),
    /** Crown to chin: the eyes lie half-way, by the rule of drawing masters; hair is not counted. */
    headHeight: 2 * between(eyes, chin),
  }
}

/**
 * How the head is held, in degrees. Roll: from the line of the eyes. Yaw: the tip of the nose stands before the eyes by
 * some 0.45 of their distance, before the edges of the cheeks by some 1.05, and moves sideways as the head turns.
 * Pitch: it moves up and down between eyes and mouth, where it rests at 0.6 of the way.
 */
export function poseOf({ left, right, eyes, noseTip, mouth, eyeDistance, cheeks }: FacePlaces) {
  const roll = Math.atan2(right.y - left.y, right.x - left.x)
  const [cos, sin] = [Math.cos(-roll), Math.sin(-roll)]
  const upright = (point: Point): Point => ({
    x: (point.x - eyes.x) * cos - (point.y - eyes.y) * sin,
    y: (point.x - eyes.x) * sin + (point.y - eyes.y) * cos,
  })
  const [nose, lips] = [upright(noseTip), upright(mouth)]
  // Of the two signs of turning, nose against the eyes and nose against the cheeks, the mean is steadier than either.
  const middle = (upright(cheeks[0]).x + upright(cheeks[1]).x) / 2
  const sideways = (nose.x + (nose.x - middle)) / 2 / eyeDistance
  const way = nose.y / lips.y
  return {
    roll: degrees(roll),
    yaw: degrees(Math.atan(sideways / 0.75)),
    pitch: degrees(Math.atan((way - restingWay) / 0.5)),
  }
}

/** Where between eyes and mouth the tip of the nose rests in a head held straight. */
const restingWay = 0.6

/** Height of the opening by its width (Soukupová and Čech 2016): the mean of two heights. */
export const opennessOf = (eye: readonly Point[]) =>
  (between(eye[1]!, eye[5]!) + between(eye[2]!, eye[4]!)) / (2 * between(eye[0]!, eye[3]!))
