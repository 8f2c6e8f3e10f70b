import { setImmediate } from 'node:timers/promises'
import { stopwatch } from '../clock.ts'

/** Milliseconds of one piece of work on foreign data: whoever waits is answered after it. */
const longestTurn = 8

/** A function to await within a long loop: it lets others have their turn, where the present one has lasted long. */
export function takeTurns(): () => Promise<void> {
  let elapsed = stopwatch()
  return async () => {
    if (elapsed() < longestTurn) return
    await setImmediate()
    elapsed = stopwatch()
  }
}

/**
 * Maps a list in its order, in pieces of some milliseconds. What is done for one item must itself be short: its input
 * is bounded before.
 */
export async function mapInTurns<T, U>(items: readonly T[], map: (item: T, at: number) => U): Promise<U[]> {
  const turn = takeTurns()
  const made: U[] = []
  for (const [at, item] of items.entries()) {
    made.push(map(item, at))
    await turn()
  }
  return made
}
