import { editDistanceAtMost } from '../../names/spelling/string-distance.ts'
import { nibblesApart } from '../comparing/packed-digits.ts'
import type { TextList } from './distinct-texts.ts'
import { ownGroups } from './group-texts.ts'
import { memoizeByCode } from './memoize.ts'
import { foldCase } from './text-fold.ts'
import type { ValueKind } from './value-kind.ts'

const zeros = /^(?:[-0?x.]|null|n\/a|không|khong)*$/i

/**
 * Only what counts: letters and digits. Zeros in front are lost in spreadsheets, and a `.0` behind is put there by
 * them.
 */
function foldNumber(text: string): string {
  if (zeros.test(text)) return ''
  return text
    .normalize('NFKC')
    .replace(/\.0+$/, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/^0+/, '')
}

/** Most are digits alone, of which the zeros in front are left out; -1 of any other. */
function firstDigitThatCounts(bytes: Buffer, start: number, end: number): number {
  let first = start
  while (first < end && bytes[first] === 48) first++
  for (let at = first; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte < 48 || byte > 57) return -1
  }
  return first
}

const numberLevels = [
  'same',
  'transposed',
  'one-digit',
  'digit-missing',
  'two-digits',
  'other-length',
  'different',
] as const
const numberLevel = (level: (typeof numberLevels)[number]) => numberLevels.indexOf(level)
const different = numberLevel('different')

function compareDigits(a: string, b: string): number {
  if (a.length !== b.length) {
    const apart =
      Math.min(a.length, b.length) > 2 && Math.abs(a.length - b.length) === 1 ? editDistanceAtMost(a, b, 1) : 2
    return numberLevel(apart === 1 ? 'digit-missing' : 'other-length')
  }
  let differing = 0
  let last = -1
  let transposed = false
  for (let i = 0; i < a.length; i++) {
    if (a.charCodeAt(i) === b.charCodeAt(i)) continue
    if (++differing > 2) return numberLevel('different')
    transposed = differing === 2 && last === i - 1 && a[i] === b[last] && a[last] === b[i]
    last = i
  }
  if (transposed) return numberLevel('transposed')
  if (differing === 1) return numberLevel('one-digit')
  // Of four digits two are half of it: a house number or a year of birth, not a slip.
  return numberLevel(a.length > 4 ? 'two-digits' : 'different')
}

/**
 * `digits` has for each number of no more than sixteen digits how many they are, and the digits, four bits each: most
 * pairs are distinguished without comparing texts.
 */
type NumberTraits = { readonly own: Int32Array; readonly digits: Int32Array }

/** The places of a number's traits in its row of `digits`. */
const digitsWidth = 4
const [lengthAt, frontAt, backAt] = [0, 1, 2] as const

function numberTraits(dictionary: TextList): NumberTraits {
  const digits = new Int32Array((dictionary.size + 1) * digitsWidth)
  for (let code = 1; code <= dictionary.size; code++) {
    const length = dictionary.lengthOf(code)
    let [high, low, at] = [0, 0, 0]
    for (; at < length && length <= 16; at++) {
      const digit = dictionary.byteAt(code, at) - 48
      if (digit < 0 || digit > 9) break
      high = (high << 4) | (low >>> 28)
      low = (low << 4) | digit
    }
    if (at < length) continue
    digits[code * digitsWidth + lengthAt] = length
    digits[code * digitsWidth + frontAt] = high
    digits[code * digitsWidth + backAt] = low
  }
  return { own: ownGroups(dictionary.size), digits }
}

/** Of equal length and more than two digits apart. */
function areFar(digits: Int32Array, a: number, b: number): boolean {
  const [one, other] = [a * digitsWidth, b * digitsWidth]
  const length = digits[one + lengthAt]
  if (length === 0 || length !== digits[other + lengthAt]) return false
  const apartIn = (at: number) => nibblesApart(digits[one + at] ?? 0, digits[other + at] ?? 0)
  return apartIn(frontAt) + apartIn(backAt) > 2
}

/**
 * An identifier: a personal number, a telephone, a postcode. One that has lost its zeros is the same; one of another
 * length may be of another kind (an old identity card of nine digits), and says less against two being one.
 */
export const numberKind: ValueKind = {
  levels: numberLevels,
  typicalM: [0.9, 0.01, 0.035, 0.01, 0.01, 0.015, 0.02],
  reader: () => foldNumber,
  keptFrom: firstDigitThatCounts,
  traitsOf: numberTraits,
  valuesOf(dictionary, traits: NumberTraits) {
    const textOf = memoizeByCode(dictionary.size, 100_000, code => dictionary.textOf(code))
    return {
      compare: (a, b) => (areFar(traits.digits, a, b) ? different : compareDigits(textOf(a), textOf(b))),
      joinedAs: traits.own,
      sharedAs: [traits.own],
    }
  },
}

/** A code, a sex, a state: the same or not, after case, blanks and Unicode form. */
export const exactKind: ValueKind = {
  levels: ['same', 'different'],
  typicalM: [0.95, 0.05],
  reader: () => foldCase,
  traitsOf: dictionary => ({ own: ownGroups(dictionary.size) }),
  valuesOf: (_, { own }: { readonly own: Int32Array }) => ({ compare: () => 1, joinedAs: own, sharedAs: [own] }),
}
