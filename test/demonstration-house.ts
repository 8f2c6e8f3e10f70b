import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { globSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { FastifyInstance, FastifySchema, InjectOptions } from 'fastify'
import { Client } from 'pg'
import { makeApp } from '../src/app.ts'
import { anyone, type Endpoint, signedIn } from '../src/platform/endpoint.ts'
import { hashToken } from '../src/platform/http/cookie-tokens.ts'
import { asId, newId } from '../src/platform/ids.ts'
import { asSystem } from '../src/platform/work.ts'
import { mayDo, type Role } from '../src/staff/role.ts'
import { unitsOfPost } from '../src/staff/session.ts'
import { keepLiveSession } from '../src/staff/session-cache.ts'
import type { SessionRow } from '../src/staff/store-session.ts'
import * as sessions from '../src/staff/store-session.ts'
import { copyDemonstration, people } from './demonstration-copy.ts'
import { type DoorRequest, idsFor, requests } from './door-requests.ts'
import { textOf } from './recording/normal.ts'
import { openDemonstrationHouse } from './settled-demonstration.ts'

/**
 * A demonstration with every route, for tests of all doors: the doors of the contracts, the pages, each officer in a
 * session, and how a door is asked for something that is there. What a new door lacks fails with what to add.
 */

/** A route of the server; `door` where it serves an endpoint. */
export type RouteOfServer = {
  readonly method: string
  readonly url: string
  readonly door: Endpoint | undefined
  readonly schema: FastifySchema
}

export type Cast = { readonly login: string; readonly token: string; readonly session: SessionRow }

export type Answered = {
  readonly status: number
  readonly text: string
  readonly requestId: string
  readonly type: string
}

const root = join(import.meta.dirname, '..')
const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value && 'right' in value

/** Opens one for a test file; it is closed after it. `also` adds routes. */
export async function openDemonstration({ also }: { readonly also?: (app: FastifyInstance) => void } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-traces-'))
  // What the server writes meanwhile may lie in it again.
  after(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))

  const doors = new Map<string, Endpoint>()
  for (const file of globSync('src/**/contract*.ts', { cwd: root }).sort())
    for (const value of Object.values((await import(join(root, file))) as Record<string, unknown>))
      if (isEndpoint(value)) doors.set(`${value.method} ${value.path}`, value)

  const routes: RouteOfServer[] = []
  /** The pages of the application: what it serves besides the API. */
  const pagesServed = new Set<string>()
  const keepRoutes = (message: unknown) => {
    const { fastify } = message as { readonly fastify: FastifyInstance }
    fastify.addHook('onRoute', ({ method, url, config, schema = {} }) => {
      const { door } = (config ?? {}) as { readonly door?: Endpoint }
      for (const one of [method].flat()) {
        routes.push({ method: one, url, door, schema })
        if (one === 'GET') pagesServed.add(url)
      }
    })
  }
  subscribe('fastify.initialization', keepRoutes)

  const data = join(folder, 'data')
  const house = await openDemonstrationHouse(data, { url: await copyDemonstration(data), people })
  after(() => house.close())

  const owner = new Client({ connectionString: house.database.url })
  owner.on('error', () => undefined)
  await owner.connect()
  after(() => owner.end())
  const rowsOf = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await owner.query(text, values)).rows as Row[]

  for (const [name, files] of [
    ['console', ['index.html']],
    ['station', ['index.html', 'manifest.webmanifest', 'sign.svg', 'icon-192.png', 'icon-512.png', 'sw.js', 'release']],
  ] as const) {
    await mkdir(join(folder, 'dist', name, 'assets'), { recursive: true })
    for (const file of files) await writeFile(join(folder, 'dist', name, file), '')
  }
  await writeFile(join(folder, 'dist/console/pages.json'), JSON.stringify({ texts: '', pages: [] }))
  const app = await makeApp(house, { dist: join(folder, 'dist') })
  after(() => app.close())
  unsubscribe('fastify.initialization', keepRoutes)
  also?.(app)

  /** The demonstration's officers, each in a session: how they come by it is told elsewhere. */
  async function sessionsOfAll(): Promise<Cast[]> {
    const found = await rowsOf<{
      id: string
      login: string
      appointment: string
      role: Role
      unit: string
      school: string | null
    }>(
      `select o.id, o.login, a.id as appointment, a.role, a.unit_id as unit,
         a.school_id as school
       from staff.officer o join staff.appointment a on a.officer_id = o.id order by o.login`,
    )
    return Promise.all(
      found.map(async ({ id, login, appointment, role, unit, school }) => {
        const post = { role, unitId: unit, ...(school && { schoolId: school }) } as Parameters<typeof unitsOfPost>[1]
        const token = hashToken(login).toString('base64url')
        const inAnHour = new Date(Date.now() + 3_600_000)
        const session = await house.openWork(asSystem('test'), work =>
          sessions.withCredentials(work, async () => {
            await sessions.addSession(work, {
              ...{ id: newId<'session'>(), tokenHash: hashToken(token), officerId: asId(id) },
              ...{ appointmentId: asId(appointment), standInId: undefined, scope: await unitsOfPost(work, post) },
              ...{ deviceHash: Buffer.alloc(32), browser: 'test', factor: 'passkey', endsAt: inAnHour },
            })
            return sessions.sessionByToken(work, hashToken(token))
          }),
        )
        assert.ok(session, `${login} has a password, and no session`)
        return { login, token, session: { ...session, freshUntil: inAnHour } }
      }),
    )
  }
  const cast = await sessionsOfAll()

  /** The first who may, the one who sees most before the others. */
  const preferred = [
    'chihuy',
    'huyen',
    'pheduyet',
    'phuong',
    'trungtamthe',
    'sogiaoduc',
    'giaoduc',
    'kiemtra',
    'quantri',
    'nhatruong',
    'chunhiem',
    'tocongnghe',
  ]
  function whoMay(right: string, login?: string): Cast {
    const may = ({ session: { role } }: Cast) =>
      right === signedIn || right === anyone || (role !== null && mayDo(role, right))
    const wanted = login === undefined ? preferred : [login]
    const found = wanted.flatMap(one => cast.find(officer => officer.login === one && may(officer)) ?? [])[0]
    assert.ok(found, `nobody of ${wanted} has the right ${right}`)
    return found
  }

  let askers = 0
  /** Each request comes from an address of its own, so that none is refused for being one of many. */
  const anAddress = () => {
    askers += 1
    return `10.${(askers >> 16) & 255}.${(askers >> 8) & 255}.${askers & 255}`
  }

  /** In what state sessions stand that a door had ended or changed, and that were made to live again. */
  const standings = new Map<string, string>()
  async function revive({ id, appointmentId }: SessionRow): Promise<void> {
    const live = 'ended_at = null, appointment_id = $2, stand_in_id = null'
    await rowsOf(`update staff.session set ${live} where id = $1`, [id, appointmentId])
    const [row] = await rowsOf<{ standing: string }>('select staff.session_standing($1) as standing', [id])
    standings.set(id, row?.standing ?? '')
  }

  async function inject(options: InjectOptions, { token, session }: Cast): Promise<Answered> {
    const ask = () => {
      const standing = standings.get(session.id) ?? session.standing
      keepLiveSession(hashToken(token).toString('base64url'), { ...session, standing })
      return app.inject({ remoteAddress: anAddress(), ...options, cookies: { 'dinhdanh-session': token } })
    }
    let reply = await ask()
    // Doors are asked in any order: one of them ends the very session by which the next is asked.
    if (/\/problems\/sign-in-(needed|changed)"/.test(reply.body)) {
      await revive(session)
      reply = await ask()
    }
    const type = String(reply.headers['content-type'] ?? '')
    const text = /spreadsheetml/.test(type)
      ? await textOf(reply.rawPayload, '.xlsx')
      : /pdf/.test(type)
        ? await textOf(reply.rawPayload, '.pdf')
        : reply.body
    return { status: reply.statusCode, text, requestId: String(reply.headers['x-request-id']), type }
  }

  const multipart = (
    fields: Readonly<Record<string, unknown>>,
    { name, content }: NonNullable<DoorRequest['file']>,
  ) => {
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
      [...door.path.matchAll(/:(\w+)/g)].map(async ([all, name = '']) => {
        const given = request.params?.[name]
        if (given !== undefined) return given
        const upTo = door.path.slice(0, door.path.indexOf(all) + all.length)
        const known = idsFor[upTo]
        assert.ok(known, `say in test/door-requests.ts what ${upTo} stands for: in idsFor, or by a request of the door`)
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

  /** The tables with rows that were written since a transaction. */
  async function tablesWrittenSince(transaction: string): Promise<string[]> {
    const tables = await rowsOf<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and not c.relispartition
         and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'graphile_worker') order by 1`,
    )
    const written = await rowsOf<{ name: string }>(
      tables
        .map(
          ({ name }) => `(select '${name}' as name from ${name} where age(xmin) <= age('${transaction}'::xid) limit 1)`,
        )
        .join(' union all '),
    )
    return written.map(({ name }) => name)
  }
  const currentTransaction = () => one('select pg_current_xact_id()::xid::text')

  const getDoor = (name: string): Endpoint => doors.get(name) ?? assert.fail(`there is no door ${name}`)

  /** How a door is asked for something that is there: by its line, or by its path alone, with each of its choices. */
  async function requestsFor(name: string): Promise<readonly [DoorRequest, ...DoorRequest[]]> {
    const arranging = {
      one,
      ask: async (other: string, more?: DoorRequest) => {
        const [answer] = await ask(other, more)
        assert.equal(answer.status, 200, `${other} answered ${answer.text.slice(0, 300)}`)
        return JSON.parse(answer.text)
      },
    }
    const request = await requests[name]?.(arranging)
    const [first = {}, ...others] = request ? [request] : choicesOf(getDoor(name))
    return [first, ...others]
  }

  /** Asks a door, once for each of its choices. */
  async function ask(name: string, given?: DoorRequest): Promise<readonly [Answered, ...Answered[]]> {
    const door = getDoor(name)
    const [first, ...others] = given ? [given] : await requestsFor(name)
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

  return {
    ...{ house, app, anAddress, doors, pagesServed, routes, cast, rowsOf, one, inject, send, ask, requestsFor, whoMay },
    ...{ tablesWrittenSince, currentTransaction },
  }
}
