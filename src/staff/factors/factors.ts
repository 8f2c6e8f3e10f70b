import * as audit from '../../audit/audit.ts'
import { hashToken, newToken } from '../../platform/http/cookie-tokens.ts'
import { newId } from '../../platform/ids.ts'
import { seal, unseal } from '../../platform/sealing/sealing.ts'
import {
  hashOfChallenge,
  type RegistrationOptions,
  type RelyingParty,
  type RequestOptions,
  registrationOptions,
  verifiedRegistration,
} from '../../platform/second-factor/passkey.ts'
import { newTotpSecret, totpAddress, totpStep } from '../../platform/second-factor/totp.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import type { UnitId } from '../../units/units.ts'
import { maskedContact } from '../contact.ts'
import { factorMinutes, mostFactors } from '../law.ts'
import type { FactorId, OfficerId, Post, SignInId } from '../officer.ts'
import { staffProblem } from '../problems.ts'
import { mayDo, roles } from '../role.ts'
import { endAndRecord, findSession, postsToday, refuseStaleSession, signingIn, someStandToday } from '../session.ts'
import { beginSession, mayUseMail, recordRefusedSignIn, type SignInOrigin } from '../sign-in.ts'
import { contactsOf, findOfficer } from '../store.ts'
import {
  endSessions,
  type LiveSession,
  liveSessions,
  type OfficerSessionId,
  rotateToken,
  type SessionFactor,
  type SessionRow,
  setFactorGiven,
  withCredentials,
} from '../store-session.ts'
import {
  countMailCode,
  drawMailCode,
  type FactorProof,
  keepChallenge,
  passkeyOptions,
  placeOfSecret,
  proveFactor,
} from './prove.ts'
import { restsUntilOf, withoutResting } from './resting.ts'
import * as store from './store.ts'

/**
 * Second factors of officers: a passkey or the app of a phone; for officers of education a code by mail until they have
 * one. In comes a sign-in whose password was right, or a session; decided is whether what the officer gives is right,
 * whether they may add or remove a factor; out goes a session, or a session that is fresh again for approvals, exports
 * and rights. The first factor is added at the first sign-in; later ones need an earlier one. Whoever has lost all of
 * theirs gets a link that two officers gave (links/links.ts).
 * Deeds: officer-factor.added, .removed, .asked-by-mail; session.began, session.proved; sign-in.refused.
 */

export type { FactorProof } from './prove.ts'
export type { OfficerFactor, OfficerFactorKind, WaitingSignIn } from './store.ts'

/** Who adds, gives or removes a factor: a sign-in that waits for it, or a session. */
export type FactorCaller =
  | { readonly kind: 'sign-in'; readonly token: string; readonly signIn: store.WaitingSignIn }
  | { readonly kind: 'session'; readonly token: string; readonly session: SessionRow }

const officerOf = (caller: FactorCaller): { readonly officerId: OfficerId; readonly login: string } =>
  caller.kind === 'sign-in' ? caller.signIn : caller.session

const stepOf = <T>(openWork: OpenWork, officerId: OfficerId, step: (work: Work) => Promise<T>): Promise<T> =>
  openWork(signingIn(officerId), work => withCredentials(work, () => step(work)))

/** The sign-in of a cookie, while it waits for its second factor. */
export const findSignIn = (openWork: OpenWork, token: string): Promise<store.WaitingSignIn | undefined> =>
  openWork(signingIn(), work => withCredentials(work, () => store.selectSignIn(work, hashToken(token))))

/** What an officer can give as a second factor. `mail`: to where a code may be sent, with most of it left out. */
export type FactorWays = {
  /** How many passkeys they have. */
  readonly passkeys: number
  readonly app: boolean
  readonly mail: string | undefined
  /** Whether their session can be fresh again by a new sign-in alone, since they have nothing but codes by mail. */
  readonly bySigningInAgain: boolean
  /** What was added by a code by mail and opens nothing yet: its officer is told wherever they prove themselves. */
  readonly resting: readonly store.OfficerFactor[]
}

/** By which factors the caller can prove themselves; with none, and may add one, the page for that is next. */
export const waysOf = (openWork: OpenWork, caller: FactorCaller): Promise<FactorWays> => {
  const { officerId } = officerOf(caller)
  return stepOf(openWork, officerId, async work => {
    const all = await store.factorsOf(work, officerId)
    const known = withoutResting(all)
    const countOf = (kind: store.OfficerFactorKind) => known.filter(one => one.kind === kind).length
    const mail = await mailOf(work, officerId, known.length > 0)
    return {
      passkeys: countOf('passkey'),
      app: countOf('totp') > 0,
      mail: caller.kind === 'sign-in' ? mail : undefined,
      bySigningInAgain: caller.kind === 'session' && mail !== undefined,
      resting: all.filter(({ restsUntil }) => restsUntil !== null),
    }
  })
}

