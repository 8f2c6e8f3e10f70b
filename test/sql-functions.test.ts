import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client, type DatabaseError } from 'pg'
import { emptyDatabase, templates } from './house.ts'

/** A function keeps its text when a table is renamed: what it names is looked for here, since its call comes late. */

const url = await emptyDatabase(templates.migrated)

type SqlFunction = {
  readonly oid: number
  readonly name: string
  readonly language: string
  readonly body: string
  readonly definition: string
  readonly call: string
}

const ours = `n.nspname !~ '^(pg_|information_schema$|graphile_worker$|public$)'`

const functions = async (client: Client) =>
  (
    await client.query<SqlFunction>(`
      select p.oid::int, p.oid::regprocedure::text as name, l.lanname as language, p.prosrc as body,
        pg_get_functiondef(p.oid) as definition,
        format('select %I.%I(%s)', n.nspname, p.proname, coalesce((
          select string_agg('null::' || format_type(t, null), ', ' order by at)
          from unnest(p.proargtypes) with ordinality as given (t, at)), '')) as call
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
      where ${ours} and p.prokind = 'f' and l.lanname in ('sql', 'plpgsql') order by 2`)
  ).rows

/** What a statement says of a name that is not there: table, column, function or schema. */
const isUnknownName = (code: string | undefined) => ['42P01', '42703', '42883', '3F000'].includes(code ?? '')

async function failureOf(client: Client, statement: string): Promise<string | undefined> {
  await client.query('savepoint one')
  try {
    await client.query(statement)
    return undefined
  } catch (error) {
    const { code, message } = error as DatabaseError
    return isUnknownName(code) ? message : undefined
  } finally {
    await client.query('rollback to savepoint one')
  }
}

/** The names `schema.thing` in a text that no table, view or function bears. */
async function unknownNames(client: Client, body: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct found[1] || '.' || found[2] as name
      from regexp_matches($1, '\\m([a-z_]+)\\.([a-z_]+)\\M', 'g') as found
      where exists (select from pg_namespace n where n.nspname = found[1] and ${ours})
        and to_regclass(found[1] || '.' || found[2]) is null
        and not exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
          where n.nspname = found[1] and p.proname = found[2])
      order by 1`,
    [body],
  )
  return rows.map(({ name }) => name)
}

/** An SQL function is made anew, which reads its whole text; another is called with nulls, and its names are read. */
async function brokenFunctions(client: Client): Promise<string[]> {
  await client.query(`set local check_function_bodies = on; set local dinhdanh.sees = 'house'`)
  const broken: string[] = []
  for (const { name, language, body, definition, call } of await functions(client)) {
    const failure = await failureOf(client, language === 'sql' ? definition : call)
    if (failure) broken.push(`${name}: ${failure}`)
    for (const unknown of await unknownNames(client, body)) broken.push(`${name}: names ${unknown}, which is not there`)
  }
  return broken
}

/** On a connection of its own; nothing of it is kept. */
async function withinTransaction<T>(step: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    return await step(client)
  } finally {
    await client.end()
  }
}

test('after all migrations every function finds the tables, columns and functions that it names', async () => {
  assert.ok((await withinTransaction(functions)).length >= 35)
  assert.deepEqual(await withinTransaction(brokenFunctions), [])
})

test('the check finds functions whose table or column was renamed under them', async () => {
  const broken = await withinTransaction(async client => {
    await client.query('alter table cards.transition rename to path')
    await client.query('alter table rolls.row rename column left_on to gone_on')
    await client.query('alter table verification.tally rename column asked to answered')
    return brokenFunctions(client)
  })
  const names = new Set(broken.map(one => one.slice(0, one.indexOf('('))))
  for (const name of ['cards.analyze_tables', 'rolls.own_rows', 'verification.find'])
    assert.ok(names.has(name), `${name} is not among ${broken.join('\n')}`)
})

test('no check of a column is named by a table or a column that was renamed', async () => {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(`
    select c.conname as name from pg_constraint c
    join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
    join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1]
    where ${ours} and t.relkind in ('r', 'p') and not t.relispartition and c.contype = 'n'
      and t.relname || '_' || a.attname || '_not_null' <> regexp_replace(c.conname, '_null[0-9]$', '_null') order by 1`)
  await client.end()
  assert.deepEqual(rows, [])
})
