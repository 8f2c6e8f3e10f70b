import { createHash, randomBytes } from 'node:crypto'
import { now } from '../../platform/clock.ts'

/**
 * Addresses from which an engine fetches the pictures of one reference: a token of 256 bits that nobody guesses, good
 * once and for minutes. Only its hash is kept, so that who reads memory or a table of them can open nothing.
 */

export const referenceLimits = {
  /** Milliseconds after which an address opens nothing. */
  lifeMs: 5 * 60_000,
  /** Addresses that wait to be fetched; further ones end the oldest. */
  waiting: 1000,
} as const

/** The last part of an address, and what is kept of it. */
export type ReferenceToken = { readonly token: string; readonly hash: string; readonly expiresAt: Date }

const shape = /^[\w-]{43}$/

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')

export function newReferenceToken(at: Date = now()): ReferenceToken {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOfToken(token), expiresAt: new Date(at.getTime() + referenceLimits.lifeMs) }
}

export type References = {
  /** A new address of a reference. Those that it had go on: a request may still wait in a queue. */
  issue(reference: string, document: string): string
  /** The document, once; undefined of a token that was fetched, has ended or was never issued, which look alike. */
  take(token: string): string | undefined
  /** Ends all addresses of a reference. */
  end(reference: string): void
  readonly waiting: number
}

/**
 * Addresses of one process, in memory; `address` is what stands before the token. Where jobs run in another process
 * than the server, the tokens belong into a table.
 */
export function makeReferences(address: string, clock: () => Date = now): References {
  const open = new Map<string, { readonly reference: string; readonly document: string; readonly expiresAt: Date }>()
  const endOld = () => {
    const at = clock()
    for (const [hash, { expiresAt }] of open)
      if (expiresAt <= at || open.size > referenceLimits.waiting) open.delete(hash)
  }
  return {
    issue(reference, document) {
      const { token, hash, expiresAt } = newReferenceToken(clock())
      open.set(hash, { reference, document, expiresAt })
      endOld()
      return `${address}${token}`
    },
    take(token) {
      endOld()
      if (!shape.test(token)) return undefined
      const hash = hashOfToken(token)
      const one = open.get(hash)
      open.delete(hash)
      return one?.document
    },
    end(reference) {
      for (const [hash, one] of open) if (one.reference === reference) open.delete(hash)
    },
    get waiting() {
      endOld()
      return open.size
    },
  }
}
