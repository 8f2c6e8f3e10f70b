import assert from 'node:assert/strict'
import { subscribe } from 'node:diagnostics_channel'
import { globSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { InjectOptions } from 'fastify'
import { Client } from 'pg'
import type { TSchema } from 'typebox'
import { makeApp } from '../src/app.ts'
import { makeDemonstration } from '../src/demonstration/demonstration.ts'
import { jobs } from '../src/jobs.ts'
import { openHouse } from '../src/open-house.ts'
import { anyone, type Endpoint, signedIn } from '../src/platform/endpoint.ts'
import { hashToken } from '../src/platform/http/cookie-tokens.ts'
import { runJobs } from '../src/platform/jobs/jobs.ts'
import { asSystem } from '../src/platform/work.ts'
import { mayDo, type Role } from '../src/staff/role.ts'
import { unitsOfPost } from '../src/staff/session.ts'
import { keepLiveSession } from '../src/staff/session-cache.ts'
import type { SessionRow } from '../src/staff/store-session.ts'
import { type DoorRequest, idsFor, pages, pagesOfInvented, requests, withoutPeople } from './door-requests.ts'
import { emptyDatabase, templates } from './house.ts'
import { textOf } from './recording/normal.ts'

/**
 * Every door and page is asked, in a demonstration, by an officer who may, for something that is there. Whoever stands
 * in the answer must stand in the readings of that request, or a deed of it must be about them. The doors are those of
 * the contracts, so that a new one is tried the day it is written; one that cannot be asked fails.
 */

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-traces-'))
after(() => rm(folder, { recursive: true }))

const root = join(import.meta.dirname, '..')
const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value && 'right' in value
const doors = new Map<string, Endpoint>()
for (const file of globSync('src/**/contract*.ts', { cwd: root }).sort())
  for (const value of Object.values((await import(join(root, file))) as Record<string, unknown>))
    if (isEndpoint(value)) doors.set(`${value.method} ${value.path}`, value)

/** The pages of the application: what it serves besides the API. */
const served = new Set<string>()
subscribe('fastify.initialization', message => {
  const { fastify } = message as {
    fastify: { addHook(name: 'onRoute', hook: (route: { method: string | string[]; url: string }) => void): void }
  }
  fastify.addHook('onRoute', ({ method, url }) => {
    if ([method].flat().includes('GET')) served.add(url)
  })
})

const url = await emptyDatabase(templates.migrated)
const house = await openHouse({
  folder: join(folder, 'data'),
  purpose: 'server',
  said: { people: 600 },
  environment: { DATABASE_URL: url, DINHDANH_LOG_LEVEL: 'silent' },
})
after(() => house.close())
await makeDemonstration(house, () => undefined)

const owner = new Client({ connectionString: house.database.url })
owner.on('error', () => undefined)
await owner.connect()
after(() => owner.end())
const rowsOf = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await owner.query(text, values)).rows as Row[]

/** What follows by itself has followed: follow-ups, figures. */
async function settle() {
  const runner = await runJobs(house.database.url, jobs(house), { log: house.log, crontab: {} })
  for (let turn = 0; turn < 300; turn += 1) {
    const [{ waiting } = { waiting: 0 }] = await rowsOf<{ waiting: number }>(
      'select count(*)::integer as waiting from graphile_worker.jobs where attempts < max_attempts and run_at <= now()',
    )
    if (waiting === 0) break
    await new Promise(done => setTimeout(done, 100))
  }
  await runner.stop()
}
await settle()

for (const [name, files] of [
  ['console', ['index.html']],
  ['station', ['index.html', 'manifest.webmanifest', 'sign.svg', 'icon-192.png', 'icon-512.png', 'sw.js', 'release']],
] as const) {
  await mkdir(join(folder, 'dist', name, 'assets'), { recursive: true })
  for (const file of files) await writeFile(join(folder, 'dist', name, file), '')
}
const app = await makeApp(house, { dist: join(folder, 'dist') })
after(() => app.close())

