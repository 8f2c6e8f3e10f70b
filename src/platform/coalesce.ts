/**
 * Coalesces simultaneous requests into batches. A request that arrives while batches run waits for the next one, so it
 * is never answered from data read before it arrived. A thousand simultaneous requests cost some tens of transactions,
 * and a single one waits for nothing.
 */
export function coalesce<Asked, Answer>(
  answer: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
  { most, abreast }: { readonly most: number; readonly abreast: number },
): (asked: Asked) => Promise<Answer> {
  const waiting: { readonly asked: Asked; resolve(answer: Answer): void; reject(error: unknown): void }[] = []
  let underWay = 0

  async function take(): Promise<void> {
    const taken = waiting.splice(0, most)
    try {
      const answers = await answer(taken.map(({ asked }) => asked))
      if (answers.length !== taken.length) throw new Error('each who asks is answered')
      taken.forEach((one, at) => {
        one.resolve(answers[at] as Answer)
      })
    } catch (error) {
      for (const one of taken) one.reject(error)
    }
  }

  function begin(): void {
    while (underWay < abreast && waiting.length > 0) {
      underWay += 1
      void take().finally(() => {
        underWay -= 1
        begin()
      })
    }
  }

  return asked =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject })
      begin()
    })
}
