import { placeTone, toneOf } from '../letter.ts'
import { isSyllable, toneless } from '../syllable.ts'
import { codecs } from './codec.ts'
import { byteEncodings, type KeyMethod, keyMethods, type LegacyEncoding } from './encoding.ts'
import { heardWords } from './frequent-words.ts'
import { composeStrokes } from './keystroke.ts'

/**
 * How likely a text is under each reading: logarithms to base 10 of how often such a word stands in a name, and how
 * often a cell comes in an encoding. They are estimates with wide margins; a decision asks for odds of hundreds to one.
 */
export type Odds = ReadonlyMap<LegacyEncoding, number>

/** Of words as they are read. A word of another people or country is rarer still when a wrong reading made it. */
const ofWord = {
  common: -1.5,
  heard: -2.5,
  syllable: -4.5,
  foreign: -6,
  ofPeoples: -6.3,
  unheardOf: -9,
  sign: -11,
  unreadable: -15,
  spoilt: -9,
}

/** What is added for a capital within a word, as a wrong reading leaves it. */
const oddlyCased = -3

/** Of cells, by encoding, against cells in Unicode. */
const rarity: Partial<Readonly<Record<LegacyEncoding, number>>> = {
  tcvn3: -2.5,
  vni: -3,
  vps: -3.5,
  viscii: -3.5,
  'windows-1258': -3.5,
  'vietware-f': -5,
  'vietware-x': -5.5,
  'bk-hcm2': -5.5,
  telex: -3.5,
  'vni-keys': -3.5,
  viqr: -3.5,
}

export const rarityOf = (encoding: LegacyEncoding): number => rarity[encoding] ?? -6

type Kind = 'common' | 'heard' | 'syllable' | 'other'
const remembered = new Map<string, Kind>()
const common = new Set('nguyễn trần lê phạm hoàng văn thị'.split(' '))

/** What a lower-case word is to a Vietnamese reader. */
function kindOf(word: string): Kind {
  const known = remembered.get(word)
  if (known) return known
  if (remembered.size > 50_000) remembered.clear()
  const nfc = word.normalize('NFC')
  const kind = common.has(nfc)
    ? 'common'
    : heardWords.has(placeTone(nfc))
      ? 'heard'
      : isSyllable(nfc)
        ? 'syllable'
        : 'other'
  remembered.set(word, kind)
  return kind
}

const withoutMarks = (word: string) =>
  word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đðø]/g, letter => (letter === 'ø' ? 'o' : 'd'))

/** Without marks as many type: Nguyen, Hoang. */
const bareWords: ReadonlySet<string> = new Set([...toneless].map(withoutMarks))

const isAsciiWord = (text: string) => !/[^\u0000-\u007f]/.test(text)

/** What stands between words in any encoding. */
const betweenWords = /[\s().,;:\-/|]+/
const nonAsciiWords = (text: string) => text.split(betweenWords).filter(word => !isAsciiWord(word))

/** Whether every word is Vietnamese as it stands; such a text alone is never anything else. */
export const isWellSpelt = (text: string) =>
  nonAsciiWords(text).every(word => kindOf(word.toLowerCase()) !== 'other' && !isOddCase(word))

/**
 * Signs that are no letters, within a word. Apostrophes and quotes about it are none, nor are María's Mª and the dot of
 * the Catalans' l·l.
 */
