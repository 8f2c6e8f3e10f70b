import { addDays, dayAt } from '../platform/day.ts'
import type { Crontab, Job } from '../platform/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { forgetEnded, jobName, wakeStalled } from './batch.ts'
import { run } from './run.ts'
import { forgetCounts, forgetTried } from './store.ts'

const forgetJob = 'forget-verifications'
/** How long it is told who guessed; that they asked stays in each person's history. */
const countedDays = 90

export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  [jobName]: async ({ id }) => run(openWork, String(id)),
  [forgetJob]: async () => {
    await openWork(asSystem('verification'), async work => {
      await wakeStalled(work)
      await forgetEnded(work)
      await forgetTried(work, dayAt(work.now))
      await forgetCounts(work, addDays(dayAt(work.now), -countedDays))
    })
  },
})

export const crontab: Crontab = { [forgetJob]: '23 * * * *' }
