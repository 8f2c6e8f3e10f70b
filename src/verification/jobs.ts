import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { forgetEnded, jobName, wakeStalled } from './batches/batches.ts'
import { runBatch } from './batches/run.ts'
import { forgetProbing } from './probing/probing.ts'

const forgetJob = 'forget-verifications'

export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  [jobName]: async ({ id }) => runBatch(openWork, String(id)),
  [forgetJob]: async () => {
    await openWork(asSystem('verification'), async work => {
      await wakeStalled(work)
      await forgetEnded(work)
    })
    await forgetProbing(openWork)
  },
})

/** UTC, as every crontab: each hour. */
export const crontab: Crontab = { [forgetJob]: '23 * * * *' }
