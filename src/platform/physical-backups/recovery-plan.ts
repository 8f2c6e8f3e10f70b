import { findBinaries } from '../postgres/binaries.ts'
import { readMigrations } from '../postgres/migrate.ts'
import { type BaseFile, getBases, listSegments, type SegmentFile, segmentAfter, walIn } from './backup-folder.ts'
import { type BaseHeader, type BaseKeys, readBaseHeader } from './base-file.ts'
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

async function chooseBase(folder: string, at: Date | undefined): Promise<BaseFile> {
  const bases = await getBases(folder)
  const base = at ? bases.findLast(({ finishedAt }) => finishedAt <= at) : bases.at(-1)
  if (base) return base
  throw physicalBackupProblem('no-base-before', { at: at?.toISOString(), first: bases[0]?.finishedAt.toISOString() })
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
 * Plans the restore of a moment, or of all that was archived. Throws physical-backup-not-there, no-base-before,
 * moment-not-archived, segment-missing, base-of-another-postgres, base-of-newer-release, and what reading throws.
 */
export async function planRecovery(folder: string, at: Date | undefined, keys: BaseKeys): Promise<RecoveryPlan> {
  const base = await chooseBase(folder, at)
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
