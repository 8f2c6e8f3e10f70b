/**
 * Activation: the holder opens the account on the web, with a code sent to its phone or with a slip; a parent confirms
 * a child's activation. A holder also resets a forgotten passcode here or moves the account to another device.
 * Each step checks that what it depends on still holds, and that this browser may become the account's device. The
 * database holds the whole attempt, so it resumes after the page was lost or the server was killed between two steps.
 * The browser only holds a token, which is replaced at each proof; change-activation-period.ts handles days that are
 * over.
 * What makes an account one's own that was opened before: own-proof.ts; how its holder stops a slip: stop-slip.ts.
 * Deeds: account.activated, .told, .notice-lost, .activation-reopened, .activation-lapsed, activation.confirmed,
 * passcode.set, slip.used.
 */

import * as audit from '../../audit/audit.ts'
import { hashToken, newToken } from '../../platform/http/cookie-tokens.ts'
import { asId, newId } from '../../platform/ids.ts'
import { networkOf, slowdownKeyOf } from '../../platform/throttling/slowdown.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { type Account, needsHotline } from '../account.ts'
import { lacksCard } from '../card-of-account.ts'
import { drawOneTimeCode, sendOneTimeCode, tryOneTimeCode, wasCodeJustSpent } from '../factors/code.ts'
import { registerDevice } from '../factors/device.ts'
import {
  findHolder,
  getHolder,
  type Holder,
  type HolderRef,
  inFactorScope,
  keyOfAddress,
  subjectOfHolder,
} from '../factors/factors.ts'
import { notifyHolderOfChange } from '../factors/notify-change.ts'
import { hashPasscode, keepPasscode, type PasscodeFault, passcodeFault } from '../factors/passcode.ts'
import { makeRecoveryCodes } from '../factors/recovery.ts'
import { type ForeignBrowser, foreignBrowserOf } from '../factors/whose-browser.ts'
import { isHeld } from '../holder.ts'
import { activationsFromPlace, messagesToOne } from '../law.ts'
import { type AccountId, type DeedContext, holdAccount, transition } from '../lifecycle.ts'
import { accountProblem } from '../problems.ts'
import { beginHold, endOpenSlip, redeemSlip, spendWithoutHold } from '../slips/slips.ts'
import * as holders from '../store-holder.ts'
import { activationScope } from './activation-scope.ts'
import { type ActivationAttempt, askerOf, holderRefOf } from './attempt.ts'
import { needsGuardian } from './guardian.ts'
import { isMessageOffered, needsOwnProof } from './own-proof.ts'
import * as attempts from './store.ts'
import { type EndReason, stopReasonFor } from './why-it-stops.ts'

/** A browser: the tokens of its cookies, its address and its own description. */
export type ActivationBrowser = {
  readonly device: string
  readonly officerSession?: string | undefined
  readonly address: string
  readonly name: string
}

export { activationScope }

/**
 * Activates the account on the holder's own device. The device of an officer or of a helping
 * neighbour is never used (domain.md 8.7). At a session an
 * officer is present, so an expired last day does not matter. Throws account-unknown, account-move-refused,
 * account-activation-over, account-card-needed (the card of level 2 ended meanwhile).
 */
export async function activate(work: Work, id: AccountId, context: DeedContext = {}): Promise<Account> {
  const account = await holdAccount(work, id)
  const isLate = needsHotline(account, work.today)
  if (isLate && !context.sessionId) throw accountProblem('account-activation-over', { activateBy: account.activateBy })
  if (await lacksCard(work, account)) throw accountProblem('account-card-needed')
  const facts = { device: 'own', ...(isLate && { late: true }) }
  return transition(
    work,
    account,
    { to: 'activated', from: 'approved', deed: 'account.activated', facts, ...context },
    { activatedAt: work.now },
  )
}

/** Why no account is activated on this browser: an officer or a helping neighbour holds it. */
export const findForeignBrowser = (
  openWork: OpenWork,
  browser: Pick<ActivationBrowser, 'device' | 'officerSession'>,
): Promise<ForeignBrowser | undefined> => openWork(activationScope(), work => foreignBrowserOf(work, browser))

/** Counts a start by its address. Gives the seconds to wait, or undefined. */
export const countByAddress = (work: Work, what: string, address: string) =>
  holders.slowdownCounters.count(work, keyOfAddress(what, address), activationsFromPlace)

