import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openHouse } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import { openDatabase } from './db.ts'
import { type Id, newId } from './ids.ts'
import type { Problem } from './problem.ts'
import { asSystem, makeOpenWork, withAddedScope } from './work.ts'

const house = await openHouse()
const one = async <T>(
  work: { tx: Parameters<ReturnType<typeof sql<T>>['execute']>[0] },
  statement: ReturnType<typeof sql<T>>,
) => (await statement.execute(work.tx)).rows[0] as T

const settings = sql<{
  scope: string[]
  house: boolean
  role: string
}>`select platform.scope()::text[] as scope, platform.sees_house() as house, current_user as role`

test('a work without scope sees nothing, and one scope never leaks into the next on the same connection', async () => {
  const units = [newId<'unit'>(), newId<'unit'>()]
  const scoped = await house.as({ ...asSystem('test'), scope: { units } }, work => one(work, settings))
  assert.deepEqual(scoped, { scope: units, house: false, role: 'dinhdanh_app' })
  for (let i = 0; i < 10; i += 1) {
    const bare = await house.as({ ...asSystem('test'), scope: 'none' }, work => one(work, settings))
    assert.deepEqual(bare, { scope: [], house: false, role: 'dinhdanh_app' })
  }
  assert.equal((await house.work(work => one(work, settings))).house, true)
})

test('a connection that dies while a work computes fails that work alone', async () => {
  const dying = house.work(async work => {
    const { pid } = await one(work, sql<{ pid: number }>`select pg_backend_pid() as pid`)
    await house.owner('select pg_terminate_backend($1)', [pid])
    await new Promise(resolve => setTimeout(resolve, 100))
    await one(work, settings)
  })
  await assert.rejects(dying)
  assert.equal((await house.work(work => one(work, settings))).house, true)
})

test('a scope is built from UUIDs only', async () => {
  const crooked = `{}'; set local dinhdanh.sees = 'house'; --` as Id<'unit'>
  await assert.rejects(
    house.as({ ...asSystem('test'), scope: { units: [crooked] } }, work => one(work, settings)),
    /UUIDs only/,
  )
})

test('only a maintenance work is the maintenance role, and the next is not', async () => {
  const role = await house.as({ ...asSystem('test'), role: 'maintenance' }, work => one(work, settings))
  assert.equal(role.role, 'dinhdanh_maintenance')
  assert.equal((await house.work(work => one(work, settings))).role, 'dinhdanh_app')
})

test('what somebody set for a whole session is found before the next work reads anything with it', async () => {
  const database = openDatabase(house.url, { connections: 1 })
  const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => undefined })
  const backend = sql<{ pid: number }>`select pg_backend_pid() as pid`
  try {
    // As a pooler leaves it that gives one connection to two houses, or a statement that was smuggled in.
    for (const left of [`set dinhdanh.sees = 'house'`, `set dinhdanh.scope = '{${newId()}}'`]) {
      const { pid } = await openWork({ ...asSystem('test'), scope: 'none' }, async work => {
        await sql.raw(left).execute(work.tx)
        return one(work, backend)
      })
      const reads = openWork({ ...asSystem('test'), scope: 'none' }, work => one(work, settings))
      await assert.rejects(reads, (error: unknown) => (error as Problem).code === 'database-connection-foreign', left)
      const next = await openWork({ ...asSystem('test'), scope: 'none' }, async work => ({
        ...(await one(work, settings)),
        ...(await one(work, backend)),
      }))
      assert.notEqual(next.pid, pid, 'the connection was replaced')
      assert.deepEqual([next.scope, next.house], [[], false])
    }
  } finally {
    await database.end()
  }
})

test('a connection that belongs to another login is refused before a statement runs on it', async () => {
  // As where a pooler, or a setting, gives out the owner's connections.
  const database = openDatabase(house.url, { appUrl: house.url, connections: 1 })
  const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => undefined })
  try {
    const reached: string[] = []
    await assert.rejects(
      openWork({ ...asSystem('test'), scope: 'none' }, async () => void reached.push('the verb')),
      (error: unknown) => (error as Problem).code === 'database-connection-foreign',
    )
    assert.deepEqual(reached, [])
  } finally {
    await database.end()
  }
})

test('steps after the commit run once it is there, and never on rollback', async () => {
  const ran: string[] = []
  await house.work(async work => {
    work.afterCommit.push(() => ran.push('committed'))
    assert.deepEqual(ran, [])
  })
  await house
    .work(async work => {
      work.afterCommit.push(() => ran.push('rolled back'))
      throw new Error('no')
    })
    .catch(() => {})
  assert.deepEqual(ran, ['committed'])
})

test('a work has one instant and the installation’s business day', async () => {
  await house.work(async work => {
    assert.equal(work.today, '2023-04-20')
    assert.ok(Math.abs(work.now.getTime() - Date.now()) < 5000)
  })
})

test('a work with an added school sees it for one call only, also when the call is refused', async () => {
  const [own, lent] = [newId<'unit'>(), newId<'unit'>()]
  await house.as({ ...asSystem('test'), scope: { units: [own] } }, async work => {
    const seen = () => one(work, settings).then(({ scope }) => scope)
    const during = await withAddedScope(work, [lent], async wide => {
      assert.deepEqual(wide.scope, { units: [own, lent] })
      return seen()
    })
    assert.deepEqual([during, await seen()], [[own, lent], [own]])
    await assert.rejects(
      withAddedScope(work, [lent], () => Promise.reject(new Error('refused'))),
      /refused/,
    )
    assert.deepEqual(await seen(), [own])
  })
  assert.equal(
    await house.work(work => withAddedScope(work, [lent], wide => one(wide, settings).then(row => row.house))),
    true,
  )
})

test('a plan that is kept shows each work its own rows', async () => {
  const person = newId()
  await house.owner(
    `insert into audit.access (person_id, id, batch_id, at, by_kind, by_id, purpose, fields)
      values ($1, $2, $2, now(), 'system', 'house', 'test', 'name')`,
    [person, newId()],
  )
  const seen = sql<{ rows: number; plans: number; backend: number }>`
    /* kept plan */
    select (select count(*)::integer from audit.access where person_id = ${person}) as rows,
      pg_backend_pid() as backend,
      (select count(*)::integer from pg_prepared_statements where statement like '%kept plan%audit.access%') as plans`
  const kept = new Set<number>()
  // More often than PostgreSQL makes a plan for the values at hand.
  for (let turn = 0; turn < 8; turn++) {
    const whole = await house.work(work => one(work, seen))
    const nobody = await house.as({ ...asSystem('test'), scope: 'none' }, work => one(work, seen))
    const maintenance = await house.as({ ...asSystem('test', 'none'), role: 'maintenance' }, work => one(work, seen))
    assert.deepEqual([whole.rows, nobody.rows, maintenance.rows], [1, 0, 1])
    for (const { plans, backend } of [whole, nobody, maintenance]) if (plans === 1) kept.add(backend)
  }
  assert.ok(kept.size > 0)
})
