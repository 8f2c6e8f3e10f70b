// Bookings a second, and the processor time of each, where many ask at once: by the verbs, each in a work of its own,
// with the deeds sealed and the messages queued; then over HTTP, 2,000 families behind their links who ask a whole
// server for 1,900 places at once, and come again when they are told to. node bench/appointments.ts
// ASKED=20000 and LANES=16 change the first, FAMILIES=2000 the second; HTTP=only leaves the first out.
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { CompiledQuery } from 'kysely'
import * as audit from '../src/audit/audit.ts'
import * as planning from '../src/planning/planning.ts'
import { stopwatch } from '../src/platform/clock.ts'
import { asDay } from '../src/platform/day.ts'
import { openDatabase } from '../src/platform/db.ts'
import { newId } from '../src/platform/ids.ts'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import { migrate } from '../src/platform/postgres/migrate.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { setSealingKey } from '../src/platform/sealing/sealing.ts'
import { asSystem, makeOpenWork } from '../src/platform/work.ts'
import { importPersons } from '../src/register/imports/imports.ts'
import * as units from '../src/units/units.ts'
import { aPerson, asPersonsCsv } from '../test/builders.ts'
import { askAtOnce, openFamilyLinks, openPages, type RushAnswers, type RushingFamily } from '../test/family-rush.ts'

const day = asDay('2023-04-20')
const communeCode = '06697'
const asked = Number(process.env['ASKED'] ?? 5000)
const lanes = Number(process.env['LANES'] ?? 16)

type OpenWork = ReturnType<typeof makeOpenWork>

type RushOrder = {
  readonly origin: string
  readonly families: readonly RushingFamily[]
  readonly slots: readonly string[]
}

/** What this thread has used of the processors. */
function threadSeconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e6
}

async function measureVerbs() {
  setSealingKey(Buffer.alloc(32, 7))
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-bench-'))
  const postgres = await openPostgres({ dataDir: join(folder, 'data'), purpose: 'bench' })
  const database = openDatabase(postgres.administratorUrl, { connections: lanes })
  const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => day })
  try {
    await migrateJobs(postgres.administratorUrl)
    await migrate(postgres.administratorUrl)
    await measure(openWork)
  } finally {
    await database.end()
    await postgres.release()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A counter with as many desks as leave one place in twenty missing. */
async function aCounter(openWork: OpenWork) {
  await openWork({ ...asSystem('bench'), role: 'maintenance' }, units.loadReference)
  return openWork(asSystem('bench'), async work => {
    const ward = await units.findUnitOn(work, communeCode, day)
    if (!ward) throw new Error('the official tables have no such ward')
    const hours = { opensAt: planning.asHour('07:00'), closesAt: planning.asHour('17:30') }
    const site = await planning.createSite(work, {
      kind: 'counter',
      unitId: ward.id,
      name: 'Bộ phận tiếp nhận',
      ...hours,
    })
    const set = (desks: number) =>
      planning.setCounter(work, site.id, {
        desks: Array.from({ length: desks }, (_, n) => ({ number: n + 1, services: ['A'], isOpen: true })),
        minutes: { A: 20 },
        walkInPercent: 0,
      })
    await set(1)
    const [offer] = await planning.offerOf(work, { siteId: site.id, service: 'A' })
    const slots = offer?.days.flatMap(one => one.slots) ?? []
    await set(Math.min(99, Math.floor((asked * 0.95) / slots.length)))
    return slots
  })
}

async function measure(openWork: OpenWork) {
  const slots = await aCounter(openWork)
  const line = Array.from({ length: asked }, (_, n) => slots[n % slots.length]).values()
  const counts = { booked: 0, full: 0 }
  const elapsed = stopwatch()
  const before = process.cpuUsage()
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const slot of line) {
        if (!slot) continue
        const personId = newId<'person'>()
        const { is } = await openWork(asSystem('own-page'), work =>
          planning.book(work, { personId, slot, service: 'A', by: 'person' }),
        )
        if (is === 'booked') counts.booked += 1
        if (is === 'full') counts.full += 1
      }
    }),
  )
  const seconds = elapsed() / 1000
  const { user, system } = process.cpuUsage(before)
  console.log(
    JSON.stringify({
      asked,
      lanes,
      ...counts,
      seconds: Number(seconds.toFixed(1)),
      bookingsASecond: Math.round(counts.booked / seconds),
      processorMillisecondsEach: Number(((user + system) / 1000 / asked).toFixed(2)),
    }),
  )
}

