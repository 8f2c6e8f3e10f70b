import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import type { OpenWork } from '../platform/work.ts'
import { forgetLists } from './groups/visit-list.ts'

/** What campaigns do by themselves: lists whose last day is over lose their entries. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  'forget-house-lists': async () => {
    await forgetLists(openWork)
  },
})

/** UTC, as every crontab: each hour. */
export const crontab: Crontab = { 'forget-house-lists': '7 * * * *' }
