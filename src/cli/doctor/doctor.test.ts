import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createServer as createPlainServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, mock, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createServer } from 'node:tls'
import { Client } from 'pg'
import { emptyDatabase, templates } from '../../../test/house.ts'
import { openHouse } from '../../open-house.ts'
import { claimServer } from '../../platform/data-folder/data-folder.ts'
import { isAlive } from '../../platform/data-folder/process-mark.ts'
import { localCertificate } from '../../platform/http/tls.ts'
import { findServer } from '../../platform/postgres/server.ts'
import { attach } from './attach.ts'
import { checkCertificate } from './certificate.ts'
import { type DoctorCheck, linesOfChecks } from './check.ts'
import { lookOver } from './doctor.ts'

/** What doctor says of an installation that is broken, and that it changes nothing of it. */

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-doctor-'))
after(() => rm(folder, { recursive: true }))

const said = (checks: readonly DoctorCheck[], what: string) => checks.find(check => check.what === what)
const withoutLook = (checks: readonly DoctorCheck[]) =>
  checks.filter(({ found }) => found.startsWith('could not be looked at')).map(({ what }) => what)

/** Comes to an installation as the command does, looks it over and leaves again. */
async function look(data: string, environment: NodeJS.ProcessEnv = {}): Promise<DoctorCheck[]> {
  const { house, checks, close } = await attach(data, environment)
  try {
    return [...checks, ...(await lookOver(house))]
  } finally {
    await close()
  }
}

test('what cannot be looked at for one reason stands on one line, and everything else on its own', () => {
  const away = 'could not be looked at: ECONNREFUSED'
  const lines = linesOfChecks([
    { what: 'database', ok: false, found: 'away', todo: 'start it' },
    { what: 'jobs', ok: false, found: away },
    { what: 'heads', ok: false, found: 'could not be looked at: EISDIR' },
    { what: 'growth', ok: false, found: away },
    { what: 'law ahead', ok: true, found: 'none' },
    { what: 'certificate', ok: true, found: 'none' },
    { what: 'log elsewhere', ok: false, found: 'none', advice: true },
  ])
  assert.deepEqual(lines, [
    'TO MEND  database: away (start it)',
    'TO MEND  jobs, growth: could not be looked at: ECONNREFUSED',
    'TO MEND  heads: could not be looked at: EISDIR',
    'ok       law ahead: none',
    'ok       certificate: none',
    'TO WEIGH log elsewhere: none',
  ])
})

test('what cannot be looked at is to be mended and says why, and everything else is looked at', async () => {
  const url = await emptyDatabase(templates.migrated)
  const data = await mkdtemp(join(folder, 'data-'))
  const environment = { DATABASE_URL: url }
  const house = await openHouse({ folder: data, purpose: 'command', environment })
  await house.keepHeads()
  await house.close()
  assert.deepEqual(withoutLook(await look(data, environment)), [])

  await rename(join(data, 'heads.jsonl'), join(data, 'aside'))
  await mkdir(join(data, 'heads.jsonl'))
  const owner = new Client({ connectionString: url })
  await owner.connect()
  await owner.query('drop schema graphile_worker cascade')
  const checks = await look(data, environment)
  assert.deepEqual(withoutLook(checks), ['jobs', 'clock', 'record of deeds'])
  assert.match(said(checks, 'record of deeds')?.found ?? '', /The file of heads cannot be read.*heads\.jsonl.*EISDIR/)
  assert.equal(said(checks, 'record of deeds')?.ok, false)

  await owner.query('delete from platform.migration where number = (select max(number) from platform.migration)')
  const older = said(await look(data, environment), 'database')
  await owner.end()
  assert.deepEqual([older?.ok, /1 migrations of this release are missing/.test(older?.found ?? '')], [false, true])

  const unreachable = await look(data, { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })
  assert.match(said(unreachable, 'database')?.found ?? '', /database-unreachable/)
  assert.equal(said(unreachable, 'free disk')?.ok, true)
})

test('doctor makes nothing where no installation is, and no key where one is lost', async () => {
  const nowhere = join(folder, 'nowhere')
  await assert.rejects(attach(nowhere, {}), { code: 'installation-not-there' })
  assert.equal(existsSync(nowhere), false)
  const empty = await mkdtemp(join(folder, 'empty-'))
  await assert.rejects(attach(empty, {}), { code: 'installation-not-there' })
  assert.deepEqual(await readdir(empty), [])

  const environment = { DATABASE_URL: await emptyDatabase(templates.migrated) }
  const data = await mkdtemp(join(folder, 'data-'))
  await openHouse({ folder: data, purpose: 'command', environment }).then(house => house.close())
  const key = join(data, 'keys', 'sealing.key')
  await rename(key, `${key}-aside`)
  assert.match(said(await look(data, environment), 'database')?.found ?? '', /key-not-there.*sealing\.key/)
  assert.equal(existsSync(key), false)
})

