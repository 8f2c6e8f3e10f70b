import { existsSync } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { openHouse } from '../../open-house.ts'
import { now } from '../../platform/clock.ts'
import {
  type HouseRecord,
  type RunningServer,
  readHouseRecord,
  runningServers,
} from '../../platform/data-folder/data-folder.ts'
import { dataFolderProblem } from '../../platform/data-folder/problems.ts'
import { dayAt, parseDay } from '../../platform/day.ts'
import { clusterIn } from '../../platform/postgres/cluster.ts'
import { type ClusterUser, clusterUsers } from '../../platform/postgres/cluster-processes.ts'
import { countMissingMigrations } from '../../platform/postgres/migrate.ts'
import { findServer, notRunningProblem } from '../../platform/postgres/server.ts'
import { setScanner } from '../../platform/scanning/scanning.ts'
import { type Config, originOf, readConfig, sourcesOfSettings } from '../../platform/settings/config.ts'
import { openSecrets, placeOfKey, sourcesOfKeys } from '../../platform/settings/secrets.ts'
import { startProblem } from '../../problems-start.ts'
import { type DoctorCheck, type LookedAtHouse, look, reasonText } from './check.ts'
import { checkOpenFiles } from './open-files.ts'
import { runbookFor } from './runbooks.ts'

/**
 * How `doctor` comes to an installation: it joins the one that runs, or starts the database of one that does not, and
 * changes nothing. In: a data folder. Out: the installation, with its database or with the reason why there is none;
 * what is to be said of server and database.
 */

export type Attached = {
  readonly house: LookedAtHouse
  readonly checks: readonly DoctorCheck[]
  close(): Promise<void>
}

/** The folder of an installation that is there already. Throws installation-not-there, data-folder-not-a-folder. */
async function getInstallation(folder: string): Promise<{ dir: string; record: HouseRecord }> {
  const found = await stat(folder).catch((error: { code?: string }) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw startProblem('installation-not-there', { folder })
    throw error
  })
  if (!found.isDirectory()) throw dataFolderProblem('data-folder-not-a-folder', { folder })
  const dir = await realpath(folder)
  const record = await readHouseRecord(dir)
  if (!record) throw startProblem('installation-not-there', { folder: dir })
  return { dir, record }
}

/** Processes of the installation that live: its server, its workers, its commands. */
type Living = { readonly servers: readonly RunningServer[]; readonly users: readonly ClusterUser[] }

async function livingIn(dir: string): Promise<Living> {
  const servers = await runningServers(dir)
  return { servers, users: existsSync(join(dir, 'pg-users')) ? clusterUsers(dir) : [] }
}

function processesText({ servers, users }: Living): string {
  const [first, second] = servers
  if (first && !second) return `process ${first.pid} serves ${first.origin}`
  if (first) return `${servers.map(({ pid, port }) => `process ${pid} on port ${port}`).join(', ')}: ${first.origin}`
  const others = users.map(({ pid, purpose }) => `process ${pid} (${purpose})`).join(', ')
  return `the server does not run; ${others || 'nothing'} does`
}

const serverCheck = (living: Living, startsDatabase: boolean): DoctorCheck => ({
  what: 'server',
  ok: true,
  found: processesText(living) + (startsDatabase ? '; its database was started for this look, and ends with it' : ''),
})

/** What makes a second PostgreSQL, or another key, is refused before anything is opened. */
async function refuseToMake(dir: string, { databaseUrl }: Config, living: Living): Promise<void> {
  for (const name of ['sealing.key', 'audit-heads.pem'] as const) {
    const { path } = placeOfKey(dir, name)
    if (!existsSync(path)) throw startProblem('key-not-there', { file: path })
  }
  if (databaseUrl || findServer(dir)) return
  const isMade = existsSync(join(clusterIn(dir), 'PG_VERSION'))
  if (living.servers.length > 0 || living.users.length > 0 || !isMade) throw await notRunningProblem(dir)
}

async function databaseCheck(dir: string, { databaseUrl }: Config, url: string): Promise<DoctorCheck> {
  const missing = await countMissingMigrations(url)
  const server = databaseUrl ? undefined : findServer(dir)
  const where = server ? `the embedded server, process ${server.mark.pid}, answers` : 'the external server answers'
  return {
    what: 'database',
    ok: missing === 0,
    found: missing === 0 ? where : `${where}; ${missing} migrations of this release are missing`,
    todo: 'start the installation with this release, or look with the release that runs',
  }
}

const businessDayOf = (record: HouseRecord) =>
  typeof record['businessDay'] === 'string' ? parseDay(record['businessDay']) : undefined

/** The installation as far as it is known without its database. */
function houseWithoutDatabase(
  {
    dir,
    config,
    record,
    environment,
  }: {
    readonly dir: string
    readonly config: Config
    readonly record: HouseRecord
    readonly environment: NodeJS.ProcessEnv
  },
  why: unknown,
): LookedAtHouse {
  return {
    folder: dir,
    config,
    origin: originOf(config),
    get database(): never {
      throw why
    },
    openWork: () => Promise.reject(why),
    record: () => record,
    today: () => businessDayOf(record) ?? dayAt(now()),
    secretSources: () => [...sourcesOfSettings(dir, environment), ...sourcesOfKeys(dir)],
  }
}

/** Comes to the installation of a folder. Throws where there is none, or its settings cannot be read. */
export async function attach(folder: string, environment: NodeJS.ProcessEnv = process.env): Promise<Attached> {
  const { dir, record } = await getInstallation(folder)
  const config = readConfig(dir, environment, { logLevel: 'warn' })
  openSecrets(dir, config.credentialsFolder, record['keysElsewhere'])
  const living = await livingIn(dir)
  const isThere = config.databaseUrl !== '' || findServer(dir) !== undefined
  const ofProcess = await Promise.all(living.servers.map(({ pid }) => look('open files', () => checkOpenFiles(pid))))
  try {
    await refuseToMake(dir, config, living)
    const house = await openHouse({
      folder: dir,
      purpose: 'command',
      said: { logLevel: 'warn' },
      environment,
      onlyLooks: isThere ? 'join' : 'start',
    })
    const database = await look('database', () => databaseCheck(dir, config, house.database.url))
    const checks = [serverCheck(living, !isThere), ...ofProcess, database]
    return { house, checks, close: house.close }
  } catch (error) {
    setScanner(config.scanner)
    const [server] = living.servers
    const lives = server ? `the server's process ${server.pid} lives, and its database cannot be used: ` : ''
    const database = { what: 'database', ok: false, found: `${lives}${reasonText(error)}`, todo: runbookFor(error) }
    return {
      house: houseWithoutDatabase({ dir, config, record, environment }, error),
      checks: [serverCheck(living, false), ...ofProcess, database],
      close: async () => undefined,
    }
  }
}
