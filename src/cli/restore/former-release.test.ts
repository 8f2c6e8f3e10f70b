import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { aPerson, enter } from '../../../test/builders.ts'
import { businessDay, emptyDatabase, type TestHouse, templates } from '../../../test/house.ts'
import { releaseOf } from '../../../test/release.ts'
import { terminalAnswerOf } from '../../../test/terminal-answer.ts'
import * as audit from '../../audit/audit.ts'
import { journalFile } from '../../audit/revocation-journal.ts'
import { verificationOf } from '../../audit-verification.ts'
import { type House, type OpenHouseOptions, openHouse } from '../../open-house.ts'
import { signerFingerprint } from '../../platform/archive/archive.ts'
import { planMigrations } from '../../platform/archive/former-release.ts'
import { migrateJobs, queueJob } from '../../platform/jobs/jobs.ts'
import { migrate, migrationName, readMigrations } from '../../platform/postgres/migrate.ts'
import { Problem } from '../../platform/problem.ts'
import { asSystem } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { backupTo, keyPaper, restoreFrom } from '../backup.ts'

/** A backup of an installation whose database stopped ten migrations ago, and what this release makes of it. */

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-former-'))
after(() => rm(folder, { recursive: true }))

const shipped = await readMigrations()
const former = shipped.length - 10
const added = shipped.slice(former).map(migrationName)

async function openAt(url: string, more: Partial<OpenHouseOptions> = {}): Promise<House> {
  const data = await mkdtemp(join(folder, 'data-'))
  const house = await openHouse({ folder: data, purpose: 'command', environment: { DATABASE_URL: url }, ...more })
  after(() => house.close())
  return house
}

const anInstallation = async () => openAt(await emptyDatabase(templates.migrated))

const given = (house: House, file: string, values: Record<string, string | boolean> = {}, json = true) => ({
  ...{ house, positionals: [file], values, json },
})

async function rowsOf<Row>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
    .query(text)
    .then(({ rows }) => rows as Row[])
    .finally(() => client.end())
}

const url = await emptyDatabase()
await migrate(url, { folder: await releaseOf(former), before: () => migrateJobs(url) })
// A house that only looks leaves the database in the shape of then.
const source = await openAt(url, { onlyLooks: 'start' })
await source.remember({ version: '0.0.9', businessDay })
const asHouse: TestHouse['work'] = verb => source.openWork(asSystem('test'), verb)
const inTests: TestHouse = {
  ...{ url, database: source.database, openWork: source.openWork, work: asHouse, as: source.openWork },
  owner: text => rowsOf(url, text),
}
await source.openWork({ ...asSystem('reference'), role: 'maintenance' }, units.loadReference)
const people = [await enter(inTests, aPerson()), await enter(inTests, aPerson())]
await asHouse(async work => {
  await audit.record(work, 'card.blocked', { kind: 'card', id: 'c-1' }, { reason: 'lost' })
  await queueJob(work, 'verify-seals', {})
})
const paper = join(folder, 'paper.txt')
await keyPaper(given(source, paper))
const keys = {
  identity: paper,
  'signed-by': signerFingerprint(source.signingKey()),
  journal: journalFile(source.folder),
  'without-sealing-key': true,
}

async function backUp(name: string): Promise<string> {
  const file = join(folder, name)
  await backupTo(given(source, file))
  return file
}

/** How many rows each table of the source has. The backup itself is a deed of after it. */
const counts = async (of: string) => {
  const tables = await rowsOf<{ t: string }>(
    url,
    `select oid::regclass::text as t from pg_class where relkind = 'r' and relname <> 'migration'
       and relnamespace::regnamespace::text in ('register', 'audit', 'staff') order by 1`,
  )
  const each = tables.map(({ t }) => `select '${t}' as t, count(*)::integer as n from ${t}`)
  return rowsOf<{ t: string; n: number }>(of, each.join(' union all '))
}

