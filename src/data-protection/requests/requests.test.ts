import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse, type TestHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { addDays, asDay, type Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { type Authority, makeOpenWork, type Work } from '../../platform/work.ts'
import { requestKinds } from '../request.ts'
import * as requests from './requests.ts'

/** Requests of people about their own data, each by the law of the day on which it came in. */

const house = await openHouse({ withUnits: true })
const officer = await anOfficerOf(house, commune.haKhanh)
const elsewhere = await anOfficerOf(house, commune.quangHanh)

/** The same house on another business day. */
const on = (day: Day): TestHouse['openWork'] =>
  makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => day })
const since2023 = asDay('2023-07-03')
const since2026 = asDay('2026-01-05')

const someone = async () => enter(house, aPerson({ commune: commune.haKhanh, phone: '0912345123' }))
const ownPage = (personId: Id<'person'>): Authority => ({
  by: { kind: 'citizen', id: personId },
  scope: 'house',
  purpose: 'own-page',
})

type Filing = Partial<Pick<requests.NewDataRequest, 'kind' | 'words'>>
const file = (day: Day, personId: Id<'person'>, given: Filing = {}) =>
  on(day)(ownPage(personId), work =>
    requests.fileRequest(work, {
      personId,
      kind: 'erase',
      words: 'Đề nghị xóa dữ liệu của tôi',
      way: 'own-page',
      ...given,
    }),
  )
const as = <T>(day: Day, verb: (work: Work) => Promise<T>, by: Authority = officer) => on(day)(by, verb)
const refusal = (step: Promise<unknown>): Promise<string> =>
  step.then(
    () => 'not refused',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )

test('a request of 2023 has 72 hours, one of 2026 the days of its kind, and one before a clock of ours', async () => {
  const person = await someone()
  const before = await file(asDay('2023-06-30'), person)
  assert.deepEqual([before.dueOn, before.dueAt], ['2023-07-15', undefined])
  const in2023 = await file(since2023, person)
  assert.equal(in2023.dueAt?.getTime(), in2023.receivedAt.getTime() + 72 * 3_600_000)
  assert.equal(in2023.dueOn, '2023-07-06')
  const days = []
  for (const kind of ['copy', 'withdraw', 'erase', 'complain'] as const)
    days.push((await file(since2026, person, { kind })).dueOn)
  assert.deepEqual(
    days,
    [10, 15, 20, 30].map(count => addDays(since2026, count)),
  )
})

test('what lay in the queue when the law changed keeps the clock and the grounds of its own day', async () => {
  const { id } = await file(asDay('2025-12-31'), await someone())
  const later = await as(since2026, work => requests.readRequest(work, id))
  assert.deepEqual(
    [later.dueOn, requests.termReferenceOf(later.receivedOn, {}).source.slice(0, 9)],
    ['2026-01-03', 'NĐ13/2023'],
  )
  assert.equal(await as(since2026, async work => requests.extendableDays(work, later)), 0)
})

test('a request goes from the person to the officer, and its answer with the ground back to them', async () => {
  const person = await someone()
  const { id } = await file(since2026, person)
  const { requests: open } = await as(since2026, work =>
    requests.listRequests(work, { which: 'open', after: undefined }),
  )
  assert.ok(open.some(one => one.id === id && one.name))
  await as(since2026, work => requests.takeUpRequest(work, id))
  await as(since2026, work =>
    requests.answerRequest(work, id, {
      outcome: 'refused',
      ground: 'register-of-population',
      answer: 'Dữ liệu dân cư không xóa theo yêu cầu; ông/bà có thể đề nghị chỉnh sửa.',
    }),
  )
  const [shown] = await on(since2026)(
    { by: { kind: 'citizen', id: person }, scope: 'none', ownOf: person, purpose: 'own-page' },
    work => requests.listRequestsOf(work, person),
  )
  assert.deepEqual([shown?.state, shown?.outcome, shown?.ground], ['answered', 'refused', 'register-of-population'])
  const sent = await house.owner<{ template: string; body: string }>(
    'select template, body from outreach.message where person_id = $1 order by id',
    [person],
  )
  assert.deepEqual(
    sent.map(({ template }) => template),
    ['data-request-acknowledged', 'data-request-answered'],
  )
  assert.doesNotMatch(sent.map(({ body }) => body).join(), /không xóa/, 'what was answered stands on the page alone')
  assert.equal(await refusal(as(since2026, work => requests.takeUpRequest(work, id))), 'data-request-ended')
})

