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
