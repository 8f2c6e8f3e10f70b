import type { FastifyRequest } from 'fastify'
import { now } from '../platform/clock.ts'
import { signedIn } from '../platform/endpoint.ts'
import { hashToken } from '../platform/http/cookie-tokens.ts'
import type { Authenticate, SignedIn } from '../platform/http/serve-endpoint.ts'
import type { Id } from '../platform/ids.ts'
import { type Actor, type Authority, asSystem, type OpenWork, type RowScope } from '../platform/work.ts'
import { countedOfficer, sessionTokenIn } from './cookie.ts'
import { countingRights, mayDo, needsFreshFactor, type Role, roleKinds } from './role.ts'
import { findSession } from './session.ts'
import { findLiveSession, forgetLiveSession, keepLiveSession } from './session-cache.ts'
import type { SessionRow } from './store-session.ts'
import * as sessions from './store-session.ts'

const seenEveryMilliseconds = 60_000

/** The session of a caller that `authenticate` identified; undefined for any other caller. */
const behind = new WeakMap<SignedIn, SessionRow>()
export const sessionOf = (who: SignedIn | undefined): SessionRow | undefined => who && behind.get(who)

/** As `postOf` of a page says it (web/console/shell/session.tsx). */
const postIn = ({ appointmentId, standInId }: SessionRow): string =>
  [appointmentId ?? 'none', ...(standInId ? [standInId] : [])].join('.')

/** The role that whoever is signed in acts in; none without a post that stands today. */
export const roleOfSession = (who: SignedIn | undefined): Role | undefined => sessionOf(who)?.role ?? undefined

const actorOf = ({ officerId, forId }: SessionRow): Actor => ({
  kind: 'officer',
  id: officerId,
  ...(forId !== null && { onBehalfOf: forId }),
})

function scopeForRight({ role, scope, appointmentId }: SessionRow, right: string): RowScope {
  if (role === null || (roleKinds[role].sees === 'figures' && !countingRights.includes(right))) return 'none'
  if (roleKinds[role].sees === 'own-part') return { units: [], parts: appointmentId ? [appointmentId] : [] }
  // Units and schools alike: row-level security compares ids.
  const units = scope as Id<'unit'>[]
  // A role that stands at a province too may see all of it; the database compares the units with the map.
  if (roleKinds[role].sees === 'police-subtree' && roleKinds[role].levels.includes('province'))
    return { units, whole: true }
  // Children below the unit are shown by functions of the database that look at the post itself.
  return right.startsWith('education.') && appointmentId ? { units, parts: [appointmentId] } : { units }
}

/**
 * Whether a session opens a right; until a first password is changed, and a post chosen, it opens nothing but the pages
 * for that.
 */
const hasRight = ({ role, mustChange }: SessionRow, right: string) =>
  right === signedIn || (!mustChange && role !== null && mayDo(role, right))

function signedInBy(session: SessionRow, token: string): SignedIn {
  const by = actorOf(session)
  const who: SignedIn = {
    by,
    post: postIn(session),
    counted: countedOfficer(session.officerId, token),
    authority(right, purpose): Authority | undefined {
      if (!hasRight(session, right)) return undefined
      return {
        by,
        ...(session.unitId !== null && { unitId: session.unitId }),
        scope: session.mustChange ? 'none' : scopeForRight(session, right),
        purpose,
        onlyWhile: { expression: sessions.standingOf(session.id), gives: session.standing },
      }
    },
    needsFactor: door => needsFreshFactor(door) && session.freshUntil <= now(),
  }
  behind.set(who, session)
  return who
}

/** Reads the session of a token, and notes once a minute that it is in use. */
export const readSession = (openWork: OpenWork, token: string): Promise<SessionRow | undefined> =>
  openWork(asSystem('sign-in', 'none'), work =>
    sessions.withCredentials(work, async () => {
      const session = await findSession(work, token)
      if (session && work.now.getTime() - session.seenAt.getTime() > seenEveryMilliseconds)
        await sessions.markSeen(work, session.id)
      return session
    }),
  )

/** Sessions that are being read, by the hash of their token. */
const beingRead = new Map<string, Promise<SessionRow | undefined>>()

/** The questions of a page come at once: their session is read once. */
async function readOnce(openWork: OpenWork, token: string, key: string): Promise<SessionRow | undefined> {
  const underWay = beingRead.get(key)
  // Whoever asked first may have gone, and waits for no turn any more.
  if (underWay) return underWay.catch(() => readSession(openWork, token))
  const reading = readSession(openWork, token).finally(() => beingRead.delete(key))
  beingRead.set(key, reading)
  return reading
}

/** Who is asking: the session's cookie → the officer in their post. Read at most every five seconds a session. */
export const authenticate =
  (openWork: OpenWork): Authenticate =>
  async (request: FastifyRequest, { anew } = { anew: false }) => {
    const token = sessionTokenIn(request)
    if (!token) return undefined
    const key = hashToken(token).toString('base64url')
    const known = anew ? forgetLiveSession(key) : findLiveSession(key)
    if (known) return signedInBy(known, token)
    const session = await readOnce(openWork, token, key)
    if (!session) return undefined
    keepLiveSession(key, session)
    return signedInBy(session, token)
  }
