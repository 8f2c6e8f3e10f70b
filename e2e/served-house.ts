import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { DemonstrationSignIn } from '../src/staff/demonstration.ts'
import { quickFolder } from '../test/quick-folder.ts'
import type { Line } from './network-line.ts'
import { giveSecondFactor } from './second-factor.ts'

/**
 * A real house for a journey: the command that operators use, on a free port, with a small demonstration province of
 * its own.
 */

const command = join(import.meta.dirname, '../bin/dinhdanh')

export type ServedHouse = {
  /** How browsers reach it, without a slash at the end. */
  readonly origin: string
  readonly signIns: readonly DemonstrationSignIn[]
  readonly port: number
  /** Its data: what a command beside it opens. */
  readonly folder: string
  /**
   * What a browser must be started with to reach a house with a name of its own, and to trust its certificate; through
   * a line, if one is given.
   */
  browserArgs(line?: Line): Promise<readonly string[]>
  /** Signs an officer in by the form, as people do, and waits for the place in the console. */
  signIn(page: Page, login: string, place?: string, password?: string): Promise<void>
  /** Stops it as Ctrl-C does. Throws with what the server logged where any of it is a fault. */
  stop(): Promise<void>
}

export const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Neither the test's database nor the test runner is any business of the house. */
const environment = () => {
  const { HOUSE_TEST_URL: _url, NODE_TEST_CONTEXT: _context, DATABASE_URL: _database, ...rest } = process.env
  return { ...rest, DINHDANH_LOG_LEVEL: 'warn' }
}

/** Resolves with everything that it prints, once it says how it is stopped. */
function announced(child: ChildProcess): Promise<() => string> {
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

const ended = (child: ChildProcess) =>
  new Promise<number | null>(done =>
    child.exitCode === null ? child.on('exit', code => done(code)) : done(child.exitCode),
  )

/** Lines of the server's log at "error" and above: something that is no refusal. */
const faultsIn = (output: string) => output.split('\n').filter(line => /^\{.*"level":[56]0\b/.test(line))

/**
 * A browser finds the name on this machine, and takes the one certificate for trusted that the house has made (as after
 * its page /trust).
 */
async function argsFor(
  data: string,
  { host, port, line }: { host: string; port: number; line: Line | undefined },
): Promise<string[]> {
  const { publicKey } = new X509Certificate(await readFile(join(data, 'keys', 'server.crt')))
  const spki = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')
  return [
    `--host-resolver-rules=MAP ${host}:${port} 127.0.0.1:${line?.port ?? port}`,
    `--ignore-certificate-errors-spki-list=${spki}`,
  ]
}

const usualPeople = 1500

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
 * The folder of a house with the usual province, which journeys copy: to make one takes longer than most journeys. The
 * first of a run of tests makes it, the others wait for it; nothing where no run keeps it.
 */
async function houseToCopy(): Promise<string | undefined> {
  const kept = process.env['HOUSE_TEST_FOLDER']
  if (!kept) return undefined
  const [made, making] = [join(kept, 'house-to-copy'), join(kept, 'house-in-making')]
  const isMade = () =>
    access(made).then(
      () => true,
      () => false,
    )
  while (!(await isMade())) {
    const isMine = await mkdir(making).then(
      () => true,
      () => false,
    )
    if (!isMine) await setTimeout(200)
    else if (!(await isMade()))
      try {
        await makeHouse(join(making, 'data'))
        await rename(join(making, 'data'), made)
      } finally {
        // Where it failed the next journey tries, and tells why in its turn.
        await rm(making, { recursive: true, force: true })
      }
  }
  return made
}

/**
 * Starts it and waits until it can be used. `people`: how many the province has; a start takes some seconds. `host`: by
 * which name it is reached over https, instead of localhost. `exam`: where the exam registration will stand.
 */
export async function serveHouse({
  people = usualPeople,
  host,
  exam,
}: {
  people?: number
  host?: string
  exam?: string
} = {}): Promise<ServedHouse> {
  const data = await mkdtemp(join(quickFolder(), 'dinhdanh-e2e-'))
  const model = people === usualPeople && !exam ? await houseToCopy() : undefined
  // PostgreSQL's own user keeps its files.
  if (model) execFileSync('cp', ['-a', '--reflink=auto', `${model}/.`, data])
  const port = await freePort()
  const origin = host ? `https://${host}:${port}` : `http://localhost:${port}`
  const secure = host ? ['--tls', '--origin', origin] : []
  const child = spawn(
    command,
    ['start', '--data', data, '--port', String(port), '--people', String(people), ...secure],
    {
      env: { ...environment(), ...(exam && { DINHDANH_EXAM_ORIGIN: exam }) },
    },
  )
  // A journey that is cut short leaves no house behind.
  const cut = () => child.kill('SIGINT')
  process.on('exit', cut)
  const output = await announced(child)
  const record = JSON.parse(await readFile(join(data, 'house.json'), 'utf8')) as {
    demonstrationSignIns: readonly DemonstrationSignIn[]
  }
  const signIns = record.demonstrationSignIns
  return {
    origin,
    signIns,
    folder: data,
    port,
    browserArgs: async line => (host ? argsFor(data, { host, port, line }) : []),
    async signIn(page, login, place = '/console/hom-nay', given) {
      const password = given ?? signIns.find(one => one.login === login)?.password
      if (!password) throw new Error(`the demonstration has no officer ${login}`)
      // Of some hundred sign-ins on a busy machine one was seen to send nothing for half a minute; signing in itself
      // has tests of its own.
      for (let tries = 1; ; tries++)
        try {
          await page.goto(`${origin}/sign-in?return=${encodeURIComponent(place)}`)
          await page.fill('#login', login)
          await page.fill('#password', password)
          await page.press('#password', 'Enter')
          await page.waitForURL(url => !url.pathname.startsWith('/sign-in'), { timeout: 20_000 })
          await giveSecondFactor(page, login)
          await page.waitForURL(`${origin}${place}`, { timeout: 20_000 })
          return
        } catch (error) {
          if (tries === 3) throw error
        }
    },
    async stop() {
      const over = ended(child)
      child.kill('SIGINT')
      const code = await over
      process.off('exit', cut)
      await rm(data, { recursive: true, force: true, maxRetries: 5 })
      const faults = faultsIn(output())
      if (faults.length) throw new Error(`the house met ${faults.length} faults:\n${faults.join('\n')}`)
      if (code !== 0) throw new Error(`the house ended with ${code}: ${output()}`)
    },
  }
}
