import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import type { AccountState } from '../account.ts'
import type { HolderRef } from '../holder.ts'
import { wrongDataEndSlip } from '../law.ts'
import { wasOpenedBefore } from '../store.ts'

export type SlipId = Id<'slip'>

export type Slip = HolderRef & { readonly id: SlipId }

export type AccountToPrint = HolderRef & {
  readonly state: AccountState
  readonly approvedBy: string | null
  /** When they did; a raising moves the account's own instant. */
  readonly approvedAt: Date | null
  /** Whether it, or a former one of its holder, was activated once. */
  readonly isOpened: boolean
}

/** The accounts of a list that the work sees, each once. */
export async function findAccountsToPrint({ tx }: Work, ids: readonly string[]): Promise<AccountToPrint[]> {
  const { rows } = await sql<AccountToPrint>`
    select a.person_id as "personId", a.id as "accountId", a.state, a.approved_by as "approvedBy",
      (select min(t.at) from accounts.transition t
        where t.person_id = a.person_id and t.account_id = a.id and t.state = 'approved') as "approvedAt",
      ${wasOpenedBefore} as "isOpened"
    from accounts.account a where a.id = any (${[...ids]}::uuid[])`.execute(tx)
  return rows
}

export type SlipEnd = 'printed-anew' | 'wrong-data' | 'representative' | 'opened-otherwise' | 'refused' | 'stopped'

/** Ends the open slip and gives its id. */
export async function setSlipEnded(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
  why: SlipEnd,
): Promise<SlipId | undefined> {
  const { rows } = await sql<{ id: SlipId }>`
    with ended as (
      update accounts.slip set ended_at = ${now}, why = ${why}
      where person_id = ${personId} and account_id = ${accountId} and used_at is null and ended_at is null
      returning person_id, id
    ), reset as (
      update accounts.slip_reset r set ended_at = ${now} from ended e
      where r.person_id = e.person_id and r.slip_id = e.id and r.ended_at is null
    )
    select id from ended`.execute(tx)
  return rows[0]?.id
}

export async function addSlip(
  { tx, now, by, unitId }: Work,
  { personId, accountId, id }: Slip,
  { hash, lastOn }: { readonly hash: Buffer; readonly lastOn: Day },
): Promise<void> {
  await sql`
    with slip as (
      insert into accounts.slip (person_id, id, account_id, hash, printed_by, unit_id, printed_at, last_on)
      values (${personId}, ${id}, ${accountId}, ${hash}, ${by.id}, ${unitId ?? null}, ${now}, ${lastOn})
      returning hash, person_id, id
    )
    insert into accounts.slip_lookup (hash, person_id, slip_id) select hash, person_id, id from slip`.execute(tx)
}

/** The open slip with this secret, locked. */
export async function holdSlip(work: Work, hash: Buffer): Promise<Slip | undefined> {
  const { tx, today } = work
  const most = ruleOn(wrongDataEndSlip, today, work)
  const { rows } = await sql<Slip>`
    select person_id as "personId", account_id as "accountId", id from accounts.slip s
    where (s.person_id, s.id) = (select l.person_id, l.slip_id from accounts.slip_lookup l where l.hash = ${hash})
      and s.used_at is null and s.ended_at is null and s.last_on >= ${today} and s.tries < ${most}
    for update`.execute(tx)
  return rows[0]
}

export async function isOpenSlip({ tx, today }: Work, personId: Id<'person'>, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from accounts.slip
    where person_id = ${personId} and id = ${id} and used_at is null and ended_at is null
      and last_on >= ${today}`.execute(tx)
  return rows.length > 0
}

/** Counts a wrong entry and gives the total. */
export async function countWrongTry({ tx }: Work, { personId, id }: Slip): Promise<number> {
  const { rows } = await sql<{ tries: number }>`
    update accounts.slip set tries = tries + 1 where person_id = ${personId} and id = ${id} returning tries`.execute(tx)
  return rows[0]?.tries ?? 0
}

/** Spends a slip. False if it was used or ended meanwhile. */
export async function setSlipSpent({ tx, now, today }: Work, personId: Id<'person'>, id: string): Promise<boolean> {
  const { rows } = await sql`
    update accounts.slip set used_at = ${now}
    where person_id = ${personId} and id = ${id} and used_at is null and ended_at is null and last_on >= ${today}
    returning 1`.execute(tx)
  return rows.length > 0
}
