import type { ReasonChoice } from './reason-form.tsx'

/** The reasons that a station offers, in their order; `ReasonForm` adds one in the officer's own words. */

/** Why a finger is missing. */
export const missingReasons: readonly ReasonChoice[] = [
  ['lost', 'missing-lost'],
  ['wound', 'missing-wound'],
  ['bent', 'missing-bent'],
]

/** Why a finger of poor quality is kept. */
export const despiteReasons: readonly ReasonChoice[] = [
  ['worn', 'despite-worn'],
  ['old', 'despite-old'],
  ['skin', 'despite-skin'],
]

/** Why a poor portrait is kept. */
export const portraitReasons: readonly ReasonChoice[] = [
  ['eyes', 'portrait-reason-eyes'],
  ['pose', 'portrait-reason-pose'],
  ['room', 'portrait-reason-room'],
  ['checked', 'portrait-reason-checked'],
]

/** Why somebody does not sign. */
export const unableReasons: readonly ReasonChoice[] = [
  ['illiterate', 'unable-illiterate'],
  ['hand', 'unable-hand'],
  ['child', 'unable-child'],
]