test('doctor joins a running installation, names its dead database, and starts none beside it', async () => {
  const data = join(folder, 'embedded')
  const house = await openHouse({ folder: data, purpose: 'server', environment: {} })
  const claim = await claimServer(house.folder, { port: 8099, origin: 'http://localhost:8099' })
  const before = await stat(join(data, 'house.json'))
  const joined = await look(data)
  assert.match(said(joined, 'server')?.found ?? '', new RegExp(`process ${process.pid} serves http://localhost:8099`))
  assert.equal(said(joined, 'database')?.ok, true)
  assert.match(
    said(joined, 'open files')?.found ?? '',
    new RegExp(`process ${process.pid} has \\d+ of (\\d+|unlimited) open`),
  )
  assert.deepEqual(withoutLook(joined), [])
  assert.equal((await stat(join(data, 'house.json'))).mtimeMs, before.mtimeMs, 'it writes nothing')

  const running = findServer(data)
  assert.ok(running && isAlive(running.mark), 'it left the server running')
  process.kill(running.mark.pid, 'SIGKILL')
  while (isAlive(running.mark)) await pause(20)
  const lastLine = (await readFile(join(data, 'pg.log'), 'utf8')).trim().split('\n').at(-1) ?? ''
  const checks = await look(data)
  const database = said(checks, 'database')
  assert.equal(database?.ok, false)
  assert.match(database.found, new RegExp(`process ${process.pid} lives, and its database cannot be used`))
  assert.ok(database.found.includes(lastLine), database.found)
  assert.equal(findServer(data), undefined, 'no other server was started')
  assert.ok(withoutLook(checks).includes('jobs') && withoutLook(checks).includes('record of deeds'))
  assert.equal(said(checks, 'free disk')?.ok, true)
  await house.close()
  await claim.release()

  const stopped = await look(data)
  assert.match(said(stopped, 'server')?.found ?? '', /does not run.*started for this look/)
  assert.deepEqual([said(stopped, 'database')?.ok, withoutLook(stopped)], [true, []])
  assert.equal(findServer(data), undefined, 'it left again')
})

test('doctor tells that no process runs jobs while a server serves', async () => {
  const environment = { DATABASE_URL: await emptyDatabase(templates.migrated) }
  const data = await mkdtemp(join(folder, 'data-'))
  await openHouse({ folder: data, purpose: 'command', environment }).then(house => house.close())
  const owner = new Client({ connectionString: environment.DATABASE_URL })
  await owner.connect()
  const jobs = async () => said(await look(data, environment), 'jobs')
  assert.equal((await jobs())?.ok, true, 'nobody runs them while nobody serves')
  await owner.query(
    `insert into platform.server_process (id, place, began_at, seen_at)
     values (gen_random_uuid(), 'here:8080', clock_timestamp(), clock_timestamp() + interval '1 minute')`,
  )
  await owner.query(
    `insert into platform.job_runner (id, lockers, seen_at)
     values (gen_random_uuid(), '{}', clock_timestamp() - interval '31 seconds')`,
  )
  assert.match((await jobs())?.found ?? '', /no process runs them$/)
  await owner.query('update platform.job_runner set seen_at = clock_timestamp()')
  assert.equal((await jobs())?.ok, true)
  await owner.end()
})

test('doctor names the session for which others wait, and nobody once it is gone', async () => {
  const environment = { DATABASE_URL: await emptyDatabase(templates.migrated) }
  const data = await mkdtemp(join(folder, 'data-'))
  await openHouse({ folder: data, purpose: 'command', environment }).then(house => house.close())
  const [holder, waiter] = ['report', 'page'].map(
    name => new Client({ connectionString: environment.DATABASE_URL, application_name: name }),
  ) as [Client, Client]
  await holder.connect()
  await waiter.connect()
  await holder.query('begin')
  await holder.query('lock table cards.card in access exclusive mode')
  const waited = waiter.query('select from cards.card')
  assert.equal(said(await look(data, environment), 'locks')?.ok, true, 'a short wait is nobody’s business')
  await pause(5100)
  const locks = said(await look(data, environment), 'locks')
  assert.equal(locks?.ok, false)
  assert.match(locks.found, /^process \d+ \(report\), \d+ s in its transaction, keeps 1$/)
  await holder.end()
  await waited
  await waiter.end()
  assert.equal(said(await look(data, environment), 'locks')?.ok, true)
})

test('doctor tells when the certificate ends that the server shows, and warns where it was not renewed', async () => {
  const data = await mkdtemp(join(folder, 'data-'))
  const keys = join(data, 'keys')
  await mkdir(keys)
  const { key, cert } = await localCertificate(keys, ['localhost', '127.0.0.1'])
  const server = createServer({ key, cert }).listen(0, '127.0.0.1')
  const { port } = await new Promise<AddressInfo>(resolve =>
    server.once('listening', () => resolve(server.address() as AddressInfo)),
  )
  const claim = await claimServer(data, { port, origin: 'https://localhost' })
  const shown = () => checkCertificate({ folder: data, config: { host: '127.0.0.1' } })
  assert.match((await shown()).found, /^the server shows one that ends on 20\d\d-\d\d-\d\d, in 39\d days$/)
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 392 * 86_400_000 })
  assert.equal((await shown()).ok, false)
  mock.timers.reset()
  await claim.release()
  server.close()
  assert.match((await shown()).found, /^no server runs/)
})

test('a certificate that is left of before a proxy came is no fault: the server shows none', async () => {
  const data = await mkdtemp(join(folder, 'data-'))
  await mkdir(join(data, 'keys'))
  await localCertificate(join(data, 'keys'), ['localhost', '127.0.0.1'])
  const server = createPlainServer((_request, reply) => reply.end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const claim = await claimServer(data, { port, origin: 'https://dinhdanh.example.vn' })
  const { ok, found } = await checkCertificate({ folder: data, config: { host: '127.0.0.1' } })
  assert.deepEqual([ok, found], [true, 'none of its own: a proxy speaks https, or nobody'])
  await claim.release()
  server.close()
})
