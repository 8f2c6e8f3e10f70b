import { type RawBuilder, sql } from 'kysely'
import type { LawOfDay } from '../../cards/cards.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { milestoneColumns } from '../milestone-column.ts'

/** Since when a number is known where the register does not say. */
const sinceEver = '1900-01-01'

const milestoneDays = (alias: string) => sql.join(milestoneColumns.map(column => sql.raw(`${alias}.${column}_on`)))
const names = sql.join(milestoneColumns.map(column => sql.raw(`${column}_on`)))

/** Days are compared with the order of what was reported as whole numbers since this one. */
const dayZero = sql.raw(`date '2000-01-01'`)

/** The day that the last report of a thing gives; an earlier report's day was corrected by it. */
const lastTold = (day: string, step: number) => sql`
  (max(array[place, ${sql.raw(day)} - ${dayZero}])
     filter (where ${sql.raw(day)} is not null and held >= ${sql.lit(step)}))[2] + ${dayZero}`

/**
 * A level's day of a thing. Reports may go on giving an account's first day after it was raised: that is no day of
 * level 2, which then counts from the report.
 */
const dayOfLevel2 = (thing: string) =>
  sql.raw(`
  case when max(${thing}_told) filter (where level = 2)
              <= min(coalesce(${thing}_told, ${thing}_day)) filter (where level = 1)
       then min(${thing}_day) filter (where level = 2)
       else min(coalesce(${thing}_told, ${thing}_day)) filter (where level = 2) end`)
const dayOfAnyLevel = (thing: string) => sql`
  least(${sql.raw(`min(coalesce(${thing}_told, ${thing}_day)) filter (where level = 1)`)}, ${dayOfLevel2(thing)})`
const dayNowLevel2 = (thing: string) => sql`case when level_now = 2 then ${dayOfLevel2(thing)} end`

/**
 * The first day of each thing that a person has and that still holds, from the transitions of their cards and accounts.
 * A card that is revoked, blocked, expired, over its term or cancelled is none; an account that is cancelled is none.
 * A fact counts on its own day, however late it was reported: the day that the last report of it gives (issued,
 * approved, activated, since); where no report gives one, the day for which the first report holds. What a later report
 * takes back (an account that waits for its activation again) does not hold: `held` is the least step that a transition
 * and all later ones of its card or account came to.
 */
const milestoneFacts = (who: RawBuilder<unknown>, day: Day, { extended }: LawOfDay) => sql`
  with who as materialized (${who}),
  card_move as (
    select m.person_id, m.card_id, s.step, m.on_day, m.since_on,
           case when c.issued_on <= c.state_on then c.issued_on end as made_on,
           min(s.step) over (known rows between current row and unbounded following) as held,
           max(s.step) over (known rows between unbounded preceding and 1 preceding) as before,
           lead(m.state) over known = m.state and lead(m.since_on) over known is not null as is_corrected
    from who join cards.published_card c on c.person_id = who.person_id
    join cards.published_transition m on m.person_id = c.person_id and m.card_id = c.id
    cross join lateral (select case m.state when 'applied' then 1 when 'approved' then 2 when 'produced' then 3
      when 'at-unit' then 4 when 'handed-over' then 5 end as step) s
    where c.state not in ('revoked', 'blocked', 'expired', 'cancelled')
      and (c.expires_on is null or case
          when c.expires_on between ${extended.from}::date and ${extended.before}::date then ${extended.to}::date
          else c.expires_on + 1 end > ${day}::date)
    -- Of reports of one moment the order is one and the same at each count.
    window known as (partition by m.person_id, m.card_id
      order by m.on_day, m.at, s.step, m.state, m.since_on)
  ),
  -- A card of which nothing was known before it was made went its whole way by the day of issue, unless a report says.
  card_day as (
    select person_id, min(d) filter (where held >= 1) as applied, min(d) filter (where held >= 2) as approved,
           coalesce(min(made_on) filter (where held >= 3), min(d) filter (where held >= 3)) as produced,
           min(d) filter (where held >= 4) as returned, min(d) filter (where held >= 5) as handed_over
    from (select person_id, card_id, held, made_on,
                 case when is_corrected then null
                   when since_on is null and step >= 3 and before >= 3 is not true then coalesce(made_on, on_day)
                   else coalesce(since_on, on_day) end as d
          from card_move where step is not null) m
    group by person_id, card_id
  ),
  card as (
    select person_id, min(least(applied, approved, produced, returned, handed_over)) as applied,
           min(least(approved, produced, returned, handed_over)) as approved,
           min(least(produced, returned, handed_over)) as produced, min(least(returned, handed_over)) as returned,
           min(handed_over) as handed_over
    from card_day group by person_id
  ),
  account_move as (
    select m.person_id, m.account_id, a.level as level_now, m.level, m.on_day,
           m.requested_on, m.approved_on, m.activated_on, (row_number() over known)::integer as place,
           least(
             case m.state when 'requested' then 1 when 'approved' then 2 when 'activated' then 3
               else case when coalesce(m.activated_on, a.activated_on) is null then 2 else 3 end end,
             case when m.level = 2 then min(s.step) over rest
               else min(s.step) filter (where m.level = 1) over rest end) as held
    from who join accounts.published_account a on a.person_id = who.person_id
    join accounts.published_transition m on m.person_id = a.person_id and m.account_id = a.id
    -- A lock is no step: it is what it was before.
    cross join lateral (select case m.state when 'requested' then 1 when 'approved' then 2
      when 'activated' then 3 end as step) s
    where a.state <> 'cancelled'
    window known as (partition by m.person_id, m.account_id
      order by m.on_day, m.at, m.level, s.step, m.state, m.activated_on, m.approved_on, m.requested_on),
      rest as (known rows between current row and unbounded following)
  ),
  account_level as (
    select person_id, account_id, level, level_now,
           ${lastTold('requested_on', 1)} as received_told, min(on_day) filter (where held >= 1) as received_day,
           ${lastTold('approved_on', 2)} as approved_told, min(on_day) filter (where held >= 2) as approved_day,
           ${lastTold('activated_on', 3)} as activated_told, min(on_day) filter (where held >= 3) as activated_day
    from account_move group by person_id, account_id, level, level_now
  ),
  account_first as (
    select person_id, ${dayOfAnyLevel('received')} as received, ${dayNowLevel2('received')} as received_2,
           ${dayOfAnyLevel('approved')} as approved, ${dayNowLevel2('approved')} as approved_2,
           ${dayOfAnyLevel('activated')} as activated, ${dayNowLevel2('activated')} as activated_2
    from account_level group by person_id, account_id, level_now
  ),
  -- Who activated had been approved, and received before that, whatever an extract left out.
  account as (
    select person_id, min(least(received, approved, activated)) as received,
      min(least(received_2, approved_2, activated_2)) as received_2,
           min(least(approved, activated)) as approved, min(least(approved_2, activated_2)) as approved_2,
           min(activated) as activated, min(activated_2) as activated_2
    from account_first group by person_id
  )
  select who.person_id,
         (select min(coalesce(n.from_on, ${sinceEver}::date)) from register.published_number n
           where n.person_id = who.person_id and n.state = 'in-force') as number_known_on,
         card.applied as card_applied_on, card.approved as card_approved_on, card.produced as card_produced_on,
           card.returned as card_returned_on,
         card.handed_over as card_handed_over_on,
         account.received as account_received_on, account.received_2 as account_received_2_on,
           account.approved as account_approved_on,
         account.approved_2 as account_approved_2_on, account.activated as account_activated_on,
           account.activated_2 as account_activated_2_on
  from who left join card on card.person_id = who.person_id left join account on account.person_id = who.person_id`

