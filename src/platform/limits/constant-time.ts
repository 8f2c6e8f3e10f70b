import { setTimeout } from 'node:timers/promises'
import { stopwatch } from '../clock.ts'

const slot = 300

/**
 * Answers at the end of a slot of 300 ms, whatever it found: whoever asks about others' numbers and phones is not told
 * by a clock what the words do not say. What takes longer than a slot ends with the next one.
 */
export async function inEvenTime<T>(step: () => Promise<T>): Promise<T> {
  const taken = stopwatch()
  try {
    return await step()
  } finally {
    await setTimeout(slot - (taken() % slot))
  }
}