/** Records a step of the attempt, also for the funnel. */
async function advanceAttempt(
  work: Work,
  attempt: ActivationAttempt,
  step: ActivationAttempt['step'],
  why?: EndReason,
  tokens: { tokenHash?: Buffer; formerHash?: Buffer } = {},
) {
  await attempts.updateAttempt(work, attempt, { step, ...(why && { why }), ...tokens })
  await attempts.addStep(work, attempt, step, why)
}

async function findStopReason(
  work: Work,
  { purpose }: ActivationAttempt,
  holder: Holder | undefined,
  isLate: boolean,
): Promise<EndReason | undefined> {
  const why = holder ? stopReasonFor(purpose, holder, isLate) : 'requested'
  return why ?? (holder && (await lacksCard(work, holder)) ? 'card-missing' : undefined)
}

/** Moves an attempt on after a proof, or stops it with a reason. */
async function advanceToProven(
  work: Work,
  attempt: ActivationAttempt,
  tokens: { tokenHash?: Buffer; formerHash?: Buffer } = {},
): Promise<EndReason | undefined> {
  const ref = holderRefOf(attempt)
  const holder = await getHolder(work, ref)
  const last = await holders.findActivationDeadline(work, ref)
  const why = await findStopReason(work, attempt, holder, last !== undefined && last < work.today)
  await attempts.addStep(work, attempt, 'code-right')
  await attempts.updateAttempt(work, attempt, { step: why ? 'stopped' : 'code-right', ...(why && { why }), ...tokens })
  if (why) await attempts.addStep(work, attempt, 'stopped', why)
  return why
}

/** Begins an attempt that starts with a proof, such as a slip. Gives the browser's token. */
export async function beginProven(work: Work, begun: Omit<ActivationAttempt, 'id' | 'step'>): Promise<string> {
  const token = newToken()
  const attempt: ActivationAttempt = { ...begun, id: newId<'activation'>(work.now), step: 'began' }
  await attempts.addAttempt(work, attempt, hashToken(token))
  await attempts.addStep(work, attempt, 'began')
  await advanceToProven(work, attempt)
  return token
}

/** Begins an attempt whose next step is a code by message. Calls `send` only if there is an account to send to. */
export async function beginWithMessage(
  work: Work,
  begun: Omit<ActivationAttempt, 'id' | 'step' | 'personId'> & { personId?: register.PersonId },
  send: (attempt: ActivationAttempt) => Promise<unknown>,
): Promise<string> {
  const token = newToken()
  const id = newId<'activation'>(work.now)
  const attempt: ActivationAttempt = { ...begun, id, personId: begun.personId ?? asId<'person'>(id), step: 'code-sent' }
  await attempts.addAttempt(work, attempt, hashToken(token))
  await attempts.addStep(work, attempt, 'began')
  await send(attempt)
  await attempts.addStep(work, attempt, 'code-sent')
  return token
}

export type ActivationStart =
  | { readonly outcome: 'begun'; readonly token: string }
  | { readonly outcome: 'slowed'; readonly seconds: number }

const digitsOf = (text: string) => text.replace(/\D/g, '')

/** Records for the funnel that the phone is wrong or missing. The browser does not learn it. */
async function noteMismatch(work: Work, holder: Holder) {
  const attempt: ActivationAttempt = {
    personId: holder.personId,
    id: newId<'activation'>(work.now),
    accountId: holder.accountId,
    purpose: 'activation',
    way: 'message',
    step: 'stopped',
  }
  await attempts.addStep(work, attempt, 'began')
  await attempts.addStep(work, attempt, 'stopped', holder.factors.phone ? 'wrong-phone' : 'no-phone')
}

/** Sends a code for an attempt, or does the same amount of work for an unknown number. */
async function sendActivationCode(work: Work, attempt: ActivationAttempt, holder: Holder | undefined, address: string) {
  const purpose = attempt.purpose
  if (holder) return sendOneTimeCode(work, holder, purpose, { address, asker: askerOf(attempt) })
  return drawOneTimeCode(work, holderRefOf(attempt), purpose, askerOf(attempt))
}

/**
 * Begins by number and the last three digits of the phone. The page asks for the code in every case. Only the phone's
 * owner learns whether the account exists and how it stands.
 */
