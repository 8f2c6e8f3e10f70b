import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { binariesWithLinks, findBinaries } from '../postgres/binaries.ts'
import { clusterIn } from '../postgres/cluster.ts'
import { lastLines } from '../postgres/log.ts'
import { openPostgres, type Postgres } from '../postgres/postgres.ts'
import { findAccount } from '../postgres/system-account.ts'
import { shellWord } from './archiving-settings.ts'
import { type BaseEnd, type BaseKeys, unpackBase } from './base-file.ts'
import { physicalBackupProblem } from './problems.ts'
import type { RecoveryPlan } from './recovery-plan.ts'
import { type SegmentServer, serveSegments } from './segment-server.ts'

/**
 * Recovers a planned moment in a folder: unpacks the base backup, has PostgreSQL replay the log until the moment, and
 * gives the server that runs on. Nothing counts before that: who is refused on the way has an empty folder again.
 */

export type Recovered = { readonly postgres: Postgres; readonly end: BaseEnd }

export type RecoverOptions = {
  readonly keys: BaseKeys
  readonly purpose: string
  /** False where the folder is thrown away afterwards. */
  readonly durable?: boolean
  readonly onProgress?: (what: string) => void
}

const script = fileURLToPath(new URL('fetch-segment.ts', import.meta.url))

/** A recovery of weeks of log takes hours. */
const recoveryMinutes = 7 * 24 * 60

const settingsOf = (socket: string, at: Date | undefined): Readonly<Record<string, string>> => ({
  wal_level: 'replica',
  // Nobody is let in before the moment is reached.
  hot_standby: 'off',
  restore_command: `${[process.execPath, script, socket].map(shellWord).join(' ')} "%f" "%p"`,
  recovery_target_timeline: 'current',
  recovery_target_action: 'promote',
  ...(at && { recovery_target_time: at.toISOString().replace('T', ' ').replace('Z', '+00') }),
})

/** What the server says where the log has no change after the moment: then all of it is the state of that moment. */
const endedBefore = /recovery ended before configured recovery target was reached/

async function openRecovering(
  dataDir: string,
  { socket, failure }: SegmentServer,
  { at }: RecoveryPlan,
  { purpose, durable, onProgress }: RecoverOptions,
): Promise<Postgres> {
  const open = (target: Date | undefined) =>
    openPostgres({
      ...{ dataDir, purpose, recoveryMinutes, settings: settingsOf(socket, target) },
      ...(durable !== undefined && { durable }),
      ...(onProgress && { onProgress }),
    })
  const whyNot = () => lastLines(join(dataDir, 'pg.log'), 0)
  const failed = async () => failure() ?? physicalBackupProblem('recovery-failed', { why: await whyNot() })
  try {
    return await open(at)
  } catch {
    if (failure() || !at || !endedBefore.test(await whyNot())) throw await failed()
  }
  return open(undefined).catch(async () => {
    throw await failed()
  })
}

/** Refuses a log that ends before the base backup did. */
function refuseShortLog({ lastSegment }: RecoveryPlan, end: BaseEnd): void {
  if (lastSegment < end.lastSegment) throw physicalBackupProblem('segment-missing', { segment: end.lastSegment })
}

/**
 * Recovers into a folder that has no cluster yet. Throws backup-not-opened, backup-signed-by-another, backup-not-whole,
 * segment-missing, recovery-failed, and what opening PostgreSQL throws.
 */
export async function recover(dataDir: string, plan: RecoveryPlan, options: RecoverOptions): Promise<Recovered> {
  const draft = join(dataDir, 'pg-recovering')
  await mkdir(draft, { mode: 0o700 })
  let segments: SegmentServer | undefined
  try {
    options.onProgress?.('unpacking the base backup')
    const { end } = await unpackBase(plan.base.path, draft, options.keys)
    refuseShortLog(plan, end)
    await writeFile(join(draft, 'backup_label'), end.label, { mode: 0o600, flag: 'wx' })
    await writeFile(join(draft, 'recovery.signal'), '', { mode: 0o600, flag: 'wx' })
    await rename(draft, clusterIn(dataDir))
    const shipped = await binariesWithLinks(await findBinaries(), dataDir)
    const { account } = await findAccount(dataDir, clusterIn(dataDir), shipped)
    segments = await serveSegments(plan.wal, { ...options.keys, archive: plan.base.archive }, account)
    options.onProgress?.('replaying the log')
    return { postgres: await openRecovering(dataDir, segments, plan, options), end }
  } catch (error) {
    for (const path of [draft, clusterIn(dataDir)]) await rm(path, { recursive: true, force: true })
    throw error
  } finally {
    await segments?.close()
  }
}
