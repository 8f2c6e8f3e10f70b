import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { aCapture, aStation, manifestOf, seal } from '../../../test/a-station.ts'
import { aPerson, commune, enter } from '../../../test/builders.ts'
import { businessDay, openHouse } from '../../../test/house.ts'
import { aWard, hour, refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { consequences } from '../../consequences.ts'
import { stationAuthority } from '../../enrolment/packets/packets.ts'
import { processPacket } from '../../enrolment/packets/process-packet.ts'
import { receiveManifest, receivePiece } from '../../enrolment/packets/receive-packet.ts'
import { stationKeys } from '../../enrolment/stations/keys.ts'
import * as stations from '../../enrolment/stations/stations.ts'
import { findApplication } from '../../enrolment/store-application.ts'
import { asId, type Id, newId } from '../../platform/ids.ts'
import type { PersonId } from '../../register/register.ts'
import * as planning from '../planning.ts'

const house = await openHouse({ withUnits: true })
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-planning-station-'))
after(() => rm(folder, { recursive: true, force: true }))
await mkdir(join(folder, 'keys'))
const keys = await stationKeys(folder)
const place = await aWard(house)
const { as, ward, other, school, team, kit } = place
audit.setConsequences(consequences)
const officer = place.officers[0] as string
await house.owner("insert into staff.appointment (id, officer_id, role, unit_id) values ($1, $2, 'ward-officer', $3)", [
  newId(),
  officer,
  ward.unitId,
])

const station = await aStation()
await as(work => stations.registerStation(work, { id: station.id, name: 'Máy 01', publicKey: station.publicKey }))
const { grant } = await as(work => stations.grantOfficer(work, station.id, keys))

async function somebody(given: Parameters<typeof aPerson>[0] = {}) {
  const row = aPerson(given)
  const id = await enter(house, row)
  return {
    id,
    told: {
      id: id as string,
      number: row.person_number,
      fullName: row.full_name,
      birthDate: row.birth_date,
      sex: row.sex as 'M' | 'F',
    },
  }
}

let hours = 7
async function aSession(persons: readonly PersonId[], campaignId?: Id<'campaign'>) {
  hours += 2
  const session = await as(work =>
    planning.planTeamSession(work, {
      kind: 'card-and-account',
      siteId: school.id,
      teamId: team.id,
      day: businessDay,
      startsAt: hour(`${String(hours).padStart(2, '0')}:00`),
      endsAt: hour(`${String(hours + 1).padStart(2, '0')}:00`),
      kits: [kit.id],
      ...(campaignId && { campaignId }),
      confirm: ['holiday', 'sunday', 'outside-hours', 'capacity'] as never,
      by: 'commander',
    }),
  )
  if (persons.length)
    await as(work => planning.addToRoster(work, session.id, { persons }, { confirm: ['capacity'] as never }))
  return session.id
}

async function send(told: Parameters<typeof aCapture>[0]) {
  const captured = await aCapture(told)
  const packet = await seal(station, keys.centre, captured)
  const list = await manifestOf(station, [packet])
  await house.as(stationAuthority(station.id), work => receiveManifest(work, station.id, list))
  await receivePiece(house.openWork, keys, { stationId: station.id, hash: packet.hash, offset: 0, body: packet.bytes })
  await processPacket(house.openWork, keys, station.id, packet.hash)
  return captured.capture
}

test('a station is given the people of its session and nobody else, until six in the morning after it', async () => {
  const [asked, notAsked] = [await somebody({ name: 'Bùi Gia Thục An', hometown: 'Hạ Long' }), await somebody()]
  const id = await aSession([asked.id])
  const roster = await as(work =>
    planning.takeRoster(work, id, { stationId: station.id, officerId: asId<'officer'>(work.by.id) }),
  )
  assert.deepEqual(
    roster.people.map(person => person.id),
    [asked.id],
  )
  assert.ok(!roster.people.some(person => person.id === notAsked.id))
  const [person] = roster.people
  assert.deepEqual(
    [person?.fullName, person?.number, person?.hometown, person?.needs.includes('card')],
    ['Bùi Gia Thục An', asked.told.number, 'Hạ Long', true],
  )
  assert.match(person?.residence ?? '', /Hà Khánh.*Hạ Long.*Quảng Ninh/)
  const until = new Date(roster.until)
  assert.equal(until.toISOString().slice(11, 16), '23:00', 'six o’clock in Vietnam')
  assert.ok(until.getTime() - Date.now() < 31 * 3_600_000)
  assert.deepEqual((await house.work(work => audit.lastDeedOn(work, id)))?.deed, 'roster.taken')
})

test('no other unit is given a roster, and none is given to a revoked station', async () => {
  const id = await aSession([(await somebody()).id])
  await refusal(
    house.as(other, work =>
      planning.takeRoster(work, id, { stationId: station.id, officerId: asId<'officer'>(work.by.id) }),
    ),
    'session-gone',
  )
  const lost = await aStation()
  await as(work => stations.registerStation(work, { id: lost.id, name: 'Máy mất', publicKey: lost.publicKey }))
  await as(work => stations.revokeStation(work, lost.id, 'bị mất'))
  await refusal(
    as(work => planning.takeRoster(work, id, { stationId: lost.id, officerId: asId<'officer'>(work.by.id) })),
    'station-revoked',
  )
  assert.ok((await as(planning.sessionsFor)).some(one => one.id === id))
  assert.deepEqual(await house.as(other, planning.sessionsFor), [])
})

test('a roster requested for one officer is not given to another who has signed in meanwhile', async () => {
  const id = await aSession([(await somebody()).id])
  await refusal(
    as(work => planning.takeRoster(work, id, { stationId: station.id, officerId: newId<'officer'>() })),
    'roster-of-another-officer',
  )
  const roster = await as(work =>
    planning.takeRoster(work, id, { stationId: station.id, officerId: asId<'officer'>(work.by.id) }),
  )
  assert.equal(roster.officer, await as(async work => work.by.id))
})

test('what arrives from a station becomes an outcome of its session, walk-ins apart', async () => {
  const [asked, walkIn] = [
    await somebody({ name: 'Lỷ A Sáng' }),
    await somebody({ name: 'Trần Diễm Quỳnh', commune: commune.quangHanh }),
  ]
  const id = await aSession([asked.id])
  await send({ person: asked.told, officer: { id: officer, grant }, session: id, phone: '0911000001' })
  const { id: _id, ...told } = walkIn.told
  await send({ person: told, officer: { id: officer, grant }, session: id, source: 'walk-in', phone: '0911000002' })
  const lines = await as(work => planning.readRoster(work, id))
  assert.deepEqual(
    lines.map(({ personId, outcome, walkIn: came, done }) => [personId, outcome, came, [...done]]),
    [
      [asked.id, 'served', false, ['card', 'account']],
      [walkIn.id, 'served', true, ['card', 'account']],
    ],
  )
  const session = await as(work => planning.getSession(work, id))
  assert.equal(session.state, 'open', 'captures have opened it')
  const { closing } = await as(work => planning.closeTeamSession(work, id))
  assert.deepEqual([closing.served, closing.walkIns, closing.done.card, closing.done.account], [1, 1, 2, 2])
})

test('an application bears the day by which the session’s campaign needs the card in the hand', async () => {
  const { id: campaignId } = await house.work(work =>
    campaign.create(work, {
      name: 'thi-2023',
      title: 'Thi 2023',
      cohort: { bornIn: [2005] },
      metrics: ['card-handed-over'],
      startsOn: '2023-04-01',
      deadlines: [{ name: 'thi', on: '2023-05-27', proof: 'card-in-hand' }],
      targets: [],
    }),
  )
  const asked = await somebody({ name: 'Voòng Sau Mùi' })
  const id = await aSession([asked.id], campaign.asCampaignId(campaignId))
  const capture = await send({ person: asked.told, officer: { id: officer, grant }, session: id })
  const application = await house.work(work => findApplication(work, capture.application))
  assert.deepEqual([application?.campaignDueOn, application?.dueOn], ['2023-05-27', '2023-05-04'])
})

test('a packet that arrives after the closing corrects the roster line, and the closing document stays', async () => {
  const asked = await somebody({ name: 'Ngô Thiện Tâm' })
  const id = await aSession([asked.id])
  await as(work => planning.openTeamSession(work, id))
  await as(work => planning.markAbsent(work, id, [asked.id], 'other'))
  const { closing } = await as(work => planning.closeTeamSession(work, id))
  const capture = await send({ person: asked.told, officer: { id: officer, grant }, session: id })
  const [line] = await as(work => planning.readRoster(work, id))
  assert.deepEqual([line?.outcome, line?.absentReason, closing.absent], ['served', null, 1])
  const late = await house.work(work => audit.lastDeedOn(work, id))
  assert.deepEqual(
    [late?.deed, late?.facts],
    ['roster.served', { done: ['card'], application: capture.application, late: true }],
  )
})
