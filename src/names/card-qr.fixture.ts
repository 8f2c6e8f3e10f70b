import { composeStrokes } from './legacy/keystroke.ts'
import { windows1252 } from './legacy/table.ts'

/**
 * Keyboards that type a card's line, for the tests of its reading: input programs, code pages, Caps Lock, another
 * layout.
 */

const isLetterKey = (key: string, method: 'telex' | 'vni-keys') =>
  (method === 'telex' ? /[a-z]/i : /[a-z0-9]/i).test(key)

/** Puts the case of the keys on what they made, letter by letter. */
const cased = (made: string, keys: string) =>
  keys === keys.toUpperCase() && keys.length > 1
    ? made.toUpperCase()
    : keys.charAt(0) === keys.charAt(0).toLowerCase()
      ? made
      : made.charAt(0).toUpperCase() + made.slice(1)

/**
 * An input program: it puts together each run of keys; letters that come as they are break the run, as do all other
 * signs.
 */
export function through(method: 'telex' | 'vni-keys', text: string): string {
  let [out, run] = ['', '']
  const flush = () => {
    out += cased(composeStrokes(run.toLowerCase(), method) ?? run.toLowerCase(), run)
    run = ''
  }
  for (const key of text) {
    if (isLetterKey(key, method)) run += key
    else {
      flush()
      out += key
    }
  }
  flush()
  return out
}

/**
 * A scanner that types each byte of UTF-8 by the code page of Windows; or drops what has no key; or types a question
 * mark for it.
 */
export const byCodePage = (text: string) =>
  Array.from(Buffer.from(text, 'utf8'), byte =>
    byte >= 0x80 && byte < 0xa0 ? windows1252.charAt(byte - 0x80) : String.fromCharCode(byte),
  ).join('')
export const dropped = (text: string) => text.replace(/[^\u0000-\u007f]/g, '')
export const questioned = (text: string) => text.replace(/[^\u0000-\u007f]/g, '?')

export const underCapsLock = (text: string, also: 'plain' | 'marked') =>
  text.replace(also === 'plain' ? /[a-zA-Z]/g : /\p{L}/gu, letter =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )

const row = ['đ', 'ă', 'â', 'ê', 'ô', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323']
export const onVietnameseLayout = (text: string) => text.replace(/\d/g, digit => row[Number(digit)] ?? digit)
