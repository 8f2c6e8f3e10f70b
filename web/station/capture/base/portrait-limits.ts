/**
 * What a portrait is measured by. `limit` is the least that passes, `worst` and `ideal` the ends of the scale: a value
 * at its limit stands at the tick of the ruler. `confidence` is how sure the number is, not how sure the measurement:
 * where the standard gives no number, or gives it for laboratories, the number was set by trial and is to be set again
 * with the cameras and rooms of the province.
 */
export type Limit = {
  readonly worst: number
  readonly limit: number
  readonly ideal: number
  readonly source: string
  readonly confidence: 'high' | 'medium' | 'low'
}

export const limits = {
  // Geometry: shares of the height or width of the 3:4 picture.
  'head-small': {
    worst: 0.25,
    limit: 0.5,
    ideal: 0.7,
    source:
      'ISO/IEC 19794-5:2011, 8.3.5: crown to chin 0.6 to 0.9 of the height. ' +
      'The crown is reckoned from eyes and chin, so 0.1 less is let pass.',
    confidence: 'medium',
  },
  'head-large': {
    worst: 1.15,
    limit: 0.9,
    ideal: 0.75,
    source: 'ISO/IEC 19794-5:2011, 8.3.5, as above; ICAO 9303-3, 5.1: 70 to 80 %.',
    confidence: 'high',
  },
  'off-centre': {
    worst: 0.2,
    limit: 0.07,
    ideal: 0,
    source:
      'ISO/IEC 19794-5:2011, 8.3.2: centre of the face at 0.45 to 0.55 of the width; ' +
      '0.02 more for the error of the landmarks.',
    confidence: 'medium',
  },
  'eyes-high': {
    worst: 0.15,
    limit: 0.28,
    ideal: 0.42,
    source: 'ISO/IEC 19794-5:2011, 8.3.3: eyes at 0.3 to 0.5 of the height from the top; 0.6 for small children.',
    confidence: 'high',
  },
  'eyes-low': {
    worst: 0.75,
    limit: 0.6,
    ideal: 0.45,
    source: 'ISO/IEC 19794-5:2011, 8.3.3, as above.',
    confidence: 'high',
  },
  // Eyes: height by width of the opening; offset of the iris from the middle of the eye, by the width of the eye.
  'eye-shut': {
    worst: 0.08,
    limit: 0.2,
    ideal: 0.3,
    source: 'ICAO 9303-3, 5.1: eyes open. The ratio is that of Soukupová and Čech 2016, who take 0.2 for a blink.',
    confidence: 'medium',
  },
  'no-white': {
    worst: 0,
    limit: 0.3,
    ideal: 0.8,
    source:
      'ICAO 9303-3, 5.1, as above; by trial. Set low, so that narrow eyes are not taken for shut ones: ' +
      'some shut eyes pass.',
    confidence: 'low',
  },
  'gaze-off': {
    worst: 0.5,
    limit: 0.25,
    ideal: 0,
    source: 'ICAO 9303-3, 5.1: looking at the camera. No number is given; by trial.',
    confidence: 'low',
  },
  // Light: of 255.
  'too-dark': {
    worst: 20,
    limit: 70,
    ideal: 130,
    source: 'ICAO 9303-3, 5.2: appropriate brightness. No number is given; by trial.',
    confidence: 'low',
  },
  'too-bright': {
    worst: 250,
    limit: 215,
    ideal: 150,
    source: 'ICAO 9303-3, 5.2, as above; by trial.',
    confidence: 'low',
  },
  'burnt-out': {
    worst: 0.3,
    limit: 0.06,
    ideal: 0,
    source: 'ISO/IEC 19794-5:2011, 7.3: no saturation in the face. Share of the pixels; by trial.',
    confidence: 'low',
  },
  uneven: {
    worst: 0.6,
    limit: 0.28,
    ideal: 0.05,
    source: 'ISO/IEC 19794-5:2011, 7.2.7: equally distributed, no shadow. (left − right) by their mean; by trial.',
    confidence: 'low',
  },
  // Sharpness, variance of the Laplacian by the variance of the brightness, and whether there is any skin: in the face.
  blurred: {
    worst: 0.0005,
    limit: 0.006,
    ideal: 0.03,
    source:
      'ISO/IEC 19794-5:2011, 7.3.3: in focus from nose to ears. The measure is that of Pech-Pacheco et al. 2000; ' +
      'by trial.',
    confidence: 'low',
  },
  drawn: {
    worst: 0.9,
    limit: 0.5,
    ideal: 0.1,
    source:
      'ICAO 9303-3, 5.1: a photograph. Share of the face without shading and texture; no number is given: by trial, ' +
      'with photographs, drawings, and drawings under the noise of a camera.',
    confidence: 'low',
  },
  // Pose: degrees. Estimated from points in one plane, good to some 5 degrees.
  roll: {
    worst: 25,
    limit: 8,
    ideal: 0,
    source: 'ISO/IEC 19794-5:2011, 7.2.2: 8 degrees at most.',
    confidence: 'high',
  },
  yaw: {
    worst: 40,
    limit: 12,
    ideal: 0,
    source: 'ISO/IEC 19794-5:2011, 7.2.2: 5 degrees at most; 7 more for the error of the estimate.',
    confidence: 'medium',
  },
  pitch: {
    worst: 45,
    limit: 15,
    ideal: 0,
    source: 'ISO/IEC 19794-5:2011, 7.2.2: 5 degrees at most; 10 more for the error of the estimate.',
    confidence: 'low',
  },
  // Background: spread of brightness beside the head, of 255.
  patterned: {
    worst: 70,
    limit: 24,
    ideal: 4,
    source: 'ICAO 9303-3, 5.2: plain, uniform. No number is given; by trial.',
    confidence: 'low',
  },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof limits

/** Where the tick stands on each ruler, 0 to 100. */
export const tick = 60

/** A value on the scale of its ruler: 0 at worst, the tick at the limit, 100 at the ideal and beyond. */
export function scoreOf(name: LimitName, value: number): number {
  const { worst, limit, ideal } = limits[name]
  const share = (from: number, to: number) => (value - from) / (to - from)
  const below = share(worst, limit)
  const score = below < 1 ? below * tick : tick + share(limit, ideal) * (100 - tick)
  return Math.min(100, Math.max(0, score))
}
