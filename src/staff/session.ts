import * as audit from '../audit/audit.ts'
import { hashToken, newToken } from '../platform/http/cookie-tokens.ts'
import { asSystem, type OpenWork, type Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import type { AppointmentId, OfficerId, Post, StandInId } from './officer.ts'
import { staffProblem } from './problems.ts'
import { levelsOn, roleKinds } from './role.ts'
import * as store from './store.ts'
import type { OfficerSessionId, SessionRow } from './store-session.ts'
import * as sessions from './store-session.ts'

/** What an officer’s session is good for, and how it ends; `sign-in.ts` begins it. */

/** Signing in has no officer yet: it is the house that acts, with no scope at all beyond the credentials. */
export const signingIn = (officerId?: OfficerId) => asSystem('sign-in', 'none', officerId)

/** What an officer sees in a post: computed once, when they take it (house.md 9.1). */
export async function unitsOfPost(
  work: Work,
  { role, unitId, schoolId }: Pick<Post, 'role' | 'unitId' | 'schoolId'>,
): Promise<readonly string[]> {
  const { sees } = roleKinds[role]
  // Rows are tied to the post itself: `authenticate` gives its id.
  if (sees === 'own-part') return []
  if (sees === 'own-school') return schoolId ? [schoolId] : []
  // Nobody lives in a province by itself: of residents such a scope has those alone who consent at the counter.
  if (sees === 'counter') return [unitId]
  const { units: inScope, schools } = await units.scopePartsOf(work, unitId, work.today)
  if (sees !== 'schools') return [...inScope, ...schools]
  // Besides the schools the office has what is addressed to itself.
  return [...schools, ...(await store.educationOffices(work, [unitId])).map(({ officeId }) => officeId)]
}

/**
 * Computes anew what the live sessions see, by their posts, as their next sign-in would: after schools were added,
 * whose rolls are sent within the hour.
 */
export async function refreshSessionScopes(work: Work): Promise<void> {
  await sessions.withCredentials(work, async () => {
    const seen = new Map<string, readonly string[]>()
    for (const { id, role, unitId, schoolId } of await sessions.sessionsWithPost(work)) {
      const key = `${role} ${unitId} ${schoolId}`
      const scope = seen.get(key) ?? (await unitsOfPost(work, { role, unitId, ...(schoolId && { schoolId }) }))
      seen.set(key, scope)
      await sessions.setSessionScope(work, id, scope)
    }
  })
}

/**
 * Whether a role exists at a unit on the work's day. Posts of a level that is dissolved open nothing, though nobody
 * ended them: of the police of districts since 1 March 2025, of other offices there since 1 July 2025.
 */
export async function standsToday(work: Work, { role, unitId }: Pick<Post, 'role' | 'unitId'>): Promise<boolean> {
  const unit = await units.findUnit(work, unitId)
  return unit !== undefined && levelsOn(role, work.today, work).includes(unit.level)
}

/** Whether at least one of some posts is of a level that is not dissolved. */
export async function someStandToday(work: Work, posts: readonly Pick<Post, 'role' | 'unitId'>[]): Promise<boolean> {
  for (const post of posts) if (await standsToday(work, post)) return true
  return false
}

/** The posts an officer may act in today; asked in a work that opened credentials. */
export async function postsToday(work: Work, officerId: OfficerId): Promise<Post[]> {
  const posts = await store.currentPosts(work, officerId)
  const stand = await Promise.all(posts.map(post => standsToday(work, post)))
  return posts.filter((_, at) => stand[at])
}

/** A session as it is today: of a post that is dissolved nothing is left but the officer's name. */
export async function asOfToday(work: Work, session: SessionRow | undefined): Promise<SessionRow | undefined> {
  const { role, unitId } = session ?? {}
  if (!session || !role || !unitId || (await standsToday(work, { role, unitId }))) return session
  return { ...session, role: null, unitId: null, scope: [] }
}

export const findSession = async (work: Work, token: string): Promise<SessionRow | undefined> =>
  asOfToday(work, await sessions.sessionByToken(work, hashToken(token)))

export async function endAndRecord(work: Work, ids: readonly OfficerSessionId[], why: string): Promise<number> {
  for (const id of ids) {
    await audit.record(work, 'session.ended', { kind: 'session', id }, { why })
  }
  return ids.length
}

/**
 * The session, where its second factor was given lately: whoever found it open shuts its officer out of nothing. Throws
 * factor-not-fresh.
 */
export function refuseStaleSession(work: Work, session: SessionRow | undefined): SessionRow {
  if (!session || session.freshUntil <= work.now) throw staffProblem('factor-not-fresh')
  return session
}

/** Ends the session of a token, where it still lives. */
export async function signOut(openWork: OpenWork, token: string): Promise<void> {
  await openWork(signingIn(), work =>
    sessions.withCredentials(work, async () => {
      const session = await findSession(work, token)
      if (!session) return
      await endAndRecord(work, await sessions.endSessions(work, session.officerId, { only: session.id }), 'signed-out')
    }),
  )
}

/**
 * Ends every session of the officer of a token, that one too. Gives false, and ends none, where the session is over or
 * its second factor was given too long ago.
 */
export const signOutEverywhere = (openWork: OpenWork, token: string): Promise<boolean> =>
  openWork(signingIn(), work =>
    sessions.withCredentials(work, async () => {
      const session = await findSession(work, token)
      if (!session || session.freshUntil <= work.now) return false
      await endAndRecord(work, await sessions.endSessions(work, session.officerId), 'signed-out-everywhere')
      return true
    }),
  )

/**
 * Ends sessions of an officer, in a work of their own or of who manages them: all, one, or all but one. Gives how many.
 */
export const endSessionsOf = (
  work: Work,
  officerId: OfficerId,
  why: string,
  selection: { only?: OfficerSessionId; except?: OfficerSessionId } = {},
): Promise<number> =>
  sessions.withCredentials(work, async () =>
    endAndRecord(work, await sessions.endSessions(work, officerId, selection), why),
  )

export const sessionsOf = (work: Work, officerId: OfficerId) =>
  sessions.withCredentials(work, () => sessions.liveSessions(work, officerId))

/** Who may act in what today. */
export const postsOf = (work: Work, officerId: OfficerId): Promise<Post[]> =>
  sessions.withCredentials(work, () => postsToday(work, officerId))

export type RequestedPost = { readonly appointmentId: AppointmentId; readonly standInId?: StandInId | undefined }

/**
 * Lets the session of a token act in another post from now on. Gives the session's new token, or undefined where there
 * is no such session or the post is not the officer's today.
 */
export const choosePost = (openWork: OpenWork, token: string, wanted: RequestedPost): Promise<string | undefined> =>
  openWork(signingIn(), work => switchPost(work, token, wanted))

/**
 * The same within a work that is open already: a work that opened another would hold two connections, and many at once
 * would wait for ever.
 */
export const switchPost = (work: Work, token: string, wanted: RequestedPost): Promise<string | undefined> =>
  sessions.withCredentials(work, async () => {
    const session = await findSession(work, token)
    const posts = session ? await postsToday(work, session.officerId) : []
    const post = posts.find(one => one.appointmentId === wanted.appointmentId && one.standIn?.id === wanted.standInId)
    if (!session || !post) return undefined
    const next = newToken()
    await sessions.rotateToken(work, session.id, hashToken(next), {
      appointmentId: post.appointmentId,
      standInId: post.standIn?.id,
      scope: await unitsOfPost(work, post),
    })
    await audit.record(
      work,
      'session.turned',
      { kind: 'session', id: session.id, unitId: post.unitId },
      { role: post.role },
    )
    return next
  })

/**
 * Whether a browser is an officer's: one has signed in from it, or is signed in now. `device` and `session` are the
 * tokens of its cookies.
 */
export const isOfficersBrowser = (
  work: Work,
  { device, session }: { device?: string | undefined; session?: string | undefined },
) =>
  sessions.withCredentials(work, () =>
    sessions.browserHasOfficer(work, {
      deviceHash: device ? hashToken(device) : null,
      tokenHash: session ? hashToken(session) : null,
    }),
  )

/**
 * Who signed in from this browser lately: for a quick change of officer on a shared machine. Their password is asked
 * all the same.
 */
export const recentOfficers = (openWork: OpenWork, device: string) =>
  openWork(signingIn(), work =>
    sessions.withCredentials(work, () => sessions.officersOfDevice(work, hashToken(device))),
  )
