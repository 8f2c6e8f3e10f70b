import * as accounts from '../../accounts/accounts.ts'
import * as parties from '../../parties/parties.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import type { Subject } from '../artifact.ts'
import type { FactorKind } from '../assurance.ts'
import { type Session, subjectOf } from '../session.ts'
import { atTheDoor } from '../sign-in-scope.ts'
import { type Standing, standing } from './account-status.ts'
import * as pending from './pending.ts'
import * as sessions from './sessions.ts'

/** The steps by which a person signs in. Each commits by itself, so that a kill between two loses none. */

export type From = {
  readonly device: string
  readonly address: string
  readonly browser: string
  readonly requestId: string
}

/** A second factor of the holder. */
export type Way = 'sms' | 'totp' | 'recovery-code'

/** The second factors that a holder can use, the quickest first. */
export const waysOf = ({ factors }: accounts.Holder): Way[] => [
  ...(factors.totp ? ['totp' as const] : []),
  ...(factors.phone ? ['sms' as const] : []),
  ...(factors.recoveryCodes > 0 ? ['recovery-code' as const] : []),
]

export type Entered =
  | { readonly outcome: 'signed-in'; readonly token: string }
  | {
      readonly outcome: 'second'
      readonly token: string
      readonly holder: accounts.Holder
      readonly why: pending.Pending['why']
    }
  | { readonly outcome: 'wrong' | 'locked' | 'sandbox' | 'not-activated' }
  | { readonly outcome: 'slowed'; readonly seconds: number }

/** What the relying party demands of the sign-in. */
type Demand = { readonly strength?: number | undefined; readonly client: { readonly sandbox: boolean } }

export type Wanted = {
  readonly interaction?: Demand | undefined
  readonly forChild: boolean
  readonly session?: Session | undefined
}

/** Why a person with valid factors cannot sign in; nobody else learns it. A raised account is activated anew. */
const refusalOf = ({ state }: accounts.Holder) =>
  state === 'locked' ? 'locked' : state === 'approved' ? 'not-activated' : 'wrong'

const subjectOfHolder = ({ personId, accountId }: accounts.Holder): Subject => ({ personId, accountId })

/** Begins a session, or strengthens this browser's session of the same person. */
async function come(
  work: Work,
  holder: accounts.Holder,
  factors: readonly FactorKind[],
  from: From,
  session: Session | undefined,
): Promise<string> {
  if (session && session.personId === holder.personId && session.accountId === holder.accountId)
    return (await sessions.strengthen(work, session, factors)).token
  if (session) await sessions.end(work, session.personId, 'another-person', { only: session.id })
  const { personId, accountId } = holder
  return (await sessions.begin(work, { personId, accountId, factors, browser: from.browser })).token
}

/** Signs in by number and passcode. A stranger gets the same answer for every number. */
export async function enter(
  openWork: OpenWork,
  { number, passcode }: { readonly number: string; readonly passcode: string },
  from: From,
  { interaction, forChild, session }: Wanted,
): Promise<Entered> {
  const checked = await accounts.checkPasscode(openWork, { number }, passcode, {
    device: from.device,
    address: from.address,
  })
  if (checked.outcome !== 'right') return checked.outcome === 'slowed' ? checked : { outcome: 'wrong' }
  const { holder } = checked
  if (holder.state !== 'activated') return { outcome: refusalOf(holder) }
  if (!(await isAllowed(openWork, holder, interaction, from))) return { outcome: 'sandbox' }
  const isKnown = await openWork({ ...asSystem('sign-in'), requestId: from.requestId }, work =>
    accounts.isKnownDevice(work, holder, from.device),
  )
  const why = isKnown ? ((interaction?.strength ?? 1) > 1 ? ('strength' as const) : undefined) : ('new-device' as const)
  return atTheDoor(openWork, from.requestId, async work => {
    if (!why) return { outcome: 'signed-in', token: await come(work, holder, ['passcode'], from, session) }
    return {
      outcome: 'second',
      token: await pending.keep(work, { subject: subjectOfHolder(holder), factors: ['passcode'], why, forChild }),
      holder,
      why,
    }
  })
}

export type PasskeyAnswer = { readonly response: string; readonly challenge: string; readonly rp: accounts.Rp }

