import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import {
  aPgBouncer,
  aSystemPostgres,
  carriesStatements,
  noPooler,
  noSystemPostgres,
  type PoolMode,
  passwordOfTests,
  type SystemPostgres,
} from '../../../test/a-system-postgres.ts'
import { terminalAnswerOf } from '../../../test/terminal-answer.ts'
import { journalFile } from '../../audit/revocation-journal.ts'
import { backupTo, keyPaper, restoreFrom } from '../../cli/backup.ts'
import { checkDatabaseAddresses } from '../../cli/doctor/database-addresses.ts'
import { type House, openHouse } from '../../open-house.ts'
import { signerFingerprint } from '../archive/archive.ts'
import { kept } from '../db.ts'
import { newId } from '../ids.ts'
import { queueJob } from '../jobs/jobs.ts'
import { runJobs } from '../jobs/run-jobs.ts'
import { Problem } from '../problem.ts'
import { asSystem } from '../work.ts'
import { migrate, readMigrations, rebuildEmpty } from './migrate.ts'

/**
 * An installation on a server of the machine, whose owner is no superuser and makes no roles, and through a PgBouncer.
 * The tests copy one database, which a bare owner made who was given what was missing.
 */

const skip = noSystemPostgres
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-owner-'))
after(() => rm(folder, { recursive: true }))

const server = skip ? undefined : await aSystemPostgres()
const onServer = (): SystemPostgres => server ?? assert.fail('there is no server')

type Addresses = { readonly url: string; readonly appUrl: string; readonly directUrl?: string }

const openAt = ({ url, appUrl, directUrl = '' }: Addresses, data: string): Promise<House> =>
  openHouse({
    folder: data,
    purpose: 'command',
    environment: {
      DATABASE_URL: url,
      DATABASE_APP_URL: appUrl,
      DATABASE_DIRECT_URL: directUrl,
      DINHDANH_LOG_LEVEL: 'silent',
    },
  })
const direct = (login: string, database: string) => onServer().addressOf(login, database)
const openIn = (database: string, data: string) =>
  openAt({ url: direct('house_owner', database), appUrl: direct('dinhdanh_app', database) }, data)
const aFolder = () => mkdtemp(join(folder, 'data-'))

/** Opens the database `made` as a bare owner; gives the refusal, and what there was of an installation then. */
async function refusalOfBareOwner({ executeIn }: SystemPostgres) {
  await executeIn(
    'postgres',
    `create role house_owner login noinherit password '${passwordOfTests}'`,
    'create database made',
    'revoke connect, temporary on database made from public',
    'grant connect on database made to house_owner',
    'alter database made set default_transaction_read_only = on',
  )
  await executeIn(
    'made',
    'set default_transaction_read_only = off',
    'create schema platform',
    'create schema of_another_program',
  )
  const refused = await openIn('made', await aFolder()).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(refused instanceof Problem)) throw new Error('it was opened, or failed in another way', { cause: refused })
  const tables = await executeIn(
    'made',
    `select from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where nspname in ('platform', 'graphile_worker')`,
  )
  return { refused, tablesMade: tables.length }
}

const bareOwner = server && (await refusalOfBareOwner(server))
const statements = (bareOwner?.refused.facts['statements'] ?? []) as string[]
await server?.executeIn('made', ...statements.map(statement => statement.replaceAll('…', passwordOfTests)))
const isOpened = server && (await openIn('made', await aFolder()).then(house => house.close().then(() => true)))

test('missing rights are told all at once, and their statements are all that it takes', { skip }, async () => {
  const { refused, tablesMade } = bareOwner ?? assert.fail()
  assert.equal(refused.code, 'database-grant-missing')
  assert.deepEqual(refused.facts['lacks'], [
    'transactions that write',
    'the role dinhdanh_application',
    'the role dinhdanh_maintenance, and to be a member of it',
    'the login dinhdanh_app',
    'to make schemas in the database',
    'that dinhdanh_app may connect',
    'that dinhdanh_app and dinhdanh_maintenance may make temporary tables',
    'to own what administrator owns in the database',
  ])
  assert.equal(tablesMade, 0, 'nothing was made')
  assert.ok(isOpened)
  const [another] = await onServer().executeIn<{ owner: string }>(
    'made',
    `select pg_get_userbyid(nspowner)::text as owner from pg_namespace where nspname = 'of_another_program'`,
  )
  assert.equal(another?.owner, 'administrator', 'what others keep there is left alone')
})

/** A copy that belongs to no installation yet. */
async function copyMade(database: string): Promise<void> {
  await onServer().executeIn('postgres', `create database ${database} template made owner house_owner`)
  await onServer().executeIn(database, 'delete from platform.installation')
}

