import { birthday, latestDay, partialDay } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { representativeAge } from '../law.ts'
import type { UnfitReason } from './contract.ts'
import type { KinRow } from './store.ts'

/** The first reason against them. */
export function unfitReasonOf(
  { personId, lifeStatus, birthY, birthM, birthD, hasAccount }: KinRow,
  work: Work,
): UnfitReason | undefined {
  if (!personId || birthY === null) return 'not-in-register'
  if (lifeStatus !== 'alive') return 'not-living'
  const bornOn = latestDay(partialDay(birthY, birthM, birthD))
  if (birthday(bornOn, ruleOn(representativeAge, work.today, work)) > work.today) return 'under-age'
  return hasAccount ? undefined : 'no-account'
}

export const problemOfUnfit = {
  'not-in-register': 'account-representative-not-kin',
  'not-living': 'account-representative-not-living',
  'under-age': 'account-representative-under-age',
  'no-account': 'account-representative-no-account',
} as const satisfies Record<UnfitReason, string>
