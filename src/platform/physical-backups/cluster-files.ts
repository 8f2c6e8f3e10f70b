import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCodeOf } from '../archive/age-file.ts'

/** Which files of a running cluster a base backup has: PostgreSQL, "Making a Base Backup Using the Low Level API". */

export type ClusterFile = { readonly kind: 'folder' | 'file'; readonly path: string }

/** Folders whose content is of the running server alone. */
const emptied = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
])

/** Files of the root that are of the running server, or that the restored one has anew. */
const leftOut = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'backup_label',
  'backup_label.old',
  'tablespace_map',
  'tablespace_map.old',
  'backup_manifest',
  'recovery.signal',
  'standby.signal',
  'current_logfiles',
])

/** Read last: what it says of the end of recovery must not be older than the files. */
export const controlFile = 'global/pg_control'

const isTemporary = (name: string) =>
  name.startsWith('pgsql_tmp') || name.startsWith('pg_internal.init') || /^t\d+_\d+(_\w+)?(\.\d+)?$/.test(name)

/** Tables without a log begin empty after a recovery: only their `_init` is needed. */
function unloggedOf(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap(name => /^(\d+)_init$/.exec(name)?.[1] ?? []))
}

const relationOf = (name: string) => /^(\d+)(_(?:fsm|vm))?(\.\d+)?$/.exec(name)?.[1]

/** All files and folders of a cluster that a base backup has, a folder before what is in it, the control file last. */
export async function* clusterFiles(root: string): AsyncGenerator<ClusterFile> {
  yield* filesIn(root, '')
  yield { kind: 'file', path: controlFile }
}

async function* filesIn(root: string, folder: string): AsyncGenerator<ClusterFile> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (systemCodeOf(error) === 'ENOENT') return []
    throw error
  })
  const unlogged = unloggedOf(entries.map(({ name }) => name))
  for (const entry of entries) {
    const { name } = entry
    const path = folder === '' ? name : `${folder}/${name}`
    if (isTemporary(name) || path === controlFile) continue
    if (entry.isDirectory()) {
      yield { kind: 'folder', path }
      if (folder !== '' || !emptied.has(name)) yield* filesIn(root, path)
      continue
    }
    const isLeftOut = (folder === '' && leftOut.has(name)) || unlogged.has(relationOf(name) ?? '')
    if (entry.isFile() && !isLeftOut) yield { kind: 'file', path }
  }
}
