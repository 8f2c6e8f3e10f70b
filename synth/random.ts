/** A stream of chance: a small fast counter (sfc32), so that a seed gives the same province on every machine. */
export type Random = {
  /** 0 ≤ x < 1 */
  next(): number
  /** 0 ≤ n < bound */
  below(bound: number): number
  /** from ≤ n ≤ to */
  between(from: number, to: number): number
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
}

/** Draws by share: build once, draw often. */
export type Shares<T> = { readonly of: readonly T[]; draw(random: Random): T }

/** Spreads a text over 32 bits (FNV-1a with a final mix); the house's own hashes are not used here. */
export function hash32(text: string, basis = 0x811c9dc5): number {
  let h = basis
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/**
 * Each stream has a name: a new feature draws from a stream of its own and reshuffles nothing that was there before.
 */
export function stream(seed: number, ...names: readonly (string | number)[]): Random {
  const name = `${seed}/${names.join('/')}`
  let [a, b, c, n] = [hash32(name, 1), hash32(name, 2), hash32(name, 3), 1]

  const next = () => {
    const t = (((a + b) | 0) + n) | 0
    n = (n + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) next()

  const below = (bound: number) => Math.floor(next() * bound)
  return {
    next,
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: share => next() < share,
    pick: from => from[below(from.length)]!,
  }
}

export function shares<T>(entries: readonly (readonly [T, number])[]): Shares<T> {
  const of = entries.map(([value]) => value)
  const upTo: number[] = []
  let sum = 0
  for (const [, share] of entries) {
    sum += share
    upTo.push(sum)
  }

  const draw = (random: Random) => {
    const at = random.next() * sum
    let [low, high] = [0, upTo.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (upTo[middle]! > at) high = middle
      else low = middle + 1
    }
    return of[low]!
  }
  return { of, draw }
}

/** Reads 'Nguyễn:30 Trần:9'; an underscore stands for a blank. */
export const sharesOf = (text: string) =>
  shares([...text.matchAll(/([^:]+):([\d.]+)/gy)].map(([, value, share]) => [value!.trim(), Number(share)] as const))

export function shuffle<T>(list: T[], random: Random): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const held = list[i]!
    list[i] = list[j]!
    list[j] = held
  }
  return list
}
