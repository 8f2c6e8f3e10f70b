import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'

/** What a client was told had been done, in the order in which it was told, to be held against the database. */
export type Acknowledged = {
  readonly kind: string
  /** The id that the answer gave, or that was asked for. */
  readonly id: string
  /** What must be found of it: a name of its own, or a state. */
  readonly value: string
}

export type Ledger = {
  readonly entries: Acknowledged[]
  /** Requests that were sent again, since no answer came or one that said later. */
  again: number
  /** Counts what was refused by an answer and therefore was not done: the latest reason, and how often, by kind. */
  readonly refused: Map<string, { times: number; last: string }>
  refuse(kind: string, reason: string): void
}

export function newLedger(): Ledger {
  const refused: Ledger['refused'] = new Map()
  const refuse = (kind: string, last: string) =>
    void refused.set(kind, { times: (refused.get(kind)?.times ?? 0) + 1, last })
  return { entries: [], again: 0, refused, refuse }
}

/** What writers share. */
export type Writing = { readonly ledger: Ledger; isOver(): boolean }

type Change = {
  readonly path: string
  readonly method?: string
  readonly body?: unknown
}

/** A client that changes something until it is told that it is done, as a browser of ours does: under one key. */
export type Client = {
  change(asked: Change): Promise<Answered>
}

/** Milliseconds for which an answer is waited for, and most between two tries. */
const [patience, longestPause] = [20_000, 2_000]

const isLater = (status: number) => status === 429 || status >= 500

export type Answered = {
  readonly status: number
  readonly answer: Readonly<Record<string, unknown>>
  /** Whether it was sent before, and no answer came. */
  readonly isAgain: boolean
}

/**
 * Sends until an answer comes that is not "later". Throws where none does long after all is over. `send` gives the same
 * request each time.
 */
export async function untilAnswered(
  what: string,
  send: (signal: AbortSignal) => Promise<Response>,
  { ledger, isOver }: Writing,
): Promise<Answered> {
  for (let tries = 0; ; tries += 1) {
    try {
      const response = await send(AbortSignal.timeout(patience))
      const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>
      if (!isLater(response.status)) return { status: response.status, answer, isAgain: tries > 0 }
    } catch {
      // No answer: whether it was done nobody knows, so it is asked again.
    }
    // Long after the last fault nobody tries for ever: the run fails then.
    if (isOver() && tries > 120) throw new Error(`${what} was never answered`)
    ledger.again += 1
    await setTimeout(Math.min(longestPause, 100 * 2 ** Math.min(tries, 5)))
  }
}

export const client = (origin: string, token: string, ledger: Ledger, isOver: () => boolean): Client => ({
  change({ path, method = 'POST', body = {} }) {
    const headers = {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'idempotency-key': randomUUID(),
      cookie: `dinhdanh-session=${token}`,
    }
    const send = (signal: AbortSignal) =>
      fetch(`${origin}/api${path}`, { method, headers, body: JSON.stringify(body), signal })
    return untilAnswered(`${method} ${path}`, send, { ledger, isOver })
  },
})
