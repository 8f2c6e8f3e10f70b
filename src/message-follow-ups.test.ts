import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enter } from '../test/builders.ts'
import { openHouse } from '../test/house.ts'
import { refusal } from '../test/planned-ward.ts'
import * as audit from './audit/audit.ts'
import { consequences } from './consequences.ts'
import { kindsOfFollowUps } from './follow-up-kinds.ts'
import * as followUps from './follow-ups/follow-ups.ts'
import type { Channel, DeliveryReply } from './outreach/channels/channel.ts'
import type { Channels } from './outreach/channels/channels.ts'
import * as outreach from './outreach/outreach.ts'
import { takeReceipts } from './outreach/sending/receipts.ts'
import { deliver, lookAfter } from './outreach/sending/sending.ts'
import { aSending } from './outreach/sending.fixture.ts'
import { newId } from './platform/ids.ts'
import type { Authority } from './platform/work.ts'

/** Lost messages are work of the ward where the person lives, until they are solved. */

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const district = await anOfficerOf(house, '193')
const ward = await anOfficerOf(house, commune.haKhanh)
const otherWard = await anOfficerOf(house, commune.haPhong)
const person = await enter(house, aPerson({ name: 'Vũ Thị Lan', commune: commune.haKhanh }))

const gateway = (reply: DeliveryReply): Channels => {
  const channel: Channel = { name: 'gateway', send: async () => reply }
  return { origin: 'https://dinhdanh.example', email: [channel], phone: [channel] }
}
/** A message of the district about somebody who lives in the ward, by a gateway that answers so. */
async function sent(reply: DeliveryReply) {
  const id = await house.as(district, work =>
    outreach.sendMessage(
      work,
      aSending({
        to: { kind: 'phone', number: '0912345123' },
        about: {
          kind: 'application',
          id: newId(),
          personId: person,
          ...(district.unitId && { unitId: district.unitId }),
        },
      }),
    ),
  )
  await deliver(house.openWork, gateway(reply), id)
  return id
}
const openOf = async (by: Authority) =>
  (await house.as(by, work => followUps.listOpen((_kind, verb) => verb(work), kindsOfFollowUps, { kind: 'message' })))
    .followUps
const stateOf = async (id: outreach.MessageId) =>
  (await house.work(work => outreach.getMessage(work, id))).message.state

test('a number that bounces is work of the ward where the person lives, with a last day', async () => {
  const id = await sent({ outcome: 'refused', code: '11' })
  const [one, ...others] = await openOf(ward)
  assert.deepEqual(others, [])
  assert.deepEqual(
    [one?.reason, one?.owner, one?.ownerUnitName, one?.name, one?.dueOn, one?.due],
    ['undeliverable', 'ward', 'Phường Hà Khánh', 'Vũ Thị Lan', '2023-04-27', 'later'],
  )
  assert.equal((await openOf(otherWard)).length, 0)
  // The ward reads the message of the district that it follows up; another ward does not.
  assert.equal((await house.as(ward, work => outreach.getMessage(work, id))).message.id, id)
  await refusal(
    house.as(otherWard, work => outreach.getMessage(work, id)),
    'message-unknown',
  )
  await house.as(ward, work => outreach.noteReached(work, id, 'visit'))
  assert.equal((await openOf(ward)).length, 0)
  const deed = await house.work(work => audit.lastDeedOn(work, id))
  assert.deepEqual(
    [deed?.deed, (deed?.facts as { how?: string } | undefined)?.how, deed?.by.id],
    ['message.reached', 'visit', ward.by.id],
  )
})

test('a corrected phone solves what bounced, and not what is unknown', async () => {
  await sent({ outcome: 'refused', code: '11' })
  const unknown = await sent({ outcome: 'unknown' })
  assert.deepEqual((await openOf(ward)).map(({ reason }) => reason).sort(), ['undeliverable', 'unknown'])
  await house.work(work =>
    audit.record(work, 'account.phone-changed', { kind: 'account', id: newId(), personId: person }, {}),
  )
  assert.deepEqual(
    (await openOf(ward)).map(({ subjectId }) => subjectId),
    [unknown],
  )
  await house.as(ward, work => outreach.sendAgain(work, unknown))
  assert.deepEqual(await openOf(ward), [])
  // Unknown once more, so followed up once more.
  await deliver(house.openWork, gateway({ outcome: 'unknown' }), unknown)
  assert.equal((await openOf(ward)).length, 1)
  await house.as(ward, work => outreach.noteReached(work, unknown, 'call'))
  await refusal(
    house.as(otherWard, work => outreach.noteReached(work, unknown, 'call')),
    'message-unknown',
  )
})

