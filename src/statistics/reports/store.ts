import { sql } from 'kysely'
import type { Metric } from '../../campaign/campaign.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

export type PublishedReport = {
  readonly id: Id<'report'>
  readonly code: string
  readonly campaignId: Id<'campaign'>
  readonly unitId: Id<'unit'>
  readonly metric: Metric
  readonly day: Day
  readonly issue: number
  readonly edition: number
  readonly document: string
  readonly sha256: Buffer
  readonly key: string
  readonly signature: string
  readonly publishedAt: Date
}

const columns = sql`id, code, campaign_id as "campaignId", unit_id as "unitId", metric, day, issue, edition, document,
    sha256, key, signature,
  published_at as "publishedAt"`

/** Two publishings at once would be given one number. */
export async function holdReports({ tx }: Work): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('statistics.report'))`.execute(tx)
}

export async function findReportsOf(
  { tx }: Work,
  of: Pick<PublishedReport, 'campaignId' | 'unitId' | 'metric' | 'day'>,
): Promise<PublishedReport[]> {
  const { rows } = await sql<PublishedReport>`
    select ${columns} from statistics.report
    where campaign_id = ${of.campaignId} and unit_id = ${of.unitId} and metric = ${of.metric} and day = ${of.day}
    order by issue`.execute(tx)
  return rows
}

export async function countReports({ tx }: Work, unitId: Id<'unit'>, day: Day): Promise<number> {
  const { rows } = await sql<{
    reports: number
  }>`select count(*) as reports from statistics.report where unit_id = ${unitId} and day = ${day}`.execute(tx)
  return rows[0]?.reports ?? 0
}

export async function insertReport({ tx }: Work, report: PublishedReport): Promise<void> {
  const { id, code, campaignId, unitId, metric, day, issue, edition, document, sha256, key, signature, publishedAt } =
    report
  await sql`
    insert into statistics.report
      (id, code, campaign_id, unit_id, metric, day, issue, edition, document, sha256, key, signature, published_at)
    values (${id}, ${code}, ${campaignId}, ${unitId}, ${metric}, ${day}, ${issue}, ${edition}, ${document}, ${sha256},
        ${key}, ${signature},
            ${publishedAt})`.execute(tx)
}

/** The latest reports first, some hundreds at most. */
export async function findLatestReports(
  { tx }: Work,
  {
    campaignId,
    day,
    units,
  }: { campaignId?: Id<'campaign'> | undefined; day?: string | undefined; units?: readonly string[] | undefined },
): Promise<PublishedReport[]> {
  const { rows } = await sql<PublishedReport>`
    select ${columns} from statistics.report
    where ${units ? sql`unit_id = any (${[...units]}::uuid[])` : sql`true`}
      ${campaignId ? sql`and campaign_id = ${campaignId}` : sql``} ${day ? sql`and day = ${day}` : sql``}
    order by published_at desc, code limit 500`.execute(tx)
  return rows
}

export async function findReport({ tx }: Work, id: string): Promise<PublishedReport | undefined> {
  const { rows } = await sql<PublishedReport>`select ${columns} from statistics.report where id = ${id}`.execute(tx)
  return rows[0]
}
