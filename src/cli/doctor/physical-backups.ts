import { stat } from 'node:fs/promises'
import * as audit from '../../audit/audit.ts'
import { asOperator } from '../../open-house.ts'
import { now } from '../../platform/clock.ts'
import { findArchiver } from '../../platform/physical-backups/archiver.ts'
import { readLogState } from '../../platform/physical-backups/log-state.ts'
import {
  administratorUrl,
  connectToCluster,
  readArchiverState,
  readClusterFacts,
} from '../../platform/physical-backups/store.ts'
import type { DrillFacts } from '../physical-backups/drill-facts.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'
import { hoursText, overdueHours } from './last-backup.ts'

/** Physical backups: the archived log, the last base backup, the last drill, and on which disk they lie. */

const [backupsIn, page] = ['docs/operations.md, Physical backups', 'docs/operations/runbooks/physical-backups.md']

/** Minutes after which a segment that is not archived needs a hand. */
const lateMinutes = 15

const hoursSince = (at: Date) => Math.floor((now().getTime() - at.getTime()) / 3_600_000)

const lastDeed = ({ openWork, record }: LookedAtHouse, name: string) =>
  openWork(asOperator('none'), work => audit.lastDeedOfName(work, record().id, name))

/** Whether the log is archived as it is written. */
async function checkArchiving({ folder }: LookedAtHouse): Promise<DoctorCheck> {
  const what = 'archived log'
  const url = administratorUrl(folder)
  if (!url) return { what, ok: false, found: 'the database does not run' }
  const client = await connectToCluster(url)
  try {
    const { isArchiving } = await readClusterFacts(client)
    if (!isArchiving)
      return {
        what,
        ok: false,
        found: 'the database runs since before physicalBackups was set',
        todo: 'start it again',
      }
    const archiver = await readArchiverState(client)
    const log = await readLogState(folder)
    const mebibytes = Math.round((log?.bytes ?? 0) / 2 ** 20)
    const minutes = Math.floor((log?.oldestWaitingSeconds ?? 0) / 60)
    const last = archiver?.lastArchivedAt ? `the last segment ${archiver.lastArchivedAt.toISOString()}` : 'none yet'
    return {
      what,
      ok: minutes < lateMinutes,
      found: `${last}; ${log?.waiting ?? 0} wait, for ${minutes} minutes; ${mebibytes} MiB`,
      todo: `the log stays until it is archived, and fills the disk: the last lines of pg.log say why: ${page}`,
    }
  } finally {
    await client.end()
  }
}

async function checkBase(house: LookedAtHouse): Promise<DoctorCheck> {
  const what = 'base backup'
  const made = await lastDeed(house, 'base-backup.made')
  const todo = `backup base; the log of the server has why the job made none: ${page}`
  if (!made) return { what, ok: false, found: 'none was ever made', todo }
  const hours = hoursSince(made.at)
  const ago = `${hoursText(hours)} ago`
  // After a restore, or in another folder, another archive begins: what lies in the former one ends where it ended.
  const archive = (await findArchiver(house.folder))?.archive
  if ((made.facts as { archive?: unknown }).archive !== archive)
    return { what, ok: false, found: `none of the archive that is written now; the last of another one ${ago}`, todo }
  return { what, ok: hours < overdueHours, found: ago, todo }
}

const drillText = ({ outcome, code, seconds, deeds, findings, differed }: DrillFacts): string =>
  outcome === 'failed'
    ? `failed: ${code}`
    : `${outcome}: restored in ${seconds} s, ${deeds} deeds, ${findings} findings, ${differed} counts otherwise`

async function checkDrill(house: LookedAtHouse): Promise<DoctorCheck> {
  const what = 'drill of the restore'
  const drilled = await lastDeed(house, 'backup.drilled')
  if (!drilled) return { what, ok: false, found: 'none was ever run', todo: 'backup drill', advice: true }
  const [facts, hours] = [drilled.facts as DrillFacts, hoursSince(drilled.at)]
  return {
    what,
    ok: facts.outcome === 'ok' && hours < overdueHours,
    found: `${hoursText(hours)} ago, ${drillText(facts)}`,
    todo: `a backup that does not come back is none: ${page}`,
  }
}

async function checkBackupDisk({ folder, config }: LookedAtHouse): Promise<DoctorCheck> {
  const [own, theirs] = await Promise.all([stat(folder), stat(config.physicalBackups)])
  return {
    what: 'disk of the backups',
    ok: own.dev !== theirs.dev,
    found: own.dev === theirs.dev ? 'the disk of the data folder' : 'another than that of the data folder',
    todo: 'who loses the disk loses both: set physicalBackups to a folder on another',
    advice: true,
  }
}

/** Nothing to look at with an external PostgreSQL, which has its own; none is needed of a demonstration. */
export const physicalChecks = (house: LookedAtHouse): Readonly<Record<string, () => Promise<DoctorCheck>>> => {
  const { config, record } = house
  if (config.databaseUrl !== '') return {}
  if (config.physicalBackups !== '')
    return {
      'archived log': () => checkArchiving(house),
      'base backup': () => checkBase(house),
      'drill of the restore': () => checkDrill(house),
      'disk of the backups': () => checkBackupDisk(house),
    }
  const off: DoctorCheck = {
    what: 'physical backups',
    ok: record()['demonstration'] !== undefined,
    found: 'none: after a loss of the disk all since the last backup is gone',
    todo: `set physicalBackups. ${backupsIn}`,
    advice: true,
  }
  return { 'physical backups': async () => off }
}
