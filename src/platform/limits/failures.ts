import type { MinuteCounts } from './minute-counts.ts'

/**
 * Failures a minute of who is counted. What succeeds costs nothing: many who do something at once, each rightly, are no
 * crowd that guesses.
 */
export type Failures = {
  /** Seconds to wait, where so many have failed in this minute that no answer is to be given. */
  waitFor(key: string): number | undefined
  /** Counts a failure. */
  note(key: string): void
}

/** `of`: what failed. */
export const openFailures = (counts: MinuteCounts, of: string, mostAMinute: number): Failures => ({
  waitFor(key) {
    const { count, milliseconds } = counts.look({ of, key })
    return count < mostAMinute ? undefined : Math.max(1, Math.ceil(milliseconds / 1000))
  },
  note: key => void counts.add({ of, key }, mostAMinute),
})
