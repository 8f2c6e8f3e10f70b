import type { FastifyRequest } from 'fastify'
import * as accounts from '../../accounts/accounts.ts'
import * as parties from '../../parties/parties.ts'
import { forgetCaller, rememberCaller } from '../../platform/http/callers.ts'
import { hashToken } from '../../platform/http/cookie-tokens.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import type { SignInSubject } from '../artifact.ts'
import { countedNow, type FactorKind } from '../assurance.ts'
import { type CitizenSession, subjectOfSession } from '../session.ts'
import { inSignInScope } from '../sign-in-scope.ts'
import { type AccountStatus, findAccountStatus } from './account-status.ts'
import { tokenOfRequest } from './cookie.ts'
import * as pending from './pending-sign-in.ts'
import type { SecondFactor } from './second-factors.ts'
import * as sessions from './sessions.ts'
import { accountRefusal } from './why-no-sign-in.ts'

/** The steps by which a person signs in. Each commits by itself, so that a kill between two loses none. */

export type SignInRequestOrigin = {
  readonly device: string
  readonly address: string
  readonly browser: string
  readonly requestId: string
}

export type SignInResult =
  | { readonly outcome: 'signed-in'; readonly token: string }
  | {
      readonly outcome: 'second'
      readonly token: string
      readonly holder: accounts.Holder
      readonly why: pending.PendingSignIn['why']
    }
  | { readonly outcome: 'wrong' | 'locked' | 'sandbox' | 'not-activated' }
  | { readonly outcome: 'slowed'; readonly seconds: number }

/** What the relying party demands of the sign-in. */
type InteractionDemand = { readonly strength?: number | undefined; readonly client: { readonly sandbox: boolean } }

export type SignInContext = {
  readonly interaction?: InteractionDemand | undefined
  readonly forChild: boolean
  readonly session?: CitizenSession | undefined
}

const subjectOfHolder = ({ personId, accountId }: accounts.Holder): SignInSubject => ({ personId, accountId })

/** Begins a session, or strengthens this browser's session of the same person. */
async function completeFirstStep(
  work: Work,
  holder: accounts.Holder,
  factors: readonly FactorKind[],
  origin: SignInRequestOrigin,
  session: CitizenSession | undefined,
): Promise<string> {
  if (session && session.personId === holder.personId && session.accountId === holder.accountId)
    return (await sessions.addFactors(work, session, factors)).token
  if (session) await sessions.endSessions(work, session.personId, 'another-person', { only: session.id })
  const { personId, accountId } = holder
  const begun = await sessions.beginSession(work, { personId, accountId, factors, browser: origin.browser })
  if (begun.isAfterAbsence) await accounts.notifyHolderOfAttempt(work, holder, 'signed-in-after-absence')
  return begun.token
}

/** Signs in by number and passcode. A stranger gets the same answer for every number. */
export async function signInByPasscode(
  openWork: OpenWork,
  { number, passcode }: { readonly number: string; readonly passcode: string },
  origin: SignInRequestOrigin,
  { interaction, forChild, session }: SignInContext,
): Promise<SignInResult> {
  const checked = await accounts.checkPasscode(openWork, { number }, passcode, {
    device: origin.device,
    address: origin.address,
  })
  if (checked.outcome !== 'right') return checked.outcome === 'slowed' ? checked : { outcome: 'wrong' }
  const { holder } = checked
  if (holder.state !== 'activated') return { outcome: accountRefusal(holder) }
  if (!(await isAllowedAtClient(openWork, holder, interaction, origin))) return { outcome: 'sandbox' }
  const isKnown = await openWork({ ...asSystem('sign-in'), requestId: origin.requestId }, work =>
    accounts.isKnownDevice(work, holder, origin.device),
  )
  const why = isKnown ? ((interaction?.strength ?? 1) > 1 ? ('strength' as const) : undefined) : ('new-device' as const)
  return inSignInScope(openWork, origin.requestId, async work => {
    if (!why)
      return { outcome: 'signed-in', token: await completeFirstStep(work, holder, ['passcode'], origin, session) }
    return {
      outcome: 'second',
      token: await pending.keepPending(work, {
        subject: subjectOfHolder(holder),
        factors: ['passcode'],
        why,
        forChild,
      }),
      holder,
      why,
    }
  })
}

export type PasskeyAnswer = {
  readonly response: string
  readonly challenge: string
  readonly rp: accounts.RelyingParty
}