test('what is not wholly granted names a ground of its day, and what is granted names none', async () => {
  const { id } = await file(asDay('2023-06-01'), await someone())
  const answer = (outcome: 'granted' | 'refused', ground?: 'public-duty' | 'kept-by-law') =>
    refusal(
      as(since2023, work => requests.answerRequest(work, id, { outcome, ground, answer: 'Đã xem xét yêu cầu này' })),
    )
  assert.equal(await answer('refused'), 'data-request-ground-needed')
  assert.equal(await answer('refused', 'public-duty'), 'data-request-ground-needed', 'a ground of NĐ13/2023')
  assert.equal(await answer('granted', 'kept-by-law'), 'data-request-ground-needed')
  assert.equal(await answer('refused', 'kept-by-law'), 'not refused')
})

test('the time is extended once, where the law allows it, with a reason and before it is over', async () => {
  const person = await someone()
  const extend = (day: Day, id: requests.DataRequest['id'], reason = 'Phải xác minh tại nơi sinh') =>
    refusal(as(day, work => requests.extendRequest(work, id, reason)))
  const of2023 = await file(since2023, person)
  assert.equal(await extend(since2023, of2023.id), 'data-request-not-extendable')
  const of2026 = await file(since2026, person)
  assert.equal(await extend(since2026, of2026.id, 'ok'), 'data-request-answer-short')
  assert.equal(await extend(since2026, of2026.id), 'not refused')
  const { dueOn } = await as(since2026, work => requests.readRequest(work, of2026.id))
  assert.equal(dueOn, addDays(since2026, 40))
  assert.equal(await extend(since2026, of2026.id), 'data-request-not-extendable')
  const late = await file(since2026, person)
  assert.equal(await extend(asDay('2026-02-01'), late.id), 'data-request-not-extendable')
})

test('a request is late from the day after its last one, and is counted so', async () => {
  const { id, dueOn } = await file(since2026, await someone(), { kind: 'copy' })
  const stateOn = (day: Day) => as(day, async work => requests.dueStateOf(work, await requests.readRequest(work, id)))
  assert.deepEqual(
    [
      await stateOn(since2026),
      await stateOn(addDays(dueOn, -2)),
      await stateOn(dueOn),
      await stateOn(addDays(dueOn, 1)),
    ],
    ['later', 'soon', 'today', 'overdue'],
  )
  const before = await as(dueOn, work => requests.countRequests(work))
  const after = await as(addDays(dueOn, 1), work => requests.countRequests(work))
  assert.ok(after.overdue > before.overdue)
})

test('a granted withdrawal ends the consents of that person, and of nobody else', async () => {
  const [person, other] = [await someone(), await someone()]
  for (const one of [person, other])
    await house.owner(
      `insert into signin.consent (person_id, id, account_id, client_id, party_id, scopes, refused, given_at, ends_at,
         grant_id) values ($1, $2, $3, 'client', $3, '{name}', '{}', now(), now() + interval '1 year', $4)`,
      [one, newId(), newId(), newId()],
    )
  const { id } = await file(since2026, person, { kind: 'withdraw' })
  await as(since2026, work => requests.answerRequest(work, id, { outcome: 'granted', answer: 'Đã rút mọi sự đồng ý' }))
  const inForce = await house.owner<{ person_id: string }>(
    'select person_id from signin.consent where ended_at is null and person_id = any ($1)',
    [[person, other]],
  )
  assert.deepEqual(inForce, [{ person_id: other }])
})

