import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { Client, type DatabaseError } from 'pg'
import { openHouse } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import { countingStatements, type Database, kept, openDatabase } from './db.ts'
import { newId } from './ids.ts'
import { type AheadStatement, inOneMessage } from './one-message.ts'
import type { Problem } from './problem.ts'
import { asSystem, makeOpenWork, runAhead, type Work } from './work.ts'

const house = await openHouse()
const ahead = { ...asSystem('test'), inMessages: 'first-statement' } as const
const whole = { ...asSystem('test'), inMessages: 'whole' } as const

await house.owner('create table public.line (at integer primary key)')
await house.owner('grant select, insert on public.line to dinhdanh_app')
const lines = async () =>
  (await house.owner('select at from public.line order by at')).map(row => (row as { at: number }).at)
const write = (at: number) => kept`insert into public.line values (${at}::integer)`
const scope = kept<{ scope: string[]; house: boolean; pid: number }>`
  select platform.scope()::text[] as scope, platform.sees_house() as house, pg_backend_pid() as pid`

/** One connection, so that each work follows the last on it. */
async function onOneConnection(
  step: (openWork: ReturnType<typeof makeOpenWork>, database: Database) => Promise<void>,
  appUrl?: string,
): Promise<void> {
  const database = openDatabase(house.url, { connections: 1, ...(appUrl && { appUrl }) })
  try {
    await step(makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => undefined }), database)
  } finally {
    await database.end()
  }
}

const isForeign = (error: unknown) => (error as Problem).code === 'database-connection-foreign'

test('where BEGIN fails, no statement of the message runs outside a transaction', async () => {
  const client = new Client({ connectionString: house.url })
  await client.connect()
  const send = (statements: readonly AheadStatement[]) =>
    new Promise((resolve, reject) => {
      client.query(inOneMessage(statements, { known: new Map(), nameOf: text => text }, { resolve, reject }))
    })
  const attempt = { text: 'insert into public.line values (1)' }
  try {
    for (const begin of ['begin isolation level that there is not', 'begin isolation level serializable, read nothing'])
      for (const behind of [[attempt], [attempt, { text: 'commit' }]])
        await assert.rejects(send([{ text: begin }, ...behind]), (error: DatabaseError) => error.code === '42601')
    // A setting that is refused leaves the transaction failed.
    await assert.rejects(
      send([{ text: 'begin' }, { text: `set local time zone 'nowhere'` }, attempt, { text: 'commit' }]),
    )
    await client.query('rollback')
    assert.deepEqual(await lines(), [])
    await send([{ text: 'begin' }, attempt, { text: 'rollback' }])
    assert.deepEqual(await lines(), [], 'the statement itself was right')
  } finally {
    await client.end()
  }
})

test('a work’s beginning goes with its first statement, and what nobody waits for with COMMIT', async () => {
  const texts: string[] = []
  await countingStatements(texts, () =>
    house.as(ahead, async work => {
      const { rows } = await scope.execute(work.tx)
      assert.deepEqual([rows[0]?.scope, rows[0]?.house], [[], true])
      await runAhead(work, write(10))
      await runAhead(work, write(11))
    }),
  )
  assert.deepEqual([texts.length, texts.at(-1)], [2, 'commit'])
  assert.deepEqual(await lines(), [10, 11])
})

test('a statement that fails takes all that stands with it, and the work that sent it is told', async () => {
  const failing = house.as(ahead, async work => {
    await runAhead(work, write(20))
    await runAhead(work, write(10))
    await runAhead(work, write(21))
  })
  await assert.rejects(failing, (error: DatabaseError) => error.code === '23505')
  assert.deepEqual(await lines(), [10, 11])
})

test('a work that passes over a failed statement is not told that it was committed', async () => {
  const silent = house.as(ahead, async work => {
    await write(30).execute(work.tx)
    await write(10)
      .execute(work.tx)
      .catch(() => undefined)
  })
  await assert.rejects(silent, /failed before its end/)
  assert.deepEqual(await lines(), [10, 11])
})

test('a statement is prepared again where the message in which it was failed', async () => {
  await onOneConnection(async openWork => {
    const first = kept<{ one: number }>`select 1 / ${0}::integer as one, ${'a'}::text as what`
    await assert.rejects(openWork(ahead, work => first.execute(work.tx)))
    const again = (by: number) => kept<{ one: number }>`select 6 / ${by}::integer as one, 'a' as what`
    for (const by of [0, 2, 0, 3]) {
      const asked = openWork(ahead, work => again(by).execute(work.tx))
      if (by === 0) await assert.rejects(asked)
      else assert.deepEqual((await asked).rows, [{ one: 6 / by, what: 'a' }])
    }
  })
})

