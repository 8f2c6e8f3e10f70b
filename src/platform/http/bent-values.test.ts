import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Type } from 'typebox'
import { openHouse } from '../../../test/house.ts'
import { anyone, endpoint } from '../endpoint.ts'
import { openLog } from '../log.ts'
import { openRequests, serve } from './serve-endpoint.ts'
import { makeServer } from './server.ts'

/** Values that fit their shape in form alone: the database refused them with a fault, or they passed a limit. */

const house = await openHouse()
const origin = 'http://localhost:8080'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false, perMinute: 100_000 })
after(() => app.close())
const doors = { app, origin, openWork: openRequests(house.openWork, async () => undefined) }

const door = { right: anyone, purpose: 'none', summary: 'A shelf' } as const
const Jar = Type.Object({
  label: Type.String({ minLength: 1, maxLength: 50 }),
  count: Type.Optional(Type.Integer({ minimum: 0, maximum: 500 })),
})
const reached: unknown[] = []
serve(
  doors,
  endpoint({
    ...door,
    method: 'GET',
    path: '/shelf',
    query: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 500 }) }),
    reply: Type.Object({ limit: Type.Integer() }),
  }),
  async (_work, { query }) => {
    reached.push(query)
    return query
  },
)
serve(doors, endpoint({ ...door, method: 'POST', path: '/shelf', body: Jar, reply: Jar }), async (_work, { body }) => {
  reached.push(body)
  return body
})
serve(
  doors,
  endpoint({
    ...door,
    method: 'POST',
    path: '/photographs',
    body: Type.Object({ note: Type.Optional(Type.String({ maxLength: 50 })) }),
    upload: { maxBytes: 10_000 },
    reply: Type.Object({}),
  }),
  async () => ({}),
)

const post = (payload: string) =>
  app.inject({ method: 'POST', url: '/api/shelf', payload, headers: { 'content-type': 'application/json' } })

test('a limit of Infinity, or of more than a number holds, is refused like every other that is too high', async () => {
  for (const limit of ['Infinity', '1e400', '-Infinity', 'NaN', '501'])
    assert.equal((await app.inject(`/api/shelf?limit=${limit}`)).json().type, '/problems/input-invalid', limit)
  for (const count of ['1e999', '-1e999'])
    assert.equal((await post(`{"label":"plum","count":${count}}`)).json().type, '/problems/input-invalid', count)
  assert.deepEqual(reached.splice(0), [])
  assert.deepEqual((await app.inject('/api/shelf?limit=500')).json(), { limit: 500 })
})

test('a text that has to be there is refused where it is of blanks alone', async () => {
  for (const label of [' ', '\t\n', '\u00a0\u2003', '\ufeff'])
    assert.equal((await post(JSON.stringify({ label }))).json().type, '/problems/input-invalid', JSON.stringify(label))
  assert.equal((await post('{"label":" a "}')).statusCode, 200)
})

test('half a character in a text, or in the name of a member, is refused', async () => {
  reached.length = 0
  for (const payload of [
    '{"label":"\\ud83d"}',
    '{"label":"a\\udc00b"}',
    '{"label":"a","\\ud83d":1}',
    '{"a":["\\udbff"]}',
  ])
    assert.equal((await post(payload)).json().type, '/problems/half-character', payload)
  assert.deepEqual(reached, [])
  assert.equal((await post('{"label":"\\ud83c\\udf38"}')).json().label, '🌸')
})

test('a form with a file that was cut, or names no boundary, is refused and is no fault', async () => {
  const file = '--xx\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nabc'
  const field = '--xx\r\ncontent-disposition: form-data; name="note"\r\n\r\nplum'
  const whole = 'multipart/form-data; boundary=xx'
  for (const [type, payload] of [
    [whole, file],
    [whole, `${file}\r\n--xx`],
    [whole, field],
    [whole, '--xx\r\ncontent-disposition: form-'],
    [whole, ''],
    ['multipart/form-data', `${file}\r\n--xx--\r\n`],
    ['multipart/form-data; boundary=', `${file}\r\n--xx--\r\n`],
    ['multipart/form-data; boundary=yy', `${file}\r\n--xx--\r\n`],
  ] as const) {
    const headers = { 'content-type': type }
    const answer = await app.inject({ method: 'POST', url: '/api/photographs', payload, headers })
    assert.equal(answer.statusCode, 400, `${type} ${payload}: ${answer.body}`)
    assert.match(answer.json().type, /^\/problems\/(?:form-unreadable|file-missing)$/)
  }
})
