// The province that statistics are measured on, and what the measuring needs: random choices by a seed, events,
// percentiles, the facts as files.
import { createWriteStream } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import * as accounts from '../../src/accounts/accounts.ts'
import * as audit from '../../src/audit/audit.ts'
import { stopwatch } from '../../src/platform/clock.ts'
import { addDays, asDay } from '../../src/platform/day.ts'
import { openDatabase } from '../../src/platform/db.ts'
import type { Id } from '../../src/platform/ids.ts'
import { migrateJobs } from '../../src/platform/jobs/jobs.ts'
import { migrate } from '../../src/platform/postgres/migrate.ts'
import { openPostgres } from '../../src/platform/postgres/postgres.ts'
import { asSystem, makeOpenWork, type Work } from '../../src/platform/work.ts'

export const day = asDay('2023-04-20')
const folder = process.env['DATA']
if (!folder) throw new Error('DATA=FOLDER, which bench/needs.ts filled')

const postgres = await openPostgres({ dataDir: join(folder, 'data'), purpose: 'bench' })
await migrateJobs(postgres.administratorUrl)
await migrate(postgres.administratorUrl)
const database = openDatabase(postgres.administratorUrl, { connections: 20 })
let today = day
export const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => today })
/** The house's day from now on. */
export const setDay = (to: string) => {
  today = asDay(to)
}

export async function closeBench(): Promise<void> {
  await database.end()
  await postgres.release()
}

/** The owner's own eyes. */
export async function postgresAgain(text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: postgres.administratorUrl })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** Mulberry32: the same choices each run. */
let state = Number(process.env['SEED'] ?? 20230420)
export function random(): number {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

export const addDay = (from: string, days: number) => addDays(asDay(from), days)

export async function timed<T>(what: string, step: () => Promise<T>): Promise<T> {
  const elapsed = stopwatch()
  const result = await step()
  console.log(what, (elapsed() / 1000).toFixed(1), 's')
  return result
}

/** How long a work takes, in milliseconds. */
export async function inBench(verb: (work: Work) => Promise<unknown>): Promise<number> {
  const elapsed = stopwatch()
  await openWork(asSystem('bench'), verb)
  return elapsed()
}

export function percentiles(times: number[]) {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95), worst: at(1) }
}

/** Persons without an account get one that was activated on one of ninety days, as an extract of the day. */
export async function makeEvents(count: number): Promise<void> {
  const people = await postgresAgain(`
    select n.number from register.number n
    where n.state = 'in-force' and not exists (select from accounts.account a where a.person_id = n.person_id)
    order by md5(n.number) limit ${count}`)
  function* lines() {
    yield 'person_number,level,state,phone,approved_at,activated_at\n'
    for (const { number } of people) {
      const activated = addDay('2023-01-20', Math.floor(random() * 90))
      yield `${number},2,activated,,${addDays(activated, -1)},${activated}\n`
    }
  }
  await accounts.importAccounts(openWork, { ...asSystem('bench'), role: 'maintenance' }, Readable.from(lines()))
}

/**
 * The facts, as they stand in the tables, written out for another program to count: who lives where, who was born when,
 * what moved when, which unit is which.
 */
export async function factsOf(campaignId: Id<'campaign'>): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'dinhdanh-facts-'))
  const files = {
    person: 'select person_id, birth_y, birth_m, birth_d, life_status from register.person',
    residence: `select person_id, unit_id, from_on, to_on from register.residence where kind = 'permanent'`,
    number: 'select person_id, state, from_on from register.number',
    card: 'select person_id, id, state, issued_on, expires_on from cards.card',
    card_move: 'select person_id, card_id, state, on_day, at from cards.transition',
    account: `select person_id, id, level, state, (approved_at at time zone 'Asia/Ho_Chi_Minh')::date as approved_on,
              (activated_at at time zone 'Asia/Ho_Chi_Minh')::date as activated_on from accounts.account`,
    account_move: 'select person_id, account_id, state, level, on_day, at from accounts.transition',
    band: `select band, born_from, born_to from campaign.band where campaign_id = '${campaignId}' and cohort >= 0`,
    unit: 'select id, code, level, parent_code, valid_from, valid_to from units.unit',
    succession: 'select old_id, new_id, effective_on from units.succession',
  }
  const client = new pg.Client({ connectionString: postgres.administratorUrl })
  await client.connect()
  try {
    for (const [name, query] of Object.entries(files))
      await pipeline(
        client.query(copyTo(`copy (${query}) to stdout with (format csv, header)`)),
        createWriteStream(join(out, `${name}.csv`)),
      )
  } finally {
    await client.end()
  }
  return out
}
