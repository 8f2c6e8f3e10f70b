import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'

export async function prepareHistoryStaging({ tx }: Work): Promise<void> {
  await sql`create temporary table staged (
    line integer, raw text, number text collate "C", account_id uuid, level smallint, state text, on_day date,
      phone text, person_id uuid, reason text
  ) on commit drop`.execute(tx)
}

/** The order of an account's states. Transitions of one day are ordered by level and by this. */
const transitionOrder = sql`(s.level * 10 +
      array_position(array['requested', 'approved', 'activated', 'locked', 'cancelled'], s.state))`

/** Says of each row why it is refused. */
export async function resolveStagedHistory({ tx, today }: Work, firstOn: Day): Promise<void> {
  await sql`update staged s set reason = 'account-of-another' from (
      select account_id from staged where person_id is not null group by account_id
        having count(distinct person_id) > 1) o where o.account_id = s.account_id`.execute(tx)
  await sql`update staged s set reason = 'account-of-another' from accounts.account a
    where a.id = s.account_id and a.person_id <> s.person_id`.execute(tx)
  await sql`update staged s set reason = 'other-account' from accounts.account a
    where s.reason is null and a.person_id = s.person_id and a.id <> s.account_id and a.state <> 'cancelled'`.execute(
    tx,
  )
  await sql`update staged set reason = 'day-to-come' where reason is null and on_day > ${today}`.execute(tx)
  await sql`
    update staged s
    set reason = case when s.on_day < ${firstOn}::date then 'day-before-accounts' else 'day-before-birth' end
    from staged o left join register.published_birth b on b.person_id = o.person_id
    where o.line = s.line and s.reason is null and (s.on_day < ${firstOn}::date
      or s.on_day < make_date(b.birth_y, coalesce(b.birth_m, 1), coalesce(b.birth_d, 1)))`.execute(tx)
  // If the last transitions leave two accounts of a person alive, both are refused.
  await sql`
    with last as (
      select distinct on (s.person_id, s.account_id) s.person_id, s.account_id, s.state from staged s
      where s.reason is null
      order by s.person_id, s.account_id, s.on_day desc, ${transitionOrder} desc
    ), twice as (select person_id from last where state <> 'cancelled' group by person_id having count(*) > 1)
    update staged s set reason = 'other-account' from twice t
    where s.reason is null and s.person_id = t.person_id`.execute(tx)
}

/** Accepted transitions that are not known yet, each once. */
const newTransitions = sql`
  select distinct s.person_id, s.account_id, s.state, s.level, s.on_day, ${transitionOrder} as step from staged s
  where s.reason is null
    and not exists (select from accounts.transition m
      where m.person_id = s.person_id and m.account_id = s.account_id and m.state = s.state and m.level = s.level
                    and m.on_day = s.on_day)`

export async function countStagedHistory({ tx }: Work): Promise<{ added: number; changed: number; unchanged: number }> {
  const { rows } = await sql<{ added: number; taken: number }>`
    select (select count(*)::int from (${newTransitions}) f) as added, count(*)::int as taken from staged
    where reason is null`.execute(tx)
  const { added = 0, taken = 0 } = rows[0] ?? {}
  return { added, changed: 0, unchanged: taken - added }
}

const midnight = (day: string) => sql.raw(`(${day}::timestamp at time zone 'Asia/Ho_Chi_Minh')`)

/**
 * Inserts unknown transitions and updates each account to its last one; approved and activated count from the last such
 * transition.
 */
export async function insertStagedTransitions({ tx, now }: Work): Promise<void> {
  await sql`
    with last as (
      select distinct on (s.person_id, s.account_id) s.person_id, s.account_id, s.level, s.state, s.on_day,
        max(s.phone) over w as phone,
             max(s.on_day) filter (where s.state = 'approved') over w as approved_on,
               max(s.on_day) filter (where s.state = 'activated') over w as activated_on
      from staged s where s.reason is null
      window w as (partition by s.person_id, s.account_id)
      order by s.person_id, s.account_id, s.on_day desc, ${transitionOrder} desc
    )
    insert into accounts.account as a
      (person_id, id, level, state, phone, approved_at, activated_at, origin, state_on, changed_at)
    select person_id, account_id, level, state, phone, ${midnight('least(approved_on, activated_on)')},
      ${midnight('activated_on')}, 'imported', on_day, ${now} from last
    on conflict (person_id, id)
    do update set level = excluded.level, state = excluded.state, phone =
      case when a.phone_on >= excluded.state_on then a.phone else coalesce(excluded.phone, a.phone) end,
      approved_at = coalesce(excluded.approved_at, a.approved_at),
        activated_at = coalesce(excluded.activated_at, a.activated_at), state_on = excluded.state_on,
      changed_at = excluded.changed_at, locked_for = case when excluded.state = 'locked' then a.locked_for end
    where a.state_on <= excluded.state_on and (a.state, a.level) <> (excluded.state, excluded.level)`.execute(tx)
  await sql`
    insert into accounts.transition (person_id, id, account_id, state, level, on_day, at)
    select person_id, gen_random_uuid(), account_id, state, level, on_day,
      ${now}::timestamptz + step * interval '1 microsecond' from (${newTransitions}) f`.execute(tx)
}
