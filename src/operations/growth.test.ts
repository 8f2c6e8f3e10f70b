import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { Registry } from 'prom-client'
import { FormBrowser } from '../../test/form-browser.ts'
import { openHouse } from '../../test/house.ts'
import { signInByForm } from '../../test/officer-factor.ts'
import { checkGrowthOf } from '../cli/doctor/growth.ts'
import { checkMonthsOf } from '../cli/doctor/months.ts'
import { openRequests } from '../platform/http/serve-endpoint.ts'
import { makeServer } from '../platform/http/server.ts'
import { newId } from '../platform/ids.ts'
import { databaseTurns, laneTurns } from '../platform/limits/law.ts'
import { openTurns } from '../platform/limits/turns.ts'
import { openLog } from '../platform/log.ts'
import { makeMonthsAhead } from '../platform/months/months.ts'
import { asSystem, type Work } from '../platform/work.ts'
import { routes as staffRoutes } from '../staff/routes.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { findGrowth, noteSizes } from './growth.ts'
import { measureHouse } from './operations.ts'
import { routes } from './routes.ts'

/** How large an installation is each night, how fast it grows, and until when its disk lasts. */

const house = await openHouse({ withUnits: true })
const gib = 2 ** 30

/** Does something as if it were another moment. */
const at = <T>(moment: string, verb: (work: Work) => Promise<T>) =>
  house.as(asSystem('metrics'), work => verb(Object.assign(work, { now: new Date(moment) })))

const measured = (moment: string, freeGib: number, hasDatabase = true) =>
  at(moment, work => noteSizes(work, { freeBytes: freeGib * gib, sizeBytes: 100 * gib, hasDatabase }))

/** What a scrape gives, as a process says it that has just begun. */
function metricsOf(): Promise<string> {
  const registry = new Registry()
  measureHouse(registry, {
    ...{ folder: '/', release: '0.1.0', database: house.database, openWork: house.openWork },
    installation: () => newId<'house'>(),
    makesBaseBackups: false,
    turns: openTurns({ all: databaseTurns.ofRequests, lanes: laneTurns, waitSeconds: 1 }),
  })
  return registry.metrics()
}

const growth = async () => (await house.as(asSystem('metrics'), findGrowth)) ?? assert.fail('not measured')

let app: FastifyInstance
before(async () => {
  app = await makeServer({ log: openLog('silent'), origin: 'http://localhost:8080', trustProxy: false })
  const doors = {
    ...{ app, origin: 'http://localhost:8080' },
    openWork: openRequests(house.openWork, staff.authenticate(house.openWork)),
  }
  staffRoutes(doors, { openWork: house.openWork, demonstration: () => undefined })
  routes(doors, { findRequest: async () => undefined })
  await app.ready()
})
after(() => app.close())

test('before the first night nobody is told of a growth that is not known', async () => {
  assert.equal(await house.as(asSystem('metrics'), findGrowth), undefined)
  assert.match((await at('2026-03-01T00:00:00Z', checkGrowthOf)).found, /was not measured yet/)
})

test('after two nights growth a day and the days of the disk are known, table by table', async () => {
  const fill = (rows: number) =>
    house.owner(`insert into units.filled select n from generate_series(1, ${rows}) as n; analyze units.filled`)
  await house.owner('create table units.filled (n integer)')
  await fill(100_000)
  await measured('2026-03-01T20:15:00Z', 60)
  const first = await growth()
  assert.deepEqual([first.since, first.daysLeft, first.databaseBytesADay], [null, null, null])
  const [table] = first.tables
  assert.deepEqual([table?.name, table?.rows, table?.rowsADay], ['units.filled', 100_000, null])

  await fill(50_000)
  await measured('2026-03-11T20:15:00Z', 50)
  const { since, day, daysLeft, tables, databaseBytesADay } = await growth()
  assert.deepEqual([since, day, daysLeft], ['2026-03-02', '2026-03-12', 50])
  assert.ok((databaseBytesADay ?? 0) > 100_000)
  assert.deepEqual([tables[0]?.rows, tables[0]?.rowsADay], [150_000, 5000])
  await measured('2026-04-08T20:15:00Z', 50)
  assert.deepEqual([(await growth()).since, (await growth()).tables[0]?.rowsADay], ['2026-03-12', 0])
})

