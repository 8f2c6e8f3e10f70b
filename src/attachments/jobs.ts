import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import type { OpenWork } from '../platform/work.ts'
import { clearAttachments } from './attachments.ts'

export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  'clear-attachments': async () => {
    await clearAttachments(openWork)
  },
})

/** UTC: each hour, so that what was left in a form goes after a day and no later than an hour on. */
export const crontab: Crontab = { 'clear-attachments': '25 * * * *' }
