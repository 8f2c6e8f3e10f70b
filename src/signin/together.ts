/** What many ask at the same moment is asked in one statement: under load a round to the database serves several requests. */

type Waiting<Key, Value> = { readonly key: Key; done(value: Value): void; fail(error: unknown): void }

/** At most so many questions at once, and so many in one. */
const usual = { abreast: 2, most: 64 }

/** Gives a function that asks for one; `ask` gives the answers of some keys, in their order. Where it fails, all of them fail. */
export function together<Key, Value>(
  ask: (keys: readonly Key[]) => Promise<readonly Value[]>,
  { abreast, most }: { readonly abreast: number; readonly most: number } = usual,
): (key: Key) => Promise<Value> {
  const waiting: Waiting<Key, Value>[] = []
  let asking = 0
  let isSet = false

  async function go(): Promise<void> {
    isSet = false
    if (asking >= abreast || waiting.length === 0) return
    const taken = waiting.splice(0, most)
    asking += 1
    try {
      const values = await ask(taken.map(({ key }) => key))
      taken.forEach(({ done }, at) => void done(values[at] as Value))
    } catch (error) {
      for (const { fail } of taken) fail(error)
    } finally {
      asking -= 1
      if (waiting.length > 0) set()
    }
  }
  // Whoever comes in this turn of the loop is asked for together.
  function set(): void {
    if (isSet) return
    isSet = true
    setImmediate(go)
  }
  return key =>
    new Promise((done, fail) => {
      waiting.push({ key, done, fail })
      set()
    })
}
