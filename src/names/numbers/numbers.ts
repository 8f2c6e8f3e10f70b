/*
 * Numbers. In: what stands in a cell or a form as personal number, telephone number or sex. Decided: what is meant, and
 * what of it is impossible or contradicts the rest. Out: a reading with what is wrong with it. Nothing is looked up in
 * a register here. No deeds: names is pure.
 */

import { numberPrefixes } from './number-prefix.ts'

/**
 * The personal identification number (số định danh cá nhân): PPP C YY NNNNNN: where the birth was registered, century
 * and sex, year of birth, six random digits; no check digit (decree 137/2015, article 13; domain.md 1.1–1.5). A number
 * that contradicts the record is a reason to verify, never to reject.
 */

export type Sex = 'M' | 'F'

export type PersonalNumber = {
  readonly kind: 'number'
  /** Twelve digits. */
  readonly number: string
  readonly prefix: string
  readonly knownPrefix: boolean
  /** 20 for those born 1900–1999, up to 24. */
  readonly century: number
  readonly sex: Sex
  readonly yearOfBirth: number
}

export type MalformedNumber = {
  readonly kind: 'malformed'
  readonly why: 'length' | 'characters' | 'letter-for-digit' | 'several'
  /** What it may have been; a person decides. */
  readonly suggestion?: string
}

export type NumberReading =
  | PersonalNumber
  /** Eleven digits, as a numeric cell leaves them; `number` has the zero again and is a suggestion only. */
  | { readonly kind: 'lost-zero'; readonly number: string; readonly knownPrefix: boolean }
  /** The nine digits of the old identity card. */
  | { readonly kind: 'old-number'; readonly number: string }
  | { readonly kind: 'ministry-id' | 'passport' | 'exam-code'; readonly text: string }
  /** 2.2205E+10: a spreadsheet has thrown digits away. */
  | { readonly kind: 'scientific' }
  | MalformedNumber
  | { readonly kind: 'missing' }

const nothing = /^(?:|-+|0+|x|n\/a|#n\/a|null|none|không|không có|chưa|chưa có|chua co|khong|khong co|k|ko)$/i

/** Full-width digits, invisible characters and the apostrophe that makes a cell text are nothing of the number's. */
const plainText = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .replace(/^\s*['`\u2018\u2019]+/, '')
    .trim()

function readDigits(number: string): PersonalNumber {
  const code = Number(number.charAt(3))
  const century = 20 + Math.floor(code / 2)
  return {
    kind: 'number',
    number,
    prefix: number.slice(0, 3),
    knownPrefix: numberPrefixes.has(number.slice(0, 3)),
    century,
    sex: code % 2 === 0 ? 'M' : 'F',
    yearOfBirth: (century - 1) * 100 + Number(number.slice(4, 6)),
  }
}

const byLength: Readonly<Record<number, (digits: string) => NumberReading>> = {
  12: readDigits,
  11: digits => ({
    kind: 'lost-zero',
    number: `0${digits}`,
    knownPrefix: numberPrefixes.has(`0${digits.slice(0, 2)}`),
  }),
  10: digits => ({
    kind: 'malformed',
    why: 'length',
    ...(numberPrefixes.has(`00${digits.charAt(0)}`) && { suggestion: `00${digits}` }),
  }),
  9: digits => ({ kind: 'old-number', number: digits }),
  20: digits => ({ kind: 'ministry-id', text: digits }),
}

/** O, I and l typed for 0 and 1. */
const mistakenDigits: Readonly<Record<string, string>> = { O: '0', o: '0', I: '1', l: '1' }

function readLettersAndDigits(text: string): NumberReading {
  const upper = text.toUpperCase()
  if (/^[A-Z]{1,2}\d{6,8}$/.test(upper)) return { kind: 'passport', text: upper }

  const mended = text.replace(/[OoIl]/g, letter => mistakenDigits[letter] ?? letter)
  if (/^\d{12}$/.test(mended) && numberPrefixes.has(mended.slice(0, 3)))
    return { kind: 'malformed', why: 'letter-for-digit', suggestion: mended }

  if (/^[A-Z0-9]{12}$/.test(upper) && /\d/.test(upper)) return { kind: 'exam-code', text: upper }
  if (/^[A-Z0-9]{20}$/.test(upper) && /\d/.test(upper)) return { kind: 'ministry-id', text: upper }
  return { kind: 'malformed', why: 'characters' }
}

/**
 * Reads what stands in a cell for the number. Never throws, never guesses: whatever is not twelve digits is named for
 * what it is.
 */
export function parseNumber(value: string | number | null | undefined): NumberReading {
  const text = plainText(String(value ?? ''))
  if (nothing.test(text)) return { kind: 'missing' }
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(text)) return { kind: 'scientific' }

  const whole = /^(\d{8,})[.,]0+$/.exec(text)?.[1] ?? text
  if (/\d{9}\s*[/;,&|]\s*\d{9}/.test(whole)) return { kind: 'malformed', why: 'several' }

  const bare = whole.replace(/[\s.,\-\u2010-\u2015'\u00b7]/g, '')
  if (!/^\d+$/.test(bare)) return readLettersAndDigits(bare)
  return byLength[bare.length]?.(bare) ?? { kind: 'malformed', why: 'length' }
}

export type Contradiction = 'sex' | 'birth-year' | 'birth-place'

/**
 * Where the digits speak against what is recorded. Unknown record values contradict nothing; so does text that is no
 * number.
 */
export function findContradictions(
  number: string,
  recorded: {
    readonly sex?: Sex | undefined
    readonly birthYear?: number | undefined
    readonly birthRegistrationCode?: string | undefined
  },
): Contradiction[] {
  const reading = parseNumber(number)
  if (reading.kind !== 'number') return []

  const found: Contradiction[] = []
  if (recorded.sex && recorded.sex !== reading.sex) found.push('sex')
  if (recorded.birthYear && recorded.birthYear !== reading.yearOfBirth) found.push('birth-year')
  if (recorded.birthRegistrationCode && recorded.birthRegistrationCode !== reading.prefix) found.push('birth-place')
  return found
}

/** '022205001234' → '022 2 05 001234'. Anything else is given back as it is. */
export const formatNumber = (number: string): string => number.replace(/^(\d{3})(\d)(\d{2})(\d{6})$/, '$1 $2 $3 $4')

/**
 * Composes a number by the rule of article 13. `random` gives [0, 1), as Math.random does; birthYear is 1900 to 2399.
 */
export function makeNumber(wanted: {
  readonly prefix: string
  readonly sex: Sex
  readonly birthYear: number
  readonly random: () => number
}): string {
  const { prefix, sex, birthYear, random } = wanted
  if (birthYear < 1900 || birthYear > 2399) throw new RangeError(`no number is made for the birth year ${birthYear}`)

  const code = 2 * (Math.floor(birthYear / 100) - 19) + (sex === 'F' ? 1 : 0)
  const serial = Math.floor(random() * 1_000_000)
  return `${prefix}${code}${String(birthYear % 100).padStart(2, '0')}${String(serial).padStart(6, '0')}`
}