test('a phone that is new in the register solves what bounced, and an import without one does not', async () => {
  const id = await sent({ outcome: 'refused', code: '11' })
  const imported = () =>
    house.work(work => audit.record(work, 'register.imported', { kind: 'import', id: newId() }, {}))
  await imported()
  assert.deepEqual(
    (await openOf(ward)).map(({ subjectId }) => subjectId),
    [id],
  )
  await house.owner(`insert into register.phone (person_id, phone) values ($1, '+84987654321')`, [person])
  await imported()
  assert.deepEqual(await openOf(ward), [])
  // What bounces now bounced at the phones as they are.
  const later = await sent({ outcome: 'refused', code: '11' })
  await imported()
  assert.equal((await openOf(ward)).length, 1)
  await house.as(ward, work => outreach.noteReached(work, later, 'visit'))
})

test('a ward sends what bounced to the phone that it learnt, or on paper; what went out is kept', async () => {
  const bounced = await sent({ outcome: 'refused', code: '11' })
  const before = (await house.work(work => outreach.getMessage(work, bounced))).message
  const elsewhere = (id: outreach.MessageId, to: outreach.Recipient, by: Authority = ward) =>
    house.as(by, work => outreach.sendElsewhere(work, id, { to }))
  const toPhone = (number: string) => ({ kind: 'phone', number }) as const
  await refusal(elsewhere(bounced, toPhone('0987 654 321'), otherWard), 'message-unknown')
  await refusal(elsewhere(bounced, toPhone('0203 3825 125')), 'message-address-unusable')
  await elsewhere(bounced, toPhone('0987 654 321'))
  const { message } = await house.work(work => outreach.getMessage(work, bounced))
  assert.deepEqual([message.state, message.address, message.body], ['queued', '+84987654321', before.body])
  assert.deepEqual(await openOf(ward), [])
  const [former] = await house.owner<{ was: { address: string; body: string }[] }>(
    'select former_ways as was from outreach.message where id = $1',
    [bounced],
  )
  assert.deepEqual(
    former?.was.map(({ address, body }) => [address, body]),
    [['+84912345123', before.body]],
  )
  await refusal(elsewhere(bounced, toPhone('0987654321')), 'message-not-lost')
  await deliver(house.openWork, gateway({ outcome: 'refused', code: '11' }), bounced)
  assert.equal((await openOf(ward)).length, 1)
  await elsewhere(bounced, { kind: 'letter', address: 'Vũ Thị Lan, tổ 3, phường Hà Khánh' })
  const letter = (await house.work(work => outreach.getMessage(work, bounced))).message
  assert.deepEqual([letter.state, letter.kind, await openOf(ward)], ['to-print', 'letter', []])
  assert.match(letter.body, /^Kính gửi ông\/bà/, 'with its marks, as letters have them')
  const deeds = (await house.work(work => audit.deedsOf(work, bounced))).map(({ deed }) => deed)
  assert.deepEqual(deeds.filter(deed => deed === 'message.readdressed').length, 2)

  const unknown = await sent({ outcome: 'unknown' })
  await refusal(elsewhere(unknown, toPhone('0987654321')), 'message-may-have-arrived')
  await house.as(ward, work =>
    outreach.sendElsewhere(work, unknown, { to: toPhone('0987654321'), mayArriveTwice: true }),
  )
  assert.deepEqual([await stateOf(unknown), await openOf(ward)], ['queued', []])
})

test('a code that bounced goes nowhere else: no officer leads it to another phone', async () => {
  const id = await house.as(district, work =>
    outreach.sendMessage(work, {
      template: 'account-code',
      facts: { code: '481516', purpose: { vi: 'kích hoạt', en: 'activate' }, minutes: 5 },
      language: 'vi',
      to: { kind: 'phone', number: '0912345123' },
      about: { kind: 'account', id: newId(), personId: person, ...(district.unitId && { unitId: district.unitId }) },
    }),
  )
  await deliver(house.openWork, gateway({ outcome: 'refused', code: '11' }), id)
  assert.equal(await stateOf(id), 'undeliverable')
  const to = { kind: 'phone', number: '0987654321' } as const
  await refusal(
    house.as(district, work => outreach.sendElsewhere(work, id, { to })),
    'message-over',
  )
  assert.doesNotMatch(JSON.stringify(await house.owner('select * from outreach.message')), /481516/)
  await house.as(ward, work => outreach.noteReached(work, id, 'call'))
})

