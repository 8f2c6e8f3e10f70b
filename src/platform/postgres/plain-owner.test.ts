import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import {
  aSystemPostgres,
  noSystemPostgres,
  passwordOfTests,
  type SystemPostgres,
} from '../../../test/a-system-postgres.ts'
import { terminalAnswerOf } from '../../../test/terminal-answer.ts'
import { journalFile } from '../../audit/revocation-journal.ts'
import { backupTo, keyPaper, restoreFrom } from '../../cli/backup.ts'
import { type House, openHouse } from '../../open-house.ts'
import { signerFingerprint } from '../archive/archive.ts'
import { queueJob } from '../jobs/jobs.ts'
import { Problem } from '../problem.ts'
import { asSystem } from '../work.ts'

/**
 * An installation on a server of the machine, whose owner is no superuser and makes no roles. The first test makes the
 * database that the others copy.
 */

const skip = noSystemPostgres
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-owner-'))
after(() => rm(folder, { recursive: true }))

const server = skip ? undefined : await aSystemPostgres()
const onServer = (): SystemPostgres => server ?? assert.fail('there is no server')

const openIn = (database: string, data: string): Promise<House> =>
  openHouse({
    folder: data,
    purpose: 'command',
    environment: {
      DATABASE_URL: onServer().addressOf('house_owner', database),
      DATABASE_APP_URL: onServer().addressOf('dinhdanh_app', database),
      DINHDANH_LOG_LEVEL: 'silent',
    },
  })
const aFolder = () => mkdtemp(join(folder, 'data-'))

test('missing rights are told all at once, and their statements are all that it takes', { skip }, async () => {
  const { executeIn } = onServer()
  await executeIn(
    'postgres',
    `create role house_owner login noinherit password '${passwordOfTests}'`,
    'create database made',
    'revoke connect, temporary on database made from public',
    'grant connect on database made to house_owner',
    'alter database made set default_transaction_read_only = on',
  )
  await executeIn('made', 'set default_transaction_read_only = off', 'create schema earlier')
  const refused = await openIn('made', await aFolder()).then(
    () => assert.fail('it was opened'),
    (error: unknown) => error,
  )
  assert.ok(refused instanceof Problem && refused.code === 'database-grant-missing')
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
  const schemas = await executeIn('made', `select from pg_namespace where nspname in ('platform', 'graphile_worker')`)
  assert.equal(schemas.length, 0, 'nothing was made')

  const statements = refused.facts['statements'] as string[]
  await executeIn('made', ...statements.map(statement => statement.replaceAll('…', passwordOfTests)))
  await (await openIn('made', await aFolder())).close()
})

/** An installation whose database has what the one before was opened with. */
async function anInstallation(database: string): Promise<House> {
  await onServer().executeIn('postgres', `create database ${database} template made owner house_owner`)
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
