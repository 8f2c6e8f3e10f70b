import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

export async function prepareAccountStaging({ tx }: Work): Promise<void> {
  await sql`create temporary table staged (
    line integer, raw text, number text collate "C", level smallint, state text, phone text,
      requested_at timestamptz, approved_at timestamptz, activated_at timestamptz,
    person_id uuid, account_id uuid, reason text
  ) on commit drop`.execute(tx)
}

const dayOf = (instant: string) => sql.raw(`(${instant} at time zone 'Asia/Ho_Chi_Minh')::date`)

/**
 * Refuses rows whose days cannot be: after the day for which the extract holds, before the person was born, before
 * there were accounts.
 */
export async function refuseImpossibleDays({ tx }: Work, asOf: Day, firstOn: Day): Promise<void> {
  const all = sql.join(['s.requested_at', 's.approved_at', 's.activated_at'].map(dayOf))
  await sql`
    update staged s set reason = case
      when greatest(${all}) > ${asOf}::date then 'day-after-extract'
      when least(${all}) < ${firstOn}::date then 'day-before-accounts' else 'day-before-birth' end
    from staged o left join register.published_birth b on b.person_id = o.person_id
    where o.line = s.line and s.reason is null and (greatest(${all}) > ${asOf}::date or least(${all}) < ${firstOn}::date
      or least(${all}) < make_date(b.birth_y, coalesce(b.birth_m, 1), coalesce(b.birth_d, 1)))`.execute(tx)
}

/**
 * Finds the account of each row: the living one, or for a cancelled row the same one if
 * it is known so.
 */
export async function resolveStagedAccounts({ tx }: Work): Promise<void> {
  await sql`update staged s set reason = 'account-twice' from (
      select line, row_number() over (partition by person_id, state = 'cancelled' order by line) as place from staged
      where person_id is not null and reason is null
    ) o where o.line = s.line and o.place > 1`.execute(tx)
  await sql`update staged s set account_id = a.id from accounts.account a
    where s.reason is null and a.person_id = s.person_id and s.state = 'cancelled' and a.state = 'cancelled'
      and a.approved_at is not distinct from s.approved_at`.execute(tx)
  await sql`update staged s set account_id = a.id from accounts.account a
    where s.reason is null and s.account_id is null and a.person_id = s.person_id and a.state <> 'cancelled'
      and (s.state <> 'cancelled'
          or not exists (select from staged o
          where o.person_id = s.person_id and o.state <> 'cancelled' and o.reason is null))`.execute(tx)
  // A row without the approval keeps the one that is known, and its activation cannot be before that.
  await sql`update staged s set reason = 'activated-before-approved' from accounts.account a
    where s.reason is null and a.person_id = s.person_id and a.id = s.account_id and s.approved_at is null
      and s.activated_at < a.approved_at`.execute(tx)
}

const isGrown = (birth: 'b' | 'ob', today: Day, grownFrom: number) => {
  const [y, m, d] = ['birth_y', 'birth_m', 'birth_d'].map(column => sql.ref(`${birth}.${column}`))
  return sql`make_date(${y}, coalesce(${m}, 1), coalesce(${d}, 1)) <=
      (${today}::date - make_interval(years => ${grownFrom}))::date`
}

/**
 * One phone, one account (domain.md 3.8): a row is refused if it would give an adult the phone of another person's
 * account, unless the same extract takes it from there. A row older than what is known changes nothing. A refused row
 * does not give up its old phone either, so the check repeats.
 */
export async function refusePhonesOfOthers({ tx, today }: Work, asOf: Day, grownFrom: number): Promise<void> {
  const refuse = sql`
    update staged s set reason = 'phone-of-another' from register.published_birth b
    where s.reason is null and s.phone is not null and s.state <> 'cancelled' and b.person_id = s.person_id
      and ${isGrown('b', today, grownFrom)}
      and not exists (
        select from accounts.account a
        where a.person_id = s.person_id and a.id = s.account_id
            and (a.phone = s.phone or a.phone_on >= ${asOf}::date or a.state_on > ${asOf}::date))
      and exists (
        select from accounts.account o join register.published_birth ob on ob.person_id = o.person_id
        where o.phone = s.phone and o.state <> 'cancelled' and o.person_id <> s.person_id
          and ${isGrown('ob', today, grownFrom)}
          and not exists (
            select from staged t
            where t.person_id = o.person_id and t.account_id = o.id and t.reason is null and o.state_on <= ${asOf}::date
              and (t.state = 'cancelled'
                      or (t.phone <> o.phone and (o.phone_on is null or o.phone_on < ${asOf}::date)))))`
  for (let refused = 1n; refused > 0n; ) refused = (await refuse.execute(tx)).numAffectedRows ?? 0n
}

/**
 * An empty field of an extract keeps what is known. An account that waits for its activation, again or for the first
 * time, was not activated before.
 */
const activatedAt = sql`case when s.activated_at is not null then s.activated_at
  when s.state not in ('requested', 'approved')
    and a.activated_at >= coalesce(s.approved_at, a.approved_at, a.activated_at) then a.activated_at end`

/** A phone changed here survives extracts of that day and before, because the counter knew it later. */
const phoneAfter = (asOf: Day) =>
  sql`case when a.phone_on >= ${asOf}::date then a.phone else coalesce(s.phone, a.phone) end`

