import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { type Signer, sealFormerBatches, sealMonths } from './audit.ts'

/** What the audit does by itself: it seals each month that is over. */
export const jobs = (openWork: OpenWork, signer: () => Signer): Readonly<Record<string, Job>> => ({
  'seal-months': async () => {
    const by = signer()
    while ((await openWork(asSystem('audit'), work => sealMonths(work, by))).length > 0);
  },
  /** Waits in queues of releases that sealed readings in batches. */
  'seal-readings': async () => {
    await openWork(asSystem('audit'), sealFormerBatches)
  },
})

/** UTC, as every crontab: each hour, so that a month is sealed within the hour after its last work. */
export const crontab: Crontab = { 'seal-months': '41 * * * *' }