/**
 * The milestones of all whom an open campaign means, of those who are due, or of those who are new and have none yet,
 * as the facts say now: into the temporary table `found`.
 */
export async function findMilestones(
  { tx, today }: Work,
  law: LawOfDay,
  who: 'everyone' | 'due' | 'new',
): Promise<void> {
  const meant = sql`select distinct m.person_id from campaign.published_member m
    join campaign.published_campaign c on c.id = m.campaign_id and c.state = 'open'`
  const narrowed = {
    everyone: sql``,
    due: sql`where m.person_id = any (array(select d.person_id from due_person d))`,
    new: sql`where not exists (select from statistics.milestone t where t.person_id = m.person_id)`,
  }
  const asked = sql`${meant} ${narrowed[who]}`
  await sql`drop table if exists found`.execute(tx)
  await sql`create temporary table found on commit drop as ${milestoneFacts(asked, today, law)}`.execute(tx)
  await sql`create index found_person on found (person_id)`.execute(tx)
  await sql`analyze found`.execute(tx)
}

/**
 * Keeps milestones that are no longer so among the former, and writes what is so now. Gives how many persons changed.
 */
export async function writeMilestones({ tx }: Work, edition: number): Promise<number> {
  const differs = sql`(${milestoneDays('f')}) is distinct from (${milestoneDays('m')})`
  await sql`
    insert into statistics.former_milestone (person_id, until, ${names}, since)
    select m.person_id, ${edition}, ${milestoneDays('m')}, m.since from found f
    join statistics.milestone m on m.person_id = f.person_id where ${differs}`.execute(tx)
  const { numAffectedRows } = await sql`
    insert into statistics.milestone as m (person_id, ${names}, since)
    select f.person_id, ${milestoneDays('f')}, ${edition} from found f
    on conflict (person_id)
    do update set (${names}, since) =
      (${sql.join(milestoneColumns.map(column => sql.raw(`excluded.${column}_on`)))}, excluded.since)
    where (${milestoneDays('m')}) is distinct
      from (${sql.join(milestoneColumns.map(column => sql.raw(`excluded.${column}_on`)))})`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

/**
 * The milestones of records that are no more, since they were merged: what was so goes among the former, after the
 * totals were changed by it.
 */
export async function dropMilestonesOfMerged({ tx }: Work, edition: number): Promise<void> {
  const gone = sql`m.person_id in (select d.person_id from due_person d)
    and not exists (select from register.published_birth b where b.person_id = m.person_id)`
  await sql`
    insert into statistics.former_milestone (person_id, until, ${names}, since)
    select m.person_id, ${edition}, ${milestoneDays('m')}, m.since from statistics.milestone m where ${gone}
    on conflict do nothing`.execute(tx)
  await sql`delete from statistics.milestone m where ${gone}`.execute(tx)
}

/** How many of a campaign's people have other milestones since an edition. */
export async function countChangedIn({ tx }: Work, campaignId: Id<'campaign'>, edition: number): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(*) as people from campaign.published_member m
    join statistics.former_milestone f on f.person_id = m.person_id and f.until = ${edition}
    where m.campaign_id = ${campaignId}`.execute(tx)
  return rows[0]?.people ?? 0
}
