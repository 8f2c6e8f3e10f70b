import { hashToken, newToken } from '../../platform/http/cookie-tokens.ts'
import { networkOf, slowdownKeyOf } from '../../platform/throttling/slowdown.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { drawOneTimeCode, sendCodeTo, tryOneTimeCode } from '../factors/code.ts'
import { findHolder, type Holder, inFactorScope } from '../factors/factors.ts'
import { formerPhoneDays, messagesToOne } from '../law.ts'
import { findStoppable, stopSlips } from '../slips/stop.ts'
import * as holders from '../store-holder.ts'
import { type ActivationStart, activationScope, beginWithMessage, countByAddress } from './activation.ts'
import { type ActivationAttempt, askerOf, holderRefOf } from './attempt.ts'
import * as attempts from './store.ts'

/**
 * A holder who reads that a slip was printed or used, and asked for none, stops it without signing in: by a number that
 * is sent to the account's phone, or to one that it had lately. Whoever changed the phone before they printed the slip
 * does not keep its holder from it.
 */

const drawNobodysCode = (work: Work, attempt: ActivationAttempt) =>
  drawOneTimeCode(work, holderRefOf(attempt), 'slip-stop', askerOf(attempt))

/** The phone to which the number goes: of an account of which something can be stopped, and which has it or had it. */
async function findStopPhone(work: Work, holder: Holder | undefined, phoneEnd: string): Promise<string | undefined> {
  if (!holder || (await findStoppable(work, holder)).length === 0) return undefined
  return (await holders.findKnownPhones(work, holder, formerPhoneDays)).find(phone => phone.endsWith(phoneEnd))
}

/**
 * Begins by number and the last three digits of a phone. The page asks for the number of the message in every case.
 * These messages are counted apart: whoever begins here keeps nobody from signing in.
 */
export const beginSlipStop = (
  openWork: OpenWork,
  { number, phoneEnd, address }: { readonly number: string; readonly phoneEnd: string; readonly address: string },
): Promise<ActivationStart> =>
  openWork(activationScope(), work =>
    inFactorScope(work, async (house): Promise<ActivationStart> => {
      const seconds = await countByAddress(house, 'slip-stop', address)
      if (seconds !== undefined) return { outcome: 'slowed', seconds }
      const asked = slowdownKeyOf('slip-stop', number.replace(/\D/g, ''), phoneEnd, networkOf(address))
      const wait = await holders.slowdownCounters.count(house, asked, messagesToOne)
      if (wait !== undefined) return { outcome: 'slowed', seconds: wait }
      const holder = await findHolder(house, number)
      const phone = await findStopPhone(house, holder, phoneEnd)
      const theirs = holder && phone ? { personId: holder.personId, accountId: holder.accountId } : {}
      const token = await beginWithMessage(
        house,
        {
          ...theirs,
          asked,
          purpose: 'slip-stop',
          way: 'message',
          ...(/^\d{3}$/.test(phoneEnd) && { shown: phoneEnd }),
        },
        attempt =>
          holder && phone
            ? sendCodeTo(house, holder, phone, { purpose: 'slip-stop', asker: askerOf(attempt) })
            : drawNobodysCode(house, attempt),
      )
      return { outcome: 'begun', token }
    }),
  )

export type SlipStop = { readonly outcome: 'stopped' | 'wrong' | 'over' | 'gone' }

/** Stops what can be stopped with the number of the message; an attempt that was nobody's has none that is right. */
export const stopSlipByCode = (openWork: OpenWork, token: string, code: string): Promise<SlipStop> =>
  openWork(activationScope(), work =>
    inFactorScope(work, async (house): Promise<SlipStop> => {
      const attempt = await attempts.holdAttempt(house, hashToken(token))
      if (attempt?.purpose !== 'slip-stop' || attempt.step !== 'code-sent') return { outcome: 'gone' }
      const ref = holderRefOf(attempt)
      const outcome = await tryOneTimeCode(house, ref, 'slip-stop', code, {
        countedFor: attempt.accountId ? ref : 'nobody',
        asker: askerOf(attempt),
      })
      if (outcome !== 'right') return { outcome }
      await attempts.updateAttempt(house, attempt, { step: 'done', tokenHash: hashToken(newToken()) })
      if (attempt.asked) await holders.slowdownCounters.clear(house, attempt.asked)
      await stopSlips(house, ref, 'code')
      return { outcome: 'stopped' }
    }),
  )
