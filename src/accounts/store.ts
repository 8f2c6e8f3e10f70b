import { sql } from 'kysely'
import { type Day, dayAt } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { Account, AccountState, Way } from './account.ts'
import { activateBy } from './desk-law.ts'

export type AccountRow = {
  readonly person_id: string
  readonly id: string
  readonly level: 1 | 2
  readonly state: AccountState
  readonly approved_at: Date | null
  readonly activated_at: Date | null
  readonly requested_by: string | null
  readonly activate_by: Day | null
  readonly origin: 'registered' | 'imported'
}

const columns = sql.raw('person_id, id, level, state, approved_at, activated_at, requested_by, activate_by, origin')

/** Of an account that came by an extract nobody knows when its holder was told: on the day of its approval. Whoever was not told by us has all the time there is. */
const lastDay = ({ activate_by, approved_at, origin }: AccountRow): Day | undefined =>
  activate_by ?? (approved_at && origin === 'imported' ? activateBy(dayAt(approved_at)) : undefined)

const lastOf = (row: AccountRow) => {
  const day = row.state === 'approved' ? lastDay(row) : undefined
  return day ? { activateBy: day } : {}
}

export const accountOf = (row: AccountRow): Account => ({
  id: row.id,
  personId: row.person_id,
  level: row.level,
  state: row.state,
  ...(row.approved_at && { approvedAt: row.approved_at }),
  ...(row.activated_at && { activatedAt: row.activated_at }),
  ...(row.requested_by && { requestedBy: row.requested_by }),
  ...lastOf(row),
})

export async function prepareStaging({ tx }: Work): Promise<void> {
  await sql`create temporary table staged (
    line integer, raw text, number text collate "C", level smallint, state text, phone text, approved_at timestamptz, activated_at timestamptz,
    person_id uuid, account_id uuid, reason text
  ) on commit drop`.execute(tx)
}

/** Finds whose each number is, and the account that each row tells of: the living one, or for a cancelled row the same one if it is known so. */
export async function resolveStaged({ tx }: Work): Promise<void> {
  await sql`analyze staged`.execute(tx)
  await sql`update staged s set person_id = l.person_id from register.published_number_lookup l where l.number = s.number`.execute(tx)
  // A province's extract has half a million rows: rows of one person are looked up, not searched for.
  await sql`create index on staged (person_id)`.execute(tx)
  await sql`analyze staged`.execute(tx)
  await sql`update staged s set reason = 'number-unknown' where person_id is null`.execute(tx)
  await sql`update staged s set reason = 'account-twice' from (
      select line, row_number() over (partition by person_id, state = 'cancelled' order by line) as place from staged where person_id is not null
    ) o where o.line = s.line and o.place > 1`.execute(tx)
  await sql`update staged s set account_id = a.id from accounts.account a
    where s.reason is null and a.person_id = s.person_id and s.state = 'cancelled' and a.state = 'cancelled'
      and a.approved_at is not distinct from s.approved_at`.execute(tx)
  await sql`update staged s set account_id = a.id from accounts.account a
    where s.reason is null and s.account_id is null and a.person_id = s.person_id and a.state <> 'cancelled'
      and (s.state <> 'cancelled' or not exists (select from staged o where o.person_id = s.person_id and o.state <> 'cancelled' and o.reason is null))`.execute(
    tx,
  )
}

const isGrown = (birth: 'b' | 'ob', today: Day, grownFrom: number) => {
  const [y, m, d] = ['birth_y', 'birth_m', 'birth_d'].map(column => sql.ref(`${birth}.${column}`))
  return sql`make_date(${y}, coalesce(${m}, 1), coalesce(${d}, 1)) <= (${today}::date - make_interval(years => ${grownFrom}))::date`
}

/**
 * One phone, one account (domain.md 3.8): a row that would bring a grown person the phone of another's account is not taken, unless the same extract takes it from there. A row that is
 * older than what is known brings nothing. Whoever was to give a phone up, and is refused here, gives up nothing: it is looked again.
 */
