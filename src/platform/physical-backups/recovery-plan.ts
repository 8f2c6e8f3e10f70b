import { now } from '../clock.ts'
import { findBinaries } from '../postgres/binaries.ts'
import { readMigrations } from '../postgres/migrate.ts'
import {
  type BaseFile,
  getBases,
  isDatedAhead,
  listSegments,
  type SegmentFile,
  segmentAfter,
  walIn,
} from './backup-folder.ts'
import { type BaseHeader, type BaseKeys, readBaseHeader } from './base-file.ts'
import { isOfOtherKeys, refusedArchives } from './own-archives.ts'
import { physicalBackupProblem } from './problems.ts'
import { readWrittenAt } from './segment.ts'

/**
 * What a moment is restored from. In: a folder of physical backups, its keys, the moment. Decided: which base backup,
 * and whether every segment of the log that it takes is there, before anything is written.
 */

export type RecoveryPlan = {
  readonly base: BaseFile
  readonly header: BaseHeader
  readonly wal: string
  /** The last segment that follows the base without a gap. */
  readonly lastSegment: string
  /** What comes after it is not taken: undefined where all that was archived is. */
  readonly at: Date | undefined
}

/** The base backups that these keys open: another installation may archive into the same folder. */
async function ownBases(folder: string, keys: BaseKeys, archive: string | undefined): Promise<BaseFile[]> {
  const all = (await getBases(folder)).filter(base => archive === undefined || base.archive === archive)
  if (all.length === 0) throw physicalBackupProblem('physical-backup-not-there', { folder, archive })
  const refused = await refusedArchives(all, keys)
  const own = all.filter(base => !isOfOtherKeys(refused.get(base.archive)))
  if (own.length === 0) throw [...refused.values()][0]
  return own
}

/** When the log of an archive was written last, as far as that can be read. */
async function endOfArchive(folder: string, bases: readonly BaseFile[], keys: BaseKeys): Promise<Date> {
  const { archive = '', finishedAt = new Date(0) } = bases.at(-1) ?? {}
  const last = (await listSegments(walIn(folder, archive))).at(-1)
  return last ? readWrittenAt(last.path, last.name, { ...keys, archive }).catch(() => finishedAt) : finishedAt
}

/**
 * Refuses to guess where two folders of one installation, such as a copy for a trial, archived at the same time: only
 * the operator knows which of them was the real one. Throws archives-beside-each-other.
 */
async function refuseBeside(folder: string, own: readonly BaseFile[], base: BaseFile, keys: BaseKeys): Promise<void> {
  const archives = Map.groupBy(own, ({ archive }) => archive)
  const began = archives.get(base.archive)?.[0]?.finishedAt ?? base.finishedAt
  for (const [archive, bases] of archives) {
    if (archive === base.archive || (await endOfArchive(folder, bases, keys)) <= began) continue
    const told = [...archives].map(([name, [first]]) => ({ archive: name, since: first?.finishedAt.toISOString() }))
    throw physicalBackupProblem('archives-beside-each-other', { archives: told })
  }
}

async function chooseBase(
  folder: string,
  { at, archive, keys }: { readonly at: Date | undefined; readonly archive?: string; readonly keys: BaseKeys },
): Promise<BaseFile> {
  const own = await ownBases(folder, keys, archive)
  const before = at ? own.filter(({ finishedAt }) => finishedAt <= at) : own
  const newest = before.at(-1)
  // The log of an archive comes back whole from any of its base backups, so one that is dated ahead is the last choice.
  const base = before.findLast(one => one.archive === newest?.archive && !isDatedAhead(one, now())) ?? newest
  if (!base)
    throw physicalBackupProblem('no-base-before', { at: at?.toISOString(), first: own[0]?.finishedAt.toISOString() })
  await refuseBeside(folder, before, base, keys)
  return base
}

/** The segments from the base on until the first gap, and whether there are more behind it. */
function segmentsWithoutGap(all: readonly SegmentFile[], first: string) {
  const own = all.filter(({ name }) => name >= first && name.startsWith(first.slice(0, 8)))
  const found: SegmentFile[] = []
  let next = first
  for (const segment of own) {
    if (segment.name !== next) return { found, missing: next }
    found.push(segment)
    next = segmentAfter(next)
  }
  return { found, missing: undefined }
}

/** Refuses what this program's PostgreSQL, or its migrations, cannot take up. */
async function refuseForeignBase({ postgres, release, migrations }: BaseHeader): Promise<void> {
  const { major } = await findBinaries()
  if (Math.floor(postgres / 10_000) !== Number(major))
    throw physicalBackupProblem('base-of-another-postgres', { release, madeBy: postgres, here: major })
  const ours = await readMigrations()
  if (migrations.length > ours.length)
    throw physicalBackupProblem('base-of-newer-release', { release, migrations: migrations.length })
}

/**
 * Plans the restore of a moment, or of all that was archived, from one archive where it is named. Throws
 * physical-backup-not-there, no-base-before, archives-beside-each-other, moment-not-archived, segment-missing,
 * base-of-another-postgres, base-of-newer-release, and what reading throws.
 */
export async function planRecovery(
  folder: string,
  at: Date | undefined,
  keys: BaseKeys,
  archive?: string,
): Promise<RecoveryPlan> {
  const base = await chooseBase(folder, { at, keys, ...(archive && { archive }) })
  const header = await readBaseHeader(base.path, keys)
  await refuseForeignBase(header)
  const wal = walIn(folder, base.archive)
  const { found, missing } = segmentsWithoutGap(await listSegments(wal), base.firstSegment)
  const last = found.at(-1)
  if (!last) throw physicalBackupProblem('segment-missing', { segment: base.firstSegment })
  const plan = { base, header, wal, lastSegment: last.name, at }
  if (!at && !missing) return plan
  const until = await readWrittenAt(last.path, last.name, { ...keys, archive: base.archive })
  // Nothing of before the moment is behind a segment that was written into after it.
  if (at && until > at) return plan
  if (missing) throw physicalBackupProblem('segment-missing', { segment: missing, until: until.toISOString() })
  throw physicalBackupProblem('moment-not-archived', { at: at?.toISOString(), last: until.toISOString() })
}
