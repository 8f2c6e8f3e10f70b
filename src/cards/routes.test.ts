import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { fromBufferPromise } from 'yauzl'
import { aSerial } from '../../test/a-card.ts'
import { aCardCentre } from '../../test/a-card-centre.ts'
import { aPdf } from '../../test/foreign-pdfs.ts'
import { openHouse } from '../../test/house.ts'
import { endUndoTime } from '../../test/undo-time.ts'
import { openRequests } from '../platform/http/serve-endpoint.ts'
import { makeServer } from '../platform/http/server.ts'
import type { Id } from '../platform/ids.ts'
import { openLog } from '../platform/log.ts'
import { mayDo, type Role } from '../staff/role.ts'
import * as cards from './cards.ts'
import { routes } from './routes.ts'

/** The doors over HTTP: each officer by their role, as the table of rights has it. */

const house = await openHouse({ withUnits: true })
const centre = await aCardCentre(house)
const { ward, schoolId, aPupilWith } = centre
const origin = 'http://localhost:8080'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
const people: Readonly<Record<string, { role: Role; standing: typeof ward }>> = {
  maker: { role: 'card-centre-operator', standing: centre.maker },
  checker: { role: 'card-centre-operator', standing: centre.checker },
  ward: { role: 'ward-officer', standing: ward },
  school: { role: 'education-officer', standing: centre.maker },
}
const openWork = openRequests(house.openWork, async request => {
  const who = people[String(request.headers['x-who'])]
  return (
    who && {
      by: who.standing.by,
      authority: (right, purpose) => (mayDo(who.role, right) ? { ...who.standing, purpose } : undefined),
    }
  )
})
routes({ app, openWork, origin }, { isDemonstration: () => true })

/** In letters alone, since it goes by a text. */
const sheet = aPdf({ head: '%PDF-1.7\n' }).toString('latin1')
const aSignature = sharp({ create: { width: 60, height: 30, channels: 3, background: '#fff' } })