async function anInstallation(database: string): Promise<House> {
  await copyMade(database)
  const house = await openIn(database, await aFolder())
  after(() => house.close())
  return house
}

const officer = '0198a000-0000-7000-8000-000000000002'
const unit = '0198a000-0000-7000-8000-000000000001'

/** What the superuser, from whom nothing is hidden, finds in a database. */
const stored = (database: string) =>
  onServer().executeIn<{ what: string; rows: number }>(
    database,
    `select 'officers' as what, count(*)::int as rows from staff.officer
     union all select 'units', count(*)::int from units.unit
     union all select 'jobs', count(*)::int from graphile_worker._private_jobs
     union all select 'sealed deeds', count(*)::int from audit.deed where deed <> 'backup.restored' order by 1`,
  )

test('an owner who is no superuser backs up and restores every row, and the waiting jobs', { skip }, async () => {
  const house = await anInstallation('saved')
  await onServer().executeIn(
    'saved',
    `insert into staff.officer (id, login, full_name, unit_id, added_at)
       values ('${officer}', 'phuong', 'Cán bộ phường', '${unit}', now())`,
  )
  await house.openWork(asSystem('test'), work => queueJob(work, 'tell-holder', { card: 'c-1' }))
  const given = (of: House, name: string, values = {}) => ({
    ...{ house: of, positionals: [join(folder, name)], values, json: true },
  })
  await terminalAnswerOf(() => keyPaper(given(house, 'paper.txt')))
  await terminalAnswerOf(() => backupTo(given(house, 'saved.dd')))
  const before = await stored('saved')

  const empty = await anInstallation('restored')
  const elsewhere = {
    identity: join(folder, 'paper.txt'),
    'signed-by': signerFingerprint(house.signingKey()),
    journal: journalFile(house.folder),
    'without-sealing-key': true,
  }
  await terminalAnswerOf(() => restoreFrom(given(empty, 'saved.dd', elsewhere)))
  assert.deepEqual(await stored('restored'), before)
  assert.deepEqual(
    before.filter(({ what }) => what !== 'sealed deeds' && what !== 'units'),
    [
      { what: 'jobs', rows: 1 },
      { what: 'officers', rows: 1 },
    ],
  )
})

test('that owner restores the backup of a former release, and what others keep stays', { skip }, async () => {
  const older = await anInstallation('older')
  await rebuildEmpty(older.database.url, (await readMigrations()).slice(0, -10), async () => undefined)
  const looks = await openHouse({
    ...{ folder: await aFolder(), purpose: 'command', onlyLooks: 'start' },
    environment: { DATABASE_URL: older.database.url, DATABASE_APP_URL: direct('dinhdanh_app', 'older') },
  })
  after(() => looks.close())
  const given = (of: House, name: string, values = {}) => ({
    ...{ house: of, positionals: [join(folder, name)], values, json: true },
  })
  await terminalAnswerOf(() => keyPaper(given(looks, 'older.txt')))
  await terminalAnswerOf(() => backupTo(given(looks, 'older.dd')))
  const empty = await anInstallation('forward')
  const elsewhere = {
    identity: join(folder, 'older.txt'),
    'signed-by': signerFingerprint(looks.signingKey()),
    journal: journalFile(looks.folder),
    'without-sealing-key': true,
  }
  const answer = JSON.parse(await terminalAnswerOf(() => restoreFrom(given(empty, 'older.dd', elsewhere))))
  assert.equal(answer.migrationsAdded.length, 10)
  const [another] = await onServer().executeIn<{ name: string }>(
    'forward',
    `select nspname::text as name from pg_namespace where nspname = 'of_another_program'`,
  )
  assert.ok(another)
})

/** The poolers of one PgBouncer, each before its own copy of the database, by few connections. */
async function poolers() {
  const aliases = ['by_session', 'by_transaction', 'by_statement'] as const
  for (const alias of aliases) await copyMade(`${alias}_copy`)
  const pool = (mode: PoolMode, size: number) => ({ database: `by_${mode}_copy`, mode, size })
  const databases = {
    by_session: pool('session', 40),
    by_transaction: pool('transaction', 3),
    by_statement: pool('statement', 3),
  }
  const { addressOf } = await aPgBouncer(onServer(), databases, ['house_owner', 'dinhdanh_app'])
  return (alias: (typeof aliases)[number]) => ({
    url: addressOf('house_owner', alias),
    appUrl: addressOf('dinhdanh_app', alias),
    past: direct('house_owner', `${alias}_copy`),
  })
}
const through = noPooler ? undefined : await poolers()

const seen = kept<{ scope: string[]; house: boolean; user: string }>`
  select platform.scope()::text[] as scope, platform.sees_house() as house, current_user::text as user`

