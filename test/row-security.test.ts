import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { rowSettings } from '../src/platform/row-scope.ts'
import { openHouse } from './house.ts'

const house = await openHouse()

type Column = { table: string; kind: string; column: string; comment: string | null }
type Table = {
  table: string
  enabled: boolean
  forced: boolean
  application: string[] | null
  maintenance: boolean
  owned: boolean
}

/** Our own schemas; the job queue's is apart (house.md 9.8), temporary tables come and go. */
const ours = `n.nspname !~ '^(pg_|information_schema$|public$|graphile_worker$)'`

const columns = () =>
  house.owner<Column>(`
    select n.nspname || '.' || c.relname as "table", c.relkind as kind, a.attname as "column",
      col_description(c.oid, a.attnum) as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and ${ours}
    order by 1, a.attnum`)

const security = () =>
  house.owner<Table>(`
    select n.nspname || '.' || c.relname as "table", c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
           (select array_agg(distinct p.cmd) from pg_policies p
            where p.schemaname = n.nspname and p.tablename = c.relname
                and 'dinhdanh_app' = any (p.roles)) as application,
           exists (select from pg_policies p where p.schemaname = n.nspname and p.tablename = c.relname
                   and 'dinhdanh_maintenance' = any (p.roles) and p.cmd = 'ALL' and p.qual = 'true'
                       and p.with_check = 'true') as maintenance,
           c.relowner::regrole::text in ('dinhdanh_app', 'dinhdanh_maintenance') as owned
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours} order by 1`)

const tagOf = ({ comment }: Column) => /\[(public|personal|secret)\]$/.exec(comment ?? '')?.[1]

test('every table has a comment, and each column comment ends in public, personal or secret', async () => {
  const all = await columns()
  assert.ok(all.length > 100, `only ${all.length} columns were read`)
  const untagged = all.filter(column => !tagOf(column)).map(({ table, column }) => `${table}.${column}`)
  assert.deepEqual(untagged, [])
  const bare = await house.owner<{ table: string }>(`
    select n.nspname || '.' || c.relname as "table" from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition and ${ours}
      and obj_description(c.oid, 'pg_class') is null order by 1`)
  assert.deepEqual(bare, [])
})

test('tables with personal or secret columns force row security, with application and maintenance', async () => {
  const closed = new Set((await columns()).filter(column => tagOf(column) !== 'public').map(({ table }) => table))
  const tables = (await security()).filter(({ table }) => closed.has(table))
  assert.ok(tables.length >= 9, `only ${tables.length} personal tables were read`)
  assert.ok(closed.has('staff.credential') && closed.has('audit.access'))
  const open = tables.filter(
    ({ enabled, forced, application, maintenance }) => !enabled || !forced || !application || !maintenance,
  )
  assert.deepEqual(open, [])
})

test('row security is forced on table owners too, and the running roles own no table', async () => {
  const tables = await security()
  assert.deepEqual(
    tables.filter(({ enabled, forced }) => enabled !== forced),
    [],
  )
  assert.deepEqual(
    tables.filter(({ owned }) => owned),
    [],
  )
})

test('without a scope the application reads nothing from personal tables', async () => {
  const closed = new Set((await columns()).filter(column => tagOf(column) !== 'public').map(({ table }) => table))
  const policies = await house.owner<{ table: string; name: string; qual: string }>(`
    select schemaname || '.' || tablename as "table", policyname as name, qual from pg_policies
    where 'dinhdanh_app' = any (roles) and cmd in ('ALL', 'SELECT') order by 1, 2`)
  // A policy asks for the scope itself, for what the actor did, or for a row of another such table, whose own policies
  // then hold.
  const asksFor = (qual: string) =>
    new RegExp(
      String.raw`platform\.(?:scope|sees_house|person|parts|actor)|(?:staff|accounts|parties)\.signing_in` +
        String.raw`|parties\.engineer|signin\.in_sign_in_scope`,
    ).test(qual) || [...qual.matchAll(/FROM ([a-z_]+\.[a-z_]+)/g)].some(([, other]) => closed.has(other ?? ''))
  const wideOpen = policies.filter(({ table, qual }) => closed.has(table) && !asksFor(qual))
  assert.deepEqual(wideOpen, [])
})

