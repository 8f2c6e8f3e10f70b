import { crontab, jobs } from './jobs.ts'
import { openHouse } from './open-house.ts'
import { runJobs } from './platform/jobs/run-jobs.ts'
import { interruption, logLastFaults } from './platform/last-resort.ts'
import { printError } from './platform/terminal.ts'
import { keepCounting } from './statistics/jobs.ts'

/** The jobs process, when it runs apart from the server: `node src/worker.ts [DATA]`. */
try {
  const house = await openHouse({ folder: process.argv[2] ?? 'data', purpose: 'worker' })
  logLastFaults(house.log)
  const runner = await runJobs(house.database.url, jobs(house), { log: house.log, crontab, traces: house.traces })
  const counting = keepCounting(house.openWork, house.log)
  const stop = async () => {
    await Promise.all([runner.stop(), counting.stop()])
    await house.close()
  }
  interruption().addEventListener('abort', () => void stop())
} catch (error) {
  printError(error)
  process.exitCode = 1
}