/** The day of the request, as the last report of the account gives it. */
const knownRequest = sql`(select t.requested_on from accounts.transition t
    where t.person_id = a.person_id and t.account_id = a.id and t.requested_on is not null
    order by t.on_day desc, t.at desc limit 1)`

/** What differs from what is known and is not older. */
const transitionsAfter = (
  asOf: Day,
) => sql`s.account_id = a.id and s.person_id = a.person_id and s.reason is null and a.state_on <= ${asOf}::date
  and ((a.state, a.level, a.phone, a.approved_at, a.activated_at)
      is distinct from (s.state, s.level, ${phoneAfter(asOf)}, coalesce(s.approved_at, a.approved_at), ${activatedAt})
    or (s.requested_at is not null and ${dayOf('s.requested_at')} is distinct from ${knownRequest}))`

export async function countStagedAccounts(
  { tx }: Work,
  asOf: Day,
): Promise<{ added: number; changed: number; unchanged: number }> {
  const { rows } = await sql<{ added: number; changed: number; unchanged: number }>`
    select count(*) filter (where s.account_id is null) as added,
           count(*) filter (where s.account_id is not null and a.id is not null) as changed,
           count(*) filter (where s.account_id is not null and a.id is null) as unchanged
    from staged s left join accounts.account a on ${transitionsAfter(asOf)} where s.reason is null`.execute(tx)
  return rows[0] ?? { added: 0, changed: 0, unchanged: 0 }
}

/** The days that a row gives, for its transition; of an account that waits again there is none of its activation. */
const toldDays = sql`${dayOf('requested_at')}, case when state <> 'requested' then ${dayOf('approved_at')} end,
  case when state not in ('requested', 'approved') then ${dayOf('activated_at')} end`

export async function updateKnownAccounts({ tx, now, by }: Work, asOf: Day): Promise<void> {
  await sql`
    insert into accounts.phone_change (person_id, id, account_id, old_phone, new_phone, proof, at, by_id)
    select a.person_id, gen_random_uuid(), a.id, a.phone, s.phone, 'extract', ${now}, ${by.id}
    from staged s join accounts.account a on ${transitionsAfter(asOf)}
    where a.phone is distinct from ${phoneAfter(asOf)}`.execute(tx)
  await sql`
    with moved as (
      update accounts.account a
      set state = s.state, level = s.level, phone = ${phoneAfter(asOf)},
        approved_at = coalesce(s.approved_at, a.approved_at),
             activated_at = ${activatedAt}, state_on = ${asOf}, changed_at = ${now},
             locked_for = case when s.state = 'locked' then a.locked_for end
      from staged s where ${transitionsAfter(asOf)}
      returning a.person_id, a.id, a.state, a.level, s.requested_at, s.approved_at, s.activated_at
    )
    insert into accounts.transition
      (person_id, id, account_id, state, level, on_day, at, requested_on, approved_on, activated_on)
    select person_id, gen_random_uuid(), id, state, level, ${asOf}, ${now}, ${toldDays} from moved`.execute(tx)
}

export async function insertNewAccounts({ tx, now }: Work, asOf: Day): Promise<void> {
  await sql`
    with entry as materialized (
      select *, gen_random_uuid() as id from staged where reason is null and account_id is null
    ), fresh as (
      insert into accounts.account
        (person_id, id, level, state, phone, approved_at, activated_at, origin, state_on, changed_at)
      select person_id, id, level, state, phone, approved_at, activated_at, 'imported', ${asOf}, ${now} from entry
    )
    insert into accounts.transition
      (person_id, id, account_id, state, level, on_day, at, requested_on, approved_on, activated_on)
    select person_id, gen_random_uuid(), id, state, level, ${asOf}, ${now}, ${toldDays} from entry`.execute(tx)
}

/** Analyzes the tables after an import, or the planner would assume their former size. */
export const analyzeAccountTables = ({ tx }: Work) => sql`select accounts.analyze_tables()`.execute(tx)

/** Ends the locks of accounts that an extract reports as unlocked. */
export async function endLocksByExtract({ tx, now, by }: Work): Promise<void> {
  await sql`
    update accounts.lock l set ended_at = ${now}, ended_by = ${by.id}, ended_for = 'extract' from accounts.account a
    where l.ended_at is null and a.person_id = l.person_id and a.id = l.account_id and a.state <> 'locked'`.execute(tx)
}

/** Requests of extracts that have no last day yet, with the state, level and day that determine it. */
export async function findUndatedRequests({ tx }: Work, limit: number) {
  const { rows } = await sql<{ personId: Id<'person'>; id: string; level: 1 | 2; stateOn: Day; carded: boolean }>`
    select a.person_id as "personId", a.id, a.level, a.state_on as "stateOn",
           exists (select from cards.published_card c
             where c.person_id = a.person_id and c.state = 'handed-over') as carded
    from accounts.account a where a.state = 'requested' and a.due_on is null order by a.id limit ${limit}`.execute(tx)
  return rows
}

export async function setDueDays(
  { tx }: Work,
  dated: readonly { readonly personId: Id<'person'>; readonly id: string; readonly dueOn: Day }[],
): Promise<void> {
  if (dated.length === 0) return
  await sql`
    update accounts.account a set due_on = d."dueOn"
    from json_to_recordset(${JSON.stringify(dated)}::json) as d ("personId" uuid, id uuid, "dueOn" date)
    where a.person_id = d."personId" and a.id = d.id`.execute(tx)
}
