import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import { aFolderWithKeys, aSendingWard } from '../../../test/sending-ward.ts'
import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import type { Capture } from '../capture.ts'
import { findReceiptView } from '../receipts/receipts.ts'
import { processPacket } from './process-packet.ts'
import { getQuarantineView, releaseFromQuarantine, setPacketAside } from './quarantine.ts'
import { findQuarantinedPackets } from './store-quarantine.ts'
import { goOnWithNumber, waitWithoutNumber } from './without-number.ts'

const house = await openHouse({ withUnits: true })
const { keys } = await aFolderWithKeys()
const { ward, as, anOfficer, registered, somebody, sealed, send, applicationOf, stateOf } = await aSendingWard(
  house,
  keys,
)
audit.setConsequences({ 'person.established': [goOnWithNumber], 'collection.refused': [waitWithoutNumber] })
const checker = await anOfficer(commune.haKhanh)
const asChecker = <T>(verb: (work: Work) => Promise<T>) => house.as(checker, verb)
const ready = await registered()
const home = await house.work(async work => (await units.findUnitOn(work, commune.haKhanh, work.today))!.id)

const undeclared = {
  form: { code: 'DC01', version: 'TT104/2020' },
  birthRegistrationCode: '022',
  residenceUnitId: home as string,
  residenceKind: 'permanent',
  motherName: 'Chìu Thị Mai',
  papers: 'Giấy khai sinh số 118, UBND phường Hà Khánh',
} as const

let day = 10
/** A grown person of whom the register knows nothing, born on a day of their own. */
const nobody = (fullName: string): Capture['person'] => ({ fullName, birthDate: `1988-02-${day++}`, sex: 'F' })

async function captured(person: Capture['person'], more: Partial<Capture> = {}) {
  const { packet, capture } = await sealed(ready, { person, more: { undeclared, ...more } })
  await send(ready, packet)
  return { packet, capture }
}

const process = (hash: string) => processPacket(house.openWork, keys, ready.station.id, hash)
const requestsFor = async ({ fullName }: Capture['person']) =>
  (await as(work => register.listCollections(work))).filter(({ given }) => given?.fullName === fullName)

test('a person without a number is captured once: the application goes on when the number is there', async () => {
  const person = nobody('Chìu Sủi Múi')
  const { packet, capture } = await captured(person)
  assert.deepEqual(await stateOf(ready, packet), { state: 'held', problem: 'person-undeclared' })
  const [request] = await requestsFor(person)
  assert.deepEqual([request?.form.code, request?.papers, request?.collectedBy], ['DC01', undeclared.papers, ward.id])

  await refusal(
    as(work => register.establishNumber(work, request!.id)),
    'second-officer-needed',
  )
  await asChecker(work => register.establishNumber(work, request!.id))
  assert.deepEqual(await stateOf(ready, packet), { state: 'received', problem: null })
  await process(packet.hash)
  const application = await applicationOf(capture.application)
  assert.deepEqual([application?.state, application?.personId], ['submitted', request?.personId])
})

test('while a number is asked for, nobody lets the packet through or sets it aside', async () => {
  const { packet } = await captured(nobody('Chìu Sủi Phấu'))
  const note = 'cứ cho qua'
  await refusal(
    asChecker(work => releaseFromQuarantine(work, keys, ready.station.id, packet.hash, { note })),
    'person-undeclared',
  )
  await refusal(
    asChecker(work => setPacketAside(work, keys, ready.station.id, packet.hash, note)),
    'person-undeclared',
  )
})

