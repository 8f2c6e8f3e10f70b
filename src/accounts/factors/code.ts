import { randomInt } from 'node:crypto'
import * as outreach from '../../outreach/outreach.ts'
import { type Rule, ruleOn } from '../../platform/law.ts'
import { pepper } from '../../platform/sealing/sealing.ts'
import type { GrowingWait } from '../../platform/throttling/growing-wait.ts'
import { slowdownKeyOf, slowdownWait } from '../../platform/throttling/slowdown.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { messagesFromPlace, messagesToOne, sentCode } from '../law.ts'
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

/** Draws a number for one use and keeps its hash. Former numbers of the purpose are over. */
export async function drawOneTimeCode(work: Work, holder: HolderRef, purpose: store.CodePurpose): Promise<string> {
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const endsAt = new Date(work.now.getTime() + ruleOn(sentCode, work.today, work).minutes * 60_000)
  await inFactorScope(work, house =>
    store.setCode(house, holder, { purpose, hash: hashOfCode(holder, purpose, code), endsAt }),
  )
  return code
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

/**
 * Sends a number for one use to the phone of the account: good for five minutes, five tries, one purpose, once. The
 * words that are kept do not hold it.
 */
export const sendOneTimeCode = (
  work: Work,
  holder: Holder,
  purpose: SentPurpose,
  { address }: { readonly address?: string } = {},
): Promise<CodeSending> =>
  inFactorScope(work, async (house): Promise<CodeSending> => {
    const phone = await holders.findHolderPhone(house, holder)
    if (!phone) return { outcome: 'no-phone' }
    const counted = [
      [keyOfAccount('message', holder), messagesToOne],
      [slowdownKeyOf('message', phone), messagesToOne],
      ...(address ? [[keyOfAddress('message', address), messagesFromPlace] as const] : []),
    ] as const
    const seconds = await slowdownSeconds(house, counted)
    if (seconds !== undefined) return { outcome: 'slowed', seconds }

    const code = await drawOneTimeCode(house, holder, purpose)
    await outreach.sendMessage(house, {
      template: 'account-code',
      facts: { code, purpose: { vi: factorText('vi')(`to-${purpose}`), en: factorText('en')(`to-${purpose}`) } },
      language: holder.language ?? 'vi',
      to: { kind: 'phone', number: phone },
      // Of no unit: no officer reads it, stars and all.
      about: { kind: 'account', id: holder.accountId, personId: holder.personId },
    })
    return {
      outcome: 'sent',
      again:
        (await holders.slowdownCounters.waitFor(house, keyOfAccount('message', holder), messagesToOne)) ??
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
  countedFor: HolderRef | 'nobody' = holder,
): Promise<'right' | 'wrong' | 'over'> =>
  inFactorScope(work, async house => {
    const mostTries = ruleOn(sentCode, work.today, work).tries
    const tried = await store.spendCodeTry(house, holder, {
      purpose,
      hash: hashOfCode(holder, purpose, codeDigits(code)),
      most: mostTries,
    })
    if (tried?.isRight) {
      await holders.slowdownCounters.clear(house, keyOfAccount('message', holder))
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
): Promise<boolean> =>
  inFactorScope(work, house =>
    store.wasCodeSpentJustNow(house, holder, { purpose, hash: hashOfCode(holder, purpose, codeDigits(code)) }),
  )

/**
 * Checks a number that was sent. 'over': it was used, five tries were wrong, or its five minutes are gone; another has
 * to be sent.
 */
export const checkOneTimeCode = (openWork: OpenWork, holder: HolderRef, purpose: store.CodePurpose, code: string) =>
  openWork(signInScope(holder.personId), work => tryOneTimeCode(work, holder, purpose, code))
