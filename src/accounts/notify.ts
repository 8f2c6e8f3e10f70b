import * as outreach from '../outreach/outreach.ts'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import { inBothLanguages } from '../platform/pages/html.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import type { Account } from './account.ts'
import { daysToActivate, demandDays } from './law.ts'
import { findUnitFor } from './lifecycle.ts'
import type { LockReason } from './lock.ts'
import type { SupplementItem } from './refusal-code.ts'
import { refusalTextKeys } from './refusal-text-keys.ts'
import * as store from './store.ts'
import * as desk from './store-request.ts'
import { type NoticeTextKey, noticeText } from './words-notice.ts'

/**
 * Notifies the holder of each change in the same work, on the account's phone; a child's account has the
 * representative's. A holder without a phone gets a slip.
 */

/** Where a holder activates an approved account. */
const activationPage = '/activate'
/** Where a citizen requests level 1 and reads what to do. */
const requestPage = '/account/request'

type NoticeContent = Omit<outreach.OutgoingMessage, 'to' | 'about' | 'language' | 'key'>

/**
 * Where a message about somebody goes that a phone did not take: the mailbox that they confirmed, last a letter to the
 * home of whom it is about. No other phone: that one may have another owner by now.
 */
export const otherWaysOf = (
  work: Work,
  personId: register.PersonId,
  about: register.PersonId = personId,
): Promise<outreach.Recipient[]> =>
  withHouseScope(work, async house => {
    const email = await store.findEmailOfPerson(house, personId)
    const letter = await register.letterTo(house, about)
    return [...(email ? [{ kind: 'email', address: email } as const] : []), ...(letter ? [letter] : [])]
  })

/** The phones of one person, in the order in which messages use them: of the account, then in the register. */
export async function phonesOf(work: Work, personId: register.PersonId): Promise<string[]> {
  const ofAccount = await store.findPhoneOfPerson(work, personId)
  return [...new Set([...(ofAccount ? [ofAccount] : []), ...(await register.phonesOf(work, personId))])]
}

/** Queues a message to a phone; false without a phone. */
const notifyHolder = async (
  work: Work,
  account: Account,
  template: string,
  letter: NoticeContent,
  phone?: string,
): Promise<boolean> => (await sendNotice(work, account, template, letter, phone)) !== undefined

async function sendNotice(
  work: Work,
  account: Account,
  template: string,
  letter: NoticeContent,
  phone?: string,
): Promise<outreach.MessageId | undefined> {
  const number = phone ?? (await store.findPhoneOfPerson(work, account.personId))
  if (!number) return undefined
  const unitId = await findUnitFor(
    work,
    account.personId,
    (await desk.findRequestRow(work, account.id))?.unitId ?? undefined,
  )
  return outreach.sendMessage(work, {
    ...letter,
    language: 'vi',
    to: { kind: 'phone', number },
    // Whoever had the former phone is told there and nowhere else.
    otherwise: phone ? [] : await otherWaysOf(work, account.personId),
    about: { kind: 'account', id: account.id, personId: account.personId, ...(unitId && { unitId }) },
    // Once a work: a repeated change notifies again.
    key: `account-${template}:${account.id}:${work.id}${phone ? ':former' : ''}`,
  } as outreach.OutgoingMessage)
}

const holderName = async (work: Work, personId: register.PersonId) =>
  (await register.getSummary(work, personId)).fullName

const inBoth = inBothLanguages(noticeText)

/** The unit named to a holder: that of the request, else the acting one. */
async function unitNameOf(work: Work, account: Account): Promise<string> {
  const id =
    work.unitId ?? (await desk.findRequestRow(work, account.id))?.unitId ?? (await findUnitFor(work, account.personId))
  return id ? units.unitName(work, id as Id<'unit'>) : noticeText('vi')('nearest-police')
}

/** Gives the message; undefined without a phone that receives messages. */
export async function notifyApproved(
  work: Work,
  account: Account,
  by: Day,
  template: 'account-approved' | 'account-raised',
): Promise<outreach.MessageId | undefined> {
  const days = ruleOn(daysToActivate, work.today, work)
  const facts = { person: await holderName(work, account.personId), by, days, page: activationPage }
  const id = await sendNotice(work, account, 'approved', { template: template, facts })
  const sent = id && (await findNoticesAbout(work, account)).find(message => message.id === id)
  return sent && sent.state === 'undeliverable' ? undefined : id
}

