import { createHash, randomInt } from 'node:crypto'
import * as outreach from '../../outreach/outreach.ts'
import { type Rule, ruleOn } from '../../platform/law.ts'
import { pepper } from '../../platform/sealing/sealing.ts'
import type { GrowingWait } from '../../platform/throttling/growing-wait.ts'
import { networkOf, slowdownKeyOf, slowdownWait } from '../../platform/throttling/slowdown.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { messagesFromPlace, messagesToOne, messagesToOneFromAll, sentCode } from '../law.ts'
import * as holders from '../store-holder.ts'
import {
  type Holder,
  type HolderRef,
  inFactorScope,
  keyOfAccount,
  keyOfAddress,
  refusedDeed,
  rowKeyOf,
  signInScope,
} from './factors.ts'
import * as store from './store.ts'
import { factorText } from './words.ts'

export type { CodePurpose } from './store.ts'
/** What a number that was sent opens; one sent for one purpose opens no other. */
export type SentPurpose = Exclude<store.CodePurpose, 'device-shown'>

/** Six digits; HMAC under the house's key, since a million of them are tried out in a second. */
const hashOfCode = (holder: HolderRef, purpose: store.CodePurpose, code: string) =>
  Buffer.from(pepper('code', `${rowKeyOf(holder)}/${purpose}`, code), 'base64url')

const codeDigits = (code: string) => code.replace(/\s/g, '')

/** Where nobody asks for a number: the old device shows it. */
const askedByNobody: Buffer = createHash('sha256').digest()

/**
 * Draws a number for one use and keeps its hash. `asker`: the hash of the browser's device cookie that asks for it, in
 * which alone it counts; another one's stay good. A former number of the same asker is over.
 */
export async function drawOneTimeCode(
  work: Work,
  holder: HolderRef,
  purpose: store.CodePurpose,
  asker = askedByNobody,
): Promise<string> {
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const endsAt = new Date(work.now.getTime() + ruleOn(sentCode, work.today, work).minutes * 60_000)
  await inFactorScope(work, house =>
    store.setCode(house, holder, {
      purpose,
      askedBy: asker,
      hash: hashOfCode(holder, purpose, code),
      endsAt,
    }),
  )
  return code
}

/**
 * Sends a number to a mailbox that the holder wants to have messages by; counted as what is asked for after a proof.
 * Gives the seconds to wait where it is slowed.
 */
export async function sendCodeToMailbox(house: Work, holder: Holder, mailbox: string): Promise<number | undefined> {
  const seconds = await slowdownSeconds(house, countersOf(holder, mailbox, 'mailbox', undefined))
  if (seconds === undefined)
    await sendCodeBy(house, holder, { kind: 'email', address: mailbox }, { purpose: 'mailbox' })
  return seconds
}

export type CodeSending =
  /** `again`: seconds until another may be asked for. */
  | { readonly outcome: 'sent'; readonly again: number }
  | { readonly outcome: 'slowed'; readonly seconds: number }
  | { readonly outcome: 'no-phone' }

/**
 * Counts a message to come, by account, by phone and by where it is asked for; what one of them slows counts for none.
 */
async function slowdownSeconds(
  work: Work,
  counted: readonly (readonly [key: Buffer, rule: Rule<GrowingWait>])[],
): Promise<number | undefined> {
  for (const [key, rule] of counted) {
    const wait = await holders.slowdownCounters.waitFor(work, key, rule)
    if (wait !== undefined) return wait
  }
  for (const [key, rule] of counted) {
    const wait = await holders.slowdownCounters.count(work, key, rule)
    if (wait !== undefined) return wait
  }
  return undefined
}

type SentFor = { readonly purpose: SentPurpose; readonly asker?: Buffer | undefined }

/** Sends a number to a phone, which the caller knows for one of the holder's; nothing is counted. */
export const sendCodeTo = (house: Work, holder: Holder, phone: string, what: SentFor): Promise<void> =>
  sendCodeBy(house, holder, { kind: 'phone', number: phone }, what)

/** By one way alone: a number is never found in a second place. */
async function sendCodeBy(
  house: Work,
  holder: Holder,
  to: outreach.Recipient,
  { purpose, asker }: SentFor,
): Promise<void> {
  const code = await drawOneTimeCode(house, holder, purpose, asker)
  await outreach.sendMessage(house, {
    template: 'account-code',
    facts: {
      code,
      purpose: { vi: factorText('vi')(`to-${purpose}`), en: factorText('en')(`to-${purpose}`) },
      minutes: ruleOn(sentCode, house.today, house).minutes,
    },
    language: holder.language ?? 'vi',
    to,
    // Of no unit: no officer reads it, stars and all.
    about: { kind: 'account', id: holder.accountId, personId: holder.personId },
  })
}

