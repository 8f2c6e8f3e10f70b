/**
 * Activation: the holder opens the account on the web, with a code sent to its phone or with a slip; a parent confirms
 * a child's activation. A holder also resets a forgotten passcode here or moves the account to another device.
 * Each step checks that what it depends on still holds, and that this browser may become the account's device. The
 * database holds the whole attempt, so it resumes after the page was lost or the server was killed between two steps.
 * The browser only holds a token, which is replaced at each proof. reopening.ts handles activation days that are over.
 * Deeds: account.activated, .told, .notice-lost, .activation-reopened, .activation-lapsed, activation.confirmed,
 * passcode.set, slip.used.
 */

import * as audit from '../../audit/audit.ts'
import { hashOf, newToken } from '../../platform/http/csrf.ts'
import { asId, newId } from '../../platform/ids.ts'
import { slowdownKeyOf } from '../../platform/limits/slowdown.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import { type Account, needsHotline } from '../account.ts'
import { lacksCard } from '../card.ts'
import { drawCode, sendCode, tryCode, wasJustRight } from '../factors/code.ts'
import { knowDevice, tellHolder } from '../factors/device.ts'
import { findHolder, getHolder, type Holder, keyOfPlace, subjectOf, withFactors } from '../factors/factors.ts'
import { hashPasscode, keepPasscode, type PasscodeFault, passcodeFault } from '../factors/passcode.ts'
import { makeRecoveryCodes } from '../factors/recovery.ts'
import { activationsFromPlace, messagesToOne } from '../law.ts'
import { hold, moveOn, type Where } from '../lifecycle.ts'
import { accountProblem } from '../problems.ts'
import { spendSlip } from '../slips/slips.ts'
import * as holders from '../store-holder.ts'
import { needsGuardian } from './guardian.ts'
import { type Attempt, type EndReason, refOf, stopFor } from './step.ts'
import * as attempts from './store.ts'

/** A browser: the tokens of its cookies, its address and its own description. */
export type Browser = {
  readonly device: string
  readonly officerSession?: string | undefined
  readonly address: string
  readonly name: string
}

export const activating = (personId?: register.PersonId) => asSystem('activation', 'house', personId)

/**
 * Activates the account on the holder's own device. An officer's device is never used (domain.md 8.7). At a session an
 * officer is present, so an expired last day does not matter. Throws account-unknown, account-move-refused,
 * account-activation-over, account-card-needed (the card of level 2 ended meanwhile).
 */
export async function activate(work: Work, id: string, where: Where = {}): Promise<Account> {
  const account = await hold(work, id)
  const isLate = needsHotline(account, work.today)
  if (isLate && !where.sessionId) throw accountProblem('account-activation-over', { activateBy: account.activateBy })
  if (await lacksCard(work, account)) throw accountProblem('account-card-needed')
  const facts = { device: 'own', ...(isLate && { late: true }) }
  return moveOn(
    work,
    account,
    { to: 'activated', from: 'approved', deed: 'account.activated', facts, ...where },
    { activatedAt: work.now },
  )
}

/** Whether an officer signs in from this browser. No account is activated on it (domain.md 3C). */
export const isOfficers = (
  openWork: OpenWork,
  { device, officerSession }: Pick<Browser, 'device' | 'officerSession'>,
): Promise<boolean> =>
  openWork(activating(), work => staff.isOfficersBrowser(work, { device, session: officerSession }))

/** Counts a start by its address. Gives the seconds to wait, or undefined. */
export const countAtPlace = (work: Work, what: string, address: string) =>
  holders.attempts.count(work, keyOfPlace(what, address), activationsFromPlace)

/** Records a step of the attempt, also for the funnel. */
async function stepTo(
  work: Work,
  attempt: Attempt,
  step: Attempt['step'],
  why?: EndReason,
  tokens: { tokenHash?: Buffer; formerHash?: Buffer } = {},
) {
  await attempts.moveAttempt(work, attempt, { step, ...(why && { why }), ...tokens })
  await attempts.addStep(work, attempt, step, why)
}

async function stopOf(
  work: Work,
  { purpose }: Attempt,
  holder: Holder | undefined,
  isLate: boolean,
): Promise<EndReason | undefined> {
  const why = holder ? stopFor(purpose, holder, isLate) : 'requested'
  return why ?? (holder && (await lacksCard(work, holder)) ? 'card-missing' : undefined)
}

