/**
 * Coalesces simultaneous queries into one statement, so that under load one database round trip serves several
 * requests.
 */

type Waiting<Key, Value> = { readonly key: Key; done(value: Value): void; fail(error: unknown): void }

/**
 * One batch at a time, so that others gather behind it; another if it takes long, so that nobody waits for a foreign
 * lock. A batch has a limited size.
 */
const concurrentBatches = 4
const waitMilliseconds = 20
const largestBatch = 64

/**
 * Gives a function that fetches one value. `fetchAll` fetches the values of some keys, in their order; its failure
 * fails all of them.
 */
export function coalesce<Key, Value>(
  fetchAll: (keys: readonly Key[]) => Promise<readonly Value[]>,
): (key: Key) => Promise<Value> {
  const waiting: Waiting<Key, Value>[] = []
  let asking = 0
  let lastAt = 0
  let isSet = false

  async function go(): Promise<void> {
    isSet = false
    if (waiting.length === 0) return
    const patience = asking === 0 ? 0 : lastAt + waitMilliseconds - performance.now()
    if (asking >= concurrentBatches) return
    if (patience > 0) return later(patience)
    const taken = waiting.splice(0, largestBatch)
    asking += 1
    lastAt = performance.now()
    try {
      const values = await fetchAll(taken.map(({ key }) => key))
      taken.forEach(({ done }, at) => void done(values[at] as Value))
    } catch (error) {
      for (const { fail } of taken) fail(error)
    } finally {
      asking -= 1
      now()
    }
  }
  // Calls of this turn of the event loop go into one batch.
  function now(): void {
    if (isSet || waiting.length === 0) return
    isSet = true
    setImmediate(go)
  }
  let isLater = false
  function later(milliseconds: number): void {
    if (isLater) return
    isLater = true
    setTimeout(() => {
      isLater = false
      now()
    }, milliseconds)
  }
  return key =>
    new Promise((done, fail) => {
      waiting.push({ key, done, fail })
      now()
    })
}