export const beginActivation = (
  openWork: OpenWork,
  { number, phoneEnd, browser }: { number: string; phoneEnd: string; browser: ActivationBrowser },
): Promise<ActivationStart> =>
  openWork(activationScope(), work =>
    inFactorScope(work, async (house): Promise<ActivationStart> => {
      const seconds = await countByAddress(house, 'activation', browser.address)
      if (seconds !== undefined) return { outcome: 'slowed', seconds }
      await attempts.dropOldUnknownAttempts(house)

      // By both, and by the place: whoever knows them and asks elsewhere does not stop the holder's messages.
      const asked = slowdownKeyOf('activation', digitsOf(number), phoneEnd, networkOf(browser.address))
      const isEarly = (await holders.slowdownCounters.count(house, asked, messagesToOne)) !== undefined
      const holder = await findHolder(house, number)
      const isTheirs = holder !== undefined && holder.factors.phone === phoneEnd
      if (holder && !isTheirs && !isEarly) await noteMismatch(house, holder)
      const whose = isTheirs ? { personId: holder.personId, accountId: holder.accountId } : {}
      const shown = /^\d{3}$/.test(phoneEnd) ? { shown: phoneEnd } : {}
      const token = await beginWithMessage(
        house,
        { ...whose, ...shown, asked, askedBy: hashToken(browser.device), purpose: 'activation', way: 'message' },
        async attempt => {
          if (!isEarly) await sendActivationCode(house, attempt, isTheirs ? holder : undefined, browser.address)
        },
      )
      return { outcome: 'begun', token }
    }),
  )

/**
 * Sends the code again. The answer does not show whether an account exists. Undefined if the attempt does not wait for
 * a code.
 */
export const resendCode = (
  openWork: OpenWork,
  token: string,
  { address }: Pick<ActivationBrowser, 'address'>,
): Promise<{ outcome: 'sent' } | { outcome: 'slowed'; seconds: number } | undefined> =>
  openWork(activationScope(), work =>
    inFactorScope(work, async house => {
      const attempt = await attempts.holdAttempt(house, hashToken(token))
      if (attempt?.step !== 'code-sent') return undefined
      const key = attempt.asked ?? slowdownKeyOf('activation', attempt.id)
      const seconds = await holders.slowdownCounters.count(house, key, messagesToOne)
      if (seconds !== undefined) return { outcome: 'slowed', seconds } as const
      await sendActivationCode(house, attempt, await getHolder(house, holderRefOf(attempt)), address)
      await attempts.updateAttempt(house, attempt, { step: 'code-sent' })
      return { outcome: 'sent' } as const
    }),
  )

/** Records for the funnel that no message came. The attempt continues, because the message may still arrive. */
export const noteMissingMessage = (openWork: OpenWork, token: string): Promise<void> =>
  openWork(activationScope(), work =>
    inFactorScope(work, async house => {
      const attempt = await attempts.holdAttempt(house, hashToken(token))
      if (attempt?.step === 'code-sent') await attempts.addStep(house, attempt, 'stopped', 'no-sms')
    }),
  )

export type CodeEntry =
  | { readonly outcome: 'right'; readonly token: string }
  | { readonly outcome: 'wrong' | 'over' | 'gone' }

/** Replaces the token, so that a token that someone planted or saw before is worthless. */
async function acceptCode(work: Work, attempt: ActivationAttempt, former: string): Promise<CodeEntry> {
  const token = newToken()
  await advanceToProven(work, attempt, { tokenHash: hashToken(token), formerHash: hashToken(former) })
  return { outcome: 'right', token }
}

/** Checks the code that was sent. If the answer was lost, the same code under the same former token gets it again. */
export const enterCode = (
  openWork: OpenWork,
  token: string,
  code: string,
  { address }: { readonly address?: string } = {},
): Promise<CodeEntry> =>
  openWork(activationScope(), work =>
    inFactorScope(work, async (house): Promise<CodeEntry> => {
      const attempt = await attempts.holdAttempt(house, hashToken(token))
      if (!attempt) {
        const former = await attempts.holdByFormer(house, hashToken(token))
        const isSame =
          former !== undefined &&
          (await wasCodeJustSpent(house, holderRefOf(former), former.purpose, code, askerOf(former)))
        return isSame ? acceptCode(house, former, token) : { outcome: 'gone' }
      }
      if (attempt.step !== 'code-sent') return { outcome: 'gone' }
      const ref = holderRefOf(attempt)
      const outcome = await tryOneTimeCode(house, ref, attempt.purpose, code, {
        countedFor: attempt.accountId === undefined ? 'nobody' : ref,
        asker: askerOf(attempt),
        address,
      })
      if (outcome === 'over') await attempts.addStep(house, attempt, 'stopped', 'wrong-code')
      if (outcome !== 'right') return { outcome }
      if (attempt.asked) await holders.slowdownCounters.clear(house, attempt.asked)
      return acceptCode(house, attempt, token)
    }),
  )

