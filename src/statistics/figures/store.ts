import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { type Work, withNeeds } from '../../platform/work.ts'
import { type MilestoneColumn, milestoneColumns, wholeCampaign } from '../milestone-column.ts'

/** `changedOn`: the last day by then on which anything was counted there. */
export type ColumnTotals = {
  readonly day: Day
  readonly changedOn?: Day
  readonly unitId: Id<'unit'>
  readonly members: number
} & Readonly<Partial<Record<MilestoneColumn, number>>>

type TotalsQuery = {
  readonly campaignId: Id<'campaign'>
  readonly band: number
  readonly units: readonly string[]
  readonly columns: readonly MilestoneColumn[]
}

const columnsList = (list: readonly MilestoneColumn[], of: (column: MilestoneColumn) => RawBuilder<unknown>) =>
  sql.join([sql.raw('members'), ...list.map(of)])
const uuids = (ids: readonly string[]) => sql`${[...ids]}::uuid[]`

/**
 * The running totals of units, as written, by the end of some days. A unit in which nothing was counted by then has no
 * row.
 */
export async function findTotals(
  { tx }: Work,
  { campaignId, band, units, columns: list }: TotalsQuery,
  days: readonly Day[],
): Promise<ColumnTotals[]> {
  const { rows } = await sql<ColumnTotals>`
    select asked.day, u.unit_id as "unitId", b.day as "changedOn",
      ${columnsList(list, column => sql.raw(`b.${column}`))}
    from unnest(${uuids(units)}) u (unit_id) cross join unnest(${[...days]}::date[]) asked (day)
    cross join lateral (
      select day, members, ${sql.join(list.map(column => sql.raw(column)))} from statistics.balance
      where campaign_id = ${campaignId} and band = ${band} and unit_id = u.unit_id and day <= asked.day
      order by day desc limit 1
    ) b`.execute(tx)
  return rows
}

/** The running totals of units on each day on which they changed, in the order of days. */
export async function findTotalsBetween(
  { tx }: Work,
  { campaignId, band, units, columns: list }: TotalsQuery,
  from: Day,
  to: Day,
): Promise<ColumnTotals[]> {
  const { rows } = await sql<ColumnTotals>`
    select day, unit_id as "unitId", ${columnsList(list, column => sql.raw(column))} from statistics.balance
    where campaign_id = ${campaignId} and band = ${band} and unit_id = any (${uuids(units)})
      and day between ${from} and ${to}
    order by day, unit_id`.execute(tx)
  return rows
}

/** Units, as written, in which a campaign has running totals. */
export async function unitsCounted({ tx }: Work, campaignId: Id<'campaign'>): Promise<string[]> {
  const { rows } = await sql<{ unit_id: Id<'unit'> }>`
    with recursive step as (
      (select unit_id from statistics.balance
        where campaign_id = ${campaignId} and band = 0 and unit_id > ${wholeCampaign} order by unit_id limit 1)
      union all
      select (select b.unit_id from statistics.balance b
        where b.campaign_id = ${campaignId} and b.band = 0 and b.unit_id > step.unit_id order by b.unit_id limit 1)
      from step where step.unit_id is not null
    )
    select unit_id from step where unit_id is not null`.execute(tx)
  return rows.map(({ unit_id }) => unit_id)
}

/** Members, as known in an edition. */
export const membersAsKnown = (campaignId: Id<'campaign'>, edition: number | undefined) =>
  edition === undefined
    ? sql`(select person_id, band, unit_id, school_id, class, in_on from campaign.published_member
        where campaign_id = ${campaignId})`
    : sql`(select person_id, band, unit_id, school_id, class, in_on from campaign.published_member
        where campaign_id = ${campaignId} and since <= ${edition}
           union all select person_id, band, unit_id, school_id, class, in_on from campaign.published_former_member
           where campaign_id = ${campaignId} and since <= ${edition} and until > ${edition})`

/**
 * What a member `m` had, as known in an edition: looked up one by one, so that a ward's question does not read a
 * province's people.
 */
export function milestoneOf(edition: number | undefined): RawBuilder<unknown> {
  if (edition === undefined) return sql`left join statistics.milestone t on t.person_id = m.person_id`
  const list = sql.join(milestoneColumns.map(column => sql.raw(`${column}_on`)))
  return sql`left join lateral (
    select ${list} from statistics.milestone where person_id = m.person_id and since <= ${edition}
    union all select ${list} from statistics.former_milestone
    where person_id = m.person_id and since <= ${edition} and until > ${edition}
    limit 1) t on true`
}

/** What people had, as known in an edition. */
export function milestonesAsKnown(edition: number | undefined): RawBuilder<unknown> {
  const list = sql.join(milestoneColumns.map(column => sql.raw(`${column}_on`)))
  return edition === undefined
    ? sql`statistics.milestone`
    : sql`(select person_id, ${list} from statistics.milestone where since <= ${edition}
           union all select person_id, ${list} from statistics.former_milestone
             where since <= ${edition} and until > ${edition})`
}

/** The totals by the end of some days as known in an earlier edition: counted person by person. */
export async function findTotalsAsKnown(
  work: Work,
  { campaignId, band, units, columns: list }: TotalsQuery,
  days: readonly Day[],
  edition: number,
): Promise<ColumnTotals[]> {
  const statement = sql<ColumnTotals>`
    select asked.day, m.unit_id as "unitId", count(*) as members,
           ${sql.join(
             list.map(
               column => sql`count(*) filter (where ${sql.raw(`t.${column}_on`)} <= asked.day)
               as ${sql.raw(column)}`,
             ),
           )}
    from ${membersAsKnown(campaignId, edition)} m
    left join ${milestonesAsKnown(edition)} t on t.person_id = m.person_id
    join unnest(${[...days]}::date[]) asked (day) on m.in_on <= asked.day
    where m.unit_id = any (${uuids(units)}) ${band === 0 ? sql`` : sql`and m.band = ${band}`}
    group by asked.day, m.unit_id`
  const { rows } = await withNeeds(work, ({ tx }) => statement.execute(tx))
  return rows
}

/** How many each unit, as written, had at first. */
export async function countFrozenMembers(
  { tx }: Work,
  campaignId: Id<'campaign'>,
  band: number,
): Promise<{ unitId: Id<'unit'>; people: number }[]> {
  const { rows } = await sql<{ unitId: Id<'unit'>; people: number }>`
    select unit_id as "unitId", people from campaign.published_frozen
    where campaign_id = ${campaignId} and band = ${band}`.execute(tx)
  return rows
}

/** How many live, by permanent residence in force, in each of some groups of units as written. */
export async function countPopulations({ tx }: Work, groups: readonly (readonly string[])[]): Promise<number[]> {
  const all = groups.flat()
  const { rows } = await sql<{ unit_id: string; people: number }>`
    select unit_id, count(*) as people from register.published_residence
    where kind = 'permanent' and to_on is null and unit_id = any (${uuids(all)}) group by unit_id`.execute(tx)
  const byUnit = new Map(rows.map(row => [row.unit_id, row.people]))
  return groups.map(units => units.reduce((sum, id) => sum + (byUnit.get(id) ?? 0), 0))
}
