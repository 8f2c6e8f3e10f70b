import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { Client } from 'pg'
import { emptyDatabase } from '../../../test/house.ts'
import { migrateJobs } from '../jobs/jobs.ts'
import { Problem } from '../problem.ts'
import { fromRoot } from '../root.ts'
import { formerChecksums } from './former-checksums.ts'
import { migrate, readMigrations } from './migrate.ts'

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-migrations-'))
after(() => rm(folder, { recursive: true }))

/** The shipped migrations, and what a test adds or changes. */
async function shipped(name: string, changes: Record<string, string>) {
  const place = join(folder, name)
  await cp(fromRoot('db/migrations'), place, { recursive: true })
  for (const [file, text] of Object.entries(changes)) await writeFile(join(place, file), text)
  return pathToFileURL(`${place}/`)
}

const refusal = (code: string) => (error: unknown) => error instanceof Problem && error.code === code
const full = async (url: string, at?: URL) =>
  migrate(url, { ...(at && { folder: at }), before: () => migrateJobs(url) })

async function ask<Row>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
    .query(text)
    .then(({ rows }) => rows as Row[])
    .finally(() => client.end())
}

const next = async (what: string) => `${String((await readMigrations()).length + 1).padStart(4, '0')}_${what}.sql`

test('a database gets each migration once, and the second start has nothing to do', async () => {
  const url = await emptyDatabase()
  assert.equal((await full(url)).applied, (await readMigrations()).length)
  assert.equal((await full(url)).applied, 0)
})

test('two starts at one moment bring the database up once', async () => {
  const url = await emptyDatabase()
  const applied = (await Promise.all([full(url), full(url)])).map(({ applied: count }) => count)
  assert.deepEqual(
    applied.sort((a, b) => a - b),
    [0, (await readMigrations()).length],
  )
})

test('a database of a newer release is refused and left as it is', async () => {
  const url = await emptyDatabase()
  await full(url, await shipped('newer', { [await next('units_flags')]: 'create table units.flag (id uuid)' }))
  await assert.rejects(full(url), refusal('database-newer'))
})

test('a migration that was changed after it was applied is refused', async () => {
  const url = await emptyDatabase()
  await full(url)
  await assert.rejects(
    full(url, await shipped('changed', { '0001_platform.sql': 'select 1' })),
    refusal('migration-changed'),
  )
})

test('a database whose migration had other comments takes those of today, and is whole', async () => {
  const url = await emptyDatabase()
  await full(url)
  const [former] = [...formerChecksums].find(([, name]) => name === 'signin') ?? assert.fail('signin had none')
  await ask(url, `update platform.migration set checksum = '${former}' where name = 'signin'`)
  await ask(url, `comment on table signin.session is 'otherwise'`)
  assert.equal((await full(url)).applied, 0)
  const [said] = await ask<{ said: string }>(url, `select obj_description('signin.session'::regclass) as said`)
  assert.notEqual(said?.said, 'otherwise')
  assert.equal((await full(url)).applied, 0)
  await ask(url, `update platform.migration set checksum = '${former}' where name = 'cards'`)
  await assert.rejects(full(url), refusal('migration-changed'), 'the former text of another migration')
})

test('a migration that fails leaves nothing of itself', async () => {
  const url = await emptyDatabase()
  await full(url)
  const file = await next('units_half')
  await assert.rejects(
    full(url, await shipped('failing', { [file]: 'create table units.half (id uuid); select 1 / 0' })),
    /units_half failed/,
  )
  assert.deepEqual(await ask(url, `select to_regclass('units.half') as half`), [{ half: null }])
})

test('a login without the right to create roles gets the statement for an administrator', async () => {
  const url = await emptyDatabase()
  const login = `plain_${process.pid}`
  await ask(url, `create role ${login} login; grant all on database ${new URL(url).pathname.slice(1)} to ${login}`)
  after(() => ask(url, `drop owned by ${login}; drop role ${login}`).catch(() => {}))
  const place = new URL(url)
  place.username = login
  await assert.rejects(migrate(place.href), (error: unknown) => {
    assert.ok(error instanceof Problem && error.code === 'database-grant-missing')
    assert.match(String(error.facts['statements']), new RegExp(`grant dinhdanh_maintenance to "${login}"`))
    return true
  })
})

test('a database that cannot be reached is refused in a sentence', async () => {
  await assert.rejects(migrate('postgres://nobody@127.0.0.1:1/none'), refusal('database-unreachable'))
})