test('somebody who is like a person of the register gets no number before an officer has compared', async () => {
  const { id, told } = await somebody({ name: 'Tằng A Lỷ', bornOn: '1979-05-06' })
  const { id: _id, number: _number, ...same } = told
  const like = { ...same, birthDate: '1979-06-05' }
  const { packet, capture } = await captured(like)
  assert.deepEqual(await stateOf(ready, packet), { state: 'held', problem: 'person-unresolved' })
  assert.deepEqual(await requestsFor(like), [])
  const { candidates } = await asChecker(work => getQuarantineView(work, keys, ready.station.id, packet.hash))
  assert.ok(candidates.some(one => one.id === id))

  const release = (decision: { personId?: typeof id; compared?: 'somebody-else' }) =>
    asChecker(work =>
      releaseFromQuarantine(work, keys, ready.station.id, packet.hash, { note: 'đã đối chiếu', ...decision }),
    )
  await refusal(release({}), 'person-unresolved')
  await release({ personId: id })
  await process(packet.hash)
  assert.equal((await applicationOf(capture.application))?.personId, id)
  assert.deepEqual(await requestsFor(like), [])
})

test('a second identity needs an officer who says that none of the people alike is this one', async () => {
  const { told } = await somebody({ name: 'Tằng Cắm Sồi', bornOn: '1981-05-06' })
  const { id: _id, number: _number, ...like } = told
  const { packet } = await captured(like)
  const release = (work: Work) =>
    releaseFromQuarantine(work, keys, ready.station.id, packet.hash, { note: 'khác mẹ', compared: 'somebody-else' })
  await refusal(as(release), 'application-captured-by-you')
  await asChecker(release)
  await process(packet.hash)
  assert.deepEqual(await stateOf(ready, packet), { state: 'held', problem: 'person-undeclared' })
  assert.equal((await requestsFor(like)).length, 1)
})

test('the same person captured twice without a number does not get two numbers', async () => {
  const person = nobody('Chìu Sủi Lằm')
  await captured(person)
  const { packet } = await captured({ ...person, fullName: 'CHÌU SỦI LẰM' })
  assert.deepEqual(await stateOf(ready, packet), { state: 'held', problem: 'number-asked-already' })
  assert.equal((await requestsFor(person)).length, 1)
})

test('where the number is refused, an officer decides about the packet, and nothing is lost', async () => {
  const person = nobody('Chìu Sủi Kíu')
  const { packet } = await captured(person)
  const [request] = await requestsFor(person)
  await asChecker(work => register.refuseCollection(work, request!.id, { reason: 'giấy khai sinh bị sửa' }))
  assert.deepEqual(await stateOf(ready, packet), { state: 'held', problem: 'number-refused' })
  await asChecker(work => setPacketAside(work, keys, ready.station.id, packet.hash, 'đã báo người dân'))
  assert.equal((await stateOf(ready, packet)).state, 'set-aside')
})

test('who was turned away without a number leaves a trace: a list, a deed, and the code on the paper', async () => {
  const { packet, capture } = await sealed(ready, {
    person: nobody('Chìu Sủi Nàm'),
    more: { refused: { code: 'papers-missing' }, biometrics: [] },
  })
  await send(ready, packet)
  const listed = await as(work => findQuarantinedPackets(work, { state: 'turned-away' }, 10))
  assert.deepEqual(
    listed.map(({ hash, turnedAway }) => [hash, turnedAway]),
    [[packet.hash, 'papers-missing']],
  )
  const deed = await as(work => audit.lastDeedOn(work, ready.station.id))
  const { reason } = (deed?.facts ?? {}) as { reason?: string }
  assert.deepEqual([deed?.deed, reason], ['packet.turned-away', 'papers-missing'])
  const view = await house.work(work => findReceiptView(work, capture.receipt.token))
  assert.deepEqual([view?.card, view?.awaited], ['refused', undefined])
  const { capture: seen } = await asChecker(work => getQuarantineView(work, keys, ready.station.id, packet.hash))
  assert.equal(seen?.person.fullName, 'Chìu Sủi Nàm')
})

test('a capture that says nothing of who it is, or says both, is held as unreadable', async () => {
  const person = nobody('Chìu Sủi Pu')
  for (const wrong of [
    { person, more: {} },
    { person: { ...person, number: '022188000123' }, more: { undeclared } },
  ]) {
    const { packet } = await sealed(ready, wrong)
    await send(ready, packet)
    assert.deepEqual(await stateOf(ready, packet), { state: 'held', problem: 'capture-unreadable' })
  }
})