type Cast = { readonly login: string; readonly token: string; readonly session: SessionRow }

/** The demonstration's officers, each in a session: how they come by it is told elsewhere. */
async function sessionsOfAll(): Promise<Cast[]> {
  const found = await rowsOf<{
    id: string
    login: string
    name: string
    appointment: string
    role: Role
    unit: string
  }>(
    `select o.id, o.login, o.full_name as name, a.id as appointment, a.role, a.unit_id as unit
     from staff.officer o join staff.appointment a on a.officer_id = o.id order by o.login`,
  )
  return Promise.all(
    found.map(async ({ id, login, name, appointment, role, unit }) => {
      const post = { role, unitId: unit } as Parameters<typeof unitsOfPost>[1]
      const scope = await house.openWork(asSystem('test'), work => unitsOfPost(work, post))
      const session = {
        ...{ id: appointment, officerId: id, login, fullName: name, appointmentId: appointment, role, unitId: unit },
        ...{ standInId: null, forId: null, forName: null, scope: [...scope], mustChange: false },
        ...{ deviceHash: Buffer.alloc(32), seenAt: new Date(), endsAt: new Date(Date.now() + 3_600_000) },
      }
      return { login, token: hashToken(login).toString('base64url'), session: session as unknown as SessionRow }
    }),
  )
}
const cast = await sessionsOfAll()

/** The first who may, the one who sees most before the others. */
const preferred = ['chihuy', 'huyen', 'pheduyet', 'phuong', 'trungtamthe', 'sogiaoduc', 'giaoduc', 'kiemtra', 'quantri']
function whoMay(right: string, login?: string): Cast {
  const may = ({ session: { role } }: Cast) =>
    right === signedIn || right === anyone || (role !== null && mayDo(role, right))
  const wanted = login === undefined ? preferred : [login]
  const found = wanted.flatMap(one => cast.find(officer => officer.login === one && may(officer)) ?? [])[0]
  assert.ok(found, `nobody of ${wanted} has the right ${right}`)
  return found
}

type Answered = { readonly status: number; readonly text: string; readonly requestId: string; readonly type: string }

async function inject(options: InjectOptions, { token, session }: Cast): Promise<Answered> {
  keepLiveSession(hashToken(token).toString('base64url'), session)
  const reply = await app.inject({ ...options, cookies: { 'dinhdanh-session': token } })
  const type = String(reply.headers['content-type'] ?? '')
  const text = /spreadsheetml/.test(type)
    ? await textOf(reply.rawPayload, '.xlsx')
    : /pdf/.test(type)
      ? await textOf(reply.rawPayload, '.pdf')
      : reply.body
  return { status: reply.statusCode, text, requestId: String(reply.headers['x-request-id']), type }
}

const multipart = (fields: Readonly<Record<string, unknown>>, { name, content }: NonNullable<DoorRequest['file']>) => {
  const mark = 'a-boundary'
  const parts = Object.entries(fields).map(
    ([field, value]) => `--${mark}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${mark}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${mark}` },
    payload: Buffer.concat([Buffer.from(`${parts.join('')}${head}`), content, Buffer.from(`\r\n--${mark}--\r\n`)]),
  }
}

async function one(text: string): Promise<string> {
  const [row] = await rowsOf<Record<string, unknown>>(text)
  assert.ok(row, `nothing found: ${text}`)
  return String(Object.values(row)[0])
}

