import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import type { OpenWork } from '../platform/work.ts'
import { dropExtractsJob, dropOldExtracts, extractJob, readExtractJob } from './extracts.ts'

/** What an installation does by itself while it begins. */
export const jobs = (openWork: OpenWork, folder: string): Readonly<Record<string, Job>> => ({
  [readExtractJob]: extractJob(openWork, folder),
  [dropExtractsJob]: dropOldExtracts(openWork, folder),
})

export const crontab: Crontab = { [dropExtractsJob]: '40 18 * * *' }
