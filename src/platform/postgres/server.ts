import { readdirSync, readFileSync, statSync } from 'node:fs'
import { access, chown, constants, lstat, mkdir, mkdtemp, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { stopwatch } from '../clock.ts'
import { giveToFolderOwner } from '../data-folder/owner.ts'
import { dataFolderProblem, withDetail } from '../data-folder/problems.ts'
import { isAlive, markOf, type ProcessMark } from '../data-folder/process-mark.ts'
import { type Binaries, programPath } from './binaries.ts'
import { administrator, clusterIn } from './cluster.ts'
import { lastLines, openServerLog } from './log.ts'
import { postgresProblem } from './problems.ts'
import { serverSettings } from './settings.ts'
import { type SystemAccount, spawnAs } from './system-account.ts'

/** A running PostgreSQL. `socketDir` is undefined for the moment in which it has not opened its socket yet. */
export type PostgresServer = { readonly mark: ProcessMark; readonly socketDir: string | undefined }

/** Is this a PostgreSQL process at work in this cluster? All of them stand in its folder. */
function runsInCluster(cluster: string, pid: number | string): boolean {
  try {
    const [here, there] = [statSync(cluster), statSync(`/proc/${pid}/cwd`)]
    return (
      here.dev === there.dev &&
      here.ino === there.ino &&
      readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
    )
  } catch {
    return false
  }
}

/**
 * The running server of the cluster; undefined where there is none. The pid file alone is no proof, because pids are
 * reused.
 */
export function findServer(dataDir: string): PostgresServer | undefined {
  const cluster = clusterIn(dataDir)
  try {
    // Lines: pid, folder, start, port, socket folder, … (PostgreSQL, "Database File Layout", postmaster.pid).
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const mark = markOf(Number(lines[0]))
    return mark && runsInCluster(cluster, mark.pid) ? { mark, socketDir: lines[4] || undefined } : undefined
  } catch {
    return undefined
  }
}

const sendSignal = (signal: NodeJS.Signals, pid: number) => {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

async function hasEnded(mark: ProcessMark, patience: number): Promise<boolean> {
  const waited = stopwatch()
  while (isAlive(mark)) {
    if (waited() > patience) return false
    await pause(15)
  }
  return true
}

/**
 * Stops the server within 5 s. Fast first: sessions end, everything is written. Then at once: nothing committed is
 * lost, and the next start recovers (PostgreSQL, "Shutting Down the Server").
 */
export async function stopServer({ mark, socketDir }: PostgresServer, after: 'gone' | 'begun-anew' = 'gone') {
  if (isAlive(mark)) sendSignal('SIGINT', mark.pid)
  if (!(await hasEnded(mark, 3500))) {
    sendSignal('SIGQUIT', mark.pid)
    if (!(await hasEnded(mark, 1000))) sendSignal('SIGKILL', mark.pid)
  }
  if (socketDir && after === 'gone') await removeSocketDir(socketDir)
}

/** Ends what outlived a server that was killed: a new one refuses to start beside it. */
async function endOrphans(dataDir: string): Promise<void> {
  const cluster = clusterIn(dataDir)
  const orphans = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && runsInCluster(cluster, name))
    .flatMap(pid => markOf(Number(pid)) ?? [])
  for (const orphan of orphans) sendSignal('SIGQUIT', orphan.pid)
  for (const orphan of orphans) if (!(await hasEnded(orphan, 2000))) sendSignal('SIGKILL', orphan.pid)
}

const prefix = 'dinhdanh-'
const socketName = '.s.PGSQL.5432'

/** The address of a Unix socket has room for 107 bytes (unix(7)). */
const fitsSocketPath = (dir: string) => Buffer.byteLength(join(dir, `${prefix}XXXXXX`, socketName)) <= 107

/**
 * A new private folder for the socket, in a short place: that of the data may be far too deep. Its privacy is the
 * database's whole protection, as with an agent's socket: who may enter it (its owner, and root) is the owner of the
 * database.
 */
async function makeSocketDir(account: SystemAccount): Promise<string> {
  for (const place of new Set([tmpdir(), '/tmp', process.env['XDG_RUNTIME_DIR'] ?? '/tmp', '/var/tmp', '/dev/shm'])) {
    if (!fitsSocketPath(place)) continue
    const dir = await mkdtemp(join(place, prefix)).catch(() => undefined)
    if (!dir) continue
    try {
      if (account.kind !== 'self') await chown(dir, account.uid, account.gid)
      await tryEntering(account, dir)
      await rm(join(dir, 'probe'))
      return dir
    } catch {
      await rm(dir, { recursive: true, force: true })
    }
  }
  throw postgresProblem('postgres-no-socket-folder')
}

/**
 * The folder of the server before, where it is still ours alone: processes that go on know the database by it. One that
 * was cleared away is made again in its place. Undefined where somebody else has taken the place.
 */
async function takeLastSocketDir(dataDir: string, account: SystemAccount): Promise<string | undefined> {
  const dir = await lastSocketDir(dataDir)
  if (!isSocketDirName(dir)) return undefined
  try {
    const isNew = await mkdir(dir, { mode: 0o700 }).then(
      () => true,
      error => {
        if (error.code !== 'EEXIST') throw error
        return false
      },
    )
    const uid = account.kind === 'self' ? process.getuid?.() : account.uid
    if (isNew && account.kind !== 'self') await chown(dir, account.uid, account.gid)
    const found = await lstat(dir)
    if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o777) !== 0o700) return undefined
    await removeSocketFiles(dir)
    await tryEntering(account, dir)
    await rm(join(dir, 'probe'))
    return dir
  } catch {
    return undefined
  }
}

