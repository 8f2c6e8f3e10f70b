import type { Blocks } from '../blocking/blocks.ts'
import type { Range } from '../file-columns/link-table.ts'
import type { LinkWeights } from './link-weights.ts'

/** How many candidates of a left row are kept. */
export const kept = 4

/**
 * What the scan found of each left row: its best candidates, best first, and how heavy all of them are together (the
 * sum of 2^weight).
 */
export type PairCandidates = {
  readonly right: Int32Array
  readonly weight: Float64Array
  /** The bits by which each is likelier to only resemble the row (LinkWeights.weighResemblance). */
  readonly resemblance: Float64Array
  readonly all: Float64Array
  /** The same as if it resembled them only. */
  readonly alike: Float64Array
  readonly pairs: number
}

const none = -1

/** Below this posterior chance a candidate is no rival of anybody. */
const noRival = 2 ** -20

/** So many rows are compared between two steps. */
const rowsAStep = 64

/** Compares each of the left rows with all that its blocks hold. Yields the number of rows done. */
export function* scanPairs(
  rightRows: number,
  blocks: Blocks,
  weights: LinkWeights,
  { from, to }: Range,
): Generator<number, PairCandidates> {
  const rows = to - from
  const right = new Int32Array(rows * kept).fill(none)
  const weight = new Float64Array(rows * kept).fill(Number.NEGATIVE_INFINITY)
  const resemblance = new Float64Array(rows * kept)
  const all = new Float64Array(rows)
  const alike = new Float64Array(rows)
  const least = Math.log2(rightRows * noRival)
  const kepts = { right, weight, resemblance }
  let pairs = 0
  for (let row = 0; row < rows; row++) {
    const left = from + row
    const candidates = blocks.candidatesOf(left)
    pairs += candidates.length
    let sum = 0
    let resembling = 0
    for (const candidate of candidates) {
      const bits = weights.weigh(left, candidate, least)
      if (bits < least) continue
      sum += 2 ** bits
      const more = weights.weighResemblance()
      resembling += 2 ** (bits + more)
      keepCandidate(kepts, row * kept, { right: candidate, weight: bits, resemblance: more })
    }
    all[row] = sum
    alike[row] = resembling
    if (row % rowsAStep === 0) yield row
  }
  return { right, weight, resemblance, all, alike, pairs }
}

/** What was found of some rows, and of those right after them. */
export function joinCandidates(first: PairCandidates, then: PairCandidates): PairCandidates {
  const behind = <T extends Int32Array | Float64Array>(one: T, other: T, make: new (length: number) => T): T => {
    const both = new make(one.length + other.length)
    both.set(one)
    both.set(other, one.length)
    return both
  }
  return {
    right: behind(first.right, then.right, Int32Array),
    weight: behind(first.weight, then.weight, Float64Array),
    resemblance: behind(first.resemblance, then.resemblance, Float64Array),
    all: behind(first.all, then.all, Float64Array),
    alike: behind(first.alike, then.alike, Float64Array),
    pairs: first.pairs + then.pairs,
  }
}

/**
 * Puts a candidate where it belongs among the best of its row; of two equally good the one that stands first in the
 * file comes first.
 */
function keepCandidate(
  { right, weight, resemblance }: Pick<PairCandidates, 'right' | 'weight' | 'resemblance'>,
  from: number,
  one: { readonly right: number; readonly weight: number; readonly resemblance: number },
): void {
  const isBefore = (place: number) => {
    const other = weight[place] ?? Number.NEGATIVE_INFINITY
    return one.weight > other || (one.weight === other && one.right < (right[place] ?? 0))
  }
  let place = from + kept - 1
  if (!isBefore(place)) return
  for (; place > from && isBefore(place - 1); place--) {
    right[place] = right[place - 1] ?? none
    weight[place] = weight[place - 1] ?? Number.NEGATIVE_INFINITY
    resemblance[place] = resemblance[place - 1] ?? 0
  }
  right[place] = one.right
  weight[place] = one.weight
  resemblance[place] = one.resemblance
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
  /** That the left row is of nobody on the right, whomever it resembles there. */
  readonly stranger: number
  readonly margin: number
}

/** The shares of left rows that have a partner, and that only resemble somebody. */
export type RowShares = { readonly partner: number; readonly lookAlike: number }

/** However full a file is of partners, one more row may be of nobody. */
const shareOfNobody = ({ partner, lookAlike }: RowShares) => Math.max(1e-6, 1 - partner - lookAlike)

