import { randomBytes } from 'node:crypto'

/**
 * Secrets on paper, as people type them: 140 random bits in 28 characters, in groups of four, in Crockford's base 32,
 * which has no I, L, O and U. Those that were printed before have sixteen characters, and count until they are used or
 * end.
 */

const secretAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const secretLength = 28
const formerLength = 16

/** A new secret, such as '7K2M-09QX-VB4T-H3ZD-5RTN-8WQ2-KM4P'. */
export const drawSecret = (): string => encodeSecret(randomBytes(Math.ceil((secretLength * 5) / 8)))

/** Writes the first 140 bits of eighteen bytes. */
export function encodeSecret(bytes: Uint8Array): string {
  const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('')
  const text = Array.from(
    { length: secretLength },
    (_, at) => secretAlphabet[Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)] ?? '',
  ).join('')
  return text.match(/.{4}/g)?.join('-') ?? ''
}

const misreadLetters: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' }

/**
 * Reads what was typed: either case, with or without hyphens, I and L for 1, O for 0. Gives its characters or
 * undefined.
 */
export function decodeSecret(text: string): string | undefined {
  const bare = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—]/g, '')
    .replace(/[ILO]/g, letter => misreadLetters[letter] ?? letter)
  const isWhole = bare.length === secretLength || bare.length === formerLength
  return isWhole && [...bare].every(sign => secretAlphabet.includes(sign)) ? bare : undefined
}
