import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { Readable, Writable } from 'node:stream'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { openHouse } from '../../../test/house.ts'
import { anyone, endpoint } from '../endpoint.ts'
import { newId } from '../ids.ts'
import { openLog } from '../log.ts'
import { problems } from '../problem.ts'
import { openRequests, serve } from './serve-endpoint.ts'
import { makeServer } from './server.ts'

const house = await openHouse()
const origin = 'http://localhost:8080'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })

const pantryProblem = problems({
  'jar-broken': {
    status: 409,
    title: 'The jar is broken',
    vi: 'Lọ đã vỡ',
    fix: 'Take another.',
    fixVi: 'Lấy lọ khác.',
  },
})

const pantry = { purpose: 'none' } as const
const Jar = Type.Object({ id: Type.Integer(), label: Type.String() })
const open = openRequests(house.openWork, async request => {
  const right = request.headers['x-right']
  if (!right) return undefined
  const by = { kind: 'officer' as const, id: 'o-1' }
  return { by, authority: (asked, purpose) => (asked === right ? { by, scope: 'none', purpose } : undefined) }
})
const doors = { app, openWork: open, origin }

const getJar = endpoint({
  ...pantry,
  method: 'GET',
  path: '/jars/:id',
  summary: 'A jar',
  right: anyone,
  params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
  reply: Jar,
})
serve(
  doors,
  getJar,
  async (_work, { params }) => ({ id: params.id, label: 'plum', recipe: 'a secret' }) as { id: number; label: string },
)

const fillJar = endpoint({
  ...pantry,
  method: 'POST',
  path: '/jars',
  summary: 'Fill a jar',
  right: 'jars.fill',
  body: Type.Object({ label: Type.String({ minLength: 2 }) }),
  reply: Jar,
})
serve(doors, fillJar, async (_work, { body }) => {
  if (body.label === 'broken') throw pantryProblem('jar-broken', { shelf: 3 })
  if (body.label === 'fault') throw new Error('the secret shelf fell')
  return { id: 1, label: body.label }
})

const sendLabel = endpoint({
  ...pantry,
  method: 'POST',
  path: '/labels',
  summary: 'Send a label',
  right: anyone,
  upload: { maxBytes: 1000 },
  body: Type.Object({}),
  reply: Type.Object({ name: Type.String(), text: Type.String() }),
})
let keptAt = ''
serve(doors, sendLabel, async (_work, _asked, { upload }) => {
  keptAt = upload?.path ?? ''
  return { name: upload?.name ?? '', text: await readFile(keptAt, 'utf8') }
})

const Uuid = Type.String({ format: 'uuid' })
const moveJars = endpoint({
  ...pantry,
  method: 'POST',
  path: '/shelves/:id/jars',
  summary: 'Move jars to a shelf',
  right: anyone,
  params: Type.Object({ id: Uuid }),
  query: Type.Object({ after: Type.Optional(Uuid) }),
  body: Type.Object({
    jars: Type.Array(Type.Object({ id: Uuid, label: Type.String() })),
    from: Type.Union([Uuid, Type.Null()]),
  }),
  reply: Type.Object({ ids: Type.Array(Type.String()) }),
})
serve(doors, moveJars, async (_work, { params, query, body }) => ({
  ids: [params.id, query.after ?? '', ...body.jars.flatMap(({ id, label }) => [id, label]), body.from ?? ''],
}))

const takeLabel = endpoint({
  ...pantry,
  method: 'POST',
  path: '/labels/taken',
  summary: 'Take a label',
  right: anyone,
  body: Type.Object({ name: Type.String() }),
})
serve(doors, takeLabel, async (_work, { body }) => ({ name: body.name, type: 'text/csv', content: Buffer.from('mận') }))

const labelOnDisk = Readable.from(['mận'])
const loseWork: typeof doors.openWork = Object.assign(
  async (...asked: Parameters<typeof doors.openWork>) => {
    await doors.openWork(...asked)
    throw new Error('the work was not committed')
  },
  { ...doors.openWork },
)
serve(
  { ...doors, openWork: loseWork },
  endpoint({ ...pantry, method: 'POST', path: '/labels/lost', summary: 'Lose a label', right: anyone }),
  async () => ({ name: 'label.csv', type: 'text/csv', content: labelOnDisk }),
)

const fill = (label: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: '/api/jars', payload: { label }, headers: { 'x-right': 'jars.fill', ...headers } })

test('only declared members of a reply are sent', async () => {
  const reply = await app.inject('/api/jars/7')
  assert.deepEqual(reply.json(), { id: 7, label: 'plum' })
  assert.equal(reply.headers['cache-control'], 'no-store')
})

