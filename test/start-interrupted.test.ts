import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { freePort } from './house-to-copy.ts'
import { quickFolder } from './quick-folder.ts'

/**
 * A start is interrupted as people do it: Ctrl-C in a terminal reaches every process of it, a service manager tells the
 * first alone, a terminal that is closed hangs up. Whenever that is, no process, no lock and no half-made folder is
 * left, and the next start works.
 */

const root = join(import.meta.dirname, '..')
const base = await mkdtemp(join(quickFolder(), 'dinhdanh-interrupted-'))
const started = new Set<ChildProcess>()
after(async () => {
  for (const { pid = 0 } of started) tryToSignal(-pid, 'SIGKILL')
  await rm(base, { recursive: true, force: true, maxRetries: 5 })
})

const { HOUSE_TEST_URL: _url, NODE_TEST_CONTEXT: _context, DATABASE_URL: _database, ...environment } = process.env

function tryToSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended already.
  }
}

/** Processes that stand in a folder or in one within it, as all of PostgreSQL do, or belong to a group. */
function processesOf(folder: string, group: number): string[] {
  return readdirSync('/proc').filter(pid => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [state, , ofGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (state === 'Z') return false
      return Number(ofGroup) === group || readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)
    } catch {
      return false
    }
  })
}

type Start = {
  readonly child: ChildProcess
  readonly group: number
  said(): string
  until(text: string): Promise<void>
}

/** `npm start` in a session of its own, as a terminal has one. */
async function begin(data: string, ...args: readonly string[]): Promise<Start> {
  const options = ['--', '--data', data, '--port', String(await freePort()), ...args]
  const child = spawn('npm', ['start', ...options], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment, DINHDANH_LOG_LEVEL: 'warn' },
  })
  started.add(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (said += String(text)))
  const until = async (text: string) => {
    while (!said.includes(text)) {
      assert.ok(child.exitCode === null && child.signalCode === null, `it ended before it said '${text}':\n${said}`)
      await setTimeout(5)
    }
  }
  return { child, group: child.pid ?? 0, said: () => said, until }
}

/** Twice in a row is as good as once, and whoever is impatient presses again. */
type Way = {
  readonly signal: NodeJS.Signals
  readonly to: 'group' | 'npm alone'
  readonly times?: number
  /** Between two, in ms. */
  readonly pause?: number
}

async function interrupt({ child, group, said }: Start, data: string, way: Way): Promise<void> {
  const { signal, to, times = 1, pause = 60 } = way
  const begun = performance.now()
  for (let time = 0; time < times; time += 1) {
    tryToSignal(to === 'group' ? -group : group, signal)
    if (time + 1 < times) await setTimeout(pause)
  }
  const left = () => processesOf(data, group)
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  while ((left().length > 0 || !hasEnded()) && performance.now() - begun < 15_000) await setTimeout(20)
  const how = `${signal} to ${to}, ${times} times:\n${said()}`
  assert.deepEqual(left(), [], how)
  assert.ok(hasEnded(), how)
  const names = existsSync(data) ? await readdir(data) : []
  assert.deepEqual(
    names.filter(name => /^(server\.pid|pg-draft|pg-probe)/.test(name)),
    [],
    how,
  )
  if (names.includes('pg-users')) assert.deepEqual(await readdir(join(data, 'pg-users')), [], how)
  assert.ok(!existsSync(join(data, 'pg', 'postmaster.pid')), how)
  assert.doesNotMatch(said(), /Something failed|\n {4}at /, how)
}

const ways: readonly Way[] = [
  { signal: 'SIGINT', to: 'group' },
  { signal: 'SIGTERM', to: 'npm alone' },
  { signal: 'SIGHUP', to: 'group' },
  { signal: 'SIGINT', to: 'npm alone', times: 2 },
  { signal: 'SIGINT', to: 'group', times: 2 },
]
let turns = 0
const nextWay = (): Way => ways[turns++ % ways.length] as Way

