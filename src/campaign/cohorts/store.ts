import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { DeadlineProof, Metric } from '../metric.ts'
import type { Basis } from '../need-codes.ts'
import type { CampaignBand } from './campaign-bands.ts'
import type { CohortRule } from './contract-definition.ts'

type CampaignId = Id<'campaign'>

export type CampaignRow = {
  readonly id: CampaignId
  readonly name: string
  readonly title: string
  readonly purpose: string | null
  readonly unitId: Id<'unit'>
  readonly basis: Basis
  readonly schoolYear: string
  readonly startsOn: Day
  readonly metrics: readonly Metric[]
  readonly state: 'open' | 'closed'
  /** The edition in which the campaign was closed; null while it is open. */
  readonly closedIn: number | null
  readonly version: number
  readonly madeAt: Date
}

const columns = sql`id, name, title, purpose, unit_id as "unitId", basis, school_year as "schoolYear",
    starts_on as "startsOn", metrics, state, closed_in as "closedIn", version, created_at as "madeAt"`

export async function findCampaign({ tx }: Work, id: CampaignId): Promise<CampaignRow | undefined> {
  const { rows } = await sql<CampaignRow>`select ${columns} from campaign.campaign where id = ${id}`.execute(tx)
  return rows[0]
}

export async function findCampaignByName({ tx }: Work, name: string): Promise<CampaignRow | undefined> {
  const { rows } = await sql<CampaignRow>`select ${columns} from campaign.campaign where name = ${name}`.execute(tx)
  return rows[0]
}

export async function holdCampaign({ tx }: Work, id: CampaignId): Promise<CampaignRow | undefined> {
  const { rows } =
    await sql<CampaignRow>`select ${columns} from campaign.campaign where id = ${id} for no key update`.execute(tx)
  return rows[0]
}

export async function findCampaigns({ tx }: Work): Promise<CampaignRow[]> {
  const { rows } = await sql<CampaignRow>`select ${columns} from campaign.campaign
      order by state = 'closed', starts_on desc, created_at desc, name`.execute(tx)
  return rows
}

/** Two campaigns of one name are not made at once. */
export async function holdCreation({ tx }: Work): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('campaign.create'))`.execute(tx)
}

export async function insertCampaign({ tx, now, today }: Work, campaign: CampaignRow): Promise<void> {
  const { id, name, title, purpose, unitId, basis, schoolYear, startsOn, metrics, state, version } = campaign
  await sql`
    insert into campaign.campaign
      (id, name, title, purpose, unit_id, basis, school_year, starts_on, metrics, state, version, created_on,
        created_at)
    values (${id}, ${name}, ${title}, ${purpose}, ${unitId}, ${basis}, ${schoolYear}, ${startsOn},
        ${[...metrics]}::text[], ${state}, ${version}, ${today}, ${now})`.execute(tx)
}

export async function setCampaignClosed({ tx }: Work, id: CampaignId, edition: number): Promise<void> {
  await sql`update campaign.campaign set state = 'closed', closed_in = ${edition}, version = version + 1
    where id = ${id}`.execute(tx)
}

export async function updateCampaign({ tx }: Work, campaign: CampaignRow): Promise<void> {
  const { id, title, purpose, basis, schoolYear, startsOn, metrics, version } = campaign
  await sql`update campaign.campaign set title = ${title}, purpose = ${purpose}, basis = ${basis},
    school_year = ${schoolYear}, starts_on = ${startsOn}, metrics = ${[...metrics]}::text[], version = ${version}
    where id = ${id}`.execute(tx)
}

/** What a definition says of a campaign besides itself, and how many people it first meant: written anew. */
export async function deleteParts({ tx }: Work, id: CampaignId): Promise<void> {
  await sql`delete from campaign.cohort where campaign_id = ${id}`.execute(tx)
  await sql`delete from campaign.band where campaign_id = ${id}`.execute(tx)
  await sql`delete from campaign.deadline where campaign_id = ${id}`.execute(tx)
  await sql`delete from campaign.frozen where campaign_id = ${id}`.execute(tx)
}

export type NamedCohort = { readonly name: string; readonly rule: CohortRule }

export async function insertCohorts({ tx }: Work, id: CampaignId, cohorts: readonly NamedCohort[]): Promise<void> {
  for (const [place, { name, rule }] of cohorts.entries())
    await sql`insert into campaign.cohort (campaign_id, place, name, rule)
      values (${id}, ${place}, ${name}, ${JSON.stringify(rule)}::jsonb)`.execute(tx)
}

export async function cohortsOf({ tx }: Work, id: CampaignId): Promise<NamedCohort[]> {
  const { rows } =
    await sql<NamedCohort>`select name, rule from campaign.cohort where campaign_id = ${id} order by place`.execute(tx)
  return rows
}

/** What is shown of some campaigns beside themselves: bands, cohorts and deadlines, each in its order. */
export type CampaignParts = {
  readonly bands: readonly { readonly band: number; readonly name: string }[]
  readonly cohorts: readonly NamedCohort[]
  readonly deadlines: readonly CampaignDeadline[]
}

export async function partsOf({ tx }: Work, ids: readonly CampaignId[]): Promise<Map<CampaignId, CampaignParts>> {
  const { rows } = await sql<CampaignParts & { id: CampaignId }>`
    select c.id,
      coalesce((select jsonb_agg(jsonb_build_object('band', b.band, 'name', b.name) order by b.band)
        from campaign.band b where b.campaign_id = c.id), '[]') as bands,
      coalesce((select jsonb_agg(jsonb_build_object('name', h.name, 'rule', h.rule) order by h.place)
        from campaign.cohort h where h.campaign_id = c.id), '[]') as cohorts,
      coalesce((select jsonb_agg(jsonb_build_object('name', d.name, 'on', d.on_day, 'proof', d.proof)
          order by d.on_day, d.name)
        from campaign.deadline d where d.campaign_id = c.id), '[]') as deadlines
    from campaign.campaign c where c.id = any (${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, ...parts }) => [id, parts]))
}

