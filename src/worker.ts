import { crontab, jobs } from './jobs.ts'
import { openHouse } from './open-house.ts'
import { readHouseRecord } from './platform/data-folder/data-folder.ts'
import { runJobs } from './platform/jobs/run-jobs.ts'
import { interruption, logLastFaults } from './platform/last-resort.ts'
import { startProblem } from './problems-start.ts'
import { keepCounting } from './statistics/jobs.ts'

/**
 * `worker`: the jobs of an installation in a process apart from its server, until it is told to stop. It makes no
 * installation. Throws installation-not-there.
 */
export async function runWorker(folder: string): Promise<void> {
  const stopped = interruption()
  // Its folder may not be there, which is the same.
  if (!(await readHouseRecord(folder))) throw startProblem('installation-not-there', { folder })
  const house = await openHouse({ folder, purpose: 'worker', stopped })
  logLastFaults(house.log)
  const told = new Promise<void>(resolve => {
    if (stopped.aborted) resolve()
    stopped.addEventListener('abort', () => resolve())
  })
  const runner = await runJobs(house.database.url, jobs(house), { log: house.log, crontab, traces: house.traces })
  const counting = keepCounting(house.openWork, house.log)
  process.stdout.write(`  jobs of ${house.folder} run here; Ctrl-C stops them\n`)
  await told
  await Promise.all([runner.stop(), counting.stop()])
  await house.close()
  // What sleeps still, since the database was away, wakes for nobody.
  process.exit(0)
}
