import { sql } from 'kysely'
import { beginOf, type Day, dayAt } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { Account, AccountState } from '../account.ts'

/** The transitions of an account in order. */
export async function findTransitions({ tx }: Work, { id, personId }: Pick<Account, 'id' | 'personId'>) {
  const { rows } = await sql<{ state: AccountState; level: 1 | 2; onDay: Day; at: Date }>`
    select state, level, on_day as "onDay", at from accounts.transition
    where person_id = ${personId} and account_id = ${id}
    order by at, level, array_position(array['requested', 'approved', 'activated', 'locked', 'cancelled'], state),
      id`.execute(tx)
  return rows
}

/**
 * How many accounts were approved today, or raised. That it became known today bounds what is read, by the index of
 * instants.
 */
export async function countApprovedToday({ tx, now, today }: Work): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from accounts.transition t
    where t.at >= ${beginOf(dayAt(now))}::timestamptz and t.on_day = ${today} and t.state = 'approved'
      and not exists (
        select from accounts.transition e
        where e.person_id = t.person_id and e.account_id = t.account_id and e.level = t.level and e.state = 'approved'
          and (e.at, e.id) < (t.at, t.id))`.execute(tx)
  return rows[0]?.count ?? 0
}
