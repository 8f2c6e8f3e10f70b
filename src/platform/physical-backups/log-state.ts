import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { now } from '../clock.ts'
import { clusterIn } from '../postgres/cluster.ts'

/** How much of the server's log lies on the disk and waits to be archived, also while it is down. */
export type LogState = {
  readonly bytes: number
  /** Segments that are full, and not archived. */
  readonly waiting: number
  /** For how long the oldest of them has waited; 0 where none does. */
  readonly oldestWaitingSeconds: number
}

const gone = () => undefined

/** Undefined where the data folder has no database of its own. */
export async function readLogState(dataDir: string): Promise<LogState | undefined> {
  const folder = join(clusterIn(dataDir), 'pg_wal')
  const names = await readdir(folder).catch(gone)
  if (!names) return undefined
  const segments = names.filter(name => /^[0-9A-F]{24}$/.test(name))
  const sizes = await Promise.all(segments.map(name => stat(join(folder, name)).catch(gone)))
  const marks = (await readdir(join(folder, 'archive_status')).catch(() => [])).filter(name => name.endsWith('.ready'))
  const since = await Promise.all(marks.map(name => stat(join(folder, 'archive_status', name)).catch(gone)))
  const oldest = Math.min(...since.flatMap(mark => mark?.mtimeMs ?? []))
  return {
    bytes: sizes.reduce((sum, one) => sum + (one?.size ?? 0), 0),
    waiting: marks.length,
    oldestWaitingSeconds: Number.isFinite(oldest) ? Math.max(0, (now().getTime() - oldest) / 1000) : 0,
  }
}
