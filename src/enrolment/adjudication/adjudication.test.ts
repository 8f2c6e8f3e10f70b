import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { type AStation, aCapture, aPortrait, aStation, manifestOf, seal, type Told } from '../../../test/a-station.ts'
import { anOfficerInPost } from '../../../test/an-officer.ts'
import { aPerson, commune, enter } from '../../../test/builders.ts'
import { businessDay, openHouse } from '../../../test/house.ts'
import { irisRecord, irisSize } from '../../../test/iris-images.ts'
import { refusal } from '../../../test/planned-ward.ts'
import { endUndoTime } from '../../../test/undo-time.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { consequences } from '../../consequences.ts'
import * as outreach from '../../outreach/outreach.ts'
import { openRequests } from '../../platform/http/serve-endpoint.ts'
import { makeServer } from '../../platform/http/server.ts'
import { asId, type Id } from '../../platform/ids.ts'
import { openLog } from '../../platform/log.ts'
import { type Authority, asSystem, type Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { mayDo, type Role } from '../../staff/role.ts'
import { advanceLeftBehind } from '../following/following.ts'
import { findGaps, recordGaps } from '../gaps/gaps.ts'
import { stationAuthority } from '../packets/packets.ts'
import { processPacket } from '../packets/process-packet.ts'
import { receiveManifest, receivePiece } from '../packets/receive-packet.ts'
import { routes } from '../routes.ts'
import { stationKeys } from '../stations/keys.ts'
import * as stations from '../stations/stations.ts'
import * as applications from '../store-application.ts'
import * as findings from '../store-finding.ts'
import * as adjudicate from './adjudication.ts'
import { findByReceipt, getPicture } from './application-view.ts'
import { applicationDecisions } from './held-decisions.ts'

const house = await openHouse({ withUnits: true })
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-adjudicate-'))
after(() => rm(folder, { recursive: true, force: true }))
await mkdir(join(folder, 'keys'))
const keys = await stationKeys(folder)
audit.setConsequences(consequences)

const anOfficer = (role: Role, code: string) => anOfficerInPost(house, role, code)

const ward = await anOfficer('ward-officer', commune.haKhanh)
const [checker, second] = [await anOfficer('district-officer', '193'), await anOfficer('district-officer', '193')]
const centre = await anOfficer('card-centre-operator', '22')
const station: AStation = await aStation()
await house.as(ward, work =>
  stations.registerStation(work, { id: station.id, name: 'Máy 01', publicKey: station.publicKey }),
)
const { grant } = await house.as(ward, work => stations.grantOfficer(work, station.id, keys))

/** Not one of them is like another: who is alike is asked about. */
const names = [
  'Bùi Gia Thục An',
  'Chìu Sủi Lìn',
  'Đặng Hữu Phước',
  'Hoàng Tường Lâm',
  'Lỷ A Sáng',
  'Ngô Thiện Tâm',
  'Tô Thanh Bình',
  'Vũ Hạnh Nguyên',
  'Trần Diễm Quỳnh',
  'Dương Khánh Ly',
  'Voòng Sau Mùi',
]
let phones = 10_000_000
async function anApplication(
  given: Parameters<typeof aPerson>[0] = {},
  told: Partial<Told> = {},
  person?: Told['person'],
) {
  phones += 1
  const row = aPerson({
    name: names[phones % names.length] ?? '',
    bornOn: `200${phones % 8}-0${(phones % 9) + 1}-1${phones % 10}`,
    ...given,
  })
  const who = person ?? {
    id: (await enter(house, row)) as string,
    number: row.person_number,
    fullName: row.full_name,
    birthDate: row.birth_date,
    sex: row.sex as 'M' | 'F',
  }
  const captured = await aCapture({
    person: who,
    officer: { id: ward.id, grant },
    portrait: aPortrait(3000),
    phone: `09${phones}`,
    more: { signer: { kind: 'self' } },
    ...told,
  })
  const packet = await seal(station, keys.centre, captured)
  const list = await manifestOf(station, [packet])
  await house.as(stationAuthority(station.id), work => receiveManifest(work, station.id, list))
  await receivePiece(house.openWork, keys, { stationId: station.id, hash: packet.hash, offset: 0, body: packet.bytes })
  await processPacket(house.openWork, keys, station.id, packet.hash)
  return { id: captured.capture.application, person: who }
}

const get = async (id: string) => {
  const application = await house.work(work => applications.findApplication(work, id))
  assert.ok(application)
  return application
}
const by = <T>(officer: Authority, verb: (work: Work) => Promise<T>) => house.as(officer, verb)

const posts: Partial<Record<Role, Authority>> = {
  'ward-officer': ward,
  'district-officer': checker,
  'card-centre-operator': centre,
}
const origin = 'https://dinhdanh.example'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
const openWork = openRequests(house.openWork, async request => {
  const role = String(request.headers['x-who']) as Role
  const who = posts[role]
  return who && { by: who.by, authority: (right, purpose) => (mayDo(role, right) ? { ...who, purpose } : undefined) }
})
routes(
  { app, openWork, origin },
  { openWork: house.openWork, keys: async () => keys, isDemonstration: () => true, today: () => businessDay },
)

/** What a door answers to an officer of a role: the status, and which refusal. */
async function ask(role: Role, url: string, payload?: object) {
  const reply = await app.inject({
    method: 'POST',
    url: `/api${url}`,
    headers: { 'x-who': role },
    ...(payload && { payload }),
  })
  return [reply.statusCode, reply.json().type]
}

async function approved(given: Parameters<typeof aPerson>[0] = {}) {
  const one = await anApplication(given)
  await by(checker, work => adjudicate.sendToCentre(work, one.id))
  await by(centre, work => adjudicate.approveApplication(work, keys, one.id))
  return one
}

test('an application follows its card from packet through approval and shipping to the hand-over', async () => {
  const { id, person } = await approved({
    name: 'Nguyễn Hoàng Bảo Trâm',
    hometown: 'Hạ Long, Quảng Ninh',
    residence_address: 'Tổ 5, khu 2',
  })
  const { cardId, unitId } = await get(id)
  assert.ok(cardId)
  assert.equal((await get(id)).state, 'approved')

  const states: string[] = []
  const box = await by(centre, work => cards.openBox(work, { to: { kind: 'unit', id: unitId } }))
  await produce(cardId)
  states.push((await get(id)).state)
  await by(centre, work => cards.putInBox(work, box.id, { cardId }))
  await by(centre, work => cards.sealBox(work, box.id, { seal: 'NP-1' }))
  await by(centre, work => cards.sendBox(work, box.id))
  states.push((await get(id)).state)
  await by(ward, work => cards.receiveBox(work, box.id, { seal: 'intact' }))
  const [made] =
    (await house.work(work => cards.cardsOf(work, [asId<'person'>(person.id as string)]))).get(
      asId<'person'>(person.id as string),
    ) ?? []
  await by(ward, work => cards.countBox(work, box.id, { serials: [made?.serial ?? ''] }))
  states.push((await get(id)).state)
  await by(ward, work =>
    cards.handOver(work, {
      serial: made?.serial ?? '',
      personId: asId<'person'>(person.id as string),
      to: { kind: 'holder' },
    }),
  )
  states.push((await get(id)).state)
  assert.deepEqual(states, ['printed', 'shipped', 'at-unit', 'handed-over'])
  const gaps = await house.work(findGaps)
  assert.ok(!gaps.some(({ subject }) => subject === id), 'nothing of it is stuck any more')
  const told = await house.work(work => outreach.messagesAbout(work, { kind: 'application', id }))
  assert.deepEqual(
    told.map(({ template }) => template),
    ['card-at-unit'],
  )
})

test('an application whose card cannot be printed is not approved; each missing or long field is named', async () => {
  const lacking = await anApplication({ residence_address: 'Tổ 5' })
  await by(checker, work => adjudicate.sendToCentre(work, lacking.id))
  const facts = await refusal(
    by(centre, work => adjudicate.approveApplication(work, keys, lacking.id)),
    'application-content-missing',
  )
  assert.deepEqual(facts, { fields: ['hometown'] })

  const long = await anApplication({ hometown: 'Thôn Nà Cà, xã Lục Hồn, huyện Bình Liêu, '.repeat(6) })
  await by(checker, work => adjudicate.sendToCentre(work, long.id))
  const tooLong = await refusal(
    by(centre, work => adjudicate.approveApplication(work, keys, long.id)),
    'card-text-too-long',
  )
  assert.equal(tooLong['field'], 'hometown')

  for (const { id } of [lacking, long]) {
    assert.equal((await get(id)).state, 'sent-to-centre')
    assert.deepEqual(await house.owner('select from cards.card_order where application_id = $1', [id]), [])
  }
})

let serials = 100_000_000
/** Makes a card here and has another officer check it; it is in a batch, and a blank is used. */
async function produce(cardId: Id<'card'>): Promise<void> {
  const maker = await anOfficer('card-centre-operator', '22')
  serials += 1
  const serial = `QN${serials}`
  await by(maker, work => cards.receiveBlanks(work, { code: `Lô ${serial}`, firstSerial: serial, lastSerial: serial }))
  await by(maker, work => cards.planBatch(work, { maker: 'house', most: 50 }))
  const { id } = await by(maker, work => cards.makeCard(work, { cardId, serial }))
  await by(centre, work => cards.checkCard(work, id, { quality: 'passed' }))
}

test('an officer never decides what they captured, in any post', async () => {
  const { id } = await anApplication()
  const captor = { ...checker, by: { kind: 'officer' as const, id: ward.id } }
  for (const verb of [adjudicate.sendToCentre, adjudicate.completeData])
    await refusal(
      by(captor, work => verb(work, id)),
      'application-captured-by-you',
    )
  await by(checker, work => adjudicate.sendToCentre(work, id))
  await refusal(
    by({ ...centre, by: { kind: 'officer', id: ward.id } }, work => adjudicate.approveApplication(work, keys, id)),
    'application-captured-by-you',
  )
  const standIn = { ...centre, by: { kind: 'officer' as const, id: second.id, onBehalfOf: ward.id } }
  await refusal(
    by(standIn, work => adjudicate.approveApplication(work, keys, id)),
    'application-captured-by-you',
  )
})

test('a doubtful finding needs an officer’s decision; a check that was not done does not stop it', async () => {
  const poor = [{ name: 'light', value: 0.2, minimum: 0.5, verdict: 'poor' as const }]
  const { id } = await anApplication(
    {},
    { more: { signer: { kind: 'self' }, biometrics: [{ part: 'portrait', modality: 'face', measures: poor }] } },
  )
  const facts = await refusal(
    by(checker, work => adjudicate.sendToCentre(work, id)),
    'application-checks-open',
  )
  assert.deepEqual(facts['open'], ['portrait'])
  await refusal(
    by(checker, work => adjudicate.resolveFinding(work, id, 'portrait', ' ')),
    'application-needs-papers',
  )
  await by(checker, work => adjudicate.resolveFinding(work, id, 'portrait', 'nhìn rõ mặt, chấp nhận'))
  assert.equal((await by(checker, work => adjudicate.sendToCentre(work, id))).state, 'sent-to-centre')
})

test('a return by the centre notifies the citizen the same day with who must act and by when', async () => {
  const { id } = await anApplication()
  await by(checker, work => adjudicate.sendToCentre(work, id))
  await by(centre, work =>
    adjudicate.returnToUnit(work, id, { reason: 'portrait-unusable', note: 'Ảnh bị bóng ở mắt', by: 'centre' }),
  )
  const application = await get(id)
  assert.deepEqual(
    [application.state, application.actsUnitId, application.actBy],
    ['returned', ward.unitId, '2023-04-24'],
  )
  const [told] = await house.work(work => outreach.messagesAbout(work, { kind: 'application', id }))
  assert.equal(told?.template, 'application-returned')
  const gap = (await by(ward, findGaps)).find(({ subject }) => subject === id)
  assert.deepEqual([gap?.kind, gap?.unitId, gap?.dueOn], ['returned-not-acted', ward.unitId, '2023-04-24'])
})

test('the centre returns what has reached it, and not what the unit still checks', async () => {
  const { id } = await anApplication()
  const body = { reason: 'papers-missing', note: 'Thiếu giấy khai sinh' }
  assert.deepEqual(await ask('ward-officer', `/applications/${id}/return`, body), [403, '/problems/right-missing'])
  assert.deepEqual(await ask('card-centre-operator', `/applications/${id}/return`, body), [
    409,
    '/problems/application-move-refused',
  ])
  assert.deepEqual(await ask('card-centre-operator', `/applications/${id}/send-on`), [403, '/problems/right-missing'])
  await by(checker, work => adjudicate.sendToCentre(work, id))
  assert.deepEqual(await ask('card-centre-operator', `/applications/${id}/return`, { ...body, note: '' }), [
    400,
    '/problems/application-needs-papers',
  ])
  assert.deepEqual(await ask('card-centre-operator', `/applications/${id}/return`, body), [200, undefined])
  assert.equal((await get(id)).state, 'sent-to-centre', 'it may still be undone')
  await endUndoTime(
    house,
    applicationDecisions(async () => keys),
  )
  const { state, returnedNote, actsUnitId } = await get(id)
  assert.deepEqual([state, returnedNote, actsUnitId], ['returned', body.note, ward.unitId])
})

test('a refusal takes two officers; its proposer may only withdraw it, and no card is made', async () => {
  const { id, person } = await anApplication()
  const proposal = await by(checker, work =>
    adjudicate.proposeRefusal(work, id, { reason: 'data-unproved', note: 'Không chứng minh được quan hệ' }),
  )
  await refusal(
    by(checker, work => adjudicate.decideProposal(work, proposal.id, 'agreed')),
    'proposal-your-own',
  )
  await refusal(
    by(checker, work => adjudicate.sendToCentre(work, id)),
    'proposal-open',
  )
  await refusal(
    by({ ...second, by: { kind: 'officer', id: ward.id } }, work =>
      adjudicate.decideProposal(work, proposal.id, 'agreed'),
    ),
    'application-captured-by-you',
  )
  assert.equal((await by(second, work => adjudicate.decideProposal(work, proposal.id, 'agreed'))).state, 'refused')
  const [card] =
    (await house.work(work => cards.cardsOf(work, [asId<'person'>(person.id as string)]))).get(
      asId<'person'>(person.id as string),
    ) ?? []
  assert.equal(card?.state, 'cancelled')
  await assert.rejects(
    house.owner('update enrolment.proposal set decided_by = proposed_by where id = $1', [proposal.id]),
    /agreed_by_another/,
  )
})

test('two officers merge two captures of one person, and one card continues', async () => {
  const first = await anApplication()
  const again = await anApplication({}, {}, first.person)
  assert.equal((await get(again.id)).state, 'data-check')
  const stranger = await anApplication()
  await refusal(
    by(checker, work => adjudicate.proposeMerge(work, again.id, stranger.id, 'trùng người')),
    'merge-other-person',
  )
  const proposal = await by(checker, work => adjudicate.proposeMerge(work, again.id, first.id, 'thu nhận hai lần'))
  await by(second, work => adjudicate.decideProposal(work, proposal.id, 'agreed'))
  assert.deepEqual(
    [(await get(again.id)).state, (await get(again.id)).mergedInto, (await get(first.id)).state],
    ['cancelled', first.id, 'submitted'],
  )
})

test('an approved correction lets its application continue, with the legal limit from that day', async () => {
  const { id } = await anApplication(
    { name: 'Phạm Thị Thúy' },
    {
      more: {
        signer: { kind: 'self' },
        check: {
          verdict: 'wrong',
          wrong: [{ field: 'full-name', said: 'Phạm Thị Thủy', evidence: 'giấy khai sinh số 12' }],
        },
      },
    },
  )
  const { correctionId, state } = await get(id)
  assert.equal(state, 'correction-pending')
  const decider = await anOfficer('ward-officer', commune.haKhanh)
  await by(decider, work => register.approveCorrection(work, correctionId as register.CorrectionId))
  const after = await get(id)
  assert.deepEqual([after.state, after.submittedOn], ['submitted', '2023-04-20'])
})

test('a death before production cancels the card and ends the application', async () => {
  const { id, person } = await approved({ hometown: 'Hạ Long', residence_address: 'Tổ 1' })
  await house.work(work =>
    audit.record(work, 'person.died', {
      kind: 'person',
      id: asId<'person'>(person.id as string),
      personId: asId<'person'>(person.id as string),
    }),
  )
  assert.equal((await get(id)).state, 'cancelled')
})

test('the database also refuses a transition that is not in the table', async () => {
  const { id, person } = await anApplication()
  await assert.rejects(
    house.owner(
      `insert into enrolment.application_transition
          (person_id, id, application_id, seq, from_state, to_state, on_day, at, by_kind, by_id)
        values ($1, gen_random_uuid(), $2, 99, 'refused', 'approved', '2023-04-20', now(), 'system', 'x')`,
      [person.id, id],
    ),
    /foreign key/,
  )
})

/** An application whose card is made and lies at the ward. */
async function atWard(given: Parameters<typeof aPerson>[0] = {}) {
  const { id, person } = await approved({ hometown: 'Hạ Long, Quảng Ninh', residence_address: 'Tổ 5, khu 2', ...given })
  const cardId = (await get(id)).cardId ?? assert.fail('no card')
  await produce(cardId)
  await by(ward, work => cards.takeInFoundCard(work, { cardId }))
  const personId = asId<'person'>(person.id as string)
  return { id, personId, cardId }
}
const gapsOf = async (personId: string) =>
  (await house.work(findGaps))
    .filter(gap => gap.personId === personId && !gap.kind.startsWith('account-'))
    .map(({ kind, unitId, sinceOn, dueOn }) => ({ kind, unitId, sinceOn, dueOn }))

test('a misprinted card is made again from its order, and the application continues with its deadline', async () => {
  const { id, personId, cardId } = await atWard({ name: 'Phùng Thế Vinh', bornOn: '2004-02-11' })
  await by(checker, work => cards.revokeCard(work, cardId, { code: 'misprinted', note: 'lệch dòng' }))
  const after = await get(id)
  assert.deepEqual([after.state, after.cardId === cardId], ['reprint', false])
  const states = (await house.work(work => cards.cardsOf(work, [personId]))).get(personId)?.map(card => card.state)
  assert.deepEqual(states?.sort(), ['approved', 'revoked'])
  const kinds = (await gapsOf(personId)).map(({ kind }) => kind).sort()
  assert.deepEqual(
    kinds,
    ['approved-not-produced', 'ended-not-destroyed'],
    'the new one is to be made, the wrong one to be destroyed',
  )
  const due = await house.owner<{ due: string }>(
    'select due_on::text as due from cards.card_order where person_id = $1',
    [personId],
  )
  assert.equal(due[0]?.due, due[1]?.due)
  await by(ward, work => cards.takeInFoundCard(work, { cardId }))
  await produce(after.cardId ?? assert.fail('no card'))
  await by(ward, work => cards.takeInFoundCard(work, { cardId: after.cardId ?? assert.fail('no card') }))
  assert.deepEqual(
    [(await get(id)).state, (await gapsOf(personId)).map(({ kind }) => kind)],
    ['at-unit', ['received-not-handed-over']],
  )
})

test('a holder of a wrong card gets a new one from today; changed data make it the unit’s task', async () => {
  const { personId, cardId } = await atWard({ name: 'Lục Minh Châu', bornOn: '2004-05-21' })
  const serial = (await house.work(work => cards.cardsOf(work, [personId]))).get(personId)?.[0]?.serial ?? ''
  await by(ward, work => cards.handOver(work, { serial, personId, to: { kind: 'holder' } }))
  await house.owner(
    `update cards.card_order set approved_on = '2023-03-01', due_on = '2023-03-11' where card_id = $1`,
    [cardId],
  )
  await by(checker, work => cards.revokeCard(work, cardId, { code: 'misprinted' }))
  const [again] = await house.owner<{ card: Id<'card'>; due: string }>(
    'select card_id as card, due_on::text as due from cards.card_order where reprint_of = $1',
    [cardId],
  )
  assert.equal(again?.due, '2023-04-30')
  await by(checker, work => cards.cancelCard(work, again?.card ?? '', { code: 'wrong-content' }))
  assert.deepEqual(await gapsOf(personId), [
    { kind: 'owed-not-remade', unitId: ward.unitId, sinceOn: '2023-04-20', dueOn: '2023-04-24' },
  ])

  const other = await atWard({ name: 'Mạc Khôi Nguyên', bornOn: '2004-06-21' })
  await house.owner(`update register.person set full_name = 'Mạc Khôi Nguyễn' where person_id = $1`, [other.personId])
  await by(checker, work => cards.revokeCard(work, other.cardId, { code: 'misprinted' }))
  assert.equal((await get(other.id)).state, 'cancelled')
  assert.deepEqual((await gapsOf(other.personId)).map(({ kind }) => kind).sort(), [
    'ended-not-destroyed',
    'owed-not-remade',
  ])
  await by(ward, work => cards.applyForCard(work, other.personId, { unitId: ward.unitId }))
  assert.deepEqual(
    (await gapsOf(other.personId)).map(({ kind }) => kind),
    ['ended-not-destroyed'],
  )
})

test('an extract that ends a card at the unit ends its application, and the person may apply again', async () => {
  const { id, personId, cardId } = await atWard({ name: 'Triệu Hà My', bornOn: '2004-07-21' })
  const [card] = (await house.work(work => cards.cardsOf(work, [personId]))).get(personId) ?? []
  const number = (await house.work(work => register.getSummary(work, personId))).number
  const file = `person_number,serial,issued_on,expires_on,state\n${number},${card?.serial},2023-04-20,,expired`
  await cards.importCards(house.openWork, { ...asSystem('import'), role: 'maintenance' }, Readable.from([file]))
  await house.work(advanceLeftBehind)
  assert.equal((await get(id)).state, 'cancelled')
  const needsAnother = { kind: 'card-ends', unitId: ward.unitId, sinceOn: '2023-02-19', dueOn: '2023-04-11' }
  assert.deepEqual(await gapsOf(personId), [
    needsAnother,
    { kind: 'ended-not-destroyed', unitId: ward.unitId, sinceOn: '2023-04-20', dueOn: '2023-04-24' },
  ])
  await by(ward, work => cards.takeInFoundCard(work, { cardId }))
  assert.deepEqual(await gapsOf(personId), [needsAnother])
  await by(ward, work => cards.applyForCard(work, personId, { unitId: ward.unitId }))
  assert.deepEqual(await gapsOf(personId), [])
})

test('gaps of accounts are told to who reads accounts, and neither listed nor counted for a card centre', async () => {
  const { person } = await anApplication({ name: 'Nông Thị Lan Chi', bornOn: '2004-10-21' })
  const answered = async (role: Role, url: string) =>
    (await app.inject({ method: 'GET', url: `/api${url}`, headers: { 'x-who': role } })).json()
  const kind = 'account-not-decided'
  const { gaps, counts } = await answered('district-officer', `/gaps?kind=${kind}`)
  const [gap] = gaps.filter((one: { personId?: string }) => one.personId === person.id)
  assert.deepEqual(
    [gap.hand, gap.unit.id, gap.task.en],
    ['unit', checker.unitId, 'Decide the request, or say what is missing'],
  )
  assert.ok(counts[kind] > 0)
  const ofCentre = await answered('card-centre-operator', `/gaps?kind=${kind}`)
  assert.deepEqual([ofCentre.gaps, ofCentre.counts[kind], ofCentre.more], [[], 0, false])
  const { kinds } = await answered('card-centre-operator', '/gaps/counts')
  assert.ok(kinds.length > 0 && kinds.every((one: { kind: string }) => one.kind !== kind))
})

test('an unexpected card in a box is a gap of the unit that counted it until that unit resolves it', async () => {
  const { id } = await approved({
    name: 'Lăng Thu Giang',
    bornOn: '2004-09-21',
    hometown: 'Hạ Long, Quảng Ninh',
    residence_address: 'Tổ 5, khu 2',
  })
  const cardId = (await get(id)).cardId ?? assert.fail('no card')
  await produce(cardId)
  const box = await by(centre, work => cards.openBox(work, { to: { kind: 'unit', id: ward.unitId } }))
  await by(centre, work => cards.putInBox(work, box.id, { cardId }))
  await by(centre, work => cards.sealBox(work, box.id, { seal: 'NP-7' }))
  await by(centre, work => cards.sendBox(work, box.id))
  await by(ward, work => cards.receiveBox(work, box.id, { seal: 'intact' }))
  await by(ward, work => cards.countBox(work, box.id, { serials: ['LA-0001'] }))
  const astray = async () => (await by(ward, findGaps)).filter(({ kind }) => kind === 'stray-in-box')
  const [gap] = await astray()
  assert.deepEqual([gap?.unitId, gap?.dueOn, gap?.facts], [ward.unitId, '2023-04-21', { box: box.id }])
  await house.work(recordGaps)
  await by(ward, work =>
    cards.settleUnexpected(work, gap?.subject ?? '', { outcome: 'sent-back', note: 'gửi trả nơi đóng hộp' }),
  )
  assert.deepEqual(await astray(), [])
})

test('an application whose card is made is neither withdrawn nor merged: only the card ends', async () => {
  const { id } = await atWard({ name: 'Sầm Đức Trí', bornOn: '2004-08-21' })
  await refusal(
    by(checker, work => adjudicate.withdrawApplication(work, id, { note: 'không cần nữa' })),
    'application-move-refused',
  )
})

test('a receipt’s code opens its application for officers of its unit, and tells another unit nothing', async () => {
  const { id } = await anApplication()
  const [receipt] = await house.owner<{ code: string }>(
    'select code from enrolment.receipt_lookup where application_id = $1',
    [id],
  )
  const code = receipt?.code ?? ''
  assert.deepEqual(await by(ward, work => findByReceipt(work, code)), { id })
  const outsider = await anOfficer('ward-officer', commune.quangHanh)
  await refusal(
    by(outsider, work => findByReceipt(work, code)),
    'application-unknown',
  )
  assert.deepEqual(await ask('ward-officer', '/applications/find', { code: 'ZZZZ-ZZZZ' }), [
    404,
    '/problems/application-unknown',
  ])
  assert.equal((await ask('ward-officer', '/applications/find', { code: "' or 1=1" }))[0], 400)
})

test('fingers and what marks the person are ordered with the card, as they were captured', async () => {
  const index = aPortrait(2500)
  const one = await anApplication(
    { name: 'Mạc Thị Đỉnh Chi', hometown: 'Hạ Long, Quảng Ninh', residence_address: 'Tổ 5, khu 2' },
    {
      pictures: { 'finger-1': index },
      more: {
        signer: { kind: 'self' },
        features: 'Nốt ruồi C: 1 cm dưới sau mép phải',
        biometrics: [
          { part: 'portrait', modality: 'face' },
          { part: 'finger-1', modality: 'finger', subtype: 'Left IndexFinger', quality: 80 },
        ],
      },
    },
  )
  const application = await get(one.id)
  const found = await house.work(work => findings.findFindings(work, application))
  for (const { kind, verdict } of found)
    if (verdict === 'doubtful' || verdict === 'bad')
      await by(checker, work => adjudicate.resolveFinding(work, one.id, kind, 'đã xem, chấp nhận'))
  await by(checker, work => adjudicate.sendToCentre(work, one.id))
  await by(centre, work => adjudicate.approveApplication(work, keys, one.id))
  const { cardId } = await get(one.id)
  const rows = await house.owner<{ finger: string; type: string; image: Buffer }>(
    'select finger, type, image from cards.order_finger where card_id = $1',
    [cardId],
  )
  assert.deepEqual(
    rows.map(({ finger, type, image }) => [finger, type, image.equals(index)]),
    [['Left IndexFinger', 'image/jpeg', true]],
  )
  const [order] = await house.owner<{ features: string }>(
    `select content ->> 'features' as features from cards.card_order where card_id = $1`,
    [cardId],
  )
  assert.equal(order?.features, 'Nốt ruồi C: 1 cm dưới sau mép phải')
})

/** What a capture from July 2024 on says of the eyes: what was taken, and why something was not. */
async function withEyes(
  pictures: Readonly<Record<string, Buffer<ArrayBuffer>>>,
  biometrics: { part: string; subtype: string; quality?: number }[],
  exceptions: { subtype: string; reason: string }[] = [],
) {
  const one = await anApplication(
    {},
    {
      pictures,
      more: {
        signer: { kind: 'self' },
        biometrics: [
          { part: 'portrait', modality: 'face' },
          ...biometrics.map(eye => ({ modality: 'iris' as const, ...eye })),
        ],
        exceptions,
      },
    },
  )
  const application = await get(one.id)
  const found = await house.work(work => findings.findFindings(work, application))
  return {
    ...one,
    iris: found.find(({ kind }) => kind === 'iris'),
    fingers: found.find(({ kind }) => kind === 'fingerprints'),
  }
}
const eyesOf = (quality: number) => [
  { part: 'iris-1', subtype: 'Left', quality },
  { part: 'iris-2', subtype: 'Right', quality },
]
const bothEyes = { 'iris-1': irisRecord(2, 80), 'iris-2': irisRecord(1, 80) }

test('two good irises pass; an iris of low quality waits for an officer', async () => {
  assert.equal((await withEyes(bothEyes, eyesOf(80))).iris?.verdict, 'good')
  const poor = await withEyes(bothEyes, eyesOf(20))
  assert.deepEqual([poor.iris?.verdict, poor.iris?.facts['poor']], ['doubtful', ['Left', 'Right']])
})

test('a station that swaps the eyes or sends a record that is cut off has a bad finding', async () => {
  const swapped = await withEyes({ 'iris-1': irisRecord(1, 80), 'iris-2': irisRecord(2, 80) }, eyesOf(80))
  assert.deepEqual(swapped.iris?.facts['faults'], [
    { subtype: 'Left', fault: 'other-eye' },
    { subtype: 'Right', fault: 'other-eye' },
  ])
  const cut = await withEyes({ ...bothEyes, 'iris-2': irisRecord(1, 80).subarray(0, 900) }, eyesOf(80))
  assert.deepEqual([cut.iris?.verdict, cut.iris?.facts['faults']], ['bad', [{ subtype: 'Right', fault: 'unreadable' }]])
})

test('an officer sees why an eye is missing, and it is never counted among the fingers', async () => {
  const reason = { subtype: 'Right Iris', reason: 'mất mắt' }
  const { iris, fingers } = await withEyes({ 'iris-1': irisRecord(2, 80) }, eyesOf(80).slice(0, 1), [reason])
  assert.deepEqual([iris?.verdict, iris?.facts['missing']], ['doubtful', [reason]])
  assert.equal(fingers?.verdict, 'not-done')
})

test('before July 2024 nobody is asked for irises, and a packet without them has no such finding', async () => {
  assert.equal((await withEyes({}, [])).iris, undefined)
})

test('an officer who opens an iris sees its picture, and the reading is recorded as of an iris', async () => {
  const { id, person } = await withEyes(bothEyes, eyesOf(80))
  const { type, bytes } = await by(checker, work => getPicture(work, keys, id, 'iris-1'))
  const { width, height } = await sharp(bytes).metadata()
  assert.deepEqual([type, width, height], ['image/png', irisSize.width, irisSize.height])
  const readings = await house.work(work => audit.readersOf(work, asId<'person'>(person.id ?? ''), new Date(0)))
  assert.ok(readings.some(({ by_kind, fields }) => by_kind === 'officer' && fields === 'iris'))
})