/** A temporary folder of root's own may be closed to the account. */
const tryEntering = (account: SystemAccount, dir: string) =>
  new Promise<void>((resolve, reject) => {
    const child = spawnAs(account, '/bin/sh', ['-c', 'cd -- "$1" && : > probe', 'sh', dir], { stdio: 'ignore' })
    child.once('error', reject)
    child.once('close', code => (code === 0 ? resolve() : reject(new Error('closed'))))
  })

const isSocketDirName = (dir: string) => basename(dir).startsWith(prefix)

async function removeSocketFiles(dir: string): Promise<void> {
  for (const name of [socketName, `${socketName}.lock`])
    await rm(join(dir, name), { force: true }).catch(() => undefined)
}

/** Takes away nothing but a socket folder of ours, whatever the path says. */
async function removeSocketDir(dir: string): Promise<void> {
  if (!isSocketDirName(dir)) return
  await removeSocketFiles(dir)
  await rmdir(dir).catch(() => undefined)
}

/**
 * The file in the data folder that records the socket's folder, also to find the one a killed server left behind, and
 * of which data folder it is: a copy of it has a server of its own, elsewhere.
 */
const socketRecord = (dataDir: string) => join(dataDir, 'pg-socket')

/** A folder as no copy of it is. */
export function markOfFolder(dir: string): string {
  const { dev, ino } = statSync(dir)
  return `${dev} ${ino}`
}

/** The folder of this data folder's last socket; empty where none is known, or the record is of another's. */
async function lastSocketDir(dataDir: string): Promise<string> {
  const [dir = '', of = ''] = (await readFile(socketRecord(dataDir), 'utf8').catch(() => '')).split('\n')
  return of === markOfFolder(dataDir) && !isInUse(dir) ? dir : ''
}

/** Whether a PostgreSQL listens there: its lock names the process (PostgreSQL, `unix_socket_directories`). */
function isInUse(dir: string): boolean {
  try {
    const [pid = ''] = readFileSync(join(dir, `${socketName}.lock`), 'utf8').split('\n')
    const mark = markOf(Number(pid))
    return mark !== undefined && readFileSync(`/proc/${mark.pid}/comm`, 'utf8').trim() === 'postgres'
  } catch {
    return false
  }
}

/** Where no server runs, and nobody waits for one, the last one's folder is of no use. */
export const removeLastSocketDir = async (dataDir: string) => removeSocketDir(await lastSocketDir(dataDir))

/** Whether a client that knows the server's address still finds the door there. */
export const hasSocket = ({ socketDir }: PostgresServer): Promise<boolean> =>
  socketDir === undefined
    ? Promise.resolve(false)
    : access(join(socketDir, socketName)).then(
        () => true,
        () => false,
      )

/**
 * Starts the server, in a session of its own: neither Ctrl-C in the terminal nor its starter's death ends it. `onBegun`
 * is told of it at once, before anything is waited for: whoever exits then can still stop it.
 */
