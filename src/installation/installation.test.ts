import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { FormBrowser } from '../../test/form-browser.ts'
import { businessDay, openHouse } from '../../test/house.ts'
import { signInByForm } from '../../test/officer-factor.ts'
import * as audit from '../audit/audit.ts'
import { consequences } from '../consequences.ts'
import { asDay, type Day } from '../platform/day.ts'
import { openRequests } from '../platform/http/serve-endpoint.ts'
import { makeServer } from '../platform/http/server.ts'
import { type Log, openLog } from '../platform/log.ts'
import { setRehearsalMark } from '../platform/pages/rehearsal-mark.ts'
import { readPdfLines } from '../platform/pdf/pdf.test-reader.ts'
import { setScanner } from '../platform/scanning/scanning.ts'
import * as register from '../register/register.ts'
import { drawLinkPaper } from '../staff/links/paper.ts'
import { routes as staffRoutes } from '../staff/routes.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { extractJob } from './extracts.ts'
import { routes } from './routes.ts'

/** The doors by which an installation begins, over HTTP, from an empty register, and attacks on them. */

const house = await openHouse({ withUnits: true })
const origin = 'http://localhost:8080'
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-begin-'))
let app: FastifyInstance
const logged: string[] = []
const log: Log = openLog('trace', { write: (line: string) => void logged.push(line) } as never)
let rehearsalDay: Day | undefined
const installation = '0187a3f0-0000-7000-8000-0000000000aa'

