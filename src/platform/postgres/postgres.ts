import { openDataFolder } from '../data-folder/data-folder.ts'
import { whileLocked } from '../data-folder/lock.ts'
import { dataFolderProblem, refusalOf } from '../data-folder/problems.ts'
import { isAlive } from '../data-folder/process-mark.ts'
import { binariesWithLinks, findBinaries } from './binaries.ts'
import { clusterIn, houseOwner, readyCluster } from './cluster.ts'
import { clusterUsers, registerUser, unregisterUser } from './cluster-processes.ts'
import { readyDatabase } from './ready-database.ts'
import {
  findServer,
  notReadyProblem,
  notRunningProblem,
  notStartedProblem,
  type PostgresServer,
  removeLastSocketDir,
  startServer,
  stopServer,
  urlOf,
  waitUntilReady,
} from './server.ts'
import { findAccount } from './system-account.ts'
import { type DatabaseWatch, type WatchLog, watchServer } from './watch-server.ts'

export type PostgresOptions = {
  /** The house's folder; the cluster lies in its pg/. */
  readonly dataDir: string
  /** The purpose, such as 'server' or 'command', shown in the list of users. */
  readonly purpose: string
  /** False gives up what a power cut would take, for tests. Holds for the one who starts the server. Default true. */
  readonly durable?: boolean
  /** `join`: only a server that runs. `start`: one that is made, too. Neither makes, stops or mends anything. */
  readonly only?: 'join' | 'start'
  /** What a server that is started here has beside the usual settings: where its log is archived, or comes from. */
  readonly settings?: Readonly<Record<string, string>>
  /** Minutes that a start may recover before it counts as hanging; else 15. */
  readonly recoveryMinutes?: number
  readonly onProgress?: (what: string) => void
  /** Aborted where the opening is not to go on: what was started for it is stopped, and it throws. */
  readonly stopped?: AbortSignal
}

export type Postgres = {
  /** The owner's address of the database `dinhdanh`, over the private socket. */
  readonly url: string
  /** The superuser's of the same database, by which nothing of an installation enters: for tests and measurements. */
  readonly administratorUrl: string
  /** True where the server was already there: of another process, or left over by a killed one. */
  readonly adopted: boolean
  /** Starts it again whenever it ends, until this process signs off. Once a process; for those that live for long. */
  watch(told: WatchLog): DatabaseWatch
  /** Signs off; the last one out stops the server, within 5 s. Open connections end with it. */
  release(): Promise<void>
}

const database = 'dinhdanh'

/** How long a process waits, in ms, while another makes or recovers the cluster; then it is refused. */
const lockPatience = 10 * 60_000

/**
 * Opens the installation's own PostgreSQL: makes the cluster, starts the server or joins the running one, and creates
 * the database. A data folder has one server, however many processes open it or were killed. Throws a Problem where the
 * folder, the disk, the machine or the cluster does not allow it.
 */
export async function openPostgres(options: PostgresOptions): Promise<Postgres> {
  try {
    const dataDir = await openDataFolder(options.dataDir)
    const held = await whileLocked(dataDir, 'postgres', lockPatience, () => joinServer(dataDir, options))
    if (!held) throw dataFolderProblem('data-folder-busy', { folder: dataDir })
    return held.result
  } catch (error) {
    throw refusalOf(error, options.dataDir)
  }
}

