import type { Day } from '../../platform/day.ts'
import type { ApplicationKind, Capture, Reason } from '../capture.ts'

/**
 * What a card costs, in đồng; from domain.md 2.9 and, for the first regime and the reductions, from common knowledge:
 * to be confirmed by the operator.
 */

type Regime = {
  readonly from: Day | ''
  /** From an older kind of paper to the card of the day, where nothing else is changed. */
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

/** Half of it is asked for in these times. */
// biome-ignore format: a table of law
const halves: readonly { readonly from: Day; readonly to: Day; readonly source: string }[] = [
  { from: '2023-07-01' as Day, to: '2023-12-31' as Day, source: 'Thông tư 44/2023/TT-BTC' },
  { from: '2024-07-01' as Day, to: '2024-12-31' as Day, source: 'Thông tư 43/2024/TT-BTC' },
]

export type Fee = { readonly amount: number; readonly reason: string }
type Asked = { readonly kind: ApplicationKind; readonly reason: Reason; readonly oldCard?: Capture['oldCard'] }

function wholeFee({ newKind, exchange, reissue, free }: Regime, { kind, reason, oldCard }: Asked): number {
  if (kind === 're-issue') return reissue
  if (kind === 'first-issue' || free.includes(reason)) return 0
  return reason === 'on-request' && oldCard && newKind.of.includes(oldCard.kind) ? newKind.fee : exchange
}

/** What is asked for an application that is taken on a day, and by which rule; undefined where nothing is. */
export function feeFor(asked: Asked, day: Day): Fee | undefined {
  const regime = regimes.findLast(({ from }) => from <= day) ?? regimes[0]
  const whole = regime ? wholeFee(regime, asked) : 0
  if (!regime || whole === 0) return undefined
  const half = halves.find(({ from, to }) => from <= day && day <= to)
  return half
    ? { amount: whole / 2, reason: `${regime.source}, giảm 50% theo ${half.source}` }
    : { amount: whole, reason: regime.source }
}
