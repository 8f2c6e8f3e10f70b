import { type Day, dayOf, isRealDate } from '../platform/day.ts'
import { isLost } from './legacy/legacy.ts'
import { decodeMojibake, isSurelyMojibake } from './legacy/mojibake.ts'
import { toneOf } from './letter.ts'
import { cleanName } from './name.ts'
import type { Sex } from './numbers/numbers.ts'
import { isSyllable, toneless } from './syllable.ts'

/**
 * The line in the QR code of a chip card: number|old number|name|ddmmyyyy|sex|address|ddmmyyyy (circular 06/2021;
 * domain.md 2.16–2.18). It is not signed: a convenience, no proof. Scanners type it as keyboards do; an input program
 * that listens, Caps Lock, another keyboard layout or a code page garble it on the way. Number and dates survive that;
 * words are repaired only where one original is possible.
 */

export type QrCard = {
  readonly number: string
  readonly oldNumber?: string | undefined
  readonly name: string
  readonly birth: Day
  readonly sex: Sex
  /** Left out where it is empty, or where a word of it may be the keyboard's. */
  readonly address?: string | undefined
  readonly issuedOn: Day
}

/**
 * What garbled the line: an input program by its way of typing, the code page of the scanner or the system, Caps Lock,
 * a keyboard layout.
 */
export type Garbler = 'telex' | 'vni' | 'code-page' | 'capslock' | 'layout'

export type CardReading =
  | ({ readonly kind: 'card' } & QrCard)
  /** Fields that are not certain are left out. */
  | { readonly kind: 'garbled'; readonly by: Garbler; readonly repaired: Partial<QrCard> }
  | { readonly kind: 'other' }

function dayIn(text: string): Day | undefined {
  const [, d, m, y] = (/^(\d{2})(\d{2})(\d{4})$/.exec(text) ?? []).map(Number)
  return d && m && y && isRealDate(y, m, d) ? dayOf(y, m, d) : undefined
}

const sexes: Readonly<Record<string, Sex>> = { Nam: 'M', Nữ: 'F' }

/** What is certain of the fields by their form alone; the words are taken as they are. */
function formOf(fields: readonly string[]): Partial<QrCard> {
  const [number = '', oldNumber = '', , birth = '', sex = '', , issuedOn = ''] = fields
  const [born, issued] = [dayIn(birth), dayIn(issuedOn)]
  return {
    ...(/^\d{12}$/.test(number) && { number }),
    ...(/^(?:\d{9}|\d{12})$/.test(oldNumber) && { oldNumber }),
    ...(born && { birth: born }),
    ...(sexes[sex.normalize('NFC')] && { sex: sexes[sex.normalize('NFC')] }),
    ...(issued && { issuedOn: issued }),
  }
}

const isAsciiText = (text: string) => !/[^\u0000-\u007f]/.test(text)
const splitWords = (text: string) =>
  text
    .normalize('NFC')
    .split(/[\s,;:()/\-–"]+/)
    .filter(Boolean)

const hasTone = (word: string) => [...word.toLowerCase()].some(letter => toneOf(letter).tone > 0)
const isVietnamese = (word: string) => isSyllable(word.toLowerCase().replace(/\.$/, ''))

/**
 * A1 becomes Á under VNI, 12A3 becomes 12Ã: no word is a lone vowel with a tone but Ý and Á, and those stand by no
 * number.
 */
const isOfDigits = (word: string) =>
  /\d[a-zA-Z]*[^\u0000-\u007f]|[^\u0000-\u007f][a-zA-Z]*\d/u.test(word) ||
  /^[àảãạèẻẽéẹìỉĩíịòỏõóọùủũúụỳỷỹỵáâăêơư]$/i.test(word)

/**
 * A tone on a word that is no syllable: Vinhomés. Peoples whose words end otherwise write their own (Đắk, Ksơr): more
 * than one mark, or no tone.
 */
const isOfLetters = (word: string) =>
  hasTone(word) &&
  !isVietnamese(word) &&
  !/[kKhHlLrR]$/.test(word) &&
  [...word.normalize('NFD')].filter(sign => /[\u0300-\u036fđĐ]/.test(sign)).length === 1

/** Grên may be Green under Telex, or of a people whose words are so (Krông): nobody knows. */
const isDoubtful = (word: string) => /[âêô]/i.test(word) && !isVietnamese(word)

/** Which input program a text went through; undefined where nothing speaks for one. */
function garblerOf(text: string): Garbler | undefined {
  const words = splitWords(text)
  if (words.some(isOfDigits)) return 'vni'
  return words.some(isOfLetters) ? 'telex' : undefined
}

/** Letters with marks were dropped: no word has one, and some are no words any more (Nguyn Vn). */
const isDropped = (text: string) =>
  isAsciiText(text) &&
  splitWords(text).filter(
    word => /^[A-Z][a-z]*$/.test(word) && !toneless.has(word.toLowerCase()) && !/[aeiouy]/i.test(word),
  ).length >= 2

/** The words of a card, where it is certain that they came as they are. */
function wordsAsTyped(name: string, address: string): Pick<QrCard, 'name' | 'address'> | Garbler {
  const both = `${name} ${address}`
  if (isLost(both) || isSurelyMojibake(both) || /[\u0080-\u009f]/.test(both) || isDropped(both)) return 'code-page'
  const known = address !== '' && !splitWords(address).some(isDoubtful)
  return garblerOf(both) ?? { name: cleanName(name), ...(known && { address: address.normalize('NFC').trim() }) }
}

const isWhole = (card: Partial<QrCard>): card is QrCard =>
  Boolean(card.number && card.birth && card.sex && card.issuedOn)

/** The line's fields, where each that has a form has it; a card of 2024 may have more of them. */
function wholeCard(
  text: string,
): { readonly form: Omit<QrCard, 'name' | 'address'>; readonly name: string; readonly address: string } | undefined {
  const fields = text.split('|').map(field => field.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, ''))
  const form = formOf(fields)
  if (fields.length < 7 || !isWhole(form) || (fields[1] !== '' && !form.oldNumber)) return undefined
  return { form, name: fields[2] ?? '', address: fields[5] ?? '' }
}

/** The top row of Windows' Vietnamese keyboard has these where others have the digits, 0 first. */
const vietnameseRow = 'đăâêô\u0300\u0309\u0303\u0301\u0323'

/** The line with the digits put back into its fields of digits; what they were in the address is not certain. */
function fromVietnameseRow(text: string): string {
  const read = text.split('|').map((field, at) => {
    if (at === 5) return ''
    const digits = Array.from(field, letter => vietnameseRow.indexOf(letter))
    return [0, 1, 3, 6].includes(at) && digits.every(digit => digit >= 0) ? digits.join('') : field
  })
  return read.join('|')
}

const swapCase = (text: string) =>
  text.replace(/[a-z]/gi, letter => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()))
