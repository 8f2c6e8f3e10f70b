import * as accounts from '../accounts/accounts.ts'
import * as audit from '../audit/audit.ts'
import * as outreach from '../outreach/outreach.ts'
import { isId } from '../platform/ids.ts'
import type { OpenWork, Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as signin from '../signin/signin.ts'
import { citizenProblem } from './problems.ts'
import { asChanging, refOf, type Self } from './self.ts'
import { saidTo } from './words.ts'

/**
 * What people change of themselves. The person comes from the session alone; what a form names (a session, a consent, a
 * passkey) is looked for among that person's own, so that another's is not found.
 */

const asId = (text: string | undefined): string => {
  if (!text || !isId(text)) throw citizenProblem('own-thing-unknown')
  return text
}

const found = (is: boolean | number): void => {
  if (!is) throw citizenProblem('own-thing-unknown')
}

/** Withdraws a consent of theirs. Throws own-thing-unknown where it is another's, or has ended. */
export const withdraw = (openWork: OpenWork, self: Self, id: string | undefined): Promise<void> =>
  openWork(asChanging(self), async work =>
    found(await signin.withdraw(work, self.personId, asId(id) as signin.ConsentId)),
  )

/** Ends one session of theirs. Throws own-thing-unknown. */
export const endSession = (openWork: OpenWork, self: Self, id: string | undefined): Promise<void> =>
  openWork(asChanging(self), async work =>
    found(await signin.endSessions(work, self.personId, 'holder', { only: asId(id) as signin.SessionId })),
  )

/** Ends every session but the one that asks. */
export const endOtherSessions = (openWork: OpenWork, self: Self): Promise<number> =>
  openWork(asChanging(self), work => signin.endSessions(work, self.personId, 'holder', { except: self.session.id }))

/** Removes the account's device: the next sign-in needs two factors anywhere. Throws own-thing-unknown. */
export const endDevice = (openWork: OpenWork, self: Self): Promise<void> =>
  openWork(asChanging(self), async work => found(await accounts.endDevice(work, refOf(self), 'lost')))

export const forgetPasskey = (openWork: OpenWork, self: Self, credentialId: string | undefined): Promise<void> =>
  openWork(asChanging(self), async work => found(await accounts.forgetPasskey(work, refOf(self), credentialId ?? '')))

export const passkeyRegistration = (openWork: OpenWork, self: Self, rp: accounts.Rp) =>
  openWork(asChanging(self), work => accounts.passkeyRegistration(work, refOf(self), rp))

/** Throws passkey-refused. */
export const addPasskey = (
  openWork: OpenWork,
  self: Self,
  made: Parameters<typeof accounts.addPasskey>[2],
): Promise<void> => accounts.addPasskey(openWork, refOf(self), made)

export const offerTotp = (openWork: OpenWork, self: Self) =>
  openWork(asChanging(self), work => accounts.offerTotp(work, refOf(self)))
export const confirmTotp = (openWork: OpenWork, self: Self, code: string) =>
  accounts.confirmTotp(openWork, refOf(self), code)
export const forgetTotp = (openWork: OpenWork, self: Self) =>
  openWork(asChanging(self), work => accounts.forgetTotp(work, refOf(self)))
export const makeRecoveryCodes = (openWork: OpenWork, self: Self) =>
  openWork(asChanging(self), work => accounts.makeRecoveryCodes(work, refOf(self)))

/**
 * Asks for level 1 of a child of theirs, with their own account of level 2. Throws own-thing-unknown where it is no
 * child of theirs, and what `accounts.requestForChild` throws.
 */
export const askForChild = (openWork: OpenWork, self: Self, id: string | undefined): Promise<accounts.Account> =>
  openWork(asChanging(self), async work => {
    const child = (await signin.childrenOf(work, self.personId)).find(one => one.id === asId(id))
    if (!child) throw citizenProblem('own-thing-unknown')
    return accounts.requestForChild(work, child.id, self.personId)
  })

export type NewPasscode = {
  readonly current: string
  /** A code of the app or a recovery code, from a holder who does not know the current passcode. */
  readonly code: string
  readonly next: string
  readonly again: string
}
export type PasscodeChange =
  | 'changed'
  | 'current-wrong'
  | 'differs'
  | accounts.PasscodeFault
  | { readonly slowed: number | undefined }

async function proved(openWork: OpenWork, self: Self, { current, code }: NewPasscode, from: accounts.From) {
  const holder = await openWork(asChanging(self), work => accounts.getHolder(work, refOf(self)))
  if (!holder) throw citizenProblem('own-thing-unknown')
  if (current) {
    const checked = await accounts.checkPasscode(openWork, { holder }, current, from)
    return checked.outcome === 'slowed' ? { slowed: checked.seconds } : checked.outcome === 'right'
  }
  const typed = code.trim()
  if (!typed) return false
  const checked = /^[\d\s]{6,8}$/.test(typed)
    ? await accounts.checkTotp(openWork, holder, typed)
    : await accounts.checkRecoveryCode(openWork, holder, typed)
  return checked === 'slowed' ? { slowed: undefined } : checked === 'right'
}

async function tellChanged(work: Work, self: Self): Promise<void> {
  const number = await accounts.phoneOf(work, self.personId)
  if (!number) return
  await outreach.send(work, {
    template: 'account-changed',
    facts: {
      what: { vi: saidTo('vi', 'adult')('message-passcode'), en: saidTo('en', 'adult')('message-passcode') },
      on: work.today,
    },
    language: 'vi',
    to: { kind: 'phone', number },
    about: { kind: 'account', id: self.accountId, personId: self.personId },
  })
}

/**
 * Changes the passcode, proved by the current one or a second factor; every other session ends, and the holder is
 * notified. The hash is computed outside any work, since it takes time.
 */
export async function changePasscode(
  openWork: OpenWork,
  self: Self,
  asked: NewPasscode,
  from: accounts.From,
): Promise<PasscodeChange> {
  if (asked.next !== asked.again) return 'differs'
  const about = await openWork(asChanging(self), async work => {
    const { birthDate, number } = await register.getSummary(work, self.personId)
    return { birthDate, number, phone: await accounts.phoneOf(work, self.personId) }
  })
  const fault = accounts.passcodeFault(asked.next, about)
  if (fault) return fault
  const proof = await proved(openWork, self, asked, from)
  if (typeof proof === 'object') return proof
  if (!proof) return 'current-wrong'

  const hashed = await accounts.hashPasscode(refOf(self), asked.next)
  await openWork(asChanging(self), async work => {
    await accounts.keepPasscode(work, refOf(self), hashed)
    await audit.record(work, 'passcode.changed', { kind: 'account', id: self.accountId, personId: self.personId })
    await signin.endSessions(work, self.personId, 'passcode-changed', { except: self.session.id })
    await tellChanged(work, self)
  })
  return 'changed'
}

/**
 * The holder locks their own account: its device is forgotten; that every session ends, this one too, is a consequence
 * of the lock. Unlocking is for an office (NĐ59/2022 Art. 19).
 */
export const lockOwn = (openWork: OpenWork, self: Self): Promise<void> =>
  openWork(asChanging(self), async work => {
    await accounts.lock(work, self.accountId, { reason: saidTo('vi', 'adult')('lock-reason') })
    await accounts.endDevice(work, refOf(self), 'locked')
  })
