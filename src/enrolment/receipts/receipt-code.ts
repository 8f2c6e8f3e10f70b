/**
 * The receipt that the citizen takes home: a code to read aloud, and a token that opens its page. The station makes
 * both offline.
 */

/** Crockford's 32 letters and digits, without easily confused ones. */
const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Eight characters of the alphabet as 'XXXX-XXXX', from random bytes. */
export function makeReceiptCode(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, 8), byte => codeAlphabet[byte % 32]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** Reads a code as people type it: lower case, blanks, no hyphen, O for 0, I and L for 1. Undefined if it is none. */
export function readReceiptCode(typed: string): string | undefined {
  const letters = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(letters) ? `${letters.slice(0, 4)}-${letters.slice(4)}` : undefined
}

/** 128 random bits, base64url: 22 letters. */
export const makeReceiptToken = (random: Uint8Array): string =>
  btoa(Array.from(random.subarray(0, 16), byte => String.fromCharCode(byte)).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/={1,2}$/, '')

/** The path in the receipt's QR code. Nothing of it is about a person. */
export const receiptPath = (token: string): string => `/receipt/${token}`
