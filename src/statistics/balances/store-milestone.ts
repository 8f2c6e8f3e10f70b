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

/**
 * The first day of each thing that a person has, from the moves of their cards and accounts. A card that is revoked,
 * blocked, expired, over its term or cancelled is none; an account that is cancelled is none. The day of a move is the
 * one for which it became known, or an earlier one that the card or account itself bears (issued, approved, activated),
 * where that lies after the move before.
 */
const milestoneFacts = (who: RawBuilder<unknown>, day: Day, { extended }: LawOfDay) => sql`
  with who as materialized (${who}),
  card_move as (
    select m.person_id, c.issued_on, m.on_day,
           case m.state when 'applied' then 1 when 'approved' then 2 when 'produced' then 3 when 'at-unit' then 4
             when 'handed-over' then 5 end as step,
           lag(m.on_day) over (partition by m.person_id, m.card_id order by m.on_day, m.at, m.state) as before
    from who join cards.published_card c on c.person_id = who.person_id
    join cards.published_transition m on m.person_id = c.person_id and m.card_id = c.id
    where c.state not in ('revoked', 'blocked', 'expired', 'cancelled')
      and (c.expires_on is null or case
          when c.expires_on between ${extended.from}::date and ${extended.before}::date then ${extended.to}::date
          else c.expires_on + 1 end > ${day}::date)
  ),
  card as (
    select person_id, min(d) filter (where step >= 1) as applied, min(d) filter (where step >= 2) as approved,
      min(d) filter (where step >= 3) as produced,
           min(d) filter (where step >= 4) as returned, min(d) filter (where step >= 5) as handed_over
    from (select person_id, step,
                 case when step >= 3 and issued_on <= on_day and (before is null or issued_on > before) then issued_on
                   else on_day end as d
          from card_move) m
    group by person_id
  ),
  account_move as (
    select m.person_id, a.level as level_now, a.approved_on, a.activated_on, m.state, m.level, m.on_day,
           lag(m.on_day) over (partition by m.person_id, m.account_id order by m.on_day, m.at, m.level) as before
    from who join accounts.published_account a on a.person_id = who.person_id
    join accounts.published_transition m on m.person_id = a.person_id and m.account_id = a.id
    where a.state <> 'cancelled'
  ),
  account_day as (
    select *, case when approved_on <= on_day and (before is null or approved_on > before) then approved_on
      else on_day end as approved_d,
              case when activated_on <= on_day and (before is null or activated_on > before) then activated_on
                else on_day end as activated_d
    from account_move
  ),
  account_first as (
    select person_id,
           min(case when state = 'requested' then on_day else approved_d end) as received,
           min(case when state = 'requested' then on_day else approved_d end) filter (where level = 2
               and level_now = 2) as received_2,
           min(approved_d) filter (where state <> 'requested') as approved,
           min(approved_d) filter (where state <> 'requested' and level = 2 and level_now = 2) as approved_2,
           min(activated_d) filter (where state = 'activated'
               or (state = 'locked' and activated_on is not null)) as activated,
           min(activated_d) filter (where (state = 'activated' or (state = 'locked' and activated_on is not null))
               and level = 2 and level_now = 2) as activated_2
    from account_day group by person_id
  ),
  -- Who activated had been approved, and received before that, whatever an extract left out.
  account as (
    select person_id, least(received, approved, activated) as received,
      least(received_2, approved_2, activated_2) as received_2,
           least(approved, activated) as approved, least(approved_2, activated_2) as approved_2, activated, activated_2
    from account_first
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
