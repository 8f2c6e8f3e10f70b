import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anInspectedHouse, type Standing } from '../../test/an-inspected-house.ts'
import { commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import { openRequests } from '../platform/http/serve-endpoint.ts'
import { makeServer } from '../platform/http/server.ts'
import { asId } from '../platform/ids.ts'
import { openLog } from '../platform/log.ts'
import type { Problem } from '../platform/problem.ts'
import { asSystem } from '../platform/work.ts'
import { mayDo, type Role, roles } from '../staff/role.ts'
import * as staff from '../staff/staff.ts'
import * as contract from './contract.ts'
import * as inspection from './inspection.ts'
import type { PatternId } from './pattern.ts'
import { routes } from './routes.ts'

/** Who may look, ask and settle; whose names are opened; and what the officer who is asked sees of it. */

const house = await openHouse({ withUnits: true })
const { at, anOfficer, people, read, derive } = anInspectedHouse(house)
const [auditor, officer, commander, districtOfficer, ward] = [
  await anOfficer('auditor', '22'),
  await anOfficer('ward-officer', commune.haKhanh),
  await anOfficer('provincial-commander', '22'),
  await anOfficer('district-officer', '193'),
  await anOfficer('ward-officer', commune.haPhong),
]
const strangers = await people(40, { commune: commune.quangHanh })
await read(officer, '2023-04-18T16:00:00Z', strangers)
await derive('2023-04-18')

const morning = '2023-04-19T01:00:00Z'
const span = { from: '2023-04-18', to: '2023-04-19' }
const patternsOf = (reader: Standing, rule: 'strangers' | 'off-hours') =>
  at(morning, reader, work => inspection.listPatterns(work, { ...span, rule, state: 'all' }))
const idOfPattern = async (rule: 'strangers' | 'off-hours') =>
  (await patternsOf(auditor, rule)).patterns[0]?.id ?? assert.fail(`no pattern ${rule}`)
const officerId = (of: Standing) => asId<'officer'>(of.by.id)

const refusal = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'went through',
    (error: Problem) => error.code,
  )
const tracesOf = (reader: Standing) =>
  house.owner<{ fields: string; purpose: string; case: string | null }>(
    'select fields, purpose, case_kind as "case" from audit.access where by_id = $1 order by id',
    [reader.by.id],
  )

test('an auditor sees initials, and names only with a reason, as a reading and a deed of theirs', async () => {
  const id = await idOfPattern('strangers')
  const { readings, next } = await at(morning, auditor, work => inspection.patternReadings(work, id, { limit: 30 }))
  assert.equal(readings.length, 30)
  assert.match(readings[0]?.initials ?? '', /^(\p{L}+\. ?)+$/u)
  assert.ok(readings[0]?.place)
  const rest = await at(morning, auditor, work => inspection.patternReadings(work, id, { after: next ?? '' }))
  assert.equal(rest.readings.length, 10)
  assert.equal((await tracesOf(auditor)).length, 0)

  const wanted = { officer: officerId(officer), readings: readings.slice(0, 3).map(one => one.id), patternId: id }
  for (const reason of ['', '   ', 'vì cần', '. . . . . . . . . . .'])
    assert.equal(
      await refusal(at(morning, auditor, work => inspection.openNames(work, { ...wanted, reason }))),
      'inspection-reason-needed',
    )
  assert.equal((await tracesOf(auditor)).length, 0)
  const { names } = await at(morning, auditor, work =>
    inspection.openNames(work, { ...wanted, reason: 'Đối chiếu với sổ trực đêm của phường' }),
  )
  assert.equal(names.length, 3)
  assert.match(names[0]?.fullName ?? '', /Thử/)
  const traces = await tracesOf(auditor)
  assert.deepEqual(
    traces.map(trace => [trace.fields, trace.case]),
    Array.from({ length: 3 }, () => ['name', 'pattern']),
  )
  const deeds = await house.work(work => audit.deedsOf(work, officer.by.id))
  const opened = deeds.find(({ deed }) => deed === 'names.opened')
  assert.ok(opened)
  assert.deepEqual([opened.byId, (opened.facts as { people: number }).people], [auditor.by.id, 3])
})

