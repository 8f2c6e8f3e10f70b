import { asId } from '../platform/ids.ts'
import type { Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { errandJobs } from './errands/errands.ts'
import { followComparison, reconcileAndFollow } from './errands/follow.ts'
import { settleErrandsOf, settleSharedErrands, settleSharedJob } from './errands/settle.ts'
import { weighDoubts } from './reconciling/doubts.ts'
import { weighDoubtsJob } from './reconciling/doubts-job.ts'
import { settleJob } from './reconciling/reassign.ts'
import { reconcileJob, rescoreChangedPeople, rescoreJob } from './reconciling/rescore.ts'
import { settleAcrossRolls } from './reconciling/shared.ts'
import * as store from './store.ts'

/** The background jobs of rolls: they compare with the register, follow its changes, and reassign shared pupils. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  ...errandJobs(openWork),
  [reconcileJob]: async payload => {
    const id = asId<'roll'>(String(payload['rollId']))
    const standing = asSystem('roll')
    if (payload['ifStale'] && !(await openWork(standing, work => store.findRoll(work, id)))?.staleAt) return
    // Works of their own, so that the progress is visible during the comparison; the last one must not come after its
    // end.
    let telling: Promise<unknown> = openWork(standing, work => store.setProgress(work, id, 1))
    const onProgress = (share: number) => {
      if (share >= 0.9) return
      telling = telling
        .then(() => openWork(standing, work => store.setProgress(work, id, Math.round(share * 100))))
        .catch(() => undefined)
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
