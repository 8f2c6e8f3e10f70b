import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { Registry } from 'prom-client'
import { aStation } from '../../test/a-station.ts'
import { anOfficerOf, commune } from '../../test/builders.ts'
import { FormBrowser } from '../../test/form-browser.ts'
import { openHouse } from '../../test/house.ts'
import { signInByForm } from '../../test/officer-factor.ts'
import * as audit from '../audit/audit.ts'
import { registerStation, revokeStation } from '../enrolment/stations/stations.ts'
import { serveHealth } from '../health.ts'
import { now } from '../platform/clock.ts'
import { type Database, openDatabase } from '../platform/db.ts'
import { openRequests } from '../platform/http/serve-endpoint.ts'
import { makeServer } from '../platform/http/server.ts'
import { newId } from '../platform/ids.ts'
import { migrateJobs, queueJob } from '../platform/jobs/jobs.ts'
import { databaseTurns, laneTurns } from '../platform/limits/law.ts'
import { openTurns } from '../platform/limits/turns.ts'
import { openLog } from '../platform/log.ts'
import { openRequestRecords } from '../platform/observation/observation.ts'
import { makeOpenWork, type OpenWork } from '../platform/work.ts'
import { routes as staffRoutes } from '../staff/routes.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { measureHouse } from './operations.ts'
import { makeOperatorPort } from './operator-port.ts'
import { routes } from './routes.ts'

/** What an operator watches, and what an administrator finds out of a request by its id. */

const house = await openHouse({ withUnits: true })
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-operations-'))
const installation = newId<'house'>()
let app: FastifyInstance

const measured = (openWork: OpenWork = house.openWork, database: Database = house.database) => ({
  ...{ folder, release: '0.1.0', database, openWork, installation: () => installation },
  turns: openTurns({ all: databaseTurns.ofRequests, lanes: laneTurns, waitSeconds: 1 }),
  makesBaseBackups: true,
})

