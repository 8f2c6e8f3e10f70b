import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

export async function findFirstPage(
  { tx }: Work,
  unitId: Id<'unit'>,
): Promise<{ campaignId: Id<'campaign'>; chosenAt: Date } | undefined> {
  const { rows } = await sql<{ campaignId: Id<'campaign'>; chosenAt: Date }>`
    select campaign_id as "campaignId", chosen_at as "chosenAt" from campaign.first_page
    where unit_id = ${unitId}`.execute(tx)
  return rows[0]
}

export async function putFirstPage(
  { tx, by, now }: Work,
  unitId: Id<'unit'>,
  campaignId: Id<'campaign'>,
): Promise<void> {
  await sql`
    insert into campaign.first_page (unit_id, campaign_id, chosen_by, chosen_at)
    values (${unitId}, ${campaignId}, ${by.id}, ${now})
    on conflict (unit_id) do update set campaign_id = excluded.campaign_id, chosen_by = excluded.chosen_by,
      chosen_at = excluded.chosen_at`.execute(tx)
}
