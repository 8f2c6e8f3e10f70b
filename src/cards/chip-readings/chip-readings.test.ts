import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCard, orderCard, type Step } from '../../../test/a-card.ts'
import { aCardCentre, aGuestWith } from '../../../test/a-card-centre.ts'
import { anAuthority, chipOf } from '../../../test/a-card-with-chip.ts'
import { anOfficerInPost } from '../../../test/an-officer.ts'
import { commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { accessNumber } from '../../../test/software-card/made-card.ts'
import { SoftwareCard, type SoftwareCardContent } from '../../../test/software-card/software-card.ts'
import * as audit from '../../audit/audit.ts'
import { makeCountry } from '../../chip/inspecting/country.test-sample.ts'
import { now } from '../../platform/clock.ts'
import { openRequests } from '../../platform/http/serve-endpoint.ts'
import { makeServer } from '../../platform/http/server.ts'
import type { Id } from '../../platform/ids.ts'
import { openLog } from '../../platform/log.ts'
import { mayDo, type Role } from '../../staff/role.ts'
import * as cards from '../cards.ts'
import { portrait } from '../printed-face/printed-face.test-sample.ts'
import { routes } from '../routes.ts'
import type { ReadingPurpose } from './chip-reading.ts'

/** A chip is read over HTTP alone: the installation speaks with it, and the test carries bytes, as a reader does. */

const house = await openHouse({ withUnits: true })
const centre = await aCardCentre(house)
const { ward, other, asWard, aPupil } = centre
await anAuthority(house)
const photograph = await portrait()
const colleague = await anOfficerInPost(house, 'ward-officer', commune.haKhanh)
const origin = 'http://localhost:8080'
const people: Readonly<Record<string, { role: Role; standing: typeof ward }>> = {
  ward: { role: 'ward-officer', standing: ward },
  colleague: { role: 'ward-officer', standing: colleague },
  other: { role: 'ward-officer', standing: other },
  maker: { role: 'card-centre-operator', standing: centre.maker },
}

/** One server of the installation; a second one has the same database and another memory only in another process. */
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
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

type Answer = Readonly<Record<string, unknown>>
async function ask(who: string, method: 'GET' | 'POST', url: string, payload?: object) {
  const reply = await app.inject({ method, url: `/api${url}`, headers: { 'x-who': who }, ...(payload && { payload }) })
  const body = reply.json() as Answer
  return { status: reply.statusCode, code: String(body['type'] ?? '').replace('/problems/', ''), body }
}

async function aCardAt(state: Step): Promise<Id<'card'>> {
  const personId = await aPupil()
  const id = await asWard(async work => {
    const card = await cards.applyForCard(work, personId, { unitId: ward.unitId })
    return (await orderCard(work, card, ward.unitId, { portrait: photograph })).id
  })
  const { serial = '' } = await makeCard({ openWork: house.openWork, standing: ward }, id)
  if (state === 'produced') return id
  await asWard(work => cards.takeInFoundCard(work, { cardId: id }))
  if (state === 'handed-over') await asWard(work => cards.handOver(work, { serial, personId, to: { kind: 'holder' } }))
  return id
}

type Line = { transmit(command: Uint8Array): Promise<Uint8Array> }
/** Begins a reading and carries bytes until its outcome, or a refusal. */
async function read(
  line: Line,
  cardId: Id<'card'>,
  {
    who = 'ward',
    purpose = 'identity-checked' as ReadingPurpose,
    ...more
  }: {
    who?: string
    purpose?: ReadingPurpose
    accessNumber?: string
  } = {},
) {
  let turn = await ask(who, 'POST', '/chip-readings', { cardId, purpose, ...more })
  const id = String(turn.body['id'])
  let steps = 0
  while (turn.status === 200 && typeof turn.body['command'] === 'string') {
    steps += 1
    const answer = await line.transmit(Buffer.from(turn.body['command'], 'hex')).catch(() => undefined)
    const given = { step: turn.body['step'], ...(answer && { answer: Buffer.from(answer).toString('hex') }) }
    turn = await ask(who, 'POST', `/chip-readings/${id}/answers`, given)
  }
  return { id, steps, ...turn, outcome: turn.body['outcome'] }
}

const use = (id: string, cardId: string, { as = asWard, purpose = 'identity-checked' as ReadingPurpose } = {}) =>
  as(work =>
    cards.spendReading(work, id, { card: { id: cardId as Id<'card'> }, purpose, deed: 'test.done', subjectId: cardId }),
  )
const refused = (code: string) => (error: unknown) => (error as { code?: string }).code === code

const cardId = await aCardAt('at-unit')
const chip = await chipOf(house, cardId, { kept: true })

test('the chip of a card is read over two doors, and proves that the card itself lies there', async () => {
  const done = await read(new SoftwareCard(chip), cardId)
  assert.equal(done.outcome, 'original', JSON.stringify(done.body))
  assert.ok(done.steps > 50)
  const checks = done.body['checks'] as { check: string; outcome: string }[]
  assert.equal(checks.find(({ check }) => check === 'active-authentication')?.outcome, 'passed')
  const [kept] = await house.owner<Answer>('select * from cards.chip_reading where id = $1', [done.id])
  assert.equal(kept?.['proved_by'], 'active-authentication')
  assert.match(String(kept?.['key_group']), /^[0-9a-f]{64}$/)
  const last = await asWard(work => audit.lastDeedOn(work, cardId))
  assert.equal(last?.deed, 'card.chip-read')

  const { body } = await ask('ward', 'GET', `/chip-readings/${done.id}/pictures`)
  const { chip: ofChip, record } = body as { chip: { image: string; form: string }; record: string }
  assert.equal(ofChip.form, 'jpeg')
  assert.ok(Buffer.from(ofChip.image, 'base64').subarray(0, 2).equals(Buffer.of(0xff, 0xd8)))
  assert.ok(Buffer.from(record, 'base64').equals(photograph))
  assert.equal(
    (await ask('colleague', 'GET', `/chip-readings/${done.id}/pictures`)).code,
    'chip-reading-of-another-officer',
  )
  assert.equal((await ask('other', 'GET', `/chip-readings/${done.id}/pictures`)).code, 'chip-reading-unknown')
})

test('the access number opens a chip too, and a wrong one tells that it does not', async () => {
  assert.equal((await read(new SoftwareCard(chip), cardId, { accessNumber })).outcome, 'original')
  assert.equal((await read(new SoftwareCard(chip), cardId, { accessNumber: '111111' })).outcome, 'not-opened')
})

test('copied files on another chip, another person’s card and foreign signers are told apart', async () => {
  const [others, former] = [await aCardAt('at-unit'), await chipOf(house, cardId)]
  const theirs = await chipOf(house, others)
  const copy: SoftwareCardContent = { ...chip, keys: theirs.keys }
  assert.equal((await read(new SoftwareCard(copy), cardId)).outcome, 'copy')
  assert.equal((await read(new SoftwareCard(theirs), cardId)).outcome, 'not-opened')
  const opened = await read(new SoftwareCard(theirs), cardId, { accessNumber })
  assert.equal(opened.outcome, 'another-card')
  const { body } = await ask('ward', 'GET', `/chip-readings/${opened.id}/pictures`)
  assert.equal(body['chip'], undefined, 'a portrait of somebody else is not shown')
  assert.equal(
    (await read(new SoftwareCard(former), cardId)).outcome,
    'another-card',
    'of a former card of the same person',
  )
  const stranger = await makeCountry({ country: 'XX', at: now() })
  const foreign = await chipOf(house, cardId, { signer: stranger.signer })
  assert.equal((await read(new SoftwareCard(foreign), cardId)).outcome, 'signer-unknown')
  const changed = new Map(chip.files).set('DG13', theirs.files.get('DG13') ?? new Uint8Array())
  assert.equal((await read(new SoftwareCard({ ...chip, files: changed }), cardId)).outcome, 'not-genuine')
})

test('a card that is taken away ends the reading, and whoever repeats an answer gets the same reply', async () => {
  const card = new SoftwareCard(chip)
  let left = 30
  const line = {
    transmit: (bytes: Uint8Array) => (left-- > 0 ? card.transmit(bytes) : Promise.reject(new Error('gone'))),
  }
  assert.equal((await read(line, cardId)).outcome, 'broken-off')

  const begun = await ask('ward', 'POST', '/chip-readings', { cardId, purpose: 'identity-checked' })
  const path = `/chip-readings/${begun.body['id']}/answers`
  const answer = Buffer.from(await new SoftwareCard(chip).transmit(Buffer.from(String(begun.body['command']), 'hex')))
  const first = { step: 1, answer: answer.toString('hex') }
  const [once, again] = [await ask('ward', 'POST', path, first), await ask('ward', 'POST', path, first)]
  assert.deepEqual(once.body, again.body)
  for (const wrong of [
    { step: 1, answer: '9000ff' },
    { step: 3, answer: '9000' },
  ])
    assert.equal((await ask('ward', 'POST', path, wrong)).code, 'chip-reading-step-wrong')
  assert.equal((await ask('colleague', 'POST', path, { step: 2, answer: '9000' })).code, 'chip-reading-gone')
  assert.equal((await ask('ward', 'POST', path, { step: 2, answer: '9' })).status, 400)
  assert.equal((await ask('ward', 'POST', path, { step: 2 })).body['outcome'], 'broken-off')
})

test('an officer reads cards of their units alone, for what they may do, and few at once', async () => {
  const guest = await aGuestWith(centre)
  const purpose = 'identity-checked'
  assert.equal((await ask('other', 'POST', '/chip-readings', { cardId, purpose })).code, 'card-unknown')
  assert.equal((await ask('maker', 'POST', '/chip-readings', { cardId, purpose })).code, 'right-missing')
  assert.equal((await ask('ward', 'POST', '/chip-readings', { cardId: guest.cardId, purpose })).status, 200)
  assert.equal(
    (await ask('ward', 'POST', '/chip-readings', { cardId, purpose: 'account-raised' })).code,
    'chip-reading-card-unfit',
  )
  assert.equal((await ask('ward', 'POST', '/chip-readings', { cardId, purpose })).status, 200)
  assert.equal((await ask('ward', 'POST', '/chip-readings', { cardId, purpose })).status, 429)
})

test('a deed rests on a reading of the same officer, card and purpose, soon after it, and once', async () => {
  const asColleague = <T>(verb: Parameters<typeof house.as<T>>[1]) => house.as(colleague, verb)
  const readBy = async (content: SoftwareCardContent) =>
    (await read(new SoftwareCard(content), cardId, { who: 'colleague' })).id
  const [one, late, copied] = [
    await readBy(chip),
    await readBy(chip),
    await readBy({ ...chip, keys: (await chipOf(house, cardId)).keys }),
  ]
  const handed = await aCardAt('handed-over')
  const byColleague = { as: asColleague }

  await assert.rejects(use(one, cardId), refused('chip-reading-of-another-officer'))
  await assert.rejects(use(one, handed, byColleague), refused('chip-reading-of-another-card'))
  await assert.rejects(
    use(one, cardId, { ...byColleague, purpose: 'hand-over' }),
    refused('chip-reading-for-another-purpose'),
  )
  await assert.rejects(use(copied, cardId, byColleague), refused('chip-reading-proves-nothing'))
  await house.owner(`update cards.chip_reading set ended_at = ended_at - interval '16 minutes' where id = $1`, [late])
  await assert.rejects(use(late, cardId, byColleague), refused('chip-reading-too-old'))
  const used = await use(one, cardId, byColleague)
  assert.deepEqual(used, { reading: one, provedBy: 'active-authentication' })
  await assert.rejects(use(one, cardId, byColleague), refused('chip-reading-used'))

  const content = await chipOf(house, handed)
  const raised = await read(new SoftwareCard(content), handed, { who: 'colleague', purpose: 'account-raised' })
  assert.equal(raised.outcome, 'original')
  await asColleague(work => cards.blockCard(work, handed, { code: 'lost' }))
  await assert.rejects(
    use(raised.id, handed, { ...byColleague, purpose: 'account-raised' }),
    refused('chip-reading-card-unfit'),
  )
})
