import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Client } from 'pg'

const run = promisify(execFile)
const at = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/**
 * Everything of our schemas that shapes data, as text in a fixed order: what a reviewer reads when a migration lands.
 */
const catalog = `
with ours as (
  select oid, nspname from pg_namespace where nspname !~ '^(pg_|information_schema|public$|graphile_worker$)'
), relation as (
  select c.oid, n.nspname || '.' || c.relname as name, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relacl
  from pg_class c join ours n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
)
select name as place, 1 as kind, 0 as spot,
  case relkind when 'v' then 'view' when 'm' then 'materialized view' else 'table' end || ' ' || name
       || case when relforcerowsecurity then ' (row security forced)' when relrowsecurity then ' (row security)'
         else '' end || coalesce(' by ' || lower(pg_get_partkeydef(oid)), '')
       || coalesce(' -- ' || obj_description(oid, 'pg_class'), '') as line from relation
union all
select r.name, 2, a.attnum, '  ' || rpad(a.attname, 22) || ' ' || format_type(a.atttypid, a.atttypmod) ||
  case when a.attnotnull then ' not null' else '' end
       || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') ||
         coalesce(' -- ' || col_description(r.oid, a.attnum), '')
from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
union all
select r.name, 3, 0, '  ' || pg_get_constraintdef(c.oid) || ' -- ' || c.conname from relation r
join pg_constraint c on c.conrelid = r.oid where c.contype <> 'n'
union all
select r.name, 4, 0, '  ' || pg_get_indexdef(i.indexrelid) from relation r join pg_index i on i.indrelid = r.oid
where not i.indisprimary
union all
select r.name, 5, 0, '  policy ' || p.policyname || ' for ' || lower(p.cmd) || ' to ' || array_to_string(p.roles, ', ')
       || coalesce(' using ' || p.qual, '') || coalesce(' with check ' || p.with_check, '')
from relation r join pg_policies p on p.schemaname || '.' || p.tablename = r.name
union all
select r.name, 6, 0,
  '  grant ' || lower(string_agg(g.privilege_type, ', ' order by g.privilege_type)) || ' to ' || g.grantee::regrole
from relation r cross join lateral aclexplode(r.relacl) g
where g.grantee::regrole::text like 'dinhdanh_%' and g.grantee::regrole::text not like '%owner'
group by r.name, g.grantee
union all
select r.name, 7, 0, pg_get_viewdef(r.oid) from relation r where r.relkind in ('v', 'm')
union all
select n.nspname || '.' || p.proname, 8, 0, pg_get_functiondef(p.oid) from pg_proc p
join ours n on n.oid = p.pronamespace
order by 1, 2, 3, 4`

/** The whole shape of the database at `url`, as db/schema.sql keeps it. */
export async function schemaText(url: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ place: string; line: string }>(catalog)
    const lines = rows.flatMap(({ place, line }, index) =>
      index > 0 && rows[index - 1]?.place !== place ? ['', line] : [line],
    )
    return (
      `-- Written from the catalog by \`npm run schema\`; read it in review, never run ` +
      `it.\n\n${lines.join('\n').replace(/(?<![ \t])[ \t]+$/gm, '')}\n`
    )
  } finally {
    await client.end()
  }
}

/** Columns that hold an id of one kind, whatever their table: no text and no other id is compared with them. */
const idColumns: Readonly<Record<string, string>> = {
  person: 'person|child|holder|withheld|representative|related_person|to_person',
  account: 'account',
  card: 'card',
  officer: 'officer',
  unit: '(?:[a-z]+_)?unit|commune|district|ancestor',
  school: 'school',
  roll: 'roll',
  campaign: 'campaign',
  party: 'party',
}

/** Tables whose own key is of one kind, by the names of their types, those of their `published_` views too. */
const keyedTables: Readonly<Record<string, string>> = {
  account: 'Accounts(Published)?Account',
  card: 'Cards(Published)?Card',
  officer: 'Staff(Published)?Officer',
  person: 'Register(Published)?Person',
  unit: 'Units(Published)?(Unit|PoliceUnit)',
  school: 'Units(Published)?School',
  roll: 'Rolls(Published)?Roll',
  campaign: 'Campaign(Published)?Campaign',
  party: 'Parties(Published)?Party',
}

/** Tables whose `unit_id` may also be that of a school. */
const ofUnitsAndSchools = /^AuditDeed$|^RegisterAccessCase$/

const withIds = (types: string) =>
  types
    .replace(/^export interface (\w+) \{\n(?:[ \t].*\n)*\}/gm, (table, name: string) => {
      const [own] = Object.entries(keyedTables).find(([, names]) => new RegExp(`^${names}$`).test(name)) ?? []
      if (ofUnitsAndSchools.test(name))
        return table.replace(new RegExp(`^( +(?:${idColumns['person']})_id: )string\\b`, 'gm'), `$1Id<'person'>`)
      const keyed = own ? table.replace(/^( +id: )string\b/m, `$1Id<'${own}'>`) : table
      return Object.entries(idColumns).reduce(
        (text, [kind, columns]) =>
          text.replace(new RegExp(`^( +(?:${columns})_id: )string\\b`, 'gm'), `$1Id<'${kind}'>`),
        keyed,
      )
    })
    .replace(/^import .*$/m, imported => `${imported}\nimport type { Id } from '../src/platform/ids.ts';`)

/** Breaks the lines of comments, which are the comments of columns, at the width of the code. */
const withinWidth = (types: string) =>
  types.replace(/^( *\* )(\S.*)$/gm, (line, lead: string, text: string) => {
    if (line.length <= 120) return line
    const lines = ['']
    for (const word of text.split(' ')) {
      const last = lines.at(-1) as string
      if (lead.length + last.length + word.length >= 120) lines.push(word)
      else lines[lines.length - 1] = last ? `${last} ${word}` : word
    }
    return lines.map(each => lead + each).join('\n')
  })

/** The TypeScript types of the same database, as db/types.ts keeps them. */
export async function typesText(url: string, file: string): Promise<string> {
  const modules = await mkdtemp(join(tmpdir(), 'dinhdanh-modules-'))
  try {
    // The generator asks for the compiler by its usual name; here it has another, so that a server does not get it.
    await symlink(at('../node_modules/typescript-compiler'), join(modules, 'typescript'))
    await generateTypes(url, file, modules)
  } finally {
    await rm(modules, { recursive: true })
  }
  const types = withinWidth(withIds(await readFile(file, 'utf8')))
  await writeFile(file, types)
  return types
}

async function generateTypes(url: string, file: string, modules: string): Promise<void> {
  const words = [
    '--dialect',
    'postgres',
    '--url',
    url,
    '--default-schema',
    'none',
    '--exclude-pattern',
    'graphile_worker.*',
    '--date-parser',
    'string',
    '--type-mapping',
    '{"int8":"number"}',
    '--log-level',
    'error',
    '--out-file',
    file,
  ]
  await run(at('../node_modules/.bin/kysely-codegen'), words, { env: { ...process.env, NODE_PATH: modules } })
}

export const schemaFile = at('schema.sql')
export const typesFile = at('types.ts')

/** Writes both files anew from a database that has all migrations. */
export async function generate(url: string): Promise<void> {
  await writeFile(schemaFile, await schemaText(url))
  await typesText(url, typesFile)
}