test('input that is not as declared is refused by field, without repeating what was sent', async () => {
  const reply = await fill('x')
  assert.equal(reply.statusCode, 400)
  assert.match(reply.headers['content-type'] as string, /application\/problem\+json/)
  assert.deepEqual([reply.json().type, reply.json().wrong[0].field], ['/problems/input-invalid', 'label'])
  assert.equal((await app.inject('/api/jars/zero')).json().wrong[0].field, 'id')
})

test('ids may come in capitals wherever they stand in a request; other texts stay as they came', async () => {
  const ids = Array.from({ length: 4 }, () => newId())
  const [shelf = '', after = '', jar = '', from = ''] = ids.map(id => id.toUpperCase())
  const move = (body: object) =>
    app.inject({ method: 'POST', url: `/api/shelves/${shelf}/jars?after=${after}`, payload: body })
  const moved = await move({ jars: [{ id: jar, label: jar }], from })
  assert.deepEqual(moved.json().ids, [ids[0], ids[1], ids[2], jar, ids[3]])
  assert.equal((await move({ jars: [], from: null })).statusCode, 200)
  const refused = await move({ jars: [{ id: `urn:uuid:${jar}`, label: '' }], from: null })
  assert.deepEqual([refused.statusCode, refused.json().wrong[0].field], [400, 'jars.0.id'])
})

test('a missing sign-in and a missing right are refused with different codes', async () => {
  assert.equal((await app.inject({ method: 'POST', url: '/api/jars', payload: { label: 'plum' } })).statusCode, 401)
  const other = await fill('plum', { 'x-right': 'jars.eat' })
  assert.deepEqual([other.statusCode, other.json().type], [403, '/problems/right-missing'])
})

test('a refusal carries its code, both languages, what to do, and the id of the request', async () => {
  const reply = await fill('broken')
  const { request_id, ...body } = reply.json()
  assert.deepEqual(body, {
    shelf: 3,
    type: '/problems/jar-broken',
    title: 'The jar is broken',
    title_vi: 'Lọ đã vỡ',
    status: 409,
    fix: 'Take another.',
    fix_vi: 'Lấy lọ khác.',
  })
  assert.equal(reply.headers['x-request-id'], request_id)
})

test('a fault says nothing of its cause', async () => {
  const reply = await fill('fault')
  assert.equal(reply.statusCode, 500)
  assert.doesNotMatch(reply.body, /shelf/)
})

test('a change requested from another site is refused, whatever cookie comes with it', async () => {
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ]
  const own: Record<string, string>[] = [{ 'sec-fetch-site': 'same-origin' }, { origin }, {}]
  for (const headers of foreign) assert.equal((await fill('plum', headers)).json().type, '/problems/foreign-origin')
  for (const headers of own) assert.equal((await fill('plum', headers)).statusCode, 200)
})

const multipart = (content: string) => ({
  method: 'POST' as const,
  url: '/api/labels',
  headers: { 'content-type': 'multipart/form-data; boundary=xx' },
  payload:
    `--xx\r\nContent-Disposition: form-data; name="file"; filename="../../etc/nhãn.txt"\r\nContent-Type: ` +
    `text/plain\r\n\r\n${content}\r\n--xx--\r\n`,
})

test('a file is kept for the time of the request only, under a name of ours', async () => {
  const reply = await app.inject(multipart('mận'))
  assert.deepEqual(reply.json(), { name: 'nhãn.txt', text: 'mận' })
  await assert.rejects(readFile(keptAt), /ENOENT/)
})

test('a file that is too large, and a form without a file, are refused', async () => {
  assert.equal((await app.inject(multipart('x'.repeat(2000)))).json().type, '/problems/file-too-large')
  const none = await app.inject({ ...multipart(''), payload: '--xx--\r\n' })
  assert.equal(none.json().type, '/problems/file-missing')
})

