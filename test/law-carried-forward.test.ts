import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, test } from 'node:test'
import * as accounts from '../src/accounts/accounts.ts'
import * as audit from '../src/audit/audit.ts'
import { lawAhead } from '../src/cli/doctor/law-ahead.ts'
import { importLaw } from '../src/cli/law/import-law.ts'
import { daysFile, lawFile, readLawRows, readOwnDays } from '../src/laws.ts'
import type { House } from '../src/open-house.ts'
import { asDay } from '../src/platform/day.ts'
import type { Problem } from '../src/platform/problem.ts'
import * as units from '../src/units/units.ts'
import { anOfficerOf, aPerson, commune, enter } from './builders.ts'
import { openHouse } from './house.ts'
import { terminalAnswerOf } from './terminal-answer.ts'

const house = await openHouse({ withUnits: true })
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-carry-'))
after(() => rm(folder, { recursive: true }))
afterEach(() => units.setOwnDays([]))

const installation = '00000000-0000-7000-8000-0000000000fe'
const asHouse = { ...house, folder, record: () => ({ id: installation }) } as unknown as House
const run = async (text: string, isDry: boolean) => {
  const file = join(folder, 'brought.csv')
  await writeFile(file, text)
  const values = { 'dry-run': isDry }
  const said = await terminalAnswerOf(() => importLaw({ house: asHouse, positionals: [file], values, json: true }))
  return JSON.parse(said) as Record<string, unknown> & {
    rules: { rule: string; from: string; before: unknown; value: unknown; openRequests: number }[]
    days: { day: string; wasWorkingDay: boolean }[]
    requests: { before: string; after: string }[]
    applications: { id: string; before: string; after: string }[]
    byUnit: { code: string; applications: number; requests: number }[]
    needs: { need: string; before: number; after: number }[]
  }
}
type Counts = { readonly days: number; readonly requests: number }
const deeds = () => house.work(work => audit.deedsOf(work, installation))
const refusal = (text: string) =>
  run(text, true).then(
    () => [],
    ({ code, facts }: Problem) => [code, facts['wrong']],
  )

const taker = await anOfficerOf(house, commune.haKhanh)
const holder = await enter(house, aPerson())
const { id: request } = await house.as(taker, work => accounts.request(work, holder, { level: 1, phone: '0912000031' }))
const dueOn = async () => {
  const [row] = await house.owner<{ on: string }>('select due_on::text as on from accounts.account where id = $1', [
    request,
  ])
  return row?.on
}

// Hạ Long is a city: seven working days from the day on which the application was complete, over the holidays.
const application = '0187a3f0-0000-7000-8000-0000000000fd'
await house.owner(
  `insert into enrolment.application (person_id, id, kind, reason, form_code, form_version, state, unit_id, source,
     capture, captured_at, begun_on, submitted_on, due_on, changed_at)
   values ($1, $2, 'first-issue', 'first', 'CC02', 'TT66/2015', 'submitted', $3, 'counter', 'elsewhere', now(),
     '2023-04-20', '2023-04-20', $4, now())`,
  [holder, application, taker.unitId, '2023-05-04'],
)
const applicationDueOn = async () => {
  const [row] = await house.owner<{ on: string }>(
    'select due_on::text as on from enrolment.application where id = $1',
    [application],
  )
  return row?.on
}

const dayHead = 'date,name,kind,source\n'
const lawHead = 'rule,from,value,article,source,verified_on,confidence\n'

test('an own holiday and a make-up Saturday are counted, and a built-in holiday that is worked', () => {
  assert.equal(units.workingDaysAfter(asDay('2023-04-20'), 2), '2023-04-24')
  const days = (text: readonly (readonly [string, 'holiday' | 'workday'])[]) =>
    text.map(([day, kind]) => ({ day: asDay(day), kind, name: 'Ngày của tỉnh', source: 'TB1/2023' }))
  units.setOwnDays(
    days([
      ['2023-04-24', 'holiday'],
      ['2023-04-22', 'workday'],
      ['2023-05-03', 'workday'],
    ]),
  )
  assert.equal(units.workingDaysAfter(asDay('2023-04-20'), 2), '2023-04-22')
  assert.equal(units.workingDaysAfter(asDay('2023-04-22'), 1), '2023-04-25')
  assert.equal(units.holidayOn(asDay('2023-04-24')), 'Ngày của tỉnh')
  assert.equal(units.holidayOn(asDay('2023-05-03')), undefined)
  assert.equal(units.isWorkingDay(asDay('2023-05-03')), true)
})

