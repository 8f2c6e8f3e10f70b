import type { Day } from '../../platform/day.ts'
import { type Asking, rowOn } from '../../platform/law.ts'
import type { ApplicationKind, Capture, Reason } from '../capture.ts'
import { type Fees, feeShare, fees } from '../law.ts'

/**
 * What a card costs, in đồng; from domain.md 2.9 and, for the first regime and the reductions, from common knowledge
 * that the operator has to confirm.
 */

type Regime = {
  readonly from: Day | ''
  /** From an older kind of card to the current one, if nothing else changes. */
  readonly newKind: { readonly of: readonly NonNullable<Capture['oldCard']>['kind'][]; readonly fee: number }
  readonly exchange: number
  readonly reissue: number
  readonly free: readonly Reason[]
  readonly source: string
}

// biome-ignore format: a table of law
const regimes: readonly Regime[] = [
  {
    from: '',
    newKind: { of: ['cmnd'], fee: 30_000 }, exchange: 50_000, reissue: 70_000,
    free: ['first', 'renewal-age', 'printed-wrong', 'units-rearranged'],
    source: 'Thông tư 59/2019/TT-BTC',
  },
  {
    from: '2024-10-21' as Day,
    newKind: { of: ['cmnd', 'cccd'], fee: 30_000 }, exchange: 50_000, reissue: 70_000,
    free: ['first', 'renewal-age', 'printed-wrong', 'units-rearranged'],
    source: 'Thông tư 73/2024/TT-BTC',
  },
]

/** Periods in which half the fee is due. */
// biome-ignore format: a table of law
const halves: readonly { readonly from: Day; readonly to: Day; readonly source: string }[] = [
  { from: '2023-07-01' as Day, to: '2023-12-31' as Day, source: 'Thông tư 44/2023/TT-BTC' },
  { from: '2024-07-01' as Day, to: '2024-12-31' as Day, source: 'Thông tư 43/2024/TT-BTC' },
]

export type Fee = { readonly amount: number; readonly reason: string }
type Asked = { readonly kind: ApplicationKind; readonly reason: Reason; readonly oldCard?: Capture['oldCard'] }

function wholeFee({ newKindOf, newKind, exchange, reissue, free }: Fees, { kind, reason, oldCard }: Asked): number {
  if (kind === 're-issue') return reissue
  if (kind === 'first-issue' || free.includes(reason)) return 0
  return reason === 'on-request' && oldCard && newKindOf.includes(oldCard.kind) ? newKind : exchange
}

/** The fee of an application captured on a day, with its rule; undefined if none is due. */
export function feeFor(asked: Asked, day: Day, work: Asking): Fee | undefined {
  const { value, source } = rowOn(fees, day, work)
  const whole = wholeFee(value, asked)
  if (whole === 0) return undefined
  const { value: share, source: reducedBy } = rowOn(feeShare, day, work)
  return share < 100
    ? { amount: (whole * share) / 100, reason: `${source}, giảm ${100 - share}% theo ${reducedBy}` }
    : { amount: whole, reason: source }
}