async function mailOf(work: Work, officerId: OfficerId, hasFactor: boolean): Promise<string | undefined> {
  if (hasFactor) return undefined
  if (!(await mayUseMail(work, officerId, await postsToday(work, officerId)))) return undefined
  const [contact] = await contactsOf(work, [officerId])
  return contact?.email ? maskedContact({ email: contact.email }).email : undefined
}

/** Whether a code by mail is second factor enough for an officer now. */
const isByMail = async (work: Work, officerId: OfficerId): Promise<boolean> =>
  (await mailOf(work, officerId, withoutResting(await store.factorsOf(work, officerId)).length > 0)) !== undefined

/** Options for an answer by a passkey; undefined where the caller has none. */
export const passkeyRequest = (
  openWork: OpenWork,
  caller: FactorCaller,
  rp: RelyingParty,
): Promise<RequestOptions | undefined> => {
  const { officerId } = officerOf(caller)
  return stepOf(openWork, officerId, work => passkeyOptions(work, officerId, rp))
}

export type MailCodeSending =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'slowed'; readonly seconds: number }
  | { readonly outcome: 'not-by-mail' }

/** Has a code sent by mail for a sign-in, where that is second factor enough. A consequence of the deed sends it. */
export const sendMailCode = (
  openWork: OpenWork,
  caller: Extract<FactorCaller, { kind: 'sign-in' }>,
): Promise<MailCodeSending> => {
  const { id, officerId, unitId } = caller.signIn
  return stepOf(openWork, officerId, async (work): Promise<MailCodeSending> => {
    if (!(await isByMail(work, officerId))) return { outcome: 'not-by-mail' }
    const seconds = await countMailCode(work, officerId)
    if (seconds !== undefined) return { outcome: 'slowed', seconds }
    await audit.record(work, 'officer-factor.asked-by-mail', { kind: 'officer', id: officerId, unitId }, { signIn: id })
    return { outcome: 'sent' }
  })
}

export type Finished =
  | {
      readonly outcome: 'signed-in'
      readonly token: string
      readonly mustChange: boolean
      readonly posts: readonly Post[]
    }
  /** A session went on, under a new token. */
  | { readonly outcome: 'proved'; readonly token: string }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'slowed'; readonly seconds: number }
  /** The sign-in or the session is over, or the officer has no post any more. */
  | { readonly outcome: 'gone' }
  /** The added factor was not right: a wrong code, another answer, or somebody's key already. */
  | { readonly outcome: 'refused' }

/** Begins the session of a sign-in whose second factor was right; the session that its browser had before ends. */
async function finish(
  work: Work,
  signIn: store.WaitingSignIn,
  { factor, elsewhere }: { readonly factor: SessionFactor; readonly elsewhere: boolean },
  { from, replacing }: { readonly from: SignInOrigin; readonly replacing: string | undefined },
): Promise<Finished> {
  const { officerId, mustChange } = signIn
  const posts = await postsToday(work, officerId)
  if (!(await store.takeSignIn(work, signIn.id))) return { outcome: 'gone' }
  if (posts.length === 0) {
    await recordRefusedSignIn(work, signIn, 'no-post')
    return { outcome: 'gone' }
  }
  const former = replacing === undefined ? undefined : await findSession(work, replacing)
  if (former)
    await endAndRecord(work, await endSessions(work, former.officerId, { only: former.id }), 'another-signed-in')
  return {
    outcome: 'signed-in',
    token: await beginSession(work, signIn, posts, { factor, from, elsewhere }),
    mustChange,
    posts,
  }
}

/** A session whose officer proved themselves goes on, fresh, under a new token. */
async function refresh(work: Work, session: SessionRow, factor: SessionFactor): Promise<Finished> {
  const token = newToken()
  await setFactorGiven(work, session.id, factor)
  await rotateToken(work, session.id, hashToken(token))
  await audit.record(
    work,
    'session.proved',
    { kind: 'session', id: session.id, ...(session.unitId && { unitId: session.unitId }) },
    { factor },
  )
  return { outcome: 'proved', token }
}

