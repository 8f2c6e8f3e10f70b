import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FastifySchema, InjectOptions } from 'fastify'
import { anyone } from '../src/platform/endpoint.ts'
import { bodyLimitOf } from '../src/platform/http/body-limit.ts'
import { bodyLimits } from '../src/platform/http/law.ts'
import { newId } from '../src/platform/ids.ts'
import { openDoors } from './open-doors.ts'
import { type ServedRoute, serveWholeHouse } from './served-routes.ts'
import { unboundedParts } from './unbounded-parts.ts'

const { app, routes } = await serveWholeHouse({ DINHDANH_ORIGIN: 'https://dinhdanh.tinh.example' })

const nameOf = ({ method, url }: ServedRoute) => `${method} ${url}`
const doors = routes.filter(({ door, method }) => door && method !== 'HEAD')
const pages = routes.filter(({ door, method }) => !door && method !== 'HEAD')

let askers = 0
/** Each request comes from an address of its own, so that none is refused for being one of many. */
const ask = (options: InjectOptions) => {
  askers += 1
  return app.inject({ remoteAddress: `10.${askers >> 16}.${(askers >> 8) & 255}.${askers & 255}`, ...options })
}

const addressOf = ({ url }: ServedRoute, value: string = newId()) => url.replace(/:\w+/g, value).replace('*', value)

test('only the doors listed here are open to callers who are not signed in', () => {
  assert.ok(doors.length > 290, `${doors.length} doors`)
  assert.deepEqual(doors.filter(({ door }) => door?.right === anyone).map(nameOf), openDoors)
  assert.deepEqual(
    pages.map(nameOf).filter(name => name.includes('/api/')),
    ['GET /api/openapi.json'],
  )
})

const garbage: readonly Pick<InjectOptions, 'payload' | 'headers'>[] = [
  { payload: '{"label', headers: { 'content-type': 'application/json' } },
  { payload: JSON.stringify(Array(2_000).fill({ id: 7 })), headers: { 'content-type': 'application/json' } },
  { payload: 'x'.repeat(2_000_000), headers: { 'content-type': 'application/json' } },
  { payload: 'x', headers: { 'content-type': 'application/x-garbage' } },
  { payload: '--xx', headers: { 'content-type': 'multipart/form-data; boundary=xx' } },
]

test('garbage from nobody is refused by every door with 401 or 403, and no word of what was wrong', async () => {
  for (const route of doors.filter(one => !openDoors.includes(nameOf(one))))
    for (const sent of route.method === 'GET' ? [{}] : garbage) {
      const url = `${addressOf(route, 'no-id')}?limit=many`
      const answer = await ask({ method: route.method as 'GET', url, ...sent })
      assert.ok([401, 403].includes(answer.statusCode), `${nameOf(route)}: ${answer.statusCode} ${answer.body}`)
      assert.equal(answer.json().wrong, undefined, nameOf(route))
      assert.ok(answer.body.length < 2_000, nameOf(route))
    }
})

test('a body of 1 MB from nobody costs no time and gets a short answer', async () => {
  const before = process.cpuUsage()
  const answer = await ask({
    method: 'PUT',
    url: `/api/rolls/${newId()}/mapping`,
    payload: JSON.stringify({ mapping: [{ sheet: 0, columns: Array(340_000).fill({}) }] }),
    headers: { 'content-type': 'application/json' },
  })
  const { user } = process.cpuUsage(before)
  assert.deepEqual([answer.statusCode, answer.body.length < 2_000], [401, true])
  assert.ok(user < 1_000_000, `${user} µs of a processor`)
})

/** A browser's answer by a passkey, to which browsers add members: the limit of the body bounds it. */
const answersOfBrowsers = ['POST /account/device/passkey.response', 'POST /activate/passkey.response']

test('every text, number, array and record of every request has a bound', () => {
  const unbounded = routes.flatMap(route => {
    const schema = (route.schema ?? {}) as FastifySchema
    const parts = [schema.params, schema.querystring, schema.body, route.door?.upload && route.door.body]
    return parts.flatMap(part => (part ? unboundedParts(part, nameOf(route)) : []))
  })
  assert.deepEqual(
    unbounded.sort(),
    answersOfBrowsers.map(part => `${part}: anything at all`),
  )
})

