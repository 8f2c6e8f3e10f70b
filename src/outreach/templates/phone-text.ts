import { mostSegments } from '../law.ts'

/**
 * Texts for phones: GSM 03.38's seven-bit letters alone (3GPP TS 23.038, 6.2.1), so that a segment holds 160 of them
 * and not 70.
 */

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ ' +
  '!"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extended = '^{}\\[~]|€'
const widths = new Map([
  ...[...basic].map((sign): [string, number] => [sign, 1]),
  ...[...extended].map((sign): [string, number] => [sign, 2]),
])

const plain: Readonly<Record<string, string>> = {
  đ: 'd',
  Đ: 'D',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '‑': '-',
  '…': '...',
  '•': '-',
  '₫': 'd',
  '\u00a0': ' ',
}

/**
 * Vietnamese as people write it without marks. Letters of other scripts become a question mark: a text must not grow to
 * three times its price for one.
 */
export function withoutMarks(text: string): string {
  const bare = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
  return [...bare].map(sign => plain[sign] ?? (widths.has(sign) ? sign : '?')).join('')
}

/** Its length in septets. */
export const septets = (text: string) =>
  [...text].reduce((sum, sign) => sum + (widths.get(sign) ?? Number.POSITIVE_INFINITY), 0)

/** How many segments a text is sent in: one of 160 septets, or several of 153. */
export const segmentsOf = (text: string) => (septets(text) <= 160 ? 1 : Math.ceil(septets(text) / 153))

export const longestPhoneText = mostSegments * 153
