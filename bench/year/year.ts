// A year of an installation, written with the clock moved: how large it becomes, how long the record of deeds takes to
// verify, and how long a backup and its restore take. npm run year [idle|busy …] writes what one in FACTOR (20) of a
// province's people and officers leave behind, sealed month by month as the program seals it, and prints the sizes of
// the whole. What is written is what grows: readings, their entries, deeds, messages, sign-ins; the register, which
// does not grow with time, is not. Only what the program deletes within the year is left out.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { sealMonths, verifyAudit } from '../../src/audit/audit.ts'
import { chainOf, firstSeal, type SealedDeed, sealOf } from '../../src/audit/deed.ts'
import { type AccessRow, digestOf, entryChainOf, macOfEntry, sealOfEntry } from '../../src/audit/entry.ts'
import { verificationOf } from '../../src/audit-verification.ts'
import type { House } from '../../src/open-house.ts'
import { stopwatch } from '../../src/platform/clock.ts'
import { addDays, asDay, beginOf, type Day, weekday } from '../../src/platform/day.ts'
import { type Id, newId } from '../../src/platform/ids.ts'
import { openPostgres } from '../../src/platform/postgres/postgres.ts'
import { openProvince, system } from '../houses/made-province.ts'

const factor = Number(process.env['FACTOR'] ?? 20)
const begin = asDay('2025-01-01')
const end = asDay('2026-01-01')

/** What a province of 1.3 million people with 500 officers leaves behind on a working day. */
type Volumes = {
  /** Works in which officers read somebody, and how many people each: a record alone, or a page of a list. */
  readonly reads: number
  readonly peopleARead: number
  /** Sign-ins of citizens, each with a reading of what a party was told, and checks by parties. */
  readonly signIns: number
  readonly checks: number
  readonly deeds: number
  readonly messages: number
}

const volumes: Readonly<Record<string, Volumes>> = {
  // Each officer opens ten records or lists a day; cards end, people move, and few accounts are used.
  idle: { reads: 5_000, peopleARead: 3, signIns: 3_000, checks: 1_000, deeds: 1_500, messages: 200 },
  // A campaign that brings 120,000 accounts: forty records or lists an officer, twelve deeds an account and card.
  busy: { reads: 20_000, peopleARead: 6, signIns: 12_000, checks: 4_000, deeds: 12_000, messages: 3_000 },
}

const uuid = () => newId<'person'>()
const people = Array.from({ length: Math.round(1_300_000 / factor) }, uuid)
const units = Array.from({ length: 129 }, uuid)
const officers = Array.from({ length: Math.max(5, Math.round(500 / factor)) }, uuid)
const one = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T

type Heads = Map<number, { seq: number; seal: Buffer }>

/** What is written of a day, in the order of its moments. */
type Written = { readonly readings: AccessRow[]; readonly entries: unknown[][]; readonly deeds: unknown[][] }

const headOf = (heads: Heads, chain: number) => heads.get(chain) ?? { seq: 0, seal: firstSeal }

function addReadings(into: Written, heads: Heads, at: Date, by: 'officer' | 'party' | 'citizen', count: number): void {
  const workId = newId<'work'>(at)
  const byId = one(officers)
  const rows = Array.from(
    { length: count },
    (_, nth): AccessRow => ({
      ...{
        person_id: one(people),
        id: newId<'access'>(at),
        batch_id: workId,
        place: nth + 1,
        at,
        by_kind: by,
        by_id: byId,
      },
      ...{
        unit_id: by === 'officer' ? (one(units) as never) : null,
        purpose: by === 'officer' ? 'campaign' : 'sign-in',
      },
      ...{ fields: 'identity,contact,residence', request_id: newId<'request'>(at), case_kind: null, case_id: null },
    }),
  )
  const chain = entryChainOf(workId)
  const { seq, seal } = headOf(heads, chain)
  const made = { workId, at, count, digest: digestOf(rows) }
  const entry = { chain, seq: seq + 1, ...made, mac: macOfEntry(made), seal: Buffer.alloc(0) }
  const sealed = sealOfEntry(seal, entry)
  heads.set(chain, { seq: seq + 1, seal: sealed })
  into.readings.push(...rows)
  into.entries.push([chain, seq + 1, workId, at, count, entry.digest, entry.mac, sealed])
}

