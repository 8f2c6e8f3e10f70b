import type { Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { followUnreached, unreachedJob } from './unreached/unreached.ts'

/** What follows a result of a pupil: work of the ward where a family cannot be reached. */
export const jobs = (openWork: OpenWork): Readonly<Record<string, Job>> => ({
  [unreachedJob]: async ({ row }) => {
    if (typeof row === 'string') await openWork(asSystem('campaign'), work => followUnreached(work, row))
  },
})