const swapAllCase = (text: string) =>
  [...text].map(letter => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join('')

/** Words with a capital first, and the rest of them all small or all capital. */
const isCased = (text: string) => {
  const rests = splitWords(text)
    .map(word => word.slice(1))
    .filter(rest => /\p{L}/u.test(rest))
  const first = splitWords(text).every(word => /^\p{Lu}/u.test(word))
  return first && (rests.every(rest => rest === rest.toLowerCase()) || rests.every(rest => rest === rest.toUpperCase()))
}

/**
 * Caps Lock turns plain letters about, and those with marks too where the scanner types them by key: as the name tells,
 * if it tells.
 */
function withoutCapsLock(text: string): string[] {
  const ways = [swapCase(text), swapAllCase(text)].filter(way => isCased(wholeCard(way)?.name ?? ''))
  const [one = text, other = one] = ways
  const fields = other.split('|')
  // Where both ways make sense, what they differ in is left out.
  return ways.length === 0
    ? []
    : [
        one
          .split('|')
          .map((field, at) => (field === fields[at] ? field : ''))
          .join('|'),
      ]
}

/** Other keyboards have another sign where ours has the upright stroke. */
const otherStrokes = ['~', '¦', '§', '*', '°', '#', '\t', '›', '>']

/** Each field read anew by itself; one that cannot be is marked as lost. */
const fieldByField = (text: string) =>
  text
    .split('|')
    .map(field => decodeMojibake(field) ?? (isAsciiText(field) ? field : `\ufffd${field}`))
    .join('|')

const retypeStrokes = (text: string) =>
  otherStrokes.filter(stroke => text.split(stroke).length >= 7).map(stroke => text.replaceAll(stroke, '|'))

/** Mends the line as a whole: what it was if that garbled it. */
const menders: readonly (readonly [by: Garbler, mend: (text: string) => readonly string[]])[] = [
  ['code-page', text => [decodeMojibake(text) ?? text, fieldByField(text)]],
  ['capslock', withoutCapsLock],
  ['layout', text => [...(/^\d/.test(text) ? [] : [fromVietnameseRow(text)]), ...retypeStrokes(text)]],
]

function repairReading(text: string): CardReading | undefined {
  for (const [by, mend] of menders)
    for (const line of mend(text)) {
      const whole = line === text ? undefined : wholeCard(line)
      if (!whole) continue
      const words = wordsAsTyped(whole.name, whole.address)
      return {
        kind: 'garbled',
        by,
        repaired: { ...whole.form, ...(typeof words !== 'string' && words.name !== '' && words) },
      }
    }
  return undefined
}

/** Nữ without its second letter is still no Nam, whose letters are plain. */
const isNuInPart = (sex: string) => /^N[^a-zA-Z|]*$/.test(sex)

/** What is certain of a line that has lost its form. */
function partialReading(text: string): CardReading {
  const fields = text.split('|').map(field => field.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, ''))
  const [number = '', oldNumber = '', name = '', birth = '', sex = '', address = ''] = fields
  if (!/^\d{12}$/.test(number) || fields.length < 5 || !(dayIn(birth) || /^\d*$/.test(oldNumber)))
    return { kind: 'other' }

  const form = formOf(fields.length === 7 ? fields : fields.slice(0, 1))
  const words = wordsAsTyped(name, address)
  if (isNuInPart(sex) || words === 'code-page')
    return {
      kind: 'garbled',
      by: 'code-page',
      repaired: { ...form, ...(fields.length === 7 && isNuInPart(sex) && { sex: 'F' as const }) },
    }
  const lacksDigits = [birth, fields[6] ?? ''].some(date => !dayIn(date) && /^\d{0,7}$/.test(date))
  return { kind: 'garbled', by: words === 'vni' || lacksDigits ? 'vni' : 'telex', repaired: form }
}

/**
 * Reads what a scanner typed or a person pasted. Never throws; a number alone, or any other text, is no card's line.
 */
export function readCardQr(text: string): CardReading {
  const line = text.replace(/[\u200b-\u200f\u2060\ufeff]/g, '').trim()
  if (line.length < 30 || line.length > 1000) return { kind: 'other' }

  const whole = wholeCard(line)
  if (!whole) return repairReading(line) ?? partialReading(line)
  const words = wordsAsTyped(whole.name, whole.address)
  if (typeof words !== 'string' && decodeMojibake(line) === undefined) return { kind: 'card', ...whole.form, ...words }
  if (words === 'telex' || words === 'vni') return { kind: 'garbled', by: words, repaired: whole.form }
  return repairReading(line) ?? { kind: 'garbled', by: 'code-page', repaired: whole.form }
}