test('views for other contexts show only the caller’s scope', async () => {
  const views = await house.owner<{ view: string }>(`
    select n.nspname || '.' || c.relname as view from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'v' and ${ours}
      and not coalesce('security_invoker=true' = any (c.reloptions)
        or 'security_invoker=on' = any (c.reloptions), false)`)
  assert.deepEqual(views, [])
})

test('the application’s login and the maintenance role bypass nothing, and only the login may enter', async () => {
  const strong = await house.owner(
    `select rolname from pg_roles where rolname in ('dinhdanh_app', 'dinhdanh_maintenance')
        and (rolbypassrls or rolsuper or rolcreaterole or rolcreatedb or rolcanlogin <> (rolname = 'dinhdanh_app'))`,
  )
  assert.deepEqual(strong, [])
})

test('the application’s login is a member of nothing and can take no other role', async () => {
  assert.deepEqual(
    await house.owner(`select roleid::regrole from pg_auth_members where member = 'dinhdanh_app'::regrole`),
    [],
  )
  const [{ me }] = (await house.owner<{ me: string }>('select current_user as me')) as [{ me: string }]
  for (const role of [me, 'dinhdanh_maintenance', 'dinhdanh_application', 'pg_read_all_data'])
    for (const statement of [`set role ${role}`, `set session authorization ${role}`])
      await assert.rejects(
        house.work(work => sql.raw(statement).execute(work.tx)),
        { code: '42501' },
        statement,
      )
  const { rows } = await house.work(work =>
    sql`reset role; reset session authorization`
      .execute(work.tx)
      .then(() => sql<{ me: string }>`select current_user::text as me`.execute(work.tx)),
  )
  assert.deepEqual(rows, [{ me: 'dinhdanh_app' }])
})

test('the role that migrations up to 0055 name has no grant and no policy any more', async () => {
  const left = await house.owner(`
    select classid::regclass, objid from pg_shdepend
    where refclassid = 'pg_authid'::regclass and refobjid = 'dinhdanh_application'::regrole
      and dbid = (select oid from pg_database where datname = current_database())`)
  assert.deepEqual(left, [])
})

test('every setting that a policy reads is read back at the beginning of a work', async () => {
  const functions = await house.owner<{ text: string }>(
    `select pg_get_functiondef(p.oid) as text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where ${ours} and p.prokind = 'f' and p.prosrc like '%dinhdanh.%'
     union all select qual from pg_policies where qual like '%dinhdanh.%'`,
  )
  const named = functions.flatMap(({ text }) => [...text.matchAll(/'dinhdanh\.(\w+)'/g)].map(([, name]) => name))
  assert.deepEqual([...new Set(named)].sort(), [...rowSettings].sort())
})

test('the check finds a personal table without row security', async () => {
  await house.owner(`create table staff.forgotten (id uuid primary key, name text);
    comment on table staff.forgotten is 'Forgotten.'; comment on column staff.forgotten.id is 'Id. [public]';
    comment on column staff.forgotten.name is 'Name. [personal]'`)
  const found = (await security()).find(({ table }) => table === 'staff.forgotten')
  assert.deepEqual([found?.enabled, found?.forced, found?.application, found?.maintenance], [false, false, null, false])
  assert.ok((await columns()).some(column => column.table === 'staff.forgotten' && tagOf(column) === 'personal'))
  await house.owner('drop table staff.forgotten')
})

test('no function and no policy reads the scope, a list of hundreds, anew for each row', async () => {
  const reading = await house.owner<{ name: string }>(`
    select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${ours} and p.prosrc ~* '(any *\\(|&&|@>) *platform\\.scope\\(\\)'
    union all select schemaname || '.' || tablename || ' ' || policyname from pg_policies
    where concat(qual, with_check) ~* '(any *\\(|&&|@>) *platform\\.scope\\(\\)'`)
  assert.deepEqual(reading, [], 'write (select platform.scope())::uuid[]')
})
