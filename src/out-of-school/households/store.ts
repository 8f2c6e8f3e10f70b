import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

export type HouseholdRow = {
  readonly rowId: string
  readonly rollId: string
  readonly place: number
  readonly schoolId: Id<'school'>
  readonly class: string | null
  readonly personId: Id<'person'>
  readonly unitId: Id<'unit'>
  readonly saidUnitId: Id<'unit'> | null
  readonly saidDiffers: boolean
  readonly fatherDiffers: boolean
  readonly motherDiffers: boolean
  readonly siblingDiffers: boolean
  readonly kinUnitIds: Id<'unit'>[]
  readonly kinKnown: boolean
  readonly name: string
}

/** Every pupil on a roll of the year who lives in some units of the scope, with what of the household differs. */
export async function findHouseholds(
  { tx, today }: Work,
  units: readonly Id<'unit'>[],
  schoolYear: string,
): Promise<HouseholdRow[]> {
  const { rows } = await sql<HouseholdRow>`
    select h.row_id as "rowId", h.roll_id as "rollId", h.place, h.school_id as "schoolId", h.class,
      h.person_id as "personId", h.unit_id as "unitId", h.said_unit_id as "saidUnitId", h.said_differs as "saidDiffers",
      h.father_differs as "fatherDiffers", h.mother_differs as "motherDiffers", h.sibling_differs as "siblingDiffers",
      h.kin_unit_ids as "kinUnitIds", h.kin_known as "kinKnown", p.full_name as name
    from (select * from out_of_school.household_differences(${units}::uuid[], ${schoolYear}, ${today}::date)) h
    join register.published_person p on p.person_id = h.person_id
    order by p.sort_key, h.person_id`.execute(tx)
  return rows
}
