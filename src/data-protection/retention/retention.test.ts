import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anActivatedAccount } from '../../../test/an-account.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { commands } from '../../cli/commands.ts'
import { endedData } from '../../ended-data.ts'
import { crontab } from '../../jobs.ts'
import { laws } from '../../laws.ts'
import { asDay } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { migrateJobs, queueJob } from '../../platform/jobs/jobs.ts'
import { builtInLaw, timelineOf } from '../../platform/law.ts'
import { asSystem, makeOpenWork } from '../../platform/work.ts'
import { keptTables } from '../data-protection.ts'
import { type RetentionKind, retentionKinds, retentionTerms } from '../law.ts'
import { plainTables, workingRows } from './removal.ts'
import * as retention from './retention.ts'

/** What the law keeps stays; what was only needed for a purpose goes when its term is over. */

const house = await openHouse({ withUnits: true })
const person = await anActivatedAccount(house, { name: 'Hoàng Gia Khánh' })

const sessions = (ended: string) =>
  house.owner(
    `insert into signin.session (person_id, id, account_id, token_hash, factors, browser, began_at, seen_at, ends_at,
       ended_at, ended_why)
     select $1, $2::uuid, $3, sha256($2::uuid::text::bytea), '[]', 'test', t.at, t.at, t.at, t.at, 'holder'
     from (select now() - $4::interval as at) t`,
    [person.personId, newId(), person.accountId, ended],
  )
const left = async () =>
  (
    await house.owner<{ n: number }>('select count(*)::integer as n from signin.session where person_id = $1', [
      person.personId,
    ])
  )[0]?.n

test('a session goes when its term is over, a day before it stays, and the deed says how many', async () => {
  const before = (await left()) ?? 0
  await sessions('731 days')
  await sessions('729 days')
  const due = await house.openWork(asSystem('data-protection'), work => retention.retentionOn(work, endedData))
  assert.equal(due.find(({ kind }) => kind === 'ended-citizen-sessions')?.due, 1)
  assert.equal(await left(), before + 2, 'to ask what is due removes nothing')
  assert.equal((await retention.removeEndedData(house.openWork, endedData))['ended-citizen-sessions'], 1)
  assert.equal(await left(), before + 1)
  const [deed] = await house.owner<{ facts: { count: number } }>(
    `select facts from audit.deed where deed = 'data.removed'`,
  )
  assert.equal(deed?.facts.count, 1)
})

test('an installation that says a kind is kept keeps it', async () => {
  await sessions('800 days')
  const terms = timelineOf(retentionTerms, builtInLaw)[0]?.value
  assert.ok(terms)
  const kept = { ...terms, 'ended-citizen-sessions': { ...terms['ended-citizen-sessions'], after: 'archive' as const } }
  const own = makeOpenWork(house.database, {
    beforeCommit: audit.seal,
    businessDay: () => asDay('2023-04-20'),
    lawRows: new Map([
      ['data-protection.retention-terms', [{ from: asDay('2020-01-01'), value: kept, source: 'QĐ1' }]],
    ]),
  })
  const before = await left()
  assert.equal((await retention.removeEndedData(own, endedData))['ended-citizen-sessions'], 0)
  assert.equal(await left(), before)
})

test('nothing that the law keeps has a hand that removes it', () => {
  for (const { value } of timelineOf(retentionTerms, builtInLaw))
    for (const kind of retentionKinds) {
      const removes = retention.removedHere.some(one => one === kind) || retention.removedBy[kind] !== undefined
      if (removes) assert.equal(value[kind].after, 'delete', kind)
      if (value[kind].after === 'delete' && kind !== 'working-data') assert.ok(removes, `${kind}: removed by nobody`)
    }
})

test('a term that is another rule’s names one that there is, and a job or command that there is', async () => {
  const ids = new Set(laws.map(({ id }) => id))
  for (const { rule, kind, removedBy } of await house.openWork(asSystem('none'), work =>
    retention.retentionOn(work, endedData),
  )) {
    assert.ok(rule === '' || ids.has(rule), `${kind}: ${rule}`)
    assert.ok(removedBy === null || removedBy in crontab || removedBy in commands, `${kind}: ${removedBy}`)
  }
})