export type ActivationProgress = ActivationAttempt & {
  readonly needsGuardian: boolean
  /** What the holder has still to prove, of an account that was opened before; with or without a message. */
  readonly needsOwn?: 'with-message' | 'without-message' | undefined
  /** Until when the account takes nothing new, after a reset by slip. */
  readonly heldUntil?: Date | undefined
}

const isProven = ({ step }: ActivationAttempt) => step === 'code-right' || step === 'guardian-confirmed'

async function ownProofFor(house: Work, attempt: ActivationAttempt): Promise<ActivationProgress['needsOwn']> {
  if (!isProven(attempt) || !(await needsOwnProof(house, attempt))) return undefined
  return (await isMessageOffered(house, attempt)) ? 'with-message' : 'without-message'
}

/** The progress of an attempt by its token; undefined if there is none. */
export const findProgress = (openWork: OpenWork, token: string): Promise<ActivationProgress | undefined> =>
  openWork(activationScope(), work =>
    inFactorScope(work, async house => {
      const attempt = await attempts.findAttempt(house, hashToken(token))
      if (!attempt) return undefined
      const holder = await getHolder(house, holderRefOf(attempt))
      return {
        ...attempt,
        needsGuardian: attempt.step === 'code-right' && (await needsGuardian(house, attempt)),
        needsOwn: await ownProofFor(house, attempt),
        heldUntil: holder && isHeld(holder, house.now) ? holder.heldUntil : undefined,
      }
    }),
  )

export type PasscodeChoice =
  | { readonly outcome: 'kept' | 'gone' }
  | { readonly outcome: 'refused'; readonly why: PasscodeFault }
  | { readonly outcome: 'stopped'; readonly why: EndReason }

const mayChoosePasscode = async (work: Work, attempt: ActivationAttempt | undefined): Promise<boolean> =>
  attempt !== undefined &&
  (attempt.step === 'guardian-confirmed' || (attempt.step === 'code-right' && !(await needsGuardian(work, attempt)))) &&
  !(await needsOwnProof(work, attempt))

async function findPasscodeFault(
  work: Work,
  attempt: ActivationAttempt,
  passcode: string,
): Promise<PasscodeFault | undefined> {
  const { birthDate, number } = await register.getSummary(work, attempt.personId)
  const phone = await holders.findHolderPhone(work, holderRefOf(attempt))
  return passcodeFault(passcode, { birthDate, number, ...(phone && { phone }) })
}

/** Why the activation cannot finish. The facts may have changed since the proof. */
async function findActivationObstacle(
  work: Work,
  attempt: ActivationAttempt,
  holder: Holder | undefined,
  browser: ActivationBrowser,
): Promise<EndReason | undefined> {
  const foreign = await foreignBrowserOf(work, browser)
  if (foreign) return foreign
  const why = await findStopReason(work, attempt, holder, false)
  if (why) return why
  return attempt.slipId && !(await redeemSlip(work, attempt.personId, attempt.slipId)) ? 'slip-over' : undefined
}

/**
 * The slip by which the passcode is chosen is used; one that lies about somewhere else opens nothing any more. Gives
 * whether it resets an account that was opened before, whose waiting time begins. An account that two officers raised,
 * and that its holder activates anew by a factor of their own, is not reset.
 */
async function closeSlips(
  work: Work,
  { slipId, personId, ownFactor }: ActivationAttempt,
  ref: HolderRef,
  state: Holder['state'] | undefined,
) {
  if (!slipId) {
    await endOpenSlip(work, ref, 'opened-otherwise')
    return false
  }
  const wasOpened = await holders.wasOpened(work, ref)
  const isReset = wasOpened && !(ownFactor && state === 'approved')
  if (isReset) await beginHold(work, ref, { slipId, ownFactor })
  else if (wasOpened && ownFactor) {
    await spendWithoutHold(work, ref, { slipId, ownFactor })
    await notifyHolderOfChange(work, ref, 'changed-passcode')
  }
  await audit.record(
    work,
    'slip.used',
    { kind: 'slip', id: slipId, personId },
    { account: ref.accountId, ...(isReset && { reset: true }), ...(ownFactor && { proved: ownFactor }) },
  )
  return isReset
}

