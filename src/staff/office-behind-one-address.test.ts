import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { FormBrowser } from '../../test/form-browser.ts'
import { businessDay, openHouse } from '../../test/house.ts'
import { serveStaff } from '../../test/staff-server.ts'
import * as audit from '../audit/audit.ts'
import { countedTokenFor, newToken } from '../platform/http/cookie-tokens.ts'
import { openRequests } from '../platform/http/serve-endpoint.ts'
import { makeServer } from '../platform/http/server.ts'
import {
  databaseTurns,
  laneTurns,
  longestWaitSeconds,
  requestsAMinute,
  wrongPasswordsAMinute,
} from '../platform/limits/law.ts'
import { openTurns } from '../platform/limits/turns.ts'
import { openLog } from '../platform/log.ts'
import { makeOpenWork } from '../platform/work.ts'
import { authenticate } from './authenticate.ts'
import type { OfficerId } from './officer.ts'
import { routes } from './routes.ts'
import { beginSession } from './sign-in.ts'
import * as staff from './staff.ts'
import { withCredentials } from './store-session.ts'

/** The limits of requests in an office whose officers all have one address to the outside. */

const house = await openHouse({ withUnits: true })
const { app: firstApp, origin, signIns } = await serveStaff(house)
after(() => firstApp.close())

/** A page for everybody. */
const stranger = '/language/vi'

const office = '203.0.113.7'
const [someone = assert.fail('nobody')] = signIns
const names = Array.from({ length: 200 }, (_, at) => `office.${at}`)

const officers = await house.work(async work => {
  const { unitId } = await staff.getByLogin(work, someone.login)
  const added = await staff.addOfficers(
    work,
    names.map(login => ({ login, fullName: 'Nguyễn Thị Hoa', unitId })),
  )
  return names.map(login => ({ login, unitId, officerId: added.get(login) as OfficerId }))
})

// All have the post and the password of one of them: to make two hundred hashes takes long.
await house.owner(
  `insert into staff.credential (officer_id, password, must_change, set_at, may_enrol)
   select o.id, c.password, false, c.set_at, true from staff.officer o, staff.credential c
   join staff.officer known on known.id = c.officer_id
   where o.login like 'office.%' and known.login = $1`,
  [someone.login],
)
await house.owner(
  `insert into staff.appointment (id, officer_id, role, unit_id, basis)
   select gen_random_uuid(), o.id, a.role, a.unit_id, 'house' from staff.officer o, staff.appointment a
   join staff.officer known on known.id = a.officer_id
   where o.login like 'office.%' and known.login = $1`,
  [someone.login],
)

/** The server as it is after a start: it remembers nobody. Its requests wait in the lanes of the real one. */
async function aServer() {
  const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
  const { inTurn } = openTurns({ all: databaseTurns.ofRequests, lanes: laneTurns, waitSeconds: longestWaitSeconds })
  const openWork = makeOpenWork(house.database, { beforeCommit: audit.seal, inTurn, businessDay: () => businessDay })
  const doors = { app, origin, openWork: openRequests(openWork, authenticate(openWork)) }
  routes(doors, { openWork, demonstration: () => signIns })
  await app.ready()
  after(() => app.close())
  return app
}
type App = Awaited<ReturnType<typeof aServer>>

const ask = async (app: App, cookies: Record<string, string>, url = '/api/me') =>
  (await app.inject({ url, remoteAddress: office, cookies })).statusCode

/** A stranger asks until the address has no request left in this minute. */
async function flood(app: App, cookies: () => Record<string, string> = () => ({})) {
  for (let sent = 0; sent < requestsAMinute['general-of-network']; sent += 300)
    await Promise.all(Array.from({ length: 300 }, () => ask(app, cookies(), stranger)))
  return ask(app, cookies(), stranger)
}

const countOf = (statuses: readonly number[], status: number) => statuses.filter(one => one === status).length

