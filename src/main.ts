import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { buildWeb, NoBuilder } from '../web/build.ts'
import { headsEvery } from './audit/law.ts'
import { beginDemonstrationAnew } from './demonstration/begin-anew.ts'
import { serveHealth } from './health.ts'
import { afterClockSet, crontab, jobs } from './jobs.ts'
import { asOperator, type House, openHouse } from './open-house.ts'
import {
  httpsBy,
  keepCertificate,
  listen,
  openOperatorPort,
  openOwnCertificate,
  proxyKeepsSeconds,
  refusePlainNetwork,
  stopListening,
} from './operations/operations.ts'
import { claimServer, openDataFolder, type ServerClaim } from './platform/data-folder/data-folder.ts'
import { type CertificateHolder, fingerprintOf } from './platform/http/tls.ts'
import { runJobs } from './platform/jobs/run-jobs.ts'
import { endSignals, interruptedExit, interruption, logLastFaults } from './platform/last-resort.ts'
import { shareCounts } from './platform/limits/share-counts.ts'
import { findOutage } from './platform/problems-database.ts'
import { macOf } from './platform/sealing/sealing.ts'
import { type Config, originOf, readConfig } from './platform/settings/config.ts'
import { stepsOn } from './platform/terminal.ts'
import { asSystem } from './platform/work.ts'
import { startProblem } from './problems-start.ts'
import * as register from './register/register.ts'
import * as staff from './staff/staff.ts'
import { roleName } from './staff/words.ts'
import { keepCounting } from './statistics/jobs.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** A code of what is counted, which others cannot read. */
const nameOf = (text: string) => macOf('minute-count', text).toString('base64url')

/** The doors bring most of the server's modules; they are loaded while the database is made. */
const loadApp = () => import('./app.ts')

type Announced = {
  readonly port: number
  readonly certificate: CertificateHolder | undefined
  readonly signIns: readonly staff.DemonstrationSignIn[] | undefined
  readonly founding: staff.DrawnFoundingLink | undefined
}

function announce(house: House, { port, certificate, signIns, founding }: Announced) {
  say('')
  say(`  Định danh   ${house.origin}/console/`)
  if (house.config.host !== '127.0.0.1') say(`              listens on ${house.config.host}:${port}`)
  if (certificate) {
    const { authority, nextAuthority } = certificate.current()
    say(`              a device that warns: ${house.origin}/trust`)
    say(`              its authority: SHA-256 ${fingerprintOf(authority)}`)
    if (nextAuthority) say(`              next one, to be trusted too: SHA-256 ${fingerprintOf(nextAuthority)}`)
  }
  if (signIns?.length) {
    say('')
    say(`  minh họa / demonstration, day ${house.today()}; sign in with:`)
    for (const { login, password, role, name } of signIns)
      say(`    ${login.padEnd(14)} ${password.padEnd(20)} ${roleName(role).vi}, ${name}`)
  }
  if (founding) {
    say('')
    say('  chưa có cán bộ / nobody works here yet')
    say(`  ghi hai cán bộ đầu tiên / enter the first two officers, once, within ${founding.minutes} minutes:`)
    say(`    ${house.origin}${founding.page}`)
    say('    Whoever reads this line may do so. Another start draws another link, and ends this one.')
  }
  say('')
  say('  Ctrl-C stops the house.')
}

/** Milliseconds in which requests that are under way have to end. */
const patience = 2_000

/** A second signal: whoever sends it wants to wait for nobody. */
function toldAgain(): AbortSignal {
  const again = new AbortController()
  for (const signal of endSignals) process.once(signal, () => again.abort())
  return again.signal
}

/**
 * Stops in order: serves on while whoever shares out requests learns that this server stops, takes no new connection
 * then and answers what comes over the others; jobs end, heads are kept, the database is left. Behind a proxy within
 * 10 s and what draining takes, else within 5 s.
 */
async function stopInOrder(
  house: House,
  app: FastifyInstance,
  inBackground: readonly { stop(): Promise<void> }[],
  release: () => Promise<void>,
) {
  say('  stopping …')
  const hurry = toldAgain()
  const { drainSeconds, trustProxy } = house.config
  if (drainSeconds > 0) await pause(drainSeconds * 1000, undefined, { signal: hurry }).catch(() => undefined)
  const keptFor = trustProxy === '' ? 0 : (proxyKeepsSeconds + 1) * 1000
  const leaving = { keptFor, patience: Math.max(patience, drainSeconds * 1000), hurry }
  await Promise.allSettled([stopListening(app.server, leaving), ...inBackground.map(one => one.stop())])
  await app.close()
  await house.keepHeads().catch(error => house.log.error({ err: error }, 'heads were not kept'))
  await house.close()
  await release()
}

/** A house in which nobody is registered and nobody works, or whose demonstration was begun and not finished. */
const isEmptyHouse = async (house: House): Promise<boolean> =>
  house.record()['demonstration'] === 'making' ||
  house.openWork(
    asSystem('demonstration'),
    async work => (await register.isEmpty(work)) && (await staff.officers(work)).length === 0,
  )

/** A start that is told to end has this long to undo what it began; then it ends without. */
const lastPatience = 10_000

/** What was under way fails where nobody waits for it any more: nothing of it is to be told. */
function beginBreakingOff(): void {
  say('  stopping …')
  for (const kind of ['uncaughtException', 'unhandledRejection'] as const) process.on(kind, () => undefined)
  // By this the library of the queue prints a stack where its database is stopped under it.
  console.trace = () => undefined
  setTimeout(() => process.exit(interruptedExit), lastPatience).unref()
}

