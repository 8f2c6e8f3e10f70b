import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { quickFolder } from '../../../test/quick-folder.ts'
import { migrateJobs } from '../jobs/jobs.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'

/** The embedded server's own login is no superuser, also where a former release made the cluster by one. */

const folder = await mkdtemp(join(quickFolder(), 'dinhdanh-house-owner-'))
after(() => rm(folder, { recursive: true, force: true }))
const open = () => openPostgres({ dataDir: join(folder, 'data'), purpose: 'test', durable: false })

async function within<Row extends object>(url: string, ...statements: readonly string[]): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    let rows: Row[] = []
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

const login = `select current_user::text as name, rolsuper or rolcreaterole or rolcreatedb or rolbypassrls as strong
  from pg_roles where rolname = current_user`

/** Each owner, with how many things of an installation they own. */
const owners = `
  select pg_get_userbyid(owner)::text as name, count(*)::int as things from (
    select relowner as owner from pg_class c join pg_namespace n on n.oid = relnamespace
      where nspname !~ '^(pg_|information_schema$|public$)'
    union all select nspowner from pg_namespace where nspname !~ '^(pg_|information_schema$|public$)'
    union all select proowner from pg_proc p join pg_namespace n on n.oid = pronamespace
      where nspname !~ '^(pg_|information_schema$|public$)'
    union all select typowner from pg_type t join pg_namespace n on n.oid = typnamespace
      where nspname !~ '^(pg_|information_schema$|public$)'
    union all select datdba from pg_database where datname = current_database()) o group by 1 order by 2`

test('a cluster of the former way is given to a login that is no superuser, with all that is in it', async () => {
  const first = await open()
  const { administratorUrl } = first
  await within(
    Object.assign(new URL(administratorUrl), { pathname: '/postgres' }).href,
    'drop database dinhdanh',
    'drop owned by dinhdanh_house',
    'drop role dinhdanh_house, dinhdanh_app, dinhdanh_maintenance, dinhdanh_application',
    'create database dinhdanh',
  )
  await migrate(administratorUrl, { before: () => migrateJobs(administratorUrl) })
  await within(
    administratorUrl,
    `insert into staff.officer (id, login, full_name, unit_id, added_at)
       values (gen_random_uuid(), 'phuong', 'Cán bộ phường', gen_random_uuid(), now())`,
  )
  const former = await within<{ name: string; things: number }>(administratorUrl, owners)
  await first.release()

  const house = await open()
  after(() => house.release())
  assert.deepEqual(await within(house.url, login), [{ name: 'dinhdanh_house', strong: false }])
  await assert.rejects(within(house.url, `copy (select 1) to program 'true'`), /permission denied/)
  assert.deepEqual(
    await within(house.url, owners),
    former.map(({ name, things }) => ({ name: name === 'dinhdanh_owner' ? 'dinhdanh_house' : name, things })),
  )
  assert.deepEqual(former.map(({ name }) => name).sort(), ['dinhdanh_maintenance', 'dinhdanh_owner'])
  assert.deepEqual(await within(house.url, 'select login from staff.officer'), [{ login: 'phuong' }])
  assert.equal((await migrate(house.url, { before: () => migrateJobs(house.url) })).applied, 0)
})
