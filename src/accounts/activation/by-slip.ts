import type { OpenWork } from '../../platform/work.ts'
import { withFactors } from '../factors/factors.ts'
import { checkSlip } from '../slips/slips.ts'
import { activating, type Begun, beginProven } from './activation.ts'
import type { Attempt } from './step.ts'

/**
 * Begins an attempt by slip, number and birth date: an activation, or a new passcode for an activated account. An
 * invalid, used, expired or foreign slip gets the same answer as wrong data. Five wrong entries end a slip.
 */
export const beginBySlip = (
  openWork: OpenWork,
  brought: { readonly secret: string; readonly number: string; readonly bornOn: string; readonly address: string },
): Promise<Begun | { readonly outcome: 'wrong' }> =>
  openWork(activating(), work =>
    withFactors(work, async (house): Promise<Begun | { readonly outcome: 'wrong' }> => {
      const checked = await checkSlip(house, brought)
      if (checked.outcome !== 'right') return checked
      const { holder, slip } = checked
      const purpose: Attempt['purpose'] = holder.state === 'activated' ? 'passcode' : 'activation'
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
