import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { openHouse } from '../../../test/house.ts'
import { coalesce } from '../../platform/coalesce.ts'
import { newId } from '../../platform/ids.ts'
import type { OpenWork } from '../../platform/work.ts'
import { artifactOf } from '../artifact.ts'
import { batchesOfProvider } from './coalesced-reads.ts'
import { type Exchange, newExchange } from './exchange.ts'
import { readInLane } from './shared-reads.ts'
import { commit } from './shared-writes.ts'

const house = await openHouse()
let works = 0
let breaks: (() => void) | undefined
const openWork: OpenWork = (standing, verb) =>
  house.openWork(standing, async work => {
    works += 1
    const result = await verb(work)
    breaks?.()
    return result
  })

let made = 0
const name = () => `artifact-${++made}`
const soon = () => Math.floor(Date.now() / 1000) + 60

/** An exchange that keeps one thing and uses up one proof. */
function anExchange({ id = name(), proof = name() } = {}): Exchange & { readonly id: string } {
  const exchange = newExchange(openWork, newId<'request'>())
  exchange.writes.set(`Kept ${id}`, { id, artifact: artifactOf('Kept', id, { exp: soon() }) })
  exchange.firsts.push(artifactOf('ReplayDetection', proof, { exp: soon() }))
  return { ...exchange, id }
}

const isKept = async ({ writes }: Exchange) => {
  const [write] = writes.values()
  if (!write || !('artifact' in write)) throw new Error('it keeps one thing')
  const rows = await house.owner('select from signin.artifact where kind = $1 and id_hash = $2', [
    'Kept',
    write.artifact.idHash,
  ])
  return rows.length === 1
}

test('simultaneous exchanges are written in one transaction, each of them whole', async () => {
  const before = works
  const all = Array.from({ length: 20 }, () => anExchange())
  assert.deepEqual(await Promise.all(all.map(commit)), Array(20).fill(undefined))
  assert.equal(works - before, 1)
  for (const one of all) assert.ok(await isKept(one))
})

test('the loser of a conflict leaves nothing and costs the others nothing', async () => {
  const proof = name()
  await commit(anExchange({ proof }))
  const others = [anExchange(), anExchange(), anExchange()]
  const late = anExchange({ proof })
  const lost = await Promise.all([others[0], late, others[1], others[2]].map(one => commit(one as Exchange)))
  assert.deepEqual(lost, [undefined, { why: 'replayed', which: 0 }, undefined, undefined])
  assert.ok(!(await isKept(late)))
  for (const one of others) assert.ok(await isKept(one))
})

test('one failed exchange does not stop the others', async () => {
  const others = [anExchange(), anExchange()]
  const bad = anExchange()
  bad.also.push(async () => {
    throw new Error('it fails')
  })
  const results = await Promise.allSettled([others[0], bad, others[1]].map(one => commit(one as Exchange)))
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.ok(!(await isKept(bad)))
  for (const one of others) assert.ok(await isKept(one))
})

test('two exchanges with the same keys are written one after the other', async () => {
  const proof = name()
  const [first, second] = [anExchange({ proof }), anExchange({ proof })]
  assert.deepEqual(await Promise.all([commit(first), commit(second)]), [undefined, { why: 'replayed', which: 0 }])
  assert.deepEqual([await isKept(first), await isKept(second)], [true, false])
})

test('a lost commit is not retried, because nobody knows whether it happened', async () => {
  const before = works
  breaks = () => {
    throw new Error('the connection is lost')
  }
  const results = await Promise.allSettled([anExchange(), anExchange()].map(commit))
  breaks = undefined
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.equal(works - before, 1)
})

test('a shared read transaction sees the latest commit and is released when idle', async () => {
  const one = anExchange()
  const count = () =>
    readInLane(
      openWork,
      'test',
      async ({ tx }) =>
        (await tx.selectFrom('signin.artifact').select('kind').where('kind', '=', 'Kept').execute()).length,
    )
  const before = await count()
  await commit(one)
  assert.equal(await count(), before + 1)
  await setTimeout(150)
  const open = await house.owner(
    `select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
  )
  assert.equal(open.length, 0)
})

test('questions asked meanwhile are coalesced; a failed question fails only its own callers', async () => {
  const asked: (readonly number[])[] = []
  const double = coalesce<number, number>(async keys => {
    asked.push(keys)
    await setTimeout(keys.includes(1) ? 50 : 5)
    if (keys.includes(13)) throw new Error('unlucky')
    return keys.map(key => key * 2)
  }, batchesOfProvider)
  const first = double(1)
  while (asked.length === 0) await setImmediate()
  assert.deepEqual(await Promise.all([first, double(2), double(3)]), [2, 4, 6])
  assert.deepEqual(asked, [[1], [2, 3]])
  await assert.rejects(double(13))
  assert.equal(await double(4), 8)
})