async function joinServer(dataDir: string, options: PostgresOptions): Promise<Postgres> {
  const name = await registerUser(dataDir, options.purpose)
  const own: Started = {}
  const onExit = () => leaveAtExit(dataDir, name, own)
  process.once('exit', onExit)
  try {
    const { socketDir, adopted } = await findOrStart(dataDir, options, own)
    if (!options.only) await readyDatabase(name => urlOf(socketDir, name), database)
    options.stopped?.throwIfAborted()
    let watched: DatabaseWatch | undefined
    const signOff = makeRelease(dataDir, name, onExit)
    return {
      url: urlOf(socketDir, database, houseOwner),
      administratorUrl: urlOf(socketDir, database),
      adopted,
      watch: log => {
        watched ??= watchServer({
          dataDir,
          socketDir,
          log,
          restart: signal => startAgain(dataDir, options, own, signal),
        })
        return watched
      },
      async release() {
        await watched?.stop()
        await signOff()
      },
    }
  } catch (error) {
    unregisterUser(dataDir, name)
    const server = options.only ? own.server : (findServer(dataDir) ?? own.server)
    if (server && clusterUsers(dataDir).length === 0) await stopServer(server)
    if (!findServer(dataDir)) await removeLastSocketDir(dataDir)
    process.off('exit', onExit)
    throw error
  }
}

/** The server that this process started, from the moment in which it runs: it has no pid file yet. */
type Started = { server?: PostgresServer }

async function findOrStart(dataDir: string, options: PostgresOptions, own: Started) {
  const onProgress = options.onProgress ?? (() => undefined)
  const { stopped } = options

  const running = findServer(dataDir)
  if (running) {
    const ready = await waitUntilReady(dataDir, running.mark, { logFrom: 0, onProgress, stopped })
    if (ready) return { ...ready, adopted: true }
    stopped?.throwIfAborted()
    if (options.only) throw await notReadyProblem(dataDir)
    // Others may know it by its address, which the next one takes.
    await stopServer(running, 'begun-anew')
  }
  if (options.only === 'join') throw await notRunningProblem(dataDir)

  const shipped = await binariesWithLinks(await findBinaries(), dataDir)
  const { account, binaries } = await findAccount(dataDir, clusterIn(dataDir), shipped)
  const safety = options.durable === false ? 'fast' : 'durable'
  await readyCluster(dataDir, binaries, account, { safety, onProgress, stopped })
  stopped?.throwIfAborted()
  const onBegun = (server: PostgresServer) => {
    own.server = server
  }
  const started = await startServer(dataDir, binaries, account, { safety, settings: options.settings ?? {}, onBegun })
  onProgress('starting the database')
  const ready = await waitUntilReady(dataDir, started.mark, {
    ...{ logFrom: started.logFrom, onProgress, stopped },
    ...(options.recoveryMinutes && { recoveryMinutes: options.recoveryMinutes }),
  })
  stopped?.throwIfAborted()
  if (!ready) throw await notStartedProblem(dataDir, started.logFrom)
  return { ...ready, adopted: false }
}

/** Starts the server again where it has ended, or waits for who does. Gives the folder of its socket. */
async function startAgain(dataDir: string, options: PostgresOptions, own: Started, stopped: AbortSignal) {
  const { onProgress: _told, ...quiet } = options
  const held = await whileLocked(dataDir, 'postgres', lockPatience, () =>
    findOrStart(dataDir, { ...quiet, stopped }, own),
  )
  if (!held) throw dataFolderProblem('data-folder-busy', { folder: dataDir })
  return held.result.socketDir
}

/** What a process that exits by itself can still do: nothing that waits. */
function leaveAtExit(dataDir: string, name: string, own: Started): void {
  unregisterUser(dataDir, name)
  const server = clusterUsers(dataDir).length === 0 ? (findServer(dataDir) ?? own.server) : undefined
  if (server && isAlive(server.mark)) process.kill(server.mark.pid, 'SIGINT')
}

/** Signing off happens once, however often it is asked for; at the latest when the process exits by itself. */
function makeRelease(dataDir: string, name: string, onExit: () => void): () => Promise<void> {
  let released: Promise<void> | undefined

  const leave = async () => {
    const held = await whileLocked(dataDir, 'postgres', 3000, async () => {
      unregisterUser(dataDir, name)
      const server = clusterUsers(dataDir).length === 0 ? findServer(dataDir) : undefined
      if (server) await stopServer(server)
    })
    // Whoever holds the lock for so long has signed on, and will be the last one out.
    if (!held) unregisterUser(dataDir, name)
    process.off('exit', onExit)
  }
  return () => (released ??= leave())
}
