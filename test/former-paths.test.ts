import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { routes as campaignRoutes } from '../src/campaign/routes.ts'
import { routes as cardRoutes } from '../src/cards/routes.ts'
import { routes as enrolmentRoutes } from '../src/enrolment/routes.ts'
import { kindsOfFollowUps } from '../src/follow-up-kinds.ts'
import { routes as followUpRoutes } from '../src/follow-ups/routes.ts'
import { routes as outOfSchoolRoutes } from '../src/out-of-school/routes.ts'
import type { Endpoint } from '../src/platform/endpoint.ts'
import { formerPathsDeprecatedAt } from '../src/platform/http/former.ts'
import { openRequests } from '../src/platform/http/serve-endpoint.ts'
import { makeServer } from '../src/platform/http/server.ts'
import { newId } from '../src/platform/ids.ts'
import { openLog } from '../src/platform/log.ts'
import { formerProblemCodes, knownProblems } from '../src/platform/problem.ts'
import { routes as rollRoutes } from '../src/rolls/routes.ts'
import { aCardCentre } from './a-card-centre.ts'
import { anOfficerOf } from './builders.ts'
import { openHouse } from './house.ts'

const house = await openHouse({ withUnits: true })
const centre = await aCardCentre(house)
const province = await anOfficerOf(house, '22')
const { cardId } = await centre.aPupilWith('at-unit')

const app = await makeServer({ log: openLog('silent'), origin: 'http://localhost:8080', trustProxy: false })
after(() => app.close())
const doors = {
  app,
  origin: 'http://localhost:8080',
  openWork: openRequests(house.openWork, async request =>
    request.headers['x-stranger']
      ? undefined
      : { by: province.by, authority: (_right: string, purpose: string) => ({ ...province, purpose }) },
  ),
}
outOfSchoolRoutes(doors)
rollRoutes(doors)
followUpRoutes(doors, kindsOfFollowUps)
cardRoutes(doors, { isDemonstration: () => true })
await campaignRoutes(doors, { openWork: house.openWork, isDemonstration: () => true })
enrolmentRoutes(doors, {
  openWork: house.openWork,
  keys: () => assert.fail('no former path needs the keys of stations'),
  isDemonstration: () => true,
  today: () => assert.fail('no former path asks for the day of the house'),
})

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value && 'right' in value
const root = join(import.meta.dirname, '..')
const endpoints = (
  await Promise.all(
    globSync('src/**/contract*.ts', { cwd: root }).map(async file =>
      Object.values((await import(join(root, file))) as Record<string, unknown>).filter(isEndpoint),
    ),
  )
).flat()
const moved = new Map(
  endpoints.flatMap(door => (door.formerly ?? []).map(path => [`${door.method} ${path}`, { path, door }] as const)),
)

const values: Readonly<Record<string, string>> = { place: '1', id: cardId }
const filled = (path: string) => path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? assert.fail(name))
const query: Readonly<Record<string, string>> = {
  '/out-of-school': `?unit=${province.unitId}`,
  '/out-of-school/figures': `?unit=${province.unitId}`,
  '/out-of-school/export': `?unit=${province.unitId}`,
  '/review/referred': '?which=to-me',
  '/cards/:id/printed-faces': '?as=pdf',
}

async function ask({ method, path: today }: Endpoint, path: string, headers: Record<string, string> = {}) {
  const body =
    method === 'GET'
      ? {}
      : { payload: { note: 'in words', outcome: 'misread', papers: 'in words', unitId: province.unitId } }
  const reply = await app.inject({ method, url: `/api${filled(path)}${query[today] ?? ''}`, headers, ...body })
  const type = String(reply.headers['content-type'] ?? '')
  const answer = /json/.test(type) ? { ...reply.json(), request_id: undefined } : undefined
  return { status: reply.statusCode, type, answer, warning: [reply.headers['deprecation'], reply.headers['link']] }
}

test('each former path answers like the path of today, and names it in the headers', async () => {
  assert.ok(moved.size >= 15, [...moved.keys()].join('\n'))
  const statuses = new Set<number>()
  for (const [name, { path, door }] of moved) {
    const [now, before] = [await ask(door, door.path), await ask(door, path)]
    assert.deepEqual({ ...before, warning: [] }, { ...now, warning: [] }, name)
    assert.notEqual(now.answer?.['type'], '/problems/page-unknown', name)
    assert.deepEqual(now.warning, [undefined, undefined], name)
    assert.deepEqual(
      before.warning,
      [`@${formerPathsDeprecatedAt.getTime() / 1000}`, `</api${filled(door.path)}>; rel="successor-version"`],
      name,
    )
    statuses.add(now.status)
  }
  assert.ok(statuses.has(200) && statuses.has(404), [...statuses].join())
})

test('a stranger is refused on a former path too, with the same headers', async () => {
  for (const [name, { path, door }] of moved) {
    const refused = await ask(door, path, { 'x-stranger': 'yes' })
    assert.equal(refused.status, 401, name)
    assert.match(String(refused.warning[1]), /successor-version/, name)
  }
})

test('OpenAPI marks the former paths as deprecated, and no path of today', async () => {
  const { paths } = (await app.inject('/api/openapi.json')).json() as {
    paths: Record<string, Record<string, { deprecated?: boolean }>>
  }
  const inOpenApi = (path: string) => `/api${path.replace(/:(\w+)/g, '{$1}')}`
  for (const [name, { path, door }] of moved) {
    const method = door.method.toLowerCase()
    assert.equal(paths[inOpenApi(path)]?.[method]?.deprecated, true, name)
    assert.equal(paths[inOpenApi(door.path)]?.[method]?.deprecated, undefined, name)
  }
})

test('former names of members and values are taken for those of today', async () => {
  const part = (name: string) => app.inject(`/api/review/rows?part=${name}`)
  assert.deepEqual([(await part('handed-on')).statusCode, (await part('unheard')).statusCode], [200, 400])
  assert.deepEqual((await part('handed-on')).json(), (await part('referred')).json())
  const count = (who: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/api/blanks/stock-takes',
      payload: { lotId: newId<'lot'>(), counted: 1, ...who },
    })
  const [before, now] = [await count({ witness: province.by.id }), await count({ secondChecker: province.by.id })]
  assert.deepEqual([before.json().type, now.json().type], Array(2).fill('/problems/blank-lot-unknown'))
  assert.equal((await count({})).json().type, '/problems/input-invalid')
})

test('the page of a former problem code explains the code of today', async () => {
  assert.ok(formerProblemCodes().size >= 17)
  for (const [old, code] of formerProblemCodes()) {
    assert.ok(knownProblems().has(code) && !knownProblems().has(old), old)
    const reply = await app.inject({ url: `/problems/${old}`, headers: { 'accept-language': 'en' } })
    assert.equal(reply.statusCode, 200, old)
    assert.match(reply.body, new RegExp(`${code} ·`), old)
  }
})