/**
 * The shares of left rows that have a partner, and that only resemble somebody: what the posterior chances themselves
 * add up to (EM). Each right row is as likely a partner as any other before it is looked at.
 */
export function shareRows({ all, alike }: PairCandidates, rightRows: number, supposed: number): RowShares {
  if (all.length === 0) return { partner: 0, lookAlike: 0 }
  let [partner, lookAlike] = [0.5, supposed]
  for (let round = 0; round < 300; round++) {
    let [partners, others] = [0, 0]
    for (let row = 0; row < all.length; row++) {
      const one = (partner / rightRows) * (all[row] ?? 0)
      const two = (lookAlike / rightRows) * (alike[row] ?? 0)
      const sum = shareOfNobody({ partner, lookAlike }) + one + two
      partners += one / sum
      others += two / sum
    }
    const next = (partners + 0.5) / (all.length + 1)
    const moved = Math.abs(next - partner)
    partner = next
    if (supposed > 0) lookAlike = (others + 50 * supposed) / (all.length + 50)
    if (moved < 1e-6) break
  }
  return { partner, lookAlike }
}

/** In one file a row may have several partners: shares are partners a row, by each pair on its own. */
export function sharePairs({ right, weight, resemblance }: PairCandidates, rows: number, supposed: number): RowShares {
  let [partner, lookAlike] = [0.5, supposed]
  for (let round = 0; round < 300; round++) {
    let [partners, others] = [0, 0]
    for (let place = 0; place < right.length; place++) {
      if (right[place] === none) continue
      const bits = weight[place] ?? 0
      const [one, two] = [(partner / rows) * 2 ** bits, (lookAlike / rows) * 2 ** (bits + (resemblance[place] ?? 0))]
      partners += one / (1 + one + two)
      others += two / (1 + one + two)
    }
    const next = (partners + 0.5) / (rows + 1)
    const moved = Math.abs(next - partner)
    partner = next
    if (supposed > 0) lookAlike = (others + 50 * supposed) / (rows + 50)
    if (moved < 1e-6) break
  }
  return { partner, lookAlike }
}

const priorsOf = ({ partner, lookAlike }: RowShares, rightRows: number) => {
  const nobody = shareOfNobody({ partner, lookAlike })
  return { prior: partner / rightRows / nobody, priorOfLookAlike: lookAlike / rightRows / nobody }
}

/** How many second rows a file has is known once it moves no more than this from round to round. */
const closeEnough = 1e-4
const mostRounds = 10

/** A right row's owner: the left row that claims it with most weight, and how likely that one is its partner. */
type Owners = { readonly row: Int32Array; readonly chance: Float64Array; readonly heaviest: Float64Array }

/** For each left row the places of its best candidate and of the next, and what the best one is worth. */
type BestPlaces = {
  readonly best: Int32Array
  readonly next: Int32Array
  readonly probability: Float64Array
  readonly stranger: Float64Array
}

/**
 * The best partner of each left row, also when another left row has it. Its probability is the posterior among all
 * candidates, a mere resemblance, and no partner. How many left rows are second rows of one person is learnt: a right
 * row that another left row claims with more weight is a partner that much less often.
 */
export function bestPartners(candidates: PairCandidates, rightRows: number, shares: RowShares): Partner[] {
  const rows = candidates.all.length
  const priors = priorsOf(shares, rightRows)
  const masses = candidates.weight.map(bits => 2 ** bits)
  const places: BestPlaces = {
    best: new Int32Array(rows),
    next: new Int32Array(rows),
    probability: new Float64Array(rows),
    stranger: new Float64Array(rows),
  }
  const owners: Owners = {
    row: new Int32Array(rightRows).fill(none),
    chance: new Float64Array(rightRows),
    heaviest: new Float64Array(rightRows),
  }
  let secondRows = 0.05
  findBest(places, { ...candidates, masses }, priors, owners, 1)
  for (let round = 0; round < mostRounds; round++) {
    findOwners(owners, candidates, places)
    let claimed = 0
    for (const chance of owners.chance) claimed += chance
    const whereOwned = Math.min(1, (secondRows * rightRows) / Math.max(1, claimed))
    findBest(places, { ...candidates, masses }, priors, owners, whereOwned)
    const next = shareOfSecondRows(places, candidates, owners)
    const moved = Math.abs(next - secondRows)
    secondRows = next
    if (moved < closeEnough) break
  }
  return partnersAt(places, candidates)
}