const deedNames = ['application.moved', 'card.transitioned', 'account.activated', 'message.queued', 'card.handed-over']

function addDeed(into: Written, heads: Heads, at: Date, day: Day): void {
  const workId = newId<'work'>(at)
  const chain = chainOf(workId)
  const { seq, seal } = headOf(heads, chain)
  const deed: SealedDeed = {
    ...{ chain, seq: seq + 1, id: newId<'deed'>(at), workId, at, day, byKind: 'officer', byId: one(officers) },
    ...{ onBehalfOf: null, purpose: 'application', deed: one(deedNames), subjectKind: 'application' },
    ...{ subjectId: uuid(), personId: one(people), unitId: one(units) as unknown as Id<'unit'> },
    facts: { from: 'checked', to: 'approved', batchId: uuid(), reason: 'first-issue' },
  }
  const sealed = sealOf(seal, deed)
  heads.set(chain, { seq: seq + 1, seal: sealed })
  const { id, byKind, byId, purpose, deed: name, subjectKind, subjectId, personId, unitId, facts } = deed
  into.deeds.push([chain, seq + 1, id, workId, at, day, byKind, byId, null, purpose, name, subjectKind, subjectId])
  into.deeds.at(-1)?.push(personId, unitId, JSON.stringify(facts), sealed)
}

/** One value as COPY reads it. */
function copied(value: unknown): string {
  if (value === null) return '\\N'
  if (value instanceof Date) return value.toISOString()
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  return String(value).replaceAll('\\', '\\\\')
}

async function copy(client: pg.Client, table: string, columns: string, rows: readonly unknown[][]): Promise<void> {
  const lines = function* () {
    for (const row of rows) yield `${row.map(copied).join('\t')}\n`
  }
  await pipeline(lines, client.query(copyFrom(`copy ${table} (${columns}) from stdin`)))
}

const accessColumns = [
  ...['person_id', 'id', 'batch_id', 'place', 'at', 'by_kind', 'by_id', 'unit_id', 'purpose', 'fields', 'request_id'],
  ...['case_kind', 'case_id'],
] as const

/** Messages and sign-ins of a day: no seal is over them, so the database writes them by itself. */
async function writeOthers(client: pg.Client, day: Day, { messages, signIns }: Volumes): Promise<void> {
  const of = (n: number) => `generate_series(1, ${Math.round(n / factor)}) as n`
  const some = people.slice(0, 5000)
  const somebody = `('{${some.join(',')}}'::uuid[])[1 + floor(random() * ${some.length})::int]`
  const moment = `timestamptz '${beginOf(day).toISOString()}' + interval '8 hours' + random() * interval '10 hours'`
  await client.query(`
    with sent as (
      insert into outreach.message (person_id, id, template, language, about_kind, about_id, recipient, address,
        subject, body, state, attempts, tries, queued_at, ended_at, queued_on)
      select ${somebody}, gen_random_uuid(), 'need-reminder', 'vi', 'person', gen_random_uuid(), 'phone',
        '+84912345678', 'Làm thẻ căn cước', repeat('Công an xã mời ông/bà đến làm thẻ căn cước. ', 6),
        'delivered', 1, 1, at, at + interval '1 minute', '${day}'
        from ${of(messages)}, lateral (select ${moment} as at where n > 0) as moment
      returning person_id, id, queued_at
    ), known as (insert into outreach.message_lookup (key, message_id) select 'need|' || id, id from sent)
    insert into outreach.attempt (person_id, message_id, number, via, begun_at, ended_at, outcome, begun_on)
    select person_id, id, 1, 'smpp', queued_at, queued_at + interval '1 minute', 'accepted', '${day}' from sent`)
  await client.query(`
    with began as (
      insert into signin.session (person_id, id, account_id, token_hash, factors, browser, began_at, seen_at, ends_at,
        ended_at, ended_why)
      select ${somebody}, gen_random_uuid(), gen_random_uuid(), sha256(gen_random_uuid()::text::bytea),
        '[{"kind":"passcode","at":"2025-01-01T00:00:00Z"},{"kind":"device","at":"2025-01-01T00:00:00Z"}]',
        'Chrome trên Android', at, at, at + interval '12 hours', at + interval '30 minutes', 'idle'
      from ${of(signIns)}, lateral (select ${moment} as at where n > 0) as moment
      returning person_id, id, began_at
    )
    insert into signin.visit (person_id, id, client_id, party_id, at, level, strength, scopes)
    select person_id, id, 'exam-registration', gen_random_uuid(), began_at, 2, 1, '{openid,profile}' from began`)
}

