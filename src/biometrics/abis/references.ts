import { createHash, randomBytes } from 'node:crypto'
import { now } from '../../platform/clock.ts'
import type { BiometricPicture } from './pictures.ts'

/**
 * Addresses from which an engine fetches the pictures of one reference: a token of 256 bits that nobody guesses, good
 * once and for minutes. Only its hash is kept, so that who reads memory or a table of them can open nothing.
 */

export const referenceLimits = {
  /** Milliseconds after which an address opens nothing. */
  lifeMs: 5 * 60_000,
} as const

/** The last part of an address, and what is kept of it. */
export type ReferenceToken = { readonly token: string; readonly hash: string; readonly expiresAt: Date }

/** Whether a text may be a token: no other one is looked up. */
export const isReferenceToken = (text: string): boolean => /^[\w-]{43}$/.test(text)

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')

export function newReferenceToken(at: Date = now()): ReferenceToken {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOfToken(token), expiresAt: new Date(at.getTime() + referenceLimits.lifeMs) }
}

/** Whoever gives an engine of others addresses at which it fetches the pictures of a reference. */
export type References = {
  /** A new address of a reference. Those that it had go on: a request may still wait in a queue. */
  issue(reference: string, pictures: readonly BiometricPicture[]): string | Promise<string>
  /** Ends all addresses of a reference. */
  end(reference: string): void | Promise<void>
}