before(async () => {
  await migrateJobs(house.url)
  const log = openLog('silent')
  const records = openRequestRecords(folder, { access: true, log })
  app = await makeServer({
    ...{ log, origin: 'http://localhost:8080', trustProxy: false },
    logging: { records, slowMs: 60_000 },
  })
  app.addHook('onClose', () => records.close())
  const doors = {
    ...{ app, origin: 'http://localhost:8080' },
    openWork: openRequests(house.openWork, staff.authenticate(house.openWork)),
  }
  staffRoutes(doors, { openWork: house.openWork, demonstration: () => undefined })
  routes(doors, { findRequest: records.find })
  app.get('/fails/:id', async () => {
    throw new Error('the cupboard of "Nguyễn Thị Kín" is shut')
  })
  await app.ready()
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

let officers = 0
async function anOfficer(role: staff.Role, code: string) {
  officers += 1
  const login = `van.hanh.${officers}`
  const password = `mật khẩu vận hành ${officers}`
  await house.work(async work => {
    const unitId = (await units.findUnitOn(work, code, work.today))?.id ?? assert.fail(code)
    const { officer } = await staff.addOfficer(work, {
      login,
      fullName: `Vận Hành ${officers}`,
      unitId,
      own: { password },
    })
    await staff.appoint(work, { officerId: officer.id, role, unitId })
  })
  const browser = new FormBrowser(() => app, `10.8.${officers}.1`)
  await signInByForm(browser, { login, password })
  return (id: string) =>
    app.inject({
      ...{ method: 'POST', url: '/api/operations/request-look-ups', payload: { id } },
      cookies: Object.fromEntries(browser.cookies),
    })
}

test('an administrator types in the code of an error page and sees what failed, and of whom nothing', async () => {
  const page = await app.inject({ url: '/fails/of-lan?phone=0912345678', headers: { accept: 'text/html' } })
  assert.equal(page.statusCode, 500)
  const id = /fault · ([0-9a-f-]{36})/.exec(page.body)?.[1] ?? assert.fail('the page shows no code')
  const look = await anOfficer('administrator', '193')
  const answer = await look(id)
  assert.equal(answer.statusCode, 200, answer.body)
  const told = answer.json()
  assert.deepEqual(
    [told.id, told.method, told.route, told.status, told.fault.error, told.fault.message],
    [id, 'GET', '/fails/:id', 500, 'Error', 'the cupboard of … is shut'],
  )
  assert.match(told.fault.frames[0], /src\/operations\/operations\.test\.ts:\d+/)
  assert.doesNotMatch(answer.body, /Kín|of-lan|0912/)
  const [deed] = await house.work(work => audit.deedsOf(work, id))
  assert.deepEqual([deed?.deed, deed?.byKind], ['request.looked-up', 'officer'])

  const refused = await look(newId<'request'>())
  assert.deepEqual([refused.statusCode, refused.json().type], [404, '/problems/request-record-unknown'])
  const itself = await look(String(answer.headers['x-request-id']))
  assert.deepEqual(
    [itself.json().route, itself.json().actor, itself.json().deeds, itself.json().statements > 3],
    ['/api/operations/request-look-ups', 'officer', [{ name: 'request.looked-up', times: 1 }], true],
  )
  const unknown = await look(String(refused.headers['x-request-id']))
  assert.equal(unknown.json().refusal.title.vi, 'Không còn lưu thông tin về yêu cầu có mã này')
})

test('nobody but an administrator looks a request up', async () => {
  const look = await anOfficer('ward-officer', '06685')
  const answer = await look(newId<'request'>())
  assert.deepEqual([answer.statusCode, answer.json().type], [403, '/problems/right-missing'])
})

test('metrics tell of jobs, lanes, connections, heads and the disk; what never was has no value', async () => {
  await house.work(work => queueJob(work, 'test.lamp', {}))
  const registry = new Registry()
  measureHouse(registry, measured())
  const text = await registry.metrics()
  for (const line of [
    /^dinhdanh_database_up 1$/m,
    /^dinhdanh_jobs_waiting\{task="test.lamp"\} 1$/m,
    /^dinhdanh_jobs_failed\{task="test.lamp"\} 0$/m,
    /^dinhdanh_turns\{lane="officers",state="running"\} 0$/m,
    /^dinhdanh_database_connections\{login="application",state="in_use"\} \d+$/m,
    /^dinhdanh_messages_waiting 0$/m,
    /^dinhdanh_stations 0$/m,
    /^dinhdanh_data_folder_free_bytes \d+/m,
    /^dinhdanh_build_info\{release="0.1.0"\} 1$/m,
  ])
    assert.match(text, line)
  assert.doesNotMatch(text, /^dinhdanh_(backup|audit_verified|certificate_end)_timestamp_seconds/m)
  assert.match(text, /^dinhdanh_base_backup_timestamp_seconds 0$/m, 'one that is to be made is due')

  await house.work(async work => {
    await audit.record(work, 'backup.made', { kind: 'house', id: installation }, {})
    await audit.record(work, 'base-backup.made', { kind: 'house', id: installation }, {})
    await audit.record(work, 'backup.drilled', { kind: 'house', id: installation }, { outcome: 'findings' })
    await audit.record(work, 'seals.verified', { kind: 'audit', id: 'audit' }, { findings: 2 })
  })
  const later = new Registry()
  measureHouse(later, measured())
  const found = await later.metrics()
  assert.match(found, /^dinhdanh_backup_timestamp_seconds 1\.?\d+/m)
  assert.match(found, /^dinhdanh_(base_backup|drill)_timestamp_seconds 1\.?\d+/m)
  assert.match(found, /^dinhdanh_drill_ok 0$/m)
  assert.match(found, /^dinhdanh_audit_findings 2$/m)
  const setOff = new Registry()
  measureHouse(setOff, { ...measured(), makesBaseBackups: false })
  assert.doesNotMatch(await setOff.metrics(), /dinhdanh_(base_backup|drill)_/, 'nobody is alerted of them any more')
})

test('a queue that somebody locks goes uncounted within its time, and all else is measured', async () => {
  const text = await house.database.maintenance.connection().execute(async tx => {
    await sql`begin`.execute(tx)
    await sql`lock table graphile_worker._private_jobs in access exclusive mode`.execute(tx)
    const registry = new Registry()
    measureHouse(registry, measured())
    const measurements = await registry.metrics()
    await sql`rollback`.execute(tx)
    return measurements
  })
  assert.match(text, /^dinhdanh_database_up 1$/m)
  assert.match(text, /^dinhdanh_jobs_counted 0$/m)
  assert.doesNotMatch(text, /^dinhdanh_jobs_waiting\{/m)
  assert.match(text, /^dinhdanh_stations 0$/m)
  assert.equal(house.database.connections().maintenance.inUse, 0)
})

test('a backup that is dated ahead by a wrong clock passes for no last one', async t => {
  const subject = { kind: 'house', id: newId<'house'>() }
  const record = (backup: string) => house.work(work => audit.record(work, 'backup.made', subject, { backup }))
  const lastBackup = () => house.work(work => audit.lastDeedOfName(work, subject.id, 'backup.made'))
  t.mock.timers.enable({ apis: ['Date'], now: now().getTime() + 40 * 86_400_000 })
  await record('ahead')
  t.mock.timers.reset()
  assert.equal(await lastBackup(), undefined)
  await record('true')
  assert.deepEqual((await lastBackup())?.facts, { backup: 'true' })
})

test('however many read the metrics at once, the database is asked by one work', async () => {
  let works = 0
  const openWork: OpenWork = (authority, verb) => {
    works += 1
    return house.openWork(authority, verb)
  }
  const registry = new Registry()
  measureHouse(registry, measured(openWork))
  await Promise.all([registry.metrics(), registry.metrics(), registry.metrics()])
  await registry.metrics()
  assert.equal(works, 1)
})

test('a dead database is told on the port of the operator, with all that the process knows itself', async () => {
  const dead = openDatabase('postgresql://nobody@127.0.0.1:9/nothing')
  after(() => dead.end())
  const openWork = makeOpenWork(dead, { beforeCommit: audit.seal, businessDay: () => undefined })
  const registry = new Registry()
  measureHouse(registry, measured(openWork, dead))
  const port = makeOperatorPort({
    registry,
    serveHealth: on => serveHealth(on, { database: dead, folder: tmpdir(), hasKeys: () => true }),
  })
  after(() => port.close())
  const { statusCode, body } = await port.inject({ url: '/metrics', remoteAddress: '10.0.0.9' })
  assert.equal(statusCode, 200)
  assert.match(body, /^dinhdanh_database_up 0$/m)
  assert.match(body, /^dinhdanh_turns\{lane="health",state="waiting"\} 0$/m)
  assert.doesNotMatch(body, /dinhdanh_jobs_waiting\{|^dinhdanh_(stations|messages_waiting) /m)
  assert.equal((await port.inject('/health/live')).statusCode, 200)
  assert.equal((await port.inject('/health/ready')).statusCode, 503)
  for (const url of ['/', '/api/openapi.json', '/console/']) assert.equal((await port.inject(url)).statusCode, 404)
})

test('where the operator has a port, the port of all pages gives no measurements', async () => {
  const other = await makeServer({
    ...{ log: openLog('silent'), origin: 'http://localhost:8080', trustProxy: false },
    servesMetrics: false,
  })
  after(() => other.close())
  assert.equal((await other.inject('/metrics')).statusCode, 404)
})

test('what of backups, drills and the archived log is alerted of stands on the dashboard', async () => {
  const [alerts, dashboard] = await Promise.all(
    ['alerts.yml', 'dashboard.json'].map(file => readFile(`docs/operations/${file}`, 'utf8')),
  )
  const upkeep = (text = '') => new Set(text.match(/\bdinhdanh_(?:backup|base_backup|drill|time|wal)_\w+/g) ?? [])
  assert.ok(upkeep(alerts).size >= 5)
  assert.deepEqual([...upkeep(alerts).difference(upkeep(dashboard))], [])
})

/** What Prometheus finds by the alert rules of what it is given; undefined where its tool is not on this machine. */
async function tryAlerts(
  tests: object,
): Promise<{ readonly status: number | null; readonly said: string } | undefined> {
  const file = join(folder, 'alerts-tried.yml')
  const rules = join(process.cwd(), 'docs/operations/alerts.yml')
  // JSON is YAML.
  await writeFile(file, JSON.stringify({ rule_files: [rules], evaluation_interval: '1m', tests: [tests] }))
  const { status, stdout, error } = spawnSync('promtool', ['test', 'rules', file], { encoding: 'utf8' })
  return error ? undefined : { status, said: stdout }
}

test('the first fault of a page is alerted of for ten minutes; health that is asked is no refusal', async t => {
  const series = (route: string, status: number) =>
    `http_request_duration_seconds_count{instance="a", method="GET", route="${route}", status="${status}"}`
  const fires = (alertname: string, eval_time: string, ...exp_alerts: object[]) => ({
    alertname,
    eval_time,
    exp_alerts,
  })
  const found = await tryAlerts({
    interval: '1m',
    input_series: [
      { series: series('/cards', 500), values: '_ _ _ 1x60' },
      { series: series('/health/ready', 503), values: '0+60x60' },
    ],
    alert_rule_test: [
      fires('DinhdanhFaults', '5m', {
        exp_labels: { severity: 'ticket', instance: 'a', route: '/cards' },
        exp_annotations: {
          summary: 'Requests at /cards failed by a fault of the program; log/faults.jsonl has each.',
          runbook: 'docs/operations.md#watching',
        },
      }),
      fires('DinhdanhFaults', '20m'),
      fires('DinhdanhRefusesForWantOfTurns', '30m'),
    ],
  })
  if (!found) return t.skip('promtool of Prometheus is not there')
  assert.equal(found.status, 0, found.said)
})

test('metrics tell by its id when each station that may capture was seen last, and of no revoked one', async () => {
  const officer = await anOfficerOf(house, commune.haKhanh)
  const [seen, lost] = [await aStation(), await aStation()]
  for (const { id, publicKey } of [seen, lost])
    await house.as(officer, work => registerStation(work, { id, name: 'Máy 1', publicKey }))
  await house.as(officer, work => revokeStation(work, lost.id, 'lost on the way'))
  const registry = new Registry()
  measureHouse(registry, measured())
  const lines = (await registry.metrics()).split('\n').filter(line => line.startsWith('dinhdanh_station_seen_'))
  const [line = '', ...others] = lines
  assert.deepEqual(others, [])
  assert.ok(line.startsWith(`dinhdanh_station_seen_timestamp_seconds{station="${seen.id}"} `), line)
  assert.ok(Math.abs(Number(line.split(' ')[1]) - now().getTime() / 1000) < 60, line)
})

test('alert rules and dashboard ask for nothing that the server does not measure', async () => {
  const registry = new Registry()
  const other = await makeServer({
    ...{ log: openLog('silent'), origin: 'http://localhost:8080', trustProxy: false, metrics: registry },
  })
  after(() => other.close())
  measureHouse(registry, { ...measured(), certificate: () => '' })
  const served = new Set(
    registry
      .getMetricsAsArray()
      .flatMap(({ name, type }) =>
        String(type) === 'histogram' ? ['_bucket', '_count', '_sum'].map(part => name + part) : [name],
      ),
  )
  for (const file of globSync('docs/operations/*.{yml,json}')) {
    const text = await readFile(file, 'utf8')
    const expressions = file.endsWith('.json')
      ? [...text.matchAll(/"(?:expr|query)": "((?:[^"\\]|\\.)*)"/g)].map(found => found[1] ?? '')
      : [...text.matchAll(/expr: (>-\n(?: {10}.*\n)+|.*\n)/g)].map(found => found[1] ?? '')
    assert.ok(expressions.length > 15, file)
    const asked = expressions.flatMap(
      one => one.replaceAll(/"[^"]*"|\{[^}]*\}/g, '').match(/\b(?:dinhdanh|http|nodejs|process)_\w+/g) ?? [],
    )
    assert.ok(asked.length > 15, file)
    assert.deepEqual(
      [...new Set(asked)].filter(name => !served.has(name)),
      [],
      file,
    )
  }
})