test('two hundred officers of one address work on while a stranger there is stopped', async () => {
  const app = await aServer()
  const sessions = await house.work(work =>
    withCredentials(work, async () => {
      const tokens: { officerId: OfficerId; token: string }[] = []
      for (const officer of officers) {
        const from = { device: newToken(), address: office, browser: 'test' }
        const token = await beginSession(work, officer, [], { factor: 'passkey', from, elsewhere: false })
        tokens.push({ officerId: officer.officerId, token })
      }
      return tokens
    }),
  )
  assert.equal(await flood(app), 429)
  // Browsers in which somebody has signed in before; the questions of a page at once.
  const statuses = await Promise.all(
    sessions.flatMap(({ officerId, token }) => {
      const cookies = { 'dinhdanh-session': token, 'dinhdanh-counted': countedTokenFor(`officer ${officerId}`) }
      return Array.from({ length: 3 }, () => ask(app, cookies))
    }),
  )
  assert.deepEqual([countOf(statuses, 200), statuses.length], [600, 600])
  assert.equal(await ask(app, {}, stranger), 429, 'the stranger still waits')

  const [{ officerId } = assert.fail('nobody')] = sessions
  const token = countedTokenFor(`officer ${officerId}`)
  const forged = [newToken(), `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`, token.slice(1)]
  // The same 32 bytes, written with the two bits set that their last sign leaves over.
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = signs.indexOf(token.slice(-1))
  const written = [1, 2, 3].map(bits => `${token.slice(0, -1)}${signs[last + bits]}`)
  for (const one of [...forged, ...written])
    assert.equal(await ask(app, { 'dinhdanh-counted': one }, stranger), 429, one)
  const own = Array.from({ length: requestsAMinute.general }, () => ask(app, { 'dinhdanh-counted': token }, stranger))
  assert.ok(countOf(await Promise.all(own), 429) > 0, 'one who has signed in gets no more than one')
})

test('a thousand invented sessions and browsers are one stranger, who is told when to come again', async () => {
  const app = await aServer()
  const invented = () => ({ 'dinhdanh-session': newToken(), 'dinhdanh-counted': randomBytes(32).toString('base64url') })
  assert.equal(await flood(app, invented), 429)
  const { headers, body } = await app.inject({ url: stranger, remoteAddress: office })
  const seconds = Number(headers['retry-after'])
  assert.ok(seconds >= 1 && seconds <= 60, String(seconds))
  const problem = JSON.parse(body) as { title: string; seconds: number }
  assert.deepEqual([problem.title.endsWith(`come again in ${seconds} s`), problem.seconds], [true, seconds])
})

test('seventy officers of one address sign in at once, and a password tried on all logins is stopped', async () => {
  const [{ password } = assert.fail('nobody')] = signIns
  const app = await aServer()
  const signIn = async (login: string, typed: string, address = office) => {
    const answer = await new FormBrowser(() => app, address).fill('/sign-in', { login, password: typed })
    return answer.statusCode
  }
  const signedIn = await Promise.all(names.slice(0, 70).map(login => signIn(login, password)))
  assert.deepEqual([...new Set(signedIn)], [303])

  const other = '198.51.100.9'
  const sprayed = await Promise.all(names.slice(0, 70).map(login => signIn(login, 'một mật khẩu sai', other)))
  assert.ok(countOf(sprayed, 403) <= wrongPasswordsAMinute, `${countOf(sprayed, 403)} were looked at`)
  assert.equal(await signIn(names[150] ?? '', password, other), 429, 'a right one is not told either')
  assert.equal(await signIn(names[151] ?? '', password), 303, 'other addresses sign in')
})

test('behind a trusted proxy addresses are told apart, and what others say of theirs counts for nothing', async () => {
  const askAs = async (app: App, forwarded: string) =>
    (await app.inject({ url: '/problems/house-busy', headers: { 'x-forwarded-for': forwarded } })).statusCode
  const options = { log: openLog('silent'), origin, perMinute: 1 }
  const behind = await makeServer({ ...options, trustProxy: '127.0.0.1' })
  after(() => behind.close())
  const statuses = [await askAs(behind, '203.0.113.1'), await askAs(behind, '203.0.113.1'), await askAs(behind, office)]
  assert.deepEqual(statuses, [200, 429, 200])
  const open = await makeServer({ ...options, trustProxy: false })
  after(() => open.close())
  assert.deepEqual([await askAs(open, '203.0.113.1'), await askAs(open, office)], [200, 429])
})
