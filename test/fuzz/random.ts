/** A seeded source of chance (sfc32): the same seed gives the same inputs, so that a finding can be made again. */
export type Random = {
  /** From 0 up to, not including, `end`. */
  below(end: number): number
  pick<T>(values: readonly T[]): T
  /** True once in so many times. */
  once(inTimes: number): boolean
  bytes(length: number): Buffer
}

export function randomOf(seed: number): Random {
  let [a, b, c, d] = [0x9e3779b9, seed | 0, 0x243f6a88, 1]
  const next = () => {
    const t = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return t >>> 0
  }
  for (let turn = 0; turn < 15; turn += 1) next()
  const below = (end: number) => (end <= 1 ? 0 : next() % end)
  return {
    below,
    pick(values) {
      const value = values[below(values.length)]
      if (value === undefined && values.length === 0) throw new Error('nothing to pick from')
      return value as (typeof values)[number]
    },
    once: inTimes => below(inTimes) === 0,
    bytes: length => Buffer.from(Array.from({ length }, () => below(256))),
  }
}