export async function insertBands({ tx }: Work, id: CampaignId, bands: readonly CampaignBand[]): Promise<void> {
  for (const { band, name, cohort, bornFrom, bornTo } of bands)
    await sql`
      insert into campaign.band (campaign_id, band, name, cohort, born_from, born_to)
      values (${id}, ${band}, ${name}, ${cohort}, ${bornFrom ?? null}, ${bornTo ?? null})`.execute(tx)
}

export async function bandNamesOf({ tx }: Work, id: CampaignId): Promise<{ band: number; name: string }[]> {
  const { rows } = await sql<{
    band: number
    name: string
  }>`select band, name from campaign.band where campaign_id = ${id} order by band`.execute(tx)
  return rows
}

export type CampaignDeadline = { readonly name: string; readonly on: Day; readonly proof: DeadlineProof }

export async function insertDeadlines(
  { tx }: Work,
  id: CampaignId,
  deadlines: readonly CampaignDeadline[],
): Promise<void> {
  for (const { name, on, proof } of deadlines)
    await sql`insert into campaign.deadline (campaign_id, name, on_day, proof)
      values (${id}, ${name}, ${on}, ${proof})`.execute(tx)
}

/** The deadlines of some campaigns, each campaign's in the order of days. */
export async function deadlinesOfMany(
  { tx }: Work,
  ids: readonly CampaignId[],
): Promise<Map<CampaignId, CampaignDeadline[]>> {
  const { rows } = await sql<CampaignDeadline & { id: CampaignId }>`
    select campaign_id as id, name, on_day as "on", proof from campaign.deadline
    where campaign_id = any (${[...ids]}::uuid[]) order by on_day, name`.execute(tx)
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, theirs]) => [
      id,
      theirs.map(({ id: _of, ...deadline }) => deadline),
    ]),
  )
}

export const deadlinesOf = async (work: Work, id: CampaignId): Promise<CampaignDeadline[]> =>
  (await deadlinesOfMany(work, [id])).get(id) ?? []

export type CampaignEdition = { readonly number: number; readonly day: Day; readonly at: Date }

/** When an edition began. That before the first count began at no moment; what is not counted is so now. */
const beganAt = (now: Date) => sql<Date>`coalesce(nullif(at, '-infinity'), ${now})`

/** The state of knowledge now. */
export async function lastEdition({ tx, now }: Work): Promise<CampaignEdition> {
  const { rows } = await sql<CampaignEdition>`select number, day, ${beganAt(now)} as at from campaign.edition
      order by number desc limit 1`.execute(tx)
  return rows[0] as CampaignEdition
}

/** Begins the next edition. The caller must hold the counting lock. */
export async function beginEdition({ tx, today, now }: Work): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    insert into campaign.edition (number, day, at) select max(number) + 1, ${today}, ${now} from campaign.edition
    returning number`.execute(tx)
  return (rows[0] as { number: number }).number
}

/** An earlier state of knowledge; one that never was is the last before it. */
export async function editionAt({ tx, now }: Work, number: number): Promise<CampaignEdition> {
  const { rows } = await sql<CampaignEdition>`select number, day, ${beganAt(now)} as at from campaign.edition
      where number <= ${number} order by number desc limit 1`.execute(tx)
  return rows[0] as CampaignEdition
}

/** Open campaigns that mean people by their relation to pupils. */
export async function campaignsByRelation({ tx }: Work): Promise<Id<'campaign'>[]> {
  const { rows } = await sql<{ id: Id<'campaign'> }>`
    select distinct c.id from campaign.campaign c join campaign.cohort h on h.campaign_id = c.id and h.rule ? 'relation'
    where c.state = 'open'`.execute(tx)
  return rows.map(({ id }) => id)
}

/** A campaign's title; undefined where the actor sees no such campaign. */
export async function campaignTitle({ tx }: Work, campaignId: Id<'campaign'>): Promise<string | undefined> {
  const { rows } = await sql<{ title: string }>`select title from campaign.campaign where id = ${campaignId}`.execute(
    tx,
  )
  return rows[0]?.title
}
