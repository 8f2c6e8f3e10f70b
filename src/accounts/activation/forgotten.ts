import { slowdownKeyOf } from '../../platform/limits/slowdown.ts'
import type { OpenWork } from '../../platform/work.ts'
import { sendCode } from '../factors/code.ts'
import { countedAs, findHolder, withFactors } from '../factors/factors.ts'
import { tryRecoveryCodeOf } from '../factors/recovery.ts'
import { activating, type Begun, beginWithMessage, countAtPlace } from './activation.ts'

/**
 * Resets a forgotten passcode: a recovery code, then a code by message, then a new passcode. A slip does it without a
 * phone or a recovery code.
 */

/**
 * A person without an account or with a wrong code gets the same answer. Only a slip opens an account without a phone.
 */
export const beginForgotten = (
  openWork: OpenWork,
  { number, code, address }: { readonly number: string; readonly code: string; readonly address: string },
): Promise<Begun | { readonly outcome: 'wrong' }> =>
  openWork(activating(), work =>
    withFactors(work, async (house): Promise<Begun | { readonly outcome: 'wrong' }> => {
      const seconds = await countAtPlace(house, 'forgotten', address)
      if (seconds !== undefined) return { outcome: 'slowed', seconds }
      const found = await findHolder(house, number)
      const holder = found?.state === 'activated' && found.factors.phone ? found : undefined
      const outcome = await tryRecoveryCodeOf(
        house,
        holder,
        `forgotten ${holder?.accountId ?? countedAs(number)}`,
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
      const token = await beginWithMessage(house, { ...begun, ...shown }, () =>
        sendCode(house, holder, 'passcode', { address }),
      )
      return { outcome: 'begun', token }
    }),
  )