test('a disk that fills fast is the operator’s to weigh, then to mend; so is a job that does not run', async () => {
  await measured('2026-07-01T20:15:00Z', 60)
  await measured('2026-07-02T20:15:00Z', 59)
  const told = await at('2026-07-03T00:00:00Z', checkGrowthOf)
  assert.deepEqual([told.ok, told.advice], [false, true])
  assert.match(told.found, /the disk is full in 59 days/)
  await measured('2026-07-03T20:15:00Z', 20)
  const short = await at('2026-07-04T00:00:00Z', checkGrowthOf)
  assert.deepEqual([short.ok, short.advice], [false, undefined], short.found)
  const stale = await at('2026-07-09T00:00:00Z', checkGrowthOf)
  assert.match(stale.found, /not measured since 2026-07-04/)
  await measured('2026-07-04T20:15:00Z', 100)
  assert.equal((await at('2026-07-05T00:00:00Z', checkGrowthOf)).ok, true, 'room was made')
})

test('a reading in no month is told by doctor and the metrics, until a night puts it into its own', async () => {
  const told = () => house.as(asSystem('metrics'), checkMonthsOf)
  const text = async () =>
    (await metricsOf()).match(/^dinhdanh_rows_without_month\{table="audit.access"\} (\d+)$/m)?.[1]
  assert.deepEqual([(await told()).ok, await text()], [true, '0'], (await told()).found)
  await house.owner(`insert into audit.access (person_id, id, batch_id, at, by_kind, by_id, purpose, fields)
    select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now() - interval '400 days',
      'system', 'x', 'x', 'x'`)
  assert.deepEqual([(await told()).ok, (await told()).advice, await text()], [false, true, '1'])
  assert.match((await told()).found, /audit\.access until \d{4}-\d{2}-\d{2}, 1 rows lie in no month/)
  await makeMonthsAhead(house.openWork)
  assert.deepEqual([(await told()).ok, await text()], [true, '0'])
})

test('what was measured more than eight hundred days ago goes', async () => {
  await measured('2028-12-01T20:15:00Z', 60)
  const days = await house.owner<{ n: number }>('select count(*)::integer as n from operations.disk_day')
  assert.equal(days[0]?.n, 1)
  assert.equal((await house.owner("select from operations.table_day where day < '2028-01-01'")).length, 0)
})

test('an administrator sees it, nobody else does, and the metrics tell the same', async () => {
  await measured('2028-12-02T20:15:00Z', 59)
  const signIn = async (role: staff.Role, code: string) => {
    const [login, password] = [`dung.luong.${code}`, `mật khẩu dung lượng ${code}`]
    await house.work(async work => {
      const unitId = (await units.findUnitOn(work, code, work.today))?.id ?? assert.fail(code)
      const { officer } = await staff.addOfficer(work, { login, fullName: 'Đo Lường', unitId, own: { password } })
      await staff.appoint(work, { officerId: officer.id, role, unitId })
    })
    const browser = new FormBrowser(() => app, `10.9.${code.length}.1`)
    await signInByForm(browser, { login, password })
    return app.inject({ url: '/api/operations/growth', cookies: Object.fromEntries(browser.cookies) })
  }
  const seen = await signIn('administrator', '193')
  assert.equal(seen.statusCode, 200, seen.body)
  assert.deepEqual([seen.json().growth.day, seen.json().growth.daysLeft], ['2028-12-03', 59])
  assert.equal((await signIn('ward-officer', '06685')).statusCode, 403)

  const text = await metricsOf()
  assert.match(text, /^dinhdanh_disk_full_days 59$/m)
  assert.match(text, /^dinhdanh_database_bytes \d{7,}$/m)
  assert.match(text, /^dinhdanh_table_bytes\{table="units.filled"\} \d{6,}$/m)
})
