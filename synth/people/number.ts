import { parse } from 'csv-parse/sync'
import { hash32 } from '../random.ts'
import { officialTable } from '../shipped.ts'

/** Gives personal numbers PPP C YY NNNNNN (domain.md 1): never the same twice, and nothing of the order shows. */
export type Numbers = {
  give(prefix: string, sex: 'M' | 'F', year: number): string
  /**
   * A number of the same kind that stands in nobody's record: a cancelled one, or that of someone of another province.
   */
  giveOutside(prefix: string, sex: 'M' | 'F', year: number): string
  /** Whether someone in the register has it. */
  isTaken(number: string): boolean
  giveOldNumber(): string
}

const prefixes = parse(officialTable('number-prefixes.csv'), { columns: true }) as {
  prefix: string
  name: string
  kind: string
}[]

export const countryPrefixes = prefixes.filter(({ kind }) => kind !== 'province')
export const provincePrefixes = prefixes.filter(({ kind }) => kind === 'province')
const known = new Set(prefixes.map(({ prefix }) => prefix))

/** Twelve digits that a clerk would take for a number: the prefix is one that exists. */
export const isWellFormed = (number: string) => /^\d{12}$/.test(number) && known.has(number.slice(0, 3))

/** The digit that tells century and sex (domain.md 1.2). */
const sexDigit = (sex: 'M' | 'F', year: number) => (Math.floor(year / 100) - 19) * 2 + (sex === 'F' ? 1 : 0)

export const contradicts = (number: string, sex: 'M' | 'F', year: number) =>
  number.slice(3, 6) !== `${sexDigit(sex, year)}${String(year % 100).padStart(2, '0')}`

/** A million places in an order of their own by key, and back: four rounds over 1,000 × 1,000. */
const rounds = [11, 23, 37, 51] as const
const push = (half: number, key: number, round: number) =>
  (hash32(String(half), key ^ Math.imul(round, 0x9e3779b1)) % 1000) as number

function scatter(index: number, key: number): number {
  let [left, right] = [Math.floor(index / 1000), index % 1000]
  for (const round of rounds) [left, right] = [right, (left + push(right, key, round)) % 1000]
  return left * 1000 + right
}

function gather(place: number, key: number): number {
  let [left, right] = [Math.floor(place / 1000), place % 1000]
  for (const round of rounds.toReversed()) [left, right] = [(right - push(left, key, round) + 1000) % 1000, left]
  return left * 1000 + right
}

const six = (n: number) => String(n).padStart(6, '0')

export function openNumbers(seed: number): Numbers {
  const given = new Map<string, number>()
  const outside = new Set<string>()
  const keyOf = (head: string) => hash32(`${seed}/number/${head}`)
  let old = 0

  const give = (prefix: string, sex: 'M' | 'F', year: number) => {
    const head = `${prefix}${sexDigit(sex, year)}${String(year % 100).padStart(2, '0')}`
    const count = given.get(head) ?? 0
    if (count >= 1_000_000) throw new RangeError(`no number is left for ${head}`)
    given.set(head, count + 1)
    return head + six(scatter(count, keyOf(head)))
  }

  return {
    give,
    giveOutside: (prefix, sex, year) => {
      const number = give(prefix, sex, year)
      outside.add(number)
      return number
    },
    isTaken: number => {
      const head = number.slice(0, 6)
      const count = given.get(head)
      return count !== undefined && !outside.has(number) && gather(Number(number.slice(6)), keyOf(head)) < count
    },
    giveOldNumber: () => {
      const number = `10${Math.floor(old / 1_000_000)}${six(scatter(old % 1_000_000, keyOf('old')))}`
      old++
      return number
    },
  }
}
