import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { milestoneColumns, wholeCampaign } from '../milestone-column.ts'

const allColumns = ['members', ...milestoneColumns] as const
const columnList = (of: (column: string) => RawBuilder<unknown>) => sql.join(allColumns.map(of))

/** Only one at a time counts; a second one finds that there is nothing left to do. Ends with the work. */
export async function holdCounting({ tx }: Work): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('statistics.count'))`.execute(tx)
}

/** Keeps others from counting until the work ends, while it reads. */
export async function holdKnowledge({ tx }: Work): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtext('statistics.count'))`.execute(tx)
}

export type DuePersonSet = {
  readonly id: string
  readonly kind: 'register' | 'cards' | 'accounts' | 'school' | 'campaign' | 'everyone'
  readonly subject_id: string | null
  readonly at: Date
}

export async function takeDueSets({ tx }: Work): Promise<DuePersonSet[]> {
  const { rows } = await sql<DuePersonSet>`
    delete from statistics.recount_set returning id, kind, subject_id, at`.execute(tx)
  return rows.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** Moves the persons due, up to a number of deeds, into the temporary table `due_person`. Returns how many deeds. */
export async function takeDuePersons({ tx }: Work, limit: number): Promise<number> {
  await sql`create temporary table if not exists due_person (person_id uuid not null primary key) on commit
      drop`.execute(tx)
  await sql`truncate due_person`.execute(tx)
  const { rows } = await sql<{ deeds: number }>`
    with taken as (
      delete from statistics.recount d
      using (select person_id, id from statistics.recount order by at, id limit ${limit}) t
      where d.person_id = t.person_id and d.id = t.id returning d.person_id
    ), kept as (insert into due_person select distinct person_id from taken on conflict do nothing)
    select count(*) as deeds from taken`.execute(tx)
  await sql`analyze due_person`.execute(tx)
  return rows[0]?.deeds ?? 0
}

/** Whose cards, or accounts, an import moved: its moves bear its moment. */
export async function addMovedAt({ tx }: Work, kind: 'cards' | 'accounts', at: Date): Promise<void> {
  const moves = kind === 'cards' ? sql`cards.published_transition` : sql`accounts.published_transition`
  await sql`insert into due_person select distinct person_id from ${moves}
    where at >= ${at} and at < ${at}::timestamptz + interval '1 millisecond' on conflict do nothing`.execute(tx)
}

/** The pupils of a school's rolls in force, and the members who count as pupils of it. */
export async function addSchool({ tx }: Work, schoolId: Id<'school'>): Promise<void> {
  await sql`
    insert into due_person
    select person_id from rolls.published_row where school_id = ${schoolId} and person_id is not null
    union select person_id from campaign.published_member where school_id = ${schoolId}
    union select k.related_person_id from rolls.published_row r
    join register.published_kin k on k.person_id = r.person_id
          where r.school_id = ${schoolId} and k.related_person_id is not null
    on conflict do nothing`.execute(tx)
}

/** Persons who changed in the register, and the parents that they name, whose membership may depend on it. */
export async function addPersonsAndKin({ tx }: Work, ids: readonly string[]): Promise<void> {
  await sql`
    insert into due_person
    select unnest(${[...ids]}::uuid[])
    union select k.related_person_id from register.published_kin k
    where k.person_id = any (${[...ids]}::uuid[]) and k.related_person_id is not null
    on conflict do nothing`.execute(tx)
}

/** Everyone whom some campaigns mean. */
export async function addMembers({ tx }: Work, campaignIds: readonly Id<'campaign'>[]): Promise<void> {
  if (campaignIds.length === 0) return
  await sql`
    insert into due_person select distinct person_id from campaign.published_member
    where campaign_id = any (${[...campaignIds]}::uuid[])
    on conflict do nothing`.execute(tx)
}

/** Members counted with a card whose term is over by the house's day. */
export async function addEndedTerms({ tx, today }: Work): Promise<void> {
  await sql`
    insert into due_person
    select distinct c.person_id from cards.published_card c
    join statistics.milestone t on t.person_id = c.person_id and t.card_applied_on is not null
    where c.expires_on < ${today} and c.state not in ('revoked', 'blocked', 'expired', 'cancelled')
    on conflict do nothing`.execute(tx)
}

export async function analyzeDue({ tx }: Work): Promise<number> {
  await sql`analyze due_person`.execute(tx)
  const { rows } = await sql<{ people: number }>`select count(*) as people from due_person`.execute(tx)
  return rows[0]?.people ?? 0
}

export async function insertDuePerson(
  { tx, now }: Work,
  due: { readonly id: string; readonly personId: Id<'person'>; readonly deed: string },
): Promise<void> {
  await sql`insert into statistics.recount (person_id, id, deed, at)
    values (${due.personId}, ${due.id}, ${due.deed}, ${now})`.execute(tx)
}

export async function insertDueSet(
  { tx, now }: Work,
  id: string,
  kind: DuePersonSet['kind'],
  subjectId: string | null,
): Promise<void> {
  await sql`insert into statistics.recount_set (id, kind, subject_id, at)
    values (${id}, ${kind}, ${subjectId}, ${now})`.execute(tx)
}

export async function isAnyQueued({ tx }: Work): Promise<boolean> {
  const { rows } = await sql<{
    is: boolean
  }>`select exists (select from statistics.recount) or exists (select from statistics.recount_set) as is`.execute(tx)
  return rows[0]?.is ?? false
}

/** How many wait to be counted; more than a thousand is not told exactly. */
export async function countDuePersons({ tx }: Work): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select (select count(*) from (select from statistics.recount limit 1000) d) + (select count(*)
      from statistics.recount_set) as waiting`.execute(tx)
  return rows[0]?.waiting ?? 0
}

export async function markOf({ tx }: Work): Promise<string | undefined> {
  const { rows } = await sql<{ mark: string }>`select mark from statistics.watermark where reader = 'register'`.execute(
    tx,
  )
  return rows[0]?.mark
}

export async function setMark({ tx }: Work, mark: string): Promise<void> {
  await sql`
    insert into statistics.watermark (reader, mark) values ('register', ${mark})
    on conflict (reader) do update set mark = excluded.mark`.execute(tx)
}

/**
 * What is counted of the persons in `due_person`, a row for each campaign that means one: into `before_count` or
 * `after_count`.
 */
export async function takeCounts({ tx }: Work, into: 'before_count' | 'after_count'): Promise<void> {
  const table = sql.raw(into)
  await sql`drop table if exists ${table}`.execute(tx)
  await sql`
    create temporary table ${table} on commit drop as
    select m.campaign_id, m.person_id, m.unit_id, m.band, m.in_on,
      ${sql.join(milestoneColumns.map(column => sql.raw(`t.${column}_on`)))}
    from campaign.published_member m
    join campaign.published_campaign c on c.id = m.campaign_id and c.state = 'open'
    left join statistics.milestone t on t.person_id = m.person_id
    where m.person_id = any (array(select person_id from due_person))`.execute(tx)
}

/** How each thing's day counts: not before the person does. */
const daysOf = (sign: 1 | -1) => sql`
  cross join lateral (values
    ('members', p.in_on),
      ${sql.join(
        milestoneColumns.map(
          column => sql`(${sql.lit(column)},
            ${sql.raw(`greatest(p.${column}_on, p.in_on)`)})`,
        ),
      )}
  ) as v (name, day)
  cross join (select ${sql.lit(sign)}::integer as n) sign
  where v.day is not null and ${sql.join(
    milestoneColumns.map(column => sql`(v.name <> ${sql.lit(column)} or ${sql.raw(`p.${column}_on`)} is not null)`),
    sql` and `,
  )}`

const countEntries = (from: RawBuilder<unknown>, sign: 1 | -1) =>
  sql`select p.campaign_id, p.unit_id, p.band, v.day, v.name, sign.n from ${from} p ${daysOf(sign)}`

const summed = columnList(
  name => sql`coalesce(sum(e.n) filter (where e.name = ${sql.lit(name)}), 0)::integer as ${sql.raw(name)}`,
)

/**
 * By unit and part; by unit; and of the campaign as a whole, whose course over months would else be read unit by unit.
 */
const byCell = (from: RawBuilder<unknown>) => sql`
  select e.campaign_id, coalesce(e.unit_id, ${wholeCampaign}::uuid) as unit_id, coalesce(e.band, 0)::smallint as band,
    e.day, ${summed}
  from (${from}) e group by e.campaign_id, e.day, grouping sets ((e.unit_id, e.band), (e.unit_id), (e.band), ())`

/**
 * What the running totals must change by, day by day: what is counted now less what was. Gives how many days of how
 * many cells.
 */
export async function findDeltas({ tx }: Work): Promise<number> {
  await sql`drop table if exists delta`.execute(tx)
  const both = sql`${countEntries(sql`after_count`, 1)} union all ${countEntries(sql`before_count`, -1)}`
  await sql`
    create temporary table delta on commit drop as
    select * from (${byCell(both)}) d where ${sql.join(
      allColumns.map(name => sql.raw(`d.${name} <> 0`)),
      sql` or `,
    )}`.execute(tx)
  await sql`create index on delta (campaign_id, band, unit_id, day)`.execute(tx)
  await sql`analyze delta`.execute(tx)
  const { rows } = await sql<{ cells: number }>`select count(*) as cells from delta`.execute(tx)
  return rows[0]?.cells ?? 0
}

/**
 * Adds what changed to the running totals: a day that has no row yet begins with the one before it; then every later
 * day takes it in.
 */
export async function foldDeltas({ tx }: Work): Promise<void> {
  await sql`
    insert into statistics.balance (campaign_id, unit_id, band, day, ${columnList(name => sql.raw(name))})
    select d.campaign_id, d.unit_id, d.band, d.day, ${columnList(name => sql.raw(`coalesce(b.${name}, 0)`))}
    from delta d left join lateral (
      select * from statistics.balance b
      where b.campaign_id = d.campaign_id and b.band = d.band and b.unit_id = d.unit_id and b.day < d.day
      order by b.day desc limit 1) b on true
    on conflict do nothing`.execute(tx)
  await sql`
    update statistics.balance b set ${columnList(name => sql.raw(`${name} = b.${name} + s.${name}`))}
    from (
      select o.campaign_id, o.band, o.unit_id, o.day,
        ${columnList(name => sql.raw(`sum(d.${name})::integer as ${name}`))}
      from delta d join statistics.balance o on o.campaign_id = d.campaign_id and o.band = d.band
        and o.unit_id = d.unit_id and o.day >= d.day
      group by o.campaign_id, o.band, o.unit_id, o.day
    ) s
    where b.campaign_id = s.campaign_id and b.band = s.band and b.unit_id = s.unit_id and b.day = s.day`.execute(tx)
}

/** The running totals of a campaign as they must be by members and milestones. */
const recounted = (campaignId: Id<'campaign'>) => sql`
  select d.campaign_id, d.unit_id, d.band, d.day,
         ${columnList(name => sql.raw(`(sum(d.${name}) over w)::integer as ${name}`))}
  from (${byCell(
    countEntries(
      sql`(select m.campaign_id, m.person_id, m.unit_id, m.band, m.in_on,
            ${sql.join(milestoneColumns.map(column => sql.raw(`t.${column}_on`)))}
           from campaign.published_member m left join statistics.milestone t on t.person_id = m.person_id
             where m.campaign_id = ${campaignId})`,
      1,
    ),
  )}) d
  window w as (partition by d.campaign_id, d.unit_id, d.band order by d.day)`

/** Writes a campaign's running totals from nothing. */
export async function writeBalances({ tx }: Work, campaignId: Id<'campaign'>): Promise<void> {
  await sql`delete from statistics.balance where campaign_id = ${campaignId}`.execute(tx)
  await sql`
    insert into statistics.balance (campaign_id, unit_id, band, day, ${columnList(name => sql.raw(name))})
    ${recounted(campaignId)}`.execute(tx)
}

export type Discrepancy = { readonly unit_id: Id<'unit'>; readonly band: number; readonly day: Day }

/** Where the running totals are other than a recount: by the rows of either that the other has not, as of each day. */
export async function discrepancies({ tx }: Work, campaignId: Id<'campaign'>, limit = 100): Promise<Discrepancy[]> {
  const same = sql.join(
    allColumns.map(name => sql.raw(`b.${name} = r.${name}`)),
    sql` and `,
  )
  const { rows } = await sql<Discrepancy>`
    with r as materialized (${recounted(campaignId)})
    select r.unit_id, r.band, r.day from r
    left join lateral (select * from statistics.balance b
      where b.campaign_id = ${campaignId} and b.band = r.band and b.unit_id = r.unit_id and b.day <= r.day
                       order by b.day desc limit 1) b on true
    where (${same}) is not true
    union all
    select b.unit_id, b.band, b.day from statistics.balance b
    left join lateral (select * from r where r.band = b.band and r.unit_id = b.unit_id and r.day <= b.day
      order by r.day desc limit 1) r on true
    where b.campaign_id = ${campaignId}
      and (case when r.day is null then ${sql.join(
        allColumns.map(name => sql.raw(`b.${name} = 0`)),
        sql` and `,
      )} else ${same} end) is not true
    limit ${limit}`.execute(tx)
  return rows
}

export async function analyzeCounts({ tx }: Work): Promise<void> {
  await sql`select statistics.analyze_counts()`.execute(tx)
}
