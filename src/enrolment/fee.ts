import type { Day } from '../../platform/day.ts'
import { type Asking, rowOn } from '../../platform/law.ts'
import type { ApplicationKind, ApplicationReason, Capture } from '../capture.ts'
import { type Fees, feeShare, fees } from '../law.ts'

/** What a card costs, in đồng, by the rules of law.ts. */

export type Fee = { readonly amount: number; readonly reason: string }
type FeeRequest = {
  readonly kind: ApplicationKind
  readonly reason: ApplicationReason
  readonly oldCard?: Capture['oldCard']
}

function wholeFee(
  { newKindOf, newKind, exchange, reissue, free }: Fees,
  { kind, reason, oldCard }: FeeRequest,
): number {
  if (kind === 're-issue') return reissue
  if (kind === 'first-issue' || free.includes(reason)) return 0
  return reason === 'on-request' && oldCard && newKindOf.includes(oldCard.kind) ? newKind : exchange
}

/** What is asked for an application that is taken on a day, and by which rule; undefined where nothing is. */
export function feeFor(request: FeeRequest, day: Day, work: Asking): Fee | undefined {
  const { value, source } = rowOn(fees, day, work)
  const whole = wholeFee(value, request)
  if (whole === 0) return undefined
  const { value: share, source: reducedBy } = rowOn(feeShare, day, work)
  return share < 100
    ? { amount: (whole * share) / 100, reason: `${source}, giảm ${100 - share}% theo ${reducedBy}` }
    : { amount: whole, reason: source }
}
