import { findAheadOfNow } from '../../platform/jobs/clock-jumps.ts'
import { clockJumpSeconds } from '../../platform/jobs/law.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

/** Whether the database has the time of this machine, and no nightly job waits for a moment at which a clock was. */
export async function checkClock({ database }: Pick<LookedAtHouse, 'database'>): Promise<DoctorCheck> {
  const { times, until, databaseAhead } = await findAheadOfNow(database.url)
  const isSame = Math.abs(databaseAhead) < clockJumpSeconds
  const said = isSame
    ? 'the database has the time of this machine'
    : `the database is ${Math.abs(databaseAhead)} s ${databaseAhead > 0 ? 'ahead of' : 'behind'} this machine`
  const waits = times > 0 ? `; ${times} nightly jobs wait until after ${until?.toISOString()}` : ''
  return {
    what: 'clock',
    ok: isSame && times === 0,
    found: `${said}${waits}`,
    todo: 'docs/operations/runbooks/clock-jumped.md',
  }
}
