import { isSyllable } from '../syllable.ts'
import { byteOf, windows1252 } from './table.ts'

/** UTF-8 that was read as Windows-1252, Latin-1 or Windows-1258: Nguyá»…n VÄƒn. */

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Where Windows-1258 has other letters than Windows-1252, in turn with the letter of the same byte there. */
const of1258 = 'ĂÃ\u0300ÌĐÐ\u0309ÒƠÕƯÝ\u0303ÞăãđðơõưýììÌÌ\u0301ì\u0323ò₫þ'
const in1252 = new Map(
  [...of1258.matchAll(/(.)(.)/gu)].map(([, one = '', other = '']): [string, string] => [one, other]),
)
const as1252 = (text: string) =>
  text.replace(/[\u0102-\u01b0₫]|[\u0300-\u0323]/g, letter => in1252.get(letter) ?? letter)

function decodeBytes(text: string): string | undefined {
  const bytes = Array.from(text, byteOf)
  if (!bytes.every(byte => byte !== undefined)) return undefined
  try {
    return utf8.decode(Uint8Array.from(bytes))
  } catch {
    return undefined
  }
}

/**
 * The bytes that may have followed a byte whose second half was lost: à's is C3 A0 and looks like a blank, í's C3 AD is
 * a soft hyphen, and those of Á, Í, Ý, Đ, ề, ọ, ỏ, ờ and Ố have no character in Windows-1252.
 */
const capitals = ['\u0081', '\u008d', '\u009d']
const small = ['\u0081', '\u008d', '\u008f', '\u009d']

type LetterPosition = { readonly last: boolean; readonly first: boolean; readonly shouted: boolean }

function waysOf(lead: string, { last, first, shouted }: LetterPosition): readonly string[] {
  if (lead === 'Ä') return ['\u0090']
  if (lead === 'á»') return shouted ? ['\u0090'] : small
  if (shouted) return capitals
  if (last) return ['\u00a0', ...(first ? capitals : [])]
  return ['\u00ad', ...(first ? capitals : [])]
}

/** A lead byte with nothing of its own after it. */
const hole = new RegExp(`(?:Ã|Ä|á»)(?![\\u0080-\\u00bf${windows1252}])`, 'g')

/** A syllable has no more letters beyond a–z than these: được. */
const mostHoles = 3

/** What a word is cut into: its intact stretches, in turn with the ways to fill the hole after each. */
function piecesOfWord(word: string, shouted: boolean) {
  const pieces: { readonly intact: string; readonly ways: readonly string[] }[] = []
  let from = 0
  for (const { 0: lead, index } of word.matchAll(hole)) {
    const to = index + lead.length
    // After a hole the rest of the word counts as a word: its first letter may be a hole too.
    const position = { last: to === word.length, first: index === from, shouted }
    pieces.push({ intact: word.slice(from, to), ways: waysOf(lead, position) })
    from = to
  }
  return [...pieces, { intact: word.slice(from), ways: [''] }]
}

/**
 * Every way to fill the holes of a word; few words have more than two. None where there are so many holes to choose
 * for that no choice makes a syllable.
 */
function fillings(word: string, shouted: boolean): string[] {
  const pieces = piecesOfWord(word, shouted)
  if (pieces.length - 1 > mostHoles && pieces.some(({ ways }) => ways.length > 1)) return []
  let filled = ['']
  for (const { intact, ways } of pieces) filled = filled.flatMap(before => ways.map(way => before + intact + way))
  return filled
}

const isOfOneCase = (word: string) => word === word.toUpperCase() || word.slice(1) === word.slice(1).toLowerCase()

/** The one way that makes a syllable; where there are two of them, nobody knows. */
function onlyWay(ways: readonly string[]): string | undefined {
  if (ways.length === 1) return ways[0]
  const makeSense = ways.filter(way => {
    const decoded = decodeBytes(way)
    return decoded !== undefined && isOfOneCase(decoded) && isSyllable(decoded.toLowerCase())
  })
  return makeSense.length === 1 ? makeSense[0] : undefined
}

/**
 * Fills what got lost on the way; undefined where that is not certain. Before a small letter a blank stood inside the
 * word.
 */
function mendLost(text: string): string | undefined {
  const shouted = !/[a-z]/.test(text) && /[A-Z]/.test(text)
  const words = text.replace(/Ã[ \u00a0](?=\p{Ll})/gu, 'Ã\u00a0').split(' ')
  const mended: string[] = []
  for (const word of words) {
    const way = onlyWay(fillings(word, shouted))
    if (way === undefined) return undefined
    mended.push(way)
  }
  return mended.join(' ')
}

/**
 * A sequence that no proper name has. Without one a lone Ã is a letter: Lã is a family name, written LÃ in capitals.
 */
const sure = new RegExp(`[ÃÄÅÆ][\\u0080-\\u009f\\u00a1-\\u00ac\\u00ae-\\u00bf${windows1252}]|á[º»]`)

const isReadable = (text: string) =>
  /[^\u0000-\u007f]/.test(text) && /^(?:[\p{Script=Latin}\u0020-\u007e\u00a0]|[\u0300-\u036f])+$/u.test(text)

/** Whether some of the text is certainly UTF-8 misread, though the rest may be lost. */
export const isSurelyMojibake = (text: string) => sure.test(as1252(text))

/** LÃ before a blank that does not break is Lã in capitals, and no Là. */
const isShouted = (text: string) => !/[a-z]/.test(text) && !sure.test(text) && !/Æ\u00a0/.test(text)

function decodeOnce(text: string): string | undefined {
  const whole = decodeBytes(text)
  if (whole !== undefined || !sure.test(text)) return whole
  const mended = mendLost(text)
  return mended === undefined ? undefined : decodeBytes(mended)
}

function decodeAgain(text: string): string | undefined {
  if (!couldBe.test(text)) return undefined
  const once = decodeOnce(text)
  if (once === undefined || once === text) return undefined
  return decodeAgain(once) ?? (isReadable(once) ? once : undefined)
}

/** A first byte and what may be its second. */
const couldBe = new RegExp(`[\\u00c3-\\u00ef][\\u0080-\\u00bf${windows1252}]`)

/** The text as it was meant, where it is known to be UTF-8 misread. */
export const decodeAsMojibake = (text: string): string | undefined => decodeAgain(as1252(text))

/**
 * The text as it was meant, twice garbled text too; undefined where the text is no such thing, or what was lost is not
 * certain.
 */
export function decodeMojibake(text: string): string | undefined {
  const shown = as1252(text)
  return couldBe.test(shown) && !isShouted(shown) ? decodeAgain(shown) : undefined
}