test('a download is an attachment under a clean name, whatever it was called', async () => {
  for (const name of ['nhãn.csv', '../../etc/passwd', 'a"; filename="b.html', 'a\r\nset-cookie: b=c', '<b>.csv']) {
    const { statusCode, headers } = await app.inject({ method: 'POST', url: '/api/labels/taken', payload: { name } })
    const [, plain = '', encoded = ''] =
      /^attachment; filename="([\w.-]+)"; filename\*=UTF-8''([\w.%!'()*~-]+)$/.exec(
        String(headers['content-disposition']),
      ) ?? assert.fail(String(headers['content-disposition']))
    assert.deepEqual([statusCode, decodeURIComponent(encoded), headers['set-cookie']], [200, name, undefined])
    assert.ok(plain.length > 0)
    assert.deepEqual([headers['x-content-type-options'], headers['cache-control']], ['nosniff', 'no-store'])
  }
})

test('a download whose work is not committed is not sent, and lets go of its file', async () => {
  const { statusCode } = await app.inject({ method: 'POST', url: '/api/labels/lost' })
  assert.deepEqual([statusCode, labelOnDisk.destroyed], [500, true])
})

test('every refusal has a page that a person can read, in both languages', async () => {
  const vi = await app.inject({ url: '/problems/jar-broken', headers: { accept: 'text/html' } })
  assert.match(vi.body, /Lọ đã vỡ[\s\S]*Lấy lọ khác/)
  const en = await app.inject({ url: '/problems/jar-broken', headers: { 'accept-language': 'en' } })
  assert.match(en.body, /The jar is broken[\s\S]*Take another/)
  assert.match((await app.inject('/problems')).body, /jar-broken/)
  const lost = await app.inject({ url: '/nowhere', headers: { accept: 'text/html' } })
  assert.deepEqual([lost.statusCode, /Không có trang này/.test(lost.body)], [404, true])
})

test('the doors describe themselves as OpenAPI 3.1', async () => {
  const described = (await app.inject('/api/openapi.json')).json()
  assert.equal(described.openapi, '3.1.0')
  assert.equal(described.paths['/api/jars/{id}'].get.summary, 'A jar')
})

test('requests are measured by route, never by address', async () => {
  await app.inject('/api/jars/quince')
  const { body } = await app.inject('/metrics')
  assert.match(body, /route="\/api\/jars\/:id"/)
  assert.doesNotMatch(body, /quince/)
})

test('measurements are given to this machine alone, and to nobody through a proxy', async () => {
  for (const from of [{ remoteAddress: '10.0.0.9' }, { headers: { 'x-forwarded-for': '10.0.0.9' } }])
    assert.equal((await app.inject({ url: '/metrics', ...from })).statusCode, 404)
})

test('what is refused is logged with its code and by whom, and without what was sent', async () => {
  const lines: string[] = []
  const log = openLog('info', new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) }))
  const other = await makeServer({ log, origin, trustProxy: false })
  after(() => other.close())
  serve({ app: other, origin, openWork: open }, getJar, async () => ({ id: 1, label: 'x' }))
  await other.inject({ url: '/api/jars/nguyen-van-an?phone=0912345678', headers: { accept: 'text/html' } })
  const refused = lines.map(line => JSON.parse(line)).filter(({ msg }) => msg === 'refused')
  assert.equal(refused.length, 1)
  assert.match(String(refused[0].route), /:id|none/)
  assert.ok(refused[0].code)
  assert.doesNotMatch(lines.join(''), /nguyen|0912345678/)
})

test('pages forbid foreign script, style and frames', async () => {
  const policy = String((await app.inject('/problems')).headers['content-security-policy'])
  for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"])
    assert.ok(policy.includes(part), part)
})

test('too many requests are refused, except page files: an office shares one address', async () => {
  const slow = await makeServer({ log: openLog('silent'), origin, trustProxy: false, perMinute: 2 })
  for (const path of ['/assets/sign.svg', '/console/assets/main.js', '/jars']) slow.get(path, async () => 'here')
  const statuses = async (path: string) => {
    const told: number[] = []
    for (let times = 0; times < 4; times += 1) told.push((await slow.inject(path)).statusCode)
    return told
  }
  assert.deepEqual(await statuses('/assets/sign.svg'), [200, 200, 200, 200])
  assert.deepEqual(await statuses('/console/assets/main.js'), [200, 200, 200, 200])
  assert.deepEqual(await statuses('/jars'), [200, 200, 429, 429])
  await slow.close()
})

let spread = 0
const spreadJam = endpoint({
  ...pantry,
  method: 'POST',
  path: '/jam',
  summary: 'Spread jam',
  right: 'jars.fill',
  reply: Type.Object({ slice: Type.Integer() }),
})
serve(doors, spreadJam, async () => {
  spread += 1
  return { slice: spread }
})

const spreadWith = (headers: Record<string, string>) =>
  app.inject({ method: 'POST', url: '/api/jam', headers: { 'x-right': 'jars.fill', ...headers } })

