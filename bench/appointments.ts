// Bookings a second, and the processor time of each, where many ask at once: by the verbs, each in a work of its own,
// with the deeds sealed and the messages queued. node bench/appointments.ts; ASKED=20000 and LANES=16 change it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
import * as units from '../src/units/units.ts'

const day = asDay('2023-04-20')
const asked = Number(process.env['ASKED'] ?? 5000)
const lanes = Number(process.env['LANES'] ?? 16)

setSealingKey(Buffer.alloc(32, 7))
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-bench-'))
const postgres = await openPostgres({ dataDir: join(folder, 'data'), purpose: 'bench' })
const database = openDatabase(postgres.url, { connections: lanes })
const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => day })
try {
  await migrateJobs(postgres.url)
  await migrate(postgres.url)
  await measure()
} finally {
  await database.end()
  await postgres.release()
  await rm(folder, { recursive: true, force: true })
}

/** A counter with as many desks as leave one place in twenty missing. */
async function aCounter() {
  await openWork({ ...asSystem('bench'), role: 'maintenance' }, units.loadReference)
  return openWork(asSystem('bench'), async work => {
    const ward = await units.findUnitOn(work, '06697', day)
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

async function measure() {
  const slots = await aCounter()
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
