import * as audit from '../../audit/audit.ts'
import { asOperator } from '../../open-house.ts'
import { now } from '../../platform/clock.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

/** After so many hours a backup of each evening is overdue. */
export const overdueHours = 36

export const hoursText = (hours: number) => (hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`)

/** How old the last backup is. Nobody needs one of a demonstration. */
export async function checkLastBackup({ openWork, record }: LookedAtHouse): Promise<DoctorCheck> {
  const what = 'last backup'
  const installation = record().id
  const made = await openWork(asOperator('none'), work => audit.lastDeedOfName(work, installation, 'backup.made'))
  const todo = 'each evening, and a copy on another machine: docs/operations/runbooks/backup-old.md'
  const isDemonstration = record()['demonstration'] !== undefined
  if (!made) return { what, ok: isDemonstration, found: 'none was ever made', todo, advice: true }
  const hours = Math.floor((now().getTime() - made.at.getTime()) / 3_600_000)
  return { what, ok: isDemonstration || hours < overdueHours, found: `${hoursText(hours)} ago`, todo, advice: true }
}
