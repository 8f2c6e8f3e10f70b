import { sql } from 'kysely'
import type { WorkMetric } from '../../campaign/campaign.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

const values: Record<WorkMetric, ReturnType<typeof sql>> = {
  'sessions-held': sql`count(*)`,
  sites: sql`count(distinct s.site_id)`,
  'officer-hours': sql`coalesce(sum(s.officer_minutes), 0) / 60`,
  'overtime-hours': sql`coalesce(sum(s.overtime_minutes), 0) / 60`,
}

/**
 * Sessions that were closed by the end of some days, by unit: those of the campaign, and since it began those of none.
 * Hours are whole, floored for each unit, so that units sum to the whole.
 */
export async function findWorkTotals(
  { tx }: Work,
  campaignId: Id<'campaign'>,
  metric: WorkMetric,
  days: readonly Day[],
): Promise<{ unitId: Id<'unit'>; day: Day; value: number }[]> {
  const { rows } = await sql<{ unitId: Id<'unit'>; day: Day; value: number }>`
    select s.unit_id as "unitId", asked.day, (${values[metric]})::integer as value
    from unnest(${[...new Set(days)]}::date[]) asked (day)
    join planning.published_session s on s.day <= asked.day and s.state = 'closed'
      and (s.campaign_id = ${campaignId}
          or (s.campaign_id is null and s.day >= (select starts_on from campaign.published_campaign
            where id = ${campaignId})))
    group by s.unit_id, asked.day`.execute(tx)
  return rows
}
