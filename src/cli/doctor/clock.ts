import * as audit from '../../audit/audit.ts'
import { asOperator } from '../../open-house.ts'
import { confirmTime, findDoubtedTime } from '../../platform/jobs/believed-time.ts'
import { findAheadOfNow } from '../../platform/jobs/clock-jumps.ts'
import { clockJumpSeconds } from '../../platform/jobs/law.ts'
import { printAnswer } from '../../platform/terminal.ts'
import type { Invocation } from '../invocation.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

/**
 * Whether the database has the time of this machine, that time follows on the last one at which jobs ran, and no job of
 * the night waits for a moment at which a clock was.
 */
export async function checkClock({
  database,
  openWork,
}: Pick<LookedAtHouse, 'database' | 'openWork'>): Promise<DoctorCheck> {
  const { times, until, databaseAhead } = await findAheadOfNow(database.url)
  const doubted = await openWork(asOperator('none'), findDoubtedTime)
  const isSame = Math.abs(databaseAhead) < clockJumpSeconds
  const said = isSame
    ? 'the database has the time of this machine'
    : `the database is ${Math.abs(databaseAhead)} s ${databaseAhead > 0 ? 'ahead of' : 'behind'} this machine`
  const waits = times > 0 ? `; ${times} nightly jobs wait until after ${until?.toISOString()}` : ''
  const doubts = doubted ? `; jobs by the date wait: the last time before is ${doubted.believedAt.toISOString()}` : ''
  return {
    what: 'clock',
    ok: isSame && times === 0 && !doubted,
    found: `${said}${waits}${doubts}`,
    todo: 'docs/operations/runbooks/clock-jumped.md',
  }
}

/**
 * `clock confirm`: the time of this machine is right, and what waits since it was in doubt goes on. Rows of the record
 * of deeds that say a wrong time are named by their places, so that they are no findings any more. Deed:
 * clock.confirmed, with the last time before, and those places.
 */
export async function confirmClock({ house, json }: Invocation): Promise<void> {
  const { at, believedAt, rows } = await house.openWork(asOperator('none'), async work => {
    const before = (await findDoubtedTime(work))?.believedAt.toISOString() ?? null
    await confirmTime(work)
    const subject = { kind: 'installation', id: house.record().id }
    const found = await audit.findWrongTimes(work)
    await audit.record(work, 'clock.confirmed', subject, { believedAt: before, ...found })
    const rows = found.wrongTimes.reduce((sum, one) => sum + one.rows, 0)
    return { at: work.now.toISOString(), believedAt: before, rows }
  })
  const waited = believedAt ? `, after ${believedAt}: what waited goes on` : ': nothing waited'
  const wrong = rows > 0 ? `; ${rows} deeds and entries say the time of a wrong clock, as the record says now` : ''
  await printAnswer(json, { at, believedAt, wrongTimes: rows }, `it is ${at}${waited}${wrong}`)
}
