import * as audit from '../audit/audit.ts'
import type { Day } from '../platform/day.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { firstRehearsalDay } from './law.ts'
import { installationProblem } from './problems.ts'

/**
 * A rehearsal: an installation that works with a day of its own. It becomes one while nobody is in its register, and is
 * one for good. In: the day. Decided: whether it may. Out: the record of the installation says so, and every page and
 * paper. Deed: rehearsal.day-set.
 */

/** What an installation's record says of it. */
export type RehearsalRecord = {
  readonly installation: string
  readonly isDemonstration: boolean
  /** The day of a rehearsal; undefined of a real installation. */
  readonly day: Day | undefined
}

/** Whether the day may be set: of a rehearsal always, else while there are no people. */
export const mayRehearse = async (work: Work, { isDemonstration, day }: RehearsalRecord): Promise<boolean> =>
  !isDemonstration && (day !== undefined || (await withHouseScope(work, register.isEmpty)))

/**
 * Records that an installation is a rehearsal of a day, in its own work; whoever calls it writes the record after.
 * Throws rehearsal-demonstration, rehearsal-with-people, rehearsal-day-refused.
 */
export async function setRehearsalDay(work: Work, record: RehearsalRecord, day: Day): Promise<void> {
  if (record.isDemonstration) throw installationProblem('rehearsal-demonstration')
  if (!(await mayRehearse(work, record))) throw installationProblem('rehearsal-with-people')
  if (day < firstRehearsalDay) throw installationProblem('rehearsal-day-refused')
  await audit.record(
    work,
    'rehearsal.day-set',
    { kind: 'installation', id: record.installation, ...(work.unitId && { unitId: work.unitId }) },
    { day, ...(record.day && { former: record.day }) },
  )
}
