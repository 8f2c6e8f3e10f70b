// `npm run schema`: makes a database with all migrations, and writes db/types.ts and db/schema.sql from it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import { migrate } from '../src/platform/postgres/migrate.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { generate } from './generate.ts'

const dataDir = await mkdtemp(join(tmpdir(), 'dinhdanh-schema-'))
const postgres = await openPostgres({ dataDir, purpose: 'schema', durable: false })
try {
  await migrate(postgres.administratorUrl, { before: () => migrateJobs(postgres.administratorUrl) })
  await generate(postgres.administratorUrl)
} finally {
  await postgres.release()
  await rm(dataDir, { recursive: true, force: true })
}
