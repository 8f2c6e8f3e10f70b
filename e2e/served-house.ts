import { spawn } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { DemonstrationSignIn } from '../src/staff/demonstration.ts'
import {
  announced,
  command,
  copyHouse,
  ended,
  environment,
  faultsIn,
  freePort,
  usualPeople,
} from '../test/house-to-copy.ts'
import { quickFolder } from '../test/quick-folder.ts'
import type { Line } from './network-line.ts'
import { giveSecondFactor } from './second-factor.ts'

/**
 * A real house for a journey: the command that operators use, on a free port, with a small demonstration province of
 * its own.
 */

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
  /** Kills the server as a power cut does; `back` starts it again with the same data. */
  kill(): Promise<{ back(): Promise<void> }>
  /** Kills it so, and starts it again at once. */
  killAndStart(): Promise<void>
  /** Stops it as Ctrl-C does. Throws with what the server logged where any of it is a fault. */
  stop(told?: { readonly faults?: number }): Promise<void>
}

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

/**
 * Starts it and waits until it can be used. `people`: how many the province has; a start takes some seconds. `host`: by
 * which name it is reached over https, instead of localhost. `exam`: where the exam registration will stand.
 * `undoSeconds`: for how long decisions may be undone; none, as an operator may say, so that journeys need not wait.
 */
export async function serveHouse({
  people = usualPeople,
  host,
  exam,
  undoSeconds = 0,
  settings = {},
  laws = [],
}: {
  people?: number
  host?: string
  exam?: string
  undoSeconds?: number
  /** Settings of an operator, by their names in the environment. */
  settings?: Readonly<Record<string, string>>
  /** Further lines of law.csv. */
  laws?: readonly string[]
} = {}): Promise<ServedHouse> {
  const data = await mkdtemp(join(quickFolder(), 'dinhdanh-e2e-'))
  if (people === usualPeople && !exam) await copyHouse(data)
  const law = [
    'rule,from,value,article,source,verified_on',
    `decisions.undo-seconds,2000-01-01,${undoSeconds},,journey,`,
    ...laws,
  ]
  await writeFile(join(data, 'law.csv'), `${law.join('\n')}\n`)
  const port = await freePort()
  const origin = host ? `https://${host}:${port}` : `http://localhost:${port}`
  const secure = host ? ['--tls', '--origin', origin] : []
  const start = () =>
    spawn(command, ['start', '--data', data, '--port', String(port), '--people', String(people), ...secure], {
      env: { ...environment(), ...settings, ...(exam && { DINHDANH_EXAM_ORIGIN: exam }) },
    })
  let child = start()
  // A journey that is cut short leaves no house behind.
  const cut = () => child.kill('SIGINT')
  process.on('exit', cut)
  let output = await announced(child)
  const record = JSON.parse(await readFile(join(data, 'house.json'), 'utf8')) as {
    demonstrationSignIns: readonly DemonstrationSignIn[]
  }
  const signIns = record.demonstrationSignIns
  const kill = async () => {
    const over = ended(child)
    const [{ pid }] = JSON.parse(await readFile(join(data, 'server.pid'), 'utf8')) as [{ pid: number }]
    process.kill(pid, 'SIGKILL')
    await over
    return {
      async back() {
        child = start()
        output = await announced(child)
      },
    }
  }
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
    kill,
    killAndStart: async () => (await kill()).back(),
    async stop({ faults: expected = 0 } = {}) {
      const over = ended(child)
      child.kill('SIGINT')
      const code = await over
      process.off('exit', cut)
      await rm(data, { recursive: true, force: true, maxRetries: 5 })
      const faults = faultsIn(output())
      if (faults.length !== expected) throw new Error(`the house met ${faults.length} faults:\n${faults.join('\n')}`)
      if (code !== 0) throw new Error(`the house ended with ${code}: ${output()}`)
    },
  }
}
