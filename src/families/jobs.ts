import { deleteBySteps } from '../platform/jobs/delete-by-steps.ts'
import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import * as store from './store.ts'

/** Removes failures that count no more. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  'drop-family-tries': async () => {
    await deleteBySteps(openWork, asSystem('own-page'), store.tryCounters.dropOld)
  },
})

/** UTC: ten to three in the morning of the province. */
export const crontab: Crontab = { 'drop-family-tries': '50 19 * * *' }
