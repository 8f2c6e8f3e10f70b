import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { anyone, endpoint } from '../endpoint.ts'
import { laneTurns } from '../limits/law.ts'
import { openTurns } from '../limits/turns.ts'
import { openLog } from '../log.ts'
import { makeOpenWork } from '../work.ts'
import { openRequests, serve } from './serve-endpoint.ts'
import { makeServer } from './server.ts'

const house = await openHouse()
const turns = openTurns({ all: 24, lanes: laneTurns, waitSeconds: 15 })
const openWork = makeOpenWork(house.database, {
  beforeCommit: audit.seal,
  businessDay: () => undefined,
  inTurn: turns.inTurn,
})
const origin = 'http://localhost'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
const doors = { app, origin, openWork: openRequests(openWork, async () => undefined) }
const piece = 'x'.repeat(100_000)
const big = endpoint({ method: 'GET', path: '/big', summary: 'A big file', right: anyone, purpose: 'none' })
serve(doors, big, async work => {
  await sql`select 1`.execute(work.tx)
  assert.equal(turns.countOf('open').running, 1)
  return { name: 'big.txt', type: 'text/plain', content: Readable.from(Array.from({ length: 500 }, () => piece)) }
})
await app.listen({ port: 0, host: '127.0.0.1' })
after(() => app.close())

test('twenty readers who take nothing of a big answer hold no turn, and another is answered', async () => {
  const { port } = app.server.address() as { port: number }
  const readers = Array.from({ length: 20 }, () => connect(port, '127.0.0.1'))
  for (const reader of readers) {
    reader.write('GET /api/big HTTP/1.1\r\nhost: localhost\r\n\r\n')
    // One drop of the answer, and no more.
    await once(reader, 'readable')
  }
  await setTimeout(50)
  assert.deepEqual(turns.countOf('open'), { running: 0, waiting: 0 })
  const [{ held } = { held: -1 }] = await house.owner<{ held: number }>(
    `select count(*)::int as held from pg_stat_activity
     where datname = current_database() and usename = 'dinhdanh_app' and state like 'idle in transaction%'`,
  )
  assert.equal(held, 0)
  const other = await fetch(`http://127.0.0.1:${port}/api/big`)
  assert.equal((await other.text()).length, 500 * piece.length)
  for (const reader of readers) reader.destroy()
})
