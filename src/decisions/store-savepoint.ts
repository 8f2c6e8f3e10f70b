import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'

/** Parts of a work that are rolled back alone: the deeds, readings and wake-ups of a part go with its rows. */

async function inPart<T>(work: Work, verb: (part: Work) => Promise<T>, keep: boolean): Promise<T> {
  const part: Work = { ...work, deeds: [], readings: { count: 0, hash: undefined }, afterCommit: [] }
  await sql`savepoint decision`.execute(work.tx)
  try {
    const result = await verb(keep ? work : part)
    await (keep ? sql`release savepoint decision` : sql`rollback to savepoint decision`).execute(work.tx)
    return result
  } catch (error) {
    await sql`rollback to savepoint decision`.execute(work.tx)
    throw error
  }
}

/** Does something to see what it would come to, and undoes it in the same work. Throws what it throws. */
export const rehearse = <T>(work: Work, verb: (part: Work) => Promise<T>): Promise<T> => inPart(work, verb, false)

/**
 * Does something that is undone alone where it throws. What it had recorded before it threw is taken off the work.
 */
export async function doApart<T>(work: Work, verb: (part: Work) => Promise<T>): Promise<T> {
  const [deeds, count, hash, wakes] = [
    work.deeds.length,
    work.readings.count,
    work.readings.hash?.copy(),
    work.afterCommit.length,
  ]
  try {
    return await inPart(work, verb, true)
  } catch (error) {
    work.deeds.length = deeds
    work.afterCommit.length = wakes
    Object.assign(work.readings, { count, hash })
    throw error
  }
}
