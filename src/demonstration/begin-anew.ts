import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { headsParts } from '../audit/heads-file.ts'
import { journalFile } from '../audit/revocation-journal.ts'
import { readHouseRecord, writeHouseRecord } from '../platform/data-folder/data-folder.ts'
import { whileLocked } from '../platform/data-folder/lock.ts'
import { clusterIn } from '../platform/postgres/cluster.ts'
import { clusterUsers } from '../platform/postgres/cluster-processes.ts'
import { findServer, stopServer } from '../platform/postgres/server.ts'

/** How long a start waits for a command that opens or leaves the database, in ms. */
const patience = 10_000

/**
 * A demonstration that was begun and not finished is made from nothing: half of it holds nothing of anybody's, and
 * officers who already did one half of their work cannot do it again. Its keys stay. Gives whether there was one.
 */
export async function beginDemonstrationAnew(folder: string): Promise<boolean> {
  const record = await readHouseRecord(folder)
  if (record?.['demonstration'] !== 'making') return false
  const removed = await whileLocked(folder, 'postgres', patience, async () => {
    const server = findServer(folder)
    // Somebody works in it with a command: whatever they do is not taken from under them.
    if (server && clusterUsers(folder).length > 0) return false
    if (server) await stopServer(server)
    const heads = (await headsParts(folder)).map(({ path }) => path)
    for (const path of [clusterIn(folder), ...heads, journalFile(folder), join(folder, 'outbox')])
      await rm(path, { recursive: true, force: true })
    const { id, createdAt, version, ...members } = record
    const kept = Object.entries(members).filter(([name]) => !/^(demonstration|businessDay)/.test(name))
    await writeHouseRecord(folder, { id, createdAt, version, ...Object.fromEntries(kept) })
    return true
  })
  return removed?.result === true
}
