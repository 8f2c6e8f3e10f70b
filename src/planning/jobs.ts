import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import type { OpenWork } from '../platform/work.ts'
import { remindOfTomorrow } from './invitations/invitations.ts'

/** What planning does by itself: families are reminded of tomorrow's sessions. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  'remind-of-sessions': async () => {
    await remindOfTomorrow(openWork)
  },
})

/** UTC, as every crontab: 18:00 in the province, and once more where the house did not run then. */
export const crontab: Crontab = { 'remind-of-sessions': '0,30 11 * * *' }
