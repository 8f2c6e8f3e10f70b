// A demonstration house over real HTTP, in a process of its own, which watches its own event loop, memory and
// rejections. FUZZ_FOLDER: its data folder, which may hold a demonstration; DATABASE_URL: a database, else it starts
// its own PostgreSQL.
import { subscribe } from 'node:diagnostics_channel'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type CryptoKey, exportJWK } from 'jose'
import * as client from 'openid-client'
import { Client } from 'pg'
import { demonstrationCitizens, demonstrationSignIns, makeApp } from '../../../src/app.ts'
import { makeDemonstration } from '../../../src/demonstration/demonstration.ts'
import { crontab, jobs } from '../../../src/jobs.ts'
import { openHouse } from '../../../src/open-house.ts'
import type { Endpoint } from '../../../src/platform/endpoint.ts'
import { type Id, newId } from '../../../src/platform/ids.ts'
import { runJobs } from '../../../src/platform/jobs/run-jobs.ts'
import { knownProblems } from '../../../src/platform/problem.ts'
import * as citizenSessions from '../../../src/signin/sessions/sessions.ts'
import { inSignInScope } from '../../../src/signin/sign-in-scope.ts'
import { rightsOf } from '../../../src/staff/role.ts'
import { aClient } from '../../a-client.ts'
import { idsFor } from '../../door-requests.ts'
import { demonstratedSession } from '../../officer-factor.ts'
import type { Caller, FromServed, FuzzedRoute, PartyToFuzz, Stretch, ToServed } from './served.ts'

const tell = (message: FromServed) => process.send?.(message)

const rejections: string[] = []
process.on('unhandledRejection', error => {
  rejections.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
})

const folder = process.env['FUZZ_FOLDER'] ?? ''
const port = await new Promise<number>(done => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
  })
})
const people = Number(process.env['FUZZ_PEOPLE'] ?? 300)
const house = await openHouse({
  folder,
  purpose: 'server',
  said: { people, port, trustProxy: '127.0.0.1', logLevel: 'info' },
})
if (house.record()['demonstration'] !== 'made') await makeDemonstration(house, () => undefined)

const owner = new Client({ connectionString: house.database.url })
owner.on('error', () => undefined)
await owner.connect()
const columnOf = async (text: string): Promise<string[]> =>
  (await owner.query({ text, rowMode: 'array' })).rows.map(([first]) => String(first))

for (const [name, files] of [
  ['console', ['index.html']],
  ['station', ['index.html', 'manifest.webmanifest', 'sign.svg', 'icon-192.png', 'icon-512.png', 'sw.js', 'release']],
] as const) {
  await mkdir(join(folder, 'dist', name, 'assets'), { recursive: true })
  for (const file of files) await writeFile(join(folder, 'dist', name, file), '')
}
await writeFile(join(folder, 'dist/console/pages.json'), JSON.stringify({ texts: '', pages: [] }))

const routes: FuzzedRoute[] = []
subscribe('fastify.initialization', message => {
  const { fastify } = message as { readonly fastify: FastifyInstance }
  fastify.addHook('onRoute', ({ method, url, schema, config }) => {
    const { door } = (config ?? {}) as { readonly door?: Endpoint }
    const { consumes } = (schema ?? {}) as { readonly consumes?: readonly string[] }
    for (const one of [method].flat())
      if (one !== 'HEAD' && one !== 'OPTIONS')
        routes.push({
          method: one,
          url,
          ...(door && { right: door.right }),
          ...(door?.upload && { takesFile: true }),
          ...(consumes && { consumes }),
          ...(door?.params && { params: door.params }),
          ...(door?.query && { query: door.query }),
          ...(door?.body && { body: door.body }),
          ...(door?.reply && { reply: door.reply }),
        })
  })
})
const app = await makeApp(house, { dist: join(folder, 'dist') })

/** Requests that are under way or were answered in this turn of the event loop, by what the asker calls them. */
const underWay = new Set<string>()
app.addHook('onRequest', async (request, reply) => {
  const name = String(request.headers['x-fuzz'] ?? request.url.slice(0, 200))
  underWay.add(name)
  reply.raw.once('close', () => setTimeout(() => underWay.delete(name), 20))
})
app.compileSchemas()
await app.listen({ port, host: '127.0.0.1' })
const runner = await runJobs(house.database.url, jobs(house), { log: house.log, crontab })

/** Milliseconds that nobody may be kept waiting. */
const longestTurn = Number(process.env['FUZZ_LONGEST_TURN'] ?? 200)
/** Processor time, since on a busy machine other programs take turns too. */
const stretches: Stretch[] = []
const spent = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
let before = spent()
function look() {
  const now = spent()
  if (now - before > longestTurn) stretches.push({ milliseconds: Math.round(now - before), requests: [...underWay] })
  before = now
}

async function officers(): Promise<Caller[]> {
  const signIns = demonstrationSignIns(house) ?? []
  const found = await Promise.all(
    signIns.map(async ({ login, password, role }) => {
      const token = await demonstratedSession(house, { login, password, signIns })
      return token ? [{ name: login, headers: { cookie: `dinhdanh-session=${token}` }, rights: rightsOf(role) }] : []
    }),
  )
  return found.flat()
}