test('a change that is sent again under its key lands once and gets the same answer', async () => {
  const key = newId(new Date())
  const [first, again] = [await spreadWith({ 'idempotency-key': key }), await spreadWith({ 'idempotency-key': key })]
  assert.deepEqual([first.json(), again.json(), spread], [{ slice: 1 }, { slice: 1 }, 1])
  const [one, other] = await Promise.all(
    [0, 1].map(() => spreadWith({ 'idempotency-key': '01a22979-dc9b-7000-80a4-b8dea18457a9' })),
  )
  assert.deepEqual([one?.json(), other?.json(), spread], [{ slice: 2 }, { slice: 2 }, 2])

  const elsewhere = await app.inject({
    method: 'POST',
    url: '/api/jars',
    headers: { 'x-right': 'jars.fill', 'idempotency-key': key },
    payload: { label: 'plum' },
  })
  assert.equal(elsewhere.json().type, '/problems/request-key-used')
  assert.equal((await spreadWith({ 'idempotency-key': 'no key' })).json().type, '/problems/request-key-malformed')
  assert.equal(spread, 2)
})

test('a key of a change is not good for the same change of something else', async () => {
  const key = newId(new Date())
  assert.equal((await fill('plum', { 'idempotency-key': key })).json().label, 'plum')
  assert.equal((await fill('pear', { 'idempotency-key': key })).json().type, '/problems/request-key-used')
  assert.equal((await fill('plum', { 'idempotency-key': key })).json().label, 'plum')
})

const sealJar = endpoint({
  ...pantry,
  method: 'POST',
  path: '/jars/seal',
  decides: true,
  summary: 'Seal a jar',
  right: 'jars.fill',
  reply: Type.Object({ seen: Type.String() }),
})
serve(doors, sealJar, async ({ seen = 'any' }) => ({ seen }))

test('a version that cannot be read is refused, and does not pass as none', async () => {
  const sealWith = (version: string) =>
    app.inject({ method: 'POST', url: '/api/jars/seal', headers: { 'x-right': 'jars.fill', 'if-match': version } })
  assert.deepEqual((await sealWith('"v-1"')).json(), { seen: 'v-1' })
  assert.deepEqual((await sealWith('*')).json(), { seen: 'any' })
  for (const version of ['v-1', '"v 1"', 'W/"v-1"', ''])
    assert.equal((await sealWith(version)).json().type, '/problems/version-malformed', version)
})

test('a page that was opened for another officer does nothing', async () => {
  const refused = await spreadWith({ 'dinhdanh-officer': 'o-2' })
  assert.deepEqual([refused.statusCode, refused.json().type], [409, '/problems/another-officer-here'])
  assert.equal((await spreadWith({ 'dinhdanh-officer': 'o-1' })).statusCode, 200)
})

const searchJam = endpoint({
  ...pantry,
  method: 'POST',
  path: '/jam/search',
  onlyReads: true,
  summary: 'Search for jam',
  right: 'jars.fill',
  reply: Type.Object({ found: Type.Integer() }),
})
serve(doors, searchJam, async () => ({ found: spread }))

test('a search keeps no key and no answer, and answers that are a day old are dropped, whosever they are', async () => {
  const kept = async () => {
    const rows = await house.owner<{ key: string }>('select key from platform.answered_request order by key')
    return rows.map(({ key }) => key)
  }
  const [old, fresh] = [newId(new Date()), newId(new Date())]
  for (const [key, hours] of [[old, 25] as const, [fresh, 23] as const])
    await house.owner(
      `insert into platform.answered_request (key, actor_id, door, at)
       values ($1, 'o-9', 'POST /jars', now() - $2 * interval '1 hour')`,
      [key, hours],
    )
  const before = await kept()
  const found = await app.inject({
    method: 'POST',
    url: '/api/jam/search',
    headers: { 'x-right': 'jars.fill', 'idempotency-key': newId(new Date()) },
  })
  assert.equal(found.statusCode, 200)
  assert.deepEqual(await kept(), before)

  const key = newId(new Date())
  await spreadWith({ 'idempotency-key': key })
  assert.deepEqual(await kept(), [...before.filter(one => one !== old), key].toSorted())
})

test('an answer says how many statements it took only where the log is for developers', async () => {
  const answerOf = async (tellsStatements: boolean) => {
    const own = await makeServer({ log: openLog('silent'), origin, trustProxy: false, tellsStatements })
    after(() => own.close())
    serve({ app: own, openWork: open, origin }, getJar, async (work, { params }) => {
      for (const label of ['plum', 'pear']) await sql`select ${label}::text`.execute(work.tx)
      return { id: params.id, label: 'plum' }
    })
    return own.inject('/api/jars/1')
  }
  assert.equal((await answerOf(false)).headers['server-timing'], undefined)
  // Beginning, the two that it asks, and the end.
  assert.match(String((await answerOf(true)).headers['server-timing']), /^statements;desc=4, total;dur=[\d.]+$/)
})
