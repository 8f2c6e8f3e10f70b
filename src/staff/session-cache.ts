import { now } from '../platform/clock.ts'
import { sessionCache } from './law.ts'
import type { OfficerSessionId, SessionRow } from './store-session.ts'

const kept = new Map<string, { session: SessionRow; until: number }>()

export function findLiveSession(key: string): SessionRow | undefined {
  const found = kept.get(key)
  if (found && found.until > now().getTime()) return found.session
  kept.delete(key)
  return undefined
}

export function keepLiveSession(key: string, session: SessionRow): void {
  if (kept.size >= sessionCache.most) kept.clear()
  kept.set(key, { session, until: now().getTime() + sessionCache.seconds * 1000 })
}

export function forgetLiveSession(id: OfficerSessionId): void {
  for (const [key, { session }] of kept) if (session.id === id) kept.delete(key)
}

/** After a change of officers or appointments, which may touch any session. */
export const forgetLiveSessions = () => kept.clear()
