// What test files clone their databases from is made once a run: a migrated house, and one with the units of
// db/reference in it.
import { Client } from 'pg'
import * as audit from '../src/audit/audit.ts'
import { openDatabase } from '../src/platform/db.ts'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import { makeMonthsAhead } from '../src/platform/months/months.ts'
import { migrate } from '../src/platform/postgres/migrate.ts'
import { asSystem, makeOpenWork } from '../src/platform/work.ts'
import * as units from '../src/units/units.ts'
import { businessDay, templates } from './house.ts'

async function within(url: string, text: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(text)
  await client.end()
}

/**
 * A test sends a statement a few times, about a few rows: to plan it for its values takes longer than to run it, and
 * so does seeing to tables that are gone a second later.
 */
const settings = { plan_cache_mode: 'force_generic_plan', autovacuum: 'off', max_wal_size: '1GB' } as const

/** Sets the server of the tests up and makes the templates in it; `url` is its owner's. */
export async function makeTemplates(url: string): Promise<void> {
  const urlOf = (name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  for (const [name, value] of Object.entries(settings)) await within(url, `alter system set ${name} = '${value}'`)
  await within(url, 'select pg_reload_conf()')
  await within(url, `create database ${templates.migrated}`)
  await migrateJobs(urlOf(templates.migrated))
  await migrate(urlOf(templates.migrated))
  const migrated = openDatabase(urlOf(templates.migrated), { connections: 1 })
  await makeMonthsAhead(makeOpenWork(migrated, { beforeCommit: audit.seal, businessDay: () => businessDay }))
  await migrated.end()
  await within(url, `create database ${templates.withUnits} template ${templates.migrated}`)
  const database = openDatabase(urlOf(templates.withUnits), { connections: 1 })
  const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => businessDay })
  await openWork(asSystem('test'), units.loadReference)
  await database.end()
}
