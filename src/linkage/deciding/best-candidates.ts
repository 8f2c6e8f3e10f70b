import type { Blocks } from '../blocking/blocks.ts'
import type { LinkTables } from '../file-columns/link-table.ts'
import type { LinkWeights } from './link-weights.ts'

/** How many candidates of a left row are kept. */
const kept = 4

/**
 * What the scan found of each left row: its best candidates, best first, and how heavy all of them are together (the
 * sum of 2^weight).
 */
export type PairCandidates = {
  readonly right: Int32Array
  readonly weight: Float64Array
  readonly all: Float64Array
  readonly pairs: number
}

const none = -1

/** Below this posterior chance a candidate is no rival of anybody. */
const noRival = 2 ** -20

/** Compares each left row with all that its blocks hold. Yields the number of rows done. */
export function* scanPairs(
  tables: LinkTables,
  blocks: Blocks,
  weights: LinkWeights,
): Generator<number, PairCandidates> {
  const { leftRows, rightRows } = tables
  const right = new Int32Array(leftRows * kept).fill(none)
  const weight = new Float64Array(leftRows * kept).fill(Number.NEGATIVE_INFINITY)
  const all = new Float64Array(leftRows)
  const least = Math.log2(rightRows * noRival)
  let pairs = 0
  for (let left = 0; left < leftRows; left++) {
    const candidates = blocks.candidatesOf(left)
    pairs += candidates.length
    let sum = 0
    for (const candidate of candidates) {
      const bits = weights.weigh(left, candidate, least)
      if (bits < least) continue
      sum += 2 ** bits
      keepCandidate(right, weight, left * kept, candidate, bits)
    }
    all[left] = sum
    yield left + 1
  }
  return { right, weight, all, pairs }
}

/**
 * Puts a candidate where it belongs among the best of its row; of two equally good the one that stands first in the
 * file comes first.
 */
function keepCandidate(right: Int32Array, weight: Float64Array, from: number, candidate: number, bits: number): void {
  const isBefore = (place: number) => {
    const other = weight[place] ?? Number.NEGATIVE_INFINITY
    return bits > other || (bits === other && candidate < (right[place] ?? 0))
  }
  let place = from + kept - 1
  if (!isBefore(place)) return
  for (; place > from && isBefore(place - 1); place--) {
    right[place] = right[place - 1] ?? none
    weight[place] = weight[place - 1] ?? Number.NEGATIVE_INFINITY
  }
  right[place] = candidate
  weight[place] = bits
}

/**
 * The partner of a left row, if any of its candidates is as good as `nobody`. `margin` is in bits, to the next
 * candidate.
 */
export type Partner = {
  readonly left: number
  readonly right: number
  readonly weight: number
  readonly probability: number
  readonly margin: number
}

/**
 * The share of left rows that have a partner at all: what the posterior chances themselves add up to (EM with one
 * unknown). Each right row is as likely a partner as any other before it is looked at.
 */
export function shareWithPartner({ all }: PairCandidates, rightRows: number): number {
  if (all.length === 0) return 0
  let share = 0.5
  for (let round = 0; round < 200; round++) {
    let sum = 0
    for (const heavy of all) {
      const odds = (share / rightRows) * heavy
      sum += odds / (1 - share + odds)
    }
    const next = (sum + 0.5) / (all.length + 1)
    if (Math.abs(next - share) < 1e-6) return next
    share = next
  }
  return share
}

/**
 * The best partner of each left row, also when another left row has it. Its probability is the posterior among all
 * candidates and no partner.
 */
export function bestPartners(candidates: PairCandidates, rightRows: number, share: number): Partner[] {
  const { right, weight, all } = candidates
  const prior = share / rightRows / (1 - share)
  const partners: Partner[] = []
  for (let left = 0; left < all.length; left++) {
    const at = left * kept
    if ((right[at] ?? none) === none) continue
    const bits = weight[at] ?? 0
    const probability = Math.min(1, (prior * 2 ** bits) / (1 + prior * Math.max(all[left] ?? 0, 2 ** bits)))
    partners.push({
      left,
      right: right[at] ?? 0,
      weight: bits,
      probability,
      margin: bits - (weight[at + 1] ?? Number.NEGATIVE_INFINITY),
    })
  }
  return partners
}

/**
 * One-to-one partners: the heaviest claims are met first. A left row that loses its partner gets its next one, and left
 * rows that claim the same right row are rivals, as the candidates of one left row are.
 */
export function oneToOnePartners(candidates: PairCandidates, rightRows: number, share: number): Partner[] {
  const { right, weight, all } = candidates
  const prior = share / rightRows / (1 - share)
  const claims = new Float64Array(rightRows)
  const order: number[] = []
  for (let place = 0; place < right.length; place++) {
    const candidate = right[place] ?? none
    if (candidate === none) continue
    claims[candidate] = (claims[candidate] ?? 0) + prior * 2 ** (weight[place] ?? 0)
    order.push(place)
  }
  order.sort((a, b) => (weight[b] ?? 0) - (weight[a] ?? 0) || a - b)

  const isTaken = new Uint8Array(rightRows)
  const hasPartner = new Uint8Array(all.length)
  const partners: Partner[] = []
  for (const place of order) {
    const [left, candidate] = [Math.floor(place / kept), right[place] ?? 0]
    if (hasPartner[left] || isTaken[candidate]) continue
    hasPartner[left] = 1
    isTaken[candidate] = 1
    const bits = weight[place] ?? 0
    const own = prior * 2 ** bits
    const rivalsOfRight = Math.max(0, (claims[candidate] ?? 0) - own)
    const rivalsOfLeft = Math.max(0, prior * (all[left] ?? 0) - own)
    const next =
      place + 1 < (left + 1) * kept ? (weight[place + 1] ?? Number.NEGATIVE_INFINITY) : Number.NEGATIVE_INFINITY
    partners.push({
      left,
      right: candidate,
      weight: bits,
      probability: own / (1 + own + rivalsOfLeft + rivalsOfRight),
      margin: bits - next,
    })
  }
  return partners.sort((a, b) => a.left - b.left)
}
