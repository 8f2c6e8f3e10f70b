import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { keptTables } from '../src/data-protection/data-protection.ts'
import { laws } from '../src/laws.ts'
import type { Endpoint } from '../src/platform/endpoint.ts'
import { openHouse } from './house.ts'

/** docs/privacy.md says which personal data stands where, for what and how long: held against database and program. */

const house = await openHouse()
const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs/privacy.md'), 'utf8')

/** The cells of the lines below a heading of the page. */
const linesBelow = (heading: string): string[][] =>
  (page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    )
const codesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

const lines = linesBelow('What stands where').map(([table = '', columns = '', , purposes = '', kept = '']) => ({
  table: codesIn(table)[0] ?? '',
  columns: columns.split(', '),
  purposes: codesIn(purposes),
  kept,
}))

/** Each table that has columns which are not public, with these; a secret one is marked. */
const inDatabase = async () => {
  const rows = await house.owner<{ table: string; columns: string[] }>(`
    select n.nspname || '.' || c.relname as "table",
      array_agg(a.attname || case when d.comment ~ '\\[secret\\]$' then ' (secret)' else '' end order by a.attnum)
        as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    cross join lateral col_description(c.oid, a.attnum) as d (comment)
    where c.relkind in ('r', 'p') and not c.relispartition and d.comment ~ '\\[(personal|secret)\\]$'
    group by 1 order by 1`)
  return new Map(rows.map(({ table, columns }) => [table, columns]))
}

const faults = (found: ReadonlyMap<string, readonly string[]>): string[] => [
  ...[...found].flatMap(([table, columns]) => {
    const line = lines.find(one => one.table === table)
    if (!line) return [`${table} is not on the page`]
    return [
      ...columns.filter(one => !line.columns.includes(one)).map(one => `${table}.${one} is not on the page`),
      ...line.columns.filter(one => !columns.includes(one)).map(one => `${table}.${one} is no such column`),
    ]
  }),
  ...lines.filter(({ table }) => !found.has(table)).map(({ table }) => `${table} has no personal column`),
]

test('every table and column with personal data is on the page, and no other', async () => {
  const found = await inDatabase()
  assert.ok(found.size > 100, `only ${found.size} tables were read`)
  assert.deepEqual(faults(found), [])
})

test('the page and the impact assessment say the same of each table', () => {
  const said = linesBelow('What stands where').map(([table = '', , of = '', purposes = '']) => [
    codesIn(table)[0],
    of,
    codesIn(purposes).join(' '),
  ])
  const kept = keptTables.map(one => [one.table, one.of.join(', '), one.purposes.join(' ')])
  assert.deepEqual(said.sort(), kept.sort())
})

test('a new column with personal data fails until the page says what it is for', async () => {
  const found = new Map(await inDatabase())
  found.set('register.phone', [...(found.get('register.phone') ?? []), 'carrier'])
  found.set('register.new_table', ['person_id'])
  assert.deepEqual(faults(found), [
    'register.phone.carrier is not on the page',
    'register.new_table is not on the page',
  ])
})

test('each purpose of the page is one that is explained, and each purpose of a door is explained', async () => {
  const explained = new Set(linesBelow('Purposes').map(([purpose = '']) => codesIn(purpose)[0]))
  for (const { table, purposes } of lines) {
    assert.ok(purposes.length > 0, table)
    for (const purpose of purposes) assert.ok(explained.has(purpose), `${table}: ${purpose}`)
  }
  const contracts = await Promise.all(
    globSync('src/**/contract*.ts', { cwd: root }).map(async file =>
      Object.values((await import(join(root, file))) as Record<string, Partial<Endpoint>>),
    ),
  )
  const ofDoors = new Set(contracts.flat().flatMap(one => (one?.path && one.purpose ? [one.purpose] : [])))
  assert.ok(ofDoors.size > 10)
  assert.deepEqual(
    [...ofDoors].filter(purpose => !explained.has(purpose)),
    [],
  )
})

test('how long a thing is kept names rules that there are, and "stays" is said where nothing removes it', async () => {
  const ids = new Set(laws.map(({ id }) => id))
  const named = lines.flatMap(({ kept }) => codesIn(kept)).filter(code => /^[a-z-]+\.[a-z-]+$/.test(code))
  assert.ok(named.length > 10)
  assert.deepEqual(
    named.filter(code => !ids.has(code)),
    [],
  )

  // Functions of the database that drop what is over, for whoever does not see it.
  const schema = readFileSync(join(root, 'db/schema.sql'), 'utf8')
  const droppingFunctions = schema.match(/FUNCTION \w+\.drop_\w+[^$]*\$function\$[^$]*/g) ?? []
  const program = globSync('src/**/*.ts', { cwd: root })
    .filter(file => !file.includes('.test'))
    .map(file => readFileSync(join(root, file), 'utf8'))
    .concat(droppingFunctions)
    .join('\n')
  const removed = new Set(
    [...program.matchAll(/(?:delete from |deleteFrom\('|slowdownIn\(')([a-z_]+\.[a-z_]+)/g)].map(
      ([, table = '']) => table,
    ),
  )
  const follow = await house.owner<{ of: string; table: string }>(`
    select confrelid::regclass::text as "of", replace(conrelid::regclass::text, '"', '') as "table"
    from pg_constraint where contype = 'f' and confdeltype = 'c'`)
  for (const { of, table } of follow) if (removed.has(of.replaceAll('"', ''))) removed.add(table)
  const staying = lines.filter(({ kept }) => /^stays(;|$)/.test(kept)).map(({ table }) => table)
  assert.deepEqual(
    staying.filter(table => removed.has(table)),
    [],
  )
  assert.deepEqual(
    lines.map(({ table }) => table).filter(table => !removed.has(table) && !staying.includes(table)),
    [],
  )
})
