import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { anyone, type Endpoint, endpoint, signedIn } from '../src/platform/endpoint.ts'
import { hashToken } from '../src/platform/http/cookie-tokens.ts'
import { newId } from '../src/platform/ids.ts'
import { mayDo, roles } from '../src/staff/role.ts'
import { type Cast, openDemonstration, type RouteOfServer } from './demonstration-house.ts'
import { type DoorRequest, pages, pagesOfInvented } from './door-requests.ts'
import { openDoors } from './open-doors.ts'
import { mustBeAsked, openPeopleFinder } from './people-in-answers.ts'

/**
 * Roles × doors × scope, made from the routes that the server has and the table of roles, so that a door is tried the
 * day it is written: who may is let in, who may not is refused, and whoever is let in reads people of their own units
 * alone.
 */

/** A door as somebody might add it: bound to a route without the options that guard it, by a right of nobody. */
const forgotten = endpoint({
  ...{ method: 'GET', path: '/forgotten/:id', summary: 'A forgotten door', right: 'nobody.has', purpose: 'none' },
  params: Type.Object({ id: Type.String({ maxLength: 50 }) }),
  reply: Type.Object({}),
})
const demonstration = await openDemonstration({
  also: app => {
    app.get('/api/forgotten/:id', { config: { door: forgotten } }, async () => ({}))
  },
})
const { anAddress, app, cast, doors, inject, one, pagesServed, requestsFor, rowsOf, send } = demonstration
const { currentTransaction, tablesWrittenSince, whoMay } = demonstration
const [ofForgotten, routes] = [
  demonstration.routes.filter(({ door }) => door === forgotten),
  demonstration.routes.filter(({ door }) => door !== forgotten),
]
const { surelyIn } = await openPeopleFinder(rowsOf)

/** Rights of relying parties, which no officer has. */
const rightsOfParties = ['verification']

type Guarded = RouteOfServer & { readonly door: Endpoint }
const isGuarded = (route: RouteOfServer): route is Guarded => route.door !== undefined && route.method !== 'HEAD'
const guarded = routes.filter(isGuarded)
const nameOf = ({ method, url }: RouteOfServer) => `${method} ${url}`
/** With ids of nothing, so that nothing is changed by whoever is let in. */
const addressOf = ({ url }: RouteOfServer) => url.replace(/:\w+|\*/g, () => newId())

const oneOfEach = roles.map(
  role => cast.find(({ session }) => session.role === role) ?? assert.fail(`the demonstration has no ${role}`),
)

/** Whether a session opens a door, as role.ts says. */
const mayEnter = ({ session: { role, mustChange } }: Cast, { right }: Endpoint) =>
  right === anyone || right === signedIn || (!mustChange && role !== null && mayDo(role, right))

/** The code of a refusal, where the answer is one. */
const codeOf = ({ text, type }: { readonly text: string; readonly type: string }): string | undefined =>
  /problem\+json/.test(type) ? (JSON.parse(text) as { type?: string }).type?.replace('/problems/', '') : undefined

/** What is wrong with how a door answered somebody; undefined where all is well. */
async function wrongEntry(route: Guarded, caller: Cast): Promise<string | undefined> {
  const answer = await inject({ method: route.method as 'GET', url: addressOf(route) }, caller)
  const isOfParties = rightsOfParties.includes(route.door.right)
  const isRefused = isOfParties
    ? answer.status === 401 && codeOf(answer) === 'token-missing'
    : answer.status === 403 && codeOf(answer) === 'right-missing'
  const who = `${nameOf(route)} ${caller.login}`
  if (answer.status === 429 || answer.status >= 500 || (answer.status === 401 && !isOfParties))
    return `${who}: ${answer.status} ${answer.text.slice(0, 200)}`
  if (isRefused === mayEnter(caller, route.door)) return `${who}: ${isRefused ? 'was refused' : 'was let in'}`
  return undefined
}

async function wrongEntries(callers: readonly Cast[]): Promise<string[]> {
  const wrong: string[] = []
  for (const route of guarded)
    for (const caller of callers) wrong.push(...((await wrongEntry(route, caller).then(one => one && [one])) ?? []))
  return wrong
}

/** Doors by a right that nobody has. */
const withoutHolder = (some: readonly Guarded[]) =>
  some
    .filter(({ door: { right } }) => ![anyone, signedIn, ...rightsOfParties].includes(right))
    .filter(({ door: { right } }) => !roles.some(role => mayDo(role, right)))
    .map(route => `${nameOf(route)} asks for ${route.door.right}: give it to a role in src/staff/role.ts`)

/** Doors of contracts that no route serves. */
const unserved = (contracts: readonly Endpoint[]) =>
  contracts
    .filter(({ method, path }) => !guarded.some(one => nameOf(one) === `${method} /api${path}`))
    .map(({ method, path }) => `${method} ${path} stands in a contract: bind it in a routes.ts`)

