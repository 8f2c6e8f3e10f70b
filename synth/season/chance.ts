import type { Random } from '../random.ts'

export const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())

/** A number between two, none likelier than another. */
export const from = (random: Random, low: number, high: number) => low + (high - low) * random.next()

/** A wait around a median, with a long tail where `spread` (of its logarithm) is large; at least 0. */
export const wait = (random: Random, median: number, spread: number) => median * Math.exp(spread * normal(random))

/** After how many tries something of this chance a try comes, the first at 0; without end where there is no chance. */
export const tries = (random: Random, chance: number) =>
  chance <= 0 ? Infinity : Math.floor(Math.log(1 - random.next()) / Math.log(1 - Math.min(chance, 0.999999)))
