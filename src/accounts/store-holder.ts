import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { slowdownIn } from '../platform/throttling/slowdown.ts'
import type { Work } from '../platform/work.ts'
import type { AccountState } from './account.ts'
import type { Holder, HolderRef } from './holder.ts'
import { wasOpenedBefore } from './store.ts'
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
  readonly heldUntil: Date | null
}

const holderOf = ({
  phone,
  lockedFor,
  heldUntil,
  passcode,
  totp,
  passkeys,
  recoveryCodes,
  ...row
}: HolderRow): Holder => ({
  ...row,
  ...(heldUntil && { heldUntil }),
  ...(lockedFor && { lockedFor }),
  factors: { passcode, totp, passkeys, recoveryCodes, ...(phone && { phone }) },
})

// What the desk keeps of an account (0029) is read through the whole row, so that this holds before and after.
const holderColumns = sql`a.person_id as "personId", a.id as "accountId", a.level, a.state, a.held_until as "heldUntil",
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

/** Whether the account, or a former one of its holder, was activated once. */
export async function wasOpened({ tx }: Work, { personId, accountId }: HolderRef): Promise<boolean> {
  const { rows } = await sql<{ opened: boolean }>`
    select ${wasOpenedBefore} as opened from accounts.account a
    where a.person_id = ${personId} and a.id = ${accountId}`.execute(tx)
  return rows[0]?.opened ?? false
}

/**
 * Whether a number that comes to the account's phone proves its holder: nobody has changed the phone since, at a
 * counter or by an extract, unless the holder then opened the account by that phone. An extract that came before there
 * was any passcode is as good as the phone that it replaced.
 */
export async function isPhoneProved({ tx }: Work, { personId, accountId }: HolderRef): Promise<boolean> {
  const { rows } = await sql<{ proved: boolean }>`
    select not exists (
      select from accounts.phone_change c
      where c.person_id = a.person_id and c.account_id = a.id
        and (c.proof in ('card', 'face-known')
          or exists (select from accounts.passcode p where p.person_id = a.person_id and p.account_id = a.id))
        and not exists (
          select from accounts.activation_step s
          where s.person_id = a.person_id and s.account_id = a.id and s.step = 'passcode-kept'
            and s.way in ('message', 'recovery-code') and s.at > c.at)) as proved
    from accounts.account a
    where a.person_id = ${personId} and a.id = ${accountId} and a.phone is not null`.execute(tx)
  return rows[0]?.proved ?? false
}

/** The account's phone, and those that it had within some days before: whoever holds one of them is told, too. */
export async function findKnownPhones(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
  formerDays: number,
): Promise<string[]> {
  const { rows } = await sql<{ phone: string }>`
    select phone from accounts.account
    where person_id = ${personId} and id = ${accountId} and phone is not null
    union
    select old_phone from accounts.phone_change
    where person_id = ${personId} and old_phone is not null
      and at > ${now}::timestamptz - make_interval(days => ${formerDays})
    union
    select phone from accounts.account
    where person_id = ${personId} and state = 'cancelled' and phone is not null
      and changed_at > ${now}::timestamptz - make_interval(days => ${formerDays})`.execute(tx)
  return rows.map(({ phone }) => phone)
}

export async function setHeldUntil(
  { tx }: Work,
  { personId, accountId }: HolderRef,
  until: Date | undefined,
): Promise<void> {
  await sql`update accounts.account set held_until = ${until ?? null}
    where person_id = ${personId} and id = ${accountId}`.execute(tx)
}