/** Reads the caller again, in the work that acts for them: what was read before may be over. */
async function callerAgain(work: Work, caller: FactorCaller): Promise<FactorCaller | undefined> {
  if (caller.kind === 'sign-in') {
    const signIn = await store.selectSignIn(work, hashToken(caller.token))
    return signIn && { ...caller, signIn }
  }
  const session = await findSession(work, caller.token)
  return session && { ...caller, session }
}

type Origin = { readonly from: SignInOrigin; readonly replacing?: string | undefined; readonly rp: RelyingParty }

const unitOf = (caller: FactorCaller): UnitId | undefined =>
  caller.kind === 'sign-in' ? caller.signIn.unitId : (caller.session.unitId ?? undefined)

/**
 * The caller gives a second factor: a sign-in becomes a session, a session is fresh again. A wrong one is counted and
 * noted, and leaves things as they are.
 */
export const giveFactor = (
  openWork: OpenWork,
  caller: FactorCaller,
  proof: FactorProof,
  { from, replacing, rp }: Origin,
): Promise<Finished> =>
  stepOf(openWork, officerOf(caller).officerId, async (work): Promise<Finished> => {
    const now = await callerAgain(work, caller)
    if (!now) return { outcome: 'gone' }
    const { officerId } = officerOf(now)
    const proven = await proveFactor(
      work,
      {
        officerId,
        unitId: now.kind === 'sign-in' ? now.signIn.unitId : (now.session.unitId as UnitId),
        deviceHash: now.kind === 'sign-in' ? now.signIn.deviceHash : now.session.deviceHash,
        ...(now.kind === 'sign-in' && {
          signIn: { id: now.signIn.id, mailAllowed: await isByMail(work, officerId) },
        }),
      },
      proof,
      rp,
    )
    if (proven.outcome !== 'right') return proven
    return now.kind === 'sign-in'
      ? finish(work, now.signIn, proven, { from, replacing })
      : refresh(work, now.session, proven.factor)
  })

/**
 * Whether the caller may add a factor now: a sign-in by the password alone adds the first one, where its officer may; a
 * session adds others while its own factor is fresh.
 */
async function mayAdd(work: Work, caller: FactorCaller): Promise<boolean> {
  const { officerId } = officerOf(caller)
  const credential = await store.holdCredential(work, officerId)
  const known = await store.factorsOf(work, officerId)
  if (!credential || known.length >= mostFactors) return false
  if (caller.kind === 'session') return caller.session.freshUntil > work.now
  return credential.mayEnrol && known.length === 0 && (await mailOf(work, officerId, false)) === undefined
}

/**
 * The secret that the caller's app takes, as text and as the address for a QR code; the same one until it was taken or
 * half an hour is over, so that a page that is loaded again fits the phone.
 */
export const offerApp = (
  openWork: OpenWork,
  caller: FactorCaller,
): Promise<{ readonly secret: string; readonly address: string } | undefined> => {
  const { officerId, login } = officerOf(caller)
  return stepOf(openWork, officerId, async work => {
    if (!(await mayAdd(work, caller))) return undefined
    const place = placeOfSecret(officerId, 'offer')
    const known = await store.findOffer(work, officerId)
    const secret = known ? unseal('totp', place, known) : newTotpSecret()
    const endsAt = new Date(work.now.getTime() + factorMinutes.offer * 60_000)
    if (!known) await store.setOffer(work, officerId, seal('totp', place, secret), endsAt)
    return { secret, address: totpAddress(secret, login) }
  })
}

/** The options with which a browser makes a passkey for the caller. */
export const passkeyOffer = (
  openWork: OpenWork,
  caller: FactorCaller,
  rp: RelyingParty,
): Promise<RegistrationOptions | undefined> => {
  const { officerId, login } = officerOf(caller)
  return stepOf(openWork, officerId, async work => {
    if (!(await mayAdd(work, caller))) return undefined
    const options = await registrationOptions(rp, {
      userName: login,
      userHandle: new Uint8Array(Buffer.from(officerId.replaceAll('-', ''), 'hex')),
      known: await store.everyPasskeyOf(work, officerId),
      timeout: factorMinutes.passkey * 60_000,
    })
    await keepChallenge(work, officerId, options.challenge)
    return options
  })
}

/** A factor to add: the first code of the app that was offered, or what a browser made for a challenge. */
export type AddedFactor = { readonly name: string } & (
  | { readonly kind: 'totp'; readonly code: string }
  | { readonly kind: 'passkey'; readonly made: unknown; readonly challenge: string }
)

