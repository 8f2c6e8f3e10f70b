import { deleteBySteps } from '../platform/jobs/delete-by-steps.ts'
import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { forgetLinks } from './developers/developers.ts'
import { deleteOldFlights } from './flight-recorder/flight-recorder.ts'
import { deleteOldSpending } from './store-serving.ts'

const forgetJob = 'forget-flights'

/** Deletes old notes of the flight recorder, quota counts and sign-in links. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  [forgetJob]: async () => {
    for (const remove of [forgetLinks, deleteOldSpending, deleteOldFlights])
      await deleteBySteps(openWork, asSystem('developers'), remove)
  },
})

/** UTC: two at night in the province. */
export const crontab: Crontab = { [forgetJob]: '0 19 * * *' }
