import { asId } from '../platform/ids.ts'
import type { Job } from '../platform/jobs/jobs.ts'
import type { OpenWork } from '../platform/work.ts'
import { deathJob, followDeaths } from './imports/death.ts'

/** What the register does by itself. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  [deathJob]: async payload => {
    const ids = Array.isArray(payload['personIds']) ? payload['personIds'].map(id => asId<'person'>(String(id))) : []
    await followDeaths(openWork, ids, new Date(String(payload['since'])))
  },
})
