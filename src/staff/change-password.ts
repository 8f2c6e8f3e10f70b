import * as audit from '../audit/audit.ts'
import { hashToken, newToken } from '../platform/http/cookie-tokens.ts'
import { hashSecret, matchesSecret } from '../platform/sealing/secret-hash.ts'
import type { OpenWork } from '../platform/work.ts'
import { type PasswordFault, passwordContextOf, passwordFault } from './password.ts'
import { endAndRecord, findSession, signingIn } from './session.ts'
import { forgiveAttempts, prepareSignIn, type SignInOrigin } from './sign-in.ts'
import * as sessions from './store-session.ts'

/** An officer changes their own password. */

export type PasswordChange =
  | { readonly outcome: 'changed'; readonly token: string }
  | {
      readonly outcome: 'refused'
      readonly why: 'password-wrong' | 'password-same' | PasswordFault
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
  const { found, buckets, wait } = await prepareSignIn(openWork, session.login, from)
  if (wait !== undefined) return { outcome: 'slowed', seconds: wait }
  if (!(await matchesSecret(found?.password, current))) return { outcome: 'refused', why: 'password-wrong' }

  const unitId = session.unitId ?? found?.unitId
  const context = unitId
    ? await openWork(signingIn(), work => passwordContextOf(work, { ...session, unitId }))
    : { login: session.login, names: [session.fullName] }
  const fault = await passwordFault(next, context)
  if (fault) return { outcome: 'refused', why: fault }
  if (next.normalize('NFC') === current.normalize('NFC')) return { outcome: 'refused', why: 'password-same' }
  const hashed = await hashSecret(next)
  const fresh = newToken()
  await openWork(signingIn(session.officerId), work =>
    sessions.withCredentials(work, async () => {
      await forgiveAttempts(work, buckets)
      await sessions.setPassword(work, session.officerId, hashed, false)
      await sessions.rotateToken(work, session.id, hashToken(fresh))
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
