import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InjectOptions } from 'fastify'
import { refuseUndeclared } from '../src/platform/http/wrong-fields.ts'
import { newId } from '../src/platform/ids.ts'
import { openDemonstration, type RouteOfServer } from './demonstration-house.ts'

/**
 * Whoever sends a member that a door or a form does not declare is refused, at the top of the body and in each object
 * within it, and nothing is changed: made from the routes that the server has, so that a door is tried the day it is
 * written.
 */

const { app, anAddress, currentTransaction, inject, routes, tablesWrittenSince, whoMay } = await openDemonstration()

/** Their bodies are no JSON and no form, or belong to a standard by which unknown members are ignored. */
const otherBodies: Readonly<Record<string, string>> = {
  'POST /gateways/:channel/receipts': 'what a gateway of others posts, in its own form, believed by its signature',
  'POST /oidc/*': 'RFC 6749 3.1 and 3.2: what a request names that the provider does not know is ignored',
  'PUT /api/stations/:id/packets/:hash': 'bytes that a station signed; what is within them is checked by themselves',
  'POST /api/verifications/batch': 'lines, each checked by itself',
}
/** Parties come with a token, before anything of a body is read. */
const rightsOfParties = ['verification']

/** What a shape leaves open, by the path at which it does. */
const open: Readonly<Record<string, string>> = {
  'POST /account/device/passkey response': 'a browser’s answer by a passkey, to which browsers add members',
  'POST /activate/passkey response': 'the same',
}

type Shape = {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly patternProperties?: Readonly<Record<string, Shape>>
  readonly additionalProperties?: Shape | boolean
  readonly anyOf?: readonly Shape[]
}

const [name, value] = ['khongKhaiBao', 'gia-tri-bi-mat']
type Body = { readonly member: string; readonly body: unknown }

/** A body for each object within a shape: it has one member that the shape does not name, there. */
function* bodiesFor(shape: Shape, within: (body: unknown) => unknown, at: readonly string[] = []): Generator<Body> {
  const { properties, patternProperties = {}, additionalProperties: rest, items, anyOf } = shape
  for (const one of anyOf ?? []) yield* bodiesFor(one, within, at)
  if (items) yield* bodiesFor(items, body => within([body]), [...at, '0'])
  const records = [...Object.values(patternProperties), ...(typeof rest === 'object' ? [rest] : [])]
  for (const one of records) yield* bodiesFor(one, body => within({ ten: body }), [...at, 'ten'])
  if (!properties) return
  // The words by which it is told apart from others.
  const words = Object.fromEntries(
    Object.entries(properties).flatMap(([key, { const: word, enum: words }]) => {
      const first = word ?? words?.[0]
      return first === undefined ? [] : [[key, first]]
    }),
  )
  yield { member: [...at, name].join('.'), body: within({ ...words, [name]: value }) }
  for (const [key, one] of Object.entries(properties))
    yield* bodiesFor(one, body => within({ ...words, [key]: body }), [...at, key])
}

/** The parts of a shape that stand for anything. */
const openParts = ({ type, properties = {}, items, anyOf = [], ...shape }: Shape, at = ''): string[] => [
  ...(!type && !items && anyOf.length === 0 && shape.const === undefined && !shape.enum ? [at] : []),
  ...Object.entries(properties).flatMap(([key, one]) => openParts(one, at ? `${at}.${key}` : key)),
  ...[...anyOf, ...(items ? [items] : [])].flatMap(one => openParts(one, at)),
]

const nameOf = ({ method, url }: RouteOfServer) => `${method} ${url}`
const taking = routes.filter(
  route =>
    !['GET', 'HEAD', 'OPTIONS'].includes(route.method) &&
    !(nameOf(route) in otherBodies) &&
    !rightsOfParties.includes(route.door?.right ?? ''),
)
const bodyOf = ({ door, schema }: RouteOfServer) => (door ? door.body : schema.body) as Shape | undefined
const addressOf = ({ url }: RouteOfServer) => url.replace(/:\w+/g, () => newId())

