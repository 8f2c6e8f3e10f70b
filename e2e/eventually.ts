import { setTimeout as pause } from 'node:timers/promises'

/**
 * Asks until what is asserted holds, for a page shows what came of a deed when the house has answered. After a minute
 * the last refusal is thrown.
 */
export async function eventually<T>(assertion: () => Promise<T>, patience = 60_000): Promise<T> {
  const until = performance.now() + patience
  for (;;) {
    try {
      return await assertion()
    } catch (error) {
      if (performance.now() > until) throw error
      await pause(100)
    }
  }
}
