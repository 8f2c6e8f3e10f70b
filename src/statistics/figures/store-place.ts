import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { MilestoneColumn } from '../milestone-column.ts'

/** Some people of a commune, or of a school, who are meant since one day and have a thing since another, or lack it. */
export type PlacePeople = {
  readonly unitId: Id<'unit'>
  readonly schoolId: Id<'school'> | null
  readonly inOn: Day
  readonly hasOn: Day | null
  readonly people: number
}

export async function selectPlacePeople(
  { tx }: Work,
  campaignId: Id<'campaign'>,
  { column, band }: { readonly column: MilestoneColumn; readonly band: number },
): Promise<PlacePeople[]> {
  const hasOn = sql.raw(`greatest(t.${column}_on, case when t.${column}_on is not null then m.in_on end)`)
  const { rows } = await sql<PlacePeople>`
    select m.unit_id as "unitId", m.school_id as "schoolId", m.in_on as "inOn", ${hasOn} as "hasOn",
      count(*)::integer as people
    from campaign.published_member m left join statistics.milestone t on t.person_id = m.person_id
    where m.campaign_id = ${campaignId} ${band === 0 ? sql`` : sql`and m.band = ${band}`}
    group by 1, 2, 3, 4`.execute(tx)
  return rows
}
