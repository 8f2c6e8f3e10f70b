import type { ByteEncoding } from './encoding.ts'
import {
  bkHcm2Letters,
  type Letters,
  tcvn3Letters,
  vietwareFLetters,
  vietwareXLetters,
  visciiLetters,
  vniLetters,
  vpsLetters,
  windows1258Letters,
} from './table.ts'

type Codec = {
  readonly decode: (text: string) => string
  /** Whether the encoding has every sign of the word. */
  readonly reads: (word: string) => boolean
}

const isPlain = (letter: string) => letter < '\u0080'

const single = (letters: Letters): Codec => ({
  decode: text => Array.from(text, letter => letters.get(letter) ?? letter).join(''),
  reads: word => Array.from(word).every(letter => isPlain(letter) || letters.has(letter)),
})

/** The text cut into its letters, each as written and as meant; what the encoding does not know is undefined. */
function cut(text: string, letters: Letters): [written: string, letter: string | undefined][] {
  const parts: [string, string | undefined][] = []
  for (let at = 0; at < text.length; ) {
    const [one, two] = [text.charAt(at), text.slice(at, at + 2)]
    const pair = two.length === 2 ? letters.get(two.toLowerCase()) : undefined
    const letter = pair ?? letters.get(one.toLowerCase())
    const written = pair ? two : one
    parts.push([written, letter && one !== one.toLowerCase() ? letter.toUpperCase() : letter])
    at += written.length
  }
  return parts
}

const paired = (letters: Letters): Codec => ({
  decode: text =>
    cut(text, letters)
      .map(([written, letter]) => letter ?? written)
      .join(''),
  reads: word => cut(word, letters).every(([written, letter]) => letter !== undefined || isPlain(written)),
})

/** Letters that lie outside A–Z and are small. */
const smallToned = /^[\u00e0-\u00fd\u0103\u0111\u0129\u0169\u01a1\u01b0\u1ea1-\u1ef9]$/

/**
 * Where capitals with tone are wanting, within capitals they were typed small, and so was the first letter of Ánh or
 * Ấn.
 */
function mendCapitals(decoded: string): string {
  if (!/[a-z]/.test(decoded) && /[A-ZĂÂÊÔƠƯĐ]{2}|[à-ỹ][A-Z]/.test(decoded) && !/[ăâêôơưđ]/.test(decoded))
    return decoded.toUpperCase()

  const words = decoded.split(' ')
  const capital = words.filter(word => /^\p{Lu}/u.test(word))
  const toned = words.filter(word => smallToned.test(word.charAt(0)))
  if (capital.length === 0 || capital.length + toned.length < words.length) return decoded
  return words.map(word => (toned.includes(word) ? word.charAt(0).toUpperCase() + word.slice(1) : word)).join(' ')
}

const repairingCodec = ({ decode, reads }: Codec): Codec => ({ decode: text => mendCapitals(decode(text)), reads })
const composed = ({ decode, reads }: Codec): Codec => ({ decode: text => decode(text).normalize('NFC'), reads })

export const codecs: Readonly<Record<ByteEncoding, Codec>> = {
  tcvn3: repairingCodec(single(tcvn3Letters)),
  vps: repairingCodec(single(vpsLetters)),
  viscii: repairingCodec(single(visciiLetters)),
  'vietware-f': repairingCodec(single(vietwareFLetters)),
  'windows-1258': composed(single(windows1258Letters)),
  vni: paired(vniLetters),
  'vietware-x': paired(vietwareXLetters),
  'bk-hcm2': paired(bkHcm2Letters),
}
