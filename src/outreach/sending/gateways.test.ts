import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { anOfficerOf, commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { openRequests } from '../../platform/http/serve-endpoint.ts'
import { makeServer } from '../../platform/http/server.ts'
import { newId } from '../../platform/ids.ts'
import { openLog } from '../../platform/log.ts'
import { asSystem } from '../../platform/work.ts'
import type { Channel, ChannelMessage, DeliveryReply, GatewayReceipt } from '../channels/channel.ts'
import type { Channels } from '../channels/channels.ts'
import { quietUntil } from '../law.ts'
import * as outreach from '../outreach.ts'
import { aSending, mailbox, ordinary, phone } from '../sending.fixture.ts'
import { asksToStop } from './listen.ts'
import { matchStrays, otherSpellings, takeFollows, takeReceipts } from './receipts.ts'
import { gatewayRoutes } from './routes.ts'
import { deliver, lookAfter, sendDue } from './sending.ts'
import { beginTries } from './tries.ts'

/** What holds for every gateway: order and fail-over, receipts, budgets, quiet hours, refusing, letters on paper. */

const house = await openHouse({ withUnits: true })
const ward = await anOfficerOf(house, commune.haKhanh)
const otherWard = await anOfficerOf(house, commune.haPhong)
const origin = 'https://dinhdanh.example'

function aChannel(name: string, reply: (letter: ChannelMessage) => DeliveryReply, more: Partial<Channel> = {}) {
  const taken: ChannelMessage[] = []
  const channel: Channel = {
    name,
    send: async letter => {
      taken.push(letter)
      return reply(letter)
    },
    ...more,
  }
  return { channel, taken }
}
const accepting = (name: string, more: Partial<Channel> = {}) => aChannel(name, () => ({ outcome: 'accepted' }), more)
const refusing = (name: string) => aChannel(name, () => ({ outcome: 'refused', code: '11' }))
const channelsOf = (
  phones: readonly { channel: Channel }[],
  mails: readonly { channel: Channel }[] = [],
): Channels => ({
  origin,
  phone: phones.map(({ channel }) => channel),
  email: mails.map(({ channel }) => channel),
})

const toPhone = { kind: 'phone', number: phone } as const
const queued = (given: Partial<outreach.OutgoingMessage> = {}) =>
  house.as(ward, work =>
    outreach.sendMessage(work, {
      ...aSending({ to: toPhone }),
      about: { kind: 'application', id: newId(), personId: newId<'person'>(), unitId: ward.unitId },
      ...given,
    } as outreach.OutgoingMessage),
  )
const sendingOf = (template: string) => ordinary.find(one => one.template === template) ?? assert.fail()
const told = (id: outreach.MessageId) => house.work(work => outreach.getMessage(work, id))
const stateOf = async (id: outreach.MessageId) => (await told(id)).message.state
const deedsOf = async (id: outreach.MessageId) =>
  (await house.work(work => audit.deedsOf(work, id))).map(({ deed }) => deed).toReversed()

test('a definite refusal goes on to the next channel, then to the next way; each is kept', async () => {
  const [zalo, sms, mail] = [refusing('zalo'), refusing('sms'), accepting('mail')]
  const channels = channelsOf([zalo, sms], [mail])
  const id = await queued({ otherwise: [{ kind: 'email', address: mailbox }] })
  await sendDue(house.openWork, channels)
  assert.deepEqual([zalo.taken.length, sms.taken.length, mail.taken.length], [1, 1, 1])
  const { message, tries } = await told(id)
  assert.deepEqual([message.state, message.kind, message.address], ['sent', 'email', mailbox])
  assert.deepEqual(
    tries.map(({ via, outcome }) => `${via} ${outcome}`),
    ['zalo refused', 'sms refused', 'mail accepted'],
  )
  assert.match(mail.taken[0]?.text ?? '', /^Kính gửi ông\/bà/)
  assert.deepEqual(await deedsOf(id), ['message.queued', 'message.other-way', 'message.sent'])
})

test('after an unknown outcome no other channel is tried', async () => {
  const zalo = aChannel('zalo', () => ({ outcome: 'unknown' }))
  const sms = accepting('sms')
  const to = { kind: 'phone', number: '0912 345 881' } as const
  const id = await queued({ to, otherwise: [{ kind: 'email', address: mailbox }] })
  await sendDue(house.openWork, channelsOf([zalo, sms], [accepting('mail')]))
  assert.deepEqual([await stateOf(id), sms.taken.length], ['unknown', 0])
})

test('a receipt that says that it failed is a definite refusal: the next channel takes the message', async () => {
  const zalo = aChannel('zalo', () => ({ outcome: 'accepted', gatewayIds: ['z-1'] }))
  const channels = channelsOf([zalo, accepting('sms')])
  const id = await queued()
  await sendDue(house.openWork, channels)
  assert.equal(await stateOf(id), 'accepted')
  await house.work(work =>
    takeReceipts(work, channels, 'zalo', [{ gatewayId: 'z-1', receipt: 'failed', code: '-118' }]),
  )
  assert.equal(await stateOf(id), 'queued')
  await sendDue(house.openWork, channels)
  assert.deepEqual([await stateOf(id), (await told(id)).tries.length], ['sent', 2])
})

test('a receipt that comes before the answer is written finds its message', async () => {
  const channels = channelsOf([aChannel('smpp', () => ({ outcome: 'accepted', gatewayIds: ['early'] }))])
  await house.work(work => takeReceipts(work, channels, 'smpp', [{ gatewayId: 'early', receipt: 'delivered' }]))
  const id = await queued()
  await sendDue(house.openWork, channels)
  assert.deepEqual(
    [await stateOf(id), await deedsOf(id)],
    ['delivered', ['message.queued', 'message.accepted', 'message.delivered']],
  )
})

test('a receipt under another spelling of the name counts where the phone is the same', async () => {
  assert.ok(otherSpellings('255').includes('ff') && otherSpellings('FF').includes('255'))
  const channels = channelsOf([aChannel('smpp', () => ({ outcome: 'accepted', gatewayIds: ['1F4A'] }))])
  const id = await queued()
  await sendDue(house.openWork, channels)
  const receive = (address: string) =>
    house.work(work =>
      takeReceipts(work, channels, 'smpp', [{ gatewayId: String(0x1f4a), receipt: 'delivered', address }]),
    )
  const look = async () => {
    await house.owner(`update outreach.part set noted_at = now() - interval '1 minute' where message_id is null`)
    return house.work(work => matchStrays(work, channels))
  }
  await receive('+84900000000')
  assert.deepEqual([await look(), await stateOf(id)], [0, 'accepted'])
  await receive('+84912345123')
  assert.equal(await stateOf(id), 'delivered')
})

test('a receipt in another spelling is not of the text to another phone that has its name', async () => {
  // It calls the second text 5648, and in receipts, in hexadecimal, 1610: its name of the first.
  const names = ['1610', '5648']
  const channels = channelsOf([
    aChannel('smpp', () => ({ outcome: 'accepted', gatewayIds: [names.shift() ?? assert.fail()] })),
  ])
  const failed = { gatewayId: '1610', receipt: 'failed', code: 'UNDELIV', address: '+84912345124' } as const
  const receive = () => house.work(work => takeReceipts(work, channels, 'smpp', [failed]))
  await receive()
  const first = await queued()
  await sendDue(house.openWork, channels)
  await receive()
  const second = await queued({ to: { kind: 'phone', number: '0912 345 124' } })
  await sendDue(house.openWork, channels)
  await house.owner(`update outreach.part set noted_at = now() - interval '1 minute' where message_id is null`)
  assert.equal(await house.work(work => matchStrays(work, channels)), 1)
  assert.deepEqual([await stateOf(first), await stateOf(second)], ['accepted', 'undeliverable'])
})

test('a part that arrived stays so whatever the gateway says later, also in one breath', async () => {
  const channels = channelsOf([aChannel('smpp', () => ({ outcome: 'accepted', gatewayIds: ['once'] }))])
  const said = (['delivered', 'failed'] as const).map(receipt => ({ gatewayId: 'once', receipt }))
  for (const order of [said, said.toReversed()]) {
    const id = await queued()
    await sendDue(house.openWork, channels)
    await house.work(work => takeReceipts(work, channels, 'smpp', order))
    assert.equal(await stateOf(id), 'delivered')
  }
})

test('a gateway that asks for a pause gets it, and the try does not count', async () => {
  let isBusy = true
  const busy = aChannel('smpp', () =>
    isBusy ? { outcome: 'deferred', code: 'throttled', pauseSeconds: 30 } : { outcome: 'accepted' },
  )
  const channels = channelsOf([busy])
  const id = await queued()
  for (let at = 0; at < 12; at++) {
    await house.owner(`update outreach.message set next_at = now() - interval '1 second' where id = $1`, [id])
    assert.deepEqual(await deliver(house.openWork, channels, id), { state: 'failed', code: 'throttled' })
  }
  assert.equal((await told(id)).message.tries, 0)
  isBusy = false
  await house.owner(`update outreach.message set next_at = now() - interval '1 second' where id = $1`, [id])
  assert.deepEqual(await deliver(house.openWork, channels, id), { state: 'sent' })
})

test('at the cap messages wait, officers see why, and a raised cap lets them go on', async () => {
  const sms = accepting('sms', { fareOf: () => ({ parts: 2, price: 700 }) })
  const channels = channelsOf([sms])
  const budget = { kind: 'campaign', id: newId() }
  await house.as(ward, work => outreach.setBudget(work, budget, { cap: 1500 }))
  const ids = [await queued({ budget }), await queued({ budget }), await queued({ budget })]
  await sendDue(house.openWork, channels)
  assert.deepEqual(await Promise.all(ids.map(stateOf)), ['sent', 'sent', 'held'])
  const held = (await told(ids[2] ?? assert.fail())).message
  assert.deepEqual([held.code, held.tries], ['budget', 0])
  const [seen] = await house.as(ward, outreach.listBudgets)
  assert.deepEqual([seen?.cap, seen?.spent, seen?.held], [1500, 1400, 1])
  assert.deepEqual(
    (await told(ids[0] ?? assert.fail())).tries.map(({ parts, price }) => [parts, price]),
    [[2, 700]],
  )

  // Another unit neither sees the budget nor sets it.
  assert.deepEqual(await house.as(otherWard, outreach.listBudgets), [])
  await refusal(
    house.as(otherWard, work => outreach.setBudget(work, budget, { cap: 9000 })),
    'budget-of-another',
  )
  assert.deepEqual(await house.as(ward, work => outreach.setBudget(work, budget, { cap: 2100 })), { released: 1 })
  await sendDue(house.openWork, channels)
  assert.equal(await stateOf(ids[2] ?? assert.fail()), 'sent')
})

test('what was certainly not taken costs nothing; what may have been taken does', async () => {
  const replies: DeliveryReply[] = [{ outcome: 'refused' }, { outcome: 'unknown' }, { outcome: 'deferred', code: 'x' }]
  const { channel } = aChannel('sms', () => replies.shift() ?? { outcome: 'accepted' }, {
    window: 1,
    fareOf: () => ({ parts: 1, price: 350 }),
  })
  const budget = { kind: 'campaign', id: newId() }
  await house.as(ward, work => outreach.setBudget(work, budget, { cap: 10_000 }))
  for (let at = 0; at < 3; at++) await queued({ budget })
  await sendDue(house.openWork, channelsOf([{ channel }]))
  const seen = (await house.as(ward, outreach.listBudgets)).find(({ id }) => id === budget.id)
  assert.equal(seen?.spent, 350)
})

test('what rings waits for the morning, but for what somebody waits for', async () => {
  const at = (time: string) => ({ now: new Date(`2023-04-20T${time}:00+07:00`), today: '2023-04-20' as never })
  assert.equal(quietUntil(at('12:00')), undefined)
  assert.equal(quietUntil(at('06:59'))?.toISOString(), '2023-04-20T00:00:00.000Z')
  assert.equal(quietUntil(at('20:00'))?.toISOString(), '2023-04-21T00:00:00.000Z')

  const sms = accepting('sms', { rings: true })
  const facts = { code: '041907', purpose: { vi: 'đăng nhập', en: 'sign in' }, minutes: 5 }
  const about = { kind: 'account', id: newId(), personId: newId<'person'>() }
  const night = new Date('2099-04-20T22:00:00+07:00')
  const notice = await queued()
  const code = await house.work(work =>
    outreach.sendMessage(work, { template: 'account-code', facts, language: 'vi', to: toPhone, about }),
  )
  await house.owner('update outreach.message set useless_at = null where id = $1', [code])
  const begun = await house.as(asSystem('outreach'), work =>
    beginTries({ ...work, now: night }, channelsOf([sms]), { kind: 'phone', limit: 10 }),
  )
  assert.deepEqual(
    begun.map(({ message }) => message.id),
    [code],
  )
  assert.equal((await told(notice)).message.nextAt?.toISOString(), '2099-04-21T00:00:00.000Z')
})

test('a gateway that says nothing by itself is asked after two minutes, then ever more rarely', async () => {
  const said = new Map<string, GatewayReceipt>()
  const asked: string[] = []
  let names = 0
  const sms = aChannel('asked', () => ({ outcome: 'accepted', gatewayIds: [`q-${++names}`] }), {
    askReceipt: async id => {
      asked.push(id)
      return said.get(id)
    },
  })
  const channels = channelsOf([sms])
  const [one, other] = [await queued(), await queued()]
  await sendDue(house.openWork, channels)
  const pass = (minutes: number) =>
    house.owner(
      `update outreach.part set noted_at = noted_at - $1 * interval '1 minute',
        asked_at = asked_at - $1 * interval '1 minute' where channel = 'asked'`,
      [minutes],
    )
  const look = async () => {
    asked.length = 0
    await lookAfter(house.openWork, channels)
    return asked.toSorted()
  }
  assert.deepEqual(await look(), [], 'a receipt may still come by itself')
  await pass(3)
  assert.deepEqual(await look(), ['q-1', 'q-2'])
  assert.deepEqual(await look(), [], 'not again at once')
  await pass(2)
  said.set('q-1', { gatewayId: 'q-1', receipt: 'delivered' })
  said.set('q-2', { gatewayId: 'q-2', receipt: 'failed', code: '9' })
  assert.deepEqual(await look(), ['q-1', 'q-2'])
  assert.deepEqual((await Promise.all([one, other].map(stateOf))).toSorted(), ['delivered', 'undeliverable'])
  await pass(1000)
  assert.deepEqual(await look(), [], 'whatever has its last word')
})

test('a code goes out while a gateway is silent about another message', async () => {
  let answer = (_reply: DeliveryReply) => {}
  const silence = new Promise<DeliveryReply>(done => (answer = done))
  const handed = Promise.withResolvers<void>()
  const { channel, taken } = accepting('sms')
  const slow: Channel = {
    ...channel,
    send(letter) {
      if (letter.template === 'account-code') return channel.send(letter)
      handed.resolve()
      return silence
    },
  }
  const notice = await queued()
  const sending = sendDue(house.openWork, channelsOf([{ channel: slow }]))
  await handed.promise
  const facts = { code: '041907', purpose: { vi: 'đăng nhập', en: 'sign in' }, minutes: 5 }
  const about = { kind: 'account', id: newId(), personId: newId<'person'>() }
  const code = await house.work(work =>
    outreach.sendMessage(work, { template: 'account-code', facts, language: 'vi', to: toPhone, about }),
  )
  for (let at = 0; at < 100 && (await stateOf(code)) !== 'sent'; at++) await setTimeout(50)
  const states = [await stateOf(code), await stateOf(notice), taken.length]
  answer({ outcome: 'accepted' })
  await sending
  assert.deepEqual([states, await stateOf(notice)], [['sent', 'sending', 1], 'sent'])
})

test('a process that is to stop takes no message more, and what is not answered soon is unknown', async () => {
  const stopping = new AbortController()
  const handed = Promise.withResolvers<void>()
  const silent: Channel = {
    name: 'sms',
    window: 1,
    send: () => {
      handed.resolve()
      return new Promise(() => {})
    },
  }
  const ids = [await queued(), await queued(), await queued()]
  const sending = sendDue(house.openWork, channelsOf([{ channel: silent }]), { stopping: stopping.signal })
  await handed.promise
  stopping.abort()
  assert.equal((await sending).isMore, true)
  assert.deepEqual(await Promise.all(ids.map(async id => [await stateOf(id), (await told(id)).message.code])), [
    ['unknown', 'interrupted'],
    ['unknown', 'interrupted'],
    ['queued', null],
  ])
  await sendDue(house.openWork, channelsOf([accepting('sms')]))
})

test('a text that asks to stop is known by its word, with or without marks', () => {
  for (const text of ['TC', 'tc', 'Từ chối', 'TU CHOI nhan tin', 'STOP!', ' huỷ ', 'HUY.'])
    assert.ok(asksToStop(text), text)
  for (const text of ['', 'Toi da nhan', 'TCB', 'khong tu choi', 'HUY LICH HEN MAI', 'Hủy hẹn'])
    assert.ok(!asksToStop(text), text)
})

test('whoever refuses gets nothing more that waits and may be refused; what is owed goes on', async () => {
  const to = { kind: 'phone', number: '0912 345 777' } as const
  const reminder = sendingOf('need-reminder')
  const [waiting, held, owed, another] = [
    await queued({ ...reminder, to }),
    await queued({ ...reminder, to }),
    await queued({ to }),
    await queued({ ...reminder }),
  ]
  await house.owner(`update outreach.message set state = 'held', code = 'budget', next_at = null where id = $1`, [held])
  await house.work(work => outreach.optOut(work, { kind: 'phone', address: '+84912345777' }, 'text'))
  const where = async (id: outreach.MessageId) => {
    const { message } = await told(id)
    return [message.state, message.code]
  }
  assert.deepEqual(await Promise.all([waiting, held, owed, another].map(where)), [
    ['undeliverable', 'opted-out'],
    ['undeliverable', 'opted-out'],
    ['queued', null],
    ['queued', null],
  ])
  assert.deepEqual(await deedsOf(waiting), ['message.queued', 'message.undeliverable'])
  await sendDue(house.openWork, channelsOf([accepting('sms')]))
})

test('two parts that a gateway names alike are one name, of the last; the sender goes on', async () => {
  const channels = channelsOf([aChannel('alike', () => ({ outcome: 'accepted', gatewayIds: ['same'] }))])
  const ids = [await queued(), await queued()]
  await sendDue(house.openWork, channels)
  assert.deepEqual(await Promise.all(ids.map(stateOf)), ['accepted', 'accepted'])
  await house.work(work => takeReceipts(work, channels, 'alike', [{ gatewayId: 'same', receipt: 'delivered' }]))
  assert.deepEqual((await Promise.all(ids.map(stateOf))).toSorted(), ['accepted', 'delivered'])
})

test('what every phone refused becomes a letter that waits for paper', async () => {
  const address = 'Bà Trần Thị C, phường Hà Khánh'
  const to = { kind: 'phone', number: '0912 345 882' } as const
  const id = await queued({ to, otherwise: [{ kind: 'letter', address }] })
  await sendDue(house.openWork, channelsOf([refusing('sms')]))
  assert.equal(await stateOf(id), 'to-print')
  const letters = await house.as(ward, outreach.lettersToPrint)
  assert.equal(letters.find(letter => letter.id === id)?.address, address)
  assert.deepEqual(await deedsOf(id), ['message.queued', 'message.other-way'])
  await house.as(ward, work => outreach.markPrinted(work, [id]))
})

test('a letter waits for paper; a ward prints what it sees, once', async () => {
  const address = 'Ông Nguyễn Văn A, tổ 3, khu 2, phường Hà Khánh'
  const id = await queued({ to: { kind: 'letter', address } })
  assert.equal(await stateOf(id), 'to-print')
  await sendDue(house.openWork, channelsOf([accepting('sms')], [accepting('mail')]))
  assert.equal(await stateOf(id), 'to-print')
  assert.deepEqual(await house.as(otherWard, outreach.lettersToPrint), [])
  const [letter] = await house.as(ward, outreach.lettersToPrint)
  assert.deepEqual([letter?.id, letter?.address], [id, address])
  assert.equal(await house.as(otherWard, work => outreach.markPrinted(work, [id])), 0)
  assert.equal(await house.as(ward, work => outreach.markPrinted(work, [id])), 1)
  assert.equal(await house.as(ward, work => outreach.markPrinted(work, [id])), 0)
  assert.equal(await stateOf(id), 'printed')
})

test('a phone that cannot receive gives way to paper at once', async () => {
  const id = await queued({
    to: { kind: 'phone', number: '0203 3825 125' },
    otherwise: [{ kind: 'letter', address: 'Bà Trần Thị B, phường Hà Khánh' }],
  })
  assert.equal(await stateOf(id), 'to-print')
  await house.as(ward, work => outreach.markPrinted(work, [id]))
})

test('a receipt of a stranger is answered as one of no gateway, and changes nothing', async () => {
  const { channel } = aChannel('http', () => ({ outcome: 'accepted', gatewayIds: ['h-1'] }), {
    readReceipts: ({ method, headers, body }) =>
      method === 'POST' && headers['x-sign'] === 'right' ? [{ gatewayId: body, receipt: 'delivered' }] : undefined,
  })
  const byGet = accepting('by-get', {
    readReceipts: ({ method, query }) => (method === 'GET' && query['khoa'] === 'right' ? [] : undefined),
  })
  const channels = channelsOf([{ channel }, byGet])
  const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
  gatewayRoutes(
    { app, openWork: openRequests(house.openWork, async () => undefined as never), origin },
    { openWork: house.openWork, channels },
  )
  await app.ready()
  const id = await queued()
  await sendDue(house.openWork, channels)
  const say = (name: string, sign: string) =>
    app.inject({
      method: 'POST',
      url: `/gateways/${name}/receipts`,
      payload: 'h-1',
      headers: { 'content-type': 'text/plain', 'x-sign': sign },
    })
  const answers = await Promise.all([
    say('http', 'wrong'),
    say('http', ''),
    say('nobody', 'right'),
    say('smpp', 'right'),
    app.inject({ url: '/gateways/http/receipts', headers: { 'x-sign': 'right' } }),
  ])
  assert.deepEqual(
    answers.map(({ statusCode, body }) => [statusCode, body]),
    answers.map(() => [404, '']),
  )
  assert.equal(await stateOf(id), 'accepted')
  assert.equal((await say('http', 'right')).statusCode, 200)
  assert.equal(await stateOf(id), 'delivered')
  const told = await app.inject({ url: '/gateways/by-get/receipts?id=g-1&khoa=right' })
  assert.deepEqual([told.statusCode, told.headers['cache-control']], [200, 'no-store'])
  for (const [method, name] of [
    ['HEAD', 'by-get'],
    ['GET', 'http'],
  ] as const)
    assert.equal((await app.inject({ method, url: `/gateways/${name}/receipts?id=g-1&khoa=right` })).statusCode, 404)
  const large = { method: 'POST', url: '/gateways/http/receipts', payload: 'x'.repeat(70_000) } as const
  assert.equal((await app.inject(large)).statusCode, 413)
  await app.close()
})

test('whoever leaves the account is reached another way, and by the account again once they follow it', async () => {
  const zalo = accepting('zalo', { readReceipts: () => [], readFollows: () => [] })
  const sms = accepting('sms')
  const channels = channelsOf([zalo, sms])
  const [lan, binh] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const at = (minute: number) => new Date(Date.UTC(2023, 3, 20, 1, minute))
  const take = (...changes: Parameters<typeof takeFollows>[2][number][]) =>
    house.work(work => takeFollows(work, 'zalo', changes))
  const reached = async (through = channels) => {
    const before = [zalo.taken.length, sms.taken.length] as const
    await queued()
    await sendDue(house.openWork, through)
    return [zalo.taken.length - before[0], sms.taken.length - before[1]]
  }
  await take({ follower: lan, follows: true, at: at(1) }, { follower: lan, givenPhone: phone, at: at(2) })
  assert.deepEqual(await reached(), [1, 0])
  await take({ follower: lan, follows: false, at: at(5) })
  assert.deepEqual(await reached(), [0, 1])
  // An older event that comes late, and a phone that is none, change nothing.
  await take({ follower: lan, follows: true, at: at(3) }, { follower: lan, givenPhone: '12', at: at(6) })
  assert.deepEqual(await reached(), [0, 1])
  assert.deepEqual(await reached(channelsOf([zalo])), [1, 0], 'where nothing else is left')
  // Somebody else of the same phone follows it.
  await take({ follower: binh, givenPhone: phone, at: at(7) }, { follower: binh, follows: true, at: at(7) })
  assert.deepEqual(await reached(), [1, 0])
  await take({ follower: binh, follows: false, at: at(8) }, { follower: lan, follows: true, at: at(9) })
  assert.deepEqual(await reached(), [1, 0])
})

test('a campaign has its own hours and order of gateways, within those of the installation', async () => {
  const budget = { kind: 'campaign', id: newId() }
  const set = (change: Parameters<typeof outreach.setBudget>[2]) =>
    house.as(ward, work => outreach.setBudget(work, budget, change))
  await refusal(set({ hours: { fromMinute: 600, untilMinute: 600 } }), 'budget-hours-wrong')
  await set({ channels: ['http', 'smpp'] })
  const [zalo, smpp, http] = [accepting('zalo'), accepting('smpp'), accepting('http', { rings: true })]
  const channels = channelsOf([zalo, smpp, http])
  const counts = () => [zalo.taken.length, smpp.taken.length, http.taken.length]
  const noon = new Date('2099-04-20T12:00:00+07:00')
  const begin = (id: outreach.MessageId) =>
    house.as(asSystem('outreach'), work => beginTries({ ...work, now: noon }, channels, { id }))
  assert.deepEqual(
    (await begin(await queued({ budget }))).map(({ channel }) => channel.name),
    ['http'],
  )
  await set({ hours: { fromMinute: 13 * 60, untilMinute: 15 * 60 } })
  const waits = await queued({ budget })
  assert.deepEqual(await begin(waits), [])
  const { message } = await told(waits)
  assert.deepEqual(
    [message.state, message.nextAt?.toISOString()],
    ['queued', new Date(noon.getTime() + 3_600_000).toISOString()],
  )
  assert.deepEqual(
    (await begin(await queued())).map(({ channel }) => channel.name),
    ['zalo'],
    'what no campaign pays goes as in the whole installation',
  )
  await set({ cap: 1000 })
  const seen = (await house.as(ward, outreach.listBudgets)).find(({ id }) => id === budget.id)
  assert.deepEqual(
    [seen?.cap, seen?.hours, seen?.channels],
    [1000, { fromMinute: 780, untilMinute: 900 }, ['http', 'smpp']],
  )
  assert.deepEqual(counts(), [0, 0, 0])
})
