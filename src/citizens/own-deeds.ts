import * as accounts from '../accounts/accounts.ts'
import * as audit from '../audit/audit.ts'
import * as enrolment from '../enrolment/enrolment.ts'
import * as outreach from '../outreach/outreach.ts'
import { isId } from '../platform/ids.ts'
import type { OpenWork, Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as signin from '../signin/signin.ts'
import { citizenProblem } from './problems.ts'
import { accountRefOf, asChanging, type Self } from './self.ts'
import { translatorFor } from './words.ts'

/**
 * What people change of themselves. The person comes from the session alone; what a form names (a session, a consent, a
 * passkey) is looked for among that person's own, so that another's is not found.
 */

const ownIdOrRefuse = (text: string | undefined): string => {
  if (!text || !isId(text)) throw citizenProblem('own-thing-unknown')
  return text
}

const refuseUnlessFound = (wasFound: boolean | number): void => {
  if (!wasFound) throw citizenProblem('own-thing-unknown')
}

/** Withdraws a consent of theirs. Throws own-thing-unknown where it is another's, or has ended. */
export const withdrawConsent = (openWork: OpenWork, self: Self, id: string | undefined): Promise<void> =>
  openWork(asChanging(self), async work =>
    refuseUnlessFound(await signin.withdrawConsent(work, self.personId, ownIdOrRefuse(id) as signin.ConsentId)),
  )

/** Ends one session of theirs. Throws own-thing-unknown. */
export const endSession = (openWork: OpenWork, self: Self, id: string | undefined): Promise<void> =>
  openWork(asChanging(self), async work =>
    refuseUnlessFound(
      await signin.endSessionsOfPerson(work, self.personId, 'holder', {
        only: ownIdOrRefuse(id) as signin.CitizenSessionId,
      }),
    ),
  )

/** Ends every session but the one that asks. */
export const endOtherSessions = (openWork: OpenWork, self: Self): Promise<number> =>
  openWork(asChanging(self), work =>
    signin.endSessionsOfPerson(work, self.personId, 'holder', { except: self.session.id }),
  )

/** Removes the account's device: the next sign-in needs two factors anywhere. Throws own-thing-unknown. */
export const endDevice = (openWork: OpenWork, self: Self): Promise<void> =>
  openWork(asChanging(self), async work =>
    refuseUnlessFound(await accounts.endDevice(work, accountRefOf(self), 'lost')),
  )

/**
 * Refuses reminders and invitations to the phone and the mailbox of one's own account, or has them again; what is owed
 * goes out all the same. Throws own-thing-unknown where the account has no phone.
 */
export const decideOnReminders = (openWork: OpenWork, self: Self, wish: 'refused' | 'wanted'): Promise<void> =>
  openWork(asChanging(self), async work => {
    const address = await accounts.findPhone(work, self.personId)
    if (!address) throw citizenProblem('own-thing-unknown')
    const mailbox = await accounts.findEmail(work, self.personId)
    const by = { personId: self.personId }
    for (const to of [
      { kind: 'phone', address } as const,
      ...(mailbox ? [{ kind: 'email', address: mailbox } as const] : []),
    ]) {
      if (wish === 'refused') await outreach.optOut(work, to, 'page', by)
      else await outreach.endOptOut(work, to, by)
    }
  })

/** Since when the phone of one's own account refuses, and how that was said; undefined where it has no phone. */
export const remindersOf = (openWork: OpenWork, self: Self) =>
  openWork(asChanging(self), async work => {
    const phone = await accounts.findPhone(work, self.personId)
    const mailbox = await accounts.findEmail(work, self.personId)
    if (phone === undefined) return undefined
    return {
      refused: (await outreach.optOutOf(work, phone)) ?? (mailbox ? await outreach.optOutOf(work, mailbox) : undefined),
    }
  })

/** The mailbox of one's own account, and the one that waits for its number. */
export const mailboxOf = (openWork: OpenWork, self: Self) =>
  openWork(asChanging(self), work => accounts.mailboxOf(work, accountRefOf(self)))

/** Sends a number to a mailbox. Throws own-thing-unknown. */
export const askForMailbox = (openWork: OpenWork, self: Self, address: string): Promise<accounts.MailboxAsked> =>
  openWork(asChanging(self), async work => {
    const holder = await accounts.getHolder(work, accountRefOf(self))
    if (!holder) throw citizenProblem('own-thing-unknown')
    return accounts.askForMailbox(work, holder, address)
  })

export const confirmMailbox = (openWork: OpenWork, self: Self, code: string): Promise<'right' | 'wrong' | 'over'> =>
  openWork(asChanging(self), work => accounts.confirmMailbox(work, accountRefOf(self), code))

/** Throws own-thing-unknown where the account has no mailbox. */
export const removeMailbox = (openWork: OpenWork, self: Self): Promise<void> =>
  openWork(asChanging(self), async work => refuseUnlessFound(await accounts.removeMailbox(work, accountRefOf(self))))

/** Stops the slip that is out, or undoes what one did while the account waits. Throws own-thing-unknown. */
export const stopSlip = (openWork: OpenWork, self: Self): Promise<void> =>
  openWork(asChanging(self), async work =>
    refuseUnlessFound(await accounts.stopOwnSlips(work, accountRefOf(self), self.session.id)),
  )

export const forgetPasskey = (openWork: OpenWork, self: Self, credentialId: string | undefined): Promise<void> =>
  openWork(asChanging(self), async work =>
    refuseUnlessFound(await accounts.forgetPasskey(work, accountRefOf(self), credentialId ?? '')),
  )

export const passkeyRegistration = (openWork: OpenWork, self: Self, rp: accounts.RelyingParty) =>
  openWork(asChanging(self), work => accounts.passkeyRegistrationOptions(work, accountRefOf(self), rp))

/** Throws passkey-refused. */
export const addOwnPasskey = (
  openWork: OpenWork,
  self: Self,
  registration: Parameters<typeof accounts.registerPasskey>[2],
): Promise<void> => accounts.registerPasskey(openWork, accountRefOf(self), registration)

export const offerTotp = (openWork: OpenWork, self: Self) =>
  openWork(asChanging(self), work => accounts.offerTotp(work, accountRefOf(self)))
export const confirmOwnTotp = (openWork: OpenWork, self: Self, code: string) =>
  accounts.confirmTotp(openWork, accountRefOf(self), code)
export const forgetTotp = (openWork: OpenWork, self: Self) =>
  openWork(asChanging(self), work => accounts.forgetTotp(work, accountRefOf(self)))
export const makeRecoveryCodes = (openWork: OpenWork, self: Self) =>
  openWork(asChanging(self), work => accounts.makeRecoveryCodes(work, accountRefOf(self)))

/**
 * Asks for level 1 of a child of theirs, with their own account of level 2. Throws own-thing-unknown where it is no
 * child of theirs, and what `accounts.requestChildAccount` throws.
 */
export const askForChild = (openWork: OpenWork, self: Self, id: string | undefined): Promise<accounts.Account> =>
  openWork(asChanging(self), async work => {
    const child = (await signin.listChildren(work, self.personId)).find(one => one.id === ownIdOrRefuse(id))
    if (!child) throw citizenProblem('own-thing-unknown')
    return accounts.requestChildAccount(work, child.id, self.personId)
  })

/**
 * Asks for the card of a child of theirs of whom nothing is captured. Throws own-thing-unknown where it is no child of
 * theirs, and what `enrolment.askForChildCard` throws.
 */
export const askForCardOfChild = (
  openWork: OpenWork,
  self: Self,
  id: string | undefined,
  { delivery, address }: { readonly delivery?: string | undefined; readonly address?: string | undefined },
): Promise<enrolment.Application> =>
  openWork(asChanging(self), async work => {
    const child = (await signin.listChildren(work, self.personId)).find(one => one.id === ownIdOrRefuse(id))
    if (!child) throw citizenProblem('own-thing-unknown')
    return enrolment.askForChildCard(work, child.id, {
      representativeId: self.personId,
      delivery: delivery === 'post' ? 'post' : 'unit',
      address,
    })
  })

export type NewPasscode = {
  readonly current: string
  readonly next: string
  readonly again: string
}
export type PasscodeChange =
  | 'changed'
  | 'current-wrong'
  | 'differs'
  | accounts.PasscodeFault
  | { readonly slowed: number }

async function checkCurrent(openWork: OpenWork, self: Self, current: string, from: accounts.AttemptOrigin) {
  const holder = await openWork(asChanging(self), work => accounts.getHolder(work, accountRefOf(self)))
  if (!holder) throw citizenProblem('own-thing-unknown')
  const checked = await accounts.checkPasscode(openWork, { holder }, current, from)
  return checked.outcome === 'slowed' ? { slowed: checked.seconds } : checked.outcome === 'right'
}

async function notifyPasscodeChanged(work: Work, self: Self): Promise<void> {
  const number = await accounts.findPhone(work, self.personId)
  if (!number) return
  await outreach.sendMessage(work, {
    template: 'account-changed',
    facts: {
      what: {
        vi: translatorFor('vi', 'adult')('message-passcode'),
        en: translatorFor('en', 'adult')('message-passcode'),
      },
      on: work.today,
    },
    language: 'vi',
    to: { kind: 'phone', number },
    otherwise: await accounts.otherWaysOf(work, self.personId),
    about: { kind: 'account', id: self.accountId, personId: self.personId },
  })
}

/**
 * Changes the passcode, for whoever types the current one; every other session ends, and the holder is notified. The
 * hash is computed outside any work, since it takes time.
 */
export async function changeOwnPasscode(
  openWork: OpenWork,
  self: Self,
  newPasscode: NewPasscode,
  from: accounts.AttemptOrigin,
): Promise<PasscodeChange> {
  if (newPasscode.next !== newPasscode.again) return 'differs'
  const about = await openWork(asChanging(self), async work => {
    const { birthDate, number } = await register.getSummary(work, self.personId)
    return { birthDate, number, phone: await accounts.findPhone(work, self.personId) }
  })
  const fault = accounts.passcodeFault(newPasscode.next, about)
  if (fault) return fault
  const proof = await checkCurrent(openWork, self, newPasscode.current, from)
  if (typeof proof === 'object') return proof
  if (!proof) return 'current-wrong'

  const hashed = await accounts.hashPasscode(accountRefOf(self), newPasscode.next)
  await openWork(asChanging(self), async work => {
    await accounts.keepPasscode(work, accountRefOf(self), hashed)
    await audit.record(work, 'passcode.changed', { kind: 'account', id: self.accountId, personId: self.personId })
    await signin.endSessionsOfPerson(work, self.personId, 'passcode-changed', { except: self.session.id })
    await notifyPasscodeChanged(work, self)
  })
  return 'changed'
}

/**
 * The holder locks their own account: its device is forgotten; that every session ends, this one too, is a consequence
 * of the lock. Unlocking is for an office (NĐ59/2022 Art. 19).
 */
export const lockOwnAccount = (openWork: OpenWork, self: Self): Promise<void> =>
  openWork(asChanging(self), async work => {
    await accounts.lock(work, self.accountId, { reason: translatorFor('vi', 'adult')('lock-reason') })
    await accounts.endDevice(work, accountRefOf(self), 'locked')
  })
