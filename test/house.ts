import { randomBytes } from 'node:crypto'
import { after } from 'node:test'
import { Client, Pool } from 'pg'
import * as audit from '../src/audit/audit.ts'
import { asDay, type Day } from '../src/platform/day.ts'
import { type Database, openDatabase } from '../src/platform/db.ts'
import { setSealingKey } from '../src/platform/sealing/sealing.ts'
import { type Authority, asSystem, makeOpenWork, type OpenWork, type Work } from '../src/platform/work.ts'

/** The day of a test's house, unless the test says another: the day of the campaign's first figures. */
export const businessDay = asDay('2023-04-20')

/** What is made once a run, for the files to clone (make-templates.ts). */
export const templates = { migrated: 'house_template', withUnits: 'house_with_units' } as const

/** One for the whole process, as in a house. */
setSealingKey(randomBytes(32))

export type TestHouse = {
  readonly url: string
  readonly database: Database
  readonly openWork: OpenWork
  /** Does something as the house itself; most arranging is done so. */
  work<T>(verb: (work: Work) => Promise<T>): Promise<T>
  as<T>(standing: Authority, verb: (work: Work) => Promise<T>): Promise<T>
  /** The owner's own eyes, without row-level security: for assertions on what is really stored. */
  owner<Row>(text: string, values?: unknown[]): Promise<Row[]>
}

const server = () => {
  const url = process.env['HOUSE_TEST_URL']
  if (!url) throw new Error('tests run by `npm test [files]`, which starts a PostgreSQL for them')
  return url
}

const inDatabase = (url: string, database: string) => {
  const place = new URL(url)
  place.pathname = `/${database}`
  return place.href
}

async function asOwner<T>(url: string, step: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await step(client)
  } finally {
    await client.end()
  }
}

/** A clone of a database by a name that others can say; it stays for the run, and replaces what a failed one left. */
export async function namedDatabase(name: string, template: string): Promise<string> {
  await asOwner(inDatabase(server(), 'postgres'), async client => {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name} template ${template} strategy file_copy`)
  })
  return inDatabase(server(), name)
}

/** An empty database of its own on the tests' PostgreSQL, not migrated; gone after the file. */
export async function emptyDatabase(template = 'template1'): Promise<string> {
  const name = `house_${randomBytes(6).toString('hex')}`
  const url = await namedDatabase(name, template)
  after(() =>
    asOwner(inDatabase(server(), 'postgres'), client => client.query(`drop database if exists ${name} with (force)`)),
  )
  return url
}

/**
 * A real house for one test file: a clone of the migrated template, with or without the units of db/reference. Call it
 * at the top of the file.
 */
export async function openHouse({ day = businessDay as Day | undefined, withUnits = false } = {}): Promise<TestHouse> {
  const url = await emptyDatabase(withUnits ? templates.withUnits : templates.migrated)
  const database = openDatabase(url, { connections: 8, plans: 'all' })
  after(() => database.end())
  // To connect costs more than most statements.
  const owner = new Pool({ connectionString: url, max: 4, idleTimeoutMillis: 0 })
  owner.on('error', () => undefined)
  after(() => owner.end())
  const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => day })
  return {
    url,
    database,
    openWork,
    work: verb => openWork(asSystem('test'), verb),
    as: openWork,
    owner: async (text, values) => (await owner.query(text, values)).rows,
  }
}
