import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { Client } from 'pg'
import { emptyDatabase, templates } from '../../../test/house.ts'
import { openHouse } from '../../open-house.ts'
import { applicationUrl } from '../db.ts'
import { migrateJobs } from '../jobs/jobs.ts'
import { Problem } from '../problem.ts'
import { fromRoot } from '../root.ts'
import { checkApplicationLogin, keptApplicationUrl, makePassword } from './application-login.ts'
import { migrate } from './migrate.ts'
import { scramVerifier } from './roles.ts'

const url = await emptyDatabase(templates.migrated)
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-login-'))
after(() => rm(folder, { recursive: true, force: true }))

const as = async <Row>(address: string, text: string): Promise<Row[]> => {
  const client = new Client({ connectionString: address })
  await client.connect()
  return client
    .query(text)
    .then(({ rows }) => rows as Row[])
    .finally(() => client.end())
}

const refusal = (code: string, found?: RegExp) => (error: unknown) =>
  error instanceof Problem && error.code === code && (!found || found.test(JSON.stringify(error.facts)))

test('the application’s own login passes the check', async () => {
  await checkApplicationLogin(url, applicationUrl(url))
})

test('a house does not open when the owner’s address is given for the application’s', async () => {
  const opening = openHouse({
    folder: join(folder, 'owner-for-application'),
    purpose: 'command',
    environment: { DATABASE_URL: url, DATABASE_APP_URL: url, DINHDANH_LOG_LEVEL: 'silent' },
  })
  await assert.rejects(opening, refusal('database-login-too-strong', /superuser/))
})

test('an application’s address that leads into another database is refused', async () => {
  const other = await emptyDatabase(templates.migrated)
  await assert.rejects(
    checkApplicationLogin(url, applicationUrl(other)),
    refusal('database-login-too-strong', /another database/),
  )
})

test('an application’s login that owns a table is refused with the table’s name', async () => {
  await as(url, 'create table units.own_table (id uuid); alter table units.own_table owner to dinhdanh_app')
  await assert.rejects(
    checkApplicationLogin(url, applicationUrl(url)),
    refusal('database-login-too-strong', /units\.own_table/),
  )
  await as(url, 'drop table units.own_table')
})

test('a login that cannot enter is refused with the statement that mends it, and no password', async () => {
  const closed = applicationUrl('postgresql://owner:very-secret@127.0.0.1:1/none', 'other-secret')
  await assert.rejects(
    checkApplicationLogin(url, closed),
    (error: unknown) =>
      refusal('database-login-missing', /alter role dinhdanh_app/)(error) &&
      !JSON.stringify((error as Problem).facts).includes('secret'),
  )
})

test('a password of the house’s own is made once, for the folder’s owner alone, and used afterwards', async () => {
  const place = await mkdtemp(join(folder, 'keys-of-'))
  await mkdir(join(place, 'keys'))
  assert.equal(new URL(await keptApplicationUrl(url, place)).password, '')
  const password = await makePassword(place)
  assert.equal(await makePassword(place), password)
  assert.ok(password.length >= 40)
  const file = join(place, 'keys', 'database-app.password')
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.equal((await readFile(file, 'utf8')).trim(), password)
  assert.equal(new URL(await keptApplicationUrl(url, place)).password, password)
})

test('PostgreSQL takes the verifier of a password as the password itself', async () => {
  const verifier = scramVerifier('mật khẩu-1')
  await as(url, `create role verifier_test login password '${verifier}'`)
  const [row] = await as<{ kept: string }>(
    url,
    `select rolpassword as kept from pg_authid where rolname = 'verifier_test'`,
  )
  await as(url, 'drop role verifier_test')
  assert.equal(row?.kept, verifier)
})

test('grants and policies of a database before 0056 go over to the login, and none stays behind', async () => {
  const old = await emptyDatabase()
  const before = join(folder, 'migrations-before')
  await cp(fromRoot('db/migrations'), before, { recursive: true })
  for (const file of await readdir(before)) if (file >= '0056') await rm(join(before, file))
  await migrateJobs(old)
  await migrate(old, { folder: pathToFileURL(`${before}/`) })
  const rights = (role: string) =>
    as<{ what: string }>(
      old,
      `select 'policy ' || schemaname || '.' || tablename || '.' || policyname || cmd || coalesce(qual, '') as what
         from pg_policies where '${role}' = any (roles)
       union all select table_schema || '.' || table_name || ' ' || privilege_type
         from information_schema.role_table_grants where grantee = '${role}'
       union all select table_schema || '.' || table_name || '.' || column_name || ' ' || privilege_type
         from information_schema.role_column_grants where grantee = '${role}'
       union all select routine_schema || '.' || specific_name || ' ' || privilege_type
         from information_schema.role_routine_grants where grantee = '${role}'
       union all select 'schema ' || n.nspname || a.privilege_type
         from pg_namespace n, aclexplode(n.nspacl) a where a.grantee = '${role}'::regrole
       order by 1`,
    )
  const had = await rights('dinhdanh_application')
  assert.ok(had.length > 500, `${had.length} rights`)
  assert.deepEqual(await rights('dinhdanh_app'), [])
  const upTo56 = join(folder, 'migrations-with-0056')
  await cp(fromRoot('db/migrations'), upTo56, { recursive: true })
  for (const file of await readdir(upTo56)) if (file >= '0057') await rm(join(upTo56, file))
  await migrate(old, { folder: pathToFileURL(`${upTo56}/`) })
  assert.deepEqual(await rights('dinhdanh_app'), had)
  assert.deepEqual(await rights('dinhdanh_application'), [])
})
