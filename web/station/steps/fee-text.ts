import type { Fee } from '../../../src/enrolment/fee.ts'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../words/language.tsx'

/** The fee as the screen and the receipt say it. */
export function useFeeText(fee: Fee): string {
  const say = useSay()
  if (fee.is === 'none') return say('fee-none')
  if (fee.is === 'due') return say('fee-amount', { amount: numberText(fee.amount), reason: fee.reason })
  const { kind, evidence, reason } = fee
  return say('fee-exempt', { who: say(`exempt-${kind}`), evidence, reason })
}