export const notifyLapsed = async (work: Work, account: Account): Promise<boolean> =>
  notifyHolder(work, account, 'lapsed', {
    template: 'account-activation-lapsed',
    facts: {
      person: await holderName(work, account.personId),
      days: ruleOn(daysToActivate, work.today, work),
      page: activationPage,
    },
  })

/** The officer's note follows the reason. */
export async function notifyRefused(
  work: Work,
  account: Account,
  code: string,
  note: string | undefined,
): Promise<boolean> {
  const { reason, remedy } = refusalTextKeys(code)
  const said = (text: string) => (note ? `${text} (${note})` : text)
  return notifyHolder(work, account, 'refused', {
    template: 'account-refused',
    facts: {
      person: await holderName(work, account.personId),
      reason: { vi: said(reason.vi), en: said(reason.en) },
      remedy,
      unit: await unitNameOf(work, account),
      page: requestPage,
    },
  })
}

/** The holder reads what is missing, until when, and where to bring it. */
export async function notifySupplementAsked(
  work: Work,
  account: Account,
  {
    items,
    note,
    by,
  }: { readonly items: readonly SupplementItem[]; readonly note: string | undefined; readonly by: Day },
): Promise<boolean> {
  const listed = (language: 'vi' | 'en') => {
    const text = items.map(item => noticeText(language)(`missing-${item}`)).join('; ')
    return note ? `${text} (${note})` : text
  }
  return notifyHolder(work, account, 'supplement', {
    template: 'account-supplement',
    facts: {
      person: await holderName(work, account.personId),
      missing: { vi: listed('vi'), en: listed('en') },
      by,
      unit: await unitNameOf(work, account),
      page: requestPage,
    },
  })
}

export const notifyLowered = async (work: Work, account: Account, why: NoticeTextKey): Promise<boolean> =>
  notifyHolder(work, account, 'lowered', {
    template: 'account-lowered',
    facts: {
      person: await holderName(work, account.personId),
      reason: inBoth(why),
      unit: await unitNameOf(work, account),
      page: requestPage,
    },
  })

/** A dead holder gets no message, and a number that went to its owner is no longer the holder's. */
export async function notifyLocked(work: Work, account: Account, reason: LockReason): Promise<boolean> {
  if (reason === 'death' || reason === 'phone-owner') return false
  return notifyHolder(work, account, 'locked', {
    template: 'account-locked',
    facts: {
      person: await holderName(work, account.personId),
      reason: inBoth(`locked-${reason}`),
      on: work.today,
      answerDays: ruleOn(demandDays, work.today, work).decide,
      page: requestPage,
    },
  })
}

export const notifyUnlocked = async (work: Work, account: Account): Promise<boolean> =>
  notifyHolder(work, account, 'unlocked', {
    template: 'account-unlocked',
    facts: { person: await holderName(work, account.personId), on: work.today, page: requestPage },
  })

export const notifyUnlockRefused = async (work: Work, account: Account, answer: string): Promise<boolean> =>
  notifyHolder(work, account, 'unlock-refused', {
    template: 'account-unlock-refused',
    facts: {
      person: await holderName(work, account.personId),
      reason: { vi: answer, en: answer },
      unit: await unitNameOf(work, account),
      page: requestPage,
    },
  })

/** Notifies both phones, so that a holder who did not request the change learns of it. */
export async function notifyPhoneChanged(work: Work, account: Account, former: string | undefined): Promise<boolean> {
  const letter: NoticeContent = {
    template: 'account-phone-changed',
    facts: {
      person: await holderName(work, account.personId),
      on: work.today,
      unit: await unitNameOf(work, account),
      page: requestPage,
    },
  }
  const told = await notifyHolder(work, account, 'phone', letter)
  if (former) await notifyHolder(work, account, 'phone', letter, former)
  return told
}

/**
 * The notices about an account, when they were sent and whether they went out; the latest first, without texts and
 * addresses.
 */
export const findNoticesAbout = (work: Work, account: Pick<Account, 'id'>) =>
  outreach.messagesAbout(work, { kind: 'account', id: account.id })
