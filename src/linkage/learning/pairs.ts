import type { Selector } from '../blocking/blocking.ts'
import type { LinkRecord } from '../person-record.ts'
import type { LearningPairs, Pair } from './estimate.ts'

/** So many rows teach as much as all do; below so few pairs of one number, EM has to stand in (see estimate). */
export const mostRows = 20_000
const randomPairs = 20_000
const mostBlocked = 5000

/** Every so many of a list, spread over the whole of it. */
export function evenSample<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, all.length / most)
  return Array.from({ length: Math.min(most, all.length) }, (_, i) => all[Math.floor(i * step)]).filter(
    one => one !== undefined,
  )
}

/**
 * What rolls teach of the errors in them, without labels: rows and people of one number, for `m`; of one name and birth
 * date, for how often numbers are wrong; any row and anybody, for `u`. Whom a row is paired with at random follows from
 * its place: the same rolls teach the same.
 */
export function learningPairsOf(
  rows: readonly LinkRecord[],
  people: Pick<Selector, 'ownerOf' | 'alike' | 'person' | 'candidatesOf'>,
  size: number,
): LearningPairs {
  const some = evenSample(rows, mostRows)
  const equalNumber: Pair[] = []
  const equalNameAndBirth: Pair[] = []
  for (const row of some) {
    const owner = people.ownerOf(row)
    if (owner && owner.number === row.number) equalNumber.push([row, owner])
    const alike = people.alike(row)
    if (alike.length === 1 && alike[0]) equalNameAndBirth.push([row, alike[0]])
  }
  const random = Array.from({ length: size === 0 ? 0 : Math.min(randomPairs, some.length * 4) }, (_, i): Pair[] => {
    const row = some[i % Math.max(some.length, 1)]
    return row ? [[row, people.person((Math.imul(i + 1, 0x9e3779b1) >>> 0) % size)]] : []
  }).flat()
  return { equalNumber, equalNameAndBirth, random, blocked: blockedPairs(some, people), persons: size }
}

/** Lazy: each row with all its candidates, as though it had no number. */
function* blockedPairs(rows: readonly LinkRecord[], people: Pick<Selector, 'candidatesOf'>): Generator<Pair> {
  for (const row of evenSample(rows, mostBlocked))
    for (const candidate of people.candidatesOf(row)) yield [row, candidate]
}
