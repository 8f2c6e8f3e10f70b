// How fast this machine is, by some fixed work on two threads at once: a budget in minutes says little without it.
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

/** What the work took on the quiet machine for which the budget of the tests was set, in ms. */
const usualMilliseconds = 660

/** Sorting, objects, texts and hashes, as programs are made of. */
function workHard(): number {
  let seed = 1
  const roll = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return seed
  }
  let sum = 0
  for (let turn = 0; turn < 6; turn++) {
    const rows = Array.from({ length: 60_000 }, () => ({ id: roll(), name: `name ${roll() % 5000}` }))
    rows.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : one.id - other.id))
    const text = JSON.stringify(rows)
    sum += createHash('sha256').update(text).digest()[0] ?? 0
    sum += JSON.parse(text).length
  }
  return sum
}

/** Twice as long as usual is 2. */
export async function measureSlowness(): Promise<number> {
  const begun = performance.now()
  await Promise.all(
    [0, 1].map(
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker(fileURLToPath(import.meta.url))
          worker.once('message', resolve)
          worker.once('error', reject)
        }),
    ),
  )
  return (performance.now() - begun) / usualMilliseconds
}

if (!isMainThread) parentPort?.postMessage(workHard())