test('a correction is granted only once one was approved since the request came in', async () => {
  const person = await someone()
  const { id } = await file(since2026, person, { kind: 'correct' })
  const answer = (outcome: 'granted' | 'refused', ground?: 'not-held') =>
    refusal(as(since2026, work => requests.answerRequest(work, id, { outcome, ground, answer: 'Đã kiểm tra hồ sơ' })))
  assert.equal(await answer('granted'), 'data-request-not-corrected')
  assert.equal(await answer('refused', 'not-held'), 'not refused')
})

test('an officer of another unit sees no request, answers none and counts none', async () => {
  const { id } = await file(since2026, await someone())
  const there = <T>(verb: (work: Work) => Promise<T>) => as(since2026, verb, elsewhere)
  assert.equal((await there(work => requests.countRequests(work))).open, 0)
  assert.equal(await refusal(there(work => requests.readRequest(work, id))), 'data-request-unknown')
  const answer = { outcome: 'granted', answer: 'Đã giải quyết xong' } as const
  assert.equal(await refusal(there(work => requests.answerRequest(work, id, answer))), 'data-request-unknown')
})

test('a person sees and withdraws their own requests, and nobody else’s', async () => {
  const [person, other] = [await someone(), await someone()]
  const { id } = await file(since2026, person)
  const takeBack = (by: Id<'person'>) =>
    refusal(on(since2026)(ownPage(by), work => requests.withdrawRequest(work, by, id)))
  assert.equal(await takeBack(other), 'data-request-unknown')
  assert.equal(await takeBack(person), 'not refused')
  assert.equal(await takeBack(person), 'data-request-ended')
  const seen = await on(since2026)(
    { by: { kind: 'citizen', id: other }, scope: 'none', ownOf: other, purpose: 'own-page' },
    work => requests.listRequestsOf(work, person),
  )
  assert.deepEqual(seen, [])
})

test('an officer files at the counter for somebody there, and for nobody whom they may not see', async () => {
  const [here, there] = [await someone(), await enter(house, aPerson({ commune: commune.quangHanh }))]
  const counter = (personId: Id<'person'>) =>
    as(since2026, work =>
      requests.fileRequest(work, { personId, kind: 'correct', words: 'Sửa ngày sinh cho đúng', way: 'counter' }),
    )
  assert.equal((await counter(here)).filedBy, officer.by.id)
  assert.equal(await refusal(counter(there)), 'person-unknown')
})

test('a person has ten requests open at most', async () => {
  const person = await someone()
  for (let n = 0; n < 10; n += 1)
    await file(since2026, person, { kind: requestKinds[n % requestKinds.length] ?? 'see' })
  assert.equal(await refusal(file(since2026, person)), 'data-request-many-open')
})

test('whoever fetches the file of their data has what they asked to see or to have', async () => {
  const person = await someone()
  await file(since2026, person, { kind: 'copy' })
  await file(since2026, person, { kind: 'erase' })
  await on(since2026)(
    { by: { kind: 'citizen', id: person }, scope: 'none', ownOf: person, purpose: 'own-page' },
    work =>
      requests.answerByCopy(work, {
        id: work.id as unknown as Id<'deed'>,
        deed: 'own-data.downloaded',
        subject: { kind: 'person', id: person, personId: person },
        facts: {},
      }),
  )
  const rows = await house.owner<{ kind: string; state: string; answered_by: string | null }>(
    'select kind, state, answered_by from data_protection.request where person_id = $1 order by kind',
    [person],
  )
  assert.deepEqual(rows, [
    { kind: 'copy', state: 'answered', answered_by: 'house' },
    { kind: 'erase', state: 'received', answered_by: null },
  ])
})
