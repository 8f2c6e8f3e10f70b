import { Client } from 'pg'
import { steady } from './normal.ts'

/** The shape of a database from its catalog: each object by its kind and name, what it is made of in lines. */

const ours = `n.nspname !~ '^(pg_|information_schema$|graphile_worker$)'`
const name = `n.nspname || '.' ||`

const queries: Readonly<Record<string, string>> = {
  relation: `select ${name} c.relname as thing, 'kind ' || c.relkind::text || ', row security ' || c.relrowsecurity
    || ' ' || c.relforcerowsecurity
    || coalesce(', ' || obj_description(c.oid, 'pg_class'), '') || coalesce(', '
    || array_to_string(c.reloptions, ' '), '') as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours}
    and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')`,
  column: `select ${name} c.relname as thing, a.attname || ' ' || format_type(a.atttypid, a.atttypmod) ||
    case when a.attnotnull then ' not null' else '' end
    || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') || a.attgenerated::text || a.attidentity::text
    || coalesce(' -- ' || col_description(c.oid, a.attnum), '') as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where ${ours}
    and c.relkind in ('r', 'p', 'v', 'm') order by 1, a.attnum`,
  constraint: `select ${name} c.relname as thing, k.conname || ': ' || pg_get_constraintdef(k.oid) || coalesce(' -- '
    || obj_description(k.oid, 'pg_constraint'), '') as line
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where ${ours} order by 1, 2`,
  index: `select ${name} c.relname as thing, pg_get_indexdef(i.indexrelid) as line
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace where ${ours}
    order by 1, 2`,
  policy: `select schemaname || '.' || tablename as thing, policyname || ' ' || permissive || ' for ' || cmd || ' to '
    || array_to_string(roles, ', ')
    || coalesce(' using ' || qual, '') || coalesce(' with check ' || with_check, '') as line from pg_policies
    order by 1, 2`,
  trigger: `select ${name} c.relname as thing, pg_get_triggerdef(t.oid) as line from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
    join pg_namespace n on n.oid = c.relnamespace where ${ours} and not t.tgisinternal order by 1, 2`,
  view: `select ${name} c.relname as thing, pg_get_viewdef(c.oid) as line from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and c.relkind in ('v', 'm')`,
  function: `select p.oid::regprocedure::text as thing, pg_get_functiondef(p.oid) || coalesce(' -- '
    || obj_description(p.oid, 'pg_proc'), '') as line
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace left join pg_depend x on x.objid = p.oid
    and x.deptype = 'e'
    where ${ours} and p.prokind <> 'a' and x.objid is null order by 1`,
  type: `select ${name} t.typname as thing, format_type(t.typbasetype, t.typtypmod) || ' '
    || coalesce((select string_agg(e.enumlabel, ', ' order by e.enumsortorder)
    from pg_enum e where e.enumtypid = t.oid), '') || coalesce((select string_agg(pg_get_constraintdef(k.oid), ' '
    order by k.conname) from pg_constraint k
    where k.contypid = t.oid), '') as line from pg_type t join pg_namespace n on n.oid = t.typnamespace where ${ours}
    and t.typtype in ('e', 'd')`,
  grant: `select ${name} c.relname as thing, g.grantee::regrole::text || ': ' || string_agg(g.privilege_type, ', '
    order by g.privilege_type) as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) g
    where ${ours} and g.grantee <> 0
    group by 1, g.grantee order by 1, 2`,
  schema: `select n.nspname as thing, coalesce(obj_description(n.oid, 'pg_namespace'), '') || coalesce(' '
    || array_to_string(n.nspacl, ' '), '') as line
    from pg_namespace n where ${ours}`,
  role: `select rolname as thing, concat_ws(' ', rolsuper, rolinherit, rolcanlogin, rolbypassrls,
    array_to_string(rolconfig, ' ')) as line
    from pg_roles where rolname like 'dinhdanh%'`,
  extension: `select extname as thing, extversion as line from pg_extension`,
}

export async function asked<Row>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows as Row[]
  } finally {
    await client.end()
  }
}

export async function readSchema(url: string): Promise<Record<string, Record<string, string[]>>> {
  const shape: Record<string, Record<string, string[]>> = {}
  for (const [kind, text] of Object.entries(queries)) {
    const things: Record<string, string[]> = {}
    for (const { thing, line } of await asked<{ thing: string; line: string }>(url, text))
      things[thing] = [...(things[thing] ?? []), ...line.split('\n')]
    shape[kind] = things
  }
  return shape
}

/** What the house has done: how often each deed was noted. */
export const readDeeds = (url: string): Promise<{ deed: string; count: number }[]> =>
  asked(url, 'select deed, count(*)::integer as count from audit.deed group by 1 order by 1')

/** What people are told by message, as it was written for them. */
export const readMessages = async (url: string) =>
  (
    await asked<{ said: string }>(
      url,
      `select concat_ws(' | ', template, language, recipient, state, subject, body, page) as said
    from outreach.message`,
    )
  )
    .map(({ said }) => steady(said))
    .sort()

/** The names of the background jobs that the server knows, from its queue. */
export const readJobs = async (url: string) =>
  (await asked<{ identifier: string }>(url, 'select identifier from graphile_worker._private_tasks order by 1')).map(
    one => one.identifier,
  )

/** How many jobs wait whose moment has come. */
export async function jobsWaiting(url: string): Promise<number> {
  const [row] = await asked<{ count: number }>(
    url,
    'select count(*)::integer from graphile_worker.jobs where run_at <= now()',
  )
  return row?.count ?? 0
}

/** A fresh database beside the one of `url`. */
export async function makeDatabase(url: string, database: string): Promise<string> {
  await asked(url, `create database ${database}`)
  const place = new URL(url)
  place.pathname = `/${database}`
  return place.href
}
