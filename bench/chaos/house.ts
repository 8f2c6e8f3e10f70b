import { type AttackedDatabase, embeddedDatabase, outsideDatabase } from '../houses/outside-database.ts'
import { servedTogether } from '../houses/served-together.ts'

/** The installation to which everything happens: its servers, and its database. */
export type ChaosHouse = {
  readonly origin: string
  readonly folder: string
  readonly database: AttackedDatabase
  /** Kills one server, or the database and all servers, without warning, and starts them again. */
  kill(what: 'server' | 'both'): Promise<void>
  /** Tells one server to end, and starts it again. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export type ChaosHouseOptions = {
  readonly servers: number
  /** With a PostgreSQL and a PgBouncer of the machine, in place of the embedded one. */
  readonly isOutside: boolean
  readonly people: number
}

/** Serves the installation of a folder. Where it is empty the first start makes a demonstration. */
export async function chaosHouse(
  folder: string,
  { servers, isOutside, people }: ChaosHouseOptions,
): Promise<ChaosHouse> {
  const database = isOutside ? await outsideDatabase(folder) : embeddedDatabase(folder)
  const house = await servedTogether(folder, servers, { DINHDANH_PEOPLE: String(people) })
  let turn = 0
  const next = () => turn++ % servers
  return {
    origin: house.origin,
    folder,
    database,
    async kill(what) {
      if (what === 'server') return house.kill(next())
      await Promise.all([database.kill(), house.killAll()])
    },
    restart: () => house.restart(next()),
    async stop() {
      await house.stop()
      await database.stop()
    },
  }
}
