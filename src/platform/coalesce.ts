/**
 * Those who ask at the same moment are answered together: whoever asks while answers are under way waits for the next,
 * and is never answered by what was read before they asked. A thousand at once cost some tens of transactions, and one
 * alone waits for nobody.
 */
export function gather<Asked, Answer>(
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
