import { stopwatch } from '../clock.ts'

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

const minute = 60_000

export function openFailures(mostAMinute: number): Failures {
  let [failed, age] = [new Map<string, number>(), stopwatch()]
  return {
    waitFor(key) {
      if (age() >= minute) return undefined
      return (failed.get(key) ?? 0) < mostAMinute ? undefined : Math.max(1, Math.ceil((minute - age()) / 1000))
    },
    note(key) {
      // All begin anew together: no more is kept than fails within a minute.
      if (age() >= minute) [failed, age] = [new Map(), stopwatch()]
      failed.set(key, (failed.get(key) ?? 0) + 1)
    },
  }
}
