import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import type { AccountState } from './account.ts'

export type AccountRow = {
  readonly person_id: string
  readonly id: string
  readonly level: 1 | 2
  readonly state: AccountState
  readonly approved_at: Date | null
  readonly activated_at: Date | null
}

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

export async function rejectedRows({ tx }: Work): Promise<{ line: number; raw: string; reason: string }[]> {
  const { rows } = await sql<{
    line: number
    raw: string
    reason: string
  }>`select line, raw, reason from staged where reason is not null order by line`.execute(tx)
  return rows
}

/** What differs from what is known, and is not older than it. */
const movesOn = (asOf: Day) => sql`s.account_id = a.id and s.person_id = a.person_id and s.reason is null and a.state_on <= ${asOf}::date
  and (a.state, a.level, a.phone, a.approved_at, a.activated_at)
      is distinct from (s.state, s.level, coalesce(s.phone, a.phone), coalesce(s.approved_at, a.approved_at), coalesce(s.activated_at, a.activated_at))`

export async function countStaged({ tx }: Work, asOf: Day): Promise<{ added: number; changed: number; unchanged: number }> {
  const { rows } = await sql<{ added: number; changed: number; unchanged: number }>`
    select count(*) filter (where s.account_id is null) as added,
           count(*) filter (where s.account_id is not null and a.id is not null) as changed,
           count(*) filter (where s.account_id is not null and a.id is null) as unchanged
    from staged s left join accounts.account a on ${movesOn(asOf)} where s.reason is null`.execute(tx)
  return rows[0] ?? { added: 0, changed: 0, unchanged: 0 }
}

export async function moveKnown({ tx, now }: Work, asOf: Day): Promise<void> {
  await sql`
    with moved as (
      update accounts.account a set state = s.state, level = s.level, phone = coalesce(s.phone, a.phone), approved_at = coalesce(s.approved_at, a.approved_at),
             activated_at = coalesce(s.activated_at, a.activated_at), state_on = ${asOf}, changed_at = ${now}
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
    select person_id, id, level, state, approved_at, activated_at from accounts.account where person_id = any (${personIds}::uuid[])
    order by person_id, approved_at nulls last, id`.execute(tx)
  return rows
}
