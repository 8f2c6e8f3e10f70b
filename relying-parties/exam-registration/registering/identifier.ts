import { randomInt } from 'node:crypto'

/** Twelve digits of the register: whose it is, only the identity provider says. */
export type PersonNumber = string & { readonly __kind: 'PersonNumber' }
/** Twelve signs that stand for a candidate without a number, in this site alone. */
export type TemporaryCode = string & { readonly __kind: 'TemporaryCode' }
/** What a receipt is found by. */
export type ReceiptCode = string & { readonly __kind: 'ReceiptCode' }

const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** Signs that a code is drawn from: no I, O, L that read as figures, and no vowels, so that no code is a word. */
const letters = 'BCDFGHJKMNPQRSTVWXYZ'
const drawnFrom = `23456789${letters}`

/**
 * ISO/IEC 7064 MOD 37-2: finds every single wrong sign and every two that were swapped. Its check sign may be `*`; such
 * a code is drawn anew.
 */
function checkSign(body: string): string {
  let product = 0
  for (const sign of body) product = ((product + signs.indexOf(sign)) * 2) % 37
  return `${signs}*`[(38 - product) % 37] ?? ''
}

const draw = (from: string) => from[randomInt(from.length)] ?? ''

/** Begins with a letter, ends with its check sign; every sign is one that is not mistaken for another. */
function newCode(length: number): string {
  for (;;) {
    const body = draw(letters) + Array.from({ length: length - 2 }, () => draw(drawnFrom)).join('')
    const check = checkSign(body)
    if (drawnFrom.includes(check)) return body + check
  }
}

export const newTemporaryCode = () => newCode(12) as TemporaryCode
export const newReceiptCode = () => newCode(9) as ReceiptCode

/** Blanks, dots and hyphens as people type them go; small letters count as capitals. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\s.\-–]/g, '')
    .toUpperCase()

const isCode = (text: string, length: number) =>
  text.length === length &&
  /^[A-Z]/.test(text) &&
  /^[0-9A-Z]+$/.test(text) &&
  checkSign(text.slice(0, -1)) === text.at(-1)

export const isPersonNumber = (text: string): text is PersonNumber => /^\d{12}$/.test(text)

/** A code has its letter in the first place, so nothing of twelve digits ever is one. */
export const isTemporaryCode = (text: string): text is TemporaryCode => isCode(text, 12) && !isPersonNumber(text)

export function readReceiptCode(text: string): ReceiptCode | undefined {
  const code = plain(text)
  return isCode(code, 9) ? (code as ReceiptCode) : undefined
}

export type Read =
  | { readonly kind: 'number'; readonly number: PersonNumber }
  | { readonly kind: 'code'; readonly code: TemporaryCode }
  | { readonly kind: 'neither'; readonly why: 'old-number' | 'wrong-length' | 'wrong-check' | 'wrong-sign' }

/** What somebody typed where an exam asks who they are: never both, and where neither, why. */
export function readIdentifier(text: string): Read {
  const typed = plain(text)
  if (isPersonNumber(typed)) return { kind: 'number', number: typed }
  if (isTemporaryCode(typed)) return { kind: 'code', code: typed }
  if (/^\d{9}$/.test(typed)) return { kind: 'neither', why: 'old-number' }
  if (!/^[0-9A-Z]*$/.test(typed)) return { kind: 'neither', why: 'wrong-sign' }
  if (typed.length !== 12) return { kind: 'neither', why: 'wrong-length' }
  return { kind: 'neither', why: 'wrong-check' }
}

export const grouped = (code: string, size = code.length % 4 ? 3 : 4) =>
  Array.from({ length: Math.ceil(code.length / size) }, (_, at) => code.slice(at * size, (at + 1) * size)).join(' ')
