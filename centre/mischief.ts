/** What the centre does wrong on purpose, each with a likelihood from 0 to 1, in an order that a seed repeats. */
export const mischiefs = [
  'return',
  'reject',
  'lose',
  'lose-answer',
  'repeat',
  'reorder',
  'differ',
  'foreign',
  'edit',
  'stray',
  'elsewhere',
  'forget',
  'partial',
  'lose-report',
] as const
export type MischiefName = (typeof mischiefs)[number]

export type Mischief = {
  does(what: MischiefName): boolean
  /** Turns until an answer is given. */
  delay(): number
  shuffled<T>(list: readonly T[]): T[]
}

export function openMischief(
  likely: Partial<Record<MischiefName, number>>,
  { seed, delay }: { readonly seed: number; readonly delay: number },
): Mischief {
  let state = seed >>> 0 || 1
  // xorshift32
  const random = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
  return {
    does: what => random() < (likely[what] ?? 0),
    delay: () => Math.floor(random() * (delay + 1)),
    shuffled: list =>
      list
        .map(one => ({ one, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one),
  }
}
