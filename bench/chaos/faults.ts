import { open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { ChaosHouse } from './house.ts'

/** What befalls a machine. Each begins, lasts, and is over when its promise resolves. */

export type Fault = {
  readonly name: string
  /** Why it cannot be tried here; undefined where it can. */
  cannot?(house: ChaosHouse): Promise<string | undefined>
  happen(house: ChaosHouse, random: () => number): Promise<void>
}

/** Tables that everybody writes to, or reads first. */
const tables = ['audit.deed', 'cards.card', 'planning.site', 'staff.session', 'graphile_worker._private_jobs']

const others = `pid <> pg_backend_pid() and datname = current_database()`

/** A disk of this many bytes or fewer may be filled by a test. */
const smallDisk = 8 * 2 ** 30

export const faults: readonly Fault[] = [
  { name: 'the server is killed', happen: house => house.kill('server') },
  { name: 'the server is told to end, and started again', happen: house => house.restart() },
  { name: 'the database is killed', happen: ({ database }) => database.kill() },
  { name: 'both are killed', happen: house => house.kill('both') },
  {
    name: 'the pooler is killed',
    cannot: async ({ database }) => (database.killPooler ? undefined : 'there is no pooler'),
    happen: async ({ database }) => database.killPooler?.(),
  },
  {
    name: 'the database is killed three times in a row',
    async happen({ database }) {
      for (let times = 0; times < 3; times += 1) {
        await database.kill()
        await setTimeout(700)
      }
    },
  },
  {
    name: 'every connection to the database is cut, again and again',
    async happen({ database }) {
      for (let times = 0; times < 10; times += 1) {
        await database.execute([`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`])
        await setTimeout(200)
      }
    },
  },
  {
    name: 'a table is locked',
    async happen({ database }, random) {
      const table = tables[Math.floor(random() * tables.length)]
      await database.execute(['begin', `lock table ${table} in access exclusive mode`, 'select pg_sleep(12)'])
    },
  },
  {
    name: 'the database only reads',
    async happen({ database }) {
      await database.execute(['alter system set default_transaction_read_only = on', 'select pg_reload_conf()'])
      await setTimeout(6000)
      await database.execute(
        ['alter system reset default_transaction_read_only', 'select pg_reload_conf()'],
        '-c default_transaction_read_only=off',
      )
    },
  },
  {
    name: 'the clock is set four minutes ahead, then two minutes back',
    cannot: async ({ setClock }) => (setClock ? undefined : 'the machine has no libfaketime'),
    async happen({ setClock }) {
      await setClock?.(240)
      await setTimeout(6000)
      await setClock?.(-120)
      await setTimeout(6000)
      await setClock?.(0)
    },
  },
  { name: 'the database stands still', happen: ({ database }) => database.freeze(5000) },
  {
    name: 'the disk is full',
    async cannot({ folder }) {
      const { blocks, bsize } = await statfs(folder)
      return blocks * bsize > smallDisk ? 'the disk is a large one: DISK=FOLDER names a small one' : undefined
    },
    async happen({ folder }) {
      const file = join(folder, 'filler')
      const piece = Buffer.alloc(2 ** 20)
      const filler = await open(file, 'w')
      try {
        // Until nothing more is taken: the disk is full.
        for (;;) await filler.write(piece)
      } catch {
        await setTimeout(6000)
      } finally {
        await filler.close()
        await rm(file, { force: true })
      }
    },
  },
]