export async function refusePhonesOfOthers({ tx, today }: Work, asOf: Day, grownFrom: number): Promise<void> {
  const refuse = sql`
    update staged s set reason = 'phone-of-another' from register.published_birth b
    where s.reason is null and s.phone is not null and s.state <> 'cancelled' and b.person_id = s.person_id and ${isGrown('b', today, grownFrom)}
      and not exists (
        select from accounts.account a
        where a.person_id = s.person_id and a.id = s.account_id and (a.phone = s.phone or a.phone_on >= ${asOf}::date or a.state_on > ${asOf}::date))
      and exists (
        select from accounts.account o join register.published_birth ob on ob.person_id = o.person_id
        where o.phone = s.phone and o.state <> 'cancelled' and o.person_id <> s.person_id and ${isGrown('ob', today, grownFrom)}
          and not exists (
            select from staged t
            where t.person_id = o.person_id and t.account_id = o.id and t.reason is null and o.state_on <= ${asOf}::date
              and (t.state = 'cancelled' or (t.phone <> o.phone and (o.phone_on is null or o.phone_on < ${asOf}::date)))))`
  for (let refused = 1n; refused > 0n; ) refused = (await refuse.execute(tx)).numAffectedRows ?? 0n
}

/** What an extract leaves empty stays as it is known; but an account that waits for its activation, again or for the first time, was not activated before. */
const activatedAt = sql`case when s.activated_at is not null then s.activated_at
  when s.state not in ('requested', 'approved') and a.activated_at >= coalesce(s.approved_at, a.approved_at, a.activated_at) then a.activated_at end`

/** A phone that was changed here stays against extracts of that day and before: what the holder said at the counter, or who owns the number, is known later. */
const phoneAfter = (asOf: Day) => sql`case when a.phone_on >= ${asOf}::date then a.phone else coalesce(s.phone, a.phone) end`

/** What differs from what is known, and is not older than it. */
const movesOn = (asOf: Day) => sql`s.account_id = a.id and s.person_id = a.person_id and s.reason is null and a.state_on <= ${asOf}::date
  and (a.state, a.level, a.phone, a.approved_at, a.activated_at)
      is distinct from (s.state, s.level, ${phoneAfter(asOf)}, coalesce(s.approved_at, a.approved_at), ${activatedAt})`

export async function countStaged({ tx }: Work, asOf: Day): Promise<{ added: number; changed: number; unchanged: number }> {
  const { rows } = await sql<{ added: number; changed: number; unchanged: number }>`
    select count(*) filter (where s.account_id is null) as added,
           count(*) filter (where s.account_id is not null and a.id is not null) as changed,
           count(*) filter (where s.account_id is not null and a.id is null) as unchanged
    from staged s left join accounts.account a on ${movesOn(asOf)} where s.reason is null`.execute(tx)
  return rows[0] ?? { added: 0, changed: 0, unchanged: 0 }
}

export async function moveKnown({ tx, now, by }: Work, asOf: Day): Promise<void> {
  await sql`
    insert into accounts.phone_change (person_id, id, account_id, old_phone, new_phone, proof, at, by_id)
    select a.person_id, gen_random_uuid(), a.id, a.phone, s.phone, 'extract', ${now}, ${by.id}
    from staged s join accounts.account a on ${movesOn(asOf)} where a.phone is distinct from ${phoneAfter(asOf)}`.execute(tx)
  await sql`
    with moved as (
      update accounts.account a set state = s.state, level = s.level, phone = ${phoneAfter(asOf)}, approved_at = coalesce(s.approved_at, a.approved_at),
             activated_at = ${activatedAt}, state_on = ${asOf}, changed_at = ${now},
             locked_for = case when s.state = 'locked' then a.locked_for end
      from staged s where ${movesOn(asOf)}
      returning a.person_id, a.id, a.state, a.level
    )
    insert into accounts.move (person_id, id, account_id, state, level, on_day, at)
    select person_id, gen_random_uuid(), id, state, level, ${asOf}, ${now} from moved`.execute(tx)
}

export async function insertNew({ tx, now }: Work, asOf: Day): Promise<void> {
  await sql`
    with fresh as (
      insert into accounts.account (person_id, id, level, state, phone, approved_at, activated_at, origin, state_on, changed_at)
      select person_id, gen_random_uuid(), level, state, phone, approved_at, activated_at, 'imported', ${asOf}, ${now}
      from staged where reason is null and account_id is null
      returning person_id, id, state, level
    )
    insert into accounts.move (person_id, id, account_id, state, level, on_day, at)
    select person_id, gen_random_uuid(), id, state, level, ${asOf}, ${now} from fresh`.execute(tx)
}

