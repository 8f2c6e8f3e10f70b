import type { Work } from '../platform/work.ts'
import { decideBy } from './desk-law.ts'
import * as desk from './store-desk.ts'

/** Requests that an extract told of get the last day by which the law decides them; so many a work. Gives how many. */
export async function dateRequests(work: Work, limit = 5000): Promise<number> {
  const undated = await desk.undatedRequests(work, limit)
  await desk.setDue(
    work,
    undated.map(({ personId, id, level, stateOn, carded }) => ({
      personId,
      id,
      dueOn: decideBy(level, carded ? 'with-card' : 'without-card', stateOn),
    })),
  )
  return undated.length
}