test('a dry run of holidays tells which last days move and for which unit, and changes nothing', async () => {
  const until = await dueOn()
  assert.equal(until, '2023-05-04', 'seven working days of 20 April, over the holidays')
  const told = await run(`${dayHead}2023-04-25,Ngày của tỉnh,holiday,TB1/2023\n`, true)
  assert.deepEqual(
    told.days.map(({ day, wasWorkingDay }) => [day, wasWorkingDay]),
    [['2023-04-25', true]],
  )
  assert.deepEqual(
    told.requests.map(({ before, after: moved }) => [before, moved]),
    [[until, '2023-05-05']],
  )
  assert.deepEqual(
    told.applications.map(({ id, before, after: moved }) => [id, before, moved]),
    [[application, '2023-05-04', '2023-05-05']],
  )
  assert.deepEqual(
    told.byUnit.map(({ code, applications, requests }) => [code, applications, requests]),
    [[commune.haKhanh, 1, 1]],
  )
  assert.equal(await dueOn(), until)
  assert.equal(await stat(join(folder, daysFile)).catch(() => 'none'), 'none')
  assert.deepEqual(await deeds(), [])
})

test('the real run keeps the days, moves the last days under way, and is a deed; twice changes nothing', async () => {
  const text = `${dayHead}2023-04-25,Ngày của tỉnh,holiday,TB1/2023\n`
  await run(text, false)
  assert.deepEqual([await dueOn(), await applicationDueOn()], ['2023-05-05', '2023-05-05'])
  assert.deepEqual(
    (await readOwnDays(folder)).map(({ day, kind }) => [day, kind]),
    [['2023-04-25', 'holiday']],
  )
  const again = await run(text, false)
  assert.deepEqual([again.days, again.requests], [[], []])
  assert.equal(await dueOn(), '2023-05-05')
  const [last, first] = (await deeds()).map(({ deed, facts }) => [
    deed,
    (facts as Counts).days,
    (facts as Counts).requests,
  ])
  assert.deepEqual(
    [first, last],
    [
      ['law.imported', 1, 1],
      ['law.imported', 0, 0],
    ],
  )
})

test('a dry run of a rule tells what it says now, who is judged by it, and how many need what', async () => {
  const decide = '"{""withCard"": {""1"": 1, ""2"": 2}, ""withoutCard"": 4}"'
  const told = await run(
    `${lawHead}accounts.working-days-to-decide,2023-04-20,${decide},Điều 1,QĐ1/2023,,low\n` +
      'cards.due-age,2023-04-20,90,Điều 2,QĐ1/2023,,\n',
    true,
  )
  const [ofAccounts, ofCards] = told.rules
  assert.deepEqual(ofAccounts?.before, { withCard: { 1: 1, 2: 3 }, withoutCard: 7 })
  assert.equal(ofAccounts?.openRequests, 1)
  assert.deepEqual([ofCards?.before, ofCards?.value], [14, 90])
  assert.deepEqual(
    told.needs.map(({ need, before, after: then }) => [need, before, then]),
    [['card', 1, 0]],
  )
  assert.equal((await readLawRows(folder)).size, 0)
})

test('rows are kept beside those that were there; one of the same day takes the place of the former', async () => {
  await writeFile(
    join(folder, lawFile),
    'rule,from,value,article,source,verified_on\naccounts.slip-days,2023-01-01,7,,house,\n',
  )
  await run(`${lawHead}accounts.slip-days,2023-01-01,9,,house,,\naccounts.slip-days,2024-01-01,8,,house,,\n`, false)
  assert.deepEqual(
    (await readLawRows(folder)).get('accounts.slip-days')?.map(({ from, value }) => [from, value]),
    [
      ['2023-01-01', 9],
      ['2024-01-01', 8],
    ],
  )
  assert.equal((await stat(join(folder, lawFile))).mode & 0o777, 0o600)
  await rm(join(folder, lawFile))
})

