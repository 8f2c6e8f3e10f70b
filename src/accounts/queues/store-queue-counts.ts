import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'

/** Stands for every commune. */
const everywhere = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
/** Stands for people without a residence. */
const nowhere = '00000000-0000-0000-0000-000000000000'

/** Everybody is counted anew. */
export async function insertDueEverywhere({ tx }: Work): Promise<void> {
  await sql`insert into accounts.queue_count_due (unit_id) values (${everywhere})`.execute(tx)
}

export async function isCountDue({ tx }: Work): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select exists (select from accounts.queue_count_due) or not exists (select from accounts.queue_counted) as is
  `.execute(tx)
  return rows[0]?.is ?? true
}

type Communes = readonly string[] | 'every'

/** Takes the communes that are due; every one, where nothing was counted yet. */
export async function takeDueUnits({ tx }: Work): Promise<Communes> {
  const { rows } = await sql<{ unit_id: string }>`
    with taken as (delete from accounts.queue_count_due returning unit_id) select distinct unit_id from taken
  `.execute(tx)
  const { rows: counted } = await sql`select from accounts.queue_counted`.execute(tx)
  const ids = rows.map(row => row.unit_id)
  return counted.length === 0 || ids.includes(everywhere) ? 'every' : ids
}

/** Accounts of people whose first commune is one of these. */
const isOf = (units: Communes) => {
  if (units === 'every') return sql`true`
  const these = sql`any (${units}::uuid[])`
  const inFirst = sql`home.units[1] = ${these}
    and k.person_id in (select s.person_id from register.published_scope s where s.unit_id = ${these})`
  return units.includes(nowhere) ? sql`(${inFirst} or home.units = '{}')` : inFirst
}

/** A day to group by: all that are over are one. */
const pastAsOne = (day: RawBuilder<unknown>, today: Day) =>
  sql`case when ${day} < ${today}::date then '-infinity'::date else ${day} end`

/**
 * How many accounts there are by commune and kind, from the accounts as they are now. Those whose days to open them are
 * over, or which were locked before today, are of one kind each: what they tell is how many they are, and the first
 * such day.
 */
const kindsNow = ({ today }: Work, units: Communes) => sql`
  select coalesce(home.units[1], ${nowhere}::uuid) as unit_id, coalesce(home.units[2:], '{}') as also, k.state,
    case when k.last_day is null then k.due_on end as due_on, k.handed_up, min(k.last_day) as last_day,
    k.last_day is not null or k.has_phone as has_phone, k.last_day is not null or k.notified as notified,
    min(k.state_on) as state_on, count(*)::integer as accounts
  from accounts.queue_kind k cross join lateral (
    select array(select s.unit_id from register.published_scope s where s.person_id = k.person_id order by s.unit_id)
      as units) home
  where ${isOf(units)}
  group by 1, 2, 3, 4, 5, ${pastAsOne(sql`k.last_day`, today)}, 7, 8, ${pastAsOne(sql`k.state_on`, today)}`

/** Counts the accounts of these communes anew. */
export async function countUnits(work: Work, units: Communes): Promise<void> {
  const { tx, today } = work
  const these = units === 'every' ? sql`true` : sql`unit_id = any (${units}::uuid[])`
  await sql`delete from accounts.queue_count where ${these}`.execute(tx)
  await sql`
    insert into accounts.queue_count
      (unit_id, also, state, due_on, handed_up, last_day, has_phone, notified, state_on, accounts)
    ${kindsNow(work, units)}`.execute(tx)
  await sql`
    insert into accounts.queue_counted (id, day) values (1, ${today})
    on conflict (id) do update set day = greatest(queue_counted.day, excluded.day)`.execute(tx)
}

/** In how many communes other numbers were counted than the accounts say; those that a deed touched since are due. */
export async function countDifferingUnits(work: Work): Promise<number> {
  const sums = (from: RawBuilder<unknown>) => sql`
    select unit_id, also, state, due_on, handed_up, ${pastAsOne(sql`last_day`, work.today)} as last_day, has_phone,
      notified, ${pastAsOne(sql`state_on`, work.today)} as state_on, sum(accounts) as accounts
    from ${from} c group by 1, 2, 3, 4, 5, 6, 7, 8, 9`
  const { rows } = await sql<{ units: number }>`
    with kept as (${sums(sql`accounts.queue_count`)}), now as materialized (${sums(sql`(${kindsNow(work, 'every')})`)})
    select count(distinct unit_id)::integer as units from (
      (table kept except table now) union all (table now except table kept)) d
    where not exists (
      select from accounts.queue_count_due due where due.unit_id in (d.unit_id, ${everywhere}::uuid))`.execute(work.tx)
  return rows[0]?.units ?? 0
}
