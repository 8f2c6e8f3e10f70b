import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import { findServer, urlOf } from '../../src/platform/postgres/server.ts'
import { aPgBouncer, aSystemPostgres, noPooler, passwordOfTests } from '../../test/a-system-postgres.ts'

/** The database of an installation, as something that is killed, cut off and asked from outside the installation. */
export type AttackedDatabase = {
  /** Kills it without warning. Whoever looks after it starts it again. */
  kill(): Promise<void>
  /** Lets it stand still, in milliseconds. */
  freeze(milliseconds: number): Promise<void>
  /** Runs statements as whoever may do everything. */
  execute(statements: readonly string[], options?: string): Promise<void>
  /** Kills the pooler before it, where there is one. */
  readonly killPooler?: () => Promise<void>
  stop(): Promise<void>
}

async function executeAt(address: string, statements: readonly string[], options = ''): Promise<void> {
  const client = new Client({ connectionString: address, options })
  client.on('error', () => undefined)
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function freezeProcess(pid: number | undefined, milliseconds: number): Promise<void> {
  if (pid === undefined) return
  process.kill(pid, 'SIGSTOP')
  await setTimeout(milliseconds)
  process.kill(pid, 'SIGCONT')
}

/** The embedded one of a data folder: the installation's own processes start it again. */
export const embeddedDatabase = (folder: string): AttackedDatabase => ({
  async kill() {
    const server = findServer(folder)
    if (server) process.kill(server.mark.pid, 'SIGKILL')
  },
  freeze: milliseconds => freezeProcess(findServer(folder)?.mark.pid, milliseconds),
  execute: (statements, options) =>
    executeAt(urlOf(findServer(folder)?.socketDir ?? '', 'dinhdanh'), statements, options),
  stop: async () => undefined,
})

/**
 * A PostgreSQL of the machine, to which both logins of an installation come through a PgBouncer by transaction, the
 * owner's jobs and migrations past it. Writes the settings into the data folder. Throws where the machine lacks them.
 */
export async function outsideDatabase(folder: string): Promise<AttackedDatabase> {
  if (noPooler) throw new Error(noPooler)
  const server = await aSystemPostgres({ isDurable: true })
  const database = 'chaos'
  await server.executeIn(
    'postgres',
    `create role house_owner login createrole password '${passwordOfTests}'`,
    `create role dinhdanh_app login password '${passwordOfTests}'`,
    'create role dinhdanh_application',
    'create role dinhdanh_maintenance',
    'grant dinhdanh_maintenance to house_owner',
    `create database ${database} owner house_owner`,
  )
  const aliases = { [database]: { database, mode: 'transaction', size: 40 } } as const
  const pooler = await aPgBouncer(server, aliases, ['house_owner', 'dinhdanh_app'])
  const settings = {
    databaseUrl: pooler.addressOf('house_owner', database),
    databaseAppUrl: pooler.addressOf('dinhdanh_app', database),
    databaseDirectUrl: server.addressOf('house_owner', database),
  }
  await writeFile(join(folder, 'config.json'), JSON.stringify(settings), { mode: 0o600 })
  return {
    kill: server.crash,
    freeze: server.freeze,
    execute: (statements, options) => executeAt(server.administrator(database), statements, options),
    killPooler: pooler.crash,
    async stop() {
      await pooler.stop()
      await server.stop()
    },
  }
}
