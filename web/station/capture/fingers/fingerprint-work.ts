import { poorFingerQuality, stationLimits } from '../../../../src/enrolment/law.ts'
import type { Reason } from '../base/reason-form.tsx'
import { type Finger, fingers, type Slap, slaps } from './fingers.ts'
import type { Biometric } from './sbi.ts'

/**
 * Ten fingers of one person, as far as they are taken. Worn and old fingers are the rule in some trades and ages, not a
 * fault: after three tries the best is kept, with a reason, and marked.
 */

export const usualMinimum = poorFingerQuality
export const triesBeforeDespite = stationLimits.fingerTriesBeforeDespite

export type FingerResult =
  | { readonly finger: Finger; readonly kind: 'taken'; readonly biometric: Biometric; readonly despite?: Reason }
  | { readonly finger: Finger; readonly kind: 'missing'; readonly reason: Reason }

export type Fingerprints = {
  /** One a visit: the device writes it into all that it signs. */
  readonly transactionId: string
  readonly results: readonly FingerResult[]
  readonly tries: Readonly<Partial<Record<Slap['name'], number>>>
  /** Where the next capture goes on. */
  readonly lastHash: string | undefined
}

export const noFingerprints = (transactionId: string): Fingerprints => ({
  transactionId,
  results: [],
  tries: {},
  lastHash: undefined,
})

export const resultOf = ({ results }: Fingerprints, finger: Finger) => results.find(one => one.finger === finger)
const put = (results: readonly FingerResult[], result: FingerResult) => [
  ...results.filter(({ finger }) => finger !== result.finger),
  result,
]

export type FingerStanding = 'waiting' | 'poor' | 'good' | 'despite' | 'missing'

export function standingOf(work: Fingerprints, finger: Finger, minimum: number): FingerStanding {
  const result = resultOf(work, finger)
  if (!result) return 'waiting'
  if (result.kind === 'missing') return 'missing'
  if (result.biometric.qualityScore >= minimum) return 'good'
  return result.despite ? 'despite' : 'poor'
}

const isSettled = (standing: FingerStanding) => standing !== 'waiting' && standing !== 'poor'

/**
 * The fingers of a slap that are still to be laid on the glass. All of the hand is laid on again, be it for one finger.
 */
export const wanted = (work: Fingerprints, slap: Slap): readonly Finger[] =>
  slap.fingers.filter(finger => resultOf(work, finger)?.kind !== 'missing')
export const missing = (work: Fingerprints, slap: Slap): readonly Finger[] =>
  slap.fingers.filter(finger => resultOf(work, finger)?.kind === 'missing')

export const poorIn = (work: Fingerprints, slap: Slap, minimum: number): readonly Finger[] =>
  slap.fingers.filter(finger => standingOf(work, finger, minimum) === 'poor')

/** The first slap with a finger that is not settled; undefined when all ten are. */
export const currentSlap = (work: Fingerprints, minimum: number): Slap | undefined =>
  slaps.find(slap => slap.fingers.some(finger => !isSettled(standingOf(work, finger, minimum))))

export const isComplete = (work: Fingerprints, minimum = usualMinimum) => currentSlap(work, minimum) === undefined
export const settledCount = (work: Fingerprints, minimum: number) =>
  fingers.filter(finger => isSettled(standingOf(work, finger, minimum))).length

/**
 * Of several tries the best of each finger is kept; the try is counted even where the device gave less than was asked
 * for.
 */
export function afterCapture(work: Fingerprints, slap: Slap, biometrics: readonly Biometric[]): Fingerprints {
  let { results } = work
  for (const biometric of biometrics) {
    const finger = slap.fingers.find(one => one === biometric.subtype)
    const before = finger && resultOf(work, finger)
    if (!finger || (before?.kind === 'taken' && before.biometric.qualityScore >= biometric.qualityScore)) continue
    results = put(results, { finger, kind: 'taken', biometric })
  }
  const tries = { ...work.tries, [slap.name]: (work.tries[slap.name] ?? 0) + 1 }
  return { ...work, results, tries, lastHash: biometrics.at(-1)?.hash ?? work.lastHash }
}

export const mayKeepDespite = (work: Fingerprints, slap: Slap, minimum: number) =>
  (work.tries[slap.name] ?? 0) >= triesBeforeDespite && poorIn(work, slap, minimum).length > 0

/** Keeps the best of what was taken in this slap, although it is poor. */
export function keepDespite(work: Fingerprints, slap: Slap, reason: Reason, minimum: number): Fingerprints {
  const poor = poorIn(work, slap, minimum)
  const results = work.results.map(result =>
    result.kind === 'taken' && poor.includes(result.finger) ? { ...result, despite: reason } : result,
  )
  return { ...work, results }
}

export const markMissing = (work: Fingerprints, finger: Finger, reason: Reason): Fingerprints => ({
  ...work,
  results: put(work.results, { finger, kind: 'missing', reason }),
})

/** Forgets what is known of a finger, so that it is taken (again). */
export const takeAfterAll = (work: Fingerprints, finger: Finger): Fingerprints => ({
  ...work,
  results: work.results.filter(result => result.finger !== finger),
})