async function send(door: Endpoint, request: DoorRequest): Promise<Answered> {
  const params = await Promise.all(
    [...door.path.matchAll(/:(\w+)/g)].map(async ([all, name = ''], at) => {
      const given = request.params?.[name]
      if (given !== undefined) return given
      const upTo = door.path.slice(0, door.path.indexOf(all) + all.length)
      const known = idsFor[upTo]
      assert.ok(known, `test/door-requests.ts does not know what ${upTo} is (${at})`)
      return one(known)
    }),
  )
  const path = door.path.replace(/:\w+/g, () => params.shift() ?? '')
  const search = new URLSearchParams(request.query ?? {}).toString()
  return inject(
    {
      method: door.method,
      url: `/api${path}${search && `?${search}`}`,
      ...(request.file
        ? multipart(request.body as Record<string, unknown>, request.file)
        : door.body && { payload: (request.body ?? {}) as object }),
    },
    whoMay(door.right, request.as),
  )
}

/** Asks a door, by its line or by its path, once for each of its choices. */
async function ask(name: string, given?: DoorRequest): Promise<readonly [Answered, ...Answered[]]> {
  const door = doors.get(name)
  assert.ok(door, `there is no door ${name}`)
  const arranging = {
    one,
    ask: async (other: string, more?: DoorRequest) => {
      const [answer] = await ask(other, more)
      assert.equal(answer.status, 200, `${other} answered ${answer.text.slice(0, 300)}`)
      return JSON.parse(answer.text)
    },
  }
  const request = given ?? (await requests[name]?.(arranging))
  const [first = {}, ...others] = request ? [request] : choicesOf(door)
  const answers: [Answered, ...Answered[]] = [await send(door, first)]
  for (const other of others) answers.push(await send(door, other))
  return answers
}

/** What a door must be told that has choices: each of them once. */
function choicesOf(door: Endpoint): DoorRequest[] {
  const { required = [], properties = {} } = (door.query ?? {}) as {
    required?: string[]
    properties?: Record<string, { enum?: string[]; anyOf?: { const?: string }[] }>
  }
  const valuesOf = (name: string) =>
    properties[name]?.enum ?? properties[name]?.anyOf?.flatMap(one => one.const ?? []) ?? []
  const chosen = required.find(name => valuesOf(name).length > 0)
  return chosen === undefined ? [{}] : valuesOf(chosen).map(choice => ({ query: { [chosen]: choice } }))
}

type Known = { readonly id: string; readonly number: string | null; readonly name: string; readonly born: string }
const known = await rowsOf<Known>(
  `select p.person_id as id, n.number, p.full_name as name,
          concat_ws('-', p.birth_y, lpad(p.birth_m::text, 2, '0'), lpad(p.birth_d::text, 2, '0')) as born
   from register.person p left join register.number n on n.person_id = p.person_id`,
)
const byId = new Map(known.map(person => [person.id, person]))
const byNumber = new Map(known.flatMap(person => (person.number ? [[person.number, person] as const] : [])))
const byName = Map.groupBy(known, ({ name }) => name.normalize('NFC').toLowerCase())
const datesOf = (born: string) => [born, born.split('-').reverse().join('/'), born.split('-').reverse().join('.')]

/**
 * The people in an answer: by id, by number, or by name, which a birth date near it tells from namesakes; where none
 * does, any of them will do.
 */
function peopleIn(text: string): Known[][] {
  const found = new Map<string, Known[]>()
  const add = (people: Known[]) => found.set(people.map(({ id }) => id).join(), people)
  for (const [id] of text.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g)) {
    const person = byId.get(id)
    if (person) add([person])
  }
  for (const [digits] of text.matchAll(/(?<!\d)\d{12}(?!\d)/g)) {
    const person = byNumber.get(digits)
    if (person) add([person])
  }
  const lower = text.normalize('NFC').toLowerCase()
  for (const [name, people] of byName)
    for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
      // A longer name that has this one in it is another's.
      const isWhole = /(^|[^\p{L}\p{M} ]|[:,·(] )$/u.test(lower.slice(Math.max(0, at - 2), at))
      if (!isWhole || /^ ?[\p{L}\p{M}]/u.test(lower.slice(at + name.length))) continue
      const near = lower.slice(Math.max(0, at - 300), at + name.length + 300)
      const meant = people.filter(({ born }) => datesOf(born).some(date => near.includes(date)))
      add(meant.length > 0 ? meant : people)
    }
  return [...found.values()]
}

