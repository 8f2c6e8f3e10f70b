import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { forgetLinks } from './developers/developers.ts'
import { forget } from './flight-recorder/flight-recorder.ts'

const forgetJob = 'forget-flights'

/** The flight recorder forgets after thirty days, and with it what quotas and sign-in links need no longer. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  [forgetJob]: async () => {
    await openWork(asSystem('developers'), async work => {
      await forget(work)
      await forgetLinks(work)
    })
  },
})

/** UTC: two at night in the province. */
export const crontab: Crontab = { [forgetJob]: '0 19 * * *' }
