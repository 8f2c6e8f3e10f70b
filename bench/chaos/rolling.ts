import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { openHouse } from '../../src/open-house.ts'
import { asSystem } from '../../src/platform/work.ts'
import { copyHouse } from '../../test/house-to-copy.ts'
import { isInstalled, isProxyName, type ProxyName } from '../houses/proxies.ts'
import { type ServedTogether, servedTogether } from '../houses/served-together.ts'
import { type Beginning, prepareOfficers } from './writers.ts'

/**
 * Two servers of one installation behind a balancer, under clients that read, write and come as strangers: each server
 * is told to end and started again, as an upgrade does, and no request fails; then one is killed, and only what it had
 * begun is sent again. `npm run rolling`: CLIENTS (200), RESTARTS (6), PACE (milliseconds between two requests of one
 * client, 2500), PROXY (nginx or caddy of the machine, by the files that are shipped; else a balancer of ours).
 * Throws where that does not hold.
 */
export type RollingRun = {
  readonly clients: number
  readonly restarts: number
  readonly pace: number
  readonly proxy?: ProxyName
  say(line: string): void
}

type Answers = { readonly byStatus: Map<string, number>; readonly failed: string[]; readonly waits: number[] }

/** What officers read by the way, each within a second. */
const pages = ['/api/me', '/api/follow-ups', '/api/campaigns', '/api/me']
const pagesOfStrangers = ['/sign-in', '/health/live', '/problems', '/oidc/jwks']

type Asked = { readonly path: string; readonly init?: RequestInit; readonly expected: (status: number) => boolean }

const isFine = (status: number) => status < 500 && ![401, 429].includes(status)

async function ask(origin: string, { path, init, expected }: Asked, { byStatus, failed, waits }: Answers) {
  const begun = performance.now()
  try {
    const answer = await fetch(`${origin}${path}`, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
    })
    const body = await answer.text()
    waits.push(performance.now() - begun)
    byStatus.set(`${answer.status}`, (byStatus.get(`${answer.status}`) ?? 0) + 1)
    if (!expected(answer.status))
      failed.push(`${init?.method ?? 'GET'} ${path}: ${answer.status} ${body.slice(0, 200)}`)
    return answer.status
  } catch (error) {
    failed.push(`${init?.method ?? 'GET'} ${path}: ${String((error as Error).cause ?? error)}`)
    return 0
  }
}

/** One client until it is over: of four one is a stranger, and of ten requests of an officer one enters a place. */
async function beClient(
  at: number,
  {
    origin,
    beginning,
    pace,
    answers,
    isOver,
    entered,
  }: {
    readonly origin: string
    readonly beginning: Beginning
    readonly pace: number
    readonly answers: Answers
    readonly entered: string[]
    isOver(): boolean
  },
): Promise<void> {
  const tokens = [...beginning.sessions.values()]
  const enterer = beginning.sessions.get('huyen') ?? assert.fail('nobody enters places')
  const isStranger = at % 4 === 3
  await setTimeout((at * 37) % pace)
  for (let step = at; !isOver(); step += 1) {
    const officer = (token: string) => ({ cookie: `dinhdanh-session=${token}`, 'sec-fetch-site': 'same-origin' })
    if (isStranger)
      await ask(origin, { path: pagesOfStrangers[step % pagesOfStrangers.length] ?? '', expected: isFine }, answers)
    else if (step % 10 === 0) {
      const name = `Nhà văn hóa ${randomUUID()}`
      const unitId = beginning.units[step % beginning.units.length]
      const body = JSON.stringify({ kind: 'hall', unitId, name, opensAt: '07:00', closesAt: '17:00' })
      const headers = { ...officer(enterer), 'content-type': 'application/json', 'idempotency-key': randomUUID() }
      const init = { method: 'POST', headers, body }
      // As a page of ours does: what was not answered is sent again under its key.
      const found: Answers = { ...answers, failed: [] }
      let status = await ask(origin, { path: '/api/sites', init, expected: isFine }, found)
      for (let again = 0; again < 20 && !isFine(status || 500) && !isOver(); again += 1) {
        await setTimeout(500)
        status = await ask(origin, { path: '/api/sites', init, expected: isFine }, { ...answers, failed: [] })
      }
      answers.failed.push(...found.failed)
      if (status === 200) entered.push(name)
    } else {
      const headers = officer(tokens[at % tokens.length] ?? '')
      await ask(origin, { path: pages[step % pages.length] ?? '', init: { headers }, expected: isFine }, answers)
    }
    await setTimeout(pace)
  }
}

const quantile = (waits: readonly number[], part: number) =>
  Math.round(waits.toSorted((a, b) => a - b)[Math.floor(waits.length * part)] ?? 0)

