import { Client } from 'pg'
import { administrator } from '../postgres/cluster.ts'
import { findServer, urlOf } from '../postgres/server.ts'

/** What is asked of the embedded server for a base backup, by its superuser over the private socket. */

/** The superuser's address of a database; undefined while no server of this data folder runs. */
export function administratorUrl(dataDir: string, database = 'postgres'): string | undefined {
  const socketDir = findServer(dataDir)?.socketDir
  return socketDir && urlOf(socketDir, database, administrator)
}

export async function connectToCluster(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'dinhdanh base backup' })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

export type ClusterFacts = {
  readonly systemIdentifier: string
  readonly timeline: number
  readonly postgres: number
  readonly isArchiving: boolean
}

export async function readClusterFacts(client: Client): Promise<ClusterFacts> {
  const { rows } = await client.query<ClusterFacts>(`
    select (select system_identifier::text from pg_control_system()) as "systemIdentifier",
      (select timeline_id from pg_control_checkpoint()) as timeline,
      current_setting('server_version_num')::int as postgres,
      current_setting('archive_mode') = 'on' and current_setting('wal_level') <> 'minimal' as "isArchiving"`)
  const [facts] = rows
  if (!facts) throw new Error('the server tells nothing of itself')
  return facts
}

/** Begins a base backup by a checkpoint at once; it ends with `stopBackup` in the same session, or comes to nothing. */
export async function startBackup(client: Client, label: string): Promise<{ readonly firstSegment: string }> {
  const { rows } = await client.query<{ firstSegment: string }>(
    'select pg_walfile_name(pg_backup_start($1, true)) as "firstSegment"',
    [label],
  )
  return { firstSegment: rows[0]?.firstSegment ?? '' }
}

export type StoppedBackup = {
  readonly stopLsn: string
  readonly lastSegment: string
  readonly label: string
  readonly tablespaces: string
  readonly at: Date
}

/** Ends it. Whether its segments are archived is looked at afterwards: the server itself would wait without an end. */
export async function stopBackup(client: Client): Promise<StoppedBackup> {
  const { rows } = await client.query<StoppedBackup>(`
    select lsn::text as "stopLsn", pg_walfile_name(lsn) as "lastSegment", labelfile as label,
      coalesce(spcmapfile, '') as tablespaces, clock_timestamp() as at
    from pg_backup_stop(false)`)
  const [stopped] = rows
  if (!stopped) throw new Error('the server did not end its base backup')
  return stopped
}

/** Makes the server close the segment that it writes, so that it is archived. */
export const switchSegment = (client: Client) => client.query('select pg_switch_wal()')

export type ArchiverState = {
  readonly archived: number
  readonly failed: number
  readonly lastFailed: string | null
  readonly lastFailedAt: Date | null
  readonly lastArchivedAt: Date | null
}

export async function readArchiverState(client: Client): Promise<ArchiverState | undefined> {
  const { rows } = await client.query<ArchiverState>(`
    select archived_count as archived, failed_count as failed, last_failed_wal as "lastFailed",
      last_failed_time as "lastFailedAt", last_archived_time as "lastArchivedAt"
    from pg_stat_archiver`)
  return rows[0]
}

/** The migrations of the installation's database, without anything that this release knows of them. */
export async function readMigrationsOf(client: Client) {
  const { rows } = await client.query<{ number: number; checksum: string }>(
    'select number, checksum from platform.migration order by number',
  )
  return rows
}