/** Stores passcode, activation and device and spends the slip, all of it or nothing. */
async function keepChosenPasscode(
  work: Work,
  attempt: ActivationAttempt,
  hashed: string,
  browser: ActivationBrowser,
): Promise<PasscodeChoice> {
  const ref = holderRefOf(attempt)
  const holder = await getHolder(work, ref)
  const why = await findActivationObstacle(work, attempt, holder, browser)
  if (why) {
    await advanceAttempt(work, attempt, 'stopped', why)
    return { outcome: 'stopped', why }
  }
  const isReset = await closeSlips(work, attempt, ref, holder?.state)
  await keepPasscode(work, ref, hashed)
  await audit.record(work, 'passcode.set', subjectOfHolder(ref), { by: attempt.way, ...(isReset && { reset: true }) })
  await advanceAttempt(work, attempt, 'passcode-kept')
  if (holder?.state === 'approved') {
    await activate(work, ref.accountId)
    await attempts.addStep(work, attempt, 'activated')
  } else if (!isReset) await notifyHolderOfChange(work, ref, 'changed-passcode')
  await registerDevice(work, ref, browser.device, browser.name, isReset ? 'reset' : 'replaced')
  return { outcome: 'kept' }
}

/**
 * Stores the chosen passcode and activates the account in the same work. Repeating it changes nothing. Throws
 * sign-in-busy (503).
 */
export async function choosePasscode(
  openWork: OpenWork,
  token: string,
  { passcode, browser }: { passcode: string; browser: ActivationBrowser },
): Promise<PasscodeChoice> {
  const before = await openWork(activationScope(), work =>
    inFactorScope(work, async house => {
      const attempt = await attempts.findAttempt(house, hashToken(token))
      if (attempt?.step === 'passcode-kept' || attempt?.step === 'codes-shown') return { outcome: 'kept' } as const
      if (!attempt || !(await mayChoosePasscode(house, attempt))) return { outcome: 'gone' } as const
      const why = await findPasscodeFault(house, attempt, passcode)
      return why ? ({ outcome: 'refused', why } as const) : { outcome: 'may' as const, attempt }
    }),
  )
  if (before.outcome !== 'may') return before

  const hashed = await hashPasscode(holderRefOf(before.attempt), passcode)
  return openWork(activationScope(before.attempt.personId), work =>
    inFactorScope(work, async (house): Promise<PasscodeChoice> => {
      const attempt = await attempts.holdAttempt(house, hashToken(token))
      if (attempt?.step === 'passcode-kept') return { outcome: 'kept' }
      if (!attempt || !(await mayChoosePasscode(house, attempt))) return { outcome: 'gone' }
      return keepChosenPasscode(house, attempt, hashed, browser)
    }),
  )
}

/**
 * Makes ten recovery codes to show. Until the holder confirms that they are saved, each call replaces them, so a lost
 * answer costs nothing.
 */
export const showRecoveryCodes = (openWork: OpenWork, token: string): Promise<string[] | undefined> =>
  openWork(activationScope(), work =>
    inFactorScope(work, async house => {
      const attempt = await attempts.holdAttempt(house, hashToken(token))
      if (attempt?.step !== 'passcode-kept' && attempt?.step !== 'codes-shown') return undefined
      const holder = await getHolder(house, holderRefOf(attempt))
      if (!holder || isHeld(holder, house.now)) return undefined
      const codes = await makeRecoveryCodes(house, holderRefOf(attempt))
      if (attempt.step === 'passcode-kept') await advanceAttempt(house, attempt, 'codes-shown')
      return codes
    }),
  )

/** The holder has saved the codes: the attempt ends and its token is worthless. */
export const finishActivation = (openWork: OpenWork, token: string): Promise<boolean> =>
  openWork(activationScope(), work =>
    inFactorScope(work, async house => {
      const attempt = await attempts.holdAttempt(house, hashToken(token))
      if (!attempt) return false
      const holder = await getHolder(house, holderRefOf(attempt))
      // While the account takes no codes there are none to save.
      const isKept = attempt.step === 'passcode-kept' && holder !== undefined && isHeld(holder, house.now)
      if (attempt.step !== 'codes-shown' && !isKept) return false
      await advanceAttempt(house, attempt, 'done', undefined, { tokenHash: hashToken(newToken()) })
      return true
    }),
  )
