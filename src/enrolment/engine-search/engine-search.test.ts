import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { after, before, beforeEach, test } from 'node:test'
import sharp from 'sharp'
import { commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aFolderWithKeys, aSendingWard } from '../../../test/sending-ward.ts'
import * as audit from '../../audit/audit.ts'
import { answerTo, failedAnswerTo, openMatchingEngine } from '../../biometrics/abis/an-engine.fixture.ts'
import { openHttpEngine } from '../../biometrics/abis/http-engine.ts'
import { noEngine } from '../../biometrics/abis/own-engine.ts'
import { setOutsideEngine } from '../../biometrics/engines-in-use.ts'
import { makeServer } from '../../platform/http/server.ts'
import { newId } from '../../platform/ids.ts'
import { openLog } from '../../platform/log.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import * as adjudicate from '../adjudication/adjudication.ts'
import { engineSearchView, getComparedFace } from '../adjudication/faces-view.ts'
import type { Capture } from '../capture.ts'
import { engineSearchLimits } from '../law.ts'
import { findFindings } from '../store-finding.ts'
import {
  addressesOfPictures,
  EngineUnanswered,
  letGoOfCaptures,
  markUnsearched,
  searchByCapture,
  takeUpSearches,
} from './engine-search.ts'
import { addressesBelow, engineSearchRoutes } from './routes.ts'

before(() => setOutsideEngine(true))
after(() => setOutsideEngine(false))
const house = await openHouse({ withUnits: true })
const { keys } = await aFolderWithKeys()
const { anOfficer, registered, somebody, sealed, send, applicationOf } = await aSendingWard(house, keys)
const checker = await anOfficer(commune.haKhanh)
const elsewhere = await anOfficer(commune.quangHanh)
const ready = await registered()
const face = new Uint8Array(
  await sharp({ create: { width: 480, height: 640, channels: 3, background: '#987' } })
    .jpeg()
    .toBuffer(),
)

