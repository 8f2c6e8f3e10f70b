import { now } from '../platform/clock.ts'
import { sessionCache } from './law.ts'
import type { SessionRow } from './store-session.ts'

/**
 * Sessions that were read some seconds ago, by the hash of their token. Nobody is told of their end: each work begins
 * only while its officer's session stands as it was read (`onlyWhile` of an authority), whichever process ended it.
 */
const kept = new Map<string, { session: SessionRow; until: number }>()

export function findLiveSession(key: string): SessionRow | undefined {
  const found = kept.get(key)
  if (found && found.until > now().getTime()) return found.session
  return forgetLiveSession(key)
}

export function keepLiveSession(key: string, session: SessionRow): void {
  if (kept.size >= sessionCache.most) kept.clear()
  kept.set(key, { session, until: now().getTime() + sessionCache.seconds * 1000 })
}

export function forgetLiveSession(key: string): undefined {
  kept.delete(key)
}
