/** Which elements of two lists belong to each other, so that one more does not shift what follows it. */

export type Pair = { readonly was?: number; readonly is?: number; readonly isEqual: boolean }
type Place = readonly [was: number, is: number]
type Stretch = readonly [from: number, to: number]

const indexes = ([from, to]: Stretch) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)

const onceIn = (list: readonly string[], stretch: Stretch): Map<string, number> => {
  const places = Map.groupBy(indexes(stretch), at => list[at] ?? '')
  return new Map([...places].flatMap(([text, [at, more]]) => (more === undefined ? [[text, at as number]] : [])))
}

/** The longest run of places whose second members rise, too: their first members rise already. */
function rising(places: readonly Place[]): Place[] {
  const ends: number[] = []
  const before: (number | undefined)[] = []
  for (const [i, [, is]] of places.entries()) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((places[ends[middle] as number] as Place)[1] < is) low = middle + 1
      else high = middle
    }
    before[i] = ends[low - 1]
    ends[low] = i
  }
  const run: Place[] = []
  for (let at = ends.at(-1); at !== undefined; at = before[at]) run.unshift(places[at] as Place)
  return run
}

const wordsOf = (text: string) => new Set(text.slice(0, 2000).match(/[\p{L}\p{N}]+/gu))

/** Lists that are aligned: equal elements in their order, then those with the same key, then those that stand alike. */
class Alignment {
  readonly pairs: Pair[] = []
  readonly #was: readonly string[]
  readonly #is: readonly string[]
  readonly #key: (text: string) => string | undefined

  constructor(was: readonly string[], is: readonly string[], key: (text: string) => string | undefined) {
    this.#was = was
    this.#is = is
    this.#key = key
    this.#align([0, was.length], [0, is.length])
  }

  #align([wasFrom, wasTo]: Stretch, [isFrom, isTo]: Stretch) {
    let [i, j, iEnd, jEnd] = [wasFrom, isFrom, wasTo, isTo]
    while (i < iEnd && j < jEnd && this.#was[i] === this.#is[j]) this.pairs.push({ was: i++, is: j++, isEqual: true })
    while (iEnd > i && jEnd > j && this.#was[iEnd - 1] === this.#is[jEnd - 1])
      this.pairs.push({ was: --iEnd, is: --jEnd, isEqual: true })
    const now = onceIn(this.#is, [j, jEnd])
    const common = [...onceIn(this.#was, [i, iEnd])].flatMap(([text, at]): Place[] => {
      const to = now.get(text)
      return to === undefined ? [] : [[at, to]]
    })
    const anchors = rising(common)
    if (anchors.length === 0) return this.#pairTheRest(indexes([i, iEnd]), indexes([j, jEnd]))
    for (const [was, is] of anchors) {
      this.#align([i, was], [j, is])
      this.pairs.push({ was, is, isEqual: true })
      ;[i, j] = [was + 1, is + 1]
    }
    this.#align([i, iEnd], [j, jEnd])
  }

  #pairTheRest(was: readonly number[], is: readonly number[]) {
    const [first, afterEqual] = this.#pairBy(text => text, was, is)
    const [left, free] = this.#pairBy(this.#key, first, afterEqual)
    if (left.length === free.length)
      left.forEach((at, i) => {
        this.pairs.push({ was: at, is: free[i] as number, isEqual: false })
      })
    else this.#pairTheAlike(left, free)
  }

  /** Pairs those with most words in common; what has nobody stands alone. */
  #pairTheAlike(was: readonly number[], is: readonly number[]) {
    const near = was.length * is.length > 10_000 ? [] : was.flatMap(at => is.map(to => this.#likenessOf(at, to)))
    const taken = { was: new Set<number>(), is: new Set<number>() }
    for (const { at, to } of near.filter(one => one.likeness > 0.6).sort((a, b) => b.likeness - a.likeness)) {
      if (taken.was.has(at) || taken.is.has(to)) continue
      taken.was.add(at)
      taken.is.add(to)
      this.pairs.push({ was: at, is: to, isEqual: false })
    }
    for (const at of was) if (!taken.was.has(at)) this.pairs.push({ was: at, isEqual: false })
    for (const at of is) if (!taken.is.has(at)) this.pairs.push({ is: at, isEqual: false })
  }

  #likenessOf(at: number, to: number) {
    const [a, b] = [wordsOf(this.#was[at] ?? ''), wordsOf(this.#is[to] ?? '')]
    return { at, to, likeness: (2 * a.intersection(b).size) / Math.max(1, a.size + b.size) }
  }

  /** Pairs those that have the same key; answers what is left on both sides. */
  #pairBy(key: (text: string) => string | undefined, was: readonly number[], is: readonly number[]) {
    const keyed = Map.groupBy(is, at => key(this.#is[at] ?? ''))
    const taken = new Set<number>()
    const left = was.filter(at => {
      const wanted = key(this.#was[at] ?? '')
      const to = wanted === undefined ? undefined : keyed.get(wanted)?.shift()
      if (to === undefined) return true
      taken.add(to)
      this.pairs.push({ was: at, is: to, isEqual: this.#was[at] === this.#is[to] })
      return false
    })
    return [left, is.filter(at => !taken.has(at))] as const
  }
}

export const align = (was: readonly string[], is: readonly string[], key: (text: string) => string | undefined) =>
  new Alignment(was, is, key).pairs