test('a friend’s history is refused without a reason; with one it stands in the friend’s own history', async () => {
  const friend = strangers[0] ?? assert.fail()
  const asked = { number: friend.number }
  const before = (await tracesOf(auditor)).length
  for (const reason of ['', 'bạn tôi'])
    assert.equal(
      await refusal(at(morning, auditor, work => inspection.openHistory(work, { ...asked, reason }))),
      'inspection-reason-needed',
    )
  assert.equal((await tracesOf(auditor)).length, before)
  const history = await at('2023-04-19T01:05:00Z', auditor, work =>
    inspection.openHistory(work, { ...asked, reason: 'Công dân gửi đơn hỏi ai đã xem' }),
  )
  assert.deepEqual(history.readings.map(one => one.officer.id).includes(officerId(officer)), true)
  const readers = await house.work(work => audit.readersOf(work, friend.id, new Date('2023-04-01')))
  assert.ok(readers.some(({ by_id: by, fields }) => by === auditor.by.id && fields === 'name,access-history'))
  const deed = await house.work(work => audit.lastDeedOn(work, friend.id))
  assert.equal(deed?.deed, 'history.opened')

  // What an auditor reads is counted like anybody's.
  await derive('2023-04-19')
  const rows = await house.owner('select from inspection.officer_day where officer_id = $1', [auditor.by.id])
  assert.equal(rows.length, 1)
})

test('readings of officers of another unit are not opened by a district’s auditor', async () => {
  const elsewhere = await anOfficer('auditor', '196')
  const id = await idOfPattern('strangers')
  const { readings } = await at(morning, auditor, work => inspection.patternReadings(work, id, { limit: 1 }))
  const wanted = { officer: officerId(officer), readings: readings.map(one => one.id) }
  const reason = 'Kiểm tra đột xuất theo kế hoạch'
  const answers = await Promise.all([
    refusal(at(morning, elsewhere, work => inspection.showPattern(work, id, { mayAsk: true }))),
    refusal(at(morning, elsewhere, work => inspection.openNames(work, { ...wanted, reason }))),
    refusal(at(morning, elsewhere, work => inspection.explain(work, id, reason))),
  ])
  assert.deepEqual(answers, ['pattern-unknown', 'reading-unknown', 'pattern-unknown'])
  const { readings: none } = await at(morning, elsewhere, work =>
    inspection.officerReadings(work, officerId(officer), span),
  )
  assert.deepEqual(none, [])
})

test('nobody inspects themselves, their stand-ins, whom they stand in for, or their own post', async () => {
  const both = await anOfficer('auditor', '22')
  await read(both, '2023-04-17T16:00:00Z', strangers)
  await derive('2023-04-17')
  const days = { from: '2023-04-17', to: '2023-04-17', rule: 'off-hours' as const }
  const [theirs] = (await at(morning, auditor, work => inspection.listPatterns(work, days))).patterns
  assert.deepEqual(theirs?.officerIds, [both.by.id])
  const id = theirs?.id as PatternId
  const standIn = { ...(await anOfficer('auditor', '22')) }
  const asStandIn = { ...standIn, by: { ...standIn.by, onBehalfOf: both.by.id } }
  const absent = await anOfficer('auditor', '22')
  await house.owner(
    `insert into staff.stand_in (id, appointment_id, officer_id, from_on, to_on)
     select gen_random_uuid(), id, $2, '2023-04-17', '2023-04-18' from staff.appointment where officer_id = $1`,
    [absent.by.id, both.by.id],
  )
  const reason = 'Đã rõ, không có gì khác thường'
  for (const by of [both, asStandIn, absent]) {
    assert.deepEqual((await at(morning, by, work => inspection.listPatterns(work, days))).patterns, [])
    assert.deepEqual(
      await Promise.all([
        refusal(at(morning, by, work => inspection.showPattern(work, id, { mayAsk: true }))),
        refusal(at(morning, by, work => inspection.patternReadings(work, id, {}))),
        refusal(at(morning, by, work => inspection.explain(work, id, reason))),
        refusal(at(morning, by, work => inspection.officerReadings(work, officerId(both), {}))),
      ]),
      ['pattern-your-own', 'pattern-your-own', 'pattern-your-own', 'pattern-your-own'],
    )
  }
  await assert.rejects(
    house.owner(
      `update inspection.pattern set state = 'explained', reason = 'x', settled_by = $2, settled_at = now()
       where id = $1`,
      [id, both.by.id],
    ),
    /settled_by_another/,
  )

  // An auditor of the province who is a ward officer too, in the ward whose readings they would judge.
  const twofold = await anOfficer('auditor', '22')
  await house.work(work =>
    staff.appoint(work, {
      officerId: officerId(twofold) as never,
      role: 'ward-officer',
      unitId: officer.unitId as never,
    }),
  )
  const own = await idOfPattern('off-hours')
  assert.equal(
    await refusal(at(morning, twofold, work => inspection.explain(work, own, reason))),
    'pattern-of-your-post',
  )
  const ask = { to: officerId(officer), text: 'Cho biết lý do xem đêm 18/04' }
  assert.equal(await refusal(at(morning, twofold, work => inspection.ask(work, own, ask))), 'pattern-of-your-post')
})

