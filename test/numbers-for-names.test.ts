import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { kindsOfFollowUps } from '../src/follow-up-kinds.ts'
import { routes as followUpRoutes } from '../src/follow-ups/routes.ts'
import { asOperator } from '../src/open-house.ts'
import { type Endpoint, signedIn } from '../src/platform/endpoint.ts'
import { openRequests } from '../src/platform/http/serve-endpoint.ts'
import { makeServer } from '../src/platform/http/server.ts'
import type { Id } from '../src/platform/ids.ts'
import { openLog } from '../src/platform/log.ts'
import type { Authority } from '../src/platform/work.ts'
import { openWorkbook } from '../src/platform/workbook/read-workbook.ts'
import * as register from '../src/register/register.ts'
import * as rolls from '../src/rolls/rolls.ts'
import { routes as rollRoutes } from '../src/rolls/routes.ts'
import { mayDo, type Role } from '../src/staff/role.ts'
import { routes as statisticsRoutes } from '../src/statistics/routes.ts'
import * as units from '../src/units/units.ts'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from './builders.ts'
import { openHouse } from './house.ts'
import { type ALine, asRoll, schoolsOf } from './rolls/sending.ts'

/** An officer of education sends names and birth dates, and wants the register's numbers and values for them. */

const house = await openHouse({ withUnits: true })
const { school, send } = await schoolsOf(house, [
  ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
  ['22002', 'Trường THPT Hà Phong', 'upper-secondary', commune.haPhong],
  ...['22003', '22004', '22005', '22006'].map(
    code => [code, `Trường THPT số ${code.at(-1)}`, 'upper-secondary', commune.haPhong] as const,
  ),
])
const [haKhanh, haPhong] = [await school('22001'), await school('22002')]
const police = await anOfficerOf(house, '193')
const { schools } = await house.work(work => units.scopePartsOf(work, police.unitId, '2023-04-20' as never))
const education: Authority = {
  ...(await anOfficerOf(house, '193')),
  scope: { units: schools as never },
}

const pupils = [
  aPerson({ name: 'Cao Thị Mỹ Duyên', sex: 'F', bornOn: '2005-07-03', mother_name: 'Lục Thị Ngần' }),
  aPerson({ name: 'Đinh Trọng Khôi', bornOn: '2005-08-21' }),
  aPerson({ name: 'Voòng A Sáu', bornOn: '2005-09-09', life_status: 'dead' }),
  aPerson({ name: 'Tằng Nhì Múi', sex: 'F', bornOn: '2005-10-12' }),
]
const adult = aPerson({ name: 'Lê Thị Người Lớn', sex: 'F', bornOn: '1980-02-02' })
const strangers = ['Ninh Văn Một', 'Ninh Văn Hai', 'Ninh Văn Ba', 'Ninh Văn Bốn'].map((name, i) =>
  aPerson({ name, bornOn: `2005-01-1${i}`, commune: commune.quangHanh, mother_name: `Mẹ Của ${name}` }),
)
await enterAll(house, [...pupils, adult, ...strangers])

const day = (text: string) => text.split('-').reverse().join('/')
const lineOf = (person: Record<string, string>, more: Partial<ALine> = {}): ALine => ({
  name: person['full_name'] ?? '',
  born: day(person['birth_date'] ?? ''),
  ...(person['mother_name'] && { mother: person['mother_name'] }),
  ...more,
})

const app = await makeServer({ log: openLog('silent'), origin: 'http://localhost:8080', trustProxy: false })
after(() => app.close())
const readers: Readonly<Record<string, readonly [Authority, Role]>> = {
  education: [education, 'education-officer'],
  police: [police, 'district-officer'],
}
const doors = {
  app,
  origin: 'http://localhost:8080',
  openWork: openRequests(house.openWork, async request => {
    const [who, role] = readers[String(request.headers['x-officer'])] ?? []
    return (
      who && {
        by: who.by,
        authority: (right: string, purpose: string) =>
          right === signedIn || mayDo(role as Role, right) ? { ...who, purpose } : undefined,
      }
    )
  }),
}
rollRoutes(doors)
followUpRoutes(doors, kindsOfFollowUps)
statisticsRoutes(doors, { key: (() => assert.fail('no door here signs')) as never, isDemonstration: () => false })

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value && 'right' in value
const root = join(import.meta.dirname, '..')
const educationDoors = (
  await Promise.all(
    globSync('src/**/contract*.ts', { cwd: root }).map(async file =>
      Object.values((await import(join(root, file))) as Record<string, unknown>).filter(isEndpoint),
    ),
  )
)
  .flat()
  .filter(({ right }) => right === signedIn || mayDo('education-officer', right))
  .filter(({ method }) => method === 'GET')

const call = async (who: string, method: 'GET' | 'POST', path: string, payload?: object) => {
  const reply = await app.inject({
    method,
    url: `/api${path}`,
    headers: { 'x-officer': who },
    ...(payload && { payload }),
  })
  return { status: reply.statusCode, raw: reply.rawPayload, body: reply.body.startsWith('{') ? reply.json() : {} }
}