/**
 * `start`: opens the house, fills an empty one with the demonstration province, builds the pages, serves. Resolves when
 * it has stopped. A signal to end stops it at whatever it does, and whatever was started for it.
 */
export async function start(folder: string, said: Partial<Config>): Promise<void> {
  const stopped = interruption()
  // A terminal that was closed takes no more lines, and the stop goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  try {
    await startAndServe(folder, said, stopped)
  } catch (error) {
    if (!stopped.aborted) throw error
    process.exit(interruptedExit)
  }
}

async function startAndServe(folder: string, said: Partial<Config>, stopped: AbortSignal): Promise<void> {
  let house: House | undefined
  // The database is stopped, so that all that waits for it fails, and what was half done is undone.
  const breakOff = () => {
    beginBreakingOff()
    void house?.close()
  }
  stopped.addEventListener('abort', breakOff)
  const step = stepsOn(process.stdout)
  const dir = await openDataFolder(folder)
  const config = readConfig(dir, process.env, said)
  refusePlainNetwork({ ...config, operatorHost: config.operatorPort === 0 ? undefined : config.operatorHost }, config)
  const claim = await claimServer(
    dir,
    { port: config.port, origin: originOf(config) },
    { stopped, onWait: () => step('waiting for another server of this installation, which is starting') },
  )
  try {
    if (!claim.isBesideOthers && !config.databaseUrl && (await beginDemonstrationAnew(dir)))
      step('a demonstration that was not finished is made anew')
    // The pages are built while the database is made and filled.
    const building = buildWeb({ onProgress: step, elsewhere: dir, stopped })
    building.catch(() => undefined)
    house = await openHouse({ folder, purpose: 'server', said, onProgress: step, stopped })
    if (config.demo && !claim.isBesideOthers && (await isEmptyHouse(house)))
      await (await import('./demonstration/demonstration.ts')).makeDemonstration(house, step)
    await serveUntilStopped(house, { building, step, stopped, breakOff, claim })
  } catch (error) {
    await house?.close()
    throw error
  } finally {
    await claim.release()
  }
}

type Serving = {
  readonly building: ReturnType<typeof buildWeb>
  readonly step: (what: string) => void
  readonly stopped: AbortSignal
  /** What a signal to end does until the house serves. */
  readonly breakOff: () => void
  readonly claim: ServerClaim
}

async function serveUntilStopped(house: House, { building, step, stopped, breakOff, claim }: Serving) {
  const { config } = house
  const certificate = config.tls ? await openOwnCertificate(house) : undefined
  const { makeApp, demonstrationSignIns } = await loadApp()
  const { dist } = await building.catch((error: unknown) => {
    throw error instanceof NoBuilder ? startProblem('pages-not-built') : error
  })
  step('opening the doors')
  const { log, traces } = house
  const runner = config.runsJobs
    ? await runJobs(house.database.url, jobs(house), { log, crontab, afterClockSet, traces })
    : undefined
  const serving = { jobsStopped: () => runner?.reason(), isStopping: () => stopped.aborted }
  const app = await makeApp(house, { dist, serving, ...(certificate && { certificate }) }).catch(async error => {
    await runner?.stop()
    throw error
  })
  const counting = config.runsJobs ? keepCounting(house.openWork, house.log) : undefined
  const heads = keepHeadsRegularly(house)
  const background: { stop(): Promise<void> }[] = [...(runner ? [runner] : []), ...(counting ? [counting] : []), heads]
  try {
    // Where nobody works here yet, whoever sees what this start prints enters the first two officers.
    const founding = claim.isBesideOthers
      ? undefined
      : await house.openWork(asOperator('staff'), staff.drawFoundingLink)
    await listen(app, config)
    const { operatorHost, operatorPort } = config
    const at = { host: operatorHost, port: operatorPort }
    const operator = await openOperatorPort(at, {
      ...{ registry: app.metrics, ...httpsBy(certificate) },
      serveHealth: on => serveHealth(on, house, serving),
    })
    if (operator) background.push({ stop: () => operator.close() })
    stopped.throwIfAborted()
    if (certificate) keepCertificate(certificate, { apps: [app, ...(operator ? [operator] : [])], log })
    // From here on it stops in order; whoever is told that the house stands may stop it at once.
    stopped.removeEventListener('abort', breakOff)
    await claim.serves()
    background.push(shareCounts(house.openWork, { place: `${hostname()}:${config.port}`, nameOf, log: house.log }))
    logLastFaults(house.log)
    const told = new Promise<void>(resolve => stopped.addEventListener('abort', () => resolve()))
    announce(house, { port: config.port, certificate, signIns: demonstrationSignIns(house), founding })
    await told
  } catch (error) {
    await Promise.allSettled([app.close(), ...background.map(one => one.stop())])
    throw error
  }
  await stopInOrder(house, app, background, claim.release)
}

/** The heads of the chains are kept outside the database, at once and then now and then. */
function keepHeadsRegularly(house: House): { stop(): Promise<void> } {
  const keep = () =>
    house.keepHeads().catch(error => {
      // An outage of the database is told once, elsewhere.
      if (!findOutage(error)) house.log.error({ err: error }, 'heads were not kept')
    })
  const first = keep()
  const regularly = setInterval(keep, headsEvery)
  return {
    async stop() {
      clearInterval(regularly)
      await first
    },
  }
}