/**
 * By what a message is counted. What somebody asks for who proved something first, a passcode or a recovery code, has a
 * budget of its own; so whoever knows no more than number and phone, and sweeps the page of activation, keeps nobody
 * from signing in. Of those the account's own count is wide, and each place has one beside: a stranger slows strangers
 * at the same place.
 */
function countersOf(
  holder: Holder,
  phone: string,
  purpose: SentPurpose,
  address: string | undefined,
): readonly (readonly [key: Buffer, rule: Rule<GrowingWait>])[] {
  if (purpose !== 'activation')
    return [
      [keyOfAccount('message after proof', holder), messagesToOne],
      [slowdownKeyOf('message after proof', phone), messagesToOne],
      ...(address ? [[keyOfAddress('message after proof', address), messagesFromPlace] as const] : []),
    ]
  return [
    [slowdownKeyOf('message', holder.accountId, networkOf(address ?? '')), messagesToOne],
    [slowdownKeyOf('message', phone, networkOf(address ?? '')), messagesToOne],
    [keyOfAccount('message', holder), messagesToOneFromAll],
    [slowdownKeyOf('message', phone), messagesToOneFromAll],
    ...(address ? [[keyOfAddress('message', address), messagesFromPlace] as const] : []),
  ]
}

/**
 * Sends a number for one use to the phone of the account: good for five minutes, five tries, one purpose, once, and for
 * whoever asked. The words that are kept do not hold it.
 */
export const sendOneTimeCode = (
  work: Work,
  holder: Holder,
  purpose: SentPurpose,
  { address, asker }: { readonly address?: string; readonly asker?: Buffer } = {},
): Promise<CodeSending> =>
  inFactorScope(work, async (house): Promise<CodeSending> => {
    const phone = await holders.findHolderPhone(house, holder)
    if (!phone) return { outcome: 'no-phone' }
    const counted = countersOf(holder, phone, purpose, address)
    const seconds = await slowdownSeconds(house, counted)
    if (seconds !== undefined) return { outcome: 'slowed', seconds }

    await sendCodeTo(house, holder, phone, { purpose, asker })
    const [own] = counted
    return {
      outcome: 'sent',
      again:
        (own && (await holders.slowdownCounters.waitFor(house, ...own))) ??
        slowdownWait(1, ruleOn(messagesToOne, house.today, house)),
    }
  })

/**
 * Checks a number within a work that goes on with what it opens. See `checkOneTimeCode`. `whose`: nobody's, where it is
 * of an
 * attempt without an account, which looks the same.
 */
export const tryOneTimeCode = (
  work: Work,
  holder: HolderRef,
  purpose: store.CodePurpose,
  code: string,
  {
    countedFor = holder,
    asker = askedByNobody,
    address,
  }: {
    readonly countedFor?: HolderRef | 'nobody'
    readonly asker?: Buffer | undefined
    readonly address?: string | undefined
  } = {},
): Promise<'right' | 'wrong' | 'over'> =>
  inFactorScope(work, async house => {
    const mostTries = ruleOn(sentCode, work.today, work).tries
    const tried = await store.spendCodeTry(house, holder, {
      purpose,
      askedBy: asker,
      hash: hashOfCode(holder, purpose, codeDigits(code)),
      most: mostTries,
    })
    if (tried?.isRight) {
      const kind = purpose === 'activation' ? 'message' : 'message after proof'
      await holders.slowdownCounters.clear(house, keyOfAccount(kind, holder))
      if (address)
        await holders.slowdownCounters.clear(house, slowdownKeyOf('message', holder.accountId, networkOf(address)))
      return 'right'
    }
    await refusedDeed(house, countedFor === 'nobody' ? undefined : countedFor, 'message')
    return !tried || tried.tries >= mostTries ? 'over' : 'wrong'
  })

/**
 * Whether the number is the one that was right within the last minutes: whoever brings it again never had the answer.
 * Counts as a try.
 */
export const wasCodeJustSpent = (
  work: Work,
  holder: HolderRef,
  purpose: store.CodePurpose,
  code: string,
  asker = askedByNobody,
): Promise<boolean> =>
  inFactorScope(work, house =>
    store.wasCodeSpentJustNow(house, holder, {
      purpose,
      askedBy: asker,
      hash: hashOfCode(holder, purpose, codeDigits(code)),
    }),
  )

/**
 * Checks a number that was sent. 'over': it was used, five tries were wrong, or its five minutes are gone; another has
 * to be sent.
 */
export const checkOneTimeCode = (
  openWork: OpenWork,
  holder: HolderRef,
  purpose: store.CodePurpose,
  code: string,
  asker?: Buffer,
) => openWork(signInScope(holder.personId), work => tryOneTimeCode(work, holder, purpose, code, { asker }))
