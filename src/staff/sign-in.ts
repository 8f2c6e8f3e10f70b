import * as audit from '../audit/audit.ts'
import { hashToken, newToken } from '../platform/http/cookie-tokens.ts'
import { newId } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import { matchesSecret } from '../platform/sealing/secret-hash.ts'
import { slowdownKey } from '../platform/throttling/slowdown.ts'
import type { OpenWork, Work } from '../platform/work.ts'
import { passwordTries, sessionLimits } from './law.ts'
import type { Post } from './officer.ts'
import { signingIn, signOut, unitsOfPost } from './session.ts'
import * as store from './store.ts'
import type { Credential } from './store-session.ts'
import * as sessions from './store-session.ts'

/** An officer signs in by login and password. */

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
export function prepareSignIn(openWork: OpenWork, login: string, from: SignInOrigin) {
  return openWork(signingIn(), work =>
    sessions.withCredentials(work, async () => {
      const found = await sessions.findCredential(work, login, hashToken(from.device))
      const key = keyFor(login, found, from)
      return { found, key, wait: await sessions.attempts.count(work, key, passwordTries) }
    }),
  )
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