const hasSign = (word: string) =>
  /[^\p{L}\p{M}'’‘ʼ–—0-9\u200b-\u200f\u2060\ufeff]|[ªºµ\u0080-\u009f]/u.test(
    word
      .replace(/^[“”"«»‘’´`]+/, '')
      .replace(/(?<![“”"«»‘’´`.])[“”"«»‘’´`.]+$/, '')
      .replace(/^M[ªº]$|l·l/i, ''),
  )

/** Small letters within capitals, and the reverse. */
const isOddCase = (word: string) =>
  /[a-z][À-ÞŠŒŽŸ]|[A-Z]{2}[ß-þ]|[ß-þ][A-Z]/.test(word.replace(/^(?:Mac|Mc|De|Di|La|Le)(?=\p{Lu})/u, ''))

/**
 * Letter sequences of no language: two unlike vowels with marks side by side, most of VNI's doubled vowels and of
 * Windows-1258's tones, and non-Vietnamese words in Ng. (Loïc, Søren, Seán and Jõõts are foreign names.)
 */
const unheardOf = new RegExp(
  String.raw`([àáâãäåæèéêëìíîïòóôõöùúûüý])(?!\1)[àáâãäåæèéêëìíîïòóôõöùúûüý]|[aeo][âàåãäê]|a[áèü]` +
    '|[aeouy][ùøûõ]|ñ[aeouy][áéëïú]|[aeoy][ìò]|^ng.*[à-þ]|^ñ[àáâãäåæèéêëìíîïòóôõöùúûüý]',
  'i',
)

/** How many of the words are heard in names: among them, a word that is nearly Vietnamese is hardly from abroad. */
const foreignWordCount = (words: readonly string[]) =>
  Math.min(3, words.filter(word => ['common', 'heard'].includes(kindOf(word.toLowerCase()))).length)

/** Of a word from abroad, marks and all: it seldom has the letters of a Vietnamese syllable. */
const ofForeign = (word: string, others: number) =>
  bareWords.has(withoutMarks(word.toLowerCase())) ? ofWord.foreign - 1.2 - 0.7 * others : ofWord.foreign

function asItStands(word: string, others: number): number {
  const kind = kindOf(word.toLowerCase())
  if (isOddCase(word)) return ofWord.unheardOf
  if (kind !== 'other') return ofWord[kind]
  if (hasSign(word)) return ofWord.sign
  return unheardOf.test(word) ? ofWord.unheardOf : ofForeign(word, others)
}

/** Whether a word is there that nobody writes, whatever it was. */
export const hasOddWord = (text: string) =>
  /[\u0080-\u00bf×÷À-Þ]/.test(text) && nonAsciiWords(text).some(word => hasSign(word) || /[a-z][À-Þ]/.test(word))

/** Vietnamese letters with one tone at the most: Klơng, Póh. */
const couldBeOfPeoples = (word: string) => {
  const letters = [...word]
  return (
    letters.every(letter => /['a-zăâđêôơư]/.test(toneOf(letter).plain)) &&
    letters.filter(letter => toneOf(letter).tone > 0).length <= 1
  )
}

function asRead(word: string): number {
  const lower = word.toLowerCase().normalize('NFC')
  const kind = kindOf(lower)
  const cased = /\p{Ll}\p{Lu}/u.test(word) ? oddlyCased : 0
  if (kind !== 'other') return ofWord[kind] + cased
  return (couldBeOfPeoples(lower) ? ofWord.ofPeoples : ofWord.spoilt) + cased
}

/** For text of bytes: each encoding's odds against the text being Unicode as it stands. */
export function weighBytes(text: string): Odds {
  const all = text.split(betweenWords)
  const words = all.filter(word => !isAsciiWord(word))
  const others = foreignWordCount(all)
  const before = words.map(word => asItStands(word, others))
  const odds = new Map<LegacyEncoding, number>()
  for (const encoding of byteEncodings) {
    const { decode, reads } = codecs[encoding]
    let sum = rarityOf(encoding)
    const whole = decode(text).split(betweenWords)
    for (const [at, word] of words.entries()) {
      const asIs = before[at] ?? 0
      if (!reads(word)) sum += ofWord.unreadable - asIs
      else {
        const read = whole.length === all.length ? (whole[all.indexOf(word)] ?? word) : decode(word)
        if (read !== word) sum += asRead(read) - asIs
        else if (asIs < ofWord.syllable) sum -= 0.2
      }
    }
    odds.set(encoding, sum)
  }
  return odds
}

/** What no word in plain letters has, in any language: by the way of typing. */
const loud: Readonly<Record<KeyMethod, RegExp>> = {
  telex: new RegExp(
    '(?:aa|ee|oo|[aou]w)(?:c|ch|m|n|ng|nh|p|t|i|u|y)?[fxj]|(?:ng|nh|ch|[aeiou]n)[fxj]$' +
      '|[aeiouy](?:f(?:ng?|nh|m|p|ch?)|[xj](?:ng?|nh|m|p|t|ch?))$|wng|uwow|^dd[aeiouy]' +
      '|[aeiouy]{1,3}n[gh][sr]$',
  ),
  'vni-keys': /[a-z]\d/,
  viqr: /[a-z][\^~+(*`]/,
}

/**
 * For plain letters and signs: each way of typing's odds against the text being as it should. Nothing where nothing
 * speaks for one.
 */
export function weighKeys(text: string): Odds {
  const odds = new Map<LegacyEncoding, number>()
  if (!/[a-z][\d^~+(*`'?.]|[fjwx]|aa|ee|oo|dd|[aeiouy][sr]/i.test(text) || /[,;/|]/.test(text)) return odds
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  for (const method of keyMethods) {
    let [sum, changed] = [rarityOf(method), 0]
    for (const word of words) {
      const bare = method === 'viqr' ? word : word.replace(/(?<![.])[.]+$/, '')
      const made = composeStrokes(bare, method)
      if (made === bare) continue
      const isLoud = loud[method].test(bare)
      const before = isLoud
        ? method === 'telex'
          ? ofWord.unheardOf
          : ofWord.sign
        : bareWords.has(bare) || /([aeo])\1$/.test(bare)
          ? -3.5
          : -5
      const after =
        made === undefined
          ? ofWord.unreadable
          : made.length < 2
            ? method === 'vni-keys'
              ? ofWord.spoilt
              : -6
            : asRead(made)
      sum += after - before
      if (made !== undefined) changed += 1
    }
    if (changed > 0) odds.set(method, sum)
  }
  return odds
}
