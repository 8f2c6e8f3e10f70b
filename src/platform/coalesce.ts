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
}

/**
 * Coalesces simultaneous requests into batches, so that under load one round trip to the database serves many. A
 * request that arrives while batches run waits for the next one, so it is never answered from data read before it
 * arrived; those of one turn of the event loop go together, and a single one waits for nothing. `answer` gives the
 * answers in the order of what was asked; its failure fails all of its batch.
 */
export function coalesce<Asked, Answer>(
  answer: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
  { most, abreast, patience = 0 }: Batches,
): (asked: Asked) => Promise<Answer> {
  const waiting: { readonly asked: Asked; resolve(answer: Answer): void; reject(error: unknown): void }[] = []
  let running = 0
  let lastBegunAt = 0
  let isDue = false
  let timer: NodeJS.Timeout | undefined

  async function runBatch(): Promise<void> {
    const taken = waiting.splice(0, most)
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
    while (waiting.length > 0 && running < abreast) {
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
    if (isDue || waiting.length === 0) return
    isDue = true
    setImmediate(beginBatches)
  }

  return asked =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject })
      schedule()
    })
}
