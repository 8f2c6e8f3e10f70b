/** What a person still lacks, as of a day (interfaces.md, "Files out"); who lacks which: store-who-lacks-what.ts. */
export const needs = ['card', 'card-renewal', 'account', 'activation', 'level-2', 'correction'] as const
export type Need = (typeof needs)[number]

/** Which tie to a place a list counts by: the school attended, or a residence of a kind. */
export const bases = ['school', 'permanent', 'temporary', 'current'] as const
export type Basis = (typeof bases)[number]

/** Defects whose wrong side may be the register: someone must look there too. The others are the roll's own. */
const registerMayBeWrong: ReadonlySet<string> = new Set([
  'name-differs',
  'name-marks-differ',
  'birth-day-month-swapped',
  'birth-date-differs',
  'sex-differs',
  'residence-differs',
  'number-differs',
  'number-contradicts-record',
  'deceased',
])

export const defectsForCorrection: readonly string[] = [...registerMayBeWrong]

export const needsCorrection = (defects: readonly string[]) => defects.some(defect => registerMayBeWrong.has(defect))
