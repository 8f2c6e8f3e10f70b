import { type KeyObject, randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { now, stopwatch } from '../clock.ts'
import { clusterIn } from '../postgres/cluster.ts'
import { lastLines } from '../postgres/log.ts'
import { findArchiver } from './archiver.ts'
import type { Archiver } from './archiver-file.ts'
import { basesIn, findSegment, nameOfBase, segmentAfter } from './backup-folder.ts'
import { type BaseEnd, writeBase } from './base-file.ts'
import { clusterFiles } from './cluster-files.ts'
import { physicalBackupProblem } from './problems.ts'
import * as store from './store.ts'

/**
 * A base backup of the embedded server while it runs: from it and the archived log any later moment is restored. In:
 * the data folder, whose server archives its log. Out: one encrypted, signed file in the folder of physical backups.
 */

export type BaseBackup = BaseEnd & {
  readonly id: string
  readonly path: string
  readonly archive: string
  readonly firstSegment: string
}

export type BaseBackupOptions = {
  readonly dataDir: string
  /** The folder of physical backups. */
  readonly folder: string
  readonly release: string
  readonly beside: Readonly<Record<string, unknown>>
  readonly recipients: readonly string[]
  readonly key: KeyObject
  onFile?(path: string, bytes: number): void
  /** Milliseconds that it waits for its segments to be archived; else ten minutes. */
  readonly patience?: number
}

/** The archive that the running server of this folder archives into. Throws physical-backups-begin-at-start. */
async function getArchiver(dataDir: string): Promise<{ archiver: Archiver; url: string; installationUrl: string }> {
  const [archiver, url] = [await findArchiver(dataDir), store.administratorUrl(dataDir)]
  const installationUrl = store.administratorUrl(dataDir, 'dinhdanh')
  if (!archiver || !url || !installationUrl) throw physicalBackupProblem('physical-backups-begin-at-start')
  return { archiver, url, installationUrl }
}

/** Waits until every segment of a base backup is archived. Throws segment-not-archived. */
async function waitForSegments(
  dataDir: string,
  { wal }: Archiver,
  { firstSegment, lastSegment }: { readonly firstSegment: string; readonly lastSegment: string },
  patience: number,
): Promise<void> {
  const waited = stopwatch()
  for (let name = firstSegment; name <= lastSegment; name = segmentAfter(name))
    while (!(await findSegment(wal, name))) {
      if (waited() > patience)
        throw physicalBackupProblem('segment-not-archived', {
          segment: name,
          why: await lastLines(join(dataDir, 'pg.log'), 0),
        })
      await pause(100)
    }
}

async function migrationsOfCluster(url: string) {
  const client = await store.connectToCluster(url)
  return store.readMigrationsOf(client).finally(() => client.end())
}

/**
 * Makes a base backup. It counts once its segments are archived. Throws physical-backups-begin-at-start,
 * segment-not-archived, backup-recipient-wrong.
 */
export async function makeBaseBackup(options: BaseBackupOptions): Promise<BaseBackup> {
  const { dataDir, folder, release, beside, recipients, key, onFile, patience = 10 * 60_000 } = options
  const { archiver, url, installationUrl } = await getArchiver(dataDir)
  const [id, draft] = [randomUUID(), join(basesIn(folder, archiver.archive), 'draft')]
  const client = await store.connectToCluster(url)
  try {
    const facts = await store.readClusterFacts(client)
    if (!facts.isArchiving) throw physicalBackupProblem('physical-backups-begin-at-start')
    const { firstSegment } = await store.startBackup(client, id)
    const { systemIdentifier, timeline, postgres } = facts
    const end = await writeBase(draft, {
      root: clusterIn(dataDir),
      header: {
        ...{ id, release, firstSegment, systemIdentifier, timeline, postgres, beside },
        archive: archiver.archive,
        startedAt: now().toISOString(),
        migrations: await migrationsOfCluster(installationUrl),
      },
      entries: clusterFiles(clusterIn(dataDir)),
      recipients,
      key,
      ...(onFile && { onFile }),
      async stop() {
        const { tablespaces, at, ...stopped } = await store.stopBackup(client)
        if (tablespaces !== '') throw new Error('the cluster has tablespaces, which lie outside of its folder')
        return { ...stopped, stoppedAt: at.toISOString() }
      },
    })
    await waitForSegments(dataDir, archiver, { firstSegment, lastSegment: end.lastSegment }, patience)
    const path = join(basesIn(folder, archiver.archive), nameOfBase(new Date(end.stoppedAt), firstSegment))
    await rename(draft, path)
    return { ...end, id, path, archive: archiver.archive, firstSegment }
  } finally {
    await client.end()
    await rm(draft, { force: true })
  }
}
