import type { Authority, OpenWork, Work } from '../work.ts'
import { deletedAtOnce } from './law.ts'

/**
 * Deletes rows by works of their own, some thousand in each, until one finds fewer: after a long sleep nobody waits for
 * a single work that deletes all. Gives how many went.
 */
export async function deleteBySteps(
  openWork: OpenWork,
  authority: Authority,
  remove: (work: Work, most: number) => Promise<number>,
): Promise<number> {
  for (let all = 0; ; ) {
    const gone = await openWork(authority, work => remove(work, deletedAtOnce))
    all += gone
    if (gone < deletedAtOnce) return all
  }
}