test('a first start that is interrupted at one of its steps leaves nothing, and the next one works', async () => {
  const data = join(base, 'steps')
  const steps = [
    ...['making the database', 'starting the database', 'making the tables', 'reading the official tables'],
    ...['inventing a province', 'two campaigns'],
  ]
  for (const step of steps) {
    const start = await begin(data, '--people', '200')
    await start.until(step)
    await interrupt(start, data, nextWay())
  }
  const last = await begin(data, '--no-demo')
  await last.until('Ctrl-C stops')
  // The half-made demonstration is gone, and nobody works there.
  assert.match(last.said(), /made anew[\s\S]*nobody works here yet/)
  await interrupt(last, data, nextWay())
})

test('a start that is interrupted at any moment, or as soon as its address is printed, leaves nothing', async () => {
  const data = join(base, 'moments')
  // At random, and told where one fails.
  const moments = [0, 40, ...Array.from({ length: 5 }, () => Math.floor(Math.random() * 2500))]
  for (const moment of moments) {
    const start = await begin(data, '--no-demo')
    await setTimeout(moment)
    const way = nextWay()
    await interrupt(start, data, way).catch(error => {
      throw new Error(`after ${moment} ms, ${JSON.stringify(way)}`, { cause: error })
    })
  }
  for (const said of ['opening the doors', 'Ctrl-C stops', 'Ctrl-C stops']) {
    const start = await begin(data, '--no-demo')
    await start.until(said)
    await interrupt(start, data, nextWay())
  }
})

test('an installation whose npm was killed stops by itself', async () => {
  const data = join(base, 'moments')
  const start = await begin(data, '--no-demo')
  await start.until('Ctrl-C stops')
  await interrupt(start, data, { signal: 'SIGKILL', to: 'npm alone' })
})

test('an installation whose npm was killed before it was known stops by itself too', async () => {
  const data = join(base, 'moments')
  const entrance = join(root, 'bin/dinhdanh')
  // As npm does, and gone while the program's first line has not run yet: SIGSTOP holds it there.
  const script = 'sh -c \'kill -STOP $$; exec "$0" start --data "$1" --port "$2" --no-demo\' "$@" & exit'
  const port = String(await freePort())
  const npm = spawn('sh', ['-c', script, 'npm', entrance, data, port], {
    ...{ detached: true, stdio: 'ignore' as const },
    env: { ...environment, npm_lifecycle_event: 'start' },
  })
  started.add(npm)
  const group = npm.pid ?? 0
  while (npm.exitCode === null) await setTimeout(5)
  const begun = performance.now()
  while (processesOf(data, group).length > 0 && performance.now() - begun < 20_000) {
    tryToSignal(-group, 'SIGCONT')
    await setTimeout(100)
  }
  assert.deepEqual(processesOf(data, group), [])
})

test('a command that is interrupted stops the PostgreSQL that it started', async () => {
  const data = join(base, 'moments')
  const child = spawn(join(root, 'bin/dinhdanh'), ['audit', 'verify', '--data', data], {
    detached: true,
    stdio: 'ignore',
    env: environment,
  })
  started.add(child)
  const group = child.pid ?? 0
  while (!existsSync(join(data, 'pg', 'postmaster.pid'))) {
    assert.ok(child.exitCode === null && child.signalCode === null, 'it ended before it was interrupted')
    await setTimeout(5)
  }
  const asMany = { signal: 'SIGINT', to: 'group', times: 20, pause: 0 } as const
  await interrupt({ child, group, said: () => '', until: async () => {} }, data, asMany)
})

test('a start that finds its port taken leaves nothing behind', async () => {
  const data = join(base, 'taken')
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise(done => taken.once('listening', done))
  const address = taken.address()
  const start = await begin(data, '--no-demo', '--port', String(typeof address === 'object' && address?.port))
  await start.until('port-in-use')
  await interrupt(start, data, { signal: 'SIGINT', to: 'group' })
  taken.close()
})
