import type { Fee } from '../../../src/enrolment/fee.ts'
import { useSay } from '../words/language.tsx'

const dong = (amount: number) => String(amount).replace(/\B(?=(?:\d{3}){1,7}$)/g, '.')

/** The fee as the screen and the receipt say it. */
export function useFeeText(fee: Fee): string {
  const say = useSay()
  if (fee.is === 'none') return say('fee-none')
  if (fee.is === 'due') return say('fee-amount', { amount: dong(fee.amount), reason: fee.reason })
  const { kind, evidence, reason } = fee
  return say('fee-exempt', { who: say(`exempt-${kind}`), evidence, reason })
}
