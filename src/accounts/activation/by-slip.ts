import type { OpenWork } from '../../platform/work.ts'
import { inFactorScope } from '../factors/factors.ts'
import { checkSlip, noteReset } from '../slips/slips.ts'
import * as holders from '../store-holder.ts'
import { type ActivationStart, activationScope, beginProven } from './activation.ts'
import type { ActivationAttempt } from './attempt.ts'

/**
 * Begins an attempt by slip, number and birth date: an activation, or a new passcode for an account that was opened
 * before, which asks for more (own-proof.ts). An
 * invalid, used, expired or foreign slip gets the same answer as wrong data. Five wrong entries end a slip.
 */
export const beginBySlip = (
  openWork: OpenWork,
  entry: { readonly secret: string; readonly number: string; readonly bornOn: string; readonly address: string },
): Promise<ActivationStart | { readonly outcome: 'wrong' }> =>
  openWork(activationScope(), work =>
    inFactorScope(work, async (house): Promise<ActivationStart | { readonly outcome: 'wrong' }> => {
      const checked = await checkSlip(house, entry)
      if (checked.outcome !== 'right') return checked
      const { holder, slip } = checked
      if (await holders.wasOpened(house, slip)) await noteReset(house, slip)
      const purpose: ActivationAttempt['purpose'] = holder.state === 'activated' ? 'passcode' : 'activation'
      const token = await beginProven(house, {
        personId: slip.personId,
        accountId: slip.accountId,
        purpose,
        way: 'slip',
        slipId: slip.id,
      })
      return { outcome: 'begun', token }
    }),
  )