test('a schema without a bound is found, wherever it stands in it', () => {
  const text = { type: 'string' }
  const bounded = { type: 'string', maxLength: 5 }
  const found = (schema: object) => unboundedParts(schema, 'x').map(line => line.replace(/^x\S*: /, ''))
  assert.deepEqual(found({ type: 'object', properties: { a: { type: 'array', items: text } } }), [
    'an array without maxItems',
    'a text without maxLength',
  ])
  assert.deepEqual(found({ anyOf: [{ type: 'null' }, { type: 'string', pattern: '^[a-z]+$' }] }), [
    'a text without maxLength',
  ])
  assert.deepEqual(found({ type: 'string', format: 'date-time' }), ['a text without maxLength'])
  assert.deepEqual(found({ type: 'object', patternProperties: { '^.*$': bounded } }), ['members without maxProperties'])
  assert.deepEqual(found({ type: 'integer', minimum: 1 }), ['a number without minimum and maximum'])
  assert.deepEqual(found({}), ['anything at all'])
  assert.deepEqual(found({ type: 'array', maxItems: 3, items: { type: 'string', pattern: '^[0-9a-f]{64}$' } }), [])
})

test('a body may be as long as its door needs, and few doors take more than some thousand bytes', () => {
  const limits = doors.flatMap(({ door }) => (door?.body && !door.upload ? [bodyLimitOf(door)] : []))
  assert.ok(limits.every(bytes => bytes <= bodyLimits.undeclared))
  const small = limits.filter(bytes => bytes <= bodyLimits.page).length
  assert.ok(small > 0.8 * limits.length, `${small} of ${limits.length}`)
})

const isRefused = async (route: ServedRoute, options: InjectOptions) => {
  const answer = await ask({ method: route.method as 'GET', ...options })
  const problem = /json/.test(String(answer.headers['content-type'])) ? answer.json().type : answer.body
  assert.deepEqual([nameOf(route), answer.statusCode, problem], [nameOf(route), 400, '/problems/nul-character'])
}

test('a NUL in the path, the query or a cookie is refused with 400 at every address', async () => {
  for (const route of routes) {
    if (route.method === 'HEAD' || route.method === 'OPTIONS') continue
    if (/[:*]/.test(route.url)) await isRefused(route, { url: addressOf(route, 'a%00b') })
    await isRefused(route, { url: `${addressOf(route)}?note=%00` })
    await isRefused(route, { url: addressOf(route), headers: { cookie: 'dinhdanh-device=%00' } })
  }
})