test('a message without a receipt in time is unknown; a late one mends it and closes its follow-up', async () => {
  const channels = gateway({ outcome: 'accepted', gatewayIds: ['a1', 'a2'] })
  const id = await sent({ outcome: 'accepted', gatewayIds: ['a1', 'a2'] })
  assert.equal(await stateOf(id), 'accepted')
  const receive = (gatewayId: string, receipt: 'delivered' | 'failed') =>
    house.work(work => takeReceipts(work, channels, 'gateway', [{ gatewayId, receipt }]))
  await receive('a1', 'delivered')
  assert.equal(await stateOf(id), 'accepted', 'one of two parts')
  await house.owner(`update outreach.message set receipt_by = now() - interval '1 minute' where id = $1`, [id])
  assert.equal((await lookAfter(house.openWork, channels)).withoutReceipt, 1)
  assert.deepEqual([await stateOf(id), (await openOf(ward)).length], ['unknown', 1])
  await receive('a2', 'delivered')
  assert.deepEqual([await stateOf(id), (await openOf(ward)).length], ['delivered', 0])
  const { tries } = await house.work(work => outreach.getMessage(work, id))
  assert.deepEqual(
    tries.map(({ outcome, receipt }) => [outcome, receipt]),
    [['accepted', 'delivered']],
  )
  // Nothing that a gateway says twice changes anything.
  await receive('a2', 'failed')
  assert.equal(await stateOf(id), 'delivered')
})

test('nobody follows up a code that came too late, or a message to somebody who refuses reminders', async () => {
  const about = { kind: 'account', id: newId(), personId: person }
  const to = { kind: 'phone', number: '0912345123' } as const
  const facts = { code: '730164', purpose: { vi: 'đăng nhập', en: 'sign in' }, minutes: 5 }
  const code = await house.work(work =>
    outreach.sendMessage(work, { template: 'account-code', facts, language: 'vi', to, about }),
  )
  await deliver(house.openWork, gateway({ outcome: 'unknown' }), code)
  assert.equal(await stateOf(code), 'unknown')
  assert.deepEqual(await openOf(ward), [])

  const reminder = () =>
    house.work(work =>
      outreach.sendMessage(work, {
        template: 'need-reminder',
        facts: {
          person: 'Vũ Thị Lan',
          what: { vi: 'làm thẻ', en: 'apply for a card' },
          when: { vi: 'trong tuần', en: 'soon' },
          unit: 'Công an phường Hà Khánh',
          page: '/account/request',
        },
        language: 'vi',
        to,
        about,
      }),
    )
  await house.work(work => outreach.optOut(work, { kind: 'phone', address: '+84912345123' }, 'officer'))
  assert.equal(await stateOf(await reminder()), 'undeliverable')
  assert.deepEqual(await openOf(ward), [])
  // What is owed to them goes out all the same.
  assert.equal(await stateOf(await sent({ outcome: 'accepted' })), 'sent')
  await house.work(work => outreach.endOptOut(work, { kind: 'phone', address: '+84912345123' }))
  assert.equal(await stateOf(await reminder()), 'queued')
})

test('a phone that takes nothing is the ward’s without hurry, once, where its message goes another way', async () => {
  const other = await enter(house, aPerson({ name: 'Vũ Thị Mai', commune: commune.haKhanh }))
  const home = { kind: 'letter', address: 'Vũ Thị Mai, tổ 3, phường Hà Khánh' } as const
  const about = () => ({
    ...{ kind: 'application', id: newId(), personId: other },
    ...(district.unitId && { unitId: district.unitId }),
  })
  const turned = () =>
    house.as(district, async work =>
      outreach.sendMessages(
        work,
        [1, 2].map(() => ({
          ...aSending({ to: { kind: 'phone', number: '0912345777' }, about: about() }),
          otherwise: [home],
        })),
      ),
    )
  const ids = await turned()
  for (const id of ids) await deliver(house.openWork, gateway({ outcome: 'refused', code: '11' }), id)
  const theirs = async () => (await openOf(ward)).filter(({ personId }) => personId === other)
  assert.deepEqual(
    (await theirs()).map(({ reason, due, dueOn }) => [reason, due, dueOn]),
    [['other-way', 'later', '2023-06-06']],
  )
  // The district sent it; the ward where the person lives prints it, whether it bounced or went straight on paper.
  const straight = await turned()
  const letters = await house.as(ward, outreach.lettersToPrint)
  for (const id of [...ids, ...straight]) assert.ok(letters.some(letter => letter.id === id))
  assert.equal((await theirs()).length, 1)
  const [first = assert.fail()] = ids
  const { formerWays } = await house.as(ward, work => outreach.getMessage(work, first))
  assert.deepEqual(formerWays, [{ kind: 'phone', address: '+84912345777' }])
  await house.work(work =>
    audit.record(work, 'account.phone-changed', { kind: 'account', id: newId(), personId: other }, {}),
  )
  assert.deepEqual(await theirs(), [])
})
