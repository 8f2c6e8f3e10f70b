import { kept, sharePairs } from './deciding/best-candidates.ts'
import type { LinkSettings } from './file-columns/link-settings.ts'
import type { LinkTables } from './file-columns/link-table.ts'
import { comparePairs, type FoundLinks, type LinkOptions, type LinkProgress } from './two-files.ts'

/** A row of a cluster, with the row of it that is likeliest to be the same. */
export type ClusterRow = {
  readonly row: number
  readonly partner: number
  readonly weight: number
  readonly probability: number
}

export type FoundClusters = Pick<FoundLinks, 'model' | 'rules' | 'pairsCompared'> & {
  /** Rows of one thing, two at least of each, in the order of the file. */
  readonly clusters: readonly (readonly ClusterRow[])[]
  /** The expected number of pairs in them that are of two things. */
  readonly expectedFalse: number
  /** Likely pairs that were not put together, since others of their clusters are unlike. */
  readonly keptApart: number
}

type Pair = { readonly a: number; readonly b: number; readonly weight: number; readonly probability: number }

/** A cluster is held together by so many comparisons at most. */
const mostCompared = 64

/**
 * Finds the rows of one file that are of one thing: compares them with each other, never with themselves, and puts them
 * together from the likeliest pair on. Two clusters become one only if their other rows, compared with each other, are
 * more likely the same than not: a chain of likenesses does not join two who are unlike.
 */
export async function* findClusters(
  tables: LinkTables,
  settings: LinkSettings,
  options: LinkOptions = {},
): AsyncGenerator<LinkProgress, FoundClusters> {
  const { rules, model, weights, candidates } = yield* comparePairs(tables, settings, options)
  const shares = sharePairs(candidates, tables.rightRows, model.lookAlikes.share)
  const [prior, priorOfLookAlike] = [shares.partner / tables.rightRows, shares.lookAlike / tables.rightRows]
  const chanceOf = (bits: number, more: number) => {
    const own = prior * 2 ** bits
    return own / (1 + own + priorOfLookAlike * 2 ** (bits + more))
  }
  const pairs = likelyPairs(candidates, chanceOf, settings.threshold)
  const clusterOf = new Map<number, number[]>()
  const isOneThing = (one: readonly number[], other: readonly number[], pair: Pair) => {
    let [sum, compared] = [0, 0]
    for (const a of one)
      for (const b of other) {
        if (compared >= mostCompared) break
        if ((a === pair.a && b === pair.b) || (a === pair.b && b === pair.a)) continue
        compared++
        const bits = weights.weigh(a, b, Number.NEGATIVE_INFINITY)
        sum += chanceOf(bits, weights.weighResemblance())
      }
    return 2 * sum >= compared
  }

  let keptApart = 0
  const joined: Pair[] = []
  for (const pair of pairs) {
    const [one, other] = [clusterOf.get(pair.a) ?? [pair.a], clusterOf.get(pair.b) ?? [pair.b]]
    if (one !== other && one.length + other.length > 2 && !isOneThing(one, other, pair)) {
      keptApart++
      continue
    }
    joined.push(pair)
    if (one === other) continue
    const both = [...one, ...other]
    for (const row of both) clusterOf.set(row, both)
  }
  return {
    model,
    rules,
    pairsCompared: candidates.pairs,
    clusters: rowsOfClusters(clusterOf, joined),
    expectedFalse: joined.reduce((sum, { probability }) => sum + 1 - probability, 0),
    keptApart,
  }
}

/** Each pair once, from the likeliest on. */
function likelyPairs(
  {
    right,
    weight,
    resemblance,
    all,
  }: { right: Int32Array; weight: Float64Array; resemblance: Float64Array; all: Float64Array },
  chanceOf: (bits: number, more: number) => number,
  threshold: number,
): Pair[] {
  const pairs: Pair[] = []
  const known = new Set<string>()
  for (let row = 0; row < all.length; row++)
    for (let place = row * kept; place < (row + 1) * kept && (right[place] ?? -1) >= 0; place++) {
      const other = right[place] ?? 0
      const bits = weight[place] ?? 0
      const probability = chanceOf(bits, resemblance[place] ?? 0)
      const [a, b] = row < other ? [row, other] : [other, row]
      if (probability < threshold || known.has(`${a} ${b}`)) continue
      known.add(`${a} ${b}`)
      pairs.push({ a, b, weight: bits, probability })
    }
  return pairs.sort((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b)
}

function rowsOfClusters(clusterOf: ReadonlyMap<number, readonly number[]>, joined: readonly Pair[]): ClusterRow[][] {
  const best = new Map<number, ClusterRow>()
  for (const { a, b, weight, probability } of joined)
    for (const [row, partner] of [
      [a, b],
      [b, a],
    ] as const)
      if (!best.has(row)) best.set(row, { row, partner, weight, probability })
  return [...new Set(clusterOf.values())]
    .map(rows => rows.toSorted((a, b) => a - b).flatMap(row => best.get(row) ?? []))
    .sort((a, b) => (a[0]?.row ?? 0) - (b[0]?.row ?? 0))
}