/** Who stands in an answer, and not in the readings of the request, nor in a deed that it did. */
async function untraced({ text, requestId }: Answered, isChange: boolean, since: Date): Promise<string[]> {
  const people = peopleIn(text)
  if (people.length === 0) return []
  const noted = new Set(
    (await rowsOf<{ id: string }>('select person_id as id from audit.access where request_id = $1', [requestId])).map(
      ({ id }) => id,
    ),
  )
  if (isChange)
    for (const { id } of await rowsOf<{ id: string }>('select person_id as id from audit.deed where at >= $1', [since]))
      noted.add(id)
  return people.filter(meant => !meant.some(({ id }) => noted.has(id))).map(([first]) => first?.name ?? '')
}

/** Members of an answer that say who somebody is. */
const personal = /^(personId|personName|fullName|birthDate|givenNumber)$/
function mayShowPeople(schema: TSchema | undefined): boolean {
  const seen = new Set<unknown>()
  const look = (part: unknown): boolean => {
    if (typeof part !== 'object' || part === null || seen.has(part)) return false
    seen.add(part)
    const { properties = {} } = part as { properties?: Record<string, unknown> }
    return Object.keys(properties).some(name => personal.test(name)) || Object.values(part).some(look)
  }
  return look(schema)
}

const mustBeAsked = (name: string, door: Endpoint) =>
  !(name in withoutPeople) &&
  (door.method === 'GET' || name in requests || (door.method !== 'DELETE' && !door.reply) || mayShowPeople(door.reply))

test('each door can be asked: by a line of test/door-requests.ts, or by its path alone', async () => {
  const asked = [...doors].filter(([name, door]) => mustBeAsked(name, door))
  const unknown = [...Object.keys(requests), ...Object.keys(withoutPeople)].filter(name => !doors.has(name))
  assert.deepEqual(unknown, [], 'lines about doors that are gone')
  assert.ok(asked.length > 100, String(asked.length))
})

test('whoever stands in the answer of a door stands in the readings of that request', async () => {
  const wrong: string[] = []
  let people = 0
  for (const [name, door] of doors) {
    if (!mustBeAsked(name, door)) continue
    const since = new Date()
    try {
      for (const answer of await ask(name)) {
        if (answer.status !== 200) {
          wrong.push(`${name} answered ${answer.status}: ${answer.text.slice(0, 200)}`)
          continue
        }
        people += peopleIn(answer.text).length
        const missing = await untraced(answer, door.method !== 'GET', since)
        if (missing.length > 0) wrong.push(`${name} shows ${missing.length} people without a trace`)
      }
    } catch (error) {
      wrong.push(`${name} could not be asked: ${error instanceof Error ? error.message : error}`)
    }
  }
  assert.deepEqual(wrong, [])
  assert.ok(people > 300, `only ${people} people were seen`)
})

test('no page of an officer shows anybody without a trace', async () => {
  const wrong: string[] = []
  const isPage = (path: string) =>
    !path.startsWith('/api/') && !/\/assets\/|\*$/.test(path) && !pagesOfInvented.includes(path)
  for (const path of [...served].filter(isPage).sort()) {
    if (path.includes(':') && !(path in pages)) {
      wrong.push(`test/door-requests.ts does not know the page ${path}`)
      continue
    }
    for (const officer of cast.filter(({ login }) => ['chihuy', 'huyen', 'quantri'].includes(login))) {
      const answer = await inject({ method: 'GET', url: (await pages[path]?.({ one })) ?? path }, officer)
      const missing = await untraced(answer, false, new Date())
      if (missing.length > 0) wrong.push(`${path} shows ${missing.length} people without a trace to ${officer.login}`)
    }
  }
  assert.deepEqual(wrong, [])
})
