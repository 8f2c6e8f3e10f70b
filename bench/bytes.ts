// What a province takes on the disk, by table, and what ten years of deeds add. DATA=FOLDER node bench/bytes.ts tells
// of a folder that bench/needs.ts filled; then the steps of cards and accounts are gone through by the verbs of the
// program in a database of its own, and a synthetic season says how often each happens. LIVES=400 are gone through.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import * as accounts from '../src/accounts/accounts.ts'
import * as audit from '../src/audit/audit.ts'
import { readCsv } from '../src/platform/csv/read-csv.ts'
import { asDay } from '../src/platform/day.ts'
import { openDatabase } from '../src/platform/db.ts'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import { migrate } from '../src/platform/postgres/migrate.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { setSealingKey } from '../src/platform/sealing/sealing.ts'
import { asSystem, makeOpenWork } from '../src/platform/work.ts'
import * as register from '../src/register/register.ts'
import * as units from '../src/units/units.ts'
import { synthesise } from '../synth/synth.ts'
import { aCard } from '../test/a-card.ts'
import { aPhone } from '../test/an-account.ts'
import { aPerson, asPersonsCsv } from '../test/builders.ts'

const day = asDay('2023-04-20')
const lives = Number(process.env['LIVES'] ?? 400)
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-bench-'))

type TableSize = { readonly table: string; readonly rows: number; readonly heap: number; readonly indexes: number }

/** The owner's own eyes. */
async function sizesIn(url: string): Promise<TableSize[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('vacuum analyze')
    const { rows } = await client.query<Record<'table' | 'rows' | 'heap' | 'indexes', string>>(
      `select n.nspname || '.' || c.relname as "table", greatest(c.reltuples, 0)::bigint as rows,
         pg_table_size(c.oid) as heap, pg_indexes_size(c.oid) as indexes
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'm') and n.nspname !~ '^(pg_|information_schema)'
       order by pg_total_relation_size(c.oid) desc`,
    )
    return rows.map(({ table, ...sizes }) => ({
      table,
      rows: Number(sizes.rows),
      heap: Number(sizes.heap),
      indexes: Number(sizes.indexes),
    }))
  } finally {
    await client.end()
  }
}

async function ofProvince(data: string) {
  const postgres = await openPostgres({ dataDir: join(data, 'data'), purpose: 'bench' })
  try {
    const sizes = await sizesIn(postgres.administratorUrl)
    const people = sizes.find(({ table }) => table === 'register.person')?.rows ?? 1
    const all = sizes.reduce((sum, { heap, indexes }) => sum + heap + indexes, 0)
    const [larger, smaller] = Object.values(
      Object.groupBy(sizes, ({ heap, indexes }) => (heap + indexes >= 10 * people ? 'larger' : 'smaller')),
    )
    console.log(`\n${people} people, ${(all / people).toFixed(0)} bytes each\n`)
    console.table(
      (larger ?? []).map(({ table, rows, heap, indexes }) => ({
        table,
        rows,
        'bytes a person': Math.round((heap + indexes) / people),
        'of them indexes': Math.round(indexes / people),
        'bytes a row': Math.round((heap + indexes) / Math.max(1, rows)),
      })),
    )
    const rest = (smaller ?? []).reduce((sum, { heap, indexes }) => sum + heap + indexes, 0)
    console.log(`${smaller?.length ?? 0} tables below 10 bytes a person: ${(rest / people).toFixed(1)} in all`)
  } finally {
    await postgres.release()
  }
}

/** What one of each step adds, by table. */
type Step = { readonly step: string; readonly bytes: number; readonly byTable: ReadonlyMap<string, number> }

