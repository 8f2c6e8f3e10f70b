import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, Socket } from 'node:net'
import { join } from 'node:path'
import { after } from 'node:test'
import { quickFolder } from './quick-folder.ts'

/** Installations that a test starts as an operator does, by the command. */

const command = new URL('../bin/dinhdanh', import.meta.url).pathname

const started = new Set<ChildProcess>()

/** A folder for the installations of a test file; gone after it, with all that was started. */
export async function installationsFolder(): Promise<string> {
  const root = await mkdtemp(join(quickFolder(), 'dinhdanh-start-'))
  after(async () => {
    for (const child of started) child.kill('SIGKILL')
    await rm(root, { recursive: true, force: true, maxRetries: 5 })
  })
  return root
}

export const environment = (more: Record<string, string> = {}) => {
  const { HOUSE_TEST_URL: _url, NODE_TEST_CONTEXT: _context, ...rest } = process.env
  return { ...rest, DINHDANH_LOG_LEVEL: 'warn', ...more }
}

export const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

export type StartedInstallation = { child: ChildProcess; port: number; output(): string; milliseconds: number }

/** Waits until a process says how it is stopped. Throws where it ends before. */
async function announced(child: ChildProcess): Promise<() => string> {
  started.add(child)
  const pieces: string[] = []
  const output = () => pieces.join('')
  await new Promise<void>((ready, fail) => {
    const take = (piece: Buffer) => {
      pieces.push(String(piece))
      if (output().includes('Ctrl-C')) ready()
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.on('exit', code => fail(new Error(`the process ended with ${code}: ${output()}`)))
  })
  // A test that fails ends its file all the same, and with it what was started.
  child.unref()
  for (const stream of [child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref()
  return output
}

/** Starts an installation and waits until it says that it can be stopped. */
export async function start(
  data: string,
  args: string[] = [],
  more: Record<string, string> = {},
): Promise<StartedInstallation> {
  const port = await freePort()
  const begun = performance.now()
  const child = spawn(command, ['start', '--data', data, '--port', String(port), ...args], { env: environment(more) })
  const output = await announced(child)
  return { child, port, output, milliseconds: performance.now() - begun }
}

/** Starts the jobs of an installation in a process of their own. */
export async function startWorker(
  data: string,
  more: Record<string, string> = {},
): Promise<{ readonly child: ChildProcess }> {
  const child = spawn(command, ['worker', '--data', data], { env: environment(more) })
  await announced(child)
  return { child }
}

export const ended = (child: ChildProcess) =>
  new Promise<number | null>(done => {
    child.ref()
    if (child.exitCode !== null) done(child.exitCode)
    else child.on('exit', code => done(code))
  })

export async function stop({ child }: StartedInstallation): Promise<{ code: number | null; milliseconds: number }> {
  const begun = performance.now()
  const over = ended(child)
  child.kill('SIGINT')
  return { code: await over, milliseconds: performance.now() - begun }
}

export const run = (args: string[], more: Record<string, string> = {}) =>
  new Promise<{ code: number; stdout: string; stderr: string }>(done => {
    execFile(command, args, { env: environment(more), maxBuffer: 64_000_000 }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })
