// What common commands cost beside a running installation: wall clock, CPU seconds of all their processes, modules.
// node bin/script bench/commands.ts: it makes a demonstration in a folder of its own, starts it, and runs each command
// some rounds; the table tells medians. ROUNDS=9 for more of them, DATA=FOLDER for an installation that runs already.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { announced, command, ended, environment, freePort } from '../test/house-to-copy.ts'

const rounds = Number(process.env['ROUNDS'] ?? 5)
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-commands-'))
const data = process.env['DATA'] ?? join(folder, 'data')

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Runs a command and gives the seconds that passed and that its processes computed, as bash's `time` has them. */
function timed(args: readonly string[]): { wall: number; cpu: number } {
  const script = 'TIMEFORMAT=\'%R %U %S\'; time "$@" >/dev/null 2>/dev/null'
  const said = execFileSync('bash', ['-c', `{ ${script}; } 2>&1`, 'bash', command, ...args], {
    encoding: 'utf8',
    env: environment(),
  })
  const [wall = 0, user = 0, system = 0] = said.trim().split(/\s+/).map(Number)
  return { wall, cpu: user + system }
}

async function modulesOf(args: readonly string[]): Promise<number> {
  const list = join(folder, 'modules')
  await rm(list, { force: true })
  const hook = `--import ${join(import.meta.dirname, '../test/count-modules.mjs')}`
  execFileSync(command, args, {
    env: { ...environment(), NODE_OPTIONS: hook, MODULES_TO: list },
    stdio: 'ignore',
  })
  const urls = (await readFile(list, 'utf8')).split('\n')
  // The Node that a machine has starts the shipped one: what it loads for that counts too.
  return new Set(urls.filter(Boolean)).size
}

/** The roll of a small province whose size is nearest to that of a class. */
async function aSmallRoll(): Promise<{ file: string; school: string }> {
  execFileSync(command, ['synth', '--people', '3000', '--seed', '20230420', '--out', join(folder, 'synthetic')], {
    stdio: 'ignore',
  })
  const rolls = join(folder, 'synthetic/rolls')
  const sizes = await Promise.all(
    (await readdir(rolls)).map(async name => ({ name, size: (await stat(join(rolls, name))).size })),
  )
  const [smallest] = sizes.sort((a, b) => a.size - b.size)
  const name = smallest?.name ?? ''
  return { file: join(rolls, name), school: name.replace('.xlsx', '') }
}

async function measure(): Promise<void> {
  const { file, school } = await aSmallRoll()
  const rolls = ['roll', 'check', process.env['ROLL'] ?? file, '--school', process.env['SCHOOL'] ?? school]
  const commands: readonly (readonly string[])[] = [
    ['help'],
    ['help', 'roll'],
    ['law', '--rule', 'cards'],
    ['limits'],
    ['doctor'],
    ['campaign', 'list'],
    ['stats', 'quick', '--campaign', 'tai-khoan-2023'],
    ['follow-up', 'list'],
    ['out-of-school', 'list', '--school-year', '2022-2023'],
    ['officer', 'sign-out', 'kiemtra'],
    ['audit', 'verify'],
    ['card', 'import', join(folder, 'synthetic/cards.csv'), '--dry-run'],
    [...rolls, '--school-year', '2022-2023'],
  ]
  const load = loadavg().map(one => one.toFixed(1))
  process.stdout.write(`${rounds} rounds, load ${load.join(' ')}\n\n`)
  process.stdout.write('| command | wall, s | CPU, s | modules |\n|---|---:|---:|---:|\n')
  for (const words of commands) {
    const args = words[0] === 'help' ? words : [...words, '--data', data]
    const modules = await modulesOf(args)
    const runs = Array.from({ length: rounds }, () => timed(args))
    const cells = [
      median(runs.map(({ wall }) => wall)).toFixed(2),
      median(runs.map(({ cpu }) => cpu)).toFixed(2),
      modules.toLocaleString('en'),
    ]
    const name = words.filter(word => !word.includes('/')).join(' ')
    process.stdout.write(`| ${name} | ${cells.join(' | ')} |\n`)
  }
}

async function beside(work: () => Promise<void>): Promise<void> {
  if (process.env['DATA']) return work()
  const args = ['start', '--data', data, '--port', String(await freePort()), '--people', '3000']
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment() })
  try {
    await announced(child)
    await work()
  } finally {
    const over = ended(child)
    child.kill('SIGINT')
    await over
  }
}

try {
  await beside(measure)
} finally {
  await rm(folder, { recursive: true, force: true })
}
