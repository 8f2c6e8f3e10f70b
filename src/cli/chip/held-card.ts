import { randomUUID } from 'node:crypto'
import { type CounterReaderRefusal, counterReaderLimits } from '../../cards/chip-readings/counter-reader.ts'
import type { CardConnection } from '../../chip/access/command.ts'
import { isCarried } from './carried-commands.ts'

/** Why the program does not do what a page asks. */
export class ReaderRefusal extends Error {
  readonly code: CounterReaderRefusal

  constructor(code: CounterReaderRefusal, cause?: unknown) {
    super(code, { cause })
    this.code = code
  }
}

/** A card in a reader, held until it is left. */
export type OpenCard = CardConnection & { leave(): Promise<void> }
/** Waits a while for a card; `undefined` where none came. */
export type CardOpener = () => Promise<OpenCard | undefined>

/** The one card that is held at a time, for the one page that asked for it. */
export type HeldCard = {
  /** Throws reader-busy, no-card, reader-unusable. */
  begin(page: string): Promise<string>
  /** Throws line-gone, command-refused. */
  carry(page: string, line: string, command: Uint8Array): Promise<Uint8Array>
  end(page: string, line: string): Promise<void>
}

type Line = {
  readonly id: string
  readonly page: string
  readonly card: OpenCard
  readonly over: NodeJS.Timeout
  quiet: NodeJS.Timeout
  isBusy: boolean
}

const { lineSeconds, quietSeconds, answerBytes } = counterReaderLimits

export function openHeldCard(open: CardOpener): HeldCard {
  let line: Line | undefined
  let isOpening = false

  const leave = async (one: Line) => {
    if (line !== one) return
    line = undefined
    clearTimeout(one.over)
    clearTimeout(one.quiet)
    await one.card.leave().catch(() => undefined)
  }
  const after = (seconds: number, one: () => Line | undefined) =>
    setTimeout(() => {
      const known = one()
      if (known) void leave(known)
    }, seconds * 1000).unref()
  const lineOf = (page: string, id: string): Line => {
    if (!line || line.id !== id || line.page !== page) throw new ReaderRefusal('line-gone')
    return line
  }

  return {
    async begin(page) {
      // The page that holds the card begins anew, such as after it was loaded again; another one waits.
      if (isOpening || (line && line.page !== page)) throw new ReaderRefusal('reader-busy')
      isOpening = true
      try {
        if (line) await leave(line)
        const card = await open().catch((cause: unknown) => {
          throw new ReaderRefusal('reader-unusable', cause)
        })
        if (!card) throw new ReaderRefusal('no-card')
        const id = randomUUID()
        const mine = () => (line?.id === id ? line : undefined)
        line = { id, page, card, over: after(lineSeconds, mine), quiet: after(quietSeconds, mine), isBusy: false }
        return id
      } finally {
        isOpening = false
      }
    },
    async carry(page, id, command) {
      const one = lineOf(page, id)
      if (one.isBusy || !isCarried(command)) throw new ReaderRefusal('command-refused')
      one.isBusy = true
      try {
        const answer = await one.card.transmit(command)
        if (answer.length < 2 || answer.length > answerBytes) throw new Error('the answer has no length of an answer')
        clearTimeout(one.quiet)
        one.quiet = after(quietSeconds, () => (line === one ? one : undefined))
        return answer
      } catch (cause) {
        await leave(one)
        throw new ReaderRefusal('line-gone', cause)
      } finally {
        one.isBusy = false
      }
    },
    async end(page, id) {
      if (line?.id === id && line.page === page) await leave(line)
    },
  }
}
