import { sql } from 'kysely'
import { Problem } from '../problem.ts'
import type { Work } from '../work.ts'

/**
 * Runs one of many steps of a work: a refusal takes back what this step wrote and recorded, and nothing else. Gives the
 * refusal, or what the step gave; a fault ends the whole work.
 */
export async function tryStep<T>(
  work: Work,
  step: () => Promise<T>,
): Promise<{ readonly done: T } | { readonly refusal: Problem }> {
  const [deeds, after] = [work.deeds.length, work.afterCommit.length]
  await sql`savepoint step`.execute(work.tx)
  try {
    const done = await step()
    await sql`release savepoint step`.execute(work.tx)
    return { done }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await sql`rollback to savepoint step`.execute(work.tx)
    work.deeds.length = deeds
    work.afterCommit.length = after
    return { refusal: error }
  }
}

/** Ends a work without keeping what it did. */
class NothingKept extends Error {
  readonly outcome: unknown
  constructor(outcome: unknown) {
    super('nothing is kept')
    this.outcome = outcome
  }
}

/** Does something in a work; where it is only tried, its outcome is given and nothing of it is kept. */
export async function tryOrKeep<T>(
  open: (verb: (work: Work) => Promise<T>) => Promise<T>,
  isTried: boolean,
  verb: (work: Work) => Promise<T>,
): Promise<T> {
  try {
    return await open(async work => {
      const outcome = await verb(work)
      if (isTried) throw new NothingKept(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof NothingKept) return error.outcome as T
    throw error
  }
}
