import { collectDefaultMetrics, Registry } from 'prom-client'
import { type ServingState, serveHealth } from './health.ts'
import { afterClockSet, crontab, jobs } from './jobs.ts'
import { type House, measuredOf, openHouse } from './open-house.ts'
import {
  httpsBy,
  keepCertificate,
  measureHouse,
  openOperatorPort,
  openOwnCertificate,
  refusePlainNetwork,
} from './operations/operations.ts'
import { readHouseRecord } from './platform/data-folder/data-folder.ts'
import { runJobs } from './platform/jobs/run-jobs.ts'
import { interruption, logLastFaults } from './platform/last-resort.ts'
import { readConfig } from './platform/settings/config.ts'
import { startProblem } from './problems-start.ts'
import { keepCounting } from './statistics/jobs.ts'

/** Opens the port of a worker for whoever watches it, where one is set. */
async function openWorkerPort(house: House, serving: ServingState): Promise<{ stop(): Promise<void> }> {
  const { workerPort: port, operatorHost: host, tls } = house.config
  if (port === 0) return { stop: async () => undefined }
  const certificate = tls ? await openOwnCertificate(house) : undefined
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  measureHouse(registry, measuredOf(house))
  const app = await openOperatorPort(
    { host, port },
    { registry, ...httpsBy(certificate), serveHealth: on => serveHealth(on, house, serving) },
  )
  if (certificate && app) keepCertificate(certificate, { apps: [app], log: house.log })
  return { stop: async () => await app?.close() }
}

/**
 * `worker`: the jobs of an installation in a process apart from its server, until it is told to stop. It makes no
 * installation. Throws installation-not-there, plain-network, and what
 * `listen` throws.
 */
export async function runWorker(folder: string): Promise<void> {
  const stopped = interruption()
  // Its folder may not be there, which is the same.
  if (!(await readHouseRecord(folder))) throw startProblem('installation-not-there', { folder })
  const config = readConfig(folder, process.env)
  if (config.workerPort !== 0) refusePlainNetwork({ operatorHost: config.operatorHost }, config)
  const onProgress = (what: string) => process.stdout.write(`  ${what}\n`)
  const house = await openHouse({ folder, purpose: 'worker', stopped, onProgress })
  const { log } = house
  logLastFaults(log)
  const told = new Promise<void>(resolve => {
    if (stopped.aborted) resolve()
    stopped.addEventListener('abort', () => resolve())
  })
  const { traces } = house
  const runner = await runJobs(house.database.url, jobs(house), { log, crontab, afterClockSet, traces })
  const counting = keepCounting(house.openWork, log)
  const serving = { jobsStopped: runner.reason, isStopping: () => stopped.aborted }
  const background: { stop(): Promise<void> }[] = [runner, counting]
  try {
    background.push(await openWorkerPort(house, serving))
    process.stdout.write(`  jobs of ${house.folder} run here; Ctrl-C stops them\n`)
    await told
  } finally {
    await Promise.all(background.map(one => one.stop()))
    await house.close()
  }
  // What sleeps still, since the database was away, wakes for nobody.
  process.exit(0)
}
