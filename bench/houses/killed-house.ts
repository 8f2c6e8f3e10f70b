import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { fromRoot } from '../../src/platform/root.ts'

/** A served house that is killed without warning, it or its database, and started again on the same folder and port. */

export const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const environment = () => {
  const { HOUSE_TEST_URL: _url, NODE_TEST_CONTEXT: _context, DATABASE_URL: _database, ...rest } = process.env
  return { ...rest, DINHDANH_LOG_LEVEL: 'error' }
}

function announced(child: ChildProcess): Promise<void> {
  const pieces: string[] = []
  return new Promise((ready, fail) => {
    const take = (piece: Buffer) => {
      pieces.push(String(piece))
      if (pieces.join('').includes('Ctrl-C')) ready()
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.on('error', fail)
    child.on('exit', code => fail(new Error(`the house ended with ${code}: ${pieces.join('').slice(-2000)}`)))
  })
}

const gone = (child: ChildProcess) =>
  new Promise<void>(done =>
    child.exitCode === null && child.signalCode === null ? child.on('exit', () => done()) : done(),
  )

export type KilledHouse = {
  readonly origin: string
  readonly folder: string
  /** Kills the server, or the database and then the server, and starts it again. */
  kill(what: 'server' | 'database'): Promise<void>
  /** As Ctrl-C does. */
  stop(): Promise<void>
}

export async function killedHouse(folder: string, people: number): Promise<KilledHouse> {
  const port = await freePort()
  const args = [
    '--disable-warning=ExperimentalWarning',
    fileURLToPath(fromRoot('src/cli/cli.ts')),
    'start',
    '--data',
    folder,
    '--port',
    String(port),
    '--people',
    String(people),
  ]
  const start = async () => {
    const child = spawn(process.execPath, args, { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
    await announced(child)
    return child
  }
  let child = await start()
  const cut = () => child.kill('SIGKILL')
  process.on('exit', cut)
  return {
    origin: `http://127.0.0.1:${port}`,
    folder,
    async kill(what) {
      if (what === 'database') {
        const [pid = ''] = (await readFile(join(folder, 'pg', 'postmaster.pid'), 'utf8')).split('\n')
        process.kill(Number(pid), 'SIGKILL')
        await setTimeout(300)
      }
      const over = gone(child)
      child.kill('SIGKILL')
      await over
      child = await start()
    },
    async stop() {
      const over = gone(child)
      child.kill('SIGINT')
      await over
      process.off('exit', cut)
    },
  }
}
