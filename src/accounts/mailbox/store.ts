import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { HolderRef } from '../factors/factors.ts'

export type Mailbox = { readonly confirmed: string | null; readonly asked: string | null }

export async function findMailbox({ tx }: Work, { personId, accountId }: HolderRef): Promise<Mailbox> {
  const { rows } = await sql<Mailbox>`
    select email as confirmed, email_asked as asked from accounts.account
    where person_id = ${personId} and id = ${accountId}`.execute(tx)
  return rows[0] ?? { confirmed: null, asked: null }
}

export async function setAskedMailbox(
  { tx }: Work,
  { personId, accountId }: HolderRef,
  mailbox: string,
): Promise<void> {
  await sql`
    update accounts.account set email_asked = ${mailbox}
    where person_id = ${personId} and id = ${accountId}`.execute(tx)
}

/** Whether one was asked for. */
export async function confirmAskedMailbox({ tx }: Work, { personId, accountId }: HolderRef): Promise<boolean> {
  const { rows } = await sql`
    update accounts.account set email = email_asked, email_asked = null
    where person_id = ${personId} and id = ${accountId} and email_asked is not null and state <> 'cancelled'
    returning id`.execute(tx)
  return rows.length > 0
}

/** Whether there was one. */
export async function deleteMailbox({ tx }: Work, { personId, accountId }: HolderRef): Promise<boolean> {
  const { rows } = await sql`
    update accounts.account set email = null, email_asked = null
    where person_id = ${personId} and id = ${accountId} and (email is not null or email_asked is not null)
    returning id`.execute(tx)
  return rows.length > 0
}
