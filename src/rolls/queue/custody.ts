import { isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { RowRef } from '../row.ts'
import { liesWithActor, mayTakeReferralBack } from './referral.ts'
import { findClaims, type RowClaim } from './store-claim.ts'
import { findReferralsOf, type Referral } from './store-referral.ts'

/** Who looks at a row now. */
export type ClaimHolder = { readonly mine: boolean; readonly name: string; readonly since: Date; readonly until: Date }

/** Where a referred row lies, with the note. */
export type ReferralView = {
  /** Whether it lies with the reader. */
  readonly here: boolean
  readonly mayTakeBack: boolean
  readonly from: string
  readonly fromUnit: string
  readonly to?: string | undefined
  readonly toUnit: string
  readonly note: string
  readonly at: Date
}

/** The answer with which a referred row was last handed back. */
type ReferralAnswer = { readonly by: string; readonly unit: string; readonly note: string; readonly at: Date }

/** Who has a row: its claim, its open referral, and the last answer. */
export type RowCustody = {
  readonly holding?: ClaimHolder | undefined
  readonly lying?: ReferralView | undefined
  readonly answered?: ReferralAnswer | undefined
}

/** Officers' names by id. An operator and the house have none. */
export async function officerNamesOf(work: Work, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return staff.namesOf(work, ids.filter(isId))
}

export const claimHolderOf = (
  work: Work,
  { heldBy, since, until }: RowClaim,
  names: ReadonlyMap<string, string>,
): ClaimHolder => ({
  mine: heldBy === work.by.id,
  name: names.get(heldBy) ?? '',
  since,
  until,
})

/** Who has the row now. */
export async function custodyOf(work: Work, spot: RowRef): Promise<RowCustody> {
  const claim = (await findClaims(work, [spot.rollId])).find(({ place }) => place === spot.place)
  const { open, last } = await findReferralsOf(work, spot)
  const told = [claim?.heldBy, open?.fromOfficer, open?.toOfficer, last?.settledBy].flatMap(id => id ?? [])
  const names = await officerNamesOf(work, told)
  return {
    ...(claim && { holding: claimHolderOf(work, claim, names) }),
    ...(open && { lying: await referralViewOf(work, open, names) }),
    ...(!open && last && (await referralAnswerOf(work, last, names))),
  }
}

const unitNameOrEmpty = async (work: Work, id: string | null) => (id ? units.unitName(work, id as units.UnitId) : '')

export async function referralViewOf(
  work: Work,
  referral: Referral,
  names: ReadonlyMap<string, string>,
): Promise<ReferralView> {
  return {
    here: liesWithActor(work, referral),
    mayTakeBack: mayTakeReferralBack(work, referral),
    from: names.get(referral.fromOfficer) ?? '',
    fromUnit: await unitNameOrEmpty(work, referral.fromUnitId),
    ...(referral.toOfficer && { to: names.get(referral.toOfficer) ?? '' }),
    toUnit: await unitNameOrEmpty(work, referral.toUnitId),
    note: referral.note,
    at: referral.referredAt,
  }
}

async function referralAnswerOf(
  work: Work,
  referral: Referral,
  names: ReadonlyMap<string, string>,
): Promise<Pick<RowCustody, 'answered'>> {
  if (referral.settled !== 'handed-back' || !referral.settledAt) return {}
  const by = names.get(referral.settledBy ?? '') ?? ''
  return {
    answered: {
      by,
      unit: await unitNameOrEmpty(work, referral.toUnitId),
      note: referral.answer,
      at: referral.settledAt,
    },
  }
}