test('an officer is asked, sees it, and answers in writing; nobody else answers for them', async () => {
  const id = await idOfPattern('off-hours')
  const { askable } = await at(morning, auditor, work => inspection.showPattern(work, id, { mayAsk: true }))
  assert.deepEqual(
    askable.filter(({ isSuperior }) => !isSuperior).map(one => one.officer.id),
    [officer.by.id],
  )
  const superiors = askable.filter(({ isSuperior }) => isSuperior).map(one => one.officer.id)
  assert.ok(superiors.includes(officerId(commander)) && superiors.includes(officerId(districtOfficer)))
  const text = 'Đồng chí cho biết vì sao xem 40 người lúc 23 giờ ngày 18/04?'
  assert.equal(
    await refusal(at(morning, auditor, work => inspection.ask(work, id, { to: officerId(ward), text }))),
    'question-whom',
  )
  const question = await at(morning, auditor, work => inspection.ask(work, id, { to: officerId(officer), text }))
  assert.equal(question.dueOn, '2023-04-26')

  const [waiting] = await at(morning, officer, inspection.myQuestions)
  assert.deepEqual([waiting?.text, waiting?.rule, waiting?.answer], [text, 'off-hours', null])
  assert.deepEqual(await at(morning, ward, inspection.myQuestions), [])
  const answer = 'Trực chiến dịch ở tổ 7, danh sách do tổ trưởng giữ'
  assert.equal(
    await refusal(at(morning, ward, work => inspection.answer(work, question.id, answer))),
    'question-unknown',
  )
  await at('2023-04-20T02:00:00Z', officer, work => inspection.answer(work, question.id, answer))
  assert.equal(
    await refusal(at('2023-04-20T02:01:00Z', officer, work => inspection.answer(work, question.id, answer))),
    'question-answered',
  )
  const shown = await at('2023-04-20T03:00:00Z', auditor, work => inspection.showPattern(work, id, { mayAsk: true }))
  assert.deepEqual([shown.state, shown.questions[0]?.answer], ['answered', answer])
  const deeds = await house.work(work => audit.deedsOf(work, id))
  assert.deepEqual(
    deeds.map(({ deed, byId }) => [deed, byId]),
    [
      ['pattern.answered', officer.by.id],
      ['pattern.asked', auditor.by.id],
    ],
  )
})

