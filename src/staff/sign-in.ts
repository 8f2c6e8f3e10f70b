import * as audit from '../audit/audit.ts'
import { hashToken, newToken } from '../platform/http/cookie-tokens.ts'
import { newId } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import { type Failures, openFailures } from '../platform/limits/failures.ts'
import { wrongPasswordsAMinute } from '../platform/limits/law.ts'
import { minuteCountsOf } from '../platform/limits/minute-counts.ts'
import { matchesSecret } from '../platform/sealing/secret-hash.ts'
import { networkOf, slowdownKey, slowdownKeyOf } from '../platform/throttling/slowdown.ts'
import type { OpenWork, Work } from '../platform/work.ts'
import type { UnitId } from '../units/units.ts'
import { absenceDays, passwordTries, passwordTriesEverywhere, sessionLimits, signInMinutes } from './law.ts'
import type { OfficerId, Post } from './officer.ts'
import { roleKinds } from './role.ts'
import { postsToday, signingIn, unitsOfPost } from './session.ts'
import * as store from './store.ts'
import type { Credential } from './store-session.ts'
import * as sessions from './store-session.ts'

/** An officer signs in: first the password; the second factor begins the session (factors/factors.ts). */

/** Where an attempt comes from. `device` is the token of the browser's device cookie. */
export type SignInOrigin = { readonly device: string; readonly address: string; readonly browser: string }

export type SignIn =
  /** The token of a sign-in that waits for the second factor, or, where the officer has none yet, for adding one. */
  | { readonly outcome: 'password-right'; readonly token: string; readonly next: 'give-factor' | 'add-factor' }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'slowed'; readonly seconds: number }
  /** The password was right, and the officer has no appointment today. */
  | { readonly outcome: 'no-post' }
  /** The password was right, and another officer must first let this one add a second factor. */
  | { readonly outcome: 'no-factor' }

/** By what attempts of a login are counted: the browser that is known to be the officer's, or place and whole world. */
function bucketsFor(login: string, found: Credential | undefined, from: SignInOrigin) {
  if (found?.knownDevice)
    return [{ key: slowdownKey(login, { knownDevice: hashToken(from.device) }), rule: passwordTries }]
  return [
    { key: slowdownKey(login, { address: from.address }), rule: passwordTries },
    { key: slowdownKeyOf('everywhere', login), rule: passwordTriesEverywhere },
  ]
}

/** By the address from which they come. */
const wrongPasswordsOf = (openWork: OpenWork): Failures =>
  openFailures(minuteCountsOf(openWork), 'wrong passwords', wrongPasswordsAMinute)

/** Seconds to wait at a place of many wrong passwords; not in a browser in which the officer has signed in. */
const placeWait = (openWork: OpenWork, found: Credential | undefined, from: SignInOrigin) =>
  found?.knownDevice ? undefined : wrongPasswordsOf(openWork).waitFor(networkOf(from.address))

/** Finds the credential and counts the attempt, which commits whatever becomes of it. */
export function prepareSignIn(openWork: OpenWork, login: string, from: SignInOrigin) {
  return openWork(signingIn(), work =>
    sessions.withCredentials(work, async () => {
      const found = await sessions.findCredential(work, login, hashToken(from.device))
      const buckets = bucketsFor(login, found, from)
      const waitOfPlace = placeWait(openWork, found, from)
      if (waitOfPlace !== undefined) return { found, buckets, wait: waitOfPlace }
      for (const [index, { key, rule }] of buckets.entries()) {
        const wait = await sessions.attempts.count(work, key, rule)
        if (wait === undefined) continue
        // What is not looked at is counted nowhere.
        for (const earlier of buckets.slice(0, index)) await sessions.attempts.takeBack(work, earlier.key)
        return { found, buckets, wait }
      }
      return { found, buckets }
    }),
  )
}
export type PreparedSignIn = Awaited<ReturnType<typeof prepareSignIn>>

/**
 * The password was right: what was counted at its place is over. Of the whole world's attempts this one alone is taken
 * back, since others may still be guessing.
 */
export async function forgiveAttempts(work: Work, [own, everywhere]: PreparedSignIn['buckets']): Promise<void> {
  if (own) await sessions.attempts.clear(work, own.key)
  if (everywhere) await sessions.attempts.takeBack(work, everywhere.key)
  await sessions.attempts.dropOld(work)
}

/** Whether sign-in offers a choice: an officer with one post acts in it. */
const onlyPost = (posts: readonly Post[]) => (posts.length === 1 ? posts[0] : undefined)

/**
 * Begins the session of an officer who gave a second factor. `elsewhere`: in a browser that is not known to be theirs,
 * of which they are told. Gives its token.
 */
