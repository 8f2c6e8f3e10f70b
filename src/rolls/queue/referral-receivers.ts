import { asId, type Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { rollProblem } from '../problems.ts'
import { shownFactsOf } from '../register-facts.ts'
import type { RollRow, RowRef } from '../row.ts'
import * as rows from '../store-row.ts'

/** The possible receivers of a row, the likeliest candidate's police first. */
export async function listReferralReceivers(work: Work, spot: RowRef): Promise<ReferralReceiver[]> {
  await getRowAt(work, spot)
  const ids = await candidatePersonIds(work, spot)
  const facts = await shownFactsOf(work, ids, work.today)
  const wards = new Map<string, register.PersonId[]>()
  for (const personId of ids)
    for (const commune of facts.get(personId)?.permanentCommunes.slice(0, 1) ?? [])
      if (commune !== work.unitId) wards.set(commune, [...(wards.get(commune) ?? []), personId])

  const own = work.unitId as units.UnitId | undefined
  const above = own && (await units.unitPath(work, own, work.today))[1]
  const colleagues = own ? await staff.colleaguesOf(work, reviewRight) : []
  const unitName = own ? await units.unitName(work, own) : ''
  return [
    ...(await Promise.all(
      [...wards].map(async ([id, personIds]): Promise<ReferralReceiver> => {
        const unitId = asId<'unit'>(id)
        return { kind: 'residence', unitId, unitName: await units.unitName(work, unitId), personIds }
      }),
    )),
    ...(above && !wards.has(above.id) ? [{ kind: 'above', unitId: above.id, unitName: above.name } as const] : []),
    ...(own
      ? colleagues.map(
          ({ id, fullName }) => ({ kind: 'colleague', unitId: own, unitName, officerId: id, name: fullName }) as const,
        )
      : []),
  ]
}

/**
 * Who can receive a doubtful row: the police of a candidate's permanent residence, the unit above the actor's, or an
 * officer of the actor's unit.
 */
export type ReferralReceiver =
  | {
      readonly kind: 'residence'
      readonly unitId: units.UnitId
      readonly unitName: string
      readonly personIds: readonly register.PersonId[]
    }
  | { readonly kind: 'above'; readonly unitId: units.UnitId; readonly unitName: string }
  | {
      readonly kind: 'colleague'
      readonly unitId: units.UnitId
      readonly unitName: string
      readonly officerId: Id<'officer'>
      readonly name: string
    }

const reviewRight = 'rolls.review'

export async function getRowAt(work: Work, { rollId, place }: RowRef): Promise<RollRow> {
  const row = await rows.findRow(work, rollId, place)
  if (!row) throw rollProblem('roll-row-unknown')
  return row
}

export async function candidatePersonIds(work: Work, { rollId, place }: RowRef): Promise<register.PersonId[]> {
  return (await rows.findCandidates(work, rollId, place))
    .filter(({ isDoubt }) => !isDoubt)
    .map(({ personId }) => personId)
}
