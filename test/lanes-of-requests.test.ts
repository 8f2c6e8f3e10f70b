import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { SignJWT } from 'jose'
import { Client } from 'pg'
import { newId } from '../src/platform/ids.ts'
import { asSystem } from '../src/platform/work.ts'
import * as sessions from '../src/signin/sessions/sessions.ts'
import { inSignInScope } from '../src/signin/sign-in-scope.ts'
import * as staff from '../src/staff/staff.ts'
import * as units from '../src/units/units.ts'
import { aClient, type Registered } from './a-client.ts'
import { anActivatedAccount } from './an-account.ts'
import { FormBrowser } from './form-browser.ts'
import { businessDay, type TestHouse } from './house.ts'
import { signInByForm } from './officer-factor.ts'
import { serveWholeHouse } from './served-routes.ts'

/**
 * Many who ask at one door, while the database keeps them waiting. Tried by who is answered before whom: a lock lets
 * nobody of them through until the others were answered.
 */

const port = await new Promise<number>(resolve => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
  })
})
const origin = `http://localhost:${port}`
const { app, house } = await serveWholeHouse({ DINHDANH_ORIGIN: origin })
before(() => app.listen({ port, host: '127.0.0.1' }))
await house.remember({ businessDay })

const owner = new Client({ connectionString: house.database.url })
owner.on('error', () => undefined)
await owner.connect()
after(() => owner.end())
const arranging = {
  openWork: house.openWork,
  work: verb => house.openWork(asSystem('test'), verb),
  owner: async <Row>(text: string, values?: unknown[]) => (await owner.query(text, values)).rows as Row[],
} as TestHouse

/** Locks a table until `release` is called: whoever reads it waits, and keeps what they hold. */
async function lockTable(table: string) {
  const holder = new Client({ connectionString: house.database.url })
  await holder.connect()
  await holder.query(`begin; lock table ${table} in access exclusive mode`)
  held.add(holder)
  return { release: () => letGo(holder) }
}

/** What a test that failed holds still would keep the next ones waiting. */
const held = new Set<Client>()
const letGo = async (holder: Client) => {
  if (held.delete(holder)) await holder.end()
}
afterEach(async () => {
  for (const holder of held) await letGo(holder)
})

/** Waits until no more statements come to wait for a lock than do. */
async function untilTheyWait() {
  for (let [count, same] = [0, 0]; same < 5; ) {
    const { rows } = await owner.query<{ n: number }>('select count(*)::int as n from pg_locks where not granted')
    const found = rows[0]?.n ?? 0
    same = found > 0 && found === count ? same + 1 : 0
    count = found
    await setTimeout(30)
  }
}

/** Long enough for an answer on a busy machine; a caller who waits for the lock is told apart by the order alone. */
const patience = 6_000

/** Lets the lock go once those who must not wait for it were answered, or after a while; gives who came when. */
async function answeredFirst(
  order: readonly string[],
  { release }: { release(): Promise<void> },
  others: readonly Promise<unknown>[],
): Promise<readonly string[]> {
  await Promise.race([Promise.all(others), setTimeout(patience, undefined, { ref: false })])
  const told = [...order]
  await release()
  await Promise.all(others)
  return told
}

let officers = 0
/** A browser in which an officer is signed in. */
async function anOfficersBrowser(role: staff.Role = 'administrator') {
  officers += 1
  const login = `lan.${officers}`
  const password = `mật khẩu riêng số ${officers}`
  await arranging.work(async work => {
    const unit = (await units.unitsOn(work, work.today)).find(({ code }) => code === '22') ?? assert.fail('no province')
    const { officer } = await staff.addOfficer(work, {
      login,
      fullName: `Cán Bộ ${officers}`,
      unitId: unit.id,
      own: { password },
    })
    await staff.appoint(work, { officerId: officer.id, role, unitId: unit.id })
  })
  const browser = new FormBrowser(() => app)
  const signIn = () => signInByForm(browser, { login, password, origin })
  const open = () => browser.get('/sign-in')
  const send = (page: { body: string }) => browser.send('/sign-in', page, { login, password })
  return { browser, signIn, open, send }
}