async function textOf(raw: Buffer): Promise<string> {
  if (raw.subarray(0, 2).toString() !== 'PK') return raw.toString()
  const book = await openWorkbook(raw)
  const texts: string[] = []
  for await (const { cells } of book.rows(0)) texts.push(...cells.map(({ text }) => text))
  return texts.join('\n')
}

/** What every door that education may call answers, with every id that has to do with a roll. */
async function answersOf(rollId: string): Promise<string[]> {
  const entries = await house.owner<{ id: string }>('select id from rolls.row where roll_id = $1', [rollId])
  const ids = [rollId, haKhanh, ...entries.map(({ id }) => id)]
  const found: string[] = []
  for (const { path } of educationDoors)
    for (const id of path.includes(':') ? ids : ['']) {
      const { status, raw } = await call('education', 'GET', path.replace(/:(\w+)/g, id))
      if (status === 200) found.push(`${path} ${await textOf(raw)}`)
    }
  assert.ok(found.length > 8, `only ${found.length} doors answered`)
  return found
}

const rowsOf = async (rollId: string) => (await call('education', 'GET', `/rolls/${rollId}/rows`)).body.rows

let rollId = '' as rolls.RollId

test('no door answers education a number or a value of the register for names and birth dates', async () => {
  rollId = await send(education, haKhanh, [
    lineOf(pupils[0]!, { name: 'Cao Thị Mỹ Duyen', born: '03/07/2005', sex: 'Nam' }),
    lineOf(pupils[1]!, { born: '21/08/2005' }),
    lineOf(pupils[2]!),
    lineOf(pupils[3]!, { born: '12/11/2005' }),
  ])
  // The police decide what the machine did not: the rows are these pupils.
  const open = await house.owner<{ place: number; person_id: Id<'person'> }>(
    `select w.place, c.person_id from rolls.row w join rolls.candidate c on c.roll_id = w.roll_id and c.place = w.place
     where w.roll_id = $1 and w.outcome = 'review' and c.rank = 1`,
    [rollId],
  )
  for (const { place, person_id: personId } of open)
    await house.as(police, work => rolls.recordDecision(work, rollId, place, { decision: 'same', personId }))
  const found = await house.owner(`select from rolls.row where roll_id = $1 and outcome = 'matched'`, [rollId])
  assert.equal(found.length, 4)
  const answers = await answersOf(rollId)
  const secrets = [...pupils.map(one => one.person_number), 'Duyên', '12/10/2005', '2005-10-12', 'deceased', 'đã mất']
  for (const secret of secrets)
    assert.deepEqual(
      answers.filter(text => text.includes(secret)).map(text => text.slice(0, 400)),
      [],
      `${secret} was answered`,
    )
  assert.ok(
    answers.some(text => text.includes('không khớp giấy tờ')),
    'the school learns that it differs',
  )
})

test('the workbook that the police make for a school has no value of the register either', async () => {
  for (const file of ['review.xlsx', 'review.html']) {
    const text = await textOf((await call('police', 'GET', `/rolls/${rollId}/${file}`)).raw)
    assert.match(text, /không khớp giấy tờ/)
    assert.doesNotMatch(text, /Duyên|022\d{9}|12\/10\/2005/)
  }
})

test('a row of an adult gets the answer of a row of nobody, by name and by number', async () => {
  const id = await send(education, haPhong, [
    lineOf(pupils[1]!),
    lineOf(adult),
    { name: 'Mai Thị Không Có', born: '02/02/1980' },
    lineOf(pupils[1]!, { name: 'Đỗ Văn Chẳng Ai', born: '05/05/2005', number: adult.person_number }),
    { name: 'Đỗ Văn Chẳng Thấy', born: '06/05/2005', number: '022205999999' },
  ])
  const [, ofAdult, ofNobody, numberOfAdult, numberOfNobody] = await rowsOf(id)
  const without = ({ name: _, place: _p, row: _r, birthDate: _b, givenNumber: _n, ...rest }: Record<string, unknown>) =>
    rest
  assert.deepEqual(without(ofAdult), without(ofNobody))
  assert.deepEqual(numberOfAdult.defects, numberOfNobody.defects)
  assert.deepEqual(numberOfAdult.outcome, numberOfNobody.outcome)
})

