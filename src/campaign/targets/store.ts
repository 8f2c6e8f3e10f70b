import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Metric } from '../metric.ts'

type CampaignId = Id<'campaign'>

export type UnitTarget = {
  readonly unitId: Id<'unit'>
  readonly metric: Metric
  readonly batch: string
  readonly version: number
  readonly value: number
  readonly assignedOn: Day
  readonly dueOn: Day
  readonly issuedBy: string
  readonly splitBy: string | null
  readonly aboveReason?: string | null | undefined
}

/** The targets in force on a day: of each unit, metric and batch the last version assigned by then. */
export async function targetsOn({ tx }: Work, id: CampaignId, day: Day, metric?: Metric): Promise<UnitTarget[]> {
  const { rows } = await sql<UnitTarget>`
    select distinct on (unit_id, metric, batch) unit_id as "unitId", metric, batch, version, value,
      assigned_on as "assignedOn", due_on as "dueOn",
           issued_by as "issuedBy", split_by as "splitBy", above_reason as "aboveReason"
    from campaign.target where campaign_id = ${id}
      and assigned_on <= ${day} ${metric === undefined ? sql`` : sql`and metric = ${metric}`}
    order by unit_id, metric, batch, version desc`.execute(tx)
  return rows
}

/** Two issues of one batch at once would each check against what the other changes. */
export async function holdTargets({ tx }: Work, id: CampaignId): Promise<void> {
  await sql`select id from campaign.campaign where id = ${id} for no key update`.execute(tx)
}

export async function latestVersions({ tx }: Work, id: CampaignId): Promise<UnitTarget[]> {
  const { rows } = await sql<UnitTarget>`
    select distinct on (unit_id, metric, batch) unit_id as "unitId", metric, batch, version, value,
      assigned_on as "assignedOn", due_on as "dueOn",
           issued_by as "issuedBy", split_by as "splitBy", above_reason as "aboveReason"
    from campaign.target where campaign_id = ${id} order by unit_id, metric, batch, version desc`.execute(tx)
  return rows
}

export async function insertTargets({ tx, now }: Work, id: CampaignId, targets: readonly UnitTarget[]): Promise<void> {
  await sql`
    insert into campaign.target
      (campaign_id, unit_id, metric, batch, version, value, assigned_on, due_on, issued_by, split_by, above_reason, at)
    select ${id}, "unitId", metric, batch, version, value, "assignedOn", "dueOn", "issuedBy", "splitBy",
      "aboveReason", ${now}
    from jsonb_to_recordset(${JSON.stringify(targets)}::jsonb)
      as t ("unitId" uuid, metric text, batch text, version integer, value integer, "assignedOn" date, "dueOn" date,
          "issuedBy" text, "splitBy" text, "aboveReason" text)`.execute(tx)
}

/** How many people a campaign means in each commune, as written. */
export async function membersByUnit({ tx }: Work, id: CampaignId): Promise<{ unitId: Id<'unit'>; people: number }[]> {
  const { rows } = await sql<{ unitId: Id<'unit'>; people: number }>`
    select unit_id as "unitId", people from campaign.frozen where campaign_id = ${id} and band = 0`.execute(tx)
  return rows
}
