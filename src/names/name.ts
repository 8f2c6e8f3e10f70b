import { alphabet, placeTone, toneOf } from './letter.ts'

/**
 * How a person's name is cleaned, folded, compared and sorted (domain.md 9.1–9.8). The legal name keeps its case and
 * its tone placement; keys for matching are folded from it. Text in a legacy encoding must be decoded first
 * (legacy.ts): there a soft hyphen is a letter.
 */

const invisible = /\p{Default_Ignorable_Code_Point}/gu
const apostrophes = /[\u2018\u2019\u02bc\u02b9\u2032\u0060\u00b4\uff07]/g
const hyphens = /[\u2010-\u2015\u2212]/g
const fullWidth = /[\uff01-\uff5e]/g

/**
 * Icelandic eth and African D look like Đ and are typed for it; Đ itself has no decomposition, so Unicode does not mend
 * them.
 */
const mistakenD: Readonly<Record<string, string>> = { Ð: 'Đ', ð: 'đ', Ɖ: 'Đ', ɖ: 'đ' }

/** Cyrillic and Greek letters that look like Latin ones, in turn with these: typed by a keyboard that was left on. */
const lookAlikes = 'АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXаaеeоoрpсcуyхxіiјjѕsԁdΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνvιi'
const latinOf = new Map(
  [...lookAlikes.matchAll(/(.)(.)/gu)].map(([, other = '', latin = '']): [string, string] => [other, latin]),
)

/** Beside Latin letters; a name wholly in another script is left as it is. */
function withoutLookAlikes(text: string): string {
  if (!/[\u0370-\u052f]/.test(text) || !/\p{Script=Latin}/u.test(text)) return text
  const others = text.match(/[\u0370-\u052f]/g) ?? []
  return others.every(letter => latinOf.has(letter))
    ? text.replace(/[\u0370-\u052f]/g, letter => latinOf.get(letter) ?? letter)
    : text
}

/** A tone typed before the circumflex or breve (á + ̂) stays half composed under NFC, unless the two change places. */
const toneBeforeShape = /([\u0300\u0301\u0303\u0309])([\u0302\u0306\u031b])/g

export function compose(text: string): string {
  const composed = text.normalize('NFC')
  if (!/[\u0300-\u036f]/.test(composed)) return composed
  return composed.normalize('NFD').replace(toneBeforeShape, '$2$1').normalize('NFC')
}

const latin =
  String.raw`[0-9A-Za-z0-9A-Za-z\u00c0-\u00cf\u00d1-\u00d6\u00d8-\u00ef\u00f1-\u00f6` +
  String.raw`\u00f8-\u017f\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]+`

/**
 * Words of composed Latin letters and digits with single blanks between: all that cleaning does to a name is done. Ð
 * and its like are not among them.
 */
const isClean = new RegExp(`^${latin}(?: ${latin})*$`)

/**
 * The legal form: NFC, Đ as Đ, single blanks, nothing invisible, no dots or commas at the ends. Case and tone placement
 * stay.
 */
