// Starts a PostgreSQL for the tests, makes the templates that test files clone, and runs node's own test runner.
// `npm test` runs everything; `npm test -- FILE…` runs some.
// TEST_BUDGET=off lets a full run take as long as it takes.
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { run } from 'node:test'
import type { TestEvent } from 'node:test/reporters'
import { dot, spec, tap } from 'node:test/reporters'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { measureSlowness } from './machine-speed.ts'
import { makeTemplates } from './make-templates.ts'
import { quickFolder } from './quick-folder.ts'
import { allTestFiles, keepSeconds, nameOf, sortFiles } from './test-files.ts'

/** What a full run may take on two processors of the usual speed (docs/house.md 9.9, machine-speed.ts). */
const budgetMinutes = 27

const asked = process.argv.slice(2)
const begun = performance.now()
/** Of a full run: how much slower than usual the machine was before it, and is after it. */
const slowness: number[] = []

/** One processor alone has no budget. */
const isCounted = availableParallelism() >= 2 && process.env['TEST_BUDGET'] !== 'off'

const seconds = new Map<string, number>()

/** The ten slowest files, and whether a full run kept to its budget: what is told before the closing lines. */
function verdict(): string[] {
  const slowest = [...seconds].sort(([, one], [, other]) => other - one).slice(0, 10)
  const lines = ['slowest files', ...slowest.map(([file, took]) => `${took.toFixed(1).padStart(7)} s  ${file}`)]
  if (asked.length > 0) return lines
  const minutes = (performance.now() - begun) / 60_000
  const slower = Math.max(1, ...slowness)
  const isOver = minutes > budgetMinutes * slower && isCounted
  if (isOver) process.exitCode = 1
  const speeds = slowness.map(one => one.toFixed(2)).join(' before and ')
  const told = `the whole run took ${minutes.toFixed(1)} minutes of ${budgetMinutes} × ${speeds} after`
  return [...lines, isOver ? `OVER BUDGET: ${told}; TEST_BUDGET=off lets it` : told]
}

async function* told(events: AsyncIterable<TestEvent>): AsyncGenerator<TestEvent> {
  let isClosing = false
  for await (const event of events) {
    if (event.type === 'test:summary' && event.data.file?.endsWith('.test.ts'))
      seconds.set(nameOf(event.data.file), event.data.duration_ms / 1000)
    // Files that share a process are suites in it.
    if (event.type === 'test:complete' && event.data.nesting === 0 && event.data.details.type === 'suite')
      seconds.set(event.data.name, event.data.details.duration_ms / 1000)
    if (event.type === 'test:fail') process.exitCode = 1
    if (
      event.type === 'test:diagnostic' &&
      event.data.nesting === 0 &&
      /^tests \d+$/.test(event.data.message) &&
      !isClosing
    ) {
      isClosing = true
      if (asked.length === 0) slowness.push(await measureSlowness())
      for (const message of verdict()) yield { ...event, data: { ...event.data, message } }
    }
    if (event.type === 'test:summary' && !event.data.file && !event.data.success) process.exitCode = 1
    yield event
  }
}

if (asked.length === 0) slowness.push(await measureSlowness())
const dataDir = await mkdtemp(join(quickFolder(), 'dinhdanh-test-'))
const postgres = await openPostgres({ dataDir, purpose: 'tests', durable: false })
try {
  await makeTemplates(postgres.administratorUrl)
  // The files' processes have the environment of this one.
  process.env['HOUSE_TEST_URL'] = postgres.administratorUrl
  process.env['HOUSE_TEST_FOLDER'] = dataDir
  // The face engine takes 400 MB of each server; what compares faces is tried where it is tested.
  process.env['DINHDANH_BIOMETRIC_ENGINE'] ??= 'none'

  const files = asked.length ? asked.map(file => resolve(file)) : sortFiles(allTestFiles(), dataDir)
  // Whoever stops the run stops its PostgreSQL with it.
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())
  const events = run({
    files,
    // Many wait for a browser, a server or a clock.
    concurrency: availableParallelism() + 2,
    execArgv: ['--import', import.meta.resolve('./quick-attribution.ts')],
    // Of a process; one may run fifty files.
    timeout: 600_000,
    signal: stopped.signal,
  })
  const reporter = { dot, tap, spec: new spec() }[process.env['TEST_REPORTER'] ?? 'spec'] ?? new spec()
  await pipeline(Readable.from(told(events)), reporter as NodeJS.ReadWriteStream, process.stdout, { end: false })
  keepSeconds(seconds)
} finally {
  await postgres.release()
  await rm(dataDir, { recursive: true, force: true })
}