test('a reason closes a pattern for good; what the officer reads later is counted from there on', async () => {
  const id = await idOfPattern('off-hours')
  await at('2023-04-20T04:00:00Z', auditor, work =>
    inspection.explain(work, id, 'Phường trực chiến dịch, có sổ trực kèm theo'),
  )
  assert.equal(
    await refusal(at('2023-04-20T04:01:00Z', auditor, work => inspection.explain(work, id, 'Đã rõ lý do rồi mà'))),
    'pattern-explained',
  )
  await read(officer, '2023-04-20T16:00:00Z', strangers.slice(0, 5))
  await derive('2023-04-20')
  const later = { from: '2023-04-20', to: '2023-04-21', rule: 'off-hours' as const }
  const open = () => at('2023-04-21T17:00:00Z', auditor, work => inspection.listPatterns(work, later))
  assert.deepEqual((await open()).patterns, [])
  await read(officer, '2023-04-21T15:30:00Z', strangers.slice(5, 12))
  await derive('2023-04-21')
  assert.deepEqual(
    (await open()).patterns.map(one => [one.evidence.count, one.fromOn]),
    [[12, '2023-04-20']],
  )

  // A closed pattern that is deleted comes back closed, with its reason.
  await house.owner('delete from inspection.question where pattern_id = $1', [id])
  await house.owner('delete from inspection.pattern where id = $1', [id])
  await at('2023-04-22T01:00:00Z', asSystem('audit'), inspection.putRight)
  const [back] = await house.owner<{ state: string; reason: string; by: string }>(
    'select state, reason, settled_by as by from inspection.pattern where id = $1',
    [id],
  )
  assert.deepEqual(back, {
    state: 'explained',
    reason: 'Phường trực chiến dịch, có sổ trực kèm theo',
    by: auditor.by.id,
  })
})

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'path' in value && 'right' in value
const doors = (Object.values(contract) as unknown[]).filter(isEndpoint)
const origin = 'http://localhost:8080'
const logged: string[] = []
const log = openLog('info', { write: (line: string) => logged.push(line) } as never)
const app = await makeServer({ log, origin, trustProxy: false })
const actors: Readonly<Record<string, { role: Role; standing: Standing }>> = {
  ward: { role: 'ward-officer', standing: ward },
  auditor: { role: 'auditor', standing: auditor },
  commander: { role: 'provincial-commander', standing: commander },
}
const asked = openRequests(house.openWork, async request => {
  const who = actors[String(request.headers['x-who'])]
  return (
    who && {
      by: who.standing.by,
      authority: (right, purpose) =>
        right === 'signed-in' || mayDo(who.role, right) ? { ...who.standing, purpose } : undefined,
    }
  )
})
routes({ app, origin, openWork: asked }, { signer: () => assert.fail('no door here signs') })

async function knock(who: string, door: Endpoint, body: object = {}) {
  const url = `/api${door.path.replace(/:\w+/g, strangers[0]?.id ?? '')}`
  const payload = door.body ? { payload: body } : {}
  return app.inject({ method: door.method, url, headers: { 'x-who': who }, ...payload })
}

test('a ward’s officer is refused at every door of the auditor, and a commander where one asks', async () => {
  const ofAuditor = doors.filter(({ right }) => right.startsWith('audit.'))
  assert.ok(ofAuditor.length >= 10)
  for (const door of ofAuditor) assert.equal((await knock('ward', door)).statusCode, 403, door.path)
  for (const door of ofAuditor.filter(({ right }) => right !== 'audit.read'))
    assert.equal((await knock('commander', door)).statusCode, 403, door.path)
  assert.deepEqual(
    roles.filter(role => mayDo(role, 'audit.ask')),
    ['auditor'],
  )
  // Who asks and settles reads no register, and whoever reads the register settles nothing.
  for (const right of ['register.read', 'register.search', 'register.look-up', 'rolls.review'])
    assert.equal(mayDo('auditor', right), false, right)
})

test('neither an address nor a line of the log has the name or the number that was asked for', async () => {
  for (const door of doors) {
    const asked = Object.keys((door.query as { properties?: object } | undefined)?.properties ?? {})
    assert.deepEqual(
      asked.filter(name => /name|number|person|reason|text/i.test(name)),
      [],
      door.path,
    )
  }
  const person = strangers[3] ?? assert.fail()
  const reason = 'Người dân hỏi ai đã xem hồ sơ'
  const reply = await knock('auditor', contract.openHistory, { number: person.number, reason })
  assert.equal(reply.statusCode, 200, reply.body)
  const { fullName } = reply.json() as { fullName: string }
  const text = logged.join('\n')
  for (const secret of [person.number, fullName, reason]) assert.ok(!text.includes(secret), secret)
})

test('an officer at the door with no page mark, too long a span or an unknown unit is told so', async () => {
  const ask = async (query: string) => {
    const reply = await app.inject({ url: `/api/inspection/${query}`, headers: { 'x-who': 'auditor' } })
    return `${reply.statusCode} ${(reply.json() as { type?: string }).type ?? ''}`
  }
  assert.equal(await ask('patterns?after=x'), '400 /problems/page-mark-unknown')
  assert.equal(await ask('overview?from=2023-01-01&to=2023-04-01'), '422 /problems/inspection-span-too-long')
  assert.match(await ask(`overview?unit=${strangers[0]?.id}`), /^404 .*unit-unknown/)
  assert.equal(await ask('officers?from=2023-04-18&to=2023-04-18&limit=1'), '200 ')
})
