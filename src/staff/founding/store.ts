import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { FoundingLinkId } from '../officer.ts'

/** Links of a start: row-level security shows them to steps that opened the credentials alone. */

export async function insertFoundingLink(
  { tx, now }: Work,
  { id, hash, expiresAt }: { readonly id: FoundingLinkId; readonly hash: Buffer; readonly expiresAt: Date },
): Promise<void> {
  await sql`
    insert into staff.founding_link (id, token_hash, drawn_at, expires_at)
    values (${id}, ${hash}, ${now}, ${expiresAt})`.execute(tx)
}

/** Ends the link that is out. Gives which, where there was one. */
export async function setFoundingLinkEnded({ tx, now }: Work): Promise<FoundingLinkId | undefined> {
  const { rows } = await sql<{ id: FoundingLinkId }>`
    update staff.founding_link set ended_at = ${now} where used_at is null and ended_at is null
    returning id`.execute(tx)
  return rows[0]?.id
}

/** Whether some link is out that opens. */
export async function isFoundingLinkOut({ tx, now }: Work): Promise<boolean> {
  const { rows } = await sql`
    select 1 from staff.founding_link
    where used_at is null and ended_at is null and expires_at > ${now}`.execute(tx)
  return rows.length > 0
}

/** Whether a secret opens: its link is neither used nor over. */
export async function isFoundingSecret({ tx, now }: Work, hash: Buffer): Promise<boolean> {
  const { rows } = await sql`
    select 1 from staff.founding_link
    where token_hash = ${hash} and used_at is null and ended_at is null and expires_at > ${now}`.execute(tx)
  return rows.length > 0
}

/** Uses a link up; of two at once, one does. */
export async function spendFoundingLink({ tx, now }: Work, hash: Buffer): Promise<FoundingLinkId | undefined> {
  const { rows } = await sql<{ id: FoundingLinkId }>`
    update staff.founding_link set used_at = ${now}
    where token_hash = ${hash} and used_at is null and ended_at is null and expires_at > ${now}
    returning id`.execute(tx)
  return rows[0]?.id
}
