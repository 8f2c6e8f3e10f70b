import { isSyllable } from '../syllable.ts'
import { byteOf, windows1252 } from './table.ts'

/**
 * How misread UTF-8 was decoded before its expressions took linear time, for comparison on ordinary names: one
 * expression was exponential, and each hole of a word multiplied the ways to fill it.
 */

const utf8 = new TextDecoder('utf-8', { fatal: true })

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

const capitals = ['\u0081', '\u008d', '\u009d']
const small = ['\u0081', '\u008d', '\u008f', '\u009d']

type Position = { readonly last: boolean; readonly first: boolean; readonly shouted: boolean }

function waysOf(lead: string, { last, first, shouted }: Position): readonly string[] {
  if (lead === 'Ä') return ['\u0090']
  if (lead === 'á»') return shouted ? ['\u0090'] : small
  if (shouted) return capitals
  if (last) return ['\u00a0', ...(first ? capitals : [])]
  return ['\u00ad', ...(first ? capitals : [])]
}

const hole = new RegExp(`(Ã|Ä|á»)(?![\\u0080-\\u00bf${windows1252}])`)

function fillings(word: string, shouted: boolean): string[] {
  const found = hole.exec(word)
  if (!found) return [word]
  const [lead = '', at] = [found[1], found.index]
  const rest = word.slice(at + lead.length)
  return waysOf(lead, { last: rest === '', first: at === 0, shouted }).flatMap(way =>
    fillings(rest, shouted).map(filled => word.slice(0, at) + lead + way + filled),
  )
}

const isOfOneCase = (word: string) => word === word.toUpperCase() || word.slice(1) === word.slice(1).toLowerCase()

function onlyWay(ways: readonly string[]): string | undefined {
  if (ways.length === 1) return ways[0]
  const makeSense = ways.filter(way => {
    const decoded = decodeBytes(way)
    return decoded !== undefined && isOfOneCase(decoded) && isSyllable(decoded.toLowerCase())
  })
  return makeSense.length === 1 ? makeSense[0] : undefined
}

function mendLost(text: string): string | undefined {
  const shouted = !/[a-z]/.test(text) && /[A-Z]/.test(text)
  const words = text.replace(/Ã[ \u00a0](?=\p{Ll})/gu, 'Ã\u00a0').split(' ')
  const mended = words.map(word => onlyWay(fillings(word, shouted)))
  return mended.every(word => word !== undefined) ? mended.join(' ') : undefined
}

const sure = new RegExp(`[ÃÄÅÆ][\\u0080-\\u009f\\u00a1-\\u00ac\\u00ae-\\u00bf${windows1252}]|á[º»]`)

const isReadable = (text: string) =>
  /[^\u0000-\u007f]/.test(text) && /^(?:\p{Script=Latin}|[\u0300-\u036f\u0020-\u007e\u00a0])+$/u.test(text)

const isShouted = (text: string) => !/[a-z]/.test(text) && !sure.test(text) && !/Æ\u00a0/.test(text)

function decodeOnce(text: string): string | undefined {
  const whole = decodeBytes(text)
  if (whole !== undefined || !sure.test(text)) return whole
  const mended = mendLost(text)
  return mended === undefined ? undefined : decodeBytes(mended)
}

const couldBe = new RegExp(`[\\u00c3-\\u00ef][\\u0080-\\u00bf${windows1252}]`)

function decodeAgain(text: string): string | undefined {
  if (!couldBe.test(text)) return undefined
  const once = decodeOnce(text)
  if (once === undefined || once === text) return undefined
  return decodeAgain(once) ?? (isReadable(once) ? once : undefined)
}

/** The text as it was meant, as it was found before. */
export function formerDecodeMojibake(text: string): string | undefined {
  const shown = as1252(text)
  return couldBe.test(shown) && !isShouted(shown) ? decodeAgain(shown) : undefined
}
