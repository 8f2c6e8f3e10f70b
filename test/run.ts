// Starts a PostgreSQL for the tests, makes the template that each test file clones, and runs node's own test runner.
// `npm test` runs everything; `npm test -- FILE…` runs some.
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import { migrate } from '../src/platform/postgres/migrate.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'

const asked = process.argv.slice(2)
const files = asked.length
  ? asked
  : globSync([
      'src/**/*.test.ts',
      'synth/**/*.test.ts',
      'bench/**/*.test.ts',
      'web/**/*.test.ts',
      'relying-parties/**/*.test.ts',
      'test/**/*.test.ts',
      'e2e/**/*.test.ts',
    ]).sort()

async function within(url: string, text: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(text)
  await client.end()
}

const dataDir = await mkdtemp(join(tmpdir(), 'dinhdanh-test-'))
const postgres = await openPostgres({ dataDir, purpose: 'tests', durable: false })
const template = new URL(postgres.url)
template.pathname = '/house_template'

try {
  await within(postgres.url, 'create database house_template')
  await migrateJobs(template.href)
  await migrate(template.href)
  const runner = spawn(
    process.execPath,
    ['--test', '--test-concurrency=2', '--test-timeout=300000', `--test-reporter=${process.env['TEST_REPORTER'] ?? 'spec'}`, ...files],
    { stdio: 'inherit', env: { ...process.env, HOUSE_TEST_URL: postgres.url, NODE_COMPILE_CACHE: join(dataDir, 'compiled') } },
  )
  process.exitCode = await new Promise<number>(resolve => runner.on('exit', code => resolve(code ?? 1)))
} finally {
  await postgres.release()
  await rm(dataDir, { recursive: true, force: true })
}