/** Many works at once, of several scopes, logins and messages; each must be who it is and see what is its own. */
async function worksAtOnce({ openWork }: House) {
  const unitId = newId<'unit'>()
  const [own, none] = [
    { ...asSystem('test'), scope: { units: [unitId] } },
    { ...asSystem('test'), scope: 'none' } as const,
  ]
  const kinds = [
    [own, { scope: [unitId], house: false, user: 'dinhdanh_app' }],
    [
      { ...own, inMessages: 'first-statement' },
      { scope: [unitId], house: false, user: 'dinhdanh_app' },
    ],
    [
      { ...none, inMessages: 'whole' },
      { scope: [], house: false, user: 'dinhdanh_app' },
    ],
    [asSystem('test'), { scope: [], house: true, user: 'dinhdanh_app' }],
    [
      { ...none, role: 'maintenance' },
      { scope: [], house: false, user: 'dinhdanh_maintenance' },
    ],
  ] as const
  const works = Array.from({ length: 60 }, () => kinds).flat()
  const found = await Promise.all(
    works.map(([authority]) => openWork(authority, async ({ tx }) => (await seen.execute(tx)).rows[0])),
  )
  assert.deepEqual(
    found,
    works.map(([, expected]) => expected),
  )
}

/** Queues a job and waits until it has run. */
async function runAJob({ openWork, database, log }: House) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const runner = await runJobs(database.url, { 'a-job': async () => resolve() }, { log })
  await openWork(asSystem('test'), work => queueJob(work, 'a-job', {}))
  await promise
  await runner.stop()
}

const codeOf = (opening: Promise<House>) =>
  opening.then(
    house => house.close().then(() => 'opened'),
    (error: unknown) => (error instanceof Problem ? error.code : error),
  )
const opens = async (addresses: Addresses) => {
  const house = await openAt(addresses, await aFolder())
  after(() => house.close())
  return house
}

test('through a pooler by session an installation works by both logins', { skip: noPooler }, async () => {
  const { url, appUrl } = through?.('by_session') ?? assert.fail()
  const house = await opens({ url, appUrl })
  await worksAtOnce(house)
  await runAJob(house)
  const { ok, found } = await checkDatabaseAddresses(house)
  assert.deepEqual(
    [ok, found],
    [true, 'the application through a pooler by session, the owner through a pooler by session'],
  )
})

test('through a pooler by transaction works run, and jobs by a direct address', { skip: noPooler }, async () => {
  const { url, appUrl, past: directUrl } = through?.('by_transaction') ?? assert.fail()
  const house = await opens({ url, appUrl, directUrl })
  await worksAtOnce(house)
  await runAJob(house)
  const { ok, found, todo } = await checkDatabaseAddresses(house)
  assert.equal(ok, carriesStatements)
  assert.match(found, /^the application through a pooler by transaction.*, jobs and migrations directly$/)
  assert.match(todo ?? '', /max_prepared_statements/)
})

test('where a session is needed, an address without one is refused before anything', { skip: noPooler }, async () => {
  const { url, appUrl, past } = through?.('by_transaction') ?? assert.fail()
  const statement = through?.('by_statement') ?? assert.fail()
  const refused = async (addresses: Addresses) => codeOf(openAt(addresses, await aFolder()))
  assert.equal(await refused({ url, appUrl }), 'database-direct-address-missing')
  assert.equal(await refused({ url, appUrl, directUrl: url }), 'database-direct-address-missing')
  assert.equal(await refused({ url, appUrl, directUrl: statement.past }), 'database-direct-address-elsewhere')
  const { url: byStatement, appUrl: ofApplication } = statement
  assert.equal(await refused({ url: byStatement, appUrl, directUrl: past }), 'database-pooled-by-statement')
  assert.equal(
    await refused({ url: statement.past, appUrl: ofApplication }),
    'database-pooled-by-statement',
    'of the application',
  )
})

test('the lock of migrations ends with them, also where a pooler keeps the session', {
  skip: noPooler,
  timeout: 30_000,
}, async () => {
  const { url, past } = through?.('by_session') ?? assert.fail()
  const locks = async () => {
    const client = new Client({ connectionString: past })
    await client.connect()
    return client
      .query(`select from pg_locks where locktype = 'advisory'`)
      .then(({ rowCount }) => rowCount)
      .finally(() => client.end())
  }
  const [held, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const before = async () => {
    held.resolve()
    await ended.promise
    throw new Error('it stops here')
  }
  const migrating = migrate(url, { before })
  await held.promise
  assert.equal(await locks(), 1)
  ended.resolve()
  await assert.rejects(migrating, /it stops here/)
  assert.equal(await locks(), 0)
})
