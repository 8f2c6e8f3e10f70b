import { setTimeout } from 'node:timers/promises'
import { stopwatch } from '../clock.ts'

const slot = 300

/**
 * Returns at the end of a 300 ms slot, so that the response time does not reveal whether a number or phone exists. A
 * step longer than a slot returns at the end of the next one.
 */
export async function inConstantTime<T>(step: () => Promise<T>): Promise<T> {
  const taken = stopwatch()
  try {
    return await step()
  } finally {
    await setTimeout(slot - (taken() % slot))
  }
}