export function cleanName(text: string): string {
  if (isClean.test(text)) return text
  const visible = text
    .replace(invisible, '')
    .replace(fullWidth, letter => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
  return compose(withoutLookAlikes(visible))
    .replace(/[ÐðƉɖ]/g, letter => mistakenD[letter] ?? letter)
    .replace(apostrophes, "'")
    .replace(hyphens, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.,;:'"]+|(?<![\s.,;:"])[\s.,;:"]+$/g, '')
}

/** Blanks after an apostrophe are written or not (H' Hen, H'Hen); the keys leave them out. */
const joinApostrophe = (text: string) => text.replace(/' (?=\S)/g, "'")

type FoldedWord = { readonly marked: string; readonly plain: string; readonly sort: string }

/** A province has some thousand words; what mistypings and numbers add must not fill the memory. */
const mostWords = 50_000
const longestWord = 12
const knownWords = new Map<string, FoldedWord>()

/**
 * A clean text folds word by word, and the same few thousand words come again and again. Undefined where a word has
 * letters that fold to none.
 */
function foldCleanWords(text: string): FoldedWord[] | undefined {
  if (!isClean.test(text)) return undefined
  const words: FoldedWord[] = []
  for (const word of text.split(' ')) {
    const folded = knownWords.get(word) ?? foldWord(word)
    if (folded.plain === '') return undefined
    words.push(folded)
  }
  return words
}

function foldWord(word: string): FoldedWord {
  const [marked, plain] = [foldToneOf(word), foldMarksOf(word)]
  const folded = { marked, plain: /^[a-z0-9]+$/.test(plain) ? plain : '', sort: sortWord(marked) }
  if (word.length <= longestWord && !/\d/.test(word)) {
    if (knownWords.size >= mostWords) knownWords.clear()
    knownWords.set(word, folded)
  }
  return folded
}

/** The match key that keeps marks: lower case, NFC, one tone placement (hoà = hòa). */
export function foldTone(text: string): string {
  const words = foldCleanWords(text)
  return words ? words.map(({ marked }) => marked).join(' ') : foldToneOf(text)
}

function foldToneOf(text: string): string {
  return joinApostrophe(compose(cleanName(text).toLowerCase()))
    .split(' ')
    .map(placeTone)
    .join(' ')
}

const otherLetters: Readonly<Record<string, string>> = {
  đ: 'd',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ł: 'l',
  þ: 'th',
  ı: 'i',
}

/** The match key without marks: a–z and digits, single blanks, apostrophes only inside or after a letter. */
export function foldMarks(text: string): string {
  const words = foldCleanWords(text)
  return words ? words.map(({ plain }) => plain).join(' ') : foldMarksOf(text)
}

function foldMarksOf(text: string): string {
  return joinApostrophe(cleanName(text).toLowerCase())
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đøæœßłþı]/g, letter => otherLetters[letter] ?? letter)
    .replace(/[^a-z0-9']+/g, ' ')
    .replace(/(^| )'+/g, '$1')
    .trim()
}

/** The words of a name with marks, and without; as a rule as many. */
export function foldedWords(text: string): { readonly marked: readonly string[]; readonly plain: readonly string[] } {
  const words = foldCleanWords(text)
  if (words) return { marked: words.map(({ marked }) => marked), plain: words.map(({ plain }) => plain) }
  return { marked: nameWords(text), plain: foldMarksOf(text).split(' ') }
}

/** The folded words of a name, marks kept. */
export const nameWords = (text: string): string[] => foldTone(text).split(' ').filter(Boolean)

export type NameParts = { readonly family: string; readonly middle: string; readonly given: string }

/**
 * Family name first, given name last. A single word is a given name; peoples who have no family name are known by it.
 */
export function nameParts(text: string): NameParts {
  const words = cleanName(text).split(' ').filter(Boolean)
  const given = words.pop() ?? ''
  const family = words.shift() ?? ''
  return { family, middle: words.join(' '), given }
}

const sortCodes = new Map([...alphabet].map((letter, at) => [letter, at.toString(36).toUpperCase()]))

/**
 * One word of the sort key: its letters in Vietnamese order, then its tones, which decide only between equal letters.
 */
function sortWord(word: string): string {
  let letters = ''
  let tones = ''
  for (const letter of word) {
    const { plain, tone } = toneOf(letter)
    const code = sortCodes.get(plain) ?? sortCodes.get(plain.normalize('NFD').charAt(0))
    if (!code && /[^\p{L}\p{N}]/u.test(letter)) continue
    letters += code ?? `Z${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(6, '0')}`
    tones += tone
  }
  return `${letters}.${tones.replace(/(?<!0)0+$/, '')}`
}

/**
 * A key that sorts names as class lists do: by given name, then family name, then middle names; in each by letter, then
 * by tone. It is ASCII, so that PostgreSQL's collation "C" and JavaScript sort alike.
 */
export function sortKey(name: string): string {
  const known = foldCleanWords(name)
  if (known) return [known.at(-1), ...known.slice(0, -1)].map(word => word?.sort).join(' ')
  const [...words] = nameWords(name)
  const given = words.pop()
  return [given, ...words]
    .filter(word => word !== undefined)
    .map(sortWord)
    .join(' ')
}

/** NGUYỄN VĂN AN → Nguyễn Văn An; H'HEN → H'Hen. */
export const titleCase = (name: string): string =>
  cleanName(name)
    .toLowerCase()
    .normalize('NFC')
    .replace(/(^|[ '.-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())

/**
 * Whether the text could be someone's name: letters, blanks, apostrophes, hyphens and dots. One word or one letter is
 * enough.
 */
export function isPlausibleName(text: string): boolean {
  const name = cleanName(text)
  return (
    name.length <= 120 &&
    /^(?:\p{Script=Latin}|[ '.-]|\p{M})+$/u.test(name) &&
    /\p{L}/u.test(name) &&
    !/[ªºµ]/.test(name)
  )
}