/** A browser that the account does not know: after number and passcode a code is asked for. */
async function aCitizensBrowser() {
  const citizen = await anActivatedAccount(arranging)
  const browser = new FormBrowser(() => app)
  const signIn = () =>
    browser.fill('/account/sign-in', { step: 'passcode', number: citizen.number, passcode: citizen.passcode })
  const open = () => browser.get('/account/sign-in')
  const send = (page: { body: string }) =>
    browser.send('/account/sign-in', page, { step: 'passcode', number: citizen.number, passcode: citizen.passcode })
  return { signIn, open, send }
}
/** The same, where they are signed in. */
async function anOwnPagesBrowser() {
  const citizen = await anActivatedAccount(arranging)
  const browser = new FormBrowser(() => app)
  const { token } = await inSignInScope(house.openWork, newId<'request'>(), work =>
    sessions.beginSession(work, { ...citizen, factors: ['passcode'], browser: 'test' }),
  )
  browser.cookies.set('dinhdanh-citizen', token)
  await browser.get('/citizen/')
  return browser
}

const addressOf = (at: number) => `10.1.${at >> 8}.${at & 255}`
const receipt = `/receipt/${'a'.repeat(22)}`

test('64 addresses at an open door keep no officer, no citizen, no sign-in and no /health waiting', async () => {
  const working = await anOfficersBrowser()
  await working.signIn()
  const arriving = await anOfficersBrowser()
  const own = await anOwnPagesBrowser()
  const entering = await aCitizensBrowser()
  const lock = await lockTable('enrolment.receipt_lookup')
  const order: string[] = []
  const tell = (who: string) => () => void order.push(who)
  const flood = Array.from({ length: 64 }, (_, at) =>
    app.inject({ url: receipt, remoteAddress: addressOf(at) }).then(tell('stranger')),
  )
  await untilTheyWait()
  const others = [
    working.browser.call('GET', '/me').then(({ statusCode }) => tell(`officer ${statusCode}`)()),
    arriving.signIn().then(({ statusCode }) => tell(`officer’s sign-in ${statusCode}`)()),
    own.get('/citizen/').then(({ statusCode }) => tell(`citizen ${statusCode}`)()),
    entering.signIn().then(({ statusCode }) => tell(`citizen’s sign-in ${statusCode}`)()),
    app.inject('/health/ready').then(({ statusCode }) => tell(`health ${statusCode}`)()),
  ]
  const first = await answeredFirst(order, lock, others)
  await Promise.all(flood)
  assert.deepEqual([...first].sort(), [
    'citizen 200',
    'citizen’s sign-in 200',
    'health 200',
    'officer 200',
    'officer’s sign-in 303',
  ])
})

test('one address with 200 requests waits behind itself: another address has its turn', async () => {
  const lock = await lockTable('staff.device_officer')
  const order: string[] = []
  const ask = (remoteAddress: string, who: string) =>
    app.inject({ url: '/sign-in', remoteAddress }).then(({ statusCode }) => order.push(`${who} ${statusCode}`))
  const flood = Array.from({ length: 200 }, () => ask('10.2.0.1', 'many'))
  await untilTheyWait()
  const one = ask('10.2.0.2', 'one')
  await setTimeout(100)
  await lock.release()
  await Promise.all([...flood, one])
  assert.deepEqual(
    order.filter(who => who !== 'many 200'),
    ['one 200'],
  )
  assert.ok(order.indexOf('one 200') < 8, `answered as number ${order.indexOf('one 200') + 1}`)
})

test('an officer with 64 requests at once keeps none behind the same address waiting', async () => {
  const [many, one] = [await anOfficersBrowser(), await anOfficersBrowser()]
  await many.signIn()
  await one.signIn()
  for (const { browser } of [many, one]) await browser.call('GET', '/parties')
  const lock = await lockTable('parties.party')
  const order: string[] = []
  const flood = Array.from({ length: 64 }, () =>
    many.browser.call('GET', '/parties').then(() => void order.push('many')),
  )
  await untilTheyWait()
  const others = [one.browser.call('GET', '/me').then(({ statusCode }) => void order.push(`one ${statusCode}`))]
  const first = await answeredFirst(order, lock, others)
  await Promise.all(flood)
  assert.deepEqual(first, ['one 200'])
})

