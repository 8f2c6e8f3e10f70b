// Yes/no checks beside the same work written by hand (token, quota, guard, birth date, one sealed row of history, in
// transactions that requests of one moment share), and beside a ceiling that does nothing of it, in turn in one run;
// batches streamed and sent in pieces, the job killed again and again; and the heap after a while at seven tenths of
// the rate; one caller alone, with what a check costs. node bench/verification.ts [single|alone|batch|job|steady …] ·
// PEOPLE, SECONDS a round, ROUNDS, ROWS of a batch, STEADY seconds (ten minutes: STEADY=600)
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import * as audit from '../src/audit/audit.ts'
import { asDay } from '../src/platform/day.ts'
import { openDatabase } from '../src/platform/db.ts'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import { migrate } from '../src/platform/postgres/migrate.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { setSealingKey } from '../src/platform/sealing/sealing.ts'
import { asSystem, makeOpenWork } from '../src/platform/work.ts'
import * as units from '../src/units/units.ts'
import { aPerson, enterAll } from '../test/builders.ts'
import type { TestHouse } from '../test/house.ts'
import { type Figures, keepAsking } from './houses/keep-asking.ts'

const number = (name: string, usual: number) => Number(process.env[name] ?? usual)
const people = number('PEOPLE', 200_000)
const seconds = number('SECONDS', 4)
const manyRounds = number('ROUNDS', 9)
const rows = number('ROWS', 900_000)
const steady = number('STEADY', 60)
const connections = number('CONNECTIONS', 128)
const parts = process.argv.slice(2)
const wanted = (part: string) => parts.length === 0 || parts.includes(part)

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-verification-'))
setSealingKey(Buffer.alloc(32, 7))
const postgres = await openPostgres({ dataDir: join(folder, 'data'), purpose: 'bench' })
const children: ChildProcess[] = []
const token = randomBytes(32).toString('base64url')
const clientId = 'bench-client'
const origin = 'http://localhost:8080'

type Said = { person_number: string; full_name: string; birth_date: string; sex: string }
let all: Said[] = []

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Ngô']
const middles = ['Thị', 'Văn', 'Minh', 'Ngọc', 'Đức', 'Thu', 'Quang', 'Hải']
const givens = [
  'An',
  'Bình',
  'Hà',
  'Hoà',
  'Hương',
  'Khánh',
  'Linh',
  'Long',
  'Mai',
  'Nam',
  'Phúc',
  'Quyên',
  'Sơn',
  'Thảo',
  'Thuỷ',
  'Tùng',
  'Yến',
]
const of = (list: readonly string[], at: number) => list[at % list.length] ?? ''

async function arrange(owner: Client): Promise<void> {
  await migrateJobs(postgres.administratorUrl)
  await migrate(postgres.administratorUrl)
  const database = openDatabase(postgres.administratorUrl)
  const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => asDay('2023-04-20') })
  await openWork({ ...asSystem('bench'), role: 'maintenance' }, units.loadReference)
  const entered = Array.from({ length: people }, (_, at) =>
    aPerson({
      name: `${of(families, at)} ${of(middles, at * 7)} ${of(givens, at * 13)}`,
      bornOn: `${1990 + (at % 20)}-${String((at % 12) + 1).padStart(2, '0')}-${String((at % 28) + 1).padStart(2, '0')}`,
      sex: at % 2 ? 'F' : 'M',
    }),
  )
  const { rejected } = await enterAll(
    { database, openWork, work: verb => openWork(asSystem('bench'), verb) } as TestHouse,
    entered,
  )
  if (rejected > 0) throw new Error(`${rejected} people were rejected`)
  all = entered.map(({ person_number, full_name, birth_date, sex }) => ({ person_number, full_name, birth_date, sex }))
  await database.end()

  await owner.query('set row_security = off')
  const partyId = randomUUID()
  await owner.query(
    `insert into parties.party (id, name_vi, name_en, kind, basis_text, basis_article, contact_name, contact_email,
          state, registered_by_kind, registered_by_id, registered_at, decided_by_id, decided_at)
     values ($1, 'Đo', 'Bench', 'state-body', 'Quy chế', 'Điều 1', 'Kỹ sư', 'ky.su@thi.example', 'approved', 'officer',
         'x', now(), 'y', now())`,
    [partyId],
  )
  await owner.query(
    `insert into parties.client (client_id, party_id, name, sandbox, state, made_at)
      values ($1, $2, 'x', false, 'active', now())`,
    [clientId, partyId],
  )
  const settings = {
    redirectUris: [],
    postLogoutRedirectUris: [],
    authMethod: 'private_key_jwt',
    grants: ['client_credentials'],
    purposes: [{ scope: 'verification', vi: 'để đo', en: 'to measure', optional: false }],
    fapi: false,
  }
  await owner.query(
    `insert into parties.version (client_id, number, state, settings, made_by_kind, made_by_id, made_at,
          submitted_by_kind, submitted_by_id, submitted_at, decided_by_id, decided_at)
     values ($1, 1, 'in-force', $2, 'officer', 'x', now(), 'officer', 'x', now(), 'y', now())`,
    [clientId, JSON.stringify(settings)],
  )
  await owner.query(
    `insert into parties.quota (client_id, what, per_minute, per_day, set_by_id, set_at)
      values ($1, 'verification', 1000000, 100000000, 'x', now())`,
    [clientId],
  )
  await owner.query(
    `insert into signin.artifact (kind, id_hash, payload, client_id, expires_at)
      values ('ClientCredentials', $1, $2, $3, now() + interval '1 day')`,
    [
      createHash('sha256').update(token).digest(),
      JSON.stringify({ clientId, scope: 'verification', aud: `${origin}/api` }),
      clientId,
    ],
  )
  await owner.query(`create schema bare;
    create table bare.person as select number, person_id, full_name,
      format('%s-%s-%s', birth_y, birth_m, birth_d) as born, sex from register.published_identity;
    alter table bare.person add primary key (number);
    create table bare.note (id uuid primary key, person_id uuid, at timestamptz not null, who text not null);
    create table bare.spent (client_id text, minute timestamptz, count integer not null,
      primary key (client_id, minute));
    create table bare.wrong (client_id text, person_id uuid, day date, wrongs integer not null,
      primary key (client_id, person_id, day));
    create table bare.chain (seal bytea not null);
    insert into bare.chain values ('');`)
  await owner.query('vacuum analyze')
}

