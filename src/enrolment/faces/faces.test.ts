import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { commune } from '../../../test/builders.ts'
import { scene } from '../../../test/face-images.ts'
import { businessDay, openHouse } from '../../../test/house.ts'
import { aFolderWithKeys, aSendingWard } from '../../../test/sending-ward.ts'
import * as audit from '../../audit/audit.ts'
import { noEngine } from '../../biometrics/abis/own-engine.ts'
import { setFacesCompared } from '../../biometrics/engines-in-use.ts'
import { openFaceEngine } from '../../biometrics/face-engine/face-engine.ts'
import * as cards from '../../cards/cards.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import * as adjudicate from '../adjudication/adjudication.ts'
import { facesView, getComparedFace } from '../adjudication/faces-view.ts'
import { jobs } from '../jobs.ts'
import { findFindings } from '../store-finding.ts'

const engine = openFaceEngine()
const skip = engine ? false : 'the optional packages of the face models are not installed'
after(() => engine?.close())
before(() => setFacesCompared(true))
after(() => setFacesCompared(false))

const house = await openHouse({ withUnits: true })
const { keys } = await aFolderWithKeys()
const { anOfficer, registered, somebody, sealed, send, applicationOf } = await aSendingWard(house, keys)
const checker = await anOfficer(commune.haKhanh)
const elsewhere = await anOfficer(commune.quangHanh)
const ready = await registered()

const [front, again, another, wall] = await Promise.all([
  scene(),
  scene({ spoil: picture => picture.modulate({ brightness: 0.85 }) }),
  scene({ head: 'another' }),
  scene({ head: 'none' }),
])
const bytesOf = (picture: Buffer) => new Uint8Array(picture)

type Person = Awaited<ReturnType<typeof somebody>>
async function captured(person: Person, portrait: Buffer): Promise<string> {
  const { packet, capture } = await sealed(ready, { person: person.told, portrait: bytesOf(portrait) })
  await send(ready, packet)
  return capture.application
}

const isRefused = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

const comparer = jobs(house.openWork, async () => keys, {
  faces: engine,
  outside: async () => noEngine,
})['compare-faces']
const compared = (application: string) => comparer?.({ application }, { attempt: 1, log: undefined as never })
const findingsOf = async (id: string) => {
  const application = await applicationOf(id)
  assert.ok(application)
  const found = await house.work(work => findFindings(work, application))
  return (kind: string) => found.find(one => one.kind === kind)
}

/** A card that was made with a portrait, and is at the unit. */
async function givenFormerCard({ id }: Person, portrait: Buffer): Promise<void> {
  const personId = id as Id<'person'>
  const { id: cardId } = await house.work(work =>
    cards.applyForCard(work, personId, { unitId: checker.unitId, kind: 'first-issue' }),
  )
  await house.owner(
    `insert into cards.card_order (person_id, card_id, application_id, unit_id, due_on, content, portrait,
       portrait_sha256, captured_by, approved_by, approved_on, approved_at)
     values ($1, $2, $3, $4, $5, '{}', $6, repeat('0', 64), 'a', 'b', $5, now())`,
    [personId, cardId, newId(), checker.unitId, businessDay, portrait],
  )
  await house.owner("update cards.card set state = 'produced', serial = $2, origin = 'imported' where id = $1", [
    cardId,
    cardId,
  ])
}

test('a capture whose face is not compared yet is not sent on, and goes on after the job', { skip }, async () => {
  const id = await captured(await somebody(), another)
  assert.equal((await findingsOf(id))('face-match')?.facts['why'], 'waiting')
  await assert.rejects(
    house.as(checker, work => adjudicate.sendToCentre(work, id)),
    isRefused('application-faces-waiting'),
  )
  await compared(id)
  const of = await findingsOf(id)
  assert.deepEqual([of('face-match')?.verdict, of('face-match')?.facts['why']], ['not-done', 'no-former-portrait'])
  assert.equal(of('face-duplicate')?.verdict, 'good')
})

test('another person behind the same number is told by the former card’s face, the same is good', {
  skip,
}, async () => {
  const [true_, false_] = [await somebody(), await somebody()]
  await givenFormerCard(true_, front)
  await givenFormerCard(false_, front)
  const [same, wrong] = [await captured(true_, again), await captured(false_, another)]
  await compared(same)
  await compared(wrong)
  const match = (await findingsOf(same))('face-match')
  assert.equal(match?.verdict, 'good')
  assert.ok(Number(match?.facts['score']) >= Number(match?.facts['threshold']))
  assert.equal((await findingsOf(wrong))('face-match')?.verdict, 'bad')
  await assert.rejects(
    house.as(checker, work => adjudicate.sendToCentre(work, wrong)),
    isRefused('application-checks-open'),
  )
})

test('a second number for one face is found, with both faces, and nothing of it outside the scope', {
  skip,
}, async () => {
  const first = await captured(await somebody({ name: 'Lỷ A Sáng' }), front)
  await compared(first)
  const person = await somebody({ name: 'Chìu Sủi Lìn' })
  const second = await captured(person, again)
  await compared(second)
  const duplicate = (await findingsOf(second))('face-duplicate')
  assert.equal(duplicate?.verdict, 'doubtful')

  const application = await applicationOf(second)
  assert.ok(application)
  const view = (work: Work) => findFindings(work, application).then(found => facesView(work, found))
  const { faces } = await house.as(checker, view)
  const alike = faces?.alike.find(one => one.person?.name === 'Lỷ A Sáng')
  assert.ok(alike && faces && faces.threshold !== undefined && alike.score >= faces.threshold)
  assert.equal(faces.errorRates, undefined)
  const picture = await house.as(checker, work => getComparedFace(work, keys, second, alike.template))
  assert.deepEqual(new Uint8Array(picture.bytes), bytesOf(front))

  const looks = await house.work(work => audit.readersOf(work, alike.person?.personId ?? assert.fail(), new Date(0)))
  assert.ok(looks.some(({ by_id, fields }) => by_id === checker.id && fields === 'portrait'))

  // Nobody opens a face that the finding does not name, and an officer elsewhere none at all.
  for (const [officer, face] of [
    [checker, newId()],
    [checker, 'former'],
    [elsewhere, alike.template],
  ] as const)
    await assert.rejects(
      house.as(officer, work => getComparedFace(work, keys, second, face)),
      isRefused('application-unknown'),
    )
})

test('a picture without a face is left to the officers, and no template is kept of it', { skip }, async () => {
  const id = await captured(await somebody(), wall)
  await compared(id)
  assert.deepEqual((await findingsOf(id))('face-duplicate')?.facts, { why: 'no-face' })
  assert.deepEqual(await house.owner('select from enrolment.face_template where application_id = $1', [id]), [])
})

test('templates lie sealed, one of each capture, also where the job is repeated', { skip }, async () => {
  const id = await captured(await somebody(), another)
  await compared(id)
  await compared(id)
  const rows = await house.owner<{ sealed: Buffer }>(
    'select sealed from enrolment.face_template where application_id = $1',
    [id],
  )
  assert.equal(rows.length, 1)
  // 512 bytes of numbers, and what a seal adds.
  assert.ok((rows[0]?.sealed.length ?? 0) > 512)
})