/** Moves an attempt on after a proof, or stops it with a reason. */
async function proven(
  work: Work,
  attempt: Attempt,
  tokens: { tokenHash?: Buffer; formerHash?: Buffer } = {},
): Promise<EndReason | undefined> {
  const ref = refOf(attempt)
  const holder = await getHolder(work, ref)
  const last = await holders.activateBy(work, ref)
  const why = await stopOf(work, attempt, holder, last !== undefined && last < work.today)
  await attempts.addStep(work, attempt, 'code-right')
  await attempts.moveAttempt(work, attempt, { step: why ? 'stopped' : 'code-right', ...(why && { why }), ...tokens })
  if (why) await attempts.addStep(work, attempt, 'stopped', why)
  return why
}

/** Begins an attempt that starts with a proof, such as a slip. Gives the browser's token. */
export async function beginProven(work: Work, begun: Omit<Attempt, 'id' | 'step'>): Promise<string> {
  const token = newToken()
  const attempt: Attempt = { ...begun, id: newId<'activation'>(work.now), step: 'began' }
  await attempts.addAttempt(work, attempt, hashOf(token))
  await attempts.addStep(work, attempt, 'began')
  await proven(work, attempt)
  return token
}

/** Begins an attempt whose next step is a code by message. Calls `send` only if there is an account to send to. */
export async function beginWithMessage(
  work: Work,
  begun: Omit<Attempt, 'id' | 'step' | 'personId'> & { personId?: register.PersonId },
  send: (attempt: Attempt) => Promise<unknown>,
): Promise<string> {
  const token = newToken()
  const id = newId<'activation'>(work.now)
  const attempt: Attempt = { ...begun, id, personId: begun.personId ?? asId<'person'>(id), step: 'code-sent' }
  await attempts.addAttempt(work, attempt, hashOf(token))
  await attempts.addStep(work, attempt, 'began')
  await send(attempt)
  await attempts.addStep(work, attempt, 'code-sent')
  return token
}

export type Begun =
  | { readonly outcome: 'begun'; readonly token: string }
  | { readonly outcome: 'slowed'; readonly seconds: number }

const bare = (text: string) => text.replace(/\D/g, '')

