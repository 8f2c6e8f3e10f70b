// A real browser walks the console's tabs at a province's size: a commander of the province, an officer of a district,
// one of a ward. Each page is opened cold (nothing kept, 1366 × 768). Prints for each tab the time until its content
// stands (nothing is being read any more), how long the server worked at its slowest answer and the browser waited for
// it, the statements behind all answers, the bytes on the line and the requests. It ends with 1 where content, the
// server's time or the first page is over its limit. DATA=FOLDER node bench/walk.ts: a data folder that is there, a
// copy, since officers are added. TABS=hom-nay,the walks some; ROUNDS=1 walks once in place of three times;
// SHOTS=FOLDER keeps pictures.
import { availableParallelism, loadavg } from 'node:os'
import type { Page } from 'playwright-core'
import { desktop, openBrowser, shot, type TestBrowser } from '../e2e/browser.ts'
import { makeApp } from '../src/app.ts'
import { type House, openHouse } from '../src/open-house.ts'
import { stopwatch } from '../src/platform/clock.ts'
import { newId } from '../src/platform/ids.ts'
import { asSystem } from '../src/platform/work.ts'
import type { Role } from '../src/staff/role.ts'
import * as staff from '../src/staff/staff.ts'
import * as units from '../src/units/units.ts'
import { freePort } from '../test/house-to-copy.ts'
import { signInWhole } from '../test/officer-factor.ts'
import { buildWeb } from '../web/build.ts'

const limit = { contentMs: 1000, serverMs: 300, firstPageBytes: 200_000 }
const rounds = Number(process.env['ROUNDS'] ?? 3)
const longestWait = 60_000
const roles = [
  { who: 'province', role: 'provincial-commander', code: '22' },
  { who: 'district', role: 'district-officer', code: '193' },
  { who: 'ward', role: 'ward-officer', code: '06649' },
] as const satisfies readonly { who: string; role: Role; code: string }[]

const folder = process.env['DATA']
if (!folder) throw new Error('DATA=FOLDER names the data folder to walk in, a copy: officers are added to it')

const system = asSystem('bench')

/** An officer with a post, signed in; the token of their session. */
async function signedIn(house: House, role: Role, code: string): Promise<string> {
  const password = `mật khẩu dài ${newId()}`
  const login = `bench.${newId().slice(-10)}`
  await house.openWork(system, async work => {
    const unit = await units.findUnitOn(work, code, work.today)
    if (!unit) throw new Error(`no unit ${code} on ${work.today}: the province is of 2023 (businessDay in house.json)`)
    const { officer } = await staff.addOfficer(work, {
      ...{ login, fullName: 'Cán Bộ Đo', unitId: unit.id },
      own: { password },
    })
    await staff.appoint(work, { officerId: officer.id, role, unitId: unit.id })
  })
  const from = { device: 'b'.repeat(43), address: '127.0.0.1', browser: 'bench' }
  const signed = await signInWhole(house.openWork, { login, password, from })
  if (signed.outcome !== 'signed-in') throw new Error(`${login}: ${signed.outcome}`)
  return signed.token
}

type Seen = {
  readonly contentMs: number
  /** The answer at which the server worked longest. */
  readonly slowest: { readonly serverMs: number; readonly door: string }
  /** What the browser waited for an answer at most: it shares the machine with the server. */
  readonly waitedMs: number
  readonly statements: number
  /** Of the answers with data: from the first byte asked to the first that came, as the browser saw it. */
  readonly answers: number
  readonly requests: number
  readonly bytes: number
  /** Without letters and data: what the page itself is. */
  readonly pageBytes: number
}

/** Whether the page's title stands and nothing in it is being read. */
const stands = `!!document.querySelector('h1') && !document.querySelector('[aria-busy=true]')`

