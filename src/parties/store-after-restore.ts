import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'

/** Ends the session of every engineer, and deletes the links that would begin one. Gives how many sessions lived. */
export async function endEverySession({ tx, now }: Work): Promise<number> {
  await sql`delete from parties.sign_in_link`.execute(tx)
  const { numAffectedRows } = await sql`
    update parties.engineer_session set ended_at = ${now} where ended_at is null and ends_at > ${now}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
