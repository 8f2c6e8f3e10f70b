/**
 * Why a request is refused. The notices have the texts of each code, `refused-…` and `remedy-…` (what the holder can
 * do).
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

/**
 * What an officer may ask for before a request is decided. The notices have the text of each code, `missing-…`.
 */
export const supplementItems = [
  'portrait',
  'identity-paper',
  'phone',
  'card',
  'representative-paper',
  'presence',
  'other',
] as const
export type SupplementItem = (typeof supplementItems)[number]
