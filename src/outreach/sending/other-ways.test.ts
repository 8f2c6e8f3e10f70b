import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { anOfficerOf, commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { openSmsc, whyNoSmsc } from '../../../test/smsc/smsc.ts'
import { addDays, type Day } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import type { Channel, DeliveryReply } from '../channels/channel.ts'
import { smppChannel } from '../channels/channel-smpp.ts'
import { type Channels, openChannels } from '../channels/channels.ts'
import { openMailServer } from '../channels/mail-server.fixture.ts'
import { smppSettingsOf } from '../channels/smpp-settings.ts'
import * as outreach from '../outreach.ts'
import { aSending, mailbox, ordinary } from '../sending.fixture.ts'
import { takeReceipts } from './receipts.ts'
import { deliver, lookAfter, sendDue } from './sending.ts'

/** A message that a phone does not take reaches the same person another way, once, where that is of use. */

const house = await openHouse({ withUnits: true })
const ward = await anOfficerOf(house, commune.haKhanh)
const email = { kind: 'email', address: mailbox } as const
const letter = { kind: 'letter', address: 'Bà Trần Thị C, tổ 3, phường Hà Khánh' } as const

function aChannel(name: string, reply: DeliveryReply) {
  const to: string[] = []
  const channel: Channel = {
    name,
    async send(one) {
      to.push(one.to)
      return reply
    },
  }
  return { channel, to }
}
const accepting = (name: string) => aChannel(name, { outcome: 'accepted' })
const refusing = (code = 'address-refused') => aChannel('sms', { outcome: 'refused', code })
const channelsOf = (phone: { channel: Channel }, mail: { channel: Channel } = accepting('mail')): Channels => ({
  origin: 'https://dinhdanh.example',
  phone: [phone.channel],
  email: [mail.channel],
})

let phones = 0
/** A phone of nobody else in this file. */
const aPhone = () => ({ kind: 'phone', number: `0912 345 ${String(++phones).padStart(3, '0')}` }) as const
const e164 = ({ number }: { readonly number: string }) => `+84${number.replaceAll(' ', '').slice(1)}`
const reminder = ordinary.find(({ template }) => template === 'need-reminder') ?? assert.fail()
const send = (given: Partial<outreach.OutgoingMessage>, said = aSending()) =>
  house.as(ward, work =>
    outreach.sendMessage(work, {
      ...said,
      about: { kind: 'application', id: newId(), personId: newId<'person'>(), unitId: ward.unitId },
      ...given,
    } as outreach.OutgoingMessage),
  )
const standing = async (id: outreach.MessageId) => {
  const { message } = await house.work(work => outreach.getMessage(work, id))
  return [message.state, message.kind, message.code]
}
const today = (): Promise<Day> => house.work(async work => work.today)

test('the message after one that bounced goes the other way straight, until one arrives there again', async () => {
  const to = aPhone()
  const [bad, mail] = [refusing(), accepting('mail')]
  await send({ to, otherwise: [email] })
  await sendDue(house.openWork, channelsOf(bad, mail))
  assert.deepEqual([bad.to, mail.to], [[e164(to)], [mailbox]])
  const straight = await send({ to, otherwise: [email] })
  assert.deepEqual(await standing(straight), ['queued', 'email', null])

  // One that has no other way is tried there all the same; it arrives, and the phone is as good as before.
  const gateway = aChannel('sms', { outcome: 'accepted', gatewayIds: ['again'] })
  await send({ to })
  await sendDue(house.openWork, channelsOf(gateway, mail))
  await house.work(work =>
    takeReceipts(work, channelsOf(gateway), 'sms', [{ gatewayId: 'again', receipt: 'delivered' }]),
  )
  assert.deepEqual(await standing(await send({ to, otherwise: [email] })), ['queued', 'phone', null])
  await sendDue(house.openWork, channelsOf(accepting('sms')))
})

test('a refusal of the text marks no phone; a receipt that nothing arrived does', async () => {
  const [refused, silent] = [aPhone(), aPhone()]
  await send({ to: refused, otherwise: [email] })
  await sendDue(house.openWork, channelsOf(refusing('text-refused')))
  assert.deepEqual(await standing(await send({ to: refused, otherwise: [email] })), ['queued', 'phone', null])
  await sendDue(house.openWork, channelsOf(accepting('sms')))

  const gateway = aChannel('sms', { outcome: 'accepted', gatewayIds: ['lost'] })
  const id = await send({ to: silent, otherwise: [email] })
  await sendDue(house.openWork, channelsOf(gateway))
  const failed = [{ gatewayId: 'lost', receipt: 'failed', code: 'UNDELIV' }] as const
  await house.work(work => takeReceipts(work, channelsOf(gateway), 'sms', failed))
  await house.work(work => takeReceipts(work, channelsOf(gateway), 'sms', failed))
  assert.deepEqual(await standing(id), ['queued', 'email', 'UNDELIV'])
  const mail = accepting('mail')
  await sendDue(house.openWork, channelsOf(gateway, mail))
  await sendDue(house.openWork, channelsOf(gateway, mail))
  assert.deepEqual([gateway.to.length, mail.to.length], [1, 1])
  assert.deepEqual(await standing(await send({ to: silent, otherwise: [email] })), ['queued', 'email', null])
  await sendDue(house.openWork, channelsOf(gateway, mail))
})

test('what was given up, and so certainly not taken, goes another way; what may have arrived does not', async () => {
  const given = await send({ to: aPhone(), otherwise: [email] })
  await house.owner('update outreach.message set tries = 8, attempts = 8 where id = $1', [given])
  const off = aChannel('sms', { outcome: 'deferred', code: 'connection' })
  await deliver(house.openWork, channelsOf(off), given)
  assert.deepEqual(await standing(given), ['queued', 'email', 'connection'])

  const open = await send({ to: aPhone(), otherwise: [email] })
  const mail = accepting('mail')
  await sendDue(house.openWork, channelsOf(aChannel('sms', { outcome: 'unknown' }), mail))
  await sendDue(house.openWork, channelsOf(accepting('sms'), mail))
  assert.deepEqual([(await standing(open))[0], mail.to.length], ['unknown', 1])
})

test('a letter is written where it comes in time, and nothing goes another way after its last day', async () => {
  const on = await today()
  const far = await send({ to: aPhone(), otherwise: [letter], usefulUntil: addDays(on, 7) })
  const near = await send({ to: aPhone(), otherwise: [letter], usefulUntil: addDays(on, 6) })
  const soon = await send({ to: aPhone(), otherwise: [letter, email], usefulUntil: addDays(on, 1) })
  const over = await send({ to: aPhone(), otherwise: [letter, email], usefulUntil: addDays(on, -1) })
  await sendDue(house.openWork, channelsOf(refusing()))
  const states = await Promise.all([far, near, soon, over].map(standing))
  assert.deepEqual(
    states.map(([state, kind]) => [state, kind]),
    [
      ['to-print', 'letter'],
      ['undeliverable', 'phone'],
      ['sent', 'email'],
      ['undeliverable', 'phone'],
    ],
  )
  await house.as(ward, work => outreach.markPrinted(work, [far]))
})

test('who refused by a text gets no reminder by e-mail or on paper either; what is owed goes on', async () => {
  const to = aPhone()
  const otherwise = [email, letter]
  const mail = accepting('mail')
  const channels = channelsOf(refusing(), mail)
  // One waits for the mail server, one is about to bounce, one lies ready to be printed.
  const turned = await send({ to, otherwise }, { ...aSending(), ...reminder })
  await deliver(house.openWork, channels, turned)
  assert.deepEqual((await standing(turned)).slice(0, 2), ['queued', 'email'])
  const printed = await send({ to, otherwise: [letter] }, { ...aSending(), ...reminder })
  assert.equal((await standing(printed))[0], 'to-print')
  const gateway = aChannel('sms', { outcome: 'accepted', gatewayIds: ['late'] })
  const late = await send({ to, otherwise: [] }, { ...aSending(), ...reminder })
  await house.owner(`update outreach.message set other_ways = $2 where id = $1`, [
    late,
    JSON.stringify([{ kind: 'email', address: mailbox, subject: 'x', body: 'x' }]),
  ])
  await deliver(house.openWork, channelsOf(gateway, mail), late)

  await house.work(work => outreach.optOut(work, { kind: 'phone', address: e164(to) }, 'text'))
  await house.work(work => takeReceipts(work, channels, 'sms', [{ gatewayId: 'late', receipt: 'failed' }]))
  const fresh = await send({ to, otherwise }, { ...aSending(), ...reminder })
  const other = await send({ to: aPhone(), otherwise: [to, email] }, { ...aSending(), ...reminder })
  const owed = await send({ to, otherwise })
  await sendDue(house.openWork, channels)
  for (const id of [turned, printed, late, fresh, other])
    assert.deepEqual([(await standing(id))[0], (await standing(id))[2]], ['undeliverable', 'opted-out'])
  assert.equal((await standing(owed))[0], 'sent')
  assert.equal(mail.to.length, 1)
})

test('a phone that was said not to be theirs is left out of each way; what waits goes on by another', async () => {
  const [to, good] = [aPhone(), aPhone()]
  const personId = newId<'person'>()
  const about = { kind: 'application', id: newId(), personId, unitId: ward.unitId }
  const waiting = await send({ to, otherwise: [email], about })
  const behind = await send({ to: good, otherwise: [to, email], about })
  await house.work(work => outreach.disownPhones(work, personId, [to.number]))
  assert.deepEqual((await standing(waiting)).slice(0, 2), ['queued', 'email'])
  const fresh = await send({ to, otherwise: [email], about })
  const [bad, mail] = [refusing(), accepting('mail')]
  await sendDue(house.openWork, channelsOf(bad, mail))
  assert.deepEqual(bad.to, [e164(good)])
  const states = await Promise.all([waiting, behind, fresh].map(standing))
  assert.deepEqual(
    states.map(([state, kind]) => [state, kind]),
    [1, 2, 3].map(() => ['sent', 'email']),
  )
})

test('a code is never sent elsewhere, whatever its sender names', async () => {
  const code = ordinary.find(({ template }) => template === 'account-code') ?? assert.fail()
  const mail = accepting('mail')
  const id = await send({ to: aPhone(), otherwise: [email, letter] }, { ...aSending(), ...code })
  await sendDue(house.openWork, channelsOf(refusing(), mail))
  assert.deepEqual([(await standing(id)).slice(0, 2), mail.to], [['undeliverable', 'phone'], []])
})

test('a reminder ends with the number that its gateway hears, by e-mail with where to say so', async () => {
  const texts: string[] = []
  const heard = accepting('sms')
  const channel: Channel = {
    ...heard.channel,
    refuseTo: '8155',
    send: async one => {
      texts.push(one.text)
      return one.to === e164(bad) ? { outcome: 'refused', code: 'address-refused' } : { outcome: 'accepted' }
    },
  }
  const bad = aPhone()
  const said = { ...aSending(), ...reminder }
  const turned = await send({ to: bad, otherwise: [email] }, said)
  const mail: string[] = []
  const mailing: Channel = {
    name: 'mail',
    send: async one => {
      mail.push(one.text)
      return { outcome: 'accepted' }
    },
  }
  await deliver(house.openWork, { ...channelsOf({ channel }, { channel: mailing }) }, turned)
  await deliver(house.openWork, { ...channelsOf({ channel }, { channel: mailing }) }, turned)
  const owed = await send({ to: aPhone() })
  await deliver(house.openWork, channelsOf({ channel }), owed)
  assert.match(texts[0] ?? '', / Tu choi tin nhac: soan TC gui 8155\.$/)
  assert.match(mail[0] ?? '', /chọn ở trang Công dân, mục Tài khoản, hoặc báo công an xã/)
  assert.doesNotMatch(texts[1] ?? '', /Tu choi|TC/)
})

const skip = whyNoSmsc() ?? false
const program = fileURLToPath(new URL('sender.test-process.ts', import.meta.url))

test('a number that bounces at a gateway gets its e-mail once, whoever is killed between the two', {
  skip,
}, async () => {
  const smsc = await openSmsc(['--refuse', '1'])
  const settings = smppSettingsOf(smsc.url)
  if ('wrong' in settings) throw new Error(settings.wrong)
  // Without quiet hours, so that the test may run at night.
  const { rings: _rings, ...gateway } = smppChannel(settings, { price: 350 })
  let arrived = () => {}
  let answers: Promise<undefined> | undefined
  const server = await openMailServer({
    letter: () => {
      arrived()
      return answers
    },
  })
  const config = { smtpUrl: server.url, mailFrom: 'dinh-danh@congan.example' }
  const mail = openChannels({ folder: '/nowhere', origin: 'https://dinhdanh.example', config })
  const channels: Channels = { ...mail, phone: [gateway] }
  // The simulated gateway refuses phones that end in 00.
  const first = await send({ to: { kind: 'phone', number: '0912 345 600' }, otherwise: [email] })
  const second = await send({ to: { kind: 'phone', number: '0912 345 700' }, otherwise: [email] })
  for (const id of [first, second])
    assert.deepEqual(await deliver(house.openWork, channels, id), { state: 'queued', code: 'address-refused' })

  // The process ends here. Two that come after it send one e-mail.
  await Promise.all([1, 2].map(() => deliver(house.openWork, channels, first)))
  assert.deepEqual([await standing(first), server.taken.length], [['sent', 'email', null], 1])

  // One is killed while the mail server has the whole letter: it may have arrived, and goes nowhere again.
  answers = new Promise(() => {})
  const taken = new Promise<void>(done => (arrived = done))
  const child = spawn(process.execPath, [program, house.url, server.url, second], { stdio: 'inherit' })
  await taken
  child.kill('SIGKILL')
  await once(child, 'exit')
  answers = undefined
  await house.owner(`update outreach.message set begun_at = begun_at - interval '6 minutes' where id = $1`, [second])
  await lookAfter(house.openWork, channels)
  await sendDue(house.openWork, channels)
  assert.deepEqual([(await standing(second))[0], server.taken.length], ['unknown', 2])
  assert.deepEqual([...new Set((await smsc.gotten()).map(({ what }) => what))], ['refused'])
  await gateway.close?.()
  await Promise.all([smsc.close(), server.close()])
})
