/** What can be wrong with a row, as interfaces.md defines it; in this order they are reported. */
export const rollDefects = [
  'number-missing',
  'number-malformed',
  'number-lost-zero',
  'number-differs',
  'number-of-another-person',
  'number-cancelled',
  'number-contradicts-record',
  'name-differs',
  'name-marks-differ',
  'birth-day-month-swapped',
  'birth-date-partial',
  'birth-date-differs',
  'sex-differs',
  'residence-differs',
  'text-legacy-encoded',
  'text-too-long',
  'deceased',
  'duplicate-in-roll',
  'duplicate-across-schools',
  'not-in-register',
] as const
export type RollDefect = (typeof rollDefects)[number]
