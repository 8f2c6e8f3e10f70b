import { editDistanceAtMost } from '../../names/spelling/string-distance.ts'
import { nibblesApart } from '../comparing/packed-digits.ts'
import type { Dictionary } from './distinct-texts.ts'
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
  if (/^[1-9]\d*$/.test(text)) return text
  if (zeros.test(text)) return ''
  return text
    .normalize('NFKC')
    .replace(/\.0+$/, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/^0+/, '')
}

const numberLevels = ['same', 'transposed', 'one-digit', 'digit-missing', 'two-digits', 'different'] as const
const numberLevel = (level: (typeof numberLevels)[number]) => numberLevels.indexOf(level)

function compareDigits(a: string, b: string): number {
  if (a.length !== b.length) {
    const apart =
      Math.min(a.length, b.length) > 2 && Math.abs(a.length - b.length) === 1 ? editDistanceAtMost(a, b, 1) : 2
    return numberLevel(apart === 1 ? 'digit-missing' : 'different')
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

/** The last sixteen digits, four bits each, so that most pairs are distinguished without comparing texts. */
function digitsByCode(dictionary: Dictionary) {
  const column = () => new Int32Array(dictionary.size + 1)
  const [front, back, lengths] = [column(), column(), column()]
  for (let code = 1; code <= dictionary.size; code++) {
    const text = dictionary.textOf(code)
    if (!/^\d{1,16}$/.test(text)) continue
    const padded = text.padStart(16, '0')
    front[code] = Number.parseInt(padded.slice(0, 8), 16) | 0
    back[code] = Number.parseInt(padded.slice(8), 16) | 0
    lengths[code] = text.length
  }
  return {
    /** Of equal length and more than two digits apart. */
    areFar(a: number, b: number): boolean {
      if (!lengths[a] || lengths[a] !== lengths[b]) return false
      return nibblesApart(front[a] ?? 0, front[b] ?? 0) + nibblesApart(back[a] ?? 0, back[b] ?? 0) > 2
    },
  }
}

/** An identifier: a personal number, a telephone, a postcode. One that has lost its zeros is the same. */
export const numberKind: ValueKind = {
  levels: numberLevels,
  typicalM: [0.9, 0.01, 0.035, 0.01, 0.01, 0.035],
  reader: () => foldNumber,
  valuesOf(dictionary) {
    const textOf = memoizeByCode(dictionary.size, 100_000, code => dictionary.textOf(code))
    const glance = digitsByCode(dictionary)
    return {
      compare: (a, b) => (glance.areFar(a, b) ? numberLevel('different') : compareDigits(textOf(a), textOf(b))),
      joinedAs: ownGroups(dictionary.size),
      sharedAs: [ownGroups(dictionary.size)],
    }
  },
}

/** A code, a sex, a state: the same or not, after case, blanks and Unicode form. */
export const exactKind: ValueKind = {
  levels: ['same', 'different'],
  typicalM: [0.95, 0.05],
  reader: () => foldCase,
  valuesOf: dictionary => ({
    compare: () => 1,
    joinedAs: ownGroups(dictionary.size),
    sharedAs: [ownGroups(dictionary.size)],
  }),
}
