import type { Work } from '../../platform/work.ts'
import { decideBy } from '../due-days.ts'
import * as extract from './store.ts'

/** Sets the last day by which the law decides requests of extracts, at most `limit` in a work. Gives how many. */
export async function setDueDatesOfRequests(work: Work, limit = 5000): Promise<number> {
  const undated = await extract.findUndatedRequests(work, limit)
  await extract.setDueDays(
    work,
    undated.map(({ personId, id, level, stateOn, carded }) => ({
      personId,
      id,
      dueOn: decideBy(level, carded ? 'with-card' : 'without-card', stateOn, work),
    })),
  )
  return undated.length
}
