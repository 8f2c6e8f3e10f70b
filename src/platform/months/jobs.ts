import type { Crontab, Job } from '../jobs/jobs.ts'
import type { OpenWork } from '../work.ts'
import { makeMonthsAhead } from './months.ts'

const monthsJob = 'make-months'

/** Makes months ahead, each night: what a backup was in the way of is made in the next one. */
export const monthJobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  [monthsJob]: async (_payload, { log }) => {
    const made = await makeMonthsAhead(openWork)
    if (made.length > 0) log.info({ made }, 'months were made')
  },
})

/** UTC: at five past four in the night of the province. */
export const monthTimes: Crontab = { [monthsJob]: '5 21 * * *' }
