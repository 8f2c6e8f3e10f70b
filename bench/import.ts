// The import of persons beside a bare COPY of the same rows into the same final tables plus building their indexes, in
// one run. node bench/import.ts [PEOPLE or persons.csv …]: by default a synthetic province of 1.3 million is written
// first; of two sizes the exponent of growth is told: 1 as the rows do.
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Client } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import * as audit from '../src/audit/audit.ts'
import { stopwatch } from '../src/platform/clock.ts'
import { asDay } from '../src/platform/day.ts'
import { openDatabase } from '../src/platform/db.ts'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import { migrate } from '../src/platform/postgres/migrate.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { setSealingKey } from '../src/platform/sealing/sealing.ts'
import { asSystem, makeOpenWork } from '../src/platform/work.ts'
import { importPersons } from '../src/register/imports/imports.ts'
import * as units from '../src/units/units.ts'
import { synthesise } from '../synth/synth.ts'

const tables = [
  'person',
  'number',
  'number_lookup',
  'old_number',
  'phone',
  'residence',
  'person_scope',
  'household',
  'household_member',
  'kinship',
  'name_word',
  'link_record',
]

const seconds = (elapsed: () => number) => Number((elapsed() / 1000).toFixed(1))
const day = asDay('2023-04-20')
const given = process.argv.slice(2)

/** What was measured: rows, and the seconds of each side. */
type Measured = { readonly rows: number; readonly imported: number; readonly bare: number }
const results: Measured[] = []
if (given.length === 0) results.push(await measure(1_300_000))
for (const one of given) results.push(await measure(Number(one) || one))
const [small, large] = [results[0], results.at(-1)]
if (small && large && large !== small) {
  const growth = (of: 'imported' | 'bare') =>
    Number((Math.log(large[of] / small[of]) / Math.log(large.rows / small.rows)).toFixed(2))
  console.table({ 'exponent of growth': { import: growth('imported'), 'bare COPY and indexes': growth('bare') } })
}

/** A synthetic province of so many people, or a file of persons. */
async function measure(what: number | string): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-bench-'))
  if (typeof what === 'number') await synthesise({ people: what, seed: 7, out: folder, day })
  const file = typeof what === 'number' ? join(folder, 'persons.csv') : what
  setSealingKey(Buffer.alloc(32, 7))
  const postgres = await openPostgres({ dataDir: join(folder, 'data'), purpose: 'bench' })
  try {
    await migrateJobs(postgres.administratorUrl)
    await migrate(postgres.administratorUrl)
    const database = openDatabase(postgres.administratorUrl)
    const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => day })
    await openWork({ ...asSystem('bench'), role: 'maintenance' }, units.loadReference)

    const imported = await measured('import', () => importPersons({ openWork }, file, { onProgress: tell() }))
    const again = await measured('the same file again', () => importPersons({ openWork }, file))
    await database.end()
    const bare = await bareCopy(postgres.administratorUrl, folder)

    console.table({ rows: imported.result.rows, added: imported.result.added, rejected: imported.result.rejected })
    console.log('warnings', imported.result.warnings, 'again', {
      changed: again.result.changed,
      added: again.result.added,
    })
    console.table({
      import: { seconds: imported.seconds, ratio: imported.seconds / bare.whole, peakMB: imported.peakMB },
      'the same file again': { seconds: again.seconds, ratio: again.seconds / bare.whole, peakMB: again.peakMB },
      'bare COPY': { seconds: bare.copy },
      'building indexes': { seconds: bare.indexes },
      'bare COPY and indexes': { seconds: bare.whole, ratio: 1 },
    })
    return { rows: imported.result.rows, imported: imported.seconds, bare: bare.whole }
  } finally {
    await postgres.release()
    await rm(folder, { recursive: true, force: true })
  }
}

function tell() {
  const elapsed = stopwatch()
  let last = ''
  return ({ step, share }: { step: string; share: number }) => {
    const line = `${step} ${Math.floor(share * 20) * 5} %`
    if (line !== last) console.error(seconds(elapsed), line)
    last = line
  }
}

async function measured<T>(what: string, step: () => Promise<T>) {
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 100)
  const elapsed = stopwatch()
  const result = await step()
  clearInterval(watch)
  const took = seconds(elapsed)
  console.error(what, took, 's')
  return { result, seconds: took, peakMB: Math.round(peak / 2 ** 20) }
}

/**
 * The rows as the import left them, written to files, then copied into new tables of the same shape; each in a
 * transaction of its own.
 */
async function bareCopy(url: string, folder: string) {
  const client = new Client({ connectionString: url })
  // A failure below stops the server; what tells is the first error.
  client.on('error', () => {})
  await client.connect()
  await client.query('create schema bare')
  await client.query("set maintenance_work_mem = '384MB'")
  const definitions: string[] = []
  for (const table of tables) {
    await client.query('set role dinhdanh_maintenance')
    await pipeline(
      client.query(copyTo(`copy (select * from register.${table}) to stdout`)),
      createWriteStream(join(folder, `${table}.copy`)),
    )
    await client.query(`reset role; create table bare.${table} (like register.${table} including constraints)`)
    const { rows } = await client.query<{ definition: string }>(
      `select pg_get_indexdef(indexrelid) as definition from pg_index where indrelid = 'register.${table}'::regclass`,
    )
    definitions.push(...rows.map(({ definition }) => definition.replace(' ON register.', ' ON bare.')))
  }

  const elapsed = stopwatch()
  for (const table of tables)
    await pipeline(
      createReadStream(join(folder, `${table}.copy`), { highWaterMark: 1 << 18 }),
      client.query(copyFrom(`copy bare.${table} from stdin`)),
    )
  const copy = seconds(elapsed)
  for (const definition of definitions) await client.query(definition)
  const whole = seconds(elapsed)
  await client.end()
  return { copy, indexes: Number((whole - copy).toFixed(1)), whole }
}
