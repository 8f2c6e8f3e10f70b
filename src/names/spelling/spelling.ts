/*
 * Comparing. In: two names as they were given. Decided: whether they are the same but for case, Unicode form and the
 * place of the tone, the same but for marks, or others, and where their letters differ. string-distance.ts measures how
 * near two folded strings are; what follows from that is for linkage to say. No deeds: names is pure.
 */
import { placeTone } from '../letter.ts'
import { cleanName, compose, foldMarks, foldTone, nameWords } from '../name.ts'

const unspaced = (key: string) => key.replaceAll(' ', '')

/** 'same' after case, Unicode form, tone placement and blanks; 'marks-differ' when the bare letters agree. */
export function compareNames(a: string, b: string): 'same' | 'marks-differ' | 'letters-differ' {
  if (a === b || unspaced(foldTone(a)) === unspaced(foldTone(b))) return 'same'
  return unspaced(foldMarks(a)) === unspaced(foldMarks(b)) ? 'marks-differ' : 'letters-differ'
}

/** Whether the last words agree, marks included. */
export const sameGivenName = (a: string, b: string): boolean => nameWords(a).at(-1) === nameWords(b).at(-1)

/**
 * A stretch of letters, from inclusive to exclusive, in UTF-16 units of the cleaned name (NFC, so one unit is one
 * letter).
 */
export type LetterRange = readonly [from: number, to: number]

/**
 * The letters of a name one by one, each folded as it stands in its word, so that tone placement and case count for
 * nothing.
 */
function comparableLetters(name: string): string[] {
  const folded = name.split(' ').map(word => {
    const lower = compose(word.toLowerCase())
    return lower.length === word.length ? placeTone(lower) : word
  })
  return [...folded.join(' ')]
}

const baseLetter = (letter: string) => letter.normalize('NFD').charAt(0).replace('đ', 'd')

const beginsWord = (letters: readonly string[], at: number) => at === 0 || letters[at - 1] === ' '

/**
 * The cost of reading one letter as the other: a wrong mark costs less than a wrong letter, and equal alignments prefer
 * whole words.
 */
function substitution(a: readonly string[], i: number, b: readonly string[], j: number): number {
  const [one, other] = [a[i] ?? '', b[j] ?? '']
  const unlike = one === other ? 0 : baseLetter(one) === baseLetter(other) ? 0.5 : 1.5
  return unlike + (beginsWord(a, i) === beginsWord(b, j) ? 0 : 0.001)
}

/** costs[i][j]: the cheapest way from a's letters from i on to b's letters from j on. */
function alignmentCosts(a: readonly string[], b: readonly string[]): number[][] {
  const costs = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  const at = (i: number, j: number) => costs[i]?.[j] ?? 0
  for (let i = a.length; i >= 0; i -= 1)
    for (let j = b.length; j >= 0; j -= 1) {
      const ways: number[] = []
      if (i < a.length) ways.push(at(i + 1, j) + 1)
      if (j < b.length) ways.push(at(i, j + 1) + 1)
      if (i < a.length && j < b.length) ways.push(at(i + 1, j + 1) + substitution(a, i, b, j))
      const row = costs[i]
      if (row && ways.length > 0) row[j] = Math.min(...ways)
    }
  return costs
}

function letterRanges(marked: readonly number[]): LetterRange[] {
  const found: [number, number][] = []
  for (const at of marked) {
    const last = found.at(-1)
    if (last && last[1] === at) last[1] = at + 1
    else found.push([at, at + 1])
  }
  return found
}

/** The letters in which two names differ, to be marked on the screen in `cleanName(a)` and `cleanName(b)`. */
export function differingLetters(a: string, b: string): { a: LetterRange[]; b: LetterRange[] } {
  const [left, right] = [comparableLetters(cleanName(a)), comparableLetters(cleanName(b))]
  const costs = alignmentCosts(left, right)
  const cost = (i: number, j: number) => costs[i]?.[j] ?? Number.POSITIVE_INFINITY
  const inA: number[] = []
  const inB: number[] = []

  let [i, j] = [0, 0]
  while (i < left.length || j < right.length) {
    const both = i < left.length && j < right.length ? substitution(left, i, right, j) : Number.POSITIVE_INFINITY
    if (cost(i, j) === cost(i + 1, j + 1) + both) {
      if (left[i] !== right[j]) {
        inA.push(i)
        inB.push(j)
      }
      i += 1
      j += 1
    } else if (i < left.length && cost(i, j) === cost(i + 1, j) + 1) {
      inA.push(i)
      i += 1
    } else {
      inB.push(j)
      j += 1
    }
  }
  return { a: letterRanges(inA), b: letterRanges(inB) }
}
