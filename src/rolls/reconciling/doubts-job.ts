import { queueJob } from '../../platform/jobs/jobs.ts'
import type { Work } from '../../platform/work.ts'
import type { RollKind } from '../roll.ts'

/** The name of the job that weighs the doubts of a school year. */
export const weighDoubtsJob = 'weigh-doubts'

const minuteMilliseconds = 60_000

/** Queues the job after any change of who is on a roll: once a minute at most, for all changes in it. */
export async function queueDoubts(
  work: Work,
  { schoolYear, kind }: { readonly schoolYear: string; readonly kind: RollKind },
): Promise<void> {
  if (kind !== 'pupils') return
  const runAt = new Date(Math.ceil((work.now.getTime() + 1) / minuteMilliseconds) * minuteMilliseconds)
  await queueJob(
    work,
    weighDoubtsJob,
    { schoolYear },
    { key: `doubts ${schoolYear} ${runAt.toISOString()}`, queue: weighDoubtsJob, runAt },
  )
}