/** Signs in by a passkey instead of number and passcode. */
export async function enterByPasskey(
  openWork: OpenWork,
  { response, challenge, rp }: PasskeyAnswer,
  from: From,
  { interaction, session }: Wanted,
): Promise<Entered> {
  const answer = readJson(response)
  const checked = answer === undefined ? undefined : await accounts.checkPasskey(openWork, answer, challenge, rp)
  // Without user verification a passkey is a thing that anyone may have found.
  if (!checked?.userVerified) return { outcome: 'wrong' }
  const { holder } = checked
  if (holder.state !== 'activated') return { outcome: refusalOf(holder) }
  if (!(await isAllowed(openWork, holder, interaction, from))) return { outcome: 'sandbox' }
  return atTheDoor(openWork, from.requestId, async work => ({
    outcome: 'signed-in',
    token: await come(work, holder, ['passkey'], from, session),
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
const isAllowed = async (
  openWork: OpenWork,
  holder: accounts.Holder,
  interaction: Demand | undefined,
  { requestId }: From,
) =>
  !interaction?.client.sandbox ||
  openWork({ ...asSystem('sign-in'), requestId }, work => parties.isSandboxPerson(work, holder.personId))

/** The holder of a pending sign-in, if the account is still valid. */
export async function atSecond(
  openWork: OpenWork,
  token: string | undefined,
  requestId: string,
): Promise<{ readonly pending: pending.Pending; readonly holder: accounts.Holder } | undefined> {
  const found = await atTheDoor(openWork, requestId, work => pending.find(work, token))
  if (!found) return undefined
  const holder = await openWork({ ...asSystem('sign-in'), requestId }, work => accounts.getHolder(work, found.subject))
  return holder?.state === 'activated' ? { pending: found, holder } : undefined
}

export type Confirmed =
  | { readonly outcome: 'signed-in'; readonly token: string }
  | { readonly outcome: 'wrong' | 'over' | 'slowed' | 'gone' }

const check = (openWork: OpenWork, holder: accounts.Holder, way: Way, code: string) =>
  way === 'sms'
    ? accounts.checkCode(openWork, holder, 'sign-in', code)
    : way === 'totp'
      ? accounts.checkTotp(openWork, holder, code)
      : accounts.checkRecoveryCode(openWork, holder, code)

/** Whether the first step still counts: it must not be older than the demand for a fresh sign-in. */
const isOfNow = ({ factors, keptAt }: pending.Pending, since: Date | undefined) =>
  factors.length === 0 || !since || keptAt >= since

/**
 * The second step; of two simultaneous uses one succeeds. `since`: the earliest factor that counts if the person must
 * sign in anew. Factors that the session had before keep their age.
 */
export async function confirm(
  openWork: OpenWork,
  {
    token,
    way,
    code,
    since,
  }: { readonly token: string; readonly way: Way; readonly code: string; readonly since?: Date | undefined },
  from: From,
  session: Session | undefined,
): Promise<Confirmed> {
  const at = await atSecond(openWork, token, from.requestId)
  // A missing factor is added to that very session and no other.
  if (!at || !isOfNow(at.pending, since)) return { outcome: 'gone' }
  if (at.pending.factors.length === 0 && at.pending.subject.personId !== session?.personId) return { outcome: 'gone' }
  const checked = await check(openWork, at.holder, way, code)
  if (checked !== 'right') return { outcome: checked }
  return atTheDoor(openWork, from.requestId, async (work): Promise<Confirmed> => {
    if (!(await pending.take(work, token))) return { outcome: 'gone' }
    return { outcome: 'signed-in', token: await come(work, at.holder, [...at.pending.factors, way], from, session) }
  })
}

/**
 * The session of a browser with the present status of its account. A session whose account cannot sign in any more is
 * ended.
 */
export async function whoIs(
  openWork: OpenWork,
  token: string | undefined,
  requestId: string,
): Promise<{ readonly session: Session; readonly standing: Standing } | undefined> {
  const session = await atTheDoor(openWork, requestId, work => sessions.find(work, token))
  if (!session) return undefined
  const now = await openWork({ ...asSystem('sign-in'), requestId }, work => standing(work, subjectOf(session)))
  if (now) return { session, standing: now }
  if (session.childId) {
    // The child is too old: the parent stays signed in as themselves.
    const own = await openWork({ ...asSystem('sign-in'), requestId }, work =>
      standing(work, { personId: session.personId, accountId: session.accountId }),
    )
    if (own) {
      await atTheDoor(openWork, requestId, work => sessions.dropChild(work, session))
      return { session: { ...session, childId: null }, standing: own }
    }
  }
  await atTheDoor(openWork, requestId, work => sessions.end(work, session.personId, 'account', { only: session.id }))
  return undefined
}