/** How much of a working day's volume another day has: Saturdays and Sundays belong to citizens. */
const shareOf = (day: Day) => (weekday(day) >= 6 ? { officers: 0.05, citizens: 0.6 } : { officers: 1, citizens: 1 })

async function writeDay(client: pg.Client, heads: Heads, day: Day, given: Volumes): Promise<void> {
  const { officers: busy, citizens } = shareOf(day)
  const into: Written = { readings: [], entries: [], deeds: [] }
  const counts = {
    reads: Math.round((given.reads * busy) / factor),
    signIns: Math.round((given.signIns * citizens) / factor),
    checks: Math.round((given.checks * busy) / factor),
    deeds: Math.round((given.deeds * busy) / factor),
  }
  const kinds = Object.entries(counts).flatMap(([kind, n]) => Array.from({ length: n }, () => kind))
  kinds.sort(() => Math.random() - 0.5)
  const start = beginOf(day).getTime() + 8 * 3_600_000
  for (const [nth, kind] of kinds.entries()) {
    const at = new Date(start + Math.floor((nth * 9 * 3_600_000) / kinds.length))
    if (kind === 'deeds') addDeed(into, heads, at, day)
    else if (kind === 'reads') {
      const among = 1 + Math.floor(Math.random() * (2 * given.peopleARead - 1))
      addReadings(into, heads, at, 'officer', among)
    } else addReadings(into, heads, at, 'party', 1)
  }
  const rows = into.readings.map(row => accessColumns.map(column => row[column]))
  await copy(client, 'audit.access', accessColumns.join(', '), rows)
  await copy(client, 'audit.reading_entry', 'chain, seq, work_id, at, count, digest, mac, seal', into.entries)
  await copy(
    client,
    'audit.deed',
    'chain, seq, id, work_id, at, day, by_kind, by_id, on_behalf_of, purpose, deed, subject_kind, subject_id, ' +
      'person_id, unit_id, facts, seal',
    into.deeds,
  )
  const share = { ...given, messages: given.messages * busy, signIns: given.signIns * citizens }
  await writeOthers(client, day, share)
}

async function readHeads(client: pg.Client, heads: Heads): Promise<void> {
  const { rows } = await client.query<{ chain: number; seq: string; seal: Buffer }>('select * from audit.head')
  for (const { chain, seq, seal } of rows) heads.set(chain, { seq: Number(seq), seal })
}

async function writeHeads(client: pg.Client, heads: Heads): Promise<void> {
  for (const [chain, { seq, seal }] of heads)
    await client.query('update audit.head set seq = $2, seal = $3 where chain = $1', [chain, seq, seal])
}

async function writeYear(house: House, client: pg.Client, given: Volumes): Promise<void> {
  const heads: Heads = new Map()
  const signer = { house: house.record().id, key: house.signingKey() }
  // What the installation did today, at its making, goes: it would stand before the year.
  await client.query(`truncate audit.deed, audit.access, audit.reading_entry;
    update audit.head set seq = 0, seal = decode(repeat('00', 32), 'hex')`)
  await client.query(
    `select platform.make_months('audit.access',
       array(select m::date from generate_series($1::date, $2::date, interval '1 month') m))`,
    [begin, end],
  )
  for (let day = begin; day < end; day = addDays(day, 1)) {
    await writeDay(client, heads, day, given)
    if (!addDays(day, 1).endsWith('-01')) continue
    await writeHeads(client, heads)
    const at = new Date(beginOf(addDays(day, 1)).getTime() + 3_600_000)
    await house.openWork({ ...system, role: 'maintenance' }, work =>
      sealMonths(Object.assign(work, { now: at, id: newId<'work'>(at) }), signer),
    )
    await readHeads(client, heads)
    console.error(day)
  }
  await client.query('vacuum analyze')
}

const grown = `audit.access, audit.reading_entry, audit.deed, outreach.message, outreach.message_lookup,
  outreach.attempt, signin.session, signin.visit`.split(/,\s+/)