function tell({ byStatus, waits }: Answers): string {
  const statuses = [...byStatus].sort().map(([status, count]) => `${count} × ${status}`)
  return `${statuses.join(', ')}; p50 ${quantile(waits, 0.5)} ms, p99 ${quantile(waits, 0.99)} ms`
}

/** The places that were entered, as the database has them. */
async function placesIn(folder: string): Promise<string[]> {
  const house = await openHouse({ folder, purpose: 'command' })
  try {
    const { rows } = await house.openWork(asSystem('rolling'), ({ tx }) =>
      sql<{ name: string }>`select name from planning.site where name is not null`.execute(tx),
    )
    return rows.map(({ name }) => name)
  } finally {
    await house.close()
  }
}

/** Each session is read at one server, ended at the other, and used at the first again in the same moment. */
async function assertSignedOutEverywhere({ origins }: ServedTogether, tokens: readonly string[]): Promise<void> {
  const [here, there] = origins
  for (const token of tokens) {
    const cookie = `dinhdanh-session=${token}`
    const status = async () => (await fetch(`${here}/api/me`, { headers: { cookie } })).status
    const page = await fetch(`${there}/sign-out`, { headers: { cookie } })
    const cookies = [cookie, ...page.headers.getSetCookie().map(one => one.split(';')[0])].join('; ')
    const hidden = [...(await page.text()).matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)]
    const body = new URLSearchParams(hidden.map(([, name = '', value = '']): [string, string] => [name, value]))
    assert.equal(await status(), 200)
    const answer = await fetch(`${there}/sign-out`, {
      ...{ method: 'POST', body, redirect: 'manual' },
      headers: { cookie: cookies, 'sec-fetch-site': 'same-origin' },
    })
    assert.equal(answer.status, 303, await answer.text())
    assert.equal(await status(), 401)
  }
}

export async function rolling(run: RollingRun): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-rolling-'))
  await copyHouse(folder)
  const house = await servedTogether(folder, 2, {}, run.proxy)
  try {
    const beside = await openHouse({ folder, purpose: 'command' })
    const beginning = await prepareOfficers(beside).finally(beside.close)
    const entered: string[] = []
    const newAnswers = (): Answers => ({ byStatus: new Map(), failed: [], waits: [] })
    const during = async (answers: Answers, step: () => Promise<void>) => {
      let over = false
      const clients = Array.from({ length: run.clients }, (_, at) =>
        beClient(at, { ...run, origin: house.origin, beginning, answers, entered, isOver: () => over }),
      )
      await setTimeout(run.pace)
      await step().finally(() => {
        over = true
      })
      await Promise.all(clients)
    }

    const restarted = newAnswers()
    await during(restarted, async () => {
      for (let times = 0; times < run.restarts; times += 1) {
        const [begun, at] = [performance.now(), times % house.origins.length]
        await house.restart(at)
        run.say(`server ${at + 1} ended and serves again after ${((performance.now() - begun) / 1000).toFixed(1)} s`)
        await setTimeout(run.pace)
      }
    })
    run.say(`${run.restarts} restarts under ${run.clients} clients: ${tell(restarted)}`)
    assert.deepEqual(restarted.failed.slice(0, 5), [], `${restarted.failed.length} requests failed`)

    const killed = newAnswers()
    await during(killed, async () => {
      await house.kill(1)
      await house.start(1)
      await setTimeout(run.pace)
    })
    const sentAgain = house.balancer.sentAgain?.() ?? 'an unknown number'
    run.say(
      `one killed: ${tell(killed)}; ${sentAgain} sent to the other by the balancer, ` +
        `${killed.failed.length} of changes by their client`,
    )
    assert.ok(
      killed.failed.every(one => one.startsWith('POST')),
      killed.failed.find(one => !one.startsWith('POST')),
    )
    const found = Map.groupBy(await placesIn(folder), name => name)
    const notOnce = entered.filter(name => found.get(name)?.length !== 1)
    assert.deepEqual(notOnce, [], 'each place that was acknowledged stands there once')
    run.say(`${entered.length} places entered, each once`)
    await assertSignedOutEverywhere(house, [...beginning.sessions.values()])
    run.say(`${beginning.sessions.size} officers signed out at one server, and nothing opened at the other`)
  } finally {
    await house.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

if (import.meta.main) {
  const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)
  const proxy = process.env['PROXY'] ?? ''
  if (proxy !== '' && !(isProxyName(proxy) && (await isInstalled(proxy))))
    throw new Error(`PROXY=${proxy}: nginx or caddy, where the machine has it`)
  await rolling({
    ...(isProxyName(proxy) && { proxy }),
    clients: number('CLIENTS', 200),
    restarts: number('RESTARTS', 6),
    pace: number('PACE', 2500),
    say: line => console.log(line),
  })
}