type Answer = Readonly<Record<string, unknown>>
async function ask(who: string, method: 'GET' | 'POST', url: string, payload?: object) {
  const reply = await app.inject({ method, url: `/api${url}`, headers: { 'x-who': who }, ...(payload && { payload }) })
  return { status: reply.statusCode, body: reply.json() as Answer, raw: reply.rawPayload }
}
const file = (content: string, fields: Readonly<Record<string, string>> = {}) => ({
  headers: { 'content-type': 'multipart/form-data; boundary=xx' },
  payload: [
    ...Object.entries(fields).map(
      ([name, value]) => `--xx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    ),
    `--xx\r\nContent-Disposition: form-data; name="file"; filename="f"\r\nContent-Type: ` +
      `text/plain\r\n\r\n${content}\r\n--xx--\r\n`,
  ].join(''),
})
async function sendFile(who: string, url: string, content: string, fields: Readonly<Record<string, string>> = {}) {
  const { headers, payload } = file(content, fields)
  const reply = await app.inject({ method: 'POST', url: `/api${url}`, headers: { ...headers, 'x-who': who }, payload })
  return { status: reply.statusCode, body: reply.json() as Answer }
}

test('a card goes over HTTP from its batch to its holder, each step by its own officer', async () => {
  const { cardId, personId } = await aPupilWith('approved')
  assert.equal((await ask('ward', 'POST', '/card-batches', { maker: 'house', most: 5 })).status, 403)
  const { body: batch } = await ask('maker', 'POST', '/card-batches', {
    maker: 'house',
    most: 5,
    unitIds: [ward.unitId],
  })
  const shown = await ask('maker', 'GET', `/card-batches/${batch['id']}`)
  assert.deepEqual(
    (shown.body['cards'] as { cardId: Id<'card'> }[]).map(line => line.cardId),
    [cardId],
  )

  const serial = aSerial()
  assert.equal(
    (await ask('maker', 'POST', '/blanks', { code: 'L1', firstSerial: serial, lastSerial: serial })).status,
    200,
  )
  assert.equal((await ask('maker', 'POST', '/blanks', { code: 'L2' })).status, 400)
  const made = await ask('maker', 'POST', `/cards/${cardId}/make`, { serial })
  assert.equal(
    (await ask('maker', 'POST', `/card-attempts/${made.body['id']}/check`, { quality: 'passed' })).body['type'],
    '/problems/check-own-work',
  )
  assert.equal(
    (await ask('checker', 'POST', `/card-attempts/${made.body['id']}/check`, { quality: 'passed' })).body['state'],
    'produced',
  )
  const stock = await ask('maker', 'GET', '/blanks?limit=1')
  assert.deepEqual((stock.body['balance'] as { used: number }).used, 1)

  const { body: box } = await ask('maker', 'POST', '/card-boxes', { to: { kind: 'unit', id: ward.unitId } })
  const at = `/card-boxes/${box['id']}`
  assert.equal((await ask('maker', 'POST', `${at}/put-in`, {})).status, 400)
  await ask('maker', 'POST', `${at}/put-in`, { serial })
  await ask('maker', 'POST', `${at}/seal`, { seal: 'NP-9' })
  await ask('maker', 'POST', `${at}/send`)
  assert.equal((await ask('ward', 'POST', '/card-boxes/find', { code: box['code'] })).body['state'], 'sent')
  await ask('ward', 'POST', `${at}/receive`, { seal: 'intact' })
  assert.equal((await ask('ward', 'POST', `${at}/count`, { serials: [serial] })).body['present'], 1)
  assert.equal(((await ask('ward', 'GET', at)).body['cards'] as object[]).length, 1)

  assert.equal(
    (await ask('maker', 'POST', '/cards/hand-over', { serial, personId, to: { kind: 'holder' } })).status,
    403,
  )
  assert.equal((await ask('ward', 'POST', '/cards/hand-over', { serial, to: { kind: 'holder' } })).status, 400)
  assert.equal(
    (await ask('ward', 'POST', '/cards/hand-over', { serial, personId, to: { kind: 'holder' } })).body['state'],
    'at-unit',
    'it may still be undone',
  )
  await endUndoTime(house, cards.cardDecisions)
  const life = await ask('ward', 'GET', `/cards/${cardId}`)
  assert.deepEqual(
    (life.body['steps'] as { state: string }[]).map(({ state }) => state),
    ['applied', 'approved', 'produced', 'at-unit', 'handed-over'],
  )
  assert.equal((life.body['place'] as { at: string }).at, 'with-holder')
  assert.deepEqual((life.body['deeds'] as { deed: string; by: string }[])[0], {
    ...(life.body['deeds'] as object[])[0],
    deed: 'card.handed-over',
    by: `Cán bộ ${ward.id.slice(-4)}`,
  })
  assert.deepEqual((await ask('ward', 'POST', '/cards/find', { serial })).body, life.body)
  assert.equal((await ask('school', 'GET', `/cards/${cardId}`)).status, 403)
})

test('orders go out as a zip, their answers come back, and rejected rows come with the reply', async () => {
  const { cardId } = await aPupilWith('approved')
  const { body: batch } = await ask('maker', 'POST', '/card-batches', { maker: 'centre', most: 5 })
  const reply = await app.inject({
    method: 'POST',
    url: `/api/card-batches/${batch['id']}/order-file`,
    headers: { 'x-who': 'maker' },
  })
  assert.match(String(reply.headers['content-disposition']), new RegExp(`filename="${batch['code']}.zip"`))
  const zip = await fromBufferPromise(reply.rawPayload)
  assert.equal(zip.entryCount, 4)
  const answers =
    `card,serial,issued_on,expires_on,state,reason,box\n${cardId},${aSerial()},2023-04-20,,made,,\n` +
    `${crypto.randomUUID()},${aSerial()},2023-04-20,,made,,`
  const { body } = await sendFile('maker', '/card-batches/returns', answers)
  assert.deepEqual([body['changed'], body['rejected'], body['reasons']], [1, 1, { 'card-unknown': 1 }])
  assert.match(String(body['rejectedCsv']), /card-unknown/)
})

test('a list goes out with a teacher and comes back signed; reasons and undelivered cards are listed', async () => {
  const [one, two] = [await aPupilWith('at-unit'), await aPupilWith('at-unit')]
  const asked = {
    schoolId,
    teacherName: 'Cô Hoa',
    cards: [{ serial: one.serial }, { cardId: two.cardId }],
    signature: (await aSignature.png().toBuffer()).toString('base64'),
  }
  const { body: list } = await ask('ward', 'POST', '/hand-over-lists', asked)
  const url = `/hand-over-lists/${list['id']}`
  assert.equal(((await ask('ward', 'GET', url)).body['lines'] as object[]).length, 2)
  const wrong = await sendFile('ward', `${url}/return`, sheet, { signed: 'x' })
  assert.equal(wrong.body['type'], '/problems/input-invalid')
  const returned = await sendFile('ward', `${url}/return`, sheet, { signed: one.cardId, cameBack: two.cardId })
  assert.deepEqual([returned.body['state'], returned.body['handedOver'], returned.body['cameBack']], ['returned', 1, 1])
  assert.equal(((await ask('ward', 'GET', '/hand-over-lists')).body['rows'] as object[]).length, 1)

  const lying = await ask('ward', 'GET', '/cards/undelivered?olderThanDays=0')
  assert.deepEqual(
    (lying.body['rows'] as { cardId: Id<'card'> }[]).map(row => row.cardId),
    [two.cardId],
  )
  const reasons = await ask('ward', 'GET', '/cards/reasons')
  assert.ok((reasons.body['revoke'] as string[]).includes('nationality-lost'))
  assert.equal((await ask('ward', 'POST', `/cards/${two.cardId}/revoke`, { code: 'damaged' })).status, 403)
  assert.equal((await ask('ward', 'POST', `/cards/${one.cardId}/block`, { code: 'lost' })).body['state'], 'blocked')
  assert.equal((await ask('ward', 'POST', `/cards/${one.cardId}/unblock`)).body['state'], 'handed-over')
  assert.equal(
    (await ask('ward', 'POST', '/old-cards', { personId: one.personId, kind: 'cmnd9', number: '100000009' })).status,
    200,
  )
  assert.equal((await house.work(work => cards.cardLife(work, { cardId: one.cardId }))).takenIn.length, 1)
})

test('the pipeline is served over HTTP, and each figure opens its list', async () => {
  const { cardId, personId } = await aPupilWith('at-unit')
  const { body } = await ask('ward', 'GET', '/cards/pipeline')
  const lying = (body['stages'] as { stage: string; cards: number }[]).find(({ stage }) => stage === 'at-unit')
  const list = await ask('ward', 'GET', '/cards?stage=at-unit&limit=500')
  const rows = list.body['rows'] as { cardId: Id<'card'>; name: string }[]
  assert.equal(rows.length, lying?.cards)
  assert.ok(rows.find(row => row.cardId === cardId)?.name)
  assert.equal((await ask('ward', 'GET', '/cards?stage=at-unit&after=x')).body['type'], '/problems/card-page-malformed')
  assert.equal((await ask('school', 'GET', '/cards/pipeline')).status, 403)
  const [{ number } = { number: '' }] = await house.owner<{ number: string }>(
    'select number from register.number_lookup where person_id = $1',
    [personId],
  )
  assert.deepEqual(((await ask('ward', 'POST', '/cards/find', { number })).body['card'] as { id: string }).id, cardId)
  assert.equal((await ask('ward', 'POST', '/cards/find', {})).body['type'], '/problems/card-serial-needed')
  assert.deepEqual((await ask('maker', 'GET', '/blanks/second-checkers')).body, {
    officers: [{ id: centre.checker.by.id, name: `Cán bộ ${centre.checker.by.id.slice(-4)}` }],
  })
  assert.deepEqual((await ask('maker', 'POST', '/card-batches/preview', { dueBefore: '2023-01-01' })).body, {
    cards: 0,
    late: 0,
  })
})
