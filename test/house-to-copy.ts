import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { madeOnce } from './made-once.ts'

/** A house with a small demonstration province, made by the command that operators use, once a run of tests. */

export const command = join(import.meta.dirname, '../bin/dinhdanh')

export const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Neither the test's database nor the test runner is any business of the house. */
export const environment = () => {
  const { HOUSE_TEST_URL: _url, NODE_TEST_CONTEXT: _context, DATABASE_URL: _database, ...rest } = process.env
  return { ...rest, DINHDANH_LOG_LEVEL: 'warn' }
}

/** Resolves with everything that it prints, once it says how it is stopped. */
export function announced(child: ChildProcess): Promise<() => string> {
  const pieces: string[] = []
  const output = () => pieces.join('')
  return new Promise((ready, fail) => {
    const take = (piece: Buffer) => {
      pieces.push(String(piece))
      if (output().includes('Ctrl-C')) ready(output)
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.on('error', fail)
    child.on('exit', code => fail(new Error(`the house ended with ${code}: ${output()}`)))
  })
}

export const ended = (child: ChildProcess) =>
  new Promise<number | null>(done =>
    child.exitCode === null ? child.on('exit', code => done(code)) : done(child.exitCode),
  )

/** Lines of the server's log at "error" and above: something that is no refusal. */
export const faultsIn = (output: string) => output.split('\n').filter(line => /^\{.*"level":[56]0\b/.test(line))

/** How many people the usual province has. */
export const usualPeople = 1500

/** Starts a house with a province of its own in an empty folder, and stops it. */
async function makeHouse(data: string): Promise<void> {
  const child = spawn(
    command,
    ['start', '--data', data, '--port', String(await freePort()), '--people', String(usualPeople)],
    {
      env: environment(),
    },
  )
  const cut = () => child.kill('SIGINT')
  process.on('exit', cut)
  const output = await announced(child)
  const over = ended(child)
  child.kill('SIGINT')
  const code = await over
  process.off('exit', cut)
  const faults = faultsIn(output())
  if (code !== 0 || faults.length) throw new Error(`the house to copy ended with ${code}: ${output()}`)
}

/**
 * Puts a copy of the house with the usual province into an empty folder: to make one takes longer than most journeys.
 * Does nothing where no run of tests keeps one: the first start makes the province then.
 */
export async function copyHouse(into: string): Promise<void> {
  const model = await madeOnce('house-to-copy', makeHouse)
  // PostgreSQL's own user keeps its files.
  if (model) execFileSync('cp', ['-a', '--reflink=auto', `${model}/.`, into])
}
