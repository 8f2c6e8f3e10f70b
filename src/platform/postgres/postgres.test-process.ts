import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Problem } from '../problem.ts'

/** What a process that opened a folder reports to its test. */
export type OpenerReport = {
  readonly url?: string
  readonly adopted?: boolean
  readonly refused?: string
  readonly sentence?: string
  readonly released?: boolean
}

export type Opener = {
  readonly child: ChildProcess
  readonly report: OpenerReport
  /** Lets it release and end. */
  release(): Promise<void>
}

/** What a process that opens a folder is started from: a Node, and this very program in a checkout. */
export type Checkout = { readonly node: string; readonly program: string }

/** The checkout that the tests themselves run from. */
export const thisCheckout: Checkout = { node: process.execPath, program: fileURLToPath(import.meta.url) }

export type OpenerOptions = {
  readonly dataDir: string
  readonly uid?: number
  readonly path?: string
  readonly durable?: boolean
  /** Whether it starts the server again where that ends. */
  readonly watches?: boolean
  /** Another one than this. */
  readonly checkout?: Checkout
  /** A command to put before node's. */
  readonly before?: readonly string[]
}

/**
 * Another process of the house, which opens the folder's PostgreSQL and keeps it until it is told to release, or is
 * killed.
 */
export async function anOpener({
  dataDir,
  uid,
  path,
  durable,
  watches,
  checkout = thisCheckout,
  before,
}: OpenerOptions): Promise<Opener> {
  const command = [
    ...(before ?? []),
    checkout.node,
    checkout.program,
    dataDir,
    durable ? 'durable' : 'fast',
    watches ? 'watches' : '',
  ]
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd: '/',
    env: { ...process.env, PATH: path ?? process.env['PATH'] },
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid !== undefined && { uid, gid: uid }),
  })
  // A test that fails must not wait for it.
  after(() => child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<OpenerReport> => {
    const { value } = await lines.next()
    assert.ok(value, 'the other process ended without a word')
    return JSON.parse(value)
  }
  const told = await next()
  const release = async () => {
    const ended = once(child, 'exit')
    child.stdin.end()
    assert.ok(told.refused || (await next()).released)
    await ended
  }
  return { child, report: told, release }
}

const nothing = () => undefined

async function openAndReport(dataDir: string, durable: boolean, watches: boolean): Promise<void> {
  const { openPostgres } = await import('./postgres.ts')
  const tell = (told: OpenerReport) => process.stdout.write(`${JSON.stringify(told)}\n`)
  try {
    const postgres = await openPostgres({ dataDir, purpose: 'test', durable })
    if (watches) postgres.watch({ ended: nothing, failed: nothing, restarted: nothing, moved: nothing })
    // The end that forgets to release.
    process.once('SIGUSR2', () => process.exit(1))
    tell({ url: postgres.url, adopted: postgres.adopted })
    await once(process.stdin.resume(), 'end')
    await postgres.release()
    tell({ released: true })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tell({ refused: error.code, sentence: error.kind.title })
  }
}

if (import.meta.main)
  await openAndReport(process.argv[2] ?? '', process.argv[3] === 'durable', process.argv[4] === 'watches')
