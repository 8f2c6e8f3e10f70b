import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'
import type { OfficerId } from './officer.ts'
import type { Role } from './role.ts'

/** Ends the session of everybody. Gives how many lived. */
export async function setEverySessionEnded({ tx, now }: Work): Promise<number> {
  const { numAffectedRows } =
    await sql`update staff.session set ended_at = ${now} where ended_at is null and ends_at > ${now}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Ends every link to a password that is out. */
export async function setEveryLinkEnded({ tx, now }: Work): Promise<void> {
  await sql`update staff.password_link set ended_at = ${now} where used_at is null and ended_at is null`.execute(tx)
}

/** Whether another officer who acts in one of some roles today has a password that was not set in this work. */
export async function hasAnotherInRole(
  { tx, now, today }: Work,
  officerId: OfficerId,
  roles: readonly Role[],
): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    select exists (
      select from staff.officer o
      join staff.credential c on c.officer_id = o.id and c.set_at < ${now}
      join staff.appointment a on a.officer_id = o.id and a.role = any (${roles}::text[]) and a.valid @> ${today}::date
      where o.id <> ${officerId} and o.left_at is null) as some`.execute(tx)
  return rows[0]?.some ?? false
}

export async function hasPassword({ tx }: Work, officerId: OfficerId): Promise<boolean> {
  const { rows } = await sql`select from staff.credential where officer_id = ${officerId}`.execute(tx)
  return rows.length > 0
}

/** The password stays, and opens only the page on which it is changed. */
export async function setMustChange({ tx }: Work, officerId: OfficerId): Promise<void> {
  await sql`update staff.credential set must_change = true where officer_id = ${officerId}`.execute(tx)
}
