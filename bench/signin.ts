// Sign-ins with a live session and a consent that stands (authorize, code, token, userinfo), client-credential grants
// and refresh grants a second, beside oidc-provider alone with its adapter in memory: the same client, keys and
// algorithms, in turns within one run. The house has PostgreSQL that syncs, deeds, visits, quotas, recorder. Beside the
// rates it tells what of the processor each has taken (provider, database, client), since other work on the machine
// takes from both unequally. Of so many people, each with a browser of their own, so many sign in at the same moment.
// [ROUNDS=5] [SECONDS=6] [ABREAST=64] [PEOPLE=1024] node bench/signin.ts
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { Agent, request as ask } from 'node:http'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import * as audit from '../src/audit/audit.ts'
import { consequences } from '../src/consequences.ts'
import { stopwatch } from '../src/platform/clock.ts'
import { asDay } from '../src/platform/day.ts'
import { openDatabase } from '../src/platform/db.ts'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import { migrate } from '../src/platform/postgres/migrate.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { setSealingKey } from '../src/platform/sealing/sealing.ts'
import { asSystem, makeOpenWork } from '../src/platform/work.ts'
import * as sessions from '../src/signin/sessions/sessions.ts'
import { inSignInScope } from '../src/signin/sign-in-scope.ts'
import * as units from '../src/units/units.ts'
import { aClient } from '../test/a-client.ts'
import { aHolder } from '../test/a-holder.ts'
import type { TestHouse } from '../test/house.ts'
import { assertion, assertionType, codeRequest } from '../test/relying-party.ts'
import { freePort } from './houses/killed-house.ts'

const rounds = Number(process.env['ROUNDS'] ?? 5)
const seconds = Number(process.env['SECONDS'] ?? 6)
const abreast = Number(process.env['ABREAST'] ?? 64)
const people = Number(process.env['PEOPLE'] ?? 1024)
const ports = { house: await freePort(), bare: await freePort() }
type Kind = keyof typeof ports

const agent = new Agent({ keepAlive: true, maxSockets: 256 })
type Answer = {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly text: string
}

function send(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  form?: Record<string, string>,
): Promise<Answer> {
  const body = form && new URLSearchParams(form).toString()
  return new Promise((done, fail) => {
    const type =
      body === undefined
        ? {}
        : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) }
    const sent = ask(url, { method, agent, headers: { ...type, ...headers } }, response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', piece => {
        text += piece
      })
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    sent.on('error', fail)
    sent.end(body)
  })
}

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-signin-'))
const postgres = await openPostgres({ dataDir: join(folder, 'data'), purpose: 'bench' })
const children = new Map<Kind, ChildProcess>()

/**
 * What of the processor PostgreSQL has taken, in milliseconds: the server, those of its processes that live, and those
 * that ended (proc(5), a tick is 10 ms).
 */
