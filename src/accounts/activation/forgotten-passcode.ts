import { slowdownKeyOf } from '../../platform/throttling/slowdown.ts'
import type { OpenWork } from '../../platform/work.ts'
import { sendOneTimeCode } from '../factors/code.ts'
import { findHolder, inFactorScope, slowdownKeyOfNumber } from '../factors/factors.ts'
import { trySlowedRecoveryCode } from '../factors/recovery.ts'
import { type ActivationStart, activationScope, beginWithMessage, countByAddress } from './activation.ts'
import { askerOf } from './attempt.ts'

/**
 * Resets a forgotten passcode: a recovery code, then a code by message, then a new passcode. A slip does it without a
 * phone or a recovery code.
 */

/**
 * A person without an account or with a wrong code gets the same answer. Only a slip opens an account without a phone.
 */
export const beginPasscodeReset = (
  openWork: OpenWork,
  { number, code, address }: { readonly number: string; readonly code: string; readonly address: string },
): Promise<ActivationStart | { readonly outcome: 'wrong' }> =>
  openWork(activationScope(), work =>
    inFactorScope(work, async (house): Promise<ActivationStart | { readonly outcome: 'wrong' }> => {
      const seconds = await countByAddress(house, 'forgotten', address)
      if (seconds !== undefined) return { outcome: 'slowed', seconds }
      const found = await findHolder(house, number)
      const holder = found?.state === 'activated' && found.factors.phone ? found : undefined
      const outcome = await trySlowedRecoveryCode(
        house,
        holder,
        `forgotten ${holder?.accountId ?? slowdownKeyOfNumber(number)}`,
        code,
      )
      if (outcome === 'slowed') return { outcome: 'slowed', seconds: 60 }
      if (outcome === 'wrong' || !holder) return { outcome: 'wrong' }

      const { personId, accountId } = holder
      const begun = {
        personId,
        accountId,
        purpose: 'passcode',
        way: 'recovery-code',
        asked: slowdownKeyOf('forgotten', accountId),
      } as const
      const shown = holder.factors.phone ? { shown: holder.factors.phone } : {}
      const token = await beginWithMessage(house, { ...begun, ...shown }, attempt =>
        sendOneTimeCode(house, holder, 'passcode', { address, asker: askerOf(attempt) }),
      )
      return { outcome: 'begun', token }
    }),
  )
