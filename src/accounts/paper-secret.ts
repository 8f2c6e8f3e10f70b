/**
 * Eighty random bits as people type them from paper: sixteen characters in groups of four, in Crockford's base 32,
 * which has no I, L, O and U.
 */

const secretAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const secretLength = 16

/** Writes ten bytes as '7K2M-09QX-VB4T-H3ZD'. */
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
 * Reads what was typed: either case, with or without hyphens, I and L for 1, O for 0. Gives sixteen characters or
 * undefined.
 */
export function decodeSecret(text: string): string | undefined {
  const bare = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—]/g, '')
    .replace(/[ILO]/g, letter => misreadLetters[letter] ?? letter)
  return bare.length === secretLength && [...bare].every(sign => secretAlphabet.includes(sign)) ? bare : undefined
}
