import type { CardConnection } from '../../chip/access/command.ts'

/** A command that waits for the chip's answer, by its place in the reading, from 1. */
export type CommandOut = { readonly step: number; readonly command: Uint8Array }
/** The next command, or what the reading came to. */
export type Turn<T> = CommandOut | { readonly result: T; readonly isBroken: boolean }

export type Conversation<T> = {
  /** The command that is out now, or the result. */
  readonly now: Promise<Turn<T>>
  /**
   * Gives the answer to a command; undefined where the line to the chip broke. The same answer given again, since its
   * reply was lost, gets the same reply; another one, or one to another command, gets undefined.
   */
  answer(step: number, answer: Uint8Array | undefined): Promise<Turn<T>> | undefined
  /** Nobody waits any more. */
  end(): void
}

type Given = { readonly step: number; readonly answer: Uint8Array | undefined }

const isSame = (one: Given, other: Given) =>
  one.step === other.step && Buffer.compare(one.answer ?? Buffer.alloc(0), other.answer ?? Buffer.alloc(0)) === 0

/**
 * A reading whose commands wait for whoever carries them: a reader at the counter, or a telephone. Each command is made
 * with what the answer before it said, so that there is one at a time. The line ends with the command after `most`.
 */
export function converse<T>(
  read: (connection: CardConnection) => Promise<T>,
  { most }: { readonly most: number },
): Conversation<T> {
  let turn = Promise.withResolvers<Turn<T>>()
  let waiting: PromiseWithResolvers<Uint8Array> | undefined
  let given: Given | undefined
  let step = 0
  let isBroken = false

  const lineEnded = () => Promise.reject(new Error('the line to the chip has ended'))
  const transmit = (command: Uint8Array): Promise<Uint8Array> => {
    if (step >= most) isBroken = true
    if (isBroken) return lineEnded()
    step += 1
    waiting = Promise.withResolvers()
    turn.resolve({ step, command })
    return waiting.promise
  }
  const settle = (answer: Uint8Array | undefined) => {
    const asked = waiting
    waiting = undefined
    turn = Promise.withResolvers()
    // Whoever answered may be gone before the reading fails.
    turn.promise.catch(() => undefined)
    if (answer) asked?.resolve(answer)
    else {
      isBroken = true
      asked?.reject(new Error('the line to the chip has broken'))
    }
  }
  read({ transmit }).then(
    result => turn.resolve({ result, isBroken }),
    (error: unknown) => turn.reject(error),
  )
  turn.promise.catch(() => undefined)
  return {
    get now() {
      return turn.promise
    },
    answer(of, answer) {
      const one = { step: of, answer }
      if (given && isSame(given, one)) return turn.promise
      if (!waiting || of !== step) return undefined
      given = one
      settle(answer)
      return turn.promise
    },
    end() {
      if (waiting) settle(undefined)
      isBroken = true
    },
  }
}
