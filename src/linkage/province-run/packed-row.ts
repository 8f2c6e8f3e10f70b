import { packBirthDigits, packSix } from '../comparing/packed-digits.ts'
import type { PackedNameKeys } from './name-keys.ts'
import { birthOf, type PackedPeople, sharedArray } from './packed.ts'

/**
 * What is looked at of a person before anything is made of one: up to sixteen numbers side by side, which are one line
 * of a processor's cache, so that a candidate costs one reach into memory. Texts are hashes; what is not known is 0.
 */
export const glanceBits = 4

/** Where each number stands in a person's sixteen. */
export const at = {
  plain: 0,
  joined: 1,
  sorted: 2,
  familyGiven: 3,
  /**
   * Which letters the plain name has an odd number of times: two names one slip apart differ in two of these bits at
   * most.
   */
  letters: 4,
  given: 5,
  birth: 6,
  /** See `sexOf`, `wordsOf`, `unitOf`, `hasMoreUnits`. */
  who: 7,
  /** The number's first six digits, and its last, four bits a digit. */
  numberHigh: 8,
  numberLow: 9,
  father: 10,
  mother: 11,
  phone: 12,
  name: 13,
  /** ddmmyyyy, four bits a digit. */
  birthDigits: 14,
} as const

export const sexOf = (who: number) => who & 3
export const wordsOf = (who: number) => (who >>> 2) & 63
export const unitOf = (who: number) => (who >>> 8) & 0xffff
export const hasMoreUnits = (who: number) => (who >>> 24) & 1

/** The last 32 bits of a telephone number: two are taken for one in four billion. */
export const phoneHash = (phone: number) => (phone % 0x100000000) | 0

export const letterParities = (plain: string): number => {
  let odd = 0
  for (let i = 0; i < plain.length; i++) {
    const letter = plain.charCodeAt(i) - 97
    if (letter >= 0 && letter < 26) odd ^= 1 << letter
  }
  return odd
}

/** The people's glances, in shared memory: 64 bytes a person. */
export function packedRowsOf(people: PackedPeople, keys: PackedNameKeys): Int32Array {
  const letters = lettersOfNames(people.names)
  const { size, names, name, birth, number, unit, sex } = people
  const glances = sharedArray(Int32Array, size << glanceBits)
  for (let person = 0; person < size; person++) {
    const base = person << glanceBits
    const id = name[person] ?? 0
    const { y, m = 0, d = 0 } = birthOf(birth[person] ?? 0)
    const high = Math.floor((number[person] ?? 0) / 1_000_000)
    const words = Math.min(63, (names.start[id + 1] ?? 0) - (names.start[id] ?? 0))
    glances[base + at.plain] = keys.plain[id] ?? 0
    glances[base + at.joined] = keys.joined[id] ?? 0
    glances[base + at.sorted] = keys.sorted[id] ?? 0
    glances[base + at.familyGiven] = keys.familyGiven[id] ?? 0
    glances[base + at.letters] = letters[id] ?? 0
    glances[base + at.given] = keys.given[id] ?? 0
    glances[base + at.birth] = birth[person] ?? 0
    glances[base + at.who] =
      (sex[person] ?? 0) | (words << 2) | ((unit[person] ?? 0) << 8) | (people.moreUnits.has(person) ? 1 << 24 : 0)
    glances[base + at.numberHigh] = packSix(high)
    glances[base + at.numberLow] = packSix((number[person] ?? 0) - high * 1_000_000)
    glances[base + at.father] = keys.plain[people.father[person] ?? 0] ?? 0
    glances[base + at.mother] = keys.plain[people.mother[person] ?? 0] ?? 0
    glances[base + at.phone] = phoneHash(people.phone[person] ?? 0)
    glances[base + at.name] = id
    glances[base + at.birthDigits] = packBirthDigits(y, m, d)
  }
  return glances
}

function lettersOfNames({ size, start, word, odd, plainWords }: PackedPeople['names']): Int32Array {
  const ofWord = Int32Array.from([0, ...plainWords.map(letterParities)])
  const letters = new Int32Array(size)
  for (let id = 1; id < size; id++) {
    const text = odd.get(id)
    let all = letterParities(text ?? '')
    if (text === undefined)
      for (let at = start[id] ?? 0; at < (start[id + 1] ?? 0); at++) all ^= ofWord[word[at] ?? 0] ?? 0
    letters[id] = all
  }
  return letters
}