test('a NUL in a field of a form is refused with 400 by every page that takes one', async () => {
  // The provider's own forms have a test beside them, and a form with a picture has one below.
  const taking = pages.filter(
    ({ method, url }) => method === 'POST' && !/^\/(oidc|gateways)|^\/account\/request$/.test(url),
  )
  assert.ok(taking.length > 30, taking.map(nameOf).join('\n'))
  const names = 'form login password email number phone code token post current next again passcode step return day'
  const payload = new URLSearchParams(names.split(' ').map((name): [string, string] => [name, 'a\0b'])).toString()
  for (const route of taking)
    await isRefused(route, {
      url: addressOf(route),
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
})

test('a NUL in the fields of a form with a file is refused with 400', async () => {
  for (const [field, number] of [
    ['number', 'a\0b'],
    ['a\0b', '1'],
  ]) {
    const answer = await ask({
      method: 'POST',
      url: '/account/request',
      payload: `--xx\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${number}\r\n--xx--\r\n`,
      headers: { 'content-type': 'multipart/form-data; boundary=xx' },
    })
    assert.deepEqual([answer.statusCode, answer.json().type], [400, '/problems/nul-character'])
  }
})

test('a form with a picture that was cut, or names no boundary, is refused and is no fault', async () => {
  const cut = '--xx\r\ncontent-disposition: form-data; name="picture"; filename="a.jpg"\r\n\r\nabc'
  for (const type of ['multipart/form-data; boundary=xx', 'multipart/form-data', 'multipart/form-data; boundary='])
    for (const payload of [cut, '--xx', '']) {
      const headers = { 'content-type': type }
      const answer = await ask({ method: 'POST', url: '/account/request', payload, headers })
      assert.equal(answer.statusCode, 400, `${type} ${payload}: ${answer.body.slice(0, 300)}`)
    }
})

test('a page says where it is by the configured origin, whatever host a request names', async () => {
  const lies = { host: 'lua-dao.example', 'x-forwarded-host': 'lua-dao.example', forwarded: 'host=lua-dao.example' }
  const shown = pages.filter(({ method, url }) => method === 'GET' && !/[:*]|^\/assets|^\/console|^\/station/.test(url))
  assert.ok(shown.length > 20)
  let feet = 0
  for (const route of shown) {
    const answer = await ask({ url: route.url, headers: { ...lies, accept: 'text/html' } })
    assert.doesNotMatch(answer.body, /lua-dao/, nameOf(route))
    assert.doesNotMatch(JSON.stringify(answer.headers), /lua-dao/, nameOf(route))
    if (/<strong>dinhdanh\.tinh\.example<\/strong>/.test(answer.body)) feet += 1
  }
  assert.ok(feet > 8, `${feet} pages with a foot`)
})

test('a request from another site is refused, also where it names that site as its host', async () => {
  const answer = await ask({
    method: 'POST',
    url: '/api/blanks/stock-takes',
    headers: { host: 'lua-dao.example', origin: 'http://lua-dao.example' },
  })
  assert.deepEqual([answer.statusCode, answer.json().type], [403, '/problems/foreign-origin'])
})

/** Doors that other programs call, relying parties and gateways: what they send has no token of ours, and is signed. */
const calledByParties = /^\/oidc\/(?!interaction)|^\/gateways\//

/** The fields that a page's form may have, by its shape; of several steps, those of the first. */
function fieldsOf(schema: FastifySchema | undefined): Record<string, string> {
  type Shape = { readonly properties?: Readonly<Record<string, { const?: string }>>; readonly anyOf?: readonly Shape[] }
  const shape = schema?.body as Shape | undefined
  const { properties = {} } = shape?.anyOf?.[0] ?? shape ?? {}
  return Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, field.const ?? '1']))
}

/** A page of which another site gains nothing: it only reads, and is none outside of a demonstration. */
const readsAlone = ['/receipt', '/demonstration/second-factor', '/demonstration/sign-in']

test('a form that another site sends is refused by every page that takes one', async () => {
  const taking = pages.filter(({ method, url }) => method === 'POST' && !calledByParties.test(url))
  assert.ok(taking.length > 40, taking.map(nameOf).join('\n'))
  const taken: string[] = []
  for (const route of taking.filter(({ url }) => !readsAlone.includes(url)))
    for (const site of ['cross-site', 'same-site']) {
      const answer = await ask({
        method: 'POST',
        url: addressOf(route),
        payload: new URLSearchParams(fieldsOf(route.schema)).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': site },
      })
      const isOfPicture = route.url === '/account/request' && answer.statusCode === 400
      if (!isOfPicture && (answer.statusCode !== 403 || answer.json().type !== '/problems/foreign-origin'))
        taken.push(`${nameOf(route)}: ${answer.statusCode} ${answer.headers.location ?? answer.body.slice(0, 80)}`)
    }
  assert.deepEqual(taken, [])
})

test('another site’s page asks for no account in its visitors’ names', async () => {
  for (const site of ['cross-site', 'same-site']) {
    const answer = await ask({
      method: 'POST',
      url: '/account/request',
      payload: '--xx\r\ncontent-disposition: form-data; name="number"\r\n\r\n022205000001\r\n--xx--\r\n',
      headers: { 'content-type': 'multipart/form-data; boundary=xx', 'sec-fetch-site': site },
    })
    assert.equal(answer.statusCode, 400)
    assert.doesNotMatch(answer.body, /022205000001/, `what ${site} sent is not read`)
  }
})
