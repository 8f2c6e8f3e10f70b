import { sql } from 'kysely'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'

export type OwnAccount = {
  readonly id: string
  readonly level: 1 | 2
  readonly state: string
  readonly phone: string | null
  readonly email: string | null
  readonly requestedAt: Date | null
  readonly approvedAt: Date | null
  readonly activatedAt: Date | null
  readonly changedAt: Date
}
export type OwnLock = {
  readonly reason: string
  readonly at: Date
  readonly endedAt: Date | null
  readonly endedFor: string | null
}
export type OwnPhone = {
  readonly oldPhone: string | null
  readonly newPhone: string | null
  readonly proof: string
  readonly at: Date
}

/** What is stored of a person's accounts, former ones too, for that person; in a work that sees their own rows. */
export async function findOwnAccounts({ tx }: Work, personId: Id<'person'>) {
  const accounts = await sql<OwnAccount>`
    select id, level, state, phone, email, requested_at as "requestedAt", approved_at as "approvedAt",
      activated_at as "activatedAt", changed_at as "changedAt"
    from accounts.account where person_id = ${personId} order by id`.execute(tx)
  const locks = await sql<OwnLock>`
    select reason, at, ended_at as "endedAt", ended_for as "endedFor" from accounts.lock where person_id = ${personId}
    order by id`.execute(tx)
  const phones = await sql<OwnPhone>`
    select old_phone as "oldPhone", new_phone as "newPhone", proof, at from accounts.phone_change
    where person_id = ${personId} order by id`.execute(tx)
  return { accounts: accounts.rows, locks: locks.rows, phones: phones.rows }
}
