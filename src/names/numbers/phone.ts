import { phonePrefixes2018 } from './phone-renumbering-2018.ts'

/**
 * Phones as Vietnam numbers them since 2018 (domain.md 9.10): mobiles 0[35789] and eight digits, landlines 02 and nine.
 */

export type PhoneReading =
  | { readonly kind: 'mobile' | 'landline'; readonly e164: string }
  /** An eleven-digit mobile of before September 2018; `from` is the number as given, in national form. */
  | { readonly kind: 'migrated'; readonly e164: string; readonly from: string }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'missing' }

const isMobile = (national: string) => /^0[35789]\d{8}$/.test(national)

/**
 * Whether digits look like a mobile phone, whoever wrote them: of today, with its zero lost or with 84 before it, or of
 * eleven digits as before 2018. A shape alone: parsePhone says which number it is.
 */
export const looksLikeMobile = (digits: string): boolean =>
  isMobile(digits) || isMobile(`0${digits}`) || /^(?:84\d{9}|01[2689]\d{8})$/.test(digits)

const abroad = (national: string) => `+84${national.slice(1)}`

function readNational(national: string): PhoneReading | undefined {
  if (isMobile(national)) return { kind: 'mobile', e164: abroad(national) }
  if (/^02\d{9}$/.test(national)) return { kind: 'landline', e164: abroad(national) }

  const now = /^01\d{9}$/.test(national) ? phonePrefixes2018[national.slice(0, 4)] : undefined
  return now ? { kind: 'migrated', e164: abroad(now + national.slice(4)), from: national } : undefined
}

/** Reads one phone: with blanks, dots, brackets, +84, 0084 or 84 before it, or its zero lost in a spreadsheet. */
export function parsePhone(value: string | number | null | undefined): PhoneReading {
  const text = String(value ?? '')
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .replace(/^\s*['`\u2018\u2019]+/, '')
    .replace(/^(\d{8,})\.0+$/, '$1')
    .trim()
  if (/^(?:|-+|0+|x|không|không có|chưa có|khong co|null|n\/a)$/i.test(text)) return { kind: 'missing' }

  const bare = text.replace(/[\s.\-()\u2010-\u2015]/g, '')
  if (!/^\+?\d+$/.test(bare)) return { kind: 'malformed' }

  // 84 also begins Vinaphone's 084 with its zero lost; the lengths tell the two apart.
  const national = bare.replace(/^(?:\+|00)840?/, '0')
  const readings = national.startsWith('0') ? [national] : [`0${national}`, national.replace(/^840?/, '0')]
  return readings.map(readNational).find(reading => reading !== undefined) ?? { kind: 'malformed' }
}
