import type { Crontab, Job } from '../platform/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { forgetEnded, jobName, wakeStalled } from './batch.ts'
import { run } from './run.ts'
import { forgetProbing } from './tally.ts'

const forgetJob = 'forget-verifications'

export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  [jobName]: async ({ id }) => run(openWork, String(id)),
  [forgetJob]: async () => {
    await openWork(asSystem('verification'), async work => {
      await wakeStalled(work)
      await forgetEnded(work)
      await forgetProbing(work)
    })
  },
})

export const crontab: Crontab = { [forgetJob]: '23 * * * *' }