test('a folder that an operator imports answers education for an adult what it answers for nobody', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-folder-'))
  after(() => rm(folder, { recursive: true, force: true }))
  // So many files that the register is read into memory for them.
  const lines: readonly ALine[] = [
    lineOf(adult),
    { name: 'Mai Thị Không Thấy', born: '02/02/1980' },
    { name: 'Đỗ Văn Chẳng Biết', born: '05/05/2005', number: adult.person_number },
    { name: 'Đỗ Văn Chẳng Quen', born: '06/05/2005', number: '022205999998' },
    lineOf(adult, { number: adult.person_number }),
    { name: 'Mai Thị Không Đâu', born: '02/02/1980', number: '022180999997' },
  ]
  for (const [nth, code] of ['22003', '22004', '22005', '22006'].entries())
    await writeFile(join(folder, `${code}.xlsx`), await asRoll(nth === 0 ? lines : [lineOf(pupils[nth]!)]))
  const { rolls: ids, refused } = await rolls.importFolder(house.openWork, asOperator('roll'), folder, {
    schoolYear: '2022-2023',
  })
  assert.deepEqual([ids.length, refused], [4, []])
  const [byName, ofNobody, byNumber, numberOfNobody, byBoth, bothOfNobody] = await rowsOf(ids[0]!)
  const told = ({ outcome, defects, followUps }: Record<string, unknown>) => ({ outcome, defects, followUps })
  assert.deepEqual(told(byName), told(ofNobody))
  assert.deepEqual(told(byNumber), told(numberOfNobody))
  assert.deepEqual(told(byBoth), told(bothOfNobody))
  // Pupils are found all the same.
  assert.notEqual((await rowsOf(ids[1]!))[0].outcome, 'not-found')
})

test('a roll of strangers waits until the police accept it, and answers nothing meanwhile', async () => {
  const id = await send(
    education,
    haPhong,
    strangers.map(one => lineOf(one)),
  )
  const { body } = await call('education', 'GET', `/rolls/${id}`)
  assert.deepEqual([body.state, body.counts], ['held', { matched: 0, review: 0, 'not-found': 0, duplicate: 0 }])
  for (const row of await rowsOf(id)) assert.deepEqual([row.outcome, row.defects], [undefined, []])
  assert.equal((await call('education', 'POST', `/rolls/${id}/accept`)).status, 403)
  assert.equal((await call('education', 'POST', `/rolls/${id}/reconcile`)).body.type, '/problems/roll-of-strangers')
  const { followUps } = (await call('police', 'GET', '/follow-ups?kind=roll-of-strangers')).body
  assert.deepEqual(
    followUps.map(({ sourceId, owner }: { sourceId: string; owner: string }) => [sourceId, owner]),
    [[id, 'ward']],
  )
  assert.equal((await call('police', 'POST', `/rolls/${id}/accept`)).status, 200)
  assert.equal((await call('police', 'GET', '/follow-ups?kind=roll-of-strangers')).body.total, 0)
})

test('a roll of staff names adults, so one that education sends waits always', async () => {
  const id = await send(education, haPhong, [lineOf(adult)], { kind: 'staff' })
  assert.equal((await call('education', 'GET', `/rolls/${id}`)).body.state, 'held')
})

test('a school is given the number of a named row by an officer, and the person’s history says so', async () => {
  const given = await call('police', 'POST', `/rolls/${rollId}/releases`, { places: [4], why: 'exam' })
  assert.deepEqual([given.status, given.body], [200, { released: 1 }])
  const { numbers } = (await call('education', 'GET', `/rolls/${rollId}/releases`)).body
  assert.deepEqual(
    numbers.map(({ place, number }: { place: number; number: string }) => [place, number]),
    [[4, pupils[3]?.person_number]],
  )
  assert.equal((await call('education', 'POST', `/rolls/${rollId}/releases`, { places: [1], why: 'exam' })).status, 403)

  const personId = await idOf(house, pupils[3]?.person_number ?? '')
  const { history } = await house.as(police, work => register.getPerson(work, personId))
  assert.deepEqual(
    history.map(({ field, new: to, why, by }) => [field, to, why, by.id]),
    [['number_released', 'Trường THPT Hà Khánh', 'Đăng ký dự thi', police.by.id]],
  )
  const deeds = await house.owner<{ why: string }>(
    `select facts->>'why' as why from audit.deed where deed = 'number.released' and person_id = $1`,
    [personId],
  )
  assert.deepEqual(deeds, [{ why: 'exam' }])
})

test('an officer gives no number without a reason of the list, nor for something else without words', async () => {
  const give = (body: object) => call('police', 'POST', `/rolls/${rollId}/releases`, { places: [1], ...body })
  assert.equal((await give({ reason: 'Nhà trường đề nghị' })).status, 400)
  assert.equal((await give({ why: 'because', reason: 'Nhà trường đề nghị' })).status, 400)
  assert.equal((await give({ why: 'other', reason: '  ' })).body.type, '/problems/release-reason-needed')
  const released = await house.owner('select from rolls.released_number where number = $1', [pupils[0]?.person_number])
  assert.equal(released.length, 0)

  assert.equal((await give({ why: 'other', reason: 'Cấp học bổng' })).status, 200)
  const [row] = await house.owner<{ why: string; reason: string }>(
    'select why, reason from rolls.released_number where number = $1',
    [pupils[0]?.person_number],
  )
  assert.deepEqual(row, { why: 'other', reason: 'Cấp học bổng' })
})
