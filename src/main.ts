import type { Server } from 'node:https'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { buildWeb } from '../web/build.ts'
import { headsEvery } from './audit/law.ts'
import { crontab, jobs } from './jobs.ts'
import { asOperator, type House, openHouse } from './open-house.ts'
import { claimServer, openDataFolder } from './platform/data-folder/data-folder.ts'
import { type CertificateHolder, fingerprintOf, openCertificate } from './platform/http/tls.ts'
import { runJobs } from './platform/jobs/jobs.ts'
import { logLastFaults } from './platform/last-resort.ts'
import { type Config, originOf, readConfig } from './platform/settings/config.ts'
import { progressOn } from './platform/terminal.ts'
import { asSystem } from './platform/work.ts'
import { startProblem } from './problems-start.ts'
import * as register from './register/register.ts'
import * as staff from './staff/staff.ts'
import { roleName } from './staff/words.ts'
import { keepCounting } from './statistics/jobs.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

const isLoopback = (host: string) => /^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host)

/** Nothing crosses a network in the clear: https of our own, a proxy that speaks it, or this machine alone. */
function refusePlainNetwork({ host, tls, trustProxy }: Config): void {
  if (!isLoopback(host) && !tls && trustProxy === '') throw startProblem('plain-network', { host })
}

export async function listen(app: FastifyInstance, { host, port }: Config) {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'EADDRINUSE') throw startProblem('port-in-use', { host, port })
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw startProblem('port-forbidden', { host, port })
    throw error
  }
}

/** The doors bring most of the server's modules; they are loaded while the database starts. */
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

/** How often the certificate is looked at: it ends while a server runs for a year. */
const renewCertificateEvery = 24 * 3_600_000

function keepCertificate(house: House, app: FastifyInstance, certificate: CertificateHolder): NodeJS.Timeout {
  const renew = () =>
    certificate
      .renew(app.server as unknown as Server)
      .catch(error => house.log.error({ err: error }, 'the certificate was not renewed'))
  return setInterval(renew, renewCertificateEvery).unref()
}

/** Open connections are given this long to end by themselves. */
const patience = 2_000

/** Stops in order, within 5 s: no new requests, jobs end, heads are kept, the database is left. */
function stopping(
  house: House,
  app: FastifyInstance,
  inBackground: readonly { stop(): Promise<void> }[],
  heads: NodeJS.Timeout,
  release: () => Promise<void>,
) {
  let begun = false
  return async () => {
    if (begun) return
    begun = true
    say('  stopping …')
    clearInterval(heads)
    const cut = setTimeout(() => app.server.closeAllConnections(), patience)
    await Promise.allSettled([app.close(), ...inBackground.map(one => one.stop())])
    clearTimeout(cut)
    await house.keepHeads().catch(error => house.log.error({ err: error }, 'heads were not kept'))
    await house.close()
    await release()
  }
}

/** A house in which nobody is registered and nobody works, or whose demonstration was begun and not finished. */
const isEmptyHouse = async (house: House): Promise<boolean> =>
  house.record()['demonstration'] === 'making' ||
  house.openWork(
    asSystem('demonstration'),
    async work => (await register.isEmpty(work)) && (await staff.officers(work)).length === 0,
  )

/**
 * `start`: opens the house, fills an empty one with the demonstration province, builds the pages, serves. Resolves when
 * it has stopped.
 */
export async function start(folder: string, said: Partial<Config>): Promise<void> {
  const dir = await openDataFolder(folder)
  const config = readConfig(dir, process.env, said)
  refusePlainNetwork(config)
  const claim = await claimServer(dir, { port: config.port, origin: originOf(config) })
  try {
    const progress = progressOn(process.stdout)
    const onProgress = (step: string) => {
      say(step)
      loadApp()
    }
    const house = await openHouse({ folder, purpose: 'server', said, onProgress })
    logLastFaults(house.log)
    try {
      if (config.demo && (await isEmptyHouse(house)))
        await (await import('./demonstration/demonstration.ts')).makeDemonstration(house, progress)
      await serveUntilStopped(house, claim.release)
    } catch (error) {
      await house.close()
      throw error
    }
  } finally {
    await claim.release()
  }
}

async function serveUntilStopped(house: House, release: () => Promise<void>) {
  const { config } = house
  const { dist } = await buildWeb({ onProgress: say, elsewhere: house.folder })
  const certificate = config.tls
    ? await openCertificate(join(house.folder, 'keys'), [
        ...new Set(['localhost', '127.0.0.1', new URL(house.origin).hostname]),
      ])
    : undefined
  const { makeApp, demonstrationSignIns } = await loadApp()
  const app = await makeApp(house, { dist, ...(certificate && { certificate }) })
  const runner = await runJobs(house.database.url, jobs(house), { log: house.log, crontab })
  const counting = keepCounting(house.openWork, house.log)
  await listen(app, config).catch(async error => {
    await Promise.allSettled([app.close(), runner.stop(), counting.stop()])
    throw error
  })
  const heads = setInterval(
    () => house.keepHeads().catch(error => house.log.error({ err: error }, 'heads were not kept')),
    headsEvery,
  )
  if (certificate) keepCertificate(house, app, certificate)
  const stop = stopping(house, app, [runner, counting], heads, release)
  // Before anybody is told that the house stands: whoever reads that may stop it at once.
  const stopped = new Promise<void>((done, fail) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop().then(done, fail))
  })
  // Where nobody works here yet, whoever sees what this start prints enters the first two officers.
  const founding = await house.openWork(asOperator('staff'), staff.drawFoundingLink)
  announce(house, { port: config.port, certificate, signIns: demonstrationSignIns(house), founding })
  await stopped
}
