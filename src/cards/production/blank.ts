import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'

/**
 * Every blank card is accounted for: a received one is in stock, used, spoiled or missing. The database checks it
 * (0024).
 */
export type BlankBalance = {
  readonly received: number
  readonly inStock: number
  readonly used: number
  readonly spoiled: number
  readonly missing: number
}

export type BlankLot = BlankBalance & {
  readonly id: string
  readonly unitId: Id<'unit'>
  readonly code: string
  /** Whether the blanks bear serials already; else each gets one when it is used. */
  readonly numbered: boolean
  readonly receivedOn: Day
}