function inMultipart(body: object): Pick<InjectOptions, 'payload' | 'headers'> {
  const parts = Object.entries(body).map(
    ([field, text]) => `--b\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${text}\r\n`,
  )
  const file = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\na\r\n--b--\r\n'
  return { payload: parts.join('') + file, headers: { 'content-type': 'multipart/form-data; boundary=b' } }
}

/** As the route reads its body: a file with fields, a form, JSON. */
async function send(route: RouteOfServer, body: unknown) {
  const request = { method: route.method as 'POST', url: addressOf(route) }
  if (route.door) {
    const caller = whoMay(route.door.right)
    const sent = route.door.upload ? inMultipart(body as object) : { payload: body as object }
    return inject({ ...request, ...sent }, caller)
  }
  const asked = { ...request, remoteAddress: anAddress() }
  const form = await app.inject({
    ...asked,
    ...(route.url === '/account/request'
      ? inMultipart(body as object)
      : {
          payload: new URLSearchParams(body as Record<string, string>).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
  })
  const answer = form.statusCode === 415 ? await app.inject({ ...asked, payload: body as object }) : form
  return { status: answer.statusCode, text: answer.body }
}

test('a member that a door or a form does not declare is refused, named by its path, and changes nothing', async () => {
  const before = await currentTransaction()
  const wrong: string[] = []
  let [bodies, nested] = [0, 0]
  for (const route of taking)
    for (const { member, body } of bodiesFor(bodyOf(route) ?? { properties: {} }, inner => inner)) {
      bodies += 1
      if (member !== name) nested += 1
      const { status, text } = await send(route, body)
      const told = status === 400 && /^\{/.test(text) ? (JSON.parse(text) as Record<string, string>) : {}
      if (told['type'] !== '/problems/member-undeclared' || told['member'] !== member || text.includes(value))
        wrong.push(`${nameOf(route)} ${member}: ${status} ${text.slice(0, 160)}`)
    }
  assert.deepEqual(wrong, [])
  assert.ok(taking.length > 200 && bodies > 260 && nested > 30, `${taking.length} doors, ${bodies}, ${nested}`)
  assert.deepEqual(await tablesWrittenSince(before), [])
})

test('the doors of parties declare their bodies as the others do', () => {
  const ofParties = routes.filter(
    route => rightsOfParties.includes(route.door?.right ?? '') && route.door?.body && !(nameOf(route) in otherBodies),
  )
  assert.ok(ofParties.length > 0)
  for (const route of ofParties)
    for (const { member, body } of bodiesFor(bodyOf(route) ?? {}, inner => inner))
      assert.throws(() => refuseUndeclared(route.door?.body, body), { facts: { member } }, nameOf(route))
})

test('what a body leaves open is listed here, with the reason', () => {
  const found = taking.flatMap(route =>
    openParts(bodyOf(route) ?? { type: 'null' }).map(at => `${nameOf(route)} ${at}`),
  )
  assert.deepEqual([...new Set(found)].sort(), Object.keys(open).sort())
  const known = new Set(routes.map(nameOf))
  assert.deepEqual(
    Object.keys(otherBodies).filter(one => !known.has(one)),
    [],
  )
})

test('the API’s description says that a body takes no other member', async () => {
  type Described = { requestBody?: { content: Record<string, { schema: Shape }> } }
  const { paths } = (await app.inject('/api/openapi.json')).json() as {
    paths: Record<string, Record<string, Described>>
  }
  const bodies = Object.values(paths).flatMap(methods =>
    Object.values(methods).flatMap(({ requestBody }) =>
      Object.values(requestBody?.content ?? {}).map(one => one.schema),
    ),
  )
  assert.ok(bodies.length > 100, `${bodies.length}`)
  const loose = bodies.filter(({ properties, additionalProperties: rest }) => properties && rest === undefined)
  assert.deepEqual(loose, [])
})
