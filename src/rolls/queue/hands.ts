import { isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { Spot } from '../row.ts'
import { liesWith, mayTakeBack } from './referral.ts'
import { type Claim, claimsOf } from './store-claim.ts'
import { type HandOn, handOnsOf } from './store-referral.ts'

/** Who looks at a row now. */
export type Holding = { readonly mine: boolean; readonly name: string; readonly since: Date; readonly until: Date }

/** Where a referred row lies, with the note. */
export type Lying = {
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
type Answered = { readonly by: string; readonly unit: string; readonly note: string; readonly at: Date }

/** Who has a row: its claim, its open referral, and the last answer. */
export type Hands = {
  readonly holding?: Holding | undefined
  readonly lying?: Lying | undefined
  readonly answered?: Answered | undefined
}

/** Officers' names by id. An operator and the house have none. */
export async function namesOf(work: Work, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return staff.namesOf(work, ids.filter(isId))
}

export const asHolding = (
  work: Work,
  { heldBy, since, until }: Claim,
  names: ReadonlyMap<string, string>,
): Holding => ({
  mine: heldBy === work.by.id,
  name: names.get(heldBy) ?? '',
  since,
  until,
})

/** Who has the row now. */
export async function inWhoseHands(work: Work, spot: Spot): Promise<Hands> {
  const claim = (await claimsOf(work, [spot.rollId])).find(({ place }) => place === spot.place)
  const { open, last } = await handOnsOf(work, spot)
  const told = [claim?.heldBy, open?.fromOfficer, open?.toOfficer, last?.settledBy].flatMap(id => id ?? [])
  const names = await namesOf(work, told)
  return {
    ...(claim && { holding: asHolding(work, claim, names) }),
    ...(open && { lying: await asLying(work, open, names) }),
    ...(!open && last && (await asAnswered(work, last, names))),
  }
}

const unitName = async (work: Work, id: string | null) => (id ? units.nameOf(work, id as units.UnitId) : '')

export async function asLying(work: Work, one: HandOn, names: ReadonlyMap<string, string>): Promise<Lying> {
  return {
    here: liesWith(work, one),
    mayTakeBack: mayTakeBack(work, one),
    from: names.get(one.fromOfficer) ?? '',
    fromUnit: await unitName(work, one.fromUnitId),
    ...(one.toOfficer && { to: names.get(one.toOfficer) ?? '' }),
    toUnit: await unitName(work, one.toUnitId),
    note: one.note,
    at: one.handedAt,
  }
}

async function asAnswered(
  work: Work,
  one: HandOn,
  names: ReadonlyMap<string, string>,
): Promise<Pick<Hands, 'answered'>> {
  if (one.settled !== 'handed-back' || !one.settledAt) return {}
  const by = names.get(one.settledBy ?? '') ?? ''
  return { answered: { by, unit: await unitName(work, one.toUnitId), note: one.answer, at: one.settledAt } }
}