async function stepsOfLives(): Promise<Step[]> {
  setSealingKey(Buffer.alloc(32, 7))
  const postgres = await openPostgres({ dataDir: join(folder, 'lives'), purpose: 'bench', durable: false })
  const database = openDatabase(postgres.administratorUrl, { connections: 4 })
  const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => day })
  try {
    await migrateJobs(postgres.administratorUrl)
    await migrate(postgres.administratorUrl)
    await openWork({ ...asSystem('bench'), role: 'maintenance' }, work => units.loadReference(work))
    const people = Array.from({ length: lives }, (_, n) =>
      aPerson({ person_number: `022205${String(n).padStart(6, '0')}` }),
    )
    await register.importPersons({ openWork }, asPersonsCsv(people))
    const ids = await openWork(asSystem('bench'), ({ tx }) =>
      tx
        .selectFrom('register.person')
        .select('person_id')
        .execute()
        .then(rows => rows.map(one => one.person_id)),
    )
    const ward = await openWork(asSystem('bench'), async work => {
      const unit = await units.findUnitOn(work, people[0]?.residence_unit ?? '', day)
      if (!unit) throw new Error('the people live nowhere')
      return unit.id
    })
    const standing = {
      by: { kind: 'officer', id: '01990000-0000-7000-8000-000000000001' } as const,
      unitId: ward,
      scope: { units: [ward] },
      purpose: 'bench',
    }
    const another = { ...standing, by: { kind: 'officer', id: '01990000-0000-7000-8000-000000000002' } as const }
    const inHand = new Map<string, Awaited<ReturnType<typeof accounts.request>>['id']>()
    const steps: readonly (readonly [string, (personId: (typeof ids)[number]) => Promise<unknown>])[] = [
      ['a card, from the application to the hand', id => aCard({ openWork, standing }, id, 'handed-over')],
      [
        'an account asked for',
        async id => {
          const asked = await openWork(standing, work => accounts.request(work, id, { level: 1, phone: aPhone() }))
          inHand.set(id, asked.id)
        },
      ],
      ['an account approved', id => openWork(another, work => accounts.approve(work, inHand.get(id) as never))],
      [
        'an account activated',
        id => openWork(asSystem('bench'), work => accounts.activate(work, inHand.get(id) as never)),
      ],
      [
        'a record read by an officer',
        id => openWork(standing, work => audit.noteReading(work, [id], ['name', 'birth', 'residence'])),
      ],
    ]
    const found: Step[] = []
    let before = await sizesIn(postgres.administratorUrl)
    for (const [step, once] of steps) {
      for (const id of ids) await once(id)
      const after = await sizesIn(postgres.administratorUrl)
      const byTable = new Map<string, number>()
      for (const { table, heap, indexes } of after) {
        const was = before.find(one => one.table === table)
        const grown = heap + indexes - (was ? was.heap + was.indexes : 0)
        if (grown > 0) byTable.set(table, grown / ids.length)
      }
      found.push({ step, bytes: [...byTable.values()].reduce((sum, bytes) => sum + bytes, 0), byTable })
      before = after
    }
    return found
  } finally {
    await database.end()
    await postgres.release()
  }
}

/** How often each step happened in the days of a season, and of how many people. */
async function countsOfSeason() {
  const [out, people] = [join(folder, 'season'), 20_000]
  await synthesise({ people, seed: 7, out, day, seasonUntil: day })
  let [first, last] = ['9999-12-31', '0000-01-01']
  const count = async (file: string, state: string) => {
    let found = 0
    for await (const { values } of readCsv(join(out, 'season', file))) {
      if (!values) continue
      const on = values['day'] ?? ''
      if (on < first) first = on
      if (on > last) last = on
      if (values['state'] === state) found++
    }
    return found
  }
  const counts = {
    card: await count('card-moves.csv', 'handed-over'),
    requested: await count('account-moves.csv', 'requested'),
    approved: await count('account-moves.csv', 'approved'),
    activated: await count('account-moves.csv', 'activated'),
  }
  return { people, days: (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1, counts }
}

const province = { people: 1_300_000, years: 10 }

/** As if a season never ended: the most that ten years can be. */
async function tellTenYears(steps: readonly Step[]) {
  const { people, days, counts } = await countsOfSeason()
  const times = (province.people / people) * ((365.25 * province.years) / days)
  const [card, requested, approved, activated, reading] = steps
  const lines = [
    [card, counts.card],
    [requested, counts.requested],
    [approved, counts.approved],
    [activated, counts.activated],
    // Each of these was preceded by a look at the person's record.
    [reading, counts.card + counts.requested + counts.approved + counts.activated],
  ] as const
  const all = lines.reduce((sum, [step, count]) => sum + (step?.bytes ?? 0) * count * times, 0)
  console.log(`\nTen years of ${province.people} people at the pace of ${days} days of a season of ${people}`)
  console.table(
    lines.map(([step, count]) => ({
      step: step?.step,
      'in the season': count,
      'millions in ten years': Number(((count * times) / 1e6).toFixed(1)),
      GB: Number((((step?.bytes ?? 0) * count * times) / 1e9).toFixed(1)),
    })),
  )
  console.log(`${(all / 1e9).toFixed(0)} GB in all, ${(all / province.people).toFixed(0)} bytes a person`)
}

try {
  if (process.env['DATA']) await ofProvince(process.env['DATA'])
  const steps = await stepsOfLives()
  console.log(`\nWhat one of each adds, ${lives} gone through`)
  for (const { step, bytes, byTable } of steps) {
    const parts = [...byTable].sort((a, b) => b[1] - a[1]).map(([table, size]) => `${table} ${size.toFixed(0)}`)
    console.log(`${bytes.toFixed(0).padStart(7)}  ${step}: ${parts.slice(0, 8).join(', ')}`)
  }
  await tellTenYears(steps)
} finally {
  await rm(folder, { recursive: true, force: true })
}
