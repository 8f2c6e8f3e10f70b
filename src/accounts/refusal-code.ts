/**
 * Why a request is refused: codes, each with what the holder can do; the words stand with the notices as `refused-…`
 * and `remedy-…`.
 */
export const refusalCodes = [
  'portrait-differs',
  'portrait-unusable',
  'data-differ',
  'phone-not-theirs',
  'card-missing',
  'not-of-age',
  'not-the-holder',
  'other',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

export const isRefusal = (code: string): code is RefusalCode => refusalCodes.some(known => known === code)