/** Some whose account is in use, and whoever the demonstration names. */
async function citizens(): Promise<Caller[]> {
  const named = (demonstrationCitizens(house) ?? []).map(({ personId }) => personId as string)
  const { rows: holders } = await owner.query<{ personId: Id<'person'>; accountId: Id<'account'> }>(
    `(select person_id as "personId", id as "accountId" from accounts.account where state = 'activated'
        order by level desc, id limit 4)
      union select person_id, id from accounts.account where person_id = any($1) and state <> 'cancelled'`,
    [named],
  )
  const found: Caller[] = []
  for (const [at, holder] of holders.entries()) {
    const { token } = await inSignInScope(house.openWork, newId<'request'>(), work =>
      citizenSessions.beginSession(work, { ...holder, factors: ['passcode', 'totp'], browser: 'fuzz' }),
    )
    found.push({ name: `citizen ${at + 1}`, headers: { cookie: `dinhdanh-citizen=${token}` }, rights: [] })
  }
  return found
}

const rows = { owner: async (text: string, values?: unknown[]) => (await owner.query(text, values)).rows as never }
/** Whom a party says that it was registered and decided by must be officers that there are. */
async function nameOfficersOfParties(): Promise<void> {
  await owner.query(`update parties.party set registered_by_id = o.id, decided_by_id = p.id from staff.officer o,
    staff.officer p where registered_by_id = 'x' and o.login = 'quantri' and p.login = 'chihuy'`)
  await owner.query(`update parties.version set made_by_id = o.id, submitted_by_id = o.id, decided_by_id = p.id
    from staff.officer o, staff.officer p where made_by_id = 'x' and o.login = 'quantri' and p.login = 'chihuy'`)
}

/** Parties that people sign in at: one by FAPI 2.0, one without. */
async function signingInParties(): Promise<PartyToFuzz[]> {
  const made: PartyToFuzz[] = []
  for (const isFapi of [true, false]) {
    const { clientId, redirectUri, key } = await aClient(rows, { fapi: isFapi, scopes: ['profile'], optional: [] })
    made.push({ isFapi, clientId, redirectUri, jwk: { ...(await exportJWK(key)), alg: 'ES256' } })
  }
  await nameOfficersOfParties()
  return made
}

/** A client of a party, approved once; its token is asked for again and again. */
let registered: { readonly clientId: string; readonly key: CryptoKey } | undefined
async function parties(): Promise<Caller[]> {
  if (!registered) {
    registered = await aClient(rows, { grants: ['client_credentials'], scopes: ['verification'], optional: [] })
    await nameOfficersOfParties()
  }
  const { clientId, key } = registered
  const config = await client.discovery(
    new URL(`${house.origin}/oidc`),
    clientId,
    { id_token_signed_response_alg: 'ES256' },
    client.PrivateKeyJwt({ key, kid: 'one' }),
    { execute: [client.allowInsecureRequests] },
  )
  const { access_token } = await client.clientCredentialsGrant(config, {
    scope: 'verification',
    resource: `${house.origin}/api`,
  })
  return [{ name: 'party', headers: { authorization: `Bearer ${access_token}` }, rights: ['verification'] }]
}

/** Whoever can be signed in: what was sent may have locked an account, or suspended a client. */
async function callers(): Promise<Caller[]> {
  const found = await Promise.allSettled([officers(), citizens(), parties()])
  return found.flatMap(one => (one.status === 'fulfilled' ? one.value : []))
}

let failedBefore = new Set<string>()
/** What failed is told once, however often it is tried. */
async function failedJobs(): Promise<string[]> {
  const failed = await columnOf(`select t.identifier || ' ' || j.id || ': ' || j.last_error
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.last_error is not null`)
  const fresh = failed.filter(one => !failedBefore.has(one))
  failedBefore = new Set(failed)
  return fresh
}

/** Some ids of each kind, of whatever unit. */
async function idsThere(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const [path, text] of Object.entries(idsFor)) found[path] = await columnOf(text.replace(/limit 1$/, 'limit 12'))
  for (const [kind, table] of Object.entries({
    person: 'register.person',
    unit: 'units.unit',
    school: 'units.school',
    officer: 'staff.officer',
    appointment: 'staff.appointment',
    card: 'cards.card',
    account: 'accounts.account',
    roll: 'rolls.roll',
    site: 'planning.site',
    session: 'planning.session',
    campaign: 'campaign.campaign',
    party: 'parties.party',
  })) {
    const column = kind === 'person' ? 'person_id' : kind === 'roll' ? 'roll_id' : 'id'
    found[kind] = await columnOf(`select ${column} from ${table} order by random() limit 20`).catch(() =>
      columnOf(`select id from ${table} order by random() limit 20`).catch(() => []),
    )
  }
  return found
}

process.on('message', async ({ what }: ToServed) => {
  if (what === 'measure') {
    look()
    const { gc } = globalThis as { gc?: () => void }
    gc?.()
    before = spent()
    tell({
      what: 'measured',
      measured: {
        heapMegabytes: process.memoryUsage().heapUsed / 2 ** 20,
        stretches: stretches.splice(0),
        rejections: rejections.splice(0),
        failedJobs: await failedJobs(),
      },
    })
  }
  if (what === 'sign-in') tell({ what: 'callers', callers: await callers() })
  if (what === 'left-open')
    tell({
      what: 'left-open',
      transactions: await columnOf(
        `select query from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
      ),
    })
  if (what === 'stop') {
    app.server.closeAllConnections()
    await Promise.allSettled([app.close(), runner.stop(), owner.end()])
    await house.close().finally(() => process.exit(0))
  }
})

tell({
  what: 'ready',
  served: {
    port,
    routes,
    callers: await callers(),
    ids: await idsThere(),
    numbers: await columnOf('select number from register.number order by number'),
    names: await columnOf('select distinct full_name from register.person'),
    problemCodes: [...knownProblems().keys(), 'too-many-requests', 'house-busy'],
    parties: await signingInParties(),
  },
})
before = spent()
setInterval(look, 1)