/** Signs in by a passkey instead of number and passcode. */
export async function signInByPasskey(
  openWork: OpenWork,
  { response, challenge, rp }: PasskeyAnswer,
  origin: SignInRequestOrigin,
  { interaction, session }: SignInContext,
): Promise<SignInResult> {
  const answer = readJson(response)
  const checked = answer === undefined ? undefined : await accounts.checkPasskey(openWork, answer, challenge, rp)
  // Without user verification a passkey is a thing that anyone may have found.
  if (!checked?.userVerified) return { outcome: 'wrong' }
  const { holder } = checked
  if (holder.state !== 'activated') return { outcome: accountRefusal(holder) }
  if (!(await isAllowedAtClient(openWork, holder, interaction, origin))) return { outcome: 'sandbox' }
  return inSignInScope(openWork, origin.requestId, async work => ({
    outcome: 'signed-in',
    token: await completeFirstStep(work, holder, ['passkey'], origin, session),
  }))
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A sandbox client signs in invented people and nobody else. */
const isAllowedAtClient = async (
  openWork: OpenWork,
  holder: accounts.Holder,
  interaction: InteractionDemand | undefined,
  { requestId }: SignInRequestOrigin,
) =>
  !interaction?.client.sandbox ||
  openWork({ ...asSystem('sign-in'), requestId }, work => parties.isSandboxPerson(work, holder.personId))

/** The holder of a pending sign-in, if the account is still valid. */
export async function findSecondStep(
  openWork: OpenWork,
  token: string | undefined,
  requestId: string,
): Promise<{ readonly pending: pending.PendingSignIn; readonly holder: accounts.Holder } | undefined> {
  const found = await inSignInScope(openWork, requestId, work => pending.findPending(work, token))
  if (!found) return undefined
  const holder = await openWork({ ...asSystem('sign-in'), requestId }, work => accounts.getHolder(work, found.subject))
  return holder?.state === 'activated' ? { pending: found, holder } : undefined
}

export type ConfirmResult =
  | { readonly outcome: 'signed-in'; readonly token: string }
  | { readonly outcome: 'wrong' | 'over' | 'slowed' | 'gone' }

/** A number by message counts in the browser alone that asked for it. */
const checkSecondFactor = (
  openWork: OpenWork,
  holder: accounts.Holder,
  { way, code, device }: { readonly way: SecondFactor; readonly code: string; readonly device: string },
) =>
  way === 'sms'
    ? accounts.checkOneTimeCode(openWork, holder, 'sign-in', code, hashToken(device))
    : way === 'totp'
      ? accounts.checkTotp(openWork, holder, code)
      : accounts.checkRecoveryCode(openWork, holder, code)

/** Whether the first step still counts: it must not be older than the demand for a fresh sign-in. */
const isFreshEnough = ({ factors, keptAt }: pending.PendingSignIn, since: Date | undefined) =>
  factors.length === 0 || !since || keptAt >= since

/**
 * The second step; of two simultaneous uses one succeeds. `since`: the earliest factor that counts if the person must
 * sign in anew. Factors that the session had before keep their age.
 */
export async function confirmSecondFactor(
  openWork: OpenWork,
  {
    token,
    way,
    code,
    since,
  }: { readonly token: string; readonly way: SecondFactor; readonly code: string; readonly since?: Date | undefined },
  origin: SignInRequestOrigin,
  session: CitizenSession | undefined,
): Promise<ConfirmResult> {
  const at = await findSecondStep(openWork, token, origin.requestId)
  // A missing factor is added to that very session and no other.
  if (!at || !isFreshEnough(at.pending, since)) return { outcome: 'gone' }
  if (at.pending.factors.length === 0 && at.pending.subject.personId !== session?.personId) return { outcome: 'gone' }
  const checked = await checkSecondFactor(openWork, at.holder, { way, code, device: origin.device })
  if (checked !== 'right') {
    // On a device of the account's own it is the holder who mistypes.
    if (at.pending.why === 'new-device')
      await inSignInScope(openWork, origin.requestId, work =>
        accounts.notifyHolderOfAttempt(work, at.holder, 'attempt-half-way'),
      )
    return { outcome: checked }
  }
  return inSignInScope(openWork, origin.requestId, async (work): Promise<ConfirmResult> => {
    if (!(await pending.takePending(work, token))) return { outcome: 'gone' }
    return {
      outcome: 'signed-in',
      token: await completeFirstStep(work, at.holder, [...at.pending.factors, way], origin, session),
    }
  })
}

const asCountedNow = (session: CitizenSession, { heldUntil }: AccountStatus): CitizenSession => ({
  ...session,
  factors: countedNow(session.factors, heldUntil !== undefined),
})

type SignedInCitizen = { readonly session: CitizenSession; readonly standing: AccountStatus }

/** Who is signed in by a request's cookie; from then on its requests are counted as that citizen's. */
export async function findSignedInCaller(
  openWork: OpenWork,
  request: FastifyRequest,
): Promise<SignedInCitizen | undefined> {
  const secret = tokenOfRequest(request, 'session')
  const who = await findSignedIn(openWork, secret, request.id)
  if (who && secret)
    rememberCaller(request, { secret, as: { lane: 'citizens', key: `citizen ${who.session.personId}` } })
  else forgetCaller(request, 'citizens')
  return who
}

/**
 * The session of a browser with the present status of its account. A session whose account cannot sign in any more is
 * ended.
 */
export async function findSignedIn(
  openWork: OpenWork,
  token: string | undefined,
  requestId: string,
): Promise<SignedInCitizen | undefined> {
  const session = await inSignInScope(openWork, requestId, work => sessions.findSession(work, token))
  if (!session) return undefined
  const now = await openWork({ ...asSystem('sign-in'), requestId }, work =>
    findAccountStatus(work, subjectOfSession(session)),
  )
  if (now) return { session: asCountedNow(session, now), standing: now }
  if (session.childId) {
    // The child is too old: the parent stays signed in as themselves.
    const own = await openWork({ ...asSystem('sign-in'), requestId }, work =>
      findAccountStatus(work, { personId: session.personId, accountId: session.accountId }),
    )
    if (own) {
      await inSignInScope(openWork, requestId, work => sessions.clearChild(work, session))
      return { session: asCountedNow({ ...session, childId: null }, own), standing: own }
    }
  }
  await inSignInScope(openWork, requestId, work =>
    sessions.endSessions(work, session.personId, 'account', { only: session.id }),
  )
  return undefined
}
