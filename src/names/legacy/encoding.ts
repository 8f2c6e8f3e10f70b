/** The encodings whose bytes a spreadsheet shows as letters of the West. */
export const byteEncodings = [
  'tcvn3',
  'vni',
  'vps',
  'viscii',
  'windows-1258',
  'vietware-f',
  'vietware-x',
  'bk-hcm2',
] as const
export type ByteEncoding = (typeof byteEncodings)[number]

/** Keys as they are pressed, where no input program listened; VIQR is RFC 1456. */
export const keyMethods = ['telex', 'vni-keys', 'viqr'] as const
export type KeyMethod = (typeof keyMethods)[number]

/**
 * Whatever a text can have come in that is not Unicode: mojibake is UTF-8 misread, entities are letters by their number
 * or name.
 */
export const legacyEncodings = [...byteEncodings, 'mojibake', 'entities', ...keyMethods] as const
export type LegacyEncoding = (typeof legacyEncodings)[number]
