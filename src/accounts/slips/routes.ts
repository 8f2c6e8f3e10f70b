import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import type { Account } from '../account.ts'
import { approveSlip, liftHold, refuseSlip } from './approval.ts'
import * as contract from './contract.ts'
import { printSlipSheet } from './slips.ts'

const slipReply = ({ id, state }: Account) => ({ id, state })

export function slipRoutes(doors: Doors, { isDemonstration }: { readonly isDemonstration: () => boolean }): void {
  serve(doors, contract.printSlips, async (work, { body }) => ({
    name: 'phieu-kich-hoat.pdf',
    type: 'application/pdf',
    content: await printSlipSheet(work, body.accounts, {
      origin: doors.origin,
      isDemonstration: isDemonstration(),
      chipReading: body.chipReading,
    }),
  }))
  serve(doors, contract.approveSlip, async (work, { params, body }) =>
    slipReply(await approveSlip(work, params.id, body.slip)),
  )
  serve(doors, contract.refuseSlip, async (work, { params, body }) =>
    slipReply(await refuseSlip(work, params.id, body.slip)),
  )
  serve(doors, contract.liftHold, async (work, { params, body }) => slipReply(await liftHold(work, params.id, body)))
}
