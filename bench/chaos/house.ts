import { globSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AttackedDatabase, embeddedDatabase, outsideDatabase } from '../houses/outside-database.ts'
import { servedTogether } from '../houses/served-together.ts'

/** The installation to which everything happens: its servers, and its database. */
export type ChaosHouse = {
  readonly origin: string
  readonly folder: string
  readonly database: AttackedDatabase
  /** Kills one server, or the database and all servers, without warning; they are started again, as by systemd. */
  kill(what: 'server' | 'both'): Promise<void>
  /** Tells one server to end, and starts it again. */
  restart(): Promise<void>
  /** Resolves once every server that was killed serves again. */
  allStarted(): Promise<void>
  /** Sets the clock of the servers, and of an embedded database, ahead or back; undefined where the machine cannot. */
  readonly setClock?: ((seconds: number) => Promise<void>) | undefined
  stop(): Promise<void>
}

export type ChaosHouseOptions = {
  readonly servers: number
  /** With a PostgreSQL and a PgBouncer of the machine, in place of the embedded one. */
  readonly isOutside: boolean
  readonly people: number
}

/** What lets a program of this machine see another time than there is (Debian's package libfaketime). */
const otherTime = globSync('/usr/lib/*/faketime/libfaketime.so.1').at(0)

async function clockToSet() {
  if (!otherTime) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-clock-'))
  const file = join(folder, 'offset')
  const set = (seconds: number) => writeFile(file, `${seconds < 0 ? '' : '+'}${seconds}\n`)
  await set(0)
  // PostgreSQL's own user reads it too.
  await chmod(folder, 0o755)
  return {
    environment: {
      LD_PRELOAD: otherTime,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    set,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Serves the installation of a folder. Where it is empty the first start makes a demonstration. */
export async function chaosHouse(
  folder: string,
  { servers, isOutside, people }: ChaosHouseOptions,
): Promise<ChaosHouse> {
  const database = isOutside ? await outsideDatabase(folder) : embeddedDatabase(folder)
  const clock = await clockToSet()
  const stopRest = async () => {
    await clock?.remove()
    await database.stop()
  }
  const environment = { DINHDANH_PEOPLE: String(people), ...clock?.environment }
  const house = await servedTogether(folder, servers, environment).catch(async error => {
    await stopRest()
    throw error
  })
  let turn = 0
  let starting: Promise<void> = Promise.resolve()
  const next = () => turn++ % servers
  return {
    origin: house.origin,
    folder,
    database,
    async kill(what) {
      const killed = what === 'server' ? [next()] : Array.from({ length: servers }, (_, at) => at)
      await Promise.all([what === 'both' && database.kill(), ...killed.map(house.kill)])
      starting = (async () => {
        for (const at of killed) await house.start(at)
      })()
      // Thrown where it is waited for.
      starting.catch(() => undefined)
    },
    allStarted: () => starting,
    restart: () => house.restart(next()),
    setClock: clock?.set,
    async stop() {
      await starting.catch(() => undefined)
      await house.stop()
      await stopRest()
    },
  }
}
