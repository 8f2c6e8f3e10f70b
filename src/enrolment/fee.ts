import { type Day, latestDay, type PartialDay, slashedDay, yearsBetween } from '../platform/day.ts'
import { type Asking, type Rule, rowOn, ruleOn } from '../platform/law.ts'
import type { ApplicationKind, ApplicationReason, Capture, FeeExemption } from './capture.ts'
import { type Fees, feeExemptAges, feeExemptionsOfDay, feeShare, feeShareOnline, fees } from './law.ts'

/** What a card costs, in đồng, by the rules of law.ts, and why somebody owes nothing. */

export type Fee =
  | { readonly is: 'none' }
  | { readonly is: 'due'; readonly amount: number; readonly reason: string }
  | {
      readonly is: 'exempt'
      readonly kind: FeeExemption
      readonly evidence: string
      /** What would be asked for otherwise. */
      readonly instead: number
      readonly reason: string
    }

export type FeeRequest = {
  readonly kind: ApplicationKind
  readonly reason: ApplicationReason
  readonly birthDate?: PartialDay | undefined
  readonly oldCard?: Capture['oldCard']
  readonly fee?: Capture['fee']
}

/**
 * Who comes from an older kind of paper pays for the new kind, also where it is called the first card. Cards of the law
 * of 2023 are free at first (Art. 38), so that only a citizen's card leads to it.
 */
function wholeFee(
  { newKindOf, newKind, exchange, reissue, free }: Fees,
  { kind, reason, oldCard }: FeeRequest,
): number {
  if (kind === 're-issue') return reissue
  const isNewKind = oldCard !== undefined && newKindOf.includes(oldCard.kind)
  if (isNewKind && (reason === 'on-request' || reason === 'first')) return newKind
  return kind === 'first-issue' || free.includes(reason) ? 0 : exchange
}

/** The smaller of the parts that are asked for, and the rule that says so. */
function shareOf({ fee }: FeeRequest, day: Day, work: Asking): ReturnType<typeof rowOn<number>> {
  const rules: readonly Rule<number>[] = fee?.filedOnline ? [feeShare, feeShareOnline] : [feeShare]
  return rules.map(rule => rowOn(rule, day, work)).reduce((least, one) => (one.value < least.value ? one : least))
}

/**
 * Why nothing is owed: what an officer recorded with its paper, where the law of the day knows it; else the age, of
 * which the birth date is the evidence. An error of the agency frees a card that was printed wrong, and no other.
 */
function exemptionOf(
  { reason, birthDate, fee }: FeeRequest,
  day: Day,
  work: Asking,
): { readonly kind: FeeExemption; readonly evidence: string } | undefined {
  const known = ruleOn(feeExemptionsOfDay, day, work)
  const given = fee?.exemption
  const isGood = given && known.includes(given.kind) && (given.kind !== 'agency-error' || reason === 'printed-wrong')
  if (isGood && given.evidence.trim()) return given
  if (!birthDate) return undefined
  const age = yearsBetween(latestDay(birthDate), day)
  const { childBelow, elderlyFrom } = ruleOn(feeExemptAges, day, work)
  const kind = age < childBelow ? 'child' : age >= elderlyFrom ? 'elderly' : undefined
  return kind && known.includes(kind) ? { kind, evidence: bornText(birthDate) } : undefined
}

const bornText = (birthDate: PartialDay) => `ngày sinh trong dữ liệu: ${slashedDay(latestDay(birthDate))}`

/** What is asked for an application that is taken on a day, by which rule; or why nothing is. */
export function feeFor(request: FeeRequest, day: Day, work: Asking): Fee {
  const { value, source } = rowOn(fees, day, work)
  const whole = wholeFee(value, request)
  if (whole === 0) return { is: 'none' }
  const { value: share, source: reducedBy } = shareOf(request, day, work)
  const amount = (whole * share) / 100
  const exemption = exemptionOf(request, day, work)
  if (exemption) {
    const { article, source: exemptedBy } = rowOn(feeExemptionsOfDay, day, work)
    return { is: 'exempt', ...exemption, instead: amount, reason: [article, exemptedBy].filter(Boolean).join(' ') }
  }
  const isReducedByItself = reducedBy === source
  const reduction = isReducedByItself ? `giảm ${100 - share}%` : `giảm ${100 - share}% theo ${reducedBy}`
  return { is: 'due', amount, reason: share < 100 ? `${source}, ${reduction}` : source }
}

/** Whether a first card costs nothing on a day, whoever asks for it and without an older card of another kind. */
export const isFirstCardFree = (day: Day, work: Asking): boolean =>
  feeFor({ kind: 'first-issue', reason: 'first' }, day, work).is === 'none'
