import type * as parties from '../parties/parties.ts'
import { sandboxLane } from './law.ts'
import { verificationProblem } from './problems.ts'

/**
 * The lane of sandbox clients, which anybody with an e-mail address has: all of them together have so many works open
 * at once, and each so many requests. Live clients pass beside it.
 */
export type SandboxLane = {
  /** Holds a place for a request while it lasts. Throws verification-sandbox-busy. */
  admit<T>(client: parties.Client, kind: 'single' | 'stream', step: () => Promise<T>): Promise<T>
  /** The same for a request whose end is told by calling what this gives. */
  enter(client: parties.Client, kind: 'single' | 'stream'): () => void
  /** Runs a work of a client, of a sandbox client when its turn has come. */
  inTurn<T>(client: parties.Client, work: () => Promise<T>): Promise<T>
}

export function openSandboxLane(limits = sandboxLane): SandboxLane {
  const held = new Map<string, number>()
  const waiting: (() => void)[] = []
  let running = 0

  function enter({ clientId, sandbox }: parties.Client, kind: 'single' | 'stream'): () => void {
    if (!sandbox) return () => undefined
    const key = `${kind} ${clientId}`
    const count = held.get(key) ?? 0
    if (count >= limits[kind])
      throw verificationProblem('verification-sandbox-busy', {}, { 'retry-after': String(limits.retrySeconds) })
    held.set(key, count + 1)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      const left = (held.get(key) ?? 1) - 1
      if (left > 0) held.set(key, left)
      else held.delete(key)
    }
  }

  return {
    enter,
    async admit(client, kind, step) {
      const leave = enter(client, kind)
      try {
        return await step()
      } finally {
        leave()
      }
    },
    async inTurn({ sandbox }, work) {
      if (!sandbox) return work()
      if (running >= limits.works) await new Promise<void>(resolve => waiting.push(resolve))
      else running += 1
      try {
        return await work()
      } finally {
        // The place goes to the next who waits, or is free.
        const next = waiting.shift()
        if (next) next()
        else running -= 1
      }
    },
  }
}
