import { setTimeout as pause } from 'node:timers/promises'
import { stopwatch } from '../clock.ts'
import { isAlive } from '../data-folder/process-mark.ts'
import { emptyLongLog } from './log.ts'
import { findServer, hasSocket } from './server.ts'

/**
 * Watches over the installation's own PostgreSQL: a server that was killed, that the machine ended for want of memory,
 * or whose socket was cleared away is started again at its address, by whichever process sees it first.
 */

/** Milliseconds between two looks, and between two tries to start it where one failed, twice as many each time. */
const [lookEvery, longestPause] = [500, 30_000]

/** Milliseconds between two looks at the length of the server's log. */
const logLookedAtEvery = 60_000

export type WatchLog = {
  /** The server has ended, and is being started again. */
  ended(): void
  /** It could not be started; it is tried again after so many seconds. Told once for each reason. */
  failed(reason: string, seconds: number): void
  /** It runs again, after so many seconds. */
  restarted(seconds: number): void
  /** It runs at another address, of which nobody here knows: this process is of no more use. */
  moved(): void
}

export type DatabaseWatch = {
  /** Why no server runs at this moment; undefined while one does. */
  reason(): string | undefined
  /** Ends the watch, and breaks off a start that is under way. */
  stop(): Promise<void>
}

/** Whether the server runs, and its clients find it. */
async function isThere(dataDir: string): Promise<boolean> {
  const server = findServer(dataDir)
  // While it starts it has no socket yet: whoever starts it waits for that.
  return server !== undefined && isAlive(server.mark) && (server.socketDir === undefined || (await hasSocket(server)))
}

type Outage = { readonly since: () => number; reason: string; tries: number }

const failureText = (error: unknown) => (error instanceof Error ? error.message : String(error))

export function watchServer({
  dataDir,
  socketDir,
  log,
  restart,
}: {
  readonly dataDir: string
  /** Where the processes of the installation look for it. */
  readonly socketDir: string
  readonly log: WatchLog
  /** Starts it, or waits for who does; gives the folder of its socket. */
  restart(stopped: AbortSignal): Promise<string>
}): DatabaseWatch {
  const stopping = new AbortController()
  const { signal } = stopping
  let down: Outage | undefined

  async function tryToRestart(outage: Outage): Promise<void> {
    try {
      const found = await restart(signal)
      if (found !== socketDir) return log.moved()
      log.restarted(Math.round(outage.since() / 1000))
      down = undefined
    } catch (error) {
      if (signal.aborted) return
      outage.tries += 1
      const wait = Math.min(longestPause, lookEvery * 2 ** outage.tries)
      const reason = failureText(error)
      if (reason !== outage.reason) log.failed(reason, Math.round(wait / 1000))
      outage.reason = reason
      await pause(wait - lookEvery, undefined, { signal }).catch(() => undefined)
    }
  }

  async function look(): Promise<void> {
    if (!down && (await isThere(dataDir))) return
    if (!down) {
      down = { since: stopwatch(), reason: 'the database has ended and is being started again', tries: 0 }
      log.ended()
    }
    await tryToRestart(down)
  }

  async function keep(): Promise<void> {
    let since = stopwatch()
    while (!signal.aborted) {
      await pause(lookEvery, undefined, { signal }).catch(() => undefined)
      if (!signal.aborted) await look()
      if (since() < logLookedAtEvery) continue
      since = stopwatch()
      // On a disk that is full nothing can be put aside.
      await emptyLongLog(dataDir).catch(() => undefined)
    }
  }

  const kept = keep()
  return {
    reason: () => down?.reason,
    async stop() {
      stopping.abort()
      await kept
    },
  }
}