/** A factor to add, with the end of its rest where it rests. */
type Resting = { readonly restsUntil: Date | undefined }

async function insertApp(
  work: Work,
  officerId: OfficerId,
  { name, code, restsUntil }: Extract<AddedFactor, { kind: 'totp' }> & Resting,
) {
  const sealed = await store.findOffer(work, officerId)
  const secret = sealed && unseal('totp', placeOfSecret(officerId, 'offer'), sealed)
  const step = secret === undefined ? undefined : totpStep(secret, code, work.now)
  if (secret === undefined || step === undefined || !(await store.takeOffer(work, officerId))) return false
  const id = newId<'officer-factor'>(work.now)
  await store.insertAppRow(work, officerId, {
    id,
    name,
    sealed: seal('totp', placeOfSecret(officerId, id), secret),
    step,
    restsUntil,
  })
  return true
}

async function insertMadePasskey(
  work: Work,
  officerId: OfficerId,
  { name, made, challenge, restsUntil }: Extract<AddedFactor, { kind: 'passkey' }> & Resting,
  rp: RelyingParty,
) {
  if (!(await store.takeChallenge(work, officerId, hashOfChallenge(challenge)))) return false
  const key = await verifiedRegistration(made, challenge, rp)
  return key !== undefined && store.insertPasskey(work, officerId, { ...key, id: newId(work.now), name, restsUntil })
}

/**
 * Adds a factor and proves the caller by it, unless it rests: whoever just made a passkey or typed their app's code has
 * given it. The officer is told, by a consequence of the deed. Throws factor-not-addable.
 */
export const addFactor = (
  openWork: OpenWork,
  caller: FactorCaller,
  factor: AddedFactor,
  { from, replacing, rp }: Origin,
): Promise<Finished> =>
  stepOf(openWork, officerOf(caller).officerId, async (work): Promise<Finished> => {
    const now = await callerAgain(work, caller)
    if (!now) return { outcome: 'gone' }
    if (!(await mayAdd(work, now))) throw staffProblem('factor-not-addable', { most: mostFactors })
    const { officerId } = officerOf(now)
    const name = factor.name.normalize('NFC').trim().slice(0, 100) || factor.kind
    const restsUntil = restsUntilOf(work, now)
    const wasAdded =
      factor.kind === 'totp'
        ? await insertApp(work, officerId, { ...factor, name, restsUntil })
        : await insertMadePasskey(work, officerId, { ...factor, name, restsUntil }, rp)
    if (!wasAdded) {
      await recordRefusedSignIn(work, { officerId, unitId: unitOf(now) as UnitId }, `adding-${factor.kind}`)
      return { outcome: 'refused' }
    }
    await store.setMayEnrol(work, officerId, false)
    await recordFactor(
      work,
      'officer-factor.added',
      { officerId, unitId: unitOf(now) },
      { factor: factor.kind, ...(restsUntil && { restsUntil: restsUntil.toISOString() }) },
    )
    if (restsUntil) return { outcome: 'proved', token: now.token }
    return now.kind === 'sign-in'
      ? // Of the factor itself the officer is told.
        finish(work, now.signIn, { factor: factor.kind, elsewhere: false }, { from, replacing })
      : refresh(work, now.session, factor.kind)
  })

const recordFactor = (
  work: Work,
  deed: 'officer-factor.added' | 'officer-factor.removed',
  { officerId, unitId }: { readonly officerId: OfficerId; readonly unitId?: UnitId | undefined },
  facts: Readonly<Record<string, string>>,
) => audit.record(work, deed, { kind: 'officer', id: officerId, ...(unitId && { unitId }) }, facts)

/** Whether a session's second factor was given so lately that approvals, and adding and removing factors, go on. */
export const isFresh = (openWork: OpenWork, caller: Extract<FactorCaller, { kind: 'session' }>): Promise<boolean> =>
  stepOf(openWork, caller.session.officerId, async work => caller.session.freshUntil > work.now)

/** The caller's factors, for their own page. */
export const factorsOfCaller = (openWork: OpenWork, caller: FactorCaller): Promise<store.OfficerFactor[]> => {
  const { officerId } = officerOf(caller)
  return stepOf(openWork, officerId, work => store.factorsOf(work, officerId))
}

/** Where the caller is signed in, for their own page. */
export const sessionsOfCaller = (
  openWork: OpenWork,
  { session }: Extract<FactorCaller, { kind: 'session' }>,
): Promise<readonly (LiveSession & { readonly thisOne: boolean })[]> =>
  stepOf(openWork, session.officerId, async work =>
    (await liveSessions(work, session.officerId)).map(one => ({ ...one, thisOne: one.id === session.id })),
  )