test('each right that a door asks for is somebody’s: of a role, of parties, of all who are signed in', () => {
  assert.deepEqual(withoutHolder(guarded), [])
  assert.ok(guarded.length > 300, `${guarded.length} doors`)
})

test('each door of a contract is served, and each route of the API belongs to a contract', () => {
  assert.deepEqual(unserved([...doors.values()]), [])
  const loose = routes.filter(
    ({ door, url, method }) => !door && url.startsWith('/api/') && !['HEAD', 'OPTIONS'].includes(method),
  )
  assert.deepEqual(loose.map(nameOf), ['GET /api/openapi.json'])
})

test('every door is in the OpenAPI document, and nothing else is', async () => {
  const { paths } = (await app.inject('/api/openapi.json')).json() as { paths: Record<string, Record<string, unknown>> }
  const ofApi = Object.entries(paths).filter(([path]) => path.startsWith('/api/'))
  const described = ofApi.flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
  assert.deepEqual(
    described.filter(name => !name.includes('/forgotten/')).sort(),
    [...new Set(guarded.map(nameOf))].sort(),
  )
})

test('each role is let in at each door exactly where the table of roles says so', async () => {
  assert.deepEqual(await wrongEntries(oneOfEach), [])
})

/** Shaped like the marks of pages (platform/page-mark.ts, cards/paging.ts), and none of them. */
const [noId, noHash] = ['-'.repeat(36), '0'.repeat(64)]
const bentMarks = ['.', '_', '~']
  .flatMap(between => [
    `2023-04-20${between}${noId}`,
    ...['2023-99-99', '0000-00-00'].map(day => day + between + newId()),
  ])
  .concat(`1.${noId}`, `2023-04-20T99:99:99Z_${noHash}_${newId()}`, `2023-04-20T08:00:00Z_${noHash}_${noId}`)

