import { say } from './words-desk.ts'

/** Why a request is refused: codes, each with what the holder can do; the words stand in words-desk.ts as `refused-…` and `remedy-…`. */
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

export function refusalWords(code: string) {
  const known: RefusalCode = isRefusal(code) ? code : 'other'
  const [vi, en] = [say('vi'), say('en')]
  return {
    reason: { vi: vi(`refused-${known}`), en: en(`refused-${known}`) },
    remedy: { vi: vi(`remedy-${known}`), en: en(`remedy-${known}`) },
  }
}