before(async () => {
  audit.setConsequences(consequences)
  app = await makeServer({ log, origin, trustProxy: false })
  const doors = { app, origin, openWork: openRequests(house.openWork, staff.authenticate(house.openWork)) }
  staffRoutes(doors, { openWork: house.openWork, demonstration: () => undefined })
  routes(doors, {
    folder,
    openWork: house.openWork,
    server: async () => ({
      installation,
      makesBaseBackups: true,
      sendsMail: false,
      sendsMessages: false,
      scanner: 'none',
    }),
    rehearsal: () => ({ installation, isDemonstration: false, day: rehearsalDay }),
    rememberRehearsal: async day => {
      rehearsalDay = day
    },
  })
  await app.ready()
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

let count = 0
async function anOfficer(role: staff.Role, code: string) {
  count += 1
  const login = `bat.dau.${count}`
  const password = `mật khẩu riêng số ${count}`
  await house.work(async work => {
    const unitId = (await units.findUnitOn(work, code, work.today))?.id ?? assert.fail(code)
    const { officer } = await staff.addOfficer(work, { login, fullName: `Bắt Đầu ${count}`, unitId, own: { password } })
    await staff.appoint(work, { officerId: officer.id, role, unitId })
  })
  const browser = new FormBrowser(() => app, `10.7.${count}.1`)
  await signInByForm(browser, { login, password })
  return browser
}

let adminBrowser: FormBrowser | undefined
const admin = {
  get: async () => {
    adminBrowser ??= await anOfficer('administrator', '22')
    return adminBrowser
  },
}

beforeEach(async () => {
  rehearsalDay = undefined
  setRehearsalMark(() => undefined)
  await house.owner('truncate installation.extract')
  await house.owner('truncate register.person, register.number_lookup, register.link_record cascade')
  logged.length = 0
})

async function upload(
  browser: FormBrowser,
  path: string,
  {
    content,
    name = 'tep.csv',
    fields = {},
  }: { content: string | Buffer; name?: string; fields?: Record<string, string> },
) {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.append(field, value)
  form.append('file', new Blob([content]), name)
  const request = new Request(origin, { method: 'POST', body: form })
  return app.inject({
    method: 'POST',
    url: `/api${path}`,
    cookies: Object.fromEntries(browser.cookies),
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  })
}
const codeOf = (answer: { json(): { type?: string }; statusCode: number }) =>
  String(answer.json().type ?? answer.statusCode).replace('/problems/', '')

const header = 'person_number,full_name,birth_date,sex,residence_unit'
const person = (n: number, name = 'Nguyễn Văn Thử') => {
  const day = String((n % 28) + 1).padStart(2, '0')
  return `0223050${String(n).padStart(5, '0')},${name} ${'ABCDEFGHIJ'[n % 10]},2005-03-${day},F,06685`
}
const extractOf = (people: number, more: readonly string[] = []) =>
  [header, ...Array.from({ length: people }, (_, i) => person(i + 1)), ...more].join('\n')

/** Runs what the queue would run for the extracts that wait. */
async function runJobs(attempt = 1): Promise<void> {
  const rows = await house.owner<{ id: string }>(
    `select id from installation.extract where state in ('trying', 'taking')`,
  )
  for (const { id } of rows) await extractJob(house.openWork, folder)({ id }, { attempt, log })
}
const extractNow = async (browser: FormBrowser) => (await browser.call('GET', '/installation/extract')).json().extract
const people = async () => (await house.owner('select 1 from register.person')).length

test('the administrator sees when the last base backup was made, and what the last drill found', async () => {
  const browser = await admin.get()
  const server = async () => (await browser.call('GET', '/installation')).json().server
  assert.deepEqual([(await server()).makesBaseBackups, (await server()).drill], [true, undefined])
  await house.work(async work => {
    await audit.record(work, 'base-backup.made', { kind: 'installation', id: installation }, {})
    await audit.record(work, 'backup.drilled', { kind: 'installation', id: installation }, { outcome: 'findings' })
  })
  const { baseBackupAt, drill } = await server()
  assert.ok(Date.parse(baseBackupAt) > 0)
  assert.equal(drill.outcome, 'findings')
})

test('the administrator sees that jobs wait since the time of the server is in doubt', async () => {
  const browser = await admin.get()
  const believedAt = async () => (await browser.call('GET', '/installation')).json().server.believedAt
  assert.equal(await believedAt(), undefined)
  await house.owner(`insert into platform.believed_time (at) values (now() - interval '1 year')`)
  assert.ok(Date.parse(await believedAt()) < Date.now() - 300 * 86_400_000)
  await house.owner('delete from platform.believed_time')
})

test('an extract is tried, taken in by a job, and its file is gone from the data folder afterwards', async () => {
  const browser = await admin.get()
  const sent = await upload(browser, '/installation/extract', {
    content: extractOf(12, ['sai,Dòng Hỏng,2005-01-01,F,06685']),
  })
  assert.equal(sent.statusCode, 200, sent.body)
  const { id } = sent.json()
  assert.equal((await extractNow(browser)).state, 'trying')
  assert.equal((await stat(join(folder, 'extracts', `${id}.csv`))).mode & 0o777, 0o600)
  await runJobs()
  const tried = await extractNow(browser)
  assert.deepEqual([tried.state, tried.counts.added, tried.counts.rejected], ['tried', 12, 1], JSON.stringify(tried))
  assert.equal(await people(), 0)
  const rejected = await browser.call('GET', `/installation/extract/${id}/rejected`)
  assert.match(rejected.body, /Dòng Hỏng/)

  assert.equal((await browser.call('POST', `/installation/extract/${id}/take`)).statusCode, 200)
  assert.equal((await extractNow(browser)).state, 'taking')
  await runJobs()
  assert.equal((await extractNow(browser)).state, 'taken')
  assert.equal(await people(), 12)
  assert.deepEqual(
    (await readdir(join(folder, 'extracts'))).filter(name => name === `${id}.csv`),
    [],
  )
  const { people: told, steps } = (await browser.call('GET', '/installation')).json()
  assert.equal(told, 12)
  assert.equal(steps[3].state, 'done')
})

test('once the register has people no page takes in an extract: nobody changes a record by it', async () => {
  const browser = await admin.get()
  const { id } = (await upload(browser, '/installation/extract', { content: extractOf(3) })).json()
  await runJobs()
  await browser.call('POST', `/installation/extract/${id}/take`)
  await runJobs()
  const stolen = extractOf(0, [person(1, 'Kẻ Mạo Danh')])
  assert.equal(codeOf(await upload(browser, '/installation/extract', { content: stolen })), 'register-has-people')
  assert.equal(codeOf(await browser.call('POST', `/installation/extract/${id}/take`)), 'register-has-people')
})

test('an extract that was tried while nobody was there is not taken in once somebody is', async () => {
  const browser = await admin.get()
  const { id } = (await upload(browser, '/installation/extract', { content: extractOf(3) })).json()
  await runJobs()
  await browser.call('POST', `/installation/extract/${id}/take`)
  // The operator was faster at the command line.
  const other = join(folder, 'other.csv')
  await writeFile(other, extractOf(1, []).replaceAll('0223050', '0223059'))
  await register.importPersons(house, other, { asOf: businessDay })
  await runJobs()
  const failed = await extractNow(browser)
  assert.deepEqual([failed.state, failed.refusal.code], ['failed', 'register-has-people'])
  assert.equal(await people(), 1)
})

test('a server killed after its import committed says that it is taken, and imports nothing twice', async () => {
  const browser = await admin.get()
  const { id } = (await upload(browser, '/installation/extract', { content: extractOf(5) })).json()
  await runJobs()
  await browser.call('POST', `/installation/extract/${id}/take`)
  await register.importPersons(house, join(folder, 'extracts', `${id}.csv`), { asOf: businessDay })
  await runJobs(2)
  const taken = await extractNow(browser)
  assert.deepEqual([taken.state, taken.counts.added], ['taken', 5])
  assert.equal(await people(), 5)
})

test('two extracts at once: one is under way, and the other is refused', async () => {
  const browser = await admin.get()
  const answers = await Promise.all(
    [1, 2, 3].map(n => upload(browser, '/installation/extract', { content: extractOf(n) })),
  )
  assert.deepEqual(answers.map(codeOf).sort(), ['200', 'extract-under-way', 'extract-under-way'])
  assert.equal(
    (await readdir(join(folder, 'extracts'))).filter(name => /^[0-9a-f-]+\.csv$/.test(name)).length >= 1,
    true,
  )
})

test('a file that is no extract fails with its reason, and another takes its place', async () => {
  const browser = await admin.get()
  await upload(browser, '/installation/extract', { content: 'a,b\n1,2\n' })
  await runJobs()
  const failed = await extractNow(browser)
  assert.deepEqual([failed.state, failed.refusal.code], ['failed', 'csv-column-missing'])
  const { id } = (await upload(browser, '/installation/extract', { content: extractOf(2) })).json()
  await runJobs()
  assert.deepEqual([(await extractNow(browser)).id, (await extractNow(browser)).state], [id, 'tried'])
  assert.equal((await browser.call('POST', `/installation/extract/${id}/drop`)).statusCode, 200)
  assert.equal(await extractNow(browser), undefined)
  assert.equal(codeOf(await browser.call('POST', `/installation/extract/${id}/take`)), 'extract-unknown')
})

test('below the province, and by an officer of another role, no door of the beginning opens', async () => {
  const [district, ward] = [await anOfficer('administrator', '193'), await anOfficer('ward-officer', '06685')]
  const codes = async (browser: FormBrowser) => [
    codeOf(await browser.call('GET', '/installation')),
    codeOf(await upload(browser, '/installation/extract', { content: extractOf(1) })),
    codeOf(await upload(browser, '/installation/schools', { content: 'code,name,kind,unit\n' })),
    codeOf(await browser.call('POST', '/installation/rehearsal', { day: '2026-03-01' })),
  ]
  assert.deepEqual(await codes(district), Array(4).fill('province-needed'))
  assert.deepEqual(await codes(ward), Array(4).fill('right-missing'))
  assert.equal((await house.owner('select 1 from installation.extract')).length, 0)
})

test('no name, number or birth date of an extract stands in the log', async () => {
  const browser = await admin.get()
  const { id } = (
    await upload(browser, '/installation/extract', { content: extractOf(4, ['1,Trần Bí Mật,x,M,']) })
  ).json()
  await runJobs()
  await browser.call('POST', `/installation/extract/${id}/take`)
  await runJobs()
  const all = logged.join('\n')
  for (const secret of ['Nguyễn Văn', 'Bí Mật', '022305000001', '2005-03-02']) assert.ok(!all.includes(secret), secret)
})

test('a file in which the scanner finds something, or that it cannot see, is not kept', async () => {
  const browser = await admin.get()
  const before = (await readdir(join(folder, 'extracts')).catch(() => [])).length
  setScanner(join(folder, 'no-scanner.sock') as never)
  try {
    assert.equal(
      codeOf(await upload(browser, '/installation/extract', { content: extractOf(1) })),
      'scanner-unreachable',
    )
  } finally {
    setScanner('')
  }
  assert.equal((await readdir(join(folder, 'extracts')).catch(() => [])).length, before)
  assert.equal((await house.owner('select 1 from installation.extract')).length, 0)
})

const schools =
  'code,name,kind,unit\n22T01,Trường THPT Thử,upper-secondary,06685\n22T02,Trường THCS Thử,lower-secondary,6685\n'

test('a table of schools is tried, taken, and told row by row; a dropped first zero is put back', async () => {
  const browser = await admin.get()
  const wrong = `${schools}22T03,,primary,06685\n22T04,Trường Lạ,academy,06685\n22T05,Trường Xa,primary,99999\n`
  const tried = (await upload(browser, '/installation/schools', { content: wrong, fields: { try: 'yes' } })).json()
  assert.deepEqual([tried.tried, tried.added, tried.rejected], [true, 2, 3], JSON.stringify(tried))
  assert.deepEqual(
    tried.refused.map(({ line, reason }: { line: number; reason: string }) => `${line} ${reason.split(':')[0]}`),
    ['4 name-missing', '5 kind-unknown', '6 unit-unknown'],
  )
  assert.equal((await browser.call('GET', '/installation')).json().schools, 0)
  const taken = (await upload(browser, '/installation/schools', { content: wrong })).json()
  assert.equal(taken.added, 2)
  assert.equal((await browser.call('GET', '/installation')).json().schools, 2)
})

test('once there are people, a table that moves a known school to another unit is refused whole', async () => {
  const browser = await admin.get()
  await upload(browser, '/installation/schools', { content: schools })
  const { id } = (await upload(browser, '/installation/extract', { content: extractOf(1) })).json()
  await runJobs()
  await browser.call('POST', `/installation/extract/${id}/take`)
  await runJobs()
  const moved = `code,name,kind,unit\n22T01,Trường THPT Thử,upper-secondary,06655\n22T09,Trường Mới,primary,06685\n`
  assert.equal(codeOf(await upload(browser, '/installation/schools', { content: moved })), 'schools-would-change')
  assert.equal((await house.owner(`select 1 from units.school where code = '22T09'`)).length, 0)
  const added = `code,name,kind,unit\n22T09,Trường Mới,primary,06685\n`
  assert.equal((await upload(browser, '/installation/schools', { content: added })).json().added, 1)
})

test('duties name the units that have nobody, and an auditor who manages officers does not count', async () => {
  const browser = await admin.get()
  await anOfficer('auditor', '22')
  const before = (await browser.call('GET', '/installation')).json()
  const duty = (told: typeof before, name: string) =>
    told.duties.find((one: { duty: string }) => one.duty === name) ?? assert.fail(name)
  assert.deepEqual([duty(before, 'inspect').filled, duty(before, 'inspect').missing], [1, []])
  assert.ok(duty(before, 'capture').missing.some(({ name }: { name: string }) => /Phường/.test(name)))
  assert.equal(duty(before, 'capture').units, before.communes)
  await house.owner(`insert into staff.appointment (id, officer_id, role, unit_id, basis)
    select gen_random_uuid(), officer_id, 'administrator', unit_id, 'house' from staff.appointment
    where role = 'auditor'`)
  const later = (await browser.call('GET', '/installation')).json()
  assert.equal(duty(later, 'inspect').filled, 0)
})

test('an empty installation becomes a rehearsal by a deed; one with people does not, and it stays one', async () => {
  const browser = await admin.get()
  const set = (day: string) => browser.call('POST', '/installation/rehearsal', { day })
  assert.equal(codeOf(await set('1999-01-01')), 'rehearsal-day-refused')
  assert.equal((await set('2026-03-01')).statusCode, 200)
  assert.equal(rehearsalDay, '2026-03-01')
  const [deed] = await house.owner<{ facts: { day: string } }>(
    `select facts from audit.deed where deed = 'rehearsal.day-set' order by at desc limit 1`,
  )
  assert.equal(deed?.facts.day, '2026-03-01')

  const { id } = (await upload(browser, '/installation/extract', { content: extractOf(1) })).json()
  await runJobs()
  await browser.call('POST', `/installation/extract/${id}/take`)
  await runJobs()
  assert.equal((await set('2026-03-02')).statusCode, 200)
  rehearsalDay = undefined
  assert.equal(codeOf(await set('2026-03-03')), 'rehearsal-with-people')
  assert.equal((await browser.call('GET', '/installation')).json().mayRehearse, false)
})

test('every page of a rehearsal says so with its day, and a page of a real installation does not', async () => {
  const page = async () => (await new FormBrowser(() => app, '10.7.250.1').get('/sign-in')).body
  assert.doesNotMatch(await page(), /class="rehearsal"/)
  setRehearsalMark(() => asDay('2026-03-01'))
  assert.match(await page(), /class="rehearsal" aria-label="Tập dượt">TẬP DƯỢT · ngày làm việc 01\/03\/2026/)
  const me = (await (await admin.get()).call('GET', '/me')).json()
  assert.equal(me.rehearsalDay, '2026-03-01')
  const paper = await drawLinkPaper({
    name: 'Bắt Đầu',
    login: 'bat.dau',
    unit: 'Tỉnh Quảng Ninh',
    secret: 'aaaa-bbbb',
    page: `${origin}/new-password#aaaa-bbbb`,
    expiresAt: new Date(),
    printedAt: new Date(),
    isDemonstration: false,
  })
  assert.ok(readPdfLines(paper).some(line => line.startsWith('TẬPDƯỢT')))
})
