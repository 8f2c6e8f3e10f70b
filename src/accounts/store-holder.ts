import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { slowdownIn } from '../platform/throttling/slowdown.ts'
import type { Work } from '../platform/work.ts'
import type { AccountState } from './account.ts'
import type { Holder, HolderRef } from './holder.ts'
import { lastDayToActivate } from './store-activation-period.ts'

/** The counters that slow down guesses at accounts. */
export const slowdownCounters = slowdownIn('accounts.slowdown')

type HolderRow = {
  readonly personId: Id<'person'>
  readonly accountId: Id<'account'>
  readonly level: 1 | 2
  readonly state: AccountState
  readonly lockedFor: string | null
  readonly phone: string | null
  readonly passcode: boolean
  readonly totp: boolean
  readonly passkeys: number
  readonly recoveryCodes: number
}

const holderOf = ({ phone, lockedFor, passcode, totp, passkeys, recoveryCodes, ...row }: HolderRow): Holder => ({
  ...row,
  ...(lockedFor && { lockedFor }),
  factors: { passcode, totp, passkeys, recoveryCodes, ...(phone && { phone }) },
})

// What the desk keeps of an account (0029) is read through the whole row, so that this holds before and after.
const holderColumns = sql`a.person_id as "personId", a.id as "accountId", a.level, a.state,
    to_jsonb(a) ->> 'locked_for' as "lockedFor", right(a.phone, 3) as phone,
  exists (select from accounts.passcode p where p.person_id = a.person_id and p.account_id = a.id) as passcode,
  exists (select from accounts.totp t
    where t.person_id = a.person_id and t.account_id = a.id and t.confirmed_at is not null) as totp,
  (select count(*)::int from accounts.passkey k where k.person_id = a.person_id and k.account_id = a.id) as passkeys,
  (select count(*)::int from accounts.recovery_code r
    where r.person_id = a.person_id and r.account_id = a.id and r.used_at is null) as "recoveryCodes"`

export async function findHolderByNumber({ tx }: Work, number: string): Promise<Holder | undefined> {
  const { rows } = await sql<HolderRow>`
    select ${holderColumns}
    from register.published_number_lookup l
    join register.published_number n on n.person_id = l.person_id and n.number = l.number and n.state = 'in-force'
    join accounts.account a on a.person_id = l.person_id and a.state <> 'cancelled'
    where l.number = ${number}`.execute(tx)
  return rows[0] && holderOf(rows[0])
}

export async function findHolderById({ tx }: Work, { personId, accountId }: HolderRef): Promise<Holder | undefined> {
  const { rows } = await sql<HolderRow>`
    select ${holderColumns} from accounts.account a
    where a.person_id = ${personId} and a.id = ${accountId} and a.state <> 'cancelled'`.execute(tx)
  return rows[0] && holderOf(rows[0])
}

/**
 * The last day on which the holder activates alone; undefined until the holder was notified. Stored since 0029; holders
 * of extracts were notified by the system that approved them.
 */
export async function findActivationDeadline(work: Work, { personId, accountId }: HolderRef): Promise<Day | undefined> {
  const { rows } = await sql<{ day: Day | null }>`
    select ${lastDayToActivate(work)} as day
    from accounts.account a where a.person_id = ${personId} and a.id = ${accountId}`.execute(work.tx)
  return rows[0]?.day ?? undefined
}

export async function findHolderPhone({ tx }: Work, { personId, accountId }: HolderRef): Promise<string | undefined> {
  const { rows } = await sql<{ phone: string | null }>`
    select phone from accounts.account where person_id = ${personId} and id = ${accountId}`.execute(tx)
  return rows[0]?.phone ?? undefined
}
