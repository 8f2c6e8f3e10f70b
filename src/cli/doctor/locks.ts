import { findBlockers } from '../../platform/observation/blockers.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

/** Whether some session of the database keeps others waiting. */
export async function checkLocks({ database }: Pick<LookedAtHouse, 'database'>): Promise<DoctorCheck> {
  const blockers = await findBlockers(database.url)
  const told = blockers.map(
    ({ pid, name, seconds, keeps }) => `process ${pid} (${name}), ${seconds} s in its transaction, keeps ${keeps}`,
  )
  return {
    what: 'locks',
    ok: blockers.length === 0,
    found: told.join('; ') || 'nobody waits for another session',
    todo: 'docs/operations/runbooks/table-locked.md',
  }
}
