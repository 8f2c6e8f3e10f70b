import { deleteBySteps } from '../platform/jobs/delete-by-steps.ts'
import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { ruleOn } from '../platform/law.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { sessionKeptDays } from './law.ts'
import * as store from './store.ts'

/** Removes sessions that are long over, and failures that count no more. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  'drop-link-sessions': async () => {
    const authority = asSystem('campaign')
    await deleteBySteps(openWork, authority, (work, most) =>
      store.dropOldSessions(work, ruleOn(sessionKeptDays, work.today, work), most),
    )
    await deleteBySteps(openWork, authority, store.pinCounters.dropOld)
  },
})

/** UTC: a quarter to three in the morning of the province. */
export const crontab: Crontab = { 'drop-link-sessions': '45 19 * * *' }