function findOwners(
  { row, chance, heaviest }: Owners,
  { right, weight }: PairCandidates,
  { best, probability }: BestPlaces,
): void {
  row.fill(none)
  chance.fill(0)
  heaviest.fill(Number.NEGATIVE_INFINITY)
  for (let left = 0; left < best.length; left++) {
    const place = best[left] ?? none
    if (place === none) continue
    const [claimed, bits] = [right[place] ?? 0, weight[place] ?? 0]
    if (bits <= (heaviest[claimed] ?? 0)) continue
    heaviest[claimed] = bits
    row[claimed] = left
    chance[claimed] = probability[left] ?? 0
  }
}

function shareOfSecondRows(
  { best, probability }: BestPlaces,
  { right }: PairCandidates,
  { row, chance }: Owners,
): number {
  let [second, found] = [0, 0]
  for (let left = 0; left < best.length; left++) {
    const place = best[left] ?? none
    if (place === none) continue
    const [claimed, own] = [right[place] ?? 0, probability[left] ?? 0]
    found += own
    if (row[claimed] !== left) second += own * (chance[claimed] ?? 0)
  }
  return (second + 0.5) / (found + 10)
}

function findBest(
  into: BestPlaces,
  { right, masses, all, alike }: PairCandidates & { readonly masses: Float64Array },
  { prior, priorOfLookAlike }: ReturnType<typeof priorsOf>,
  owners: Owners,
  whereOwned: number,
): void {
  for (let left = 0; left < all.length; left++) {
    const at = left * kept
    let [best, next, bestMass, sum] = [none, none, 0, all[left] ?? 0]
    for (let place = at; place < at + kept && (right[place] ?? none) !== none; place++) {
      const candidate = right[place] ?? 0
      const own = masses[place] ?? 0
      const owner = owners.row[candidate] ?? none
      const mass =
        owner === none || owner === left ? own : own * (1 - (owners.chance[candidate] ?? 0) * (1 - whereOwned))
      sum += mass - own
      if (best === none || mass > bestMass) [next, best, bestMass] = [best, place, mass]
      else if (next === none) next = place
    }
    sum = Math.max(sum, bestMass)
    const nobody = 1 + priorOfLookAlike * (alike[left] ?? 0)
    into.best[left] = best
    into.next[left] = next
    into.probability[left] = Math.min(1, (prior * bestMass) / (nobody + prior * sum))
    into.stranger[left] = Math.min(1, nobody / (nobody + prior * sum))
  }
}

function partnersAt({ best, next, probability, stranger }: BestPlaces, { right, weight }: PairCandidates): Partner[] {
  const partners: Partner[] = []
  for (let left = 0; left < best.length; left++) {
    const [place, other] = [best[left] ?? none, next[left] ?? none]
    if (place === none) continue
    const bits = weight[place] ?? 0
    partners.push({
      left,
      right: right[place] ?? 0,
      weight: bits,
      probability: probability[left] ?? 0,
      stranger: stranger[left] ?? 0,
      margin: bits - (other === none ? Number.NEGATIVE_INFINITY : (weight[other] ?? 0)),
    })
  }
  return partners
}

/**
 * One-to-one partners: the heaviest claims are met first. A left row that loses its partner gets its next one, and left
 * rows that claim the same right row are rivals, as the candidates of one left row are.
 */
export function oneToOnePartners(candidates: PairCandidates, rightRows: number, shares: RowShares): Partner[] {
  const { right, weight, all, alike } = candidates
  const { prior, priorOfLookAlike } = priorsOf(shares, rightRows)
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
    const nobody = 1 + priorOfLookAlike * (alike[left] ?? 0)
    partners.push({
      left,
      right: candidate,
      weight: bits,
      probability: own / (nobody + own + rivalsOfLeft + rivalsOfRight),
      stranger: nobody / (nobody + own + rivalsOfLeft + rivalsOfRight),
      margin: bits - next,
    })
  }
  return partners.sort((a, b) => a.left - b.left)
}

/**
 * Those of the links that may stand, so that of the rows of nobody on the right no more than `most` are linked: the
 * likeliest strangers are left out first, `mostLeftOut` links at most.
 */
export function withFewStrangers(
  links: readonly Partner[],
  { most, mostLeftOut }: { readonly most: number; readonly mostLeftOut: number },
): Partner[] {
  let sum = links.reduce((all, { stranger }) => all + stranger, 0)
  const leftOut = new Set<Partner>()
  for (const link of links.toSorted((a, b) => b.stranger - a.stranger)) {
    if (sum <= most || leftOut.size >= mostLeftOut) break
    sum -= link.stranger
    leftOut.add(link)
  }
  return links.filter(link => !leftOut.has(link))
}
