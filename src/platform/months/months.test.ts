import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { Client } from 'pg'
import { schemaFile, schemaText } from '../../../db/generate.ts'
import { emptyDatabase, openHouse } from '../../../test/house.ts'
import { numberOfMigration, releaseOf } from '../../../test/release.ts'
import * as audit from '../../audit/audit.ts'
import { asDay } from '../day.ts'
import { newId } from '../ids.ts'
import { migrateJobs } from '../jobs/jobs.ts'
import { migrate } from '../postgres/migrate.ts'
import { type Authority, asSystem } from '../work.ts'
import { dropMonth, makeMonth, makeMonthsAhead, monthStates } from './months.ts'

/** Tables that are divided by month, as the table of readings is. */

const house = await openHouse()
const asMaintenance: Authority = { ...asSystem('test'), role: 'maintenance' }
const table = 'audit.access'

/** A reading as if it were noted at another moment. */
const readAt = (moment: Date | string) =>
  house.work(work =>
    audit.noteReading(Object.assign(work, { now: new Date(moment) }), [newId<'person'>()], ['identity']),
  )

const rowsByPart = () =>
  house.owner<{ part: string; rows: number }>(
    'select tableoid::regclass::text as part, count(*)::integer as rows from audit.access group by 1 order by 1',
  )
const waiting = async () => (await house.work(monthStates)).map(({ waiting: rows }) => rows)

const monthsFromNow = (months: number) => {
  const at = new Date()
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 15))
}
const partOf = (moment: Date) => `audit.access_${moment.toISOString().slice(0, 7).replace('-', '_')}`

/** A connection of the owner's, which ends with the file. */
async function aClient(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  await client.connect()
  after(() => client.end())
  return client
}

async function somebodyWaits(): Promise<void> {
  while ((await house.owner('select from pg_locks where not granted')).length === 0) await setTimeout(10)
}

test('readings of three months lie in three partitions, and whoever asks for a day looks into one', async () => {
  for (const day of ['2020-01-01', '2020-02-01', '2020-03-01'])
    await house.as(asMaintenance, work => makeMonth(work, table, asDay(day)))
  for (const moment of [
    '2020-01-31T16:59:59.999Z',
    '2020-01-31T17:00:00Z',
    '2020-02-10T00:00:00Z',
    '2020-03-31T16:59:00Z',
  ])
    await readAt(moment)
  assert.deepEqual(await rowsByPart(), [
    { part: 'audit.access_2020_01', rows: 1 },
    { part: 'audit.access_2020_02', rows: 2 },
    { part: 'audit.access_2020_03', rows: 1 },
  ])
  const plan = await house.owner<{ 'QUERY PLAN': string }>(
    `explain select from audit.access where by_id = 'x' and at >= '2020-02-03' and at < '2020-02-04'`,
  )
  const looked = new Set(plan.flatMap(line => line['QUERY PLAN'].match(/access_\d{4}_\d{2}(?=\s)|access_other/g) ?? []))
  assert.deepEqual([...looked], ['access_2020_02'])
})

test('months are made ahead once, so that after a year of sleep a reading finds its own', async () => {
  assert.deepEqual(await makeMonthsAhead(house.openWork), [])
  for (const months of [0, 1, 2]) await house.owner(`drop table ${partOf(monthsFromNow(months))}`)
  const other = await aClient(house.url)
  await other.query('begin')
  const { rows } = await other.query(`select platform.make_months('audit.access', array(
    select m::date from generate_series(now(), now() + interval '2 months', interval '1 month') m)) as made`)
  assert.deepEqual(
    rows[0].made,
    [0, 1, 2].map(months => partOf(monthsFromNow(months))),
  )
  const second = makeMonthsAhead(house.openWork)
  await somebodyWaits()
  await other.query('commit')
  assert.deepEqual(await second, [])
  await readAt(new Date())
  assert.deepEqual(await waiting(), [0])
})

test('a reading whose month is not made is told of, and moved when it is; an untrue moment stays', async () => {
  const [before, never] = [monthsFromNow(-5), new Date('2090-01-01T00:00:00Z')]
  for (const moment of [before, before, never]) await readAt(moment)
  assert.deepEqual(await waiting(), [3])
  assert.deepEqual(await makeMonthsAhead(house.openWork), [partOf(before)])
  assert.deepEqual(await waiting(), [1])
  const parts = new Map((await rowsByPart()).map(({ part, rows }) => [part, rows]))
  assert.deepEqual([parts.get(partOf(before)), parts.get('audit.access_other')], [2, 1])
})