async function begin(which: string, ...also: string[]): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(
    process.execPath,
    [new URL('./houses/verification-server.ts', import.meta.url).pathname, which, postgres.administratorUrl, ...also],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  children.push(child)
  if (!child.stdout) throw new Error('no output')
  const [said] = await once(child.stdout, 'data')
  return { child, said: String(said).trim() }
}

let turn = 0
/** One in twenty names another day of birth; those that are asked about are others each time. */
let asked = 0
function request(): string {
  turn += 1
  const one = all[(turn * 7919) % all.length] as Said
  const body = JSON.stringify({
    ...one,
    ...(turn % 20 === Math.floor(turn / all.length) % 20 && { birth_date: '1950-01-01' }),
    purpose: 'verification',
  })
  // As from many machines: no address asks more than a house lets one.
  const from = `10.0.0.${asked++ % 250}`
  return (
    `POST /api/verifications HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: ${from}\r\nauthorization: Bearer ` +
    `${token}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  )
}

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

/** In turns; what is compared with comes first in each. */
const servers = ['ceiling', 'same', 'ours'] as const

type Server = (typeof servers)[number]
type Addresses = Readonly<Record<Server, string>>

type Taken = { readonly cpu: { readonly user: number; readonly system: number }; readonly messages: number }
const takenBy = async (address: string) => (await (await fetch(`${address}/taken`)).json()) as Taken

/** CPU seconds that the database's processes have taken; only Linux tells. */
async function databaseSeconds(owner: Client): Promise<number> {
  const { rows } = await owner.query<{ pid: number }>('select pid from pg_stat_activity')
  const ticks = await Promise.all(
    rows.map(async ({ pid }) => {
      const fields = (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ') ?? []
      return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
    }),
  )
  return ticks.reduce((sum, one) => sum + one, 0) / 100
}

/** What a round showed; of each check: messages to PostgreSQL that are waited for, and CPU microseconds. */
type Round = Figures & { readonly messages: number; readonly server: number; readonly database: number }

/** Asks each server in turn, by so many callers who ask again when there is an answer; a first round warms up. */
async function rounds(
  addresses: Addresses,
  owner: Client,
  callers: number,
  look = (_body: string, _status: number) => {},
) {
  const measured: Record<Server, Round[]> = { ceiling: [], same: [], ours: [] }
  for (let round = 0; round <= manyRounds; round += 1)
    for (const which of servers) {
      const address = addresses[which]
      const [before, taken] = [await takenBy(address), await databaseSeconds(owner)]
      const figures = await keepAsking({
        ...{ address, connections: callers, milliseconds: seconds * 1000, next: request },
        ...(round > 0 && { look }),
      })
      const [after, takenAfter] = [await takenBy(address), await databaseSeconds(owner)]
      const each = (all: number) => all / figures.count
      if (round > 0)
        measured[which].push({
          ...figures,
          messages: each(after.messages - before.messages),
          server: each(after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system),
          database: each((takenAfter - taken) * 1_000_000),
        })
    }
  return measured
}

const hundredths = (value: number) => Number(value.toFixed(2))

function tell(measured: Readonly<Record<Server, readonly Round[]>>, callers: number): void {
  const of = (which: Server, figure: keyof Round) => median(measured[which].map(one => one[figure]))
  console.log(`${callers === 1 ? 'one caller' : `${callers} callers`}, load ${(loadavg()[0] ?? 0).toFixed(1)}`)
  console.table(
    servers.map(which => ({
      which,
      'a second': of(which, 'perSecond'),
      'p50, ms': hundredths(of(which, 'p50')),
      'p99, ms': hundredths(of(which, 'p99')),
      'best p50': Math.min(...measured[which].map(({ p50 }) => p50)),
      messages: hundredths(of(which, 'messages')),
      'CPU µs, server': Math.round(of(which, 'server')),
      'CPU µs, PostgreSQL': Math.round(of(which, 'database')),
      'refused as guesses': measured[which].reduce((sum, { refused }) => sum + refused, 0),
    })),
  )
}

const shareOf = (ratios: readonly number[]) =>
  `${median(ratios).toFixed(2)} (rounds: ${ratios.map(ratio => ratio.toFixed(2)).join(', ')})`

async function single(addresses: Addresses, owner: Client): Promise<number> {
  const refusals = new Map<string, number>()
  const measured = await rounds(addresses, owner, connections, (body, status) => {
    if (status === 200) return
    const why = /"type":"([^"]+)"/.exec(body)?.[1] ?? String(status)
    refusals.set(why, (refusals.get(why) ?? 0) + 1)
  })
  tell(measured, connections)
  if (refusals.size > 0) console.log('refused:', Object.fromEntries(refusals))
  for (const other of ['same', 'ceiling'] as const) {
    const ratios = measured.ours.map(({ perSecond }, at) => perSecond / (measured[other][at]?.perSecond ?? 1))
    console.log(`a second, ours is of ${other}: ${shareOf(ratios)}`)
  }
  return median(measured.ours.map(({ perSecond }) => perSecond))
}

async function alone(addresses: Addresses, owner: Client): Promise<void> {
  // As a server that has served some thousands: one caller alone would leave most of it uncompiled for minutes.
  for (const which of servers)
    await keepAsking({ address: addresses[which], connections, milliseconds: 4000, next: request })
  const measured = await rounds(addresses, owner, 1)
  tell(measured, 1)
  console.log(
    `p50, ours is of same: ${shareOf(measured.ours.map(({ p50 }, at) => p50 / (measured.same[at]?.p50 ?? 1)))}`,
  )
}

const heldBy = async (address: string) => {
  const { heapUsed, external, rss } = (await (await fetch(`${address}/held`)).json()) as {
    heapUsed: number
    external: number
    rss: number
  }
  return {
    heap: Math.round(heapUsed / 1_048_576),
    outside: Math.round(external / 1_048_576),
    rss: Math.round(rss / 1_048_576),
  }
}

/** Of what a house does at most: half by single checks, a fifth by streamed batches. */
const singles = 0.5
const batchOf = 20_000
const eachMilliseconds = 3_000

async function flat(ours: string, rate: number): Promise<void> {
  const steps: object[] = []
  const many = Math.max(3, Math.min(10, Math.floor(steady / 15)))
  for (let step = 0; step < many; step += 1) {
    const ends = performance.now() + (steady / many) * 1000
    const streams = async () => {
      let out = 0
      while (performance.now() < ends) {
        const next = performance.now() + eachMilliseconds
        out += await streamRows(ours, batchOf)
        await setTimeout(Math.max(0, Math.min(next, ends) - performance.now()))
      }
      return out
    }
    const [{ perSecond, p50, p99 }, streamedRows] = await Promise.all([
      keepAsking({
        address: ours,
        connections,
        milliseconds: (steady / many) * 1000,
        rate: rate * singles,
        next: request,
      }),
      streams(),
    ])
    steps.push({
      seconds: Math.round(((step + 1) * steady) / many),
      'a second': perSecond,
      'streamed, a second': Math.round((streamedRows * many) / steady),
      'p50, ms': p50,
      'p99, ms': p99,
      ...(await heldBy(ours)),
    })
  }
  console.table(steps)
}

function* pieces(count: number): Generator<Buffer> {
  let text = ''
  for (let at = 0; at < count; at += 1) {
    text += `${JSON.stringify({ ref: at, ...(all[(at * 7919) % all.length] as Said) })}\n`
    if (text.length > 200_000) {
      yield Buffer.from(text)
      text = ''
    }
  }
  if (text) yield Buffer.from(text)
}

async function* asStream(count: number) {
  yield* pieces(count)
}

const headers = { authorization: `Bearer ${token}` }

/** Streams so many rows in; gives how many came out. */
async function streamRows(ours: string, count: number, look = async (_out: number) => {}): Promise<number> {
  const answer = await fetch(`${ours}/api/verifications/batch?purpose=verification`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-ndjson' },
    body: asStream(count),
    duplex: 'half',
  } as RequestInit)
  let out = 0
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    for (const byte of piece) if (byte === 10) out += 1
    await look(out)
  }
  return out
}

async function streamed(ours: string): Promise<void> {
  const count = Math.min(rows, 400_000)
  const begun = performance.now()
  let looked = 0
  const held: number[] = []
  const out = await streamRows(ours, count, async now => {
    if (now < looked + 100_000) return
    looked = now
    held.push((await heldBy(ours)).heap)
  })
  const took = (performance.now() - begun) / 1000
  console.log(
    `streamed: ${count} rows in, ${out} out, ${Math.round(count / took)} a second; heap after each 100,000, ` +
      `MiB: ${held.join(', ')}`,
  )
}

async function job(ours: string, owner: Client): Promise<void> {
  const id = randomUUID()
  const input = Buffer.concat([...pieces(rows)])
  const put = (path: string, body: string | Buffer, type: string) =>
    fetch(`${ours}/api/verifications/batches/${id}${path}`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': type },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    })
  await put('', JSON.stringify({ purpose: 'verification', format: 'ndjson', bytes: input.length }), 'application/json')
  const sending = performance.now()
  const step = 4 * 1_048_576
  for (let at = 0; at < input.length; at += step) {
    const sent = await put(`/input?offset=${at}`, input.subarray(at, at + step), 'application/octet-stream')
    if (!sent.ok) throw new Error(await sent.text())
  }
  console.log(
    `sent: ${(input.length / 1_048_576).toFixed(0)} MiB in ${((performance.now() - sending) / 1000).toFixed(1)} s`,
  )
  const noted = async () =>
    Number((await owner.query(`select count(*) as n from audit.access where by_kind = 'party'`)).rows[0]?.n)
  const before = await noted()
  const begun = performance.now()
  let kills = 0
  let killedFor = 0
  for (;;) {
    const { child } = await begin('job', id)
    const gone = once(child, 'exit')
    const over =
      kills < 8
        ? await Promise.race([gone.then(() => true), setTimeout(2500 + 700 * kills, false)])
        : await gone.then(() => true)
    if (over) break
    const pause = performance.now()
    child.kill('SIGKILL')
    await gone
    kills += 1
    killedFor += performance.now() - pause
  }
  const took = (performance.now() - begun - killedFor) / 1000
  const answer = await fetch(`${ours}/api/verifications/batches/${id}/result`, { headers })
  const seen = new Uint8Array(rows)
  let [out, rest] = [0, '']
  const decoder = new TextDecoder()
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const { ref } = JSON.parse(line) as { ref: number }
      seen[ref] = (seen[ref] ?? 0) + 1
      out += 1
    }
  }
  console.log(
    `batch of ${rows} rows, killed ${kills} times: ${out} rows out, missing ${seen.filter(n => n === 0).length}` +
      `, twice ${seen.filter(n => n > 1).length}, ` +
      `access rows ${(await noted()) - before}; ${Math.round(rows / took)} a second, the starts of ` +
      `${kills + 1} processes and what was undone included`,
  )
}

const owner = new Client({ connectionString: postgres.administratorUrl })
try {
  await owner.connect()
  await arrange(owner)
  const { said: ours } = await begin('ours')
  const { said: same } = await begin('same')
  const { said: ceiling } = await begin('ceiling')
  const rate = wanted('single') || wanted('steady') ? await single({ ceiling, same, ours }, owner) : 0
  if (wanted('single') || wanted('alone')) await alone({ ceiling, same, ours }, owner)
  if (wanted('batch')) await streamed(ours)
  if (wanted('job')) await job(ours, owner)
  if (wanted('steady')) await flat(ours, rate)
} finally {
  for (const child of children) child.kill('SIGKILL')
  await owner.end()
  await postgres.release()
  await rm(folder, { recursive: true, force: true })
}