const assertionOf = ({ clientId, key }: Registered) =>
  new SignJWT({ jti: newId() })
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(`${origin}/oidc`)
    .setIssuedAt()
    .setExpirationTime('2m')
    .sign(key)

/** Asks for a token by the grant of software; gives the status. */
async function askToken(client: Registered): Promise<number> {
  const answer = await fetch(`${origin}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'verification',
      resource: `${origin}/api`,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertionOf(client),
    }),
  })
  await answer.text()
  return answer.status
}

test('64 token requests of a sandbox client keep no live party and no citizen’s sign-in waiting', async () => {
  const wish = { grants: ['client_credentials'], scopes: ['verification'], optional: [] }
  const sandbox = await aClient(arranging, { ...wish, sandbox: true })
  const live = await aClient(arranging, wish)
  assert.deepEqual([await askToken(sandbox), await askToken(live)], [200, 200])
  const entering = await aCitizensBrowser()
  // What is written for the sandbox client waits until the gate opens.
  await owner.query(`
    create function signin.wait_at_gate() returns trigger language plpgsql as $$
      begin
        if new.payload ->> 'clientId' = '${sandbox.clientId}' then perform pg_advisory_xact_lock(4711); end if;
        return new;
      end $$;
    create trigger gate before insert on signin.artifact for each row execute function signin.wait_at_gate()`)
  const holder = new Client({ connectionString: house.database.url })
  await holder.connect()
  await holder.query('select pg_advisory_lock(4711)')
  held.add(holder)
  const order: string[] = []
  const flood = Array.from({ length: 64 }, () => askToken(sandbox).then(() => void order.push('sandbox')))
  await untilTheyWait()
  const others = [
    ...Array.from({ length: 3 }, () => askToken(live).then(status => void order.push(`live ${status}`))),
    entering.signIn().then(({ statusCode }) => void order.push(`citizen’s sign-in ${statusCode}`)),
  ]
  const first = await answeredFirst(order, { release: () => letGo(holder) }, others)
  await Promise.all(flood)
  await owner.query('drop trigger gate on signin.artifact')
  assert.deepEqual([...first].sort(), ['citizen’s sign-in 200', 'live 200', 'live 200', 'live 200'])
})

test('sign-ins from one address that fill the line for passwords keep nobody elsewhere from signing in', async () => {
  const officer = await anOfficersBrowser()
  const entering = await aCitizensBrowser()
  // Every page that is needed, so that nothing but the passwords waits.
  const [officersPage, citizensPage] = [await officer.open(), await entering.open()]
  const flood = Array.from({ length: 58 }, async (_, at) => {
    const browser = new FormBrowser(() => app, '10.3.0.1')
    const page = await browser.get('/sign-in')
    return async () => (await browser.send('/sign-in', page, { login: `ai.${at}`, password: 'x' })).statusCode
  })
  const guesses = await Promise.all(flood)
  const guessed = guesses.map(guess => guess())
  await setTimeout(150)
  const signedIn = await Promise.all([officer.send(officersPage), entering.send(citizensPage)])
  assert.deepEqual(
    signedIn.map(({ statusCode }) => statusCode),
    [303, 200],
  )
  await Promise.all(guessed)
})

test('a table that stays locked keeps its own pages waiting, which are told, and no others', async () => {
  const browsers = await Promise.all(Array.from({ length: 4 }, () => anOfficersBrowser()))
  for (const { signIn } of browsers) await signIn()
  const { release } = await lockTable('campaign.campaign')
  const order: string[] = []
  // Each asks for what needs the table more often than one may have turns.
  const stuck = browsers.flatMap(({ browser }) =>
    Array.from({ length: 4 }, async () => {
      const answer = await browser.get('/api/campaigns')
      order.push('stuck')
      return answer
    }),
  )
  await untilTheyWait()
  for (const { browser } of browsers) {
    assert.equal((await browser.get('/api/officers')).statusCode, 200)
    order.push('free')
  }
  const [first] = await Promise.all([stuck[0]])
  assert.deepEqual([first?.statusCode, first?.headers['retry-after']], [503, '5'])
  await release()
  await Promise.all(stuck)
  assert.deepEqual(order.slice(0, 5), ['free', 'free', 'free', 'free', 'stuck'])
})
