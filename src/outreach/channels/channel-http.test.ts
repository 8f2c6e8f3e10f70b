import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { newId } from '../../platform/ids.ts'
import { fromRoot } from '../../platform/root.ts'
import type { ChannelMessage } from './channel.ts'
import { httpChannel, httpReceipts } from './channel-http.ts'
import { type ZaloForm, type ZaloToken, zaloChannel, zaloFollows, zaloReceipts } from './channel-zalo.ts'
import { type HttpForm, httpFormOf } from './http-form.ts'

type Asked = { readonly url: string; readonly headers: Record<string, unknown>; readonly body: string }
type Answer = { readonly status?: number; readonly body?: unknown } | 'cut'

/** A gateway over HTTP that answers as it is told, or cuts the line behind a whole request. */
async function openSink(answer: (asked: Asked) => Answer) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const one = { url: request.url ?? '', headers: request.headers, body: Buffer.concat(pieces).toString() }
    asked.push(one)
    const met = answer(one)
    if (met === 'cut') return void response.destroy()
    response.writeHead(met.status ?? 200).end(JSON.stringify(met.body ?? {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.unref()
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { asked, url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

const letter = (template = 'need-reminder'): ChannelMessage => ({
  id: newId<'message'>(),
  to: '+84912345678',
  language: 'vi',
  subject: 'x',
  text: 'Moi lam the "can cuoc"',
  at: new Date(),
  template,
  facts: { person: 'Vũ Thị Lan' },
})

const formOf = (url: string): HttpForm => {
  const form = httpFormOf(
    JSON.stringify({
      name: 'sink',
      source: 'a test',
      window: 2,
      send: {
        method: 'POST',
        url: `${url}/send?to={{to.plain}}`,
        headers: { 'x-key': '{{secret.key}}' },
        json: { phone: '{{to.national}}', text: '{{text}}', ref: '{{id}}', list: ['{{to}}'] },
        signature: { over: '{{body}}', key: '{{secret.sign}}', algorithm: 'sha256', encoding: 'hex', header: 'x-sign' },
      },
      answer: {
        taken: { at: 'code', is: ['0'] },
        messageId: 'data.id',
        refused: { at: 'code', is: ['105'] },
        busy: { at: 'code', is: ['99'] },
        later: { at: 'code', is: ['300'] },
      },
      receipt: {
        messageId: 'id',
        delivered: { at: 'status', is: ['5'] },
        failed: { at: 'status', is: ['6'] },
        signature: { over: '{{body}}', key: '{{secret.sign}}', algorithm: 'sha256', encoding: 'hex', header: 'x-sign' },
      },
    }),
  )
  if ('wrong' in form) throw new Error(form.wrong)
  return form
}
const secrets = { key: 'k-1', sign: 's-1' }
const hmac = (text: string) => createHmac('sha256', secrets.sign).update(text).digest('hex')

test('the request is as the form says, signed over its bytes, and no value breaks out of its place', async () => {
  const sink = await openSink(() => ({ body: { code: 0, data: { id: 77 } } }))
  const one = letter()
  const reply = await httpChannel(formOf(sink.url), secrets, { price: 300 }).send(one)
  assert.deepEqual(reply, { outcome: 'accepted', gatewayIds: ['77'] })
  const [asked = assert.fail()] = sink.asked
  assert.deepEqual(JSON.parse(asked.body), {
    phone: '0912345678',
    text: one.text,
    ref: one.id,
    list: ['+84912345678'],
  })
  assert.deepEqual(
    [asked.url, asked.headers['x-key'], asked.headers['x-sign']],
    ['/send?to=84912345678', 'k-1', hmac(asked.body)],
  )
  sink.close()
})

test('only what the form names is certain: any other answer, and silence, may have been taken', async () => {
  const cases: readonly (readonly [Answer, object])[] = [
    [{ body: { code: '105' } }, { outcome: 'refused', code: '105' }],
    [{ body: { code: 99 } }, { outcome: 'deferred', code: 'throttled', pauseSeconds: 30 }],
    [{ status: 429 }, { outcome: 'deferred', code: 'throttled', pauseSeconds: 30 }],
    [{ body: { code: 300 } }, { outcome: 'deferred', code: '300' }],
    [{ status: 401 }, { outcome: 'deferred', code: 'sign-in' }],
    [{ body: { code: 500 } }, { outcome: 'unknown', code: '500' }],
    [{ status: 502 }, { outcome: 'unknown', code: 'http 502' }],
    ['cut', { outcome: 'unknown', code: 'no-answer' }],
  ]
  for (const [answer, reply] of cases) {
    const sink = await openSink(() => answer)
    assert.deepEqual(await httpChannel(formOf(sink.url), secrets, { price: 0 }).send(letter()), reply)
    sink.close()
  }
  const gone = await openSink(() => ({}))
  gone.close()
  assert.deepEqual(await httpChannel(formOf(gone.url), secrets, { price: 0 }).send(letter()), {
    outcome: 'deferred',
    code: 'connection',
  })
})

test('a gateway is asked about a text by the name that it gave; what is not final is nothing', async () => {
  const answers: Answer[] = [
    { body: { state: 1 } },
    { body: { state: 5 } },
    { body: { state: 6 } },
    { status: 500 },
    'cut',
  ]
  const sink = await openSink(() => answers.shift() ?? {})
  const { receipt: _receipt, ...rest } = formOf(sink.url)
  const status = {
    method: 'POST',
    url: `${sink.url}/status?id={{messageId}}`,
    headers: { 'x-key': '{{secret.key}}' },
    json: { ref: '{{messageId}}' },
    delivered: { at: 'state', is: ['5'] },
    failed: { at: 'state', is: ['6'] },
  }
  const form = httpFormOf(JSON.stringify({ ...rest, status }))
  assert.ok(!('wrong' in form))
  const channel = httpChannel(form, secrets, { price: 0 })
  const said = []
  for (let at = 0; at < 5; at++) said.push(await channel.askReceipt?.('a/7'))
  assert.deepEqual(said, [
    undefined,
    { gatewayId: 'a/7', receipt: 'delivered' },
    { gatewayId: 'a/7', receipt: 'failed', code: '6' },
    undefined,
    undefined,
  ])
  assert.deepEqual(
    [sink.asked[0]?.url, sink.asked[0]?.headers['x-key'], sink.asked[0]?.body],
    ['/status?id=a%2F7', 'k-1', '{"ref":"a/7"}'],
  )
  assert.ok('wrong' in httpFormOf(JSON.stringify({ ...rest, status: { ...status, url: 'http://sms.example/' } })))
  sink.close()
})

test('a receipt counts with its signature alone', () => {
  const form = formOf('http://127.0.0.1:9')
  const body = JSON.stringify([{ id: 77, status: 5 }, { id: 78, status: 6 }, { id: 79, status: 1 }, { status: 5 }])
  const read = (signature: string | undefined) =>
    httpReceipts(form, secrets, { method: 'POST', headers: { 'x-sign': signature }, query: {}, body })
  assert.deepEqual(read(hmac(body)), [
    { gatewayId: '77', receipt: 'delivered' },
    { gatewayId: '78', receipt: 'failed', code: '6' },
  ])
  for (const wrong of [undefined, '', hmac(`${body} `), createHash('sha256').update(body).digest('hex')])
    assert.equal(read(wrong), undefined)
})

test('a gateway that tells by GET is believed by the secret of its form, by GET alone', () => {
  const { receipt: _receipt, ...rest } = formOf('http://127.0.0.1:9')
  const secret = { in: 'query', name: 'khoa', is: '{{secret.key}}' }
  const receipt = {
    ...{ method: 'GET', messageId: 'SMSID', secret },
    ...{ delivered: { at: 'SendSuccess', is: ['1'] }, failed: { at: 'SendFailed', is: ['1'] } },
  }
  const form = httpFormOf(JSON.stringify({ ...rest, receipt }))
  if ('wrong' in form) assert.fail(form.wrong)
  const query = { SMSID: '7d11c87a', SendStatus: '5', SendSuccess: '1', SendFailed: '0', khoa: 'k-1' }
  const read = (given: Record<string, string>, method: 'GET' | 'POST' = 'GET') =>
    httpReceipts(form, secrets, { method, headers: {}, query: { ...query, ...given }, body: '' })
  assert.deepEqual(read({}), [{ gatewayId: '7d11c87a', receipt: 'delivered' }])
  const failed = { gatewayId: '7d11c87a', receipt: 'failed', code: '1' }
  assert.deepEqual(read({ SendSuccess: '0', SendFailed: '1' }), [failed])
  for (const wrong of [read({ khoa: 'k-2' }), read({ khoa: '' }), read({}, 'POST')]) assert.equal(wrong, undefined)
  const { secret: _secret, ...unproven } = receipt
  const signature = { over: '{{body}}', key: 'k', algorithm: 'sha256', encoding: 'hex', header: 'x-sign' }
  assert.ok('wrong' in httpFormOf(JSON.stringify({ ...rest, receipt: { ...unproven, signature } })))
})

test('a form without verification of its receipts, or without TLS, is refused; the examples are forms', async () => {
  const { receipt: _receipt, ...rest } = formOf('http://127.0.0.1:9')
  const receipt = { messageId: 'id', delivered: { at: 's', is: ['1'] }, failed: { at: 's', is: ['2'] } }
  assert.ok('wrong' in httpFormOf(JSON.stringify({ ...rest, receipt })))
  assert.ok('wrong' in httpFormOf(JSON.stringify({ ...rest, send: { ...rest.send, url: 'http://sms.example/' } })))
  for (const name of ['esms', 'speedsms'])
    assert.ok(!('wrong' in httpFormOf(await readFile(fromRoot(`docs/gateways/${name}.json`), 'utf8'))), name)
})

const zaloForm = (url: string): ZaloForm => ({
  appId: 'app',
  window: 2,
  price: 200,
  sendUrl: `${url}/send`,
  tokenUrl: `${url}/token`,
  templates: { 'need-reminder': { id: '4711', data: { ten: '{{person}}' } } },
})
const zaloSecrets = { appSecret: 'a-s', oaSecret: 'o-s', refreshToken: 'first' }

/** Zalo as it is published: refresh tokens are good once, and an access token until the next is given. */
async function openZalo(errors: readonly number[] = []) {
  let pair = { access: '', refresh: 'first' }
  let given = 0
  const left = [...errors]
  const sink = await openSink(({ url, headers, body }) => {
    if (url === '/token') {
      if (new URLSearchParams(body).get('refresh_token') !== pair.refresh || headers['secret_key'] !== 'a-s')
        return { body: { error: -14014 } }
      given += 1
      pair = { access: `access-${given}`, refresh: `refresh-${given}` }
      return { body: { access_token: pair.access, refresh_token: pair.refresh, expires_in: '90000' } }
    }
    if (headers['access_token'] !== pair.access) return { body: { error: -124 } }
    const error = left.shift() ?? 0
    return { body: { error, ...(error === 0 && { data: { msg_id: `z-${given}` } }) } }
  })
  let kept: ZaloToken | undefined
  const tokens = {
    current: async (renew: (held: ZaloToken | undefined) => Promise<ZaloToken | undefined>) => {
      kept = await renew(kept)
      return kept?.access
    },
  }
  const channel = zaloChannel(zaloForm(sink.url), zaloSecrets, tokens)
  return { ...sink, channel, forget: () => (pair = { ...pair, access: 'another' }), kept: () => kept }
}

test('Zalo gets its template filled; the token is renewed once, and its refresh token never used twice', async () => {
  const zalo = await openZalo()
  const one = letter()
  assert.deepEqual(await zalo.channel.send(one), { outcome: 'accepted', gatewayIds: ['z-1'] })
  assert.deepEqual(await zalo.channel.send(letter()), { outcome: 'accepted', gatewayIds: ['z-1'] })
  assert.deepEqual(
    zalo.asked.map(({ url }) => url),
    ['/token', '/send', '/send'],
  )
  assert.deepEqual(JSON.parse(zalo.asked[1]?.body ?? ''), {
    phone: '84912345678',
    template_id: '4711',
    template_data: { ten: 'Vũ Thị Lan' },
    tracking_id: one.id,
  })
  // One that Zalo takes no longer is renewed by the refresh token that came last.
  zalo.forget()
  assert.equal((await zalo.channel.send(letter())).outcome, 'accepted')
  assert.equal(zalo.kept()?.refresh, 'refresh-2')
  zalo.close()
})

test('of Zalo’s errors some refuse for good, money and quota come back, others are unknown', async () => {
  const zalo = await openZalo([-118, -115, -32])
  assert.deepEqual(await zalo.channel.send(letter()), { outcome: 'refused', code: '-118' })
  assert.deepEqual(await zalo.channel.send(letter()), { outcome: 'deferred', code: 'no-money' })
  assert.deepEqual(await zalo.channel.send(letter()), { outcome: 'unknown', code: '-32' })
  assert.deepEqual(await zalo.channel.send(letter('card-at-unit')), { outcome: 'refused', code: 'no-template' })
  zalo.close()
})

test('a webhook of Zalo counts with the hash under the secret of the account alone', () => {
  const form = zaloForm('http://127.0.0.1:9')
  const body = JSON.stringify({ event_name: 'user_received_message', timestamp: '17', message: { msg_id: 'z-1' } })
  const mac = createHash('sha256').update(`app${body}17o-s`).digest('hex')
  const read = (header: string, secrets = zaloSecrets) =>
    zaloReceipts(form, secrets, { method: 'POST', headers: { 'x-zevent-signature': header }, query: {}, body })
  assert.deepEqual(read(`mac=${mac}`), [{ gatewayId: 'z-1', receipt: 'delivered' }])
  assert.equal(read('mac='), undefined)
  assert.equal(read(`mac=${'0'.repeat(64)}`), undefined)
  assert.equal(read(`mac=${mac}`, { ...zaloSecrets, oaSecret: '' }), undefined)
})

test('who follows the account on Zalo, and the phone that they gave it, come by signed events alone', () => {
  const form = zaloForm('http://127.0.0.1:9')
  const read = (event: object, secret = 'o-s') => {
    const body = JSON.stringify({ ...event, timestamp: '1681970400000' })
    const mac = createHash('sha256').update(`app${body}1681970400000${secret}`).digest('hex')
    return zaloFollows(form, zaloSecrets, {
      method: 'POST',
      headers: { 'x-zevent-signature': `mac=${mac}` },
      query: {},
      body,
    })
  }
  const known = { follower: createHash('sha256').update('u-1').digest(), at: new Date(1_681_970_400_000) }
  const follow = { event_name: 'follow', follower: { id: 'u-1' } }
  assert.deepEqual(read(follow), [{ ...known, follows: true }])
  assert.deepEqual(read({ ...follow, event_name: 'unfollow' }), [{ ...known, follows: false }])
  assert.deepEqual(
    read({ event_name: 'user_submit_info', sender: { id: 'u-1' }, info: { phone: '84912345678', name: 'Lan' } }),
    [{ ...known, givenPhone: '84912345678' }],
  )
  assert.deepEqual(read(follow, 'another secret'), [])
  assert.deepEqual(read({ event_name: 'user_send_text', sender: { id: 'u-1' }, message: { text: 'hi' } }), [])
})
