import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { anOfficerOf, commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { asDay, type Day } from '../platform/day.ts'
import { openRequests } from '../platform/http/serve-endpoint.ts'
import { makeServer } from '../platform/http/server.ts'
import { asId, type Id, newId } from '../platform/ids.ts'
import { openLog } from '../platform/log.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import type { FollowUp } from './follow-up.ts'
import * as followUps from './follow-ups.ts'
import { routes } from './routes.ts'
import { formerFollowUpRoutes } from './routes-former.ts'

const house = await openHouse({ withUnits: true })
const unitOf = (code: string) => house.work(async work => (await units.findUnitOn(work, code, work.today))!.id)
const [haPhong, haKhanh] = [await unitOf(commune.haPhong), await unitOf(commune.haKhanh)]
const [ward, otherWard] = [await anOfficerOf(house, commune.haPhong), await anOfficerOf(house, commune.haKhanh)]
const school = asId<'school'>('00000000-0000-7000-8000-00000000000a')
const atSchool = { ...ward, scope: { units: [school as unknown as Id<'unit'>] } }

const aFollowUp = (given: Partial<FollowUp> = {}): FollowUp => ({
  id: newId<'follow-up'>(),
  kind: 'roll-defect',
  scopeId: school,
  period: '2022-2023',
  sourceId: newId<'roll'>(),
  sourcePlace: 0,
  sourcePart: '9A',
  subjectId: newId<'row'>(),
  reason: 'name-differs',
  evidence: 'silent',
  valuesKey: '00000000-0000-4000-8000-000000000001',
  owner: 'school',
  dueOn: asDay('2023-04-25'),
  state: 'open',
  openedOn: asDay('2023-04-20'),
  ...given,
})

const opened = async (...all: FollowUp[]) => {
  await house.work(work => followUps.openFollowUps(work, all))
  return all.map(({ id }) => id)
}

const nothing = { vi: '', en: '' }
const stuckDays = ['2023-04-19', '2023-04-20', '2023-04-28'] as Day[]
const plain: followUps.KeptKindRules = {
  ...{ title: nothing, right: 'rolls.review', purpose: 'none' },
  papersDecide: () => false,
  describe: async () => [],
}
const kinds: followUps.FollowUpKinds = {
  'roll-defect': {
    title: nothing,
    right: 'rolls.read',
    purpose: 'roll',
    papersDecide: reason => reason === 'name-differs',
    describe: async (_work, found) =>
      found.map(() => ({ what: nothing, why: nothing, task: nothing, scopeName: 'Trường', name: 'An' })),
  },
  household: plain,
  'pupil-unreached': plain,
  message: plain,
  'phone-not-theirs': plain,
  'roll-of-strangers': plain,
  'missed-appointment': plain,
  gap: {
    right: 'enrolment.read',
    purpose: 'application',
    count: async () => stuckDays.map(dueOn => ({ owner: 'unit', dueOn, count: 1 })),
    find: async (_work, { offset, limit }) =>
      stuckDays.slice(offset, offset + limit).map((dueOn, at) => ({
        reason: 'held',
        subject: `packet ${at}`,
        owner: 'unit',
        unitId: haPhong,
        sinceOn: asDay('2023-04-18'),
        dueOn,
        facts: {},
      })),
    describe: async (_work, items) => items.map(({ unitId }) => ({ unit: { id: unitId, name: 'Hà Phong' } })),
  },
}

const openOnly =
  (authority: typeof ward, ...may: string[]): followUps.OpenForKind =>
  (kind, verb) =>
    may.includes(kinds[kind].right) ? house.as(authority, verb) : Promise.resolve(undefined)

/** The counts of a reader who may read some kinds. */
const counted = (may: readonly string[], query: Parameters<typeof followUps.countOpen>[2] = {}) =>
  house.as(atSchool, work => followUps.countOpen(work, kinds, query, kind => may.includes(kinds[kind].right)))

test('one list has the follow-ups of the scope and beside them what is stuck, each by its last day', async () => {
  const [later, sooner] = await opened(aFollowUp({ dueOn: asDay('2023-04-28') }), aFollowUp())
  const found = await followUps.listOpen(openOnly(atSchool, 'rolls.read', 'enrolment.read'), kinds, {})
  const ours = found.followUps.map(({ id }) => id).filter(id => id === later || id === sooner)
  assert.deepEqual(ours, [sooner, later])
  assert.deepEqual(
    found.stuck.map(({ subject, due }) => [subject, due]),
    [
      ['packet 0', 'overdue'],
      ['packet 1', 'today'],
      ['packet 2', 'later'],
    ],
  )
})

test('a reader without the right of a kind gets nothing of that kind, neither items nor counts', async () => {
  await opened(aFollowUp())
  const officer = openOnly(atSchool, 'rolls.read')
  const found = await followUps.listOpen(officer, kinds, {})
  assert.ok(found.total > 0)
  assert.deepEqual([found.stuck, found.stuckTotal], [[], 0])
  assert.deepEqual([...new Set((await counted(['rolls.read'])).map(({ kind }) => kind))], ['roll-defect'])
  const station = openOnly(atSchool, 'enrolment.read')
  assert.equal((await followUps.listOpen(station, kinds, {})).total, 0)
  assert.deepEqual(await counted(['enrolment.read']), [
    { kind: 'gap', owner: 'unit', overdue: 1, today: 1, later: 1, nextOn: '2023-04-19' },
  ])
})

test('counts that are narrowed to a school or a source leave out what is stuck, which is of neither', async () => {
  const [id] = await opened(aFollowUp())
  const mine = (await house.work(work => followUps.findFollowUps(work, { ids: [id ?? ''] })))[0] as FollowUp
  const may = ['rolls.read', 'enrolment.read']
  assert.deepEqual(await counted(may, { sourceId: mine.sourceId }), [
    { kind: 'roll-defect', owner: 'school', overdue: 0, today: 0, later: 1, nextOn: '2023-04-25' },
  ])
  assert.deepEqual(
    (await counted(may, { kind: 'gap' })).map(({ kind }) => kind),
    ['gap'],
  )
  assert.deepEqual(
    (await counted(may, { of: 'kept' })).filter(({ kind }) => kind === 'gap'),
    [],
  )
})

test('the unit that owns a follow-up sees it, and no other unit reads, answers or changes it', async () => {
  const [id] = await opened(aFollowUp({ owner: 'ward', ownerUnitId: haPhong }))
  const find = (work: Work) => followUps.findFollowUps(work, { ids: [id ?? ''] })
  assert.equal((await house.as(ward, find)).length, 1)
  assert.equal((await house.as(otherWard, find)).length, 0)
  await assert.rejects(
    house.as(otherWard, work => followUps.confirmRegister(work, id as FollowUp['id'])),
    { code: 'follow-up-unknown' },
  )
  await house.as(otherWard, work => followUps.setAnswer(work, [id ?? ''], 'register'))
  await house.as(otherWard, work => followUps.closeFollowUps(work, school, [{ id: id ?? '', state: 'done' }]))
  const [kept] = await house.work(find)
  assert.deepEqual([kept?.state, kept?.answer], ['open', undefined])
  await assert.rejects(
    house.as(otherWard, work => followUps.openFollowUps(work, [aFollowUp({ owner: 'ward', ownerUnitId: haPhong })])),
    /row-level security/,
  )
  assert.notEqual(haKhanh, haPhong)
})

test('only the owner answers, by papers where papers decide, and not once it is closed', async () => {
  const [ours, wards, zero] = await opened(
    aFollowUp(),
    aFollowUp({ owner: 'ward', ownerUnitId: haPhong, correctionId: newId<'correction'>() }),
    aFollowUp({ reason: 'number-lost-zero' }),
  )
  const papers = (id: FollowUp['id'] | undefined, text = 'Giấy khai sinh') =>
    house.work(work => followUps.confirmByPapers(work, kinds, id as FollowUp['id'], { papers: text }))
  await assert.rejects(papers(wards), { code: 'follow-up-of-another' })
  await assert.rejects(papers(zero), { code: 'follow-up-undisputed' })
  await assert.rejects(papers(ours, ' '), { code: 'follow-up-papers-needed' })
  await assert.rejects(
    house.work(work => followUps.confirmRegister(work, wards as FollowUp['id'])),
    { code: 'follow-up-has-correction' },
  )
  await papers(ours)
  await house.work(work => followUps.closeFollowUps(work, school, [{ id: ours ?? '', state: 'done' }]))
  await assert.rejects(papers(ours), { code: 'follow-up-closed' })
})

test('an answer is cleared when its values change, and stays when only the source does', async () => {
  const one = aFollowUp()
  await opened(one)
  await house.work(work => followUps.setAnswer(work, [one.id], 'papers', { papers: 'Giấy khai sinh' }))
  const kept = async () => (await house.work(work => followUps.findFollowUps(work, { ids: [one.id] })))[0]
  await house.work(work => followUps.moveFollowUps(work, school, newId<'roll'>(), [{ id: one.id, sourcePlace: 7 }]))
  assert.deepEqual([(await kept())?.answer, (await kept())?.sourcePlace], ['papers', 7])
  await house.work(async work =>
    followUps.updateFollowUps(work, [{ ...one, valuesKey: '00000000-0000-4000-8000-000000000002' }]),
  )
  assert.deepEqual([(await kept())?.answer, (await kept())?.papers], [undefined, undefined])
})

const app = await makeServer({ log: openLog('silent'), origin: 'http://localhost:8080', trustProxy: false })
after(() => app.close())
/** Callers name the rights that they have in a header. */
const doors = {
  app,
  origin: 'http://localhost:8080',
  openWork: openRequests(house.openWork, async request => ({
    by: atSchool.by,
    authority: (right: string, purpose: string) =>
      right === 'signed-in' || String(request.headers['x-rights']).includes(right)
        ? { ...atSchool, purpose }
        : undefined,
  })),
}
routes(doors, kinds)
formerFollowUpRoutes(doors, kinds)
const get = async (url: string, rights: string) => {
  const reply = await app.inject({ url: `/api${url}`, headers: { 'x-rights': rights } })
  return { status: reply.statusCode, body: reply.json(), headers: reply.headers }
}

test('over HTTP a caller gets the kinds of their rights, and may answer only with the right to', async () => {
  const [id] = await opened(aFollowUp())
  const both = (await get('/follow-ups', 'rolls.read enrolment.read')).body
  assert.ok(both.followUps.some((one: { id: string }) => one.id === id) && both.stuck.length === 3)
  const without = (await get('/follow-ups', 'none')).body
  assert.deepEqual(without, { followUps: [], total: 0, stuck: [], stuckTotal: 0 })
  assert.deepEqual((await get('/follow-ups/counts', 'none')).body, { counts: [] })
  const answer = await app.inject({
    method: 'POST',
    url: `/api/follow-ups/${id}/announced`,
    headers: { 'x-rights': 'rolls.read' },
  })
  assert.equal(answer.json().type, '/problems/right-missing')
})

test('the former paths answer of rolls alone, under the names of the release before', async () => {
  const one = aFollowUp()
  await opened(one)
  const { body, headers } = await get(`/rolls/errands?rollId=${one.sourceId}&class=9A`, 'rolls.read')
  assert.equal(headers['link'], '</api/follow-ups>; rel="successor-version"')
  assert.equal(body.total, 1)
  const [errand] = body.errands
  assert.deepEqual(
    [errand.id, errand.defect, errand.school, errand.schoolYear, errand.rollId, errand.place],
    [one.id, 'name-differs', { id: school, name: 'Trường' }, '2022-2023', one.sourceId, 0],
  )
  assert.equal('reason' in errand || 'scope' in errand, false)
  assert.deepEqual((await get(`/rolls/errands/counts?rollId=${one.sourceId}`, 'rolls.read')).body, {
    counts: [{ owner: 'school', overdue: 0, today: 0, later: 1, nextOn: '2023-04-25' }],
  })
  assert.equal((await get('/rolls/errands', 'none')).body.type, '/problems/right-missing')
})
