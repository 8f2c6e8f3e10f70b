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

/** The code of each letter (3GPP TS 23.038, 6.2.1): those of the extension stand behind an escape. */
const escapeCode = 0x1b
const extensionCodes = [0x14, 0x28, 0x29, 0x2f, 0x3c, 0x3d, 0x3e, 0x40]
const extensionOrder = '^{}\\[~]|'
export const gsmCodes: ReadonlyMap<string, readonly number[]> = new Map([
  // The alphabet is written down in the order of its codes, without the escape.
  ...[...basic].map((sign, at): [string, readonly number[]] => [sign, [at < escapeCode ? at : at + 1]]),
  ...[...extensionOrder].map((sign, at): [string, readonly number[]] => [sign, [escapeCode, extensionCodes[at] ?? 0]]),
  ['€', [escapeCode, 0x65]],
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