test('a file that is wrong in one line is refused with that line, and nothing of it is kept', async () => {
  assert.deepEqual(await refusal(`${dayHead}2027-02-30,Tết,holiday,TB1\n`), [
    'own-days-refused',
    [{ line: 2, should: 'date is the day, YYYY-MM-DD' }],
  ])
  assert.deepEqual(await refusal(`${dayHead}2027-02-05,Tết,holiday,\n`), [
    'own-days-refused',
    [{ line: 2, should: 'source is missing: name the announcement that says so' }],
  ])
  assert.deepEqual(await refusal(`${dayHead}2027-02-05,Tết,holiday,TB1\n2027-02-05,Tết,workday,TB1\n`), [
    'own-days-refused',
    [{ line: 3, should: '2027-02-05 has two rows: keep one' }],
  ])
  assert.equal((await refusal(`${lawHead}cards.no-such,2027-01-01,1,,QĐ1,,\n`))[0], 'law-rows-refused')
  await assert.rejects(run('a,b\n1,2\n', true), /names no columns of a file of law/)
  assert.match(await readFile(join(folder, daysFile), 'utf8'), /^date,name,kind,source,confidence\n2023-04-25/)
})

test('a dry run of a reform tells who lives and learns in a unit that goes over, and keeps nothing', async () => {
  const head = 'old_code,new_code,scope,effective,source\n'
  const count = async () => (await house.owner<{ n: number }>('select count(*)::int as n from units.succession'))[0]?.n
  const before = await count()
  const text = `${head}${commune.haKhanh},${commune.quangHanh},part,2024-11-01,NQ1\n`
  const told = await run(text, true)
  assert.deepEqual(told['effects'], [
    {
      old: commune.haKhanh,
      next: commune.quangHanh,
      effective: '2024-11-01',
      people: 1,
      applications: 1,
      schools: 0,
    },
  ])
  assert.equal(told['added'], 1)
  assert.equal(await count(), before)
  await run(text, false)
  assert.equal(await count(), (before ?? 0) + 1)
})

test('doctor names a year without holidays, rules of low confidence, and own rows that nobody compared', () => {
  const none = { lawRows: new Map(), ownDays: [] }
  const inSummer = lawAhead(asDay('2039-06-01'), none).found
  assert.match(inSummer, /no holidays of 2039;.*holidays of 2040 are not announced yet/)
  assert.match(lawAhead(asDay('2039-12-01'), none).found, /no holidays of 2039 and 2040/)
  const ownDays = [2039, 2040].flatMap(year =>
    Array.from({ length: 11 }, (_, at) => ({
      day: asDay(`${year}-01-${String(at + 1).padStart(2, '0')}`),
      kind: 'holiday' as const,
      name: 'Tết',
      source: 'TB',
    })),
  )
  assert.doesNotMatch(lawAhead(asDay('2039-06-01'), { ...none, ownDays }).found, /no holidays/)
  const row = { from: asDay('2040-01-01'), value: 15, source: 'QĐ1/2039', confidence: 'low' as const }
  const { found, ok } = lawAhead(asDay('2039-06-01'), { ownDays, lawRows: new Map([['cards.due-age', [row]]]) })
  assert.equal(ok, false)
  assert.match(found, /of low confidence: .*cards\.due-age of 2040-01-01/)
  assert.match(found, /of law\.csv, compared by nobody: cards\.due-age of 2040-01-01/)
  const unsure = ownDays.map(own => (own.day === '2040-01-01' ? { ...own, confidence: 'low' as const } : own))
  assert.match(lawAhead(asDay('2039-06-01'), { ...none, ownDays: unsure }).found, /days of low confidence: 2040-01-01$/)
  assert.match(found, /begins by 2040-06-01: cards\.due-age of 2040-01-01/)
})
