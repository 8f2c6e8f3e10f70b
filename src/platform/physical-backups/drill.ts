import { rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { openDataFolder } from '../data-folder/data-folder.ts'
import { clusterIn } from '../postgres/cluster.ts'
import type { Postgres } from '../postgres/postgres.ts'
import { findServer, stopServer } from '../postgres/server.ts'
import { findArchiver } from './archiver.ts'
import type { BaseKeys } from './base-file.ts'
import { clusterFiles } from './cluster-files.ts'
import { physicalBackupProblem } from './problems.ts'
import { type Recovered, recover } from './recover.ts'
import { planRecovery, type RecoveryPlan } from './recovery-plan.ts'

/**
 * A drill of the restore: the newest base backup and all of the log, in a folder within the data folder, since what
 * comes back is as readable as the database itself. The server that recovers has a socket of its own, and is stopped
 * and removed afterwards, whatever was found.
 */

const drillIn = (dataDir: string) => join(dataDir, 'drill')

/** What a drill that was killed left behind. */
async function clearDrill(folder: string): Promise<void> {
  const server = findServer(folder)
  if (server) await stopServer(server)
  await rm(folder, { recursive: true, force: true })
}

async function sizeOfCluster(dataDir: string): Promise<number> {
  const root = clusterIn(dataDir)
  let bytes = 0
  for await (const { kind, path } of clusterFiles(root))
    if (kind === 'file') bytes += (await stat(join(root, path)).catch(() => undefined))?.size ?? 0
  return bytes
}

/** What the log that is replayed takes beside the files of the base backup. */
const bytesBeside = 2 ** 30

/** Refuses a drill after which the installation itself would have no room. Throws drill-no-room. */
async function refuseWithoutRoom(dataDir: string): Promise<void> {
  const [needs, { bavail, bsize }] = [(await sizeOfCluster(dataDir)) * 1.2 + bytesBeside, await statfs(dataDir)]
  const free = bavail * bsize
  if (free < needs) throw physicalBackupProblem('drill-no-room', { needs: Math.ceil(needs), free })
}

export type Drilled<Findings> = {
  readonly plan: RecoveryPlan
  readonly end: Recovered['end']
  readonly findings: Findings
}

/**
 * Restores what this data folder archives into a folder of its own, has it looked over, and clears it away. Throws
 * physical-backups-begin-at-start, drill-no-room, and what a restore throws.
 */
export async function drillRestore<Findings>(
  dataDir: string,
  folder: string,
  keys: BaseKeys,
  lookOver: (postgres: Postgres, plan: RecoveryPlan) => Promise<Findings>,
): Promise<Drilled<Findings>> {
  const archive = (await findArchiver(dataDir))?.archive
  if (!archive) throw physicalBackupProblem('physical-backups-begin-at-start')
  const place = drillIn(dataDir)
  await clearDrill(place)
  await refuseWithoutRoom(dataDir)
  const plan = await planRecovery(folder, undefined, keys, archive)
  try {
    const dir = await openDataFolder(place)
    const { postgres, end } = await recover(dir, plan, { keys, purpose: 'drill', durable: false })
    try {
      return { plan, end, findings: await lookOver(postgres, plan) }
    } finally {
      await postgres.release()
    }
  } finally {
    await clearDrill(place)
  }
}
