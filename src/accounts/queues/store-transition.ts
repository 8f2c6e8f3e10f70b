import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
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