/** What the kernel says of a process, from its state on. */
const statOf = (id: string) => {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/** Seconds of the processors that a process and those that it began have used. */
function secondsOf(pid: number): number {
  const ticks = (fields: readonly string[], from: number, to: number) =>
    fields.slice(from, to).reduce((sum, field) => sum + Number(field), 0)
  const own = statOf(String(pid))
  // Those that have ended are counted with the process that began them.
  const ended = own ? ticks(own, 11, 15) : 0
  const children = readdirSync('/proc')
    .filter(id => /^\d+$/.test(id))
    .map(statOf)
    .filter(fields => fields?.[1] === String(pid))
    .reduce((sum, fields) => sum + ticks(fields ?? [], 11, 13), 0)
  return (ended + children) / 100
}

async function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function measureHttp() {
  const asking = Number(process.env['FAMILIES'] ?? 2000)
  const places = Math.floor(asking * 0.95)
  const [{ makeApp }, { openHouse }, { buildWeb }] = await Promise.all([
    import('../src/app.ts'),
    import('../src/open-house.ts'),
    import('../web/build.ts'),
  ])
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-bench-'))
  const origin = `http://localhost:${await freePort()}`
  const dataFolder = join(folder, 'data')
  const house = await openHouse({
    folder: dataFolder,
    purpose: 'server',
    environment: { DINHDANH_ORIGIN: origin, DINHDANH_LOG_LEVEL: 'silent', DINHDANH_TRUST_PROXY: '127.0.0.1' },
  })
  const { dist } = await buildWeb({ elsewhere: folder })
  const app = await makeApp(house, { dist })
  await app.listen({ port: Number(new URL(origin).port), host: '127.0.0.1' })
  try {
    const { openWork, today } = { openWork: house.openWork as OpenWork, today: house.today() }
    const { unitId, commune, slots } = await openWork(asSystem('bench'), async work => {
      const ward = (await units.unitsOn(work, work.today)).find(({ level }) => level === 'commune')
      if (!ward) throw new Error('the official tables have no commune')
      const hours = { opensAt: planning.asHour('07:00'), closesAt: planning.asHour('17:30') }
      const site = await planning.createSite(work, { kind: 'counter', unitId: ward.id, name: 'Quầy đo', ...hours })
      await planning.setCounter(work, site.id, {
        desks: Array.from({ length: 19 }, (_, n) => ({ number: n + 1, services: ['A'], isOpen: true })),
        minutes: { A: 20 },
        slotMinutes: 20,
        walkInPercent: 0,
      })
      const [offer] = await planning.offerOf(work, { siteId: site.id, service: 'A' })
      const free = offer?.days.filter(one => one.day > work.today).flatMap(one => one.slots) ?? []
      return { unitId: ward.id, commune: ward.code, slots: free.slice(0, places / 19).map(planning.slotKey) }
    })
    const enter = (statement: string, values: readonly unknown[]) =>
      openWork({ ...asSystem('bench'), role: 'maintenance' }, ({ tx }) =>
        tx.executeQuery(CompiledQuery.raw(statement, [...values])),
      )
    const people = Array.from({ length: asking }, () => aPerson({ bornOn: '2006-01-15', commune }))
    const { rejected, reasons } = await importPersons(house, asPersonsCsv(people))
    if (rejected > 0) throw new Error(`${rejected} were rejected: ${JSON.stringify(reasons)}`)
    const children = await openWork(asSystem('bench'), ({ tx }) =>
      tx.selectFrom('register.person').select('person_id').limit(asking).execute(),
    )
    const families = await openFamilyLinks(
      enter,
      children.map(one => one.person_id),
      { unitId, day: today },
    )
    await openPages(origin, families)
    const { rows } = (await enter('select pg_backend_pid() as pid', [])) as { rows: { pid: number }[] }
    const postmaster = Number(statOf(String(rows[0]?.pid))?.[1])
    const before = { server: process.cpuUsage(), postgres: secondsOf(postmaster) }
    const thread = new Worker(new URL(import.meta.url), {
      workerData: { origin, families, slots } satisfies RushOrder,
    })
    const answers = await new Promise<RushAnswers & { processorSeconds: number }>((resolve, reject) =>
      thread.once('message', resolve).once('error', reject),
    )
    const used = process.cpuUsage(before.server)
    const waits = answers.waits.toSorted((one, other) => one - other)
    const at = (share: number) => Math.round(waits[Math.floor(waits.length * share)] ?? 0)
    const [counts] = (
      (await enter(
        `select count(*)::int as booked, max(s.taken[1])::int as most from planning.booking a join planning.slot s
           on s.place_id = a.place_id and s.day = a.day and s.starts_at = a.starts_at where a.state = 'booked'`,
        [],
      )) as { rows: { booked: number; most: number }[] }
    ).rows
    console.log(
      JSON.stringify({
        families: asking,
        places,
        booked: answers.booked,
        offered: answers.offered,
        other: answers.other,
        toldToComeAgain: answers.later,
        seconds: Number(answers.seconds.toFixed(1)),
        answersASecond: Math.round(asking / answers.seconds),
        waitMilliseconds: { p50: at(0.5), p95: at(0.95), most: Math.round(waits.at(-1) ?? 0) },
        inTheDatabase: counts,
        processorSeconds: {
          server: Number(((used.user + used.system) / 1e6 - answers.processorSeconds).toFixed(1)),
          postgres: Number((secondsOf(postmaster) - before.postgres).toFixed(1)),
          families: Number(answers.processorSeconds.toFixed(1)),
        },
      }),
    )
    await setTimeout(100)
  } finally {
    await app.close()
    await house.close()
    await rm(folder, { recursive: true, force: true })
  }
}

// The families have a thread of their own.
if (!isMainThread) {
  const { origin, families, slots } = workerData as RushOrder
  const answers = await askAtOnce(origin, families, slots)
  parentPort?.postMessage({ ...answers, processorSeconds: threadSeconds() })
} else {
  if (process.env['HTTP'] !== 'only') await measureVerbs()
  await measureHttp()
}