test('a kind that is deleted has its term in no day before the law that keeps it for longer', () => {
  for (const { value } of timelineOf(retentionTerms, builtInLaw)) {
    assert.equal(value['access-history'].years, 5)
    for (const kind of ['register', 'deeds'] as const) assert.equal(value[kind].after, 'keep')
  }
})

const tablesOfDatabase = async () =>
  (
    await house.owner<{ table: string }>(`
      select n.nspname || '.' || c.relname as "table" from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition
        and n.nspname !~ '^(pg_|information_schema$|graphile_worker$|public$)' order by 1`)
  ).map(({ table }) => table)

/** What is wrong with the lines of tables: none, two, or one whose rows go and that nobody removes. */
function untold(tables: readonly string[]): string[] {
  const lines = [...keptTables, ...plainTables]
  const terms = timelineOf(retentionTerms, builtInLaw).at(-1)?.value ?? assert.fail('no rule')
  const hands: Readonly<Record<string, string>> = workingRows
  const ways = new Set(['with', 'anew', 'next', 'one', ...Object.keys(crontab)])
  const isRemoved = (table: string, kind: RetentionKind) =>
    kind === 'working-data'
      ? ways.has(hands[table] ?? '')
      : retention.removedHere.some(one => one === kind) || retention.removedBy[kind] !== undefined
  return tables.flatMap(table => {
    const [line, ...others] = lines.filter(one => one.table === table)
    if (!line) return [`${table}: no line says how long it is kept`]
    if (others.length > 0) return [`${table}: two lines`]
    if (terms[line.retention].after !== 'delete') return []
    return isRemoved(table, line.retention) ? [] : [`${table}: ${line.retention} is deleted, and by nobody`]
  })
}

test('each table has a dated rule, and whoever deletes what a rule does not keep', async () => {
  const tables = await tablesOfDatabase()
  assert.ok(tables.length > 200, `only ${tables.length} tables were read`)
  assert.deepEqual(untold(tables), [])
  const gone = [...keptTables, ...plainTables].map(({ table }) => table).filter(table => !tables.includes(table))
  assert.deepEqual([...gone, ...Object.keys(workingRows).filter(table => !tables.includes(table))], [])
  assert.deepEqual(untold(['cards.new_table']), ['cards.new_table: no line says how long it is kept'])
})

test('where a person signed in is kept for five years, and a job that gave up for ninety days', async () => {
  await migrateJobs(house.url)
  const visit = (ago: string) =>
    house.owner(
      `insert into signin.visit (person_id, id, client_id, party_id, at, level, strength, scopes)
       values ($1, $2, 'test', $2, now() - $3::interval, 2, 1, '{openid}')`,
      [person.personId, newId(), ago],
    )
  await visit('5 years 1 day')
  await visit('4 years 364 days')
  for (const name of ['test.old', 'test.young', 'test.waiting']) await house.work(work => queueJob(work, name, {}))
  const fail = (name: string, ago: string) =>
    house.owner(
      `update graphile_worker._private_jobs set attempts = max_attempts, updated_at = now() - $2::interval
       where task_id = (select id from graphile_worker._private_tasks where identifier = $1)`,
      [name, ago],
    )
  await fail('test.old', '91 days')
  await fail('test.young', '89 days')
  const removed = await retention.removeEndedData(house.openWork, endedData)
  assert.deepEqual([removed['sign-in-history'], removed['failed-jobs']], [1, 1])
  const left = await house.owner<{ task_identifier: string }>(
    `select task_identifier from graphile_worker.jobs where task_identifier like 'test.%' order by 1`,
  )
  assert.deepEqual(
    left.map(({ task_identifier }) => task_identifier),
    ['test.waiting', 'test.young'],
  )
  assert.equal((await house.owner('select from signin.visit where client_id = $1', ['test'])).length, 1)
})