test('a backup of a former release comes back in the shape of this one, and says which release made it', async () => {
  const before = await counts(url)
  const file = await backUp('former.dd')
  const restored = await anInstallation()
  const answer = JSON.parse(await terminalAnswerOf(() => restoreFrom(given(restored, file, keys))))

  assert.equal(answer.release, '0.0.9')
  assert.equal(answer.migrations, former)
  assert.deepEqual(answer.migrationsAdded, added)
  assert.deepEqual([answer.findings, answer.differed], [0, 0])
  const back = await counts(restored.database.url)
  assert.deepEqual(
    back.filter(({ t }) => t.startsWith('register.')),
    before.filter(({ t }) => t.startsWith('register.')),
  )
  const [persons] = await rowsOf<{ n: number }>(
    restored.database.url,
    'select count(*)::integer as n from register.person',
  )
  assert.equal(persons?.n, people.length)
  assert.equal(
    (await rowsOf(restored.database.url, 'select from operations.table_day')).length,
    0,
    'a table of since then',
  )
  assert.deepEqual(
    await rowsOf(restored.database.url, 'select number, checksum from platform.migration order by number'),
    [...shipped.map(({ number, checksum }) => ({ number, checksum }))],
  )
  const jobs = await rowsOf(restored.database.url, `select from graphile_worker._private_jobs`)
  assert.ok(jobs.length >= 1)

  const asked = await verificationOf(restored)
  const { findings } = await restored.openWork({ ...asSystem('audit'), sees: 'one-moment' }, work =>
    audit.verifyAudit(work, asked),
  )
  assert.deepEqual(findings, [])
  const [deed] = await restored.openWork(asSystem('test'), work =>
    audit.deedsOfName(work, source.record().id, 'backup.restored'),
  )
  const facts = deed?.facts as { release?: string; migrationsAdded?: readonly string[] } | undefined
  assert.deepEqual([facts?.release, facts?.migrationsAdded], ['0.0.9', added])
  assert.notEqual(restored.record().version, '0.0.9')
})

const house = await anInstallation()

test('a backup with a changed or a newer migration is refused by name, and nothing came in', async () => {
  const refuse = async (name: string, code: string, migration: unknown) => {
    const file = await backUp(name)
    await assert.rejects(restoreFrom(given(house, file, keys)), (error: unknown) => {
      assert.ok(error instanceof Problem, String(error))
      assert.deepEqual([error.code, error.facts['migration']], [code, migration])
      assert.equal(error.facts['release'], '0.0.9')
      return true
    })
    assert.deepEqual(await rowsOf(house.database.url, 'select from register.person'), [])
  }
  const [last] = shipped.slice(0, former).slice(-1)
  assert.ok(last)
  const changeLast = (checksum: string) =>
    rowsOf(url, `update platform.migration set checksum = '${checksum}' where number = ${former}`)
  await changeLast('changed')
  await refuse('changed.dd', 'backup-of-another-release', migrationName(last))
  await changeLast(last.checksum)

  const unknown = { number: shipped.length + 1, name: 'unknown', checksum: 'unknown' }
  for (const { number, name, checksum } of [...shipped.slice(former), unknown])
    await rowsOf(
      url,
      `insert into platform.migration (number, name, checksum) values (${number}, '${name}', '${checksum}')`,
    )
  await refuse('newer.dd', 'backup-newer', undefined)
  await rowsOf(url, `delete from platform.migration where number > ${former}`)
})

test('a backup whose list of migrations has a gap is of no release that there is', () => {
  const migrations = [...shipped.slice(0, former), ...shipped.slice(former + 1)]
  assert.throws(
    () => planMigrations({ release: '0.0.9', migrations }, shipped, '0.1.0'),
    (error: unknown) =>
      error instanceof Problem && error.code === 'backup-of-another-release' && error.facts['migration'] === former + 2,
  )
})

test('a former backup that is refused at its end leaves an empty installation of this release', async () => {
  await rowsOf(url, `update audit.deed set by_id = 'another' where subject_id = 'c-1'`)
  const file = await backUp('broken.dd')
  await assert.rejects(
    restoreFrom(given(house, file, keys)),
    (error: unknown) => error instanceof Problem && error.code === 'audit-broken',
  )
  const again = await openAt(house.database.url)
  assert.equal((await again.openWork(asSystem('test'), work => audit.deedsOf(work, 'c-1'))).length, 0)
  assert.deepEqual(await rowsOf(house.database.url, 'select from register.person'), [])
  const aside = await rowsOf(house.database.url, `select nspname from pg_namespace where nspname ^@ 'set_aside_'`)
  assert.deepEqual(aside, [])
  const [{ n } = { n: 0 }] = await rowsOf<{ n: number }>(
    again.database.url,
    'select count(*)::int as n from units.unit',
  )
  assert.ok(n > 0, 'the official tables are there')
})