const logged: string[] = []
const lines = new Writable({
  write(line, _encoding, done) {
    logged.push(String(line))
    done()
  },
})
const app = await makeServer({ log: openLog('debug', lines), origin: 'http://localhost:8080', trustProxy: false })
engineSearchRoutes({ app } as Parameters<typeof engineSearchRoutes>[0], {
  openWork: house.openWork,
  keys: async () => keys,
})
await app.listen({ port: 0, host: '127.0.0.1' })
after(() => app.close())
const below = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}${addressesBelow}`

const matching = await openMatchingEngine()
const { taken } = matching
after(() => matching.close())
const engine = openHttpEngine(
  { address: matching.address, token: 'a-token', answerMs: 2000, patience: { attempts: 2, pauseMs: 5 } },
  addressesOfPictures(house.openWork, below),
)
after(() => engine.close())
const searcher = { openWork: house.openWork, keys, engine: async () => engine }
const search = (application: string, attempt = 1) => searchByCapture(searcher, application, attempt)
beforeEach(() => {
  matching.answerInstead(undefined)
})

type Person = Awaited<ReturnType<typeof somebody>>
type Captured = { readonly finger?: string; readonly more?: Partial<Capture>; readonly application?: string }

/** Captures a face, and a finger whose record is this text; gives the application. */
async function captured(person: Person, { finger, more, application }: Captured = {}): Promise<string> {
  const biometrics: Capture['biometrics'] = [
    { part: 'portrait', modality: 'face' },
    ...(finger ? [{ part: 'finger', modality: 'finger' as const, subtype: 'Left IndexFinger', quality: 80 }] : []),
  ]
  const pictures = finger && { finger: new Uint8Array(Buffer.from(finger)) }
  const { packet, capture } = await sealed(ready, {
    person: person.told,
    portrait: face,
    ...(pictures && { pictures }),
    ...(application && { application }),
    more: { biometrics, ...more },
  })
  await send(ready, packet)
  return capture.application
}

async function captureAnew(person: Person, id: string, finger: string): Promise<void> {
  const why = { reason: 'fingerprints-unusable', note: 'vân tay mờ', by: 'checker' } as const
  await house.as(checker, work => adjudicate.returnToUnit(work, id, why))
  await captured(person, { finger })
}

const findingOf = async (id: string) => {
  const application = await applicationOf(id)
  assert.ok(application)
  const found = await house.work(work => findFindings(work, application))
  return found.find(({ kind }) => kind === 'biometric-duplicate')
}
const isRefused = (code: string) => (error: unknown) => error instanceof Problem && error.code === code
const referencesOf = (application: string) =>
  house.owner<{ id: string; state: string }>(
    'select id, state from enrolment.engine_reference where application_id = $1 order by at, id',
    [application],
  )

test('a capture waits for the engine, is searched by all its pictures, and goes on where nobody is found', async () => {
  const id = await captured(await somebody(), { finger: 'mot' })
  assert.equal((await findingOf(id))?.facts['why'], 'search-waiting')
  await assert.rejects(
    house.as(checker, work => adjudicate.sendToCentre(work, id)),
    isRefused('application-search-waiting'),
  )
  await search(id)
  const finding = await findingOf(id)
  assert.deepEqual([finding?.verdict, finding?.facts], ['good', { searchedBy: ['face', 'finger'] }])
  const [reference] = await referencesOf(id)
  assert.equal(taken.get(reference?.id ?? '')?.length, 2, 'the engine fetched face and finger')
  const asked = JSON.stringify(matching.asked)
  assert.ok(!asked.includes(id) && !asked.includes((await applicationOf(id))?.personId ?? ''), 'it learns neither')
  await search(id)
  assert.equal((await referencesOf(id)).length, 1)
})

test('a second number for the same fingers is found, and shown to the officer as far as their scope goes', async () => {
  const first = await somebody({ name: 'Lỷ A Sáng' })
  const former = await captured(first, { finger: 'hai' })
  await search(former)
  const id = await captured(await somebody({ name: 'Chìu Sủi Lìn' }), { finger: 'hai' })
  await search(id)
  const finding = await findingOf(id)
  assert.equal(finding?.verdict, 'doubtful')
  assert.deepEqual([finding?.facts['count'], finding?.facts['unknown']], [1, 0])
  await assert.rejects(
    house.as(checker, work => adjudicate.sendToCentre(work, id)),
    isRefused('application-checks-open'),
  )
  const application = await applicationOf(id)
  assert.ok(application)
  const view = (work: Work) => findFindings(work, application).then(found => engineSearchView(work, found))
  const { engineSearch } = await house.as(checker, view)
  const [alike] = engineSearch?.alike ?? []
  assert.deepEqual([alike?.person?.name, alike?.score], ['Lỷ A Sáng', 87.5])
  const reference = alike?.reference ?? assert.fail()
  const picture = await house.as(checker, work => getComparedFace(work, keys, id, reference))
  assert.deepEqual(new Uint8Array(picture.bytes), face)
  await house.owner('delete from register.person_scope where person_id = $1', [first.id])
  const outside = await house.as(elsewhere, work =>
    engineSearchView(work, [{ kind: 'biometric-duplicate', verdict: 'doubtful', facts: finding?.facts ?? {} }]),
  )
  assert.deepEqual(outside.engineSearch?.alike, [{ reference, score: 87.5 }])
  await assert.rejects(
    house.as(elsewhere, work => getComparedFace(work, keys, id, reference)),
    isRefused('application-unknown'),
  )
})

test('references of others who use the engine are counted, and an officer looks', async () => {
  const id = await captured(await somebody(), { finger: 'ba' })
  matching.answerInstead(({ path, request }) =>
    path.endsWith('/identifyrequest')
      ? { body: answerTo(request, { candidateList: { count: 1, candidates: [{ referenceId: newId() }] } }) }
      : undefined,
  )
  await search(id)
  const finding = await findingOf(id)
  assert.deepEqual([finding?.verdict, finding?.facts['count'], finding?.facts['unknown']], ['doubtful', 0, 1])
})

test('an engine that is away holds the job back, then says so to an officer, and is asked again', async () => {
  const id = await captured(await somebody(), { finger: 'bon' })
  matching.answerInstead(() => 'cut')
  await assert.rejects(search(id), EngineUnanswered)
  assert.equal((await findingOf(id))?.facts['why'], 'search-waiting')
  await search(id, engineSearchLimits.attempts)
  const away = await findingOf(id)
  assert.deepEqual([away?.verdict, away?.facts['why']], ['doubtful', 'engine-unanswered'])
  await assert.rejects(
    house.as(checker, work => adjudicate.sendToCentre(work, id)),
    isRefused('application-checks-open'),
  )
  await takeUpSearches(house.openWork)
  const queued = await house.owner<{ payload: { application: string } }>(
    `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = 'search-people' and j.payload ->> 'application' = $1`,
    [id],
  )
  assert.equal(queued.length, 1, 'one job, however often it is taken up')
  matching.answerInstead(undefined)
  await search(id)
  assert.equal((await findingOf(id))?.verdict, 'good')
})

test('what an officer settled while the engine was away stays settled', async () => {
  const id = await captured(await somebody(), { finger: 'nam' })
  matching.answerInstead(() => 'cut')
  await search(id, engineSearchLimits.attempts)
  await house.as(checker, work => adjudicate.resolveFinding(work, id, 'biometric-duplicate', 'đã so vân tay bằng mắt'))
  matching.answerInstead(undefined)
  await search(id)
  const finding = await findingOf(id)
  assert.deepEqual([finding?.facts['why'], finding?.note], ['engine-unanswered', 'đã so vân tay bằng mắt'])
})

test('an engine that refuses the pictures is no engine that found nobody', async () => {
  const id = await captured(await somebody(), { finger: 'sau' })
  matching.answerInstead(({ request }) => failedAnswerTo(request, '18'))
  await search(id)
  const finding = await findingOf(id)
  assert.deepEqual(
    [finding?.verdict, finding?.facts['why'], finding?.facts['refusal']],
    ['doubtful', 'engine-refused', 'quality-too-low'],
  )
})

test('an answer lost after the engine took the pictures in is asked for again, and nothing doubled', async () => {
  const id = await captured(await somebody(), { finger: 'bay' })
  matching.answerInstead(({ path }) => (path.endsWith('/identifyrequest') ? 'cut' : undefined))
  await assert.rejects(search(id), EngineUnanswered)
  const before = taken.size
  matching.answerInstead(undefined)
  await search(id, 2)
  assert.equal(taken.size, before)
  assert.equal((await findingOf(id))?.verdict, 'good')
})

test('a person who is captured anew has a new reference, and the engine lets go of the former', async () => {
  const person = await somebody()
  const id = await captured(person, { finger: 'tam' })
  await search(id)
  const [former] = await referencesOf(id)
  await captureAnew(person, id, 'tam')
  await search(id)
  const now = await referencesOf(id)
  assert.deepEqual(
    now.map(({ state }) => state),
    ['ended', 'given'],
  )
  assert.ok(taken.has(former?.id ?? ''))
  assert.equal((await findingOf(id))?.verdict, 'good', 'one’s own former capture is nobody else')
  matching.answerInstead(() => 'cut')
  await assert.rejects(letGoOfCaptures(searcher, openLog('silent')), EngineUnanswered)
  matching.answerInstead(undefined)
  await letGoOfCaptures(searcher, openLog('silent'))
  assert.ok(!taken.has(former?.id ?? ''))
  assert.equal((await referencesOf(id)).length, 1)
})

test('captures of before there was an engine are taken up once there is one', async () => {
  setOutsideEngine(false)
  const [id, older] = [await captured(await somebody(), { finger: 'chin' }), await captured(await somebody())]
  await search(id)
  setOutsideEngine(true)
  assert.equal((await findingOf(id))?.facts['why'], 'no-search-engine')
  await house.owner("delete from enrolment.finding where kind = 'biometric-duplicate' and application_id = $1", [older])
  assert.equal(await house.work(work => markUnsearched(work, 100)), 1)
  for (const one of [id, older]) {
    await search(one)
    assert.equal((await findingOf(one))?.verdict, 'good')
  }
})

test('a capture without a picture is not sent, and a picture that no engine takes is counted', async () => {
  const none = await captured(await somebody(), { more: { biometrics: [] } })
  await search(none)
  assert.deepEqual((await findingOf(none))?.facts, { why: 'no-picture' })
  const odd = [
    { part: 'portrait', modality: 'face' as const },
    { part: 'portrait', modality: 'finger' as const, subtype: 'Sixth Finger' },
  ]
  const id = await captured(await somebody(), { more: { biometrics: odd } })
  await search(id)
  assert.deepEqual((await findingOf(id))?.facts, { searchedBy: ['face'], unusable: 1 })
})

test('an installation whose engine is gone says that nobody was searched', async () => {
  const id = await captured(await somebody())
  await searchByCapture({ ...searcher, engine: async () => noEngine }, id, 1)
  assert.deepEqual((await findingOf(id))?.facts, { why: 'no-search-engine' })
})

/** An address of a capture that waits, as the engine is told it. */
async function anAddress() {
  const person = await somebody()
  const id = await captured(person, { finger: `dia chi ${newId()}` })
  await search(id)
  const reference = (await referencesOf(id))[0]?.id ?? assert.fail()
  return { person, id, reference, url: await addressesOfPictures(house.openWork, below).issue(reference, []) }
}
const statusOf = async (url: string, method = 'GET') => (await fetch(url, { method })).status

test('an address of pictures opens once, for whoever has all of it, and is read on record', async () => {
  const { url, id } = await anAddress()
  const token = url.slice(below.length)
  assert.match(token, /^[\w-]{43}$/)
  const other = token.endsWith('A') ? 'E' : 'A'
  for (const guess of ['', '__proto__', `${token}=`, token.slice(0, -1) + other, token.toUpperCase()])
    assert.equal(await statusOf(below + guess), 404, guess)
  assert.equal(await statusOf(url, 'HEAD'), 404, 'a look at its head does not use it up')
  const opened = await fetch(url)
  assert.deepEqual(
    [opened.status, opened.headers.get('content-type'), opened.headers.get('cache-control')],
    [200, 'application/xml; charset=utf-8', 'no-store'],
  )
  assert.ok((await opened.text()).includes('<Subtype>Left IndexFinger</Subtype>'))
  assert.equal(await statusOf(url), 404)
  const personId = (await applicationOf(id))?.personId ?? assert.fail()
  const readings = await house.work(work => audit.readersOf(work, personId, new Date(0)))
  assert.ok(readings.some(({ by_kind, fields }) => by_kind === 'system' && fields === 'portrait,fingerprint'))
})

test('no address opens after its minutes, with its reference, or once the person was captured anew', async () => {
  const [late, ended, anew] = [await anAddress(), await anAddress(), await anAddress()]
  const hash = (url: string) => createHash('sha256').update(url.slice(below.length)).digest('hex')
  await house.owner(
    "update enrolment.engine_address set expires_at = expires_at - interval '1 hour' where token_hash = $1",
    [hash(late.url)],
  )
  await addressesOfPictures(house.openWork, below).end(ended.reference)
  await captureAnew(anew.person, anew.id, 'moi')
  for (const { url } of [late, ended, anew]) assert.equal(await statusOf(url), 404)
})

test('two who fetch at once do not both get the pictures', async () => {
  const { url } = await anAddress()
  const answers = await Promise.all([1, 2, 3, 4].map(() => statusOf(url)))
  assert.deepEqual(answers.sort(), [200, 404, 404, 404])
})

test('a copy of the tables opens nothing, and neither the log nor an officer has a token', async () => {
  const { url } = await anAddress()
  const rows = await house.owner('select * from enrolment.engine_address')
  const token = url.slice(below.length)
  assert.ok(rows.length > 0 && !JSON.stringify(rows).includes(token))
  for (const { token_hash } of rows as { token_hash: string }[]) assert.equal(await statusOf(below + token_hash), 404)
  assert.equal(await statusOf(url), 200)
  assert.ok(logged.length > 0 && !logged.join('').includes(token))
  const read = (work: Work) => work.tx.selectFrom('enrolment.engine_address').selectAll().execute()
  assert.deepEqual(await house.as(checker, read), [])
})
