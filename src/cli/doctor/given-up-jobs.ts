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

/** `job retry`: has all of them tried again. */
export async function retryJobs({ house, json }: Invocation): Promise<void> {
  const retried = await retryFailedJobs(house.database.url)
  await printAnswer(json, { retried }, `${retried} jobs are tried again, by the server or the worker that runs`)
}
