import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { openWorkerPool, TaskLimitError } from './worker-pool.ts'

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-pool-'))
after(() => rm(folder, { recursive: true, force: true }))

/** A thread that doubles numbers; of some words it never comes back, or fills its memory. */
const script = pathToFileURL(join(folder, 'thread.ts'))
await writeFile(
  script,
  `import { serveTasks } from ${JSON.stringify(new URL('./worker-pool.ts', import.meta.url).href)}
   serveTasks((task: number | 'for ever' | 'all memory') => {
     const kept: number[][] = []
     while (task === 'for ever') {}
     while (task === 'all memory') kept.push(Array.from({ length: 1e6 }, Math.random))
     return (task as number) * 2
   })`,
)

const isLimit = (limit: TaskLimitError['limit']) => (error: unknown) =>
  error instanceof TaskLimitError && error.limit === limit

test('a task that never ends fails at its limit alone, and the tasks after it are answered', async () => {
  const pool = openWorkerPool<number | string, number>(script, { count: 1, limit: { milliseconds: 1500, waiting: 5 } })
  const hung = assert.rejects(pool.ask('for ever'), isLimit('time'))
  const next = pool.ask(21)
  await hung
  assert.equal(await next, 42)
  await pool.close()
})

test('a task that fills the memory fails alone, and the tasks after it are answered', async () => {
  const pool = openWorkerPool<number | string, number>(script, {
    count: 1,
    megabytes: 64,
    limit: { milliseconds: 60_000, waiting: 5 },
  })
  const filling = assert.rejects(pool.ask('all memory'), isLimit('memory'))
  const next = pool.ask(4)
  await filling
  assert.equal(await next, 8)
  await pool.close()
})

test('tasks beyond those that may wait are refused at once', async () => {
  const pool = openWorkerPool<number | string, number>(script, {
    count: 1,
    limit: { milliseconds: 60_000, waiting: 2 },
  })
  const asked = [pool.ask(1), pool.ask(2)]
  await assert.rejects(pool.ask(3), isLimit('waiting'))
  assert.deepEqual(await Promise.all(asked), [2, 4])
  await pool.close()
})
