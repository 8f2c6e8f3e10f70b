import * as audit from '../audit/audit.ts'
import { hashToken, newToken } from '../platform/http/csrf.ts'
import { newId } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import { slowdownKey } from '../platform/limits/slowdown.ts'
import { hashSecret, matchesSecret } from '../platform/sealing/secret-hash.ts'
import { asSystem, type OpenWork, type Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import { sessionLimits } from './law.ts'
import type { AppointmentId, OfficerId, Post, StandInId } from './officer.ts'
import { passwordFault } from './password.ts'
import { roleKinds } from './role.ts'
import { forgetLiveSession } from './session-cache.ts'
import * as store from './store.ts'
import type { Credential, OfficerSessionId, SessionRow } from './store-session.ts'
import * as sessions from './store-session.ts'

/** Signing in has no officer yet: it is the house that acts, with no scope at all beyond the credentials. */
const signingIn = (officerId?: OfficerId) => asSystem('sign-in', 'none', officerId)

/** Where an attempt comes from. `device` is the token of the browser's device cookie. */
export type SignInOrigin = { readonly device: string; readonly address: string; readonly browser: string }

export type SignIn =
  | {
      readonly outcome: 'signed-in'
      readonly token: string
      readonly mustChange: boolean
      readonly posts: readonly Post[]
    }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'slowed'; readonly seconds: number }
  /** The password was right, and the officer has no appointment today. */
  | { readonly outcome: 'no-post' }

const keyFor = (login: string, found: Credential | undefined, from: SignInOrigin) =>
  slowdownKey(login, found?.knownDevice ? { knownDevice: hashToken(from.device) } : { address: from.address })

/** Finds the credential and counts the attempt, which commits whatever becomes of it. */
function prepareSignIn(openWork: OpenWork, login: string, from: SignInOrigin) {
  return openWork(signingIn(), work =>
    sessions.withCredentials(work, async () => {
      const found = await sessions.findCredential(work, login, hashToken(from.device))
      const key = keyFor(login, found, from)
      return { found, key, wait: await sessions.attempts.count(work, key) }
    }),
  )
}

/** What an officer sees in a post: computed once, when they take it (house.md 9.1). */
async function unitsOfPost(work: Work, { role, unitId }: Post): Promise<readonly string[]> {
  const { units: inScope, schools } = await units.scopePartsOf(work, unitId, work.today)
  return roleKinds[role].sees === 'schools' ? schools : [...inScope, ...schools]
}

/** Whether sign-in offers a choice: an officer with one post acts in it. */
const onlyPost = (posts: readonly Post[]) => (posts.length === 1 ? posts[0] : undefined)

async function beginSession(
  work: Work,
  officer: Credential,
  posts: readonly Post[],
  from: SignInOrigin,
): Promise<string> {
  const token = newToken()
  const post = onlyPost(posts)
  const id = newId<'session'>(work.now)
  await sessions.addSession(work, {
    id,
    tokenHash: hashToken(token),
    officerId: officer.officerId,
    appointmentId: post?.appointmentId,
    standInId: post?.standIn?.id,
    scope: post ? await unitsOfPost(work, post) : [],
    deviceHash: hashToken(from.device),
    browser: from.browser.slice(0, 300),
    endsAt: new Date(work.now.getTime() + ruleOn(sessionLimits, work.today, work).hours * 3_600_000),
  })
  await sessions.rememberDevice(work, hashToken(from.device), officer.officerId)
  await audit.record(
    work,
    'session.began',
    { kind: 'session', id, unitId: post?.unitId ?? officer.unitId },
    { role: post?.role ?? null },
  )
  return token
}

const recordRefusedSignIn = (work: Work, found: Credential | undefined, why: string) =>
  audit.record(
    work,
    'sign-in.refused',
    { kind: 'officer', id: found?.officerId ?? 'unknown', ...(found && { unitId: found.unitId }) },
    { why },
  )

/**
 * Signs an officer in by password. Three steps, since the hash takes its time and no transaction should wait for it:
 * count the attempt; check the password, of unknown logins too; begin the session or note the refusal. `replacing` is
 * the session that this browser had before. Throws sign-in-busy (503) when the line of those who sign in is too long.
 */
