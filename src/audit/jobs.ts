import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { sealReadings } from './audit.ts'

/** What the audit does by itself: it seals the readings of personal data. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  'seal-readings': async () => {
    await openWork(asSystem('audit'), sealReadings)
  },
})

/** UTC, as every crontab: each minute. */
export const crontab: Crontab = { 'seal-readings': '* * * * *' }
