import * as outreach from '../outreach/outreach.ts'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import type { Account } from './account.ts'
import { daysToActivate } from './law.ts'
import { unitFor } from './lifecycle.ts'
import type { LockReason } from './lock.ts'
import { refusalWords } from './refusal.ts'
import * as store from './store.ts'
import * as desk from './store-request.ts'
import { say, type WordKey } from './words-notice.ts'

/**
 * Notifies the holder of each change in the same work, on the account's phone; a child's account has the
 * representative's. A holder without a phone gets a slip.
 */

/** Where a holder activates an approved account. */
const activationPage = '/activate'
/** Where a citizen requests level 1 and reads what to do. */
const requestPage = '/account/request'

type Letter = Omit<outreach.Sending, 'to' | 'about' | 'language' | 'key'>

/** Queues a message to a phone; false without a phone. */
const tell = async (work: Work, account: Account, what: string, letter: Letter, phone?: string): Promise<boolean> =>
  (await send(work, account, what, letter, phone)) !== undefined

async function send(
  work: Work,
  account: Account,
  what: string,
  letter: Letter,
  phone?: string,
): Promise<outreach.MessageId | undefined> {
  const number = phone ?? (await store.phoneOf(work, account.personId))
  if (!number) return undefined
  const unitId = await unitFor(work, account.personId, (await desk.deskRow(work, account.id))?.unitId ?? undefined)
  return outreach.send(work, {
    ...letter,
    language: 'vi',
    to: { kind: 'phone', number },
    about: { kind: 'account', id: account.id, personId: account.personId, ...(unitId && { unitId }) },
    // Once a work: a repeated change notifies again.
    key: `account-${what}:${account.id}:${work.id}${phone ? ':former' : ''}`,
  } as outreach.Sending)
}

const nameOf = async (work: Work, personId: register.PersonId) => (await register.getSummary(work, personId)).fullName

const both = (key: WordKey) => ({ vi: say('vi')(key), en: say('en')(key) })

/** The unit named to a holder: that of the request, else the acting one. */
async function unitName(work: Work, account: Account): Promise<string> {
  const id = work.unitId ?? (await desk.deskRow(work, account.id))?.unitId ?? (await unitFor(work, account.personId))
  return id ? units.nameOf(work, id as Id<'unit'>) : say('vi')('nearest-police')
}

/** Gives the message; undefined without a phone that receives messages. */
export async function tellApproved(
  work: Work,
  account: Account,
  by: Day,
  what: 'account-approved' | 'account-raised',
): Promise<outreach.MessageId | undefined> {
  const days = ruleOn(daysToActivate, work.today, work)
  const facts = { person: await nameOf(work, account.personId), by, days, page: activationPage }
  const id = await send(work, account, 'approved', { template: what, facts })
  const sent = id && (await toldOf(work, account)).find(message => message.id === id)
  return sent && sent.state === 'undeliverable' ? undefined : id
}

export const tellLapsed = async (work: Work, account: Account): Promise<boolean> =>
  tell(work, account, 'lapsed', {
    template: 'account-activation-lapsed',
    facts: {
      person: await nameOf(work, account.personId),
      days: ruleOn(daysToActivate, work.today, work),
      page: activationPage,
    },
  })

/** The officer's note follows the reason. */
export async function tellRefused(
  work: Work,
  account: Account,
  code: string,
  note: string | undefined,
): Promise<boolean> {
  const { reason, remedy } = refusalWords(code)
  const said = (text: string) => (note ? `${text} (${note})` : text)
  return tell(work, account, 'refused', {
    template: 'account-refused',
    facts: {
      person: await nameOf(work, account.personId),
      reason: { vi: said(reason.vi), en: said(reason.en) },
      remedy,
      unit: await unitName(work, account),
      page: requestPage,
    },
  })
}

export const tellLowered = async (work: Work, account: Account, why: WordKey): Promise<boolean> =>
  tell(work, account, 'lowered', {
    template: 'account-lowered',
    facts: {
      person: await nameOf(work, account.personId),
      reason: both(why),
      unit: await unitName(work, account),
      page: requestPage,
    },
  })

/** A dead holder gets no message, and a number that went to its owner is no longer the holder's. */
export async function tellLocked(work: Work, account: Account, reason: LockReason): Promise<boolean> {
  if (reason === 'death' || reason === 'phone-owner') return false
  return tell(work, account, 'locked', {
    template: 'account-locked',
    facts: {
      person: await nameOf(work, account.personId),
      reason: both(`locked-${reason}`),
      on: work.today,
      page: requestPage,
    },
  })
}

export const tellUnlocked = async (work: Work, account: Account): Promise<boolean> =>
  tell(work, account, 'unlocked', {
    template: 'account-unlocked',
    facts: { person: await nameOf(work, account.personId), on: work.today, page: requestPage },
  })

export const tellUnlockRefused = async (work: Work, account: Account, answer: string): Promise<boolean> =>
  tell(work, account, 'unlock-refused', {
    template: 'account-unlock-refused',
    facts: {
      person: await nameOf(work, account.personId),
      reason: { vi: answer, en: answer },
      unit: await unitName(work, account),
      page: requestPage,
    },
  })

/** Notifies both phones, so that a holder who did not request the change learns of it. */
export async function tellPhoneChanged(work: Work, account: Account, former: string | undefined): Promise<boolean> {
  const letter: Letter = {
    template: 'account-phone-changed',
    facts: {
      person: await nameOf(work, account.personId),
      on: work.today,
      unit: await unitName(work, account),
      page: requestPage,
    },
  }
  const told = await tell(work, account, 'phone', letter)
  if (former) await tell(work, account, 'phone', letter, former)
  return told
}

/**
 * The notices about an account, when they were sent and whether they went out; the latest first, without texts and
 * addresses.
 */
export const toldOf = (work: Work, account: Pick<Account, 'id'>) =>
  outreach.messagesAbout(work, { kind: 'account', id: account.id })