export async function signIn(
  openWork: OpenWork,
  {
    login: typed,
    password,
    from,
    replacing,
  }: { login: string; password: string; from: SignInOrigin; replacing?: string | undefined },
): Promise<SignIn> {
  const login = typed.trim().toLowerCase()
  const { found, key, wait } = await prepareSignIn(openWork, login, from)
  if (wait !== undefined) return { outcome: 'slowed', seconds: wait }

  const right = await matchesSecret(found?.password, password)
  if (!found || !right) {
    await openWork(signingIn(found?.officerId), work => recordRefusedSignIn(work, found, 'password'))
    return { outcome: 'refused' }
  }
  if (replacing) await signOut(openWork, replacing)
  return openWork(signingIn(found.officerId), work =>
    sessions.withCredentials(work, async (): Promise<SignIn> => {
      await sessions.attempts.clear(work, key)
      await sessions.attempts.dropOld(work)
      const posts = await store.currentPosts(work, found.officerId)
      if (posts.length === 0) {
        await recordRefusedSignIn(work, found, 'no-post')
        return { outcome: 'no-post' }
      }
      return {
        outcome: 'signed-in',
        token: await beginSession(work, found, posts, from),
        mustChange: found.mustChange,
        posts,
      }
    }),
  )
}

async function endAndRecord(work: Work, ids: readonly OfficerSessionId[], why: string): Promise<number> {
  for (const id of ids) {
    await audit.record(work, 'session.ended', { kind: 'session', id }, { why })
    work.afterCommit.push(() => forgetLiveSession(id))
  }
  return ids.length
}

const findSession = (work: Work, token: string): Promise<SessionRow | undefined> =>
  sessions.sessionByToken(work, hashToken(token))

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
  sessions.withCredentials(work, () => store.currentPosts(work, officerId))

/**
 * Lets the session of a token act in another post from now on. Gives the session's new token, or undefined where there
 * is no such session or the post is not the officer's today.
 */
export const choosePost = (openWork: OpenWork, token: string, wanted: RequestedPost): Promise<string | undefined> =>
  openWork(signingIn(), work => switchPost(work, token, wanted))

export type RequestedPost = { readonly appointmentId: AppointmentId; readonly standInId?: StandInId | undefined }

/**
 * The same within a work that is open already: a work that opened another would hold two connections, and many at once
 * would wait for ever.
 */
export const switchPost = (work: Work, token: string, wanted: RequestedPost): Promise<string | undefined> =>
  sessions.withCredentials(work, async () => {
    const session = await findSession(work, token)
    const posts = session ? await store.currentPosts(work, session.officerId) : []
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
    work.afterCommit.push(() => forgetLiveSession(session.id))
    return next
  })

export type PasswordChange =
  | { readonly outcome: 'changed'; readonly token: string }
  | {
      readonly outcome: 'refused'
      readonly why: 'password-wrong' | 'password-same' | NonNullable<ReturnType<typeof passwordFault>>
    }
  | { readonly outcome: 'slowed'; readonly seconds: number }
  | { readonly outcome: 'signed-out' }

/** Changes the password of who is signed in; their other sessions end, this one goes on under a new token. */
export async function changePassword(
  openWork: OpenWork,
  { token, current, next, from }: { token: string; current: string; next: string; from: SignInOrigin },
): Promise<PasswordChange> {
  const session = await openWork(signingIn(), work => sessions.withCredentials(work, () => findSession(work, token)))
  if (!session) return { outcome: 'signed-out' }
  const { found, key, wait } = await prepareSignIn(openWork, session.login, from)
  if (wait !== undefined) return { outcome: 'slowed', seconds: wait }
  if (!(await matchesSecret(found?.password, current))) return { outcome: 'refused', why: 'password-wrong' }

  const fault = passwordFault(next, session.login)
  if (fault) return { outcome: 'refused', why: fault }
  if (next.normalize('NFC') === current.normalize('NFC')) return { outcome: 'refused', why: 'password-same' }
  const hashed = await hashSecret(next)
  const fresh = newToken()
  await openWork(signingIn(session.officerId), work =>
    sessions.withCredentials(work, async () => {
      await sessions.attempts.clear(work, key)
      await sessions.setPassword(work, session.officerId, hashed, false)
      await sessions.rotateToken(work, session.id, hashToken(fresh))
      work.afterCommit.push(() => forgetLiveSession(session.id))
      await audit.record(work, 'password.changed', { kind: 'officer', id: session.officerId })
      await endAndRecord(
        work,
        await sessions.endSessions(work, session.officerId, { except: session.id }),
        'password-changed',
      )
    }),
  )
  return { outcome: 'changed', token: fresh }
}

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