async function untilStands(page: Page): Promise<void> {
  const elapsed = stopwatch()
  while (elapsed() < longestWait) {
    if (await page.evaluate<boolean>(stands).catch(() => false)) return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

async function open(browser: TestBrowser, { origin, token, path }: { origin: string; token: string; path: string }) {
  const context = await browser.browser.newContext({
    viewport: desktop,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
  })
  await context.addCookies([{ name: 'dinhdanh-session', value: token, url: origin, httpOnly: true, sameSite: 'Lax' }])
  const page = await context.newPage()
  const line = await context.newCDPSession(page)
  await line.send('Network.enable')
  const asked = new Map<string, { url: string; ms?: number; serverMs?: number; statements?: number }>()
  const sizes = new Map<string, number>()
  line.on('Network.requestWillBeSent', ({ requestId, request }) =>
    asked.set(requestId, { url: request.url.replace(origin, '') }),
  )
  line.on('Network.responseReceived', ({ requestId, response }) => {
    const one = asked.get(requestId)
    // What the browser waited for the answer, without its own queue: six requests at a time share a line.
    if (one && response.timing) one.ms = response.timing.receiveHeadersStart ?? response.timing.receiveHeadersEnd
    if (one && response.timing) one.ms = (one.ms ?? 0) - response.timing.sendEnd
    const [, statements, serverMs] =
      /desc=(\d+), total;dur=([\d.]+)/.exec(response.headers['server-timing'] ?? '') ?? []
    if (one && serverMs) Object.assign(one, { statements: Number(statements), serverMs: Number(serverMs) })
  })
  line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength))
  const elapsed = stopwatch()
  await page.goto(`${origin}${path}`, { waitUntil: 'commit' })
  await untilStands(page)
  const contentMs = Math.round(elapsed())
  const all = [...asked].map(([id, one]) => ({ ...one, bytes: sizes.get(id) ?? 0 }))
  const answers = all.filter(({ url }) => url.startsWith('/api/'))
  const slowest = answers.reduce(
    (worst, { url, serverMs = 0 }) => (serverMs > worst.serverMs ? { serverMs, door: url } : worst),
    { serverMs: 0, door: '' },
  )
  const sum = (some: typeof all) => some.reduce((bytes, one) => bytes + one.bytes, 0)
  const seen: Seen = {
    contentMs,
    slowest: {
      serverMs: Math.round(slowest.serverMs),
      door: slowest.door.replace(/[0-9a-f-]{36}/g, ':id').slice(0, 60),
    },
    waitedMs: Math.round(Math.max(0, ...answers.map(({ ms = 0 }) => ms))),
    statements: answers.reduce((all, { statements = 0 }) => all + statements, 0),
    answers: answers.length,
    requests: all.length,
    bytes: sum(all),
    pageBytes: sum(all.filter(({ url }) => !url.startsWith('/api/') && !/\.(woff2|otf)$/.test(url))),
  }
  return { page, context, seen }
}

/** The tabs that an officer has, as the bar of the first page shows them. */
async function tabsOf(page: Page): Promise<string[]> {
  const links = await page.locator('nav.places a').all()
  const paths = await Promise.all(links.map(async one => (await one.getAttribute('href')) ?? ''))
  const only = process.env['TABS']?.split(',')
  return paths.filter(path => !only || only.includes(path.replace('/console/', '')))
}

const middle = (all: readonly Seen[], of: (seen: Seen) => number): Seen =>
  all.toSorted((a, b) => of(a) - of(b))[Math.floor(all.length / 2)] as Seen

const port = await freePort()
const origin = `http://localhost:${port}`
const { dist } = await buildWeb()
const house = await openHouse({
  folder,
  purpose: 'server',
  environment: { ...process.env, DINHDANH_LOG_LEVEL: 'silent', DINHDANH_PORT: String(port), DINHDANH_ORIGIN: origin },
})
const app = await makeApp(house, { dist, tellsStatements: true })
const browser = await openBrowser()
let isOver = false
try {
  await app.listen({ host: '127.0.0.1', port })
  console.log(
    `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors; ${rounds} rounds; limits: content ` +
      `${limit.contentMs} ms, the server ${limit.serverMs} ms, the first page ${limit.firstPageBytes} bytes`,
  )
  const rows = []
  for (const { who, role, code } of roles) {
    const token = await signedIn(house, role, code)
    const first = await open(browser, { origin, token, path: '/console/hom-nay' })
    const tabs = await tabsOf(first.page)
    await first.context.close()
    for (const path of tabs) {
      const seen: Seen[] = []
      for (let round = 0; round < rounds; round += 1) {
        const opened = await open(browser, { origin, token, path })
        seen.push(opened.seen)
        if (round === 0) await shot(opened.page, `${who}${path.replaceAll('/', '-')}`)
        await opened.context.close()
      }
      const [content, answer] = [middle(seen, one => one.contentMs), middle(seen, one => one.slowest.serverMs)]
      const within =
        content.contentMs <= limit.contentMs &&
        answer.slowest.serverMs <= limit.serverMs &&
        (path !== '/console/hom-nay' || content.pageBytes <= limit.firstPageBytes)
      isOver ||= !within
      rows.push({
        ...{ who, tab: path.replace('/console/', ''), content: content.contentMs, server: answer.slowest.serverMs },
        ...{ slowest: answer.slowest.door, waited: answer.waitedMs, statements: answer.statements },
        ...{ answers: content.answers, requests: content.requests },
        ...{ pageKB: Math.round(content.pageBytes / 1000), allKB: Math.round(content.bytes / 1000) },
        within: within ? 'yes' : 'NO',
      })
    }
  }
  console.table(rows)
} finally {
  await browser.browser.close()
  await app.close()
  await house.close()
}
process.exitCode = isOver ? 1 : 0
