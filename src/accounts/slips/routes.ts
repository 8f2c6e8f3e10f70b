import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import * as contract from './contract.ts'
import { printSlipSheet } from './slips.ts'

export function slipRoutes(doors: Doors, { isDemonstration }: { readonly isDemonstration: () => boolean }): void {
  serve(doors, contract.printSlips, async (work, { body }) => ({
    name: 'phieu-kich-hoat.pdf',
    type: 'application/pdf',
    content: await printSlipSheet(work, body.accounts, { origin: doors.origin, isDemonstration: isDemonstration() }),
  }))
}