export async function startServer(
  dataDir: string,
  binaries: Binaries,
  account: SystemAccount,
  {
    safety,
    settings,
    onBegun,
  }: {
    readonly safety: 'durable' | 'fast'
    readonly settings: Readonly<Record<string, string>>
    onBegun(server: PostgresServer): void
  },
): Promise<PostgresServer & { readonly logFrom: number }> {
  await endOrphans(dataDir)
  await removeForeignPidFile(dataDir)

  const former = await takeLastSocketDir(dataDir, account)
  if (!former) await removeLastSocketDir(dataDir)
  const socketDir = former ?? (await makeSocketDir(account))
  await writeFile(socketRecord(dataDir), `${socketDir}\n${markOfFolder(dataDir)}\n`, { mode: 0o600 })
  await giveToFolderOwner(socketRecord(dataDir))
  const log = await openServerLog(dataDir)
  try {
    const given = { ...serverSettings(socketDir, safety), ...settings }
    const args = Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const options = { detached: true, stdio: ['ignore', log.file.fd, log.file.fd] as ['ignore', number, number] }
    const child = spawnAs(account, programPath(binaries, 'postgres'), ['-D', clusterIn(dataDir), ...args], options)
    const mark = child.pid === undefined ? undefined : markOf(child.pid)
    if (mark) onBegun({ mark, socketDir })
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
    child.unref()
    if (!mark || !isAlive(mark)) throw await notStartedProblem(dataDir, log.from)
    return { mark, socketDir, logFrom: log.from }
  } finally {
    await log.file.close()
  }
}

/**
 * After a crash of the machine the pid file may name a process that is now another's; after a kill, one that is dead
 * and not yet buried. PostgreSQL would take either for its own kind.
 */
async function removeForeignPidFile(dataDir: string): Promise<void> {
  const file = join(clusterIn(dataDir), 'postmaster.pid')
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0])
  const lives = markOf(pid) && runsInCluster(clusterIn(dataDir), pid)
  if (pid && !lives) await rm(file, { force: true })
}

/** The refusal for a server that ended at once, with what its log says. */
export async function notStartedProblem(dataDir: string, logFrom: number) {
  const lines = await lastLines(join(dataDir, 'pg.log'), logFrom)
  if (/No space left|quota exceeded/i.test(lines))
    return withDetail(dataFolderProblem('disk-full', { folder: dataDir }), dataDir)
  return withDetail(postgresProblem('postgres-not-started', { folder: dataDir }), lines)
}

/** The refusal of a server that runs and does not answer, with what its log says. */
export const notReadyProblem = async (dataDir: string, logFrom = 0) =>
  withDetail(
    postgresProblem('postgres-not-ready', { folder: dataDir }),
    await lastLines(join(dataDir, 'pg.log'), logFrom),
  )

/** The refusal where no server runs and none is to be started, with what the log of the last one says. */
export const notRunningProblem = async (dataDir: string) =>
  withDetail(postgresProblem('postgres-not-running', { folder: dataDir }), await lastLines(join(dataDir, 'pg.log'), 0))

/** The address for pg and libpq alike: the socket's folder stands, encoded, in the host's place. */
export const urlOf = (socketDir: string, database: string, login = administrator) =>
  `postgresql://${login}@${encodeURIComponent(socketDir)}/${database}`

/** Starting and recovering are states that pass; a server that does not answer at all for so long does not. */
const silence = 20_000

/** Waits until the server answers. Gives undefined when it is of no use: ended, going down, or its socket lost. */
export async function waitUntilReady(
  dataDir: string,
  mark: ProcessMark,
  {
    logFrom,
    onProgress,
    stopped,
    recoveryMinutes = 15,
  }: {
    readonly logFrom: number
    onProgress(what: string): void
    readonly stopped?: AbortSignal | undefined
    readonly recoveryMinutes?: number
  },
): Promise<{ readonly socketDir: string } | undefined> {
  const [waited, quiet] = [stopwatch(), { since: stopwatch() }]
  let told = false
  while (isAlive(mark) && !stopped?.aborted) {
    const socketDir = findServer(dataDir)?.socketDir
    const state = socketDir ? await serverState(socketDir) : 'silent'
    if (state === 'ready' && socketDir) return { socketDir }
    if (state === 'stopping') return undefined
    if (state === 'starting') quiet.since = stopwatch()
    if (state === 'lost' && quiet.since() > 2000) return undefined
    if (waited() > 3000 && !told) {
      onProgress('waiting for the database, which recovers from a crash')
      told = true
    }
    if (quiet.since() > silence || waited() > recoveryMinutes * 60_000) {
      throw await notReadyProblem(dataDir, logFrom)
    }
    await pause(25)
  }
  return undefined
}

type ServerState = 'ready' | 'starting' | 'stopping' | 'silent' | 'lost'

async function serverState(socketDir: string): Promise<ServerState> {
  const there = await access(join(socketDir, socketName), constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!there) return 'lost'
  const client = new pg.Client({ connectionString: urlOf(socketDir, 'postgres'), connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return 'ready'
  } catch (error) {
    // 57P03 cannot_connect_now: starting, recovering or going down; the words are not translated, since the server
    // speaks C.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === '53300') return 'ready'
    if (code !== '57P03') return 'silent'
    return error instanceof Error && error.message.includes('shutting down') ? 'stopping' : 'starting'
  } finally {
    await client.end().catch(() => undefined)
  }
}