test('the table is analysed as a whole when it never was, and anew with each month that is made', async () => {
  const analyzedRows = async () => {
    const [found] = await house.owner<{ rows: number }>(
      `select reltuples::integer as rows from pg_class where oid = 'audit.access'::regclass`,
    )
    return found?.rows
  }
  const before = await analyzedRows()
  await readAt(new Date())
  await makeMonthsAhead(house.openWork)
  assert.equal(await analyzedRows(), before, 'no month was made')
  await house.owner(`drop table ${partOf(monthsFromNow(2))}`)
  await makeMonthsAhead(house.openWork)
  const [{ count } = { count: 0 }] = await house.owner<{ count: number }>(
    'select count(*)::integer as count from audit.access',
  )
  assert.deepEqual([await analyzedRows(), count > (before ?? 0)], [count, true])
})

test('neither login has a right on a partition, and the application makes and drops none', async () => {
  const denied = (authority: Authority, statement: string) =>
    assert.rejects(
      house.as(authority, work => sql.raw(statement).execute(work.tx)),
      { code: '42501' },
      statement,
    )
  for (const part of ['audit.access_2020_01', 'audit.access_other'])
    for (const authority of [asSystem('test'), asMaintenance])
      for (const statement of [`select from ${part}`, `delete from ${part}`, `insert into ${part} default values`])
        await denied(authority, statement)
  await denied(
    asSystem('test'),
    `create table audit.mine partition of audit.access for values from ('2019-01-01') to ('2019-02-01')`,
  )
  await denied(asSystem('test'), `select platform.make_months('audit.access', array['2019-01-01'::date])`)
  await denied(asSystem('test'), `select platform.drop_month('audit.access', '2020-01-01')`)
  const rights = await house.owner(
    `select c.relname from pg_class c cross join lateral aclexplode(c.relacl) g
     where c.relispartition and c.relkind = 'r' and g.grantee <> c.relowner`,
  )
  assert.deepEqual(rights, [])
})

test('a month is dropped whole; one that is read meanwhile is waited for, and others with it a second', async () => {
  const drop = (day: string) => house.as(asMaintenance, work => dropMonth(work, table, asDay(day)))
  const reader = await aClient(house.url)
  await reader.query('begin; select from audit.access_2020_03')
  const dropped = drop('2020-03-01')
  await somebodyWaits()
  await readAt('2020-02-11T00:00:00Z')
  await reader.query('commit')
  assert.equal(await dropped, true)
  assert.equal(await drop('2020-03-01'), false, 'it has no partition any more')
  assert.equal(
    (await rowsByPart()).some(({ part }) => part === 'audit.access_2020_03'),
    false,
  )
})

test('an upgrade divides a table with its rows, and loses none of them, no right and no rule', async () => {
  const url = await emptyDatabase()
  const number = await numberOfMigration('audit_access_by_month')
  await migrate(url, { folder: await releaseOf(number - 1), before: () => migrateJobs(url) })
  const client = new Client({ connectionString: url })
  await client.connect()
  const rowsOf = async (text: string) => (await client.query<{ line: string }>(text)).rows.map(({ line }) => line)
  const everyRow = () => rowsOf('select a::text as line from audit.access a order by 1')
  try {
    await client.query(`
      insert into audit.access (person_id, id, batch_id, place, at, by_kind, by_id, unit_id, purpose, fields,
        case_kind, case_id)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), n, now() + make_interval(days => n - 60),
        'officer', 'o' || n, gen_random_uuid(), 'register', 'identity', 'card', gen_random_uuid()
      from generate_series(1, 200) n`)
    const before = await everyRow()
    await migrate(url)
    assert.deepEqual(await everyRow(), before)
    assert.equal(await schemaText(url), await readFile(schemaFile, 'utf8'))
    const parts = await rowsOf('select distinct tableoid::regclass::text as line from audit.access order by 1')
    assert.deepEqual(parts, ['audit.access_former', 'audit.access_other'])
    assert.deepEqual(
      await rowsOf(`select relacl::text as line from pg_class where relname = 'access_former'
      and (relrowsecurity or relforcerowsecurity or relacl::text like '%dinhdanh_app=%')`),
      [],
    )
  } finally {
    await client.end()
  }
})