export async function beginSession(
  work: Work,
  officer: { readonly officerId: OfficerId; readonly unitId: UnitId },
  posts: readonly Post[],
  {
    factor,
    from,
    elsewhere,
  }: { readonly factor: sessions.SessionFactor; readonly from: SignInOrigin; readonly elsewhere: boolean },
): Promise<string> {
  const token = newToken()
  const post = onlyPost(posts)
  const id = newId<'session'>(work.now)
  const lastBeganAt = await sessions.addSession(work, {
    id,
    tokenHash: hashToken(token),
    officerId: officer.officerId,
    appointmentId: post?.appointmentId,
    standInId: post?.standIn?.id,
    scope: post ? await unitsOfPost(work, post) : [],
    deviceHash: hashToken(from.device),
    browser: from.browser.slice(0, 300),
    factor,
    endsAt: new Date(work.now.getTime() + ruleOn(sessionLimits, work.today, work).hours * 3_600_000),
  })
  await sessions.rememberDevice(work, hashToken(from.device), officer.officerId)
  const absence = ruleOn(absenceDays, work.today, work) * 86_400_000
  const afterAbsence = lastBeganAt !== null && +lastBeganAt < +work.now - absence
  await audit.record(
    work,
    'session.began',
    { kind: 'session', id, unitId: post?.unitId ?? officer.unitId },
    {
      role: post?.role ?? null,
      factor,
      ...(elsewhere && { elsewhere }),
      ...(afterAbsence && { afterAbsence }),
      ...((elsewhere || afterAbsence) && { officer: officer.officerId }),
    },
  )
  return token
}

export const recordRefusedSignIn = (
  work: Work,
  found: { readonly officerId: OfficerId; readonly unitId: UnitId } | undefined,
  why: string,
  facts: Readonly<Record<string, boolean>> = {},
) =>
  audit.record(
    work,
    'sign-in.refused',
    { kind: 'officer', id: found?.officerId ?? 'unknown', ...(found && { unitId: found.unitId }) },
    { why, ...facts },
  )

/** Whether a code by mail is second factor enough: in each post of theirs, and where they are reached by mail. */
export async function mayUseMail(work: Work, officerId: OfficerId, posts: readonly Post[]): Promise<boolean> {
  if (posts.length === 0 || !posts.every(({ role }) => roleKinds[role].signsInByMail)) return false
  const [contact] = await store.contactsOf(work, [officerId])
  return Boolean(contact?.email)
}

async function beginSignIn(work: Work, { officerId }: Credential, from: SignInOrigin): Promise<string> {
  const token = newToken()
  await sessions.addSignIn(work, {
    id: newId<'sign-in'>(work.now),
    tokenHash: hashToken(token),
    officerId,
    deviceHash: hashToken(from.device),
    endsAt: new Date(work.now.getTime() + signInMinutes * 60_000),
  })
  return token
}

/**
 * Checks login and password. Three steps, since the hash takes its time and no transaction should wait for it: count
 * the attempt; check the password, of unknown logins too; keep that it was right, or note the refusal. Throws
 * sign-in-busy (503) when the line of those who sign in is too long.
 */
export async function signIn(
  openWork: OpenWork,
  { login: typed, password, from }: { login: string; password: string; from: SignInOrigin },
): Promise<SignIn> {
  const login = typed.trim().toLowerCase()
  const { found, buckets, wait } = await prepareSignIn(openWork, login, from)
  if (wait !== undefined) return { outcome: 'slowed', seconds: wait }
  const right = await matchesSecret(found?.password, password)
  // Whoever sent hundreds at once learns of none beyond the limit whether it was right.
  const meanwhile = placeWait(openWork, found, from)
  if (meanwhile !== undefined) return { outcome: 'slowed', seconds: meanwhile }
  if (!found || !right) {
    if (!found?.knownDevice) wrongPasswordsOf(openWork).note(networkOf(from.address))
    await openWork(signingIn(found?.officerId), work => recordRefusedSignIn(work, found, 'password'))
    return { outcome: 'refused' }
  }
  return openWork(signingIn(found.officerId), work =>
    sessions.withCredentials(work, async (): Promise<SignIn> => {
      await forgiveAttempts(work, buckets)
      const refuse = async (outcome: 'no-post' | 'no-factor') => {
        await recordRefusedSignIn(work, found, outcome)
        return { outcome }
      }
      const posts = await postsToday(work, found.officerId)
      if (posts.length === 0) return refuse('no-post')
      const hasWay = found.hasFactor || (await mayUseMail(work, found.officerId, posts))
      if (!hasWay && !found.mayEnrol) return refuse('no-factor')
      const token = await beginSignIn(work, found, from)
      return { outcome: 'password-right', token, next: hasWay ? 'give-factor' : 'add-factor' }
    }),
  )
}