/** Records for the funnel that the phone is wrong or missing. The browser does not learn it. */
async function noteMismatch(work: Work, holder: Holder) {
  const attempt: Attempt = {
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
async function message(work: Work, attempt: Attempt, holder: Holder | undefined, address: string) {
  const purpose = attempt.purpose
  if (holder) return sendCode(work, holder, purpose, { address })
  return drawCode(work, refOf(attempt), purpose)
}

/**
 * Begins by number and the last three digits of the phone. The page asks for the code in every case. Only the phone's
 * owner learns whether the account exists and how it stands.
 */
export const begin = (
  openWork: OpenWork,
  { number, phoneEnd, browser }: { number: string; phoneEnd: string; browser: Browser },
): Promise<Begun> =>
  openWork(activating(), work =>
    withFactors(work, async (house): Promise<Begun> => {
      const seconds = await countAtPlace(house, 'activation', browser.address)
      if (seconds !== undefined) return { outcome: 'slowed', seconds }
      await attempts.dropOldOfNobody(house)

      // By both: whoever knows the number alone does not stop its holder's messages.
      const asked = slowdownKeyOf('activation', bare(number), phoneEnd)
      const isEarly = (await holders.attempts.count(house, asked, messagesToOne)) !== undefined
      const holder = await findHolder(house, number)
      const isTheirs = holder !== undefined && holder.factors.phone === phoneEnd
      if (holder && !isTheirs && !isEarly) await noteMismatch(house, holder)
      const whose = isTheirs ? { personId: holder.personId, accountId: holder.accountId } : {}
      const shown = /^\d{3}$/.test(phoneEnd) ? { shown: phoneEnd } : {}
      const token = await beginWithMessage(
        house,
        { ...whose, ...shown, asked, purpose: 'activation', way: 'message' },
        async attempt => {
          if (!isEarly) await message(house, attempt, isTheirs ? holder : undefined, browser.address)
        },
      )
      return { outcome: 'begun', token }
    }),
  )

/**
 * Sends the code again. The answer does not show whether an account exists. Undefined if the attempt does not wait for
 * a code.
 */
export const sendAgain = (
  openWork: OpenWork,
  token: string,
  { address }: Pick<Browser, 'address'>,
): Promise<{ outcome: 'sent' } | { outcome: 'slowed'; seconds: number } | undefined> =>
  openWork(activating(), work =>
    withFactors(work, async house => {
      const attempt = await attempts.holdAttempt(house, hashOf(token))
      if (attempt?.step !== 'code-sent') return undefined
      const key = attempt.asked ?? slowdownKeyOf('activation', attempt.id)
      const seconds = await holders.attempts.count(house, key, messagesToOne)
      if (seconds !== undefined) return { outcome: 'slowed', seconds } as const
      await message(house, attempt, await getHolder(house, refOf(attempt)), address)
      await attempts.moveAttempt(house, attempt, { step: 'code-sent' })
      return { outcome: 'sent' } as const
    }),
  )

/** Records for the funnel that no message came. The attempt continues, because the message may still arrive. */
export const noteNoMessage = (openWork: OpenWork, token: string): Promise<void> =>
  openWork(activating(), work =>
    withFactors(work, async house => {
      const attempt = await attempts.holdAttempt(house, hashOf(token))
      if (attempt?.step === 'code-sent') await attempts.addStep(house, attempt, 'stopped', 'no-sms')
    }),
  )

export type CodeGiven =
  | { readonly outcome: 'right'; readonly token: string }
  | { readonly outcome: 'wrong' | 'over' | 'gone' }

/** Replaces the token, so that a token that someone planted or saw before is worthless. */
async function letIn(work: Work, attempt: Attempt, former: string): Promise<CodeGiven> {
  const token = newToken()
  await proven(work, attempt, { tokenHash: hashOf(token), formerHash: hashOf(former) })
  return { outcome: 'right', token }
}

/** Checks the code that was sent. If the answer was lost, the same code under the same former token gets it again. */
export const giveCode = (openWork: OpenWork, token: string, code: string): Promise<CodeGiven> =>
  openWork(activating(), work =>
    withFactors(work, async (house): Promise<CodeGiven> => {
      const attempt = await attempts.holdAttempt(house, hashOf(token))
      if (!attempt) {
        const former = await attempts.holdByFormer(house, hashOf(token))
        const isSame = former !== undefined && (await wasJustRight(house, refOf(former), former.purpose, code))
        return isSame ? letIn(house, former, token) : { outcome: 'gone' }
      }
      if (attempt.step !== 'code-sent') return { outcome: 'gone' }
      const ref = refOf(attempt)
      const outcome = await tryCode(house, ref, attempt.purpose, code, attempt.accountId === undefined ? 'nobody' : ref)
      if (outcome === 'over') await attempts.addStep(house, attempt, 'stopped', 'wrong-code')
      if (outcome !== 'right') return { outcome }
      if (attempt.asked) await holders.attempts.clear(house, attempt.asked)
      return letIn(house, attempt, token)
    }),
  )

export type Whereabouts = Attempt & { readonly needsGuardian: boolean }

/** The progress of an attempt by its token; undefined if there is none. */
export const whereIs = (openWork: OpenWork, token: string): Promise<Whereabouts | undefined> =>
  openWork(activating(), work =>
    withFactors(work, async house => {
      const attempt = await attempts.findAttempt(house, hashOf(token))
      return (
        attempt && { ...attempt, needsGuardian: attempt.step === 'code-right' && (await needsGuardian(house, attempt)) }
      )
    }),
  )

export type PasscodeKept =
  | { readonly outcome: 'kept' | 'gone' }
  | { readonly outcome: 'refused'; readonly why: PasscodeFault }
  | { readonly outcome: 'stopped'; readonly why: EndReason }

const mayChoose = async (work: Work, attempt: Attempt | undefined): Promise<boolean> =>
  attempt !== undefined &&
  (attempt.step === 'guardian-confirmed' || (attempt.step === 'code-right' && !(await needsGuardian(work, attempt))))

async function faultOf(work: Work, attempt: Attempt, passcode: string): Promise<PasscodeFault | undefined> {
  const { birthDate, number } = await register.getSummary(work, attempt.personId)
  const phone = await holders.phoneOf(work, refOf(attempt))
  return passcodeFault(passcode, { birthDate, number, ...(phone && { phone }) })
}

/** Why the activation cannot finish. The facts may have changed since the proof. */
async function obstacle(
  work: Work,
  attempt: Attempt,
  holder: Holder | undefined,
  browser: Browser,
): Promise<EndReason | undefined> {
  if (await staff.isOfficersBrowser(work, { device: browser.device, session: browser.officerSession }))
    return 'officer-device'
  const why = await stopOf(work, attempt, holder, false)
  if (why) return why
  return attempt.slipId && !(await spendSlip(work, attempt.personId, attempt.slipId)) ? 'slip-over' : undefined
}

/** Stores passcode, activation and device and spends the slip, all of it or nothing. */
async function finishChoosing(work: Work, attempt: Attempt, hashed: string, browser: Browser): Promise<PasscodeKept> {
  const ref = refOf(attempt)
  const holder = await getHolder(work, ref)
  const why = await obstacle(work, attempt, holder, browser)
  if (why) {
    await stepTo(work, attempt, 'stopped', why)
    return { outcome: 'stopped', why }
  }
  await keepPasscode(work, ref, hashed)
  await audit.record(work, 'passcode.set', subjectOf(ref), { by: attempt.way })
  const slip = attempt.slipId && { kind: 'slip', id: attempt.slipId, personId: attempt.personId }
  if (slip) await audit.record(work, 'slip.used', slip, { account: ref.accountId })
  await stepTo(work, attempt, 'passcode-kept')
  if (holder?.state === 'approved') {
    await activate(work, ref.accountId)
    await attempts.addStep(work, attempt, 'activated')
  } else await tellHolder(work, ref, 'changed-passcode')
  await knowDevice(work, ref, browser.device, browser.name)
  return { outcome: 'kept' }
}

/**
 * Stores the chosen passcode and activates the account in the same work. Repeating it changes nothing. Throws
 * sign-in-busy (503).
 */
export async function choosePasscode(
  openWork: OpenWork,
  token: string,
  { passcode, browser }: { passcode: string; browser: Browser },
): Promise<PasscodeKept> {
  const before = await openWork(activating(), work =>
    withFactors(work, async house => {
      const attempt = await attempts.findAttempt(house, hashOf(token))
      if (attempt?.step === 'passcode-kept' || attempt?.step === 'codes-shown') return { outcome: 'kept' } as const
      if (!attempt || !(await mayChoose(house, attempt))) return { outcome: 'gone' } as const
      const why = await faultOf(house, attempt, passcode)
      return why ? ({ outcome: 'refused', why } as const) : { outcome: 'may' as const, attempt }
    }),
  )
  if (before.outcome !== 'may') return before

  const hashed = await hashPasscode(refOf(before.attempt), passcode)
  return openWork(activating(before.attempt.personId), work =>
    withFactors(work, async (house): Promise<PasscodeKept> => {
      const attempt = await attempts.holdAttempt(house, hashOf(token))
      if (attempt?.step === 'passcode-kept') return { outcome: 'kept' }
      if (!attempt || !(await mayChoose(house, attempt))) return { outcome: 'gone' }
      return finishChoosing(house, attempt, hashed, browser)
    }),
  )
}

/**
 * Makes ten recovery codes to show. Until the holder confirms that they are saved, each call replaces them, so a lost
 * answer costs nothing.
 */
export const showRecoveryCodes = (openWork: OpenWork, token: string): Promise<string[] | undefined> =>
  openWork(activating(), work =>
    withFactors(work, async house => {
      const attempt = await attempts.holdAttempt(house, hashOf(token))
      if (attempt?.step !== 'passcode-kept' && attempt?.step !== 'codes-shown') return undefined
      const codes = await makeRecoveryCodes(house, refOf(attempt))
      if (attempt.step === 'passcode-kept') await stepTo(house, attempt, 'codes-shown')
      return codes
    }),
  )

/** The holder has saved the codes: the attempt ends and its token is worthless. */
export const finish = (openWork: OpenWork, token: string): Promise<boolean> =>
  openWork(activating(), work =>
    withFactors(work, async house => {
      const attempt = await attempts.holdAttempt(house, hashOf(token))
      if (attempt?.step !== 'codes-shown') return false
      await stepTo(house, attempt, 'done', undefined, { tokenHash: hashOf(newToken()) })
      return true
    }),
  )
