import { asId } from '../platform/ids.ts'
import type { Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork, type Work } from '../platform/work.ts'
import { holdRollOfStrangers, isRefusedForStrangers } from './accepting/accepting.ts'
import { followUpComparison, reconcileWithFollowUps } from './follow-ups/after-comparison.ts'
import { followUpJobs } from './follow-ups/follow-ups.ts'
import {
  refreshFollowUpsOfPersons,
  refreshSharedFollowUps,
  refreshSharedFollowUpsJob,
} from './follow-ups/refresh-follow-ups.ts'
import { weighDoubts } from './reconciling/doubts.ts'
import { weighDoubtsJob } from './reconciling/doubts-job.ts'
import { reassignDuplicatesAcrossRolls } from './reconciling/duplicates-across-rolls.ts'
import { reassignJob } from './reconciling/duplicates-on-roll.ts'
import { reconcileJob, rescoreChangedPeople, rescoreJob } from './reconciling/rescore.ts'
import { holdUnlikeRoll, isRefusedAsUnlike } from './replacing/replacing.ts'
import * as store from './store.ts'

/** The background jobs of rolls: they compare with the register, follow its changes, and reassign shared pupils. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  ...followUpJobs(openWork),
  [reconcileJob]: async payload => {
    const id = asId<'roll'>(String(payload['rollId']))
    const authority = asSystem('roll')
    if (payload['ifStale'] && !(await openWork(authority, work => store.findRoll(work, id)))?.staleAt) return
    // Works of their own, so that the progress is visible during the comparison; the last one must not come after its
    // end.
    let telling: Promise<unknown> = openWork(authority, work => store.setRollProgress(work, id, 1))
    const onProgress = (share: number) => {
      if (share >= 0.9) return
      telling = telling
        .then(() => openWork(authority, work => store.setRollProgress(work, id, Math.round(share * 100))))
        .catch(() => undefined)
    }
    try {
      await telling
      await openWork(authority, async work =>
        reconcileWithFollowUps(work, id, { onProgress, beforeWriting: () => telling }),
      )
    } catch (error) {
      await telling
      const hold = isRefusedForStrangers(error)
        ? (work: Work, roll: store.KeptRoll) => holdRollOfStrangers(work, roll, error)
        : isRefusedAsUnlike(error)
          ? (work: Work, roll: store.KeptRoll) => holdUnlikeRoll(work, roll, error)
          : undefined
      if (hold) {
        await openWork(authority, async work => {
          const roll = await store.findRoll(work, id)
          if (roll) await hold(work, roll)
        })
        return
      }
      await openWork(authority, work => store.setRollFailed(work, id))
      throw error
    }
  },
  [rescoreJob]: async () => {
    await rescoreChangedPeople(openWork, followUpComparison)
  },
  [weighDoubtsJob]: payload => weighDoubts(openWork, String(payload['schoolYear'])),
  [refreshSharedFollowUpsJob]: () => refreshSharedFollowUps(openWork),
  [reassignJob]: async payload => {
    const ids = Array.isArray(payload['personIds']) ? payload['personIds'].map(id => asId<'person'>(String(id))) : []
    await openWork(asSystem('roll'), async work => {
      await reassignDuplicatesAcrossRolls(work, ids)
      await refreshFollowUpsOfPersons(work, ids)
    })
  },
})
