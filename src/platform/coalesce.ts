/** How requests are shared out; times in milliseconds. */
export type Batches = {
  /** Requests of one batch. */
  readonly most: number
  /** Batches that run at once. */
  readonly abreast: number
  /**
   * While a batch runs, another begins only so long after it: one at a time lets requests gather, a second one lets
   * nobody wait for a foreign lock. Without it a batch begins as soon as one may.
   */
  readonly patience?: number
  /** Who asks, at the moment of asking: a batch takes one request of each in turn, however many of one wait. */
  readonly who?: () => string
}

/**
 * Coalesces simultaneous requests into batches, so that under load one round trip to the database serves many. A
 * request that arrives while batches run waits for the next one, so it is never answered from data read before it
 * arrived; those of one turn of the event loop go together, and a single one waits for nothing. `answer` gives the
 * answers in the order of what was asked; its failure fails all of its batch.
 */
export function coalesce<Asked, Answer>(
  answer: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
  { most, abreast, patience = 0, who = () => '' }: Batches,
): (asked: Asked) => Promise<Answer> {
  type Waiting = { readonly asked: Asked; resolve(answer: Answer): void; reject(error: unknown): void }
  /** By who asks; who has waited longest for a place in a batch stands first. */
  const waiting = new Map<string, Waiting[]>()
  let running = 0
  let lastBegunAt = 0
  let isDue = false
  let timer: NodeJS.Timeout | undefined

  function takeBatch(): Waiting[] {
    const taken: Waiting[] = []
    while (taken.length < most && waiting.size > 0)
      for (const [key, line] of [...waiting]) {
        const next = taken.length < most ? line.shift() : undefined
        if (!next) break
        taken.push(next)
        waiting.delete(key)
        if (line.length > 0) waiting.set(key, line)
      }
    return taken
  }

  async function runBatch(): Promise<void> {
    const taken = takeBatch()
    running += 1
    lastBegunAt = performance.now()
    try {
      const answers = await answer(taken.map(({ asked }) => asked))
      if (answers.length !== taken.length) throw new Error('each who asks is answered')
      taken.forEach((one, at) => {
        one.resolve(answers[at] as Answer)
      })
    } catch (error) {
      for (const one of taken) one.reject(error)
    } finally {
      running -= 1
      schedule()
    }
  }

  function beginBatches(): void {
    isDue = false
    while (waiting.size > 0 && running < abreast) {
      const wait = running === 0 || patience === 0 ? 0 : lastBegunAt + patience - performance.now()
      if (wait > 0) {
        if (timer === undefined)
          timer = setTimeout(() => {
            timer = undefined
            schedule()
          }, wait)
        return
      }
      void runBatch()
    }
  }

  function schedule(): void {
    if (isDue || waiting.size === 0) return
    isDue = true
    setImmediate(beginBatches)
  }

  return asked =>
    new Promise((resolve, reject) => {
      const key = who()
      const line = waiting.get(key)
      if (line) line.push({ asked, resolve, reject })
      else waiting.set(key, [{ asked, resolve, reject }])
      schedule()
    })
}
