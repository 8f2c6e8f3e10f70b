import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { aTlsPostgres } from '../../../test/a-tls-postgres.ts'
import { anAuthority, forClients } from '../../../test/tls-servers.ts'
import { checkDatabaseLogins } from '../../cli/doctor/database-logins.ts'
import { asOperator, openHouse } from '../../open-house.ts'
import { jobCounts } from '../jobs/jobs.ts'
import { waysIn } from './ways-in.ts'

/** Both logins enter a real PostgreSQL without a password: by certificates over TLS, or as the machine's user. */

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-logins-'))
after(() => rm(folder, { recursive: true }))

const [ofServers, ofClients] = [await anAuthority('Of servers'), await anAuthority('Of clients')]
const postgres = await aTlsPostgres(await ofServers.signs('localhost'), ofClients.pem, ['house_owner', 'dinhdanh_app'])
await writeFile(join(folder, 'ca.pem'), ofServers.pem)
await postgres.execute('create role house_owner login createrole')
for (const name of ['by_certificate', 'by_peer', 'borrowed']) {
  await postgres.execute(`create database ${name} owner house_owner`)
}

/** Writes a login's certificate and key, for its owner alone; gives their place in an address. */
async function certificateOf(login: string, file = login, days: [number, number] = [-10, 10]): Promise<string> {
  const { cert, key } = await ofClients.signs(login, { ...forClients, days })
  const path = join(folder, file)
  await writeFile(`${path}.crt`, cert)
  await writeFile(`${path}.key`, key, { mode: 0o600 })
  return `sslcert=${path}.crt&sslkey=${path}.key`
}

const addressOf = (login: string, database: string, certificate: string) =>
  `postgresql://${login}@localhost:${postgres.port}/${database}?sslmode=verify-full&sslrootcert=${folder}/ca.pem` +
  (certificate && `&${certificate}`)

/** Each database has one folder: that of its installation. */
async function open(environment: { readonly DATABASE_URL: string; readonly DATABASE_APP_URL?: string }) {
  const place = join(folder, `house-of${new URL(environment.DATABASE_URL).pathname.replace('/', '-')}`)
  await mkdir(place, { recursive: true })
  const quiet = { DINHDANH_LOG_LEVEL: 'silent', ...environment }
  return openHouse({ folder: place, purpose: 'command', environment: quiet })
}
const codeOf = (opening: Promise<{ close(): Promise<void> }>) =>
  opening.then(
    house => house.close().then(() => 'opened'),
    (error: unknown) => (error as { code?: string }).code,
  )

const enters = async (connectionString: string) => {
  const client = new Client({ connectionString })
  try {
    await client.connect()
    return 'entered'
  } catch (error) {
    return String(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const owners = await certificateOf('house_owner')
const applications = await certificateOf('dinhdanh_app')
const byCertificate = {
  DATABASE_URL: addressOf('house_owner', 'by_certificate', owners),
  DATABASE_APP_URL: addressOf('dinhdanh_app', 'by_certificate', applications),
}

test('a house works by two certificates, and neither of its logins has a password', async () => {
  const house = await open(byCertificate)
  assert.deepEqual(await waysIn(house.database), { owner: 'certificate', application: 'certificate' })
  const { ok, found } = await checkDatabaseLogins(house)
  assert.deepEqual([ok, found], [true, 'the owner enters by certificate, the application by certificate'])
  assert.deepEqual(await house.openWork(asOperator('none'), async () => 'done'), 'done')
  assert.deepEqual(await jobCounts(house.database.url), { waiting: 0, failed: 0 })
  const { rows } = await postgres.execute<{ rolname: string }>(
    `select rolname from pg_authid where rolpassword is not null and rolname in ('house_owner', 'dinhdanh_app')`,
  )
  assert.deepEqual(rows, [])
  await house.close()
})

test('a password, another login’s certificate, an ended one and one of another authority do not enter', async () => {
  await postgres.execute(`alter role house_owner password 'plum'`)
  const bare = addressOf('house_owner:plum', 'by_certificate', '')
  assert.match(await enters(bare), /requires a valid client certificate/)
  await postgres.execute('alter role house_owner password null')
  const borrowed = addressOf('house_owner', 'by_certificate', applications)
  assert.match(await enters(borrowed), /certificate authentication failed/)
  const ended = await certificateOf('house_owner', 'ended', [-20, -1])
  assert.match(await enters(addressOf('house_owner', 'by_certificate', ended)), /expired/)
  const { cert, key } = await ofServers.signs('house_owner', forClients)
  await writeFile(join(folder, 'foreign.crt'), cert)
  await writeFile(join(folder, 'foreign.key'), key, { mode: 0o600 })
  const foreign = `sslcert=${folder}/foreign.crt&sslkey=${folder}/foreign.key`
  assert.match(await enters(addressOf('house_owner', 'by_certificate', foreign)), /unknown ca/i)
  assert.equal(await enters(byCertificate.DATABASE_URL), 'entered')
})

test('the application never shows the owner’s certificate: a house without its own does not open', async () => {
  const DATABASE_URL = addressOf('house_owner', 'borrowed', owners)
  assert.equal(await codeOf(open({ DATABASE_URL })), 'database-certificate-borrowed')
  const { rows } = await postgres.execute(`select from pg_namespace where nspname = 'platform'`, 'borrowed')
  assert.equal(rows.length, 0, 'nothing was made')
})

test('a house does not open by a key that others of the machine may read, or by half a certificate', async () => {
  const open2 = (certificate: string) =>
    codeOf(open({ ...byCertificate, DATABASE_URL: addressOf('house_owner', 'by_certificate', certificate) }))
  const readable = await certificateOf('house_owner', 'readable')
  await chmod(join(folder, 'readable.key'), 0o644)
  assert.equal(await open2(readable), 'database-key-readable')
  assert.equal(await open2(readable.split('&')[0] ?? ''), 'database-certificate-incomplete')
  await rm(join(folder, 'readable.key'))
  assert.equal(await open2(readable), 'database-certificate-incomplete')
})

test('a renewed certificate is taken by the next connection, without a new start', async () => {
  const certificate = await certificateOf('dinhdanh_app', 'renewed')
  const house = await open({
    ...byCertificate,
    DATABASE_APP_URL: addressOf('dinhdanh_app', 'by_certificate', certificate),
  })
  await postgres.execute(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'dinhdanh_app'`)
  await certificateOf('dinhdanh_app', 'renewed', [-20, -1])
  await assert.rejects(waysIn(house.database), /expired/)
  await certificateOf('dinhdanh_app', 'renewed')
  assert.equal((await waysIn(house.database)).application, 'certificate')
  await house.close()
})

test('over a socket both logins enter as the user of the machine, and no password is made', async () => {
  const socket = encodeURIComponent(postgres.socketDir)
  const addressIn = (login: string) => `postgresql://${login}@${socket}:${postgres.port}/by_peer`
  const house = await open({ DATABASE_URL: addressIn('house_owner'), DATABASE_APP_URL: addressIn('dinhdanh_app') })
  assert.deepEqual(await waysIn(house.database), { owner: 'system-user', application: 'system-user' })
  await house.close()
  await postgres.execute('create role stranger login')
  assert.match(await enters(addressIn('stranger')), /Peer authentication failed/i)
})
