import * as audit from '../../audit/audit.ts'
import { asOperator } from '../../open-house.ts'
import { failedJobs, retryFailedJobs } from '../../platform/jobs/jobs.ts'
import { printAnswer } from '../../platform/terminal.ts'
import type { Invocation } from '../invocation.ts'

/** `job …`: jobs that gave up, which an operator has done once more when the cause is gone. */

/** `job list`: which jobs gave up, and why. */
export async function listJobs({ house, json }: Invocation): Promise<void> {
  const failed = await failedJobs(house.database.url)
  const lines = failed.map(
    ({ id, task, attempts, triedAt, error }) => `${id.padStart(8)}  ${task}, ${attempts} times, ${triedAt}: ${error}`,
  )
  await printAnswer(json, { failed }, lines.join('\n') || 'no job gave up')
}

/** `job retry`: has all of them tried again. Deed: jobs.retried, with how many of each task. */
export async function retryJobs({ house, json }: Invocation): Promise<void> {
  const tasks = await retryFailedJobs(house.database.url)
  const retried = Object.values(tasks).reduce((sum, count) => sum + count, 0)
  if (retried > 0)
    await house.openWork(asOperator('jobs'), work =>
      audit.record(work, 'jobs.retried', { kind: 'installation', id: house.record().id }, { retried, tasks }),
    )
  await printAnswer(json, { retried, tasks }, `${retried} jobs are tried again, by the server or the worker that runs`)
}