async function ofPostgres(): Promise<number> {
  const [server = ''] = (await readFile(join(folder, 'data', 'pg', 'postmaster.pid'), 'utf8')).split('\n')
  let ticks = 0
  for (const pid of (await readdir('/proc')).filter(name => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const at = (from: number, to: number) => fields.slice(from, to).reduce((sum, one) => sum + Number(one), 0)
    if (pid === server) ticks += at(11, 15)
    else if (fields[1] === server) ticks += at(11, 13)
  }
  return ticks * 10
}

try {
  await migrateJobs(postgres.administratorUrl)
  await migrate(postgres.administratorUrl)
  setSealingKey(Buffer.alloc(32, 7))
  audit.setConsequences(consequences)
  const database = openDatabase(postgres.administratorUrl, { connections: 4 })
  const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => asDay('2023-04-20') })
  const owner = new Client({ connectionString: postgres.administratorUrl })
  owner.on('error', () => {})
  await owner.connect()
  const house = {
    openWork,
    work: verb => openWork(asSystem('bench'), verb),
    as: openWork,
    owner: async (text: string, values?: unknown[]) => (await owner.query(text, values)).rows,
  } as TestHouse
  await openWork({ ...asSystem('bench'), role: 'maintenance' }, units.loadReference)
  const party = await aClient(house, { scopes: ['profile'] })
  const machine = await aClient(house, { scopes: ['verification'], grants: ['client_credentials'] })
  for (const { clientId } of [party, machine])
    await house.owner(`insert into parties.quota values ($1, 'sign-in', 1000000, 100000000, 'bench', now())`, [
      clientId,
    ])
  const plain = {
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    id_token_signed_response_alg: 'ES256',
  }
  const clients = [
    {
      ...plain,
      client_id: party.clientId,
      redirect_uris: [party.redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      jwks: { keys: [party.jwk] },
    },
    {
      ...plain,
      client_id: machine.clientId,
      redirect_uris: [],
      grant_types: ['client_credentials'],
      response_types: [],
      jwks: { keys: [machine.jwk] },
    },
  ]

  const start = (kind: Kind) =>
    new Promise<void>((ready, failed) => {
      const child = fork(new URL('./houses/signin-server.ts', import.meta.url), [
        kind,
        String(ports[kind]),
        postgres.administratorUrl,
        JSON.stringify(clients),
      ])
      children.set(kind, child)
      child.once('message', () => ready())
      child.once('exit', code => failed(new Error(`${kind} ended: ${code}`)))
    })
  await start('house')
  await start('bare')

  const at = (kind: Kind, path: string) => `http://localhost:${ports[kind]}${path}`
  const authenticated = async (kind: Kind, who: typeof party) => ({
    client_assertion: await assertion(who, at(kind, '/oidc')),
    client_assertion_type: assertionType,
  })

  /** A browser: its cookies, for one of the two. */
  class Browser {
    readonly #cookies = new Map<string, string>()
    readonly #address: string
    readonly kind: Kind
    refreshToken = ''
    constructor(kind: Kind, n: number, cookies: readonly (readonly [string, string])[] = []) {
      this.kind = kind
      this.#address = `10.0.${n >> 8}.${n & 255}`
      for (const [name, value] of cookies) this.#cookies.set(name, value)
    }
    async open(url: string, form?: Record<string, string>): Promise<Answer> {
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await send(
        form ? 'POST' : 'GET',
        url,
        { cookie, accept: 'text/html', 'x-forwarded-for': this.#address },
        form,
      )
      for (const line of ([] as string[]).concat(answer.headers['set-cookie'] ?? [])) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (/expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(name)
        else this.#cookies.set(name, value)
      }
      return answer
    }
    /** To the address outside that it is sent to; consents on the way. */
    async follow(url: string): Promise<URL> {
      let here = url
      let answer = await this.open(here)
      for (let hop = 0; hop < 12; hop++) {
        // After a form the house leads on by its Refresh header.
        const location = answer.headers['location'] ?? /^0; ?url=(.+)$/.exec(String(answer.headers['refresh']))?.[1]
        if (typeof location === 'string') {
          here = new URL(location, here).href
          if (!here.startsWith(at(this.kind, '/'))) return new URL(here)
          answer = await this.open(here)
        } else {
          const form = /name="form" value="([^"]+)"/.exec(answer.text)?.[1]
          if (!form) throw new Error(answer.text.slice(0, 400))
          const shown = /name="shown" value="([^"]+)"/.exec(answer.text)?.[1] ?? ''
          answer = await this.open(here, { form, step: 'consent', shown, answer: 'yes' })
        }
      }
      throw new Error(`it leads on and on: ${here}`)
    }
  }

  const browsers: Record<Kind, Browser[]> = { house: [], bare: [] }
  for (let n = 0; n < people; n++) {
    const { personId, accountId } = await aHolder(house, 1)
    const { token } = await inSignInScope(openWork, 'bench', work =>
      sessions.beginSession(work, { personId, accountId, factors: ['passcode'], browser: 'bench' }),
    )
    browsers.house.push(new Browser('house', n, [['dinhdanh-citizen', token]]))
    browsers.bare.push(new Browser('bare', n))
  }

  async function signIn(browser: Browser): Promise<void> {
    const { kind } = browser
    const { verifier, params } = codeRequest(party)
    const left = await browser.follow(`${at(kind, '/oidc/auth')}?${new URLSearchParams(params)}`)
    const code = left.searchParams.get('code')
    if (!code) throw new Error(left.href)
    const tokens = await send(
      'POST',
      at(kind, '/oidc/token'),
      {},
      {
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: party.redirectUri,
        ...(await authenticated(kind, party)),
      },
    )
    const { access_token, refresh_token, id_token } = JSON.parse(tokens.text) as Record<string, string>
    if (!access_token || !id_token) throw new Error(tokens.text)
    browser.refreshToken = refresh_token ?? ''
    const info = await send('GET', at(kind, '/oidc/me'), { authorization: `Bearer ${access_token}` })
    if (!info.text.includes('"name"')) throw new Error(info.text)
  }

  async function refresh(browser: Browser): Promise<void> {
    const tokens = await send(
      'POST',
      at(browser.kind, '/oidc/token'),
      {},
      {
        grant_type: 'refresh_token',
        refresh_token: browser.refreshToken,
        ...(await authenticated(browser.kind, party)),
      },
    )
    const { refresh_token } = JSON.parse(tokens.text) as Record<string, string>
    if (!refresh_token) throw new Error(tokens.text)
    browser.refreshToken = refresh_token
  }

  async function credentials({ kind }: Browser): Promise<void> {
    const wish = { grant_type: 'client_credentials', scope: 'verification', ...(await authenticated(kind, machine)) }
    const { text } = await send('POST', at(kind, '/oidc/token'), {}, wish)
    if (!text.includes('access_token')) throw new Error(text)
  }

  const ofProvider = (kind: Kind) =>
    new Promise<number>(done => {
      children.get(kind)?.once('message', taken => done(Number(taken)))
      children.get(kind)?.send('?')
    })
  const ofClient = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
  const taken = async (kind: Kind) =>
    (await ofProvider(kind)) + ofClient() + (kind === 'house' ? await ofPostgres() : 0)

  /** Each browser in its turn, so many at once, for as long as there is a next. */
  async function abreastOf(
    kind: Kind,
    step: (browser: Browser) => Promise<void>,
    hasNext: () => unknown,
  ): Promise<void> {
    const queue = browsers[kind]
    const one = async () => {
      while (hasNext()) {
        const browser = queue.shift()
        if (!browser) throw new Error('PEOPLE is less than ABREAST')
        await step(browser)
        queue.push(browser)
      }
    }
    await Promise.all(Array.from({ length: abreast }, one))
  }

  type Measured = { readonly rate: number; readonly cpu: number }

  /** How many a second, and milliseconds of the processor for each. */
  async function measure(kind: Kind, step: (browser: Browser) => Promise<void>, forSeconds: number): Promise<Measured> {
    const before = await taken(kind)
    const elapsed = stopwatch()
    let done = 0
    await abreastOf(kind, step, () => elapsed() < forSeconds * 1000 && ++done)
    const rate = done / (elapsed() / 1000)
    return { rate, cpu: ((await taken(kind)) - before) / done }
  }

  const steps = { 'sign-ins': signIn, 'client credentials': credentials, refreshes: refresh } as const
  const measured = new Map(Object.keys(steps).map(name => [name, { house: [] as Measured[], bare: [] as Measured[] }]))
  for (const kind of ['house', 'bare'] as const) {
    // Each has consented, and has a session of the provider.
    let left = people
    await abreastOf(kind, signIn, () => left-- > 0)
    for (const step of Object.values(steps)) await measure(kind, step, 2)
  }
  // As a house does by itself within a minute.
  await owner.query('vacuum analyze')
  for (let round = 0; round < rounds; round++)
    for (const [name, step] of Object.entries(steps))
      for (const kind of ['bare', 'house'] as const) measured.get(name)?.[kind].push(await measure(kind, step, seconds))
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  const rounded = (value: number, digits: number) => Number(value.toFixed(digits))
  console.table(
    [...measured].map(([what, { house: ours, bare }]) => {
      const of = (all: readonly Measured[], name: keyof Measured) => median(all.map(one => one[name]))
      return {
        what,
        'house, a second': rounded(of(ours, 'rate'), 1),
        'alone, a second': rounded(of(bare, 'rate'), 1),
        ratio: rounded(of(ours, 'rate') / of(bare, 'rate'), 2),
        'of each turn': ours.map(({ rate }, at_) => (rate / (bare[at_]?.rate ?? 1)).toFixed(2)).join(' '),
        'house, cpu ms': rounded(of(ours, 'cpu'), 2),
        'alone, cpu ms': rounded(of(bare, 'cpu'), 2),
        'ratio by cpu': rounded(of(bare, 'cpu') / of(ours, 'cpu'), 2),
      }
    }),
  )
  console.log(
    `${people} people, ${abreast} at once, ${rounds} turns of ${seconds} s, ${cpus().length} cores, load ` +
      `${loadavg()[0]?.toFixed(1)}`,
  )
  await owner.end()
  await database.end()
} finally {
  for (const child of children.values()) child.kill('SIGINT')
  agent.destroy()
  await postgres.release()
  await rm(folder, { recursive: true, force: true })
}
