import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

export type HolderWithFactors = {
  readonly personId: Id<'person'>
  readonly accountId: Id<'account'>
  /** Which kinds of factors it has: passcode, recovery-codes, totp, passkey, device. */
  readonly factors: readonly string[]
}

/** Of some accounts, whose they are and which factors they have; one statement for a day's worth of them. */
export async function findHoldersWithFactors(
  { tx }: Work,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, HolderWithFactors>> {
  const { rows } = await sql<HolderWithFactors>`
    select a.person_id as "personId", a.id as "accountId", array_remove(array[
      case when exists (select from accounts.passcode f
        where f.person_id = a.person_id and f.account_id = a.id) then 'passcode' end,
      case when exists (select from accounts.recovery_code f
        where f.person_id = a.person_id and f.account_id = a.id) then 'recovery-codes' end,
      case when exists (select from accounts.totp f
        where f.person_id = a.person_id and f.account_id = a.id) then 'totp' end,
      case when exists (select from accounts.passkey f
        where f.person_id = a.person_id and f.account_id = a.id) then 'passkey' end,
      case when exists (select from accounts.device f
        where f.person_id = a.person_id and f.account_id = a.id and f.ended_at is null) then 'device' end], null)
      as factors
    from unnest(${[...new Set(accountIds)]}::uuid[]) as asked (id) join accounts.account a on a.id = asked.id`.execute(
    tx,
  )
  return new Map(rows.map(row => [row.accountId, row]))
}
