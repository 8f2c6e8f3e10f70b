import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { type ColumnCounts, milestoneColumns } from '../milestone-column.ts'

/** The counts that a commune brought along, by the end of a day. */
export type OpeningRow = ColumnCounts & { readonly unitId: Id<'unit'>; readonly day: Day }

const columns = sql.join(['members', ...milestoneColumns].map(column => sql.raw(column)))

/** All rows of a campaign as known in an edition, in the order of days; of each unit and day the last that came. */
export async function findOpeningRows(
  { tx }: Work,
  campaignId: Id<'campaign'>,
  edition: number | undefined,
): Promise<OpeningRow[]> {
  const { rows } = await sql<OpeningRow>`
    select distinct on (day, unit_id) unit_id as "unitId", day, ${columns} from statistics.opening_balance
    where campaign_id = ${campaignId} and since <= ${edition ?? 2_147_483_647}
    order by day, unit_id, since desc`.execute(tx)
  return rows
}

export async function insertOpeningRows(
  { tx }: Work,
  campaignId: Id<'campaign'>,
  since: number,
  rows: readonly OpeningRow[],
): Promise<void> {
  const shape = sql.join(['members', ...milestoneColumns].map(column => sql`${sql.raw(column)} integer`))
  await sql`
    insert into statistics.opening_balance (campaign_id, unit_id, day, since, ${columns})
    select ${campaignId}, "unitId", day, ${since}, ${columns}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r ("unitId" uuid, day date, ${shape})`.execute(tx)
}