async function sizesOf(client: pg.Client) {
  const sizes: Record<string, { rows: number; bytes: number; tableBytes: number }> = {}
  for (const table of grown) {
    const { rows } = await client.query<{ rows: number; bytes: number; tableBytes: number }>(`
      with part as (
        select '${table}'::regclass as id
        union all select inhrelid from pg_inherits where inhparent = '${table}'::regclass
      )
      select (select count(*)::float8 from ${table}) as rows, sum(pg_total_relation_size(id))::float8 as bytes,
        sum(pg_table_size(id))::float8 as "tableBytes" from part`)
    sizes[table] = rows[0] as never
  }
  return sizes
}

async function timed<T>(step: () => Promise<T>): Promise<{ seconds: number; given: T }> {
  const elapsed = stopwatch()
  const given = await step()
  return { seconds: elapsed() / 1000, given }
}

const command = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, ['bin/dinhdanh', ...args], { maxBuffer: 1 << 26 })

const mb = (bytes: number) => Math.round(bytes / 1e6).toLocaleString('en')
const millions = (n: number) => (n / 1e6).toFixed(2)

async function tellYear(kind: string, given: Volumes): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-year-'))
  const [data, file, paper] = [join(folder, 'data'), join(folder, 'backup'), join(folder, 'paper.txt')]
  try {
    const house = await openProvince(data)
    const postgres = await openPostgres({ dataDir: data, purpose: 'bench' })
    const client = new pg.Client({ connectionString: postgres.administratorUrl })
    await client.connect()
    const written = await timed(() => writeYear(house, client, given))
    const sizes = await sizesOf(client)
    const asked = await verificationOf(house)
    const verify = (month?: string) =>
      timed(async () => {
        const what = {
          keys: asked.keys,
          entriesAre: asked.entriesAre ?? 'ours',
          ...(month && { month: month as never }),
        }
        return house.openWork({ ...system, sees: 'one-moment' }, work => verifyAudit(work, what as never))
      })
    const [whole, month] = [await verify(), await verify('2025-10')]
    if (whole.given.findings.length > 0) throw new Error(JSON.stringify(whole.given.findings.slice(0, 3)))
    await client.end()
    await postgres.release()
    await house.close()
    const fingerprint = JSON.parse((await command('key', 'paper', paper, '--data', data, '--json')).stdout)
    const backup = await timed(() => command('backup', file, '--data', data))
    const bytes = (await stat(file)).size
    const restore = await timed(() =>
      command(
        ...['restore', file, '--data', join(folder, 'new'), '--identity', paper, '--signed-by'],
        ...[String(fingerprint.fingerprint), '--no-journal', '--without-sealing-key'],
      ),
    )
    console.log(`\n${kind}: one in ${factor}, written in ${written.seconds.toFixed(0)} s`)
    for (const [table, { rows, bytes: all, tableBytes }] of Object.entries(sizes))
      console.log(
        `| \`${table}\` | ${millions(rows)} | ${mb(all)} | ${millions(rows * factor)} | ${mb(all * factor)} | ` +
          `${mb((all - tableBytes) * factor)} |`,
      )
    const total = Object.values(sizes).reduce((sum, size) => sum + size.bytes, 0)
    console.log(`| all | | ${mb(total)} | | ${mb(total * factor)} | |`)
    const { deeds, entries, readings } = whole.given
    console.log(`verify: ${whole.seconds.toFixed(1)} s of ${deeds} deeds, ${entries} entries, ${readings} readings`)
    console.log(`verify one month: ${month.seconds.toFixed(1)} s of ${month.given.readings} readings`)
    console.log(`backup: ${backup.seconds.toFixed(1)} s, ${mb(bytes)} MB; restore: ${restore.seconds.toFixed(1)} s`)
    console.log(`load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors`)
  } catch (error) {
    // Before the folder goes, beneath a database that may still run.
    console.error(error)
    process.exitCode = 1
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

for (const kind of process.argv.length > 2 ? process.argv.slice(2) : ['idle', 'busy']) {
  const given = volumes[kind]
  if (!given) throw new Error(`there is a year of ${Object.keys(volumes).join(' and of ')}, and none of ${kind}`)
  await tellYear(kind, given)
}
