import { asId } from '../platform/ids.ts'
import type { Job } from '../platform/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { weighDoubts } from './doubts.ts'
import { weighDoubtsJob } from './doubts-job.ts'
import { followComparison, reconcileAndFollow } from './errand-follow.ts'
import { errandJobs } from './errands.ts'
import { reconcileJob, rescoreChangedPeople, rescoreJob } from './rescore.ts'
import { settleJob } from './settle.ts'
import { settleErrandsOf, settleSharedErrands, settleSharedJob } from './settle-errand.ts'
import { settleAcrossRolls } from './shared.ts'
import * as store from './store.ts'

/** What rolls do by themselves: compare with the register, follow its changes, and tell schools what they share. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  ...errandJobs(openWork),
  [reconcileJob]: async payload => {
    const id = asId<'roll'>(String(payload['rollId']))
    const standing = asSystem('roll')
    if (payload['ifStale'] && !(await openWork(standing, work => store.findRoll(work, id)))?.staleAt) return
    // Works of their own, so that the progress is seen while the comparison goes on; the last one must not come after its end.
    let telling: Promise<unknown> = openWork(standing, work => store.setProgress(work, id, 1))
    const onProgress = (share: number) => {
      if (share >= 0.9) return
      telling = telling.then(() => openWork(standing, work => store.setProgress(work, id, Math.round(share * 100)))).catch(() => undefined)
    }
    try {
      await telling
      await openWork(standing, async work => reconcileAndFollow(work, id, { onProgress, beforeWriting: () => telling }))
    } catch (error) {
      await telling
      await openWork(standing, work => store.setFailed(work, id))
      throw error
    }
  },
  [rescoreJob]: async () => {
    await rescoreChangedPeople(openWork, followComparison)
  },
  [weighDoubtsJob]: payload => weighDoubts(openWork, String(payload['schoolYear'])),
  [settleSharedJob]: () => settleSharedErrands(openWork),
  [settleJob]: async payload => {
    const ids = Array.isArray(payload['personIds']) ? payload['personIds'].map(id => asId<'person'>(String(id))) : []
    await openWork(asSystem('roll'), async work => {
      await settleAcrossRolls(work, ids)
      await settleErrandsOf(work, ids)
    })
  },
})