test('a statement whose table was changed fails once on a connection, and is read anew then', async () => {
  await house.owner('create table public.changed (a integer)')
  await house.owner('grant select on public.changed to dinhdanh_app')
  await onOneConnection(async openWork => {
    const all = () => openWork(ahead, work => kept<object>`select * from public.changed`.execute(work.tx))
    await all()
    await house.owner('alter table public.changed add column b integer default 2')
    await house.owner('insert into public.changed values (1)')
    await assert.rejects(all(), (error: DatabaseError) => error.code === '0A000')
    assert.deepEqual((await all()).rows, [{ a: 1, b: 2 }])
  })
})

test('a text that may hold several statements waits for those that were sent ahead of it', async () => {
  await house.as(ahead, async work => {
    await runAhead(work, write(40))
    const { rows } = await sql<{ at: number }>`select at from public.line where at = ${40}`.execute(work.tx)
    assert.deepEqual(rows, [{ at: 40 }])
  })
  assert.deepEqual(await lines(), [10, 11, 40])
})

test('a work in one message reads by one statement; a second, a change, a deed or none is refused', async () => {
  await onOneConnection(async openWork => {
    const texts: string[] = []
    const { rows } = await countingStatements(texts, () => openWork(whole, work => scope.execute(work.tx)))
    assert.deepEqual([rows[0]?.house, texts.length], [true, 1])

    const second = openWork(whole, async work => {
      await scope.execute(work.tx)
      await write(50).execute(work.tx)
    })
    await assert.rejects(second, /the transaction is over/)
    const later = openWork(whole, async work => {
      await scope.execute(work.tx)
      await runAhead(work, write(51))
    })
    await assert.rejects(later, /the transaction is over/)
    const deed = openWork(whole, async work => {
      await scope.execute(work.tx)
      work.deeds.push({ id: newId(), deed: 'card.blocked', subject: { kind: 'card', id: newId() }, facts: {} })
    })
    await assert.rejects(deed, /no deed and no reading/)
    await assert.rejects(
      openWork(whole, async () => undefined),
      /reads by one statement/,
    )
    const changing = openWork(whole, work => sql`insert into public.line values (52)`.execute(work.tx))
    await assert.rejects(changing, /whose plan is kept/)
    const keptChange = openWork(whole, work => write(53).execute(work.tx))
    await assert.rejects(keptChange, (error: DatabaseError) => error.code === '25006')

    const next = await openWork({ ...asSystem('test'), scope: 'none' }, work => scope.execute(work.tx))
    assert.equal(next.rows[0]?.house, false, 'the next work on that connection is as any other')
  })
  assert.deepEqual(await lines(), [10, 11, 40])
})

test('on a connection that is another’s, nothing that a message read is given, and the connection ends', async () => {
  await onOneConnection(async openWork => {
    for (const authority of [ahead, whole])
      for (const left of [`set dinhdanh.sees = 'house'`, `set dinhdanh.scope = '{${newId()}}'`]) {
        const none = { ...authority, scope: 'none' } as const
        const pid = await openWork({ ...asSystem('test'), scope: 'none' }, async work => {
          await sql.raw(left).execute(work.tx)
          return (await scope.execute(work.tx)).rows[0]?.pid
        })
        const given: unknown[] = []
        const reading = async (work: Work) => void given.push((await scope.execute(work.tx)).rows)
        await assert.rejects(openWork(none, reading), isForeign, left)
        assert.deepEqual(given, [])
        const next = (await openWork(none, work => scope.execute(work.tx))).rows[0]
        assert.notEqual(next?.pid, pid, 'the connection was replaced')
        assert.deepEqual([next?.scope, next?.house], [[], false])
      }
  })
  await onOneConnection(async openWork => {
    await assert.rejects(
      openWork(ahead, work => write(60).execute(work.tx)),
      isForeign,
    )
  }, house.url)
  assert.deepEqual(await lines(), [10, 11, 40])
})

test('a work that is killed before its last message leaves nothing, and its connection serves no other', async () => {
  const killed = house.as(ahead, async work => {
    const { rows } = await scope.execute(work.tx)
    await runAhead(work, write(70))
    await house.owner('select pg_terminate_backend($1)', [rows[0]?.pid])
    await new Promise(resolve => setTimeout(resolve, 100))
  })
  await assert.rejects(killed)
  assert.deepEqual(await lines(), [10, 11, 40])
  assert.equal((await house.as(ahead, work => scope.execute(work.tx))).rows[0]?.house, true)
})