export async function accountsOf({ tx }: Work, personIds: readonly string[]): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    /* kept plan */ select ${columns} from accounts.account where person_id = any (${personIds}::uuid[])
    order by person_id, approved_at nulls last, id`.execute(tx)
  return rows
}

export async function phoneOf({ tx }: Work, personId: string): Promise<string | undefined> {
  const { rows } = await sql<{ phone: string }>`
    select phone from accounts.account where person_id = ${personId} and state <> 'cancelled' and phone is not null`.execute(tx)
  return rows[0]?.phone
}

/** Two desks that enter one person at once wait for each other here, so that the second sees the first's account. */
export async function holdPerson({ tx }: Work, personId: string): Promise<void> {
  await holdOffExtracts(tx)
  await sql`select pg_advisory_xact_lock(hashtextextended('accounts ' || ${personId}, 0))`.execute(tx)
}

export async function holdAccount({ tx }: Work, id: string): Promise<AccountRow | undefined> {
  const { rows } = await sql<AccountRow>`
    select ${columns} from accounts.account where id = ${id} for update`.execute(tx)
  return rows[0]
}

/** Whether the phone is that of another grown person's account, beyond the scope too; two who give one phone at once wait for each other. */
export async function isPhoneTaken({ tx, today }: Work, phone: string, personId: string, grownFrom: number): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('accounts phone ' || ${phone}, 0))`.execute(tx)
  const { rows } = await sql<{ taken: boolean }>`
    select accounts.phone_taken(${phone}, ${personId}, (${today}::date - make_interval(years => ${grownFrom}))::date) as taken`.execute(tx)
  return rows[0]?.taken ?? false
}

/** The same of the phone that an account has, without waiting for anybody: whoever asked for it waited. */
export async function isPhoneAnothers(
  { tx, today }: Work,
  { id, personId }: Pick<Account, 'id' | 'personId'>,
  grownFrom: number,
): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select accounts.phone_taken(phone, person_id, (${today}::date - make_interval(years => ${grownFrom}))::date) as taken
    from accounts.account where person_id = ${personId} and id = ${id} and phone is not null and representative_id is null`.execute(tx)
  return rows[0]?.taken ?? false
}

export type Asked = {
  readonly phone?: string | undefined
  readonly via: Way
  readonly unitId?: string | undefined
  readonly representativeId?: string | undefined
  readonly dueOn: Day
}

export async function insertAccount(work: Work, account: Account, { phone, via, unitId, representativeId, dueOn }: Asked): Promise<void> {
  const { tx, today, now } = work
  const { personId, id, level, state, requestedBy } = account
  await sql`
    insert into accounts.account (person_id, id, level, state, phone, origin, state_on, changed_at, requested_at, requested_by, asked_via, unit_id, due_on, representative_id)
    values (${personId}, ${id}, ${level}, ${state}, ${phone ?? null}, 'registered', ${today}, ${now}, ${now}, ${requestedBy ?? null}, ${via}, ${unitId ?? null}, ${dueOn},
            ${representativeId ?? null})`.execute(tx)
  await insertMove(work, account)
}

export async function moveAccount(work: Work, account: Account): Promise<void> {
  const { tx, today, now } = work
  const { personId, id, level, state, approvedAt, activatedAt } = account
  await sql`
    update accounts.account set level = ${level}, state = ${state}, approved_at = ${approvedAt ?? null}, activated_at = ${activatedAt ?? null},
           state_on = ${today}, changed_at = ${now}
    where person_id = ${personId} and id = ${id}`.execute(tx)
  await insertMove(work, account)
}

async function insertMove({ tx, today, now }: Work, { personId, id, state, level }: Account): Promise<void> {
  await sql`
    insert into accounts.move (person_id, id, account_id, state, level, on_day, at)
    values (${personId}, ${newId<'move'>(now)}, ${id}, ${state}, ${level}, ${today}, ${now})`.execute(tx)
}

/** An extract lands by itself: what officers do meanwhile waits for it, and it for what they are about; else both might give one person the same thing. */
export const holdExtract = ({ tx }: Work) => sql`select pg_advisory_xact_lock(hashtext('accounts.extract'))`.execute(tx)
const holdOffExtracts = (tx: Work['tx']) => sql`select pg_advisory_xact_lock_shared(hashtext('accounts.extract'))`.execute(tx)

/** Tells the planner what an import brought: it would take the tables for as small as they were. */
export const analyzeTables = ({ tx }: Work) => sql`select accounts.analyze_tables()`.execute(tx)
