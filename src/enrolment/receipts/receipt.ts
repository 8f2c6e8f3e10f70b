/**
 * The receipt that the citizen takes home: a code to read aloud, and a token that opens its page. Both are made at the
 * station, without a line.
 */

/** Crockford's 32 letters and digits, without those that are read for one another. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Eight of the alphabet as 'XXXX-XXXX', from random bytes. */
export function receiptCode(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, 8), byte => alphabet[byte % 32]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/**
 * Reads a code as people type it: small letters, blanks, no stroke, O for 0, I and L for 1. Undefined where it is none.
 */
export function readReceiptCode(typed: string): string | undefined {
  const letters = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(letters) ? `${letters.slice(0, 4)}-${letters.slice(4)}` : undefined
}

/** 128 random bits, base64url: 22 letters. */
export const receiptToken = (random: Uint8Array): string =>
  btoa(Array.from(random.subarray(0, 16), byte => String.fromCharCode(byte)).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

/** Where the receipt's QR leads; nothing of it is about a person. */
export const receiptPath = (token: string): string => `/receipt/${token}`