/** Ends another session of the caller while their factor is fresh. Throws factor-not-fresh, session-unknown. */
export const endSessionOfCaller = (
  openWork: OpenWork,
  caller: Extract<FactorCaller, { kind: 'session' }>,
  id: OfficerSessionId,
): Promise<void> =>
  stepOf(openWork, caller.session.officerId, async work => {
    const session = refuseStaleSession(work, await findSession(work, caller.token))
    const ended = await endSessions(work, session.officerId, { only: id })
    if (ended.length === 0) throw staffProblem('session-unknown')
    await endAndRecord(work, ended, 'signed-out-elsewhere')
  })

/**
 * Removes a factor of a session's officer while their own is fresh: one that rests, or any but the last. Throws
 * factor-not-fresh, factor-unknown, factor-last.
 */
export const removeFactor = (
  openWork: OpenWork,
  caller: Extract<FactorCaller, { kind: 'session' }>,
  id: FactorId,
): Promise<void> =>
  stepOf(openWork, caller.session.officerId, async work => {
    const session = refuseStaleSession(work, await findSession(work, caller.token))
    const { officerId } = session
    await store.holdCredential(work, officerId)
    const known = await store.factorsOf(work, officerId)
    const removed = known.find(one => one.id === id)
    if (!removed) throw staffProblem('factor-unknown')
    if (removed.restsUntil === null && withoutResting(known).length === 1) throw staffProblem('factor-last')
    const kind = await store.deleteFactor(work, officerId, id)
    await recordFactor(
      work,
      'officer-factor.removed',
      { officerId, unitId: session.unitId ?? undefined },
      { factor: kind ?? '', id },
    )
  })

/**
 * Removes all second factors of an officer to whom two others gave a link for that, and lets them add a new first one.
 * In a work that opened the credentials.
 */
export async function dropFactors(
  work: Work,
  officer: { readonly officerId: OfficerId; readonly unitId: UnitId },
): Promise<void> {
  await store.holdCredential(work, officer.officerId)
  for (const { id, kind } of await store.factorsOf(work, officer.officerId)) {
    await store.deleteFactor(work, officer.officerId, id)
    await recordFactor(work, 'officer-factor.removed', officer, { factor: kind, id })
  }
  await store.setMayEnrol(work, officer.officerId, true)
}

/** Draws the code that is sent for a sign-in; undefined where it is over. */
export const drawSignInCode = (work: Work, id: SignInId) => withCredentials(work, () => drawMailCode(work, id))

type Line = Pick<audit.JournalLine, 'of' | 'facts'>

/** After a restore: a factor that was removed since is removed again; others stay, and the officer may have none. */
export const removeFactorAgain = (work: Work, { of, facts }: Line): Promise<audit.Again> =>
  withCredentials(work, async () => {
    const officer = await findOfficer(work, of as OfficerId)
    if (!officer) return 'unknown'
    const kind = await store.deleteFactor(work, officer.id, String(facts?.['id']) as FactorId)
    if (!kind) return 'already'
    await recordFactor(
      work,
      'officer-factor.removed',
      { officerId: officer.id, unitId: officer.unitId },
      { factor: kind },
    )
    return 'again'
  })

/**
 * After a restore: an officer who has added a second factor since does not add a first one by the password alone, which
 * the backup would allow; two officers let them. Where nobody with a second factor is left to accept that, it stays
 * allowed, and is named.
 */
export const refuseFirstFactorAgain = (work: Work, { of }: Line): Promise<audit.Again> =>
  withCredentials(work, async () => {
    const officer = await findOfficer(work, of as OfficerId)
    if (!officer) return 'unknown'
    const credential = await store.holdCredential(work, officer.id)
    if (!credential?.mayEnrol) return 'already'
    const others = await store.postsOfOthersWithFactor(work, officer.id, rolesThatAccept)
    if (!(await someStandToday(work, others))) return 'by-hand'
    await store.setMayEnrol(work, officer.id, false)
    return 'again'
  })

const rolesThatAccept = roles.filter(role => mayDo(role, 'staff.accept'))

/** Of some officers, those who have a second factor. */
export const officersWithFactor = (work: Work, officerIds: readonly OfficerId[]): Promise<OfficerId[]> =>
  withCredentials(work, () => store.selectOfficersWithFactor(work, officerIds))
