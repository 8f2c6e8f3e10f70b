import { asOperator } from '../../open-house.ts'
import { diskShortDays, diskWarnedDays, growthStaleHours } from '../../operations/law.ts'
import { findGrowth } from '../../operations/operations.ts'
import { beginOf } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

const mibText = (bytes: number) => `${(bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0)} MiB`

/** How fast the installation grows, and whether its disk lasts. */
export async function checkGrowthOf(work: Work): Promise<DoctorCheck> {
  const what = 'growth'
  const found = await findGrowth(work)
  if (!found) return { what, ok: true, found: 'was not measured yet; it is each night at 03:15' }
  const { day, since, databaseBytes, databaseBytesADay, daysLeft, tables } = found
  const fastest = tables
    .filter(({ bytesADay }) => (bytesADay ?? 0) > 0)
    .sort((a, b) => (b.bytesADay ?? 0) - (a.bytesADay ?? 0))
  const grows = databaseBytesADay === null ? '' : `, ${mibText(databaseBytesADay)} a day since ${since}`
  const most = fastest[0] ? `, most of it ${fastest[0].name}` : ''
  const lasts = daysLeft === null ? '' : `; the disk is full in ${daysLeft} days`
  const told = `the database has ${mibText(databaseBytes)} on ${day}${grows}${most}${lasts}`
  if (work.now.getTime() - beginOf(day).getTime() > growthStaleHours * 3_600_000)
    return {
      what,
      ok: false,
      found: `not measured since ${day}`,
      todo: 'see that jobs run: server or worker',
      advice: true,
    }
  return {
    what,
    ok: daysLeft === null || daysLeft >= diskWarnedDays,
    found: told,
    todo: 'make room, or ask for a larger disk: docs/operations.md, How it grows',
    ...((daysLeft ?? diskWarnedDays) >= diskShortDays && { advice: true }),
  }
}

export const checkGrowth = (house: LookedAtHouse): Promise<DoctorCheck> =>
  house.openWork(asOperator('none'), checkGrowthOf)