test('a mark of a page that is shaped like one and is none is refused by every list, and is no fault', async () => {
  type Shape = { required?: string[]; properties?: Record<string, { type?: string; enum?: string[] }> }
  const lists = guarded.filter(
    ({ door }) => (door.query as Shape | undefined)?.properties?.['after']?.type === 'string',
  )
  assert.ok(lists.length > 15, `${lists.length} lists`)
  // Officers are compared in memory, where a mark may be any text.
  const inMemory = '/api/inspection/officers'
  const wrong: string[] = []
  for (const route of lists) {
    const { required = [], properties = {} } = route.door.query as Shape
    const needed = required.map((name): [string, string] => [name, properties[name]?.enum?.[0] ?? newId()])
    for (const after of bentMarks) {
      const url = `${addressOf(route)}?${new URLSearchParams([...needed, ['after', after]])}`
      const answer = await inject({ method: 'GET', url }, whoMay(route.door.right))
      const isRefused = answer.status === 400 || (answer.status === 404 && /:/.test(route.url))
      if (route.url === inMemory ? answer.status >= 500 : !isRefused)
        wrong.push(`${nameOf(route)} ${after}: ${answer.status}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('who has no post, and who has to change a password first, is let in nowhere', async () => {
  const [first] = oneOfEach
  assert.ok(first)
  const as = (login: string, session: Partial<Cast['session']>): Cast => ({
    login,
    token: hashToken(login).toString('base64url'),
    // Requests are counted by officer: these are two more.
    session: { ...first.session, officerId: newId<'officer'>(), ...session },
  })
  const callers = [as('without a post', { role: null, unitId: null }), as('new password', { mustChange: true })]
  assert.deepEqual(await wrongEntries(callers), [])
})

test('nobody is let in at any door but those of sign-in and the two whose requests are signed', async () => {
  const wrong: string[] = []
  for (const route of guarded) {
    for (const headers of [{}, { cookie: `dinhdanh-session=${'a'.repeat(43)}` }, { authorization: 'Bearer a.b.c' }]) {
      const answer = await app.inject({
        ...{ method: route.method as 'GET', url: addressOf(route), headers, remoteAddress: anAddress() },
      })
      const isOpen = openDoors.includes(nameOf(route))
      if (isOpen ? answer.statusCode === 401 : answer.statusCode !== 401)
        wrong.push(`${nameOf(route)} ${JSON.stringify(headers)}: ${answer.statusCode} ${answer.body.slice(0, 100)}`)
    }
  }
  assert.deepEqual(wrong, [])
})

/** Doors that tell of people of any unit, by design, and why. */
const beyondScope: Readonly<Record<string, string>> = {
  'POST /register/look-up': 'whoever knows a number learns whose it is: few fields, a right of its own, a trace',
}

/** The people of an officer's units, and those whom an open case shows them; of education, who lives below the unit. */
async function withinScopeOf({ session: { scope, role, unitId } }: Cast): Promise<ReadonlySet<string>> {
  const units = `array[${scope.map(id => `'${id}'`).join()}]::uuid[]`
  const rows = await rowsOf<{ id: string }>(
    `select person_id as id from register.person_scope where unit_id = any (${units})
     union select person_id from register.access_case where unit_id = any (${units})
     ${
       role === 'education-officer'
         ? `union select s.person_id from register.person_scope s join units.lineage l on l.unit_id = s.unit_id
            where l.ancestor_id = '${unitId}'`
         : ''
     }`,
  )
  return new Set(rows.map(({ id }) => id))
}

test('whoever is let in reads of no person of another unit, whatever ids they name', async () => {
  const wrong: string[] = []
  let people = 0
  let elsewhere = 0
  const asked = cast.filter(({ login }) => ['huyenkhac', 'phuongkhac', 'phuong', 'giaoduc', 'uyban'].includes(login))
  for (const [name, door] of doors) {
    if (!mustBeAsked(name, door) || rightsOfParties.includes(door.right)) continue
    for (const officer of asked.filter(one => mayEnter(one, door))) {
      const [request] = await requestsFor(name).catch((error: Error) => assert.fail(`${name}: ${error.message}`))
      const answer = await send(door, { ...request, as: officer.login })
      if (answer.status >= 500) wrong.push(`${name} ${officer.login}: ${answer.status}`)
      if (answer.status === 404 || answer.status === 403) elsewhere += 1
      const named = surelyIn(answer.text)
      if (named.length === 0) continue
      const within = await withinScopeOf(officer)
      people += named.length
      const strangers = name in beyondScope ? [] : named.filter(({ id }) => !within.has(id))
      if (strangers.length > 0) wrong.push(`${name} tells ${officer.login} of ${strangers.length} people of others`)
    }
  }
  assert.deepEqual(wrong, [])
  assert.ok(people > 30 && elsewhere > 50, `${people} people, ${elsewhere} refusals`)
})

/** What a reading may write: its trace, and how it was asked for. */
const tracesOfReadings = ['audit.access', 'audit.reading_entry', 'audit.head', 'audit.deed']

test('what is read changes nothing but the traces of readings', async () => {
  const asked: { readonly door: Endpoint; readonly request: DoorRequest }[] = []
  for (const [name, door] of doors)
    if (door.method === 'GET' && !rightsOfParties.includes(door.right) && mustBeAsked(name, door))
      for (const request of await requestsFor(name)) asked.push({ door, request })
  const before = await currentTransaction()
  let answered = 0
  for (const { door, request } of asked) answered += (await send(door, request)).status === 200 ? 1 : 0
  assert.ok(answered > 100, `${answered} answers`)
  const written = await tablesWrittenSince(before)
  assert.deepEqual(
    written.filter(name => !tracesOfReadings.includes(name)),
    [],
  )
})

test('no page tells nobody, or an officer of another district, of a person of the register', async () => {
  const wrong: string[] = []
  const [stranger] = cast.filter(({ login }) => login === 'huyenkhac')
  const isPage = (path: string) =>
    !path.startsWith('/api/') && !/\/assets\/|\*$/.test(path) && !pagesOfInvented.includes(path)
  for (const path of [...pagesServed].filter(isPage).sort()) {
    if (path.includes(':') && !(path in pages)) {
      wrong.push(`${path} has something in its path: say in test/door-requests.ts, under pages, how it is asked for`)
      continue
    }
    const url = (await pages[path]?.({ one })) ?? path
    const answers = [
      await app
        .inject({ url, headers: { accept: 'text/html' } })
        .then(({ body, statusCode }) => ({ body, statusCode })),
      await inject({ method: 'GET', url }, stranger as Cast).then(({ text, status }) => ({
        body: text,
        statusCode: status,
      })),
    ]
    for (const { body, statusCode } of answers)
      if (statusCode >= 500 || surelyIn(body).length > 0) wrong.push(`${path}: ${statusCode} ${surelyIn(body).length}`)
  }
  assert.deepEqual(wrong, [])
})

test('a door that is added without a guard, a role or a route is found, and told what it lacks', async () => {
  const [route] = ofForgotten.filter(isGuarded)
  assert.ok(route)
  const [auditor] = cast.filter(({ session }) => session.role === 'auditor')
  assert.equal(await wrongEntry(route, auditor as Cast), 'GET /api/forgotten/:id kiemtra: was let in')
  assert.deepEqual(withoutHolder([route]), [
    'GET /api/forgotten/:id asks for nobody.has: give it to a role in src/staff/role.ts',
  ])
  assert.deepEqual(unserved([forgotten]), ['GET /forgotten/:id stands in a contract: bind it in a routes.ts'])
  await assert.rejects(
    send({ ...forgotten, right: signedIn }, {}),
    /say in test\/door-requests.ts what \/forgotten\/:id stands/,
  )
})
