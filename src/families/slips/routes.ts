import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { printFamilySlips } from './contract.ts'
import { printSlips } from './slips.ts'

export function slipRoutes(doors: Doors): void {
  serve(doors, printFamilySlips, (work, { body }) => printSlips(work, body, doors.origin))
}
