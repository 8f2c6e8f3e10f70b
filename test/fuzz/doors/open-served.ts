import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { soon } from '../parser.ts'
import type { Caller, FromServed, Measured, ServedToFuzz, ToServed } from './served.ts'

/** A house in a process of its own, for whoever fuzzes it. */
export type ServedHouse = {
  readonly served: ServedToFuzz
  /** Heap after a collection, and what the house noticed since this was last asked. */
  measure(): Promise<Measured>
  /** All sessions anew, where some were ended by what was sent. */
  signIn(): Promise<readonly Caller[]>
  /** Statements of transactions that nobody works in. */
  leftOpen(): Promise<readonly string[]>
  /** What it has logged so far. */
  log(): string
  hasEnded(): boolean
  stop(): Promise<void>
}

/**
 * Starts one. `made`: a demonstration, by its folder and its database; else it makes one, on a PostgreSQL of its own.
 * `longestTurn`: for how many milliseconds its event loop may be held.
 */
export async function openServed({
  people,
  made,
  longestTurn = soon,
}: {
  readonly people: number
  readonly longestTurn?: number
  readonly made?: { readonly data: string; readonly databaseUrl: string }
}): Promise<ServedHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-fuzz-house-'))
  const process_ = fork(join(import.meta.dirname, 'served.test-process.ts'), {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      ...process.env,
      FUZZ_FOLDER: made?.data ?? join(folder, 'data'),
      FUZZ_PEOPLE: String(people),
      FUZZ_LONGEST_TURN: String(longestTurn),
      ...(made && { DATABASE_URL: made.databaseUrl }),
    },
  })
  const logged: string[] = []
  process_.stderr?.on('data', piece => logged.push(String(piece)))
  let isOver = false
  const ended = new Promise<void>(done => {
    process_.once('exit', () => {
      isOver = true
      done()
    })
  })

  const answer = <What extends FromServed['what']>(what: What) =>
    new Promise<Extract<FromServed, { what: What }>>((done, fail) => {
      const heard = (message: FromServed) => {
        if (message.what !== what) return
        process_.off('message', heard)
        done(message as Extract<FromServed, { what: What }>)
      }
      process_.on('message', heard)
      void ended.then(() => fail(new Error(`the house ended:\n${logged.join('').slice(-3000)}`)))
    })
  const say = (what: ToServed['what']) => process_.send({ what } satisfies ToServed)

  const { served } = await answer('ready')
  return {
    served,
    measure() {
      const told = answer('measured')
      say('measure')
      return told.then(({ measured }) => measured)
    },
    signIn() {
      const told = answer('callers')
      say('sign-in')
      return told.then(({ callers }) => callers)
    },
    async leftOpen() {
      // A job is between two statements for a moment; what was left open stays.
      for (let tries = 20; ; tries -= 1) {
        const told = answer('left-open')
        say('left-open')
        const { transactions } = await told
        if (transactions.length === 0 || tries === 0) return transactions
        await setTimeout(500)
      }
    },
    log: () => logged.join(''),
    hasEnded: () => isOver,
    async stop() {
      if (!isOver) say('stop')
      const kill = globalThis.setTimeout(() => process_.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(kill)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
