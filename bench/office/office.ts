import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { desktop, openBrowser, type WatchedPage } from '../../e2e/browser.ts'
import { giveSecondFactor } from '../../e2e/second-factor.ts'
import { type House, openHouse } from '../../src/open-house.ts'
import { asSystem } from '../../src/platform/work.ts'
import type { DemonstrationSignIn } from '../../src/staff/demonstration.ts'
import * as staff from '../../src/staff/staff.ts'
import * as units from '../../src/units/units.ts'
import { FormBrowser } from '../../test/form-browser.ts'
import { copyHouse } from '../../test/house-to-copy.ts'
import { signInByForm } from '../../test/officer-factor.ts'
import { servedTogether } from '../houses/served-together.ts'

/**
 * A morning of an office whose officers all have one address to the outside: each signs in by their password and a
 * passkey, and then opens page after page, with all that a page asks for at once, as a browser asked for it before;
 * some enter places. Meanwhile strangers at the same address ask for pages and try passwords. No officer meets a 429;
 * the strangers do. `npm run office`: OFFICERS (200), MINUTES (10), SERVERS (1). Throws where that does not hold.
 */

/** Places of the console, by who opens them. */
const places: Readonly<Record<string, readonly string[]>> = {
  huyen: [
    'hom-nay',
    'ra-soat',
    'ra-soat/hang-cho',
    'ra-soat/viec',
    'thu-nhan',
    'thu-nhan/tram',
    'dan-cu',
    'danh-sach',
  ].concat('danh-sach/pho-cap', 'the', 'the/danh-sach?buoc=coming', 'the/trao', 'chien-dich/chua-nhap'),
  phuong: [
    'hom-nay',
    'hom-nay/cau-hoi',
    'dan-cu',
    'dan-cu/yeu-cau',
    'danh-sach/to-cong-nghe',
    'tuyen-truyen',
    'bao-cao',
  ].concat('chien-dich', 'hom-nay/in'),
}

/** The office to the outside. */
const office = '203.0.113.7'

/** Seconds between two pages of one officer, at least and at most; within which all come to work. */
const [leastPause, mostPause, allCome] = [6, 24, 120]

type Page = { readonly login: string; readonly place: string; readonly asked: readonly string[] }

const signInsOf = (house: Pick<House, 'record'>) =>
  house.record()['demonstrationSignIns'] as readonly DemonstrationSignIn[]

/** Opens each place in a browser, and gives what it asked of the server. */
async function recordPages(origin: string, signIns: readonly DemonstrationSignIn[]): Promise<Page[]> {
  const browser = await openBrowser()
  const pages: Page[] = []
  try {
    for (const [login, ofLogin] of Object.entries(places)) {
      const page: WatchedPage = await browser.newPage(desktop)
      const { password } = signIns.find(one => one.login === login) ?? assert.fail(login)
      await page.goto(`${origin}/sign-in`)
      await page.fill('#login', login)
      await page.fill('#password', password)
      await page.press('#password', 'Enter')
      await page.waitForURL(/\/second-factor/)
      await giveSecondFactor(page, login)
      await page.waitForURL(/\/console\//)
      for (const place of ofLogin) {
        const asked: string[] = []
        page.on('request', request => {
          const { origin: theirs, pathname, search } = new URL(request.url())
          const isKept = ['script', 'stylesheet', 'font', 'image'].includes(request.resourceType())
          if (theirs === origin && request.method() === 'GET' && !isKept && /^\/(api|console)\//.test(pathname))
            asked.push(pathname + search)
        })
        await page.goto(`${origin}/console/${place}`)
        await page.locator('h1').first().waitFor()
        await page.waitForLoadState('networkidle')
        page.removeAllListeners('request')
        pages.push({ login, place, asked: [...asked] })
      }
    }
  } finally {
    await browser.close()
  }
  return pages
}

type Officer = {
  readonly login: string
  /** The officer of the demonstration in whose post this one is, and whose password this one has. */
  readonly like: string
  readonly password: string
}

/** Adds officers, each in the post and with the password of one of the demonstration's. */
async function addOfficers(house: House, count: number): Promise<Officer[]> {
  const likes = Object.keys(places)
  const officers: Officer[] = Array.from({ length: count }, (_, at) => {
    const like = likes[at % likes.length] ?? assert.fail()
    const known = signInsOf(house).find(({ login }) => login === like) ?? assert.fail(like)
    return { login: `can.bo.${at}`, like, password: known.password }
  })
  await house.openWork({ ...asSystem('office'), role: 'maintenance' }, async work => {
    for (const like of likes) {
      const { unitId } = await staff.getByLogin(work, like)
      const logins = officers.filter(one => one.like === like).map(({ login }) => login)
      await staff.addOfficers(
        work,
        logins.map(login => ({ login, fullName: 'Nguyễn Hoàng Phương Thảo Vy', unitId })),
      )
      // To make a password of each takes long.
      await sql`insert into staff.credential (officer_id, password, must_change, set_at, may_enrol)
        select o.id, c.password, false, c.set_at, true
        from staff.officer o, staff.credential c join staff.officer known on known.id = c.officer_id
        where o.login = any (${logins}::text[]) and known.login = ${like}`.execute(work.tx)
      await sql`insert into staff.appointment (id, officer_id, role, unit_id, basis)
        select gen_random_uuid(), o.id, a.role, a.unit_id, 'house'
        from staff.officer o, staff.appointment a join staff.officer known on known.id = a.officer_id
        where o.login = any (${logins}::text[]) and known.login = ${like}`.execute(work.tx)
    }
  })
  return officers
}

type Asked = {
  readonly method?: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: Readonly<Record<string, string>>
  readonly payload?: string | object
}

/** What asks a server over the line as it is asked within a process, from the office's address. */
const overTheLine = (origin: string) =>
  ({
    async inject({ method = 'GET', url, headers, cookies = {}, payload }: Asked) {
      const isText = typeof payload === 'string'
      const answer = await fetch(`${origin}${url}`, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(60_000),
        headers: {
          ...{ 'x-forwarded-for': office, 'sec-fetch-site': 'same-origin' },
          ...(payload !== undefined && !isText && { 'content-type': 'application/json' }),
          ...headers,
          cookie: Object.entries(cookies)
            .map(([name, value]) => `${name}=${value}`)
            .join('; '),
        },
        ...(payload !== undefined && { body: isText ? payload : JSON.stringify(payload) }),
      })
      const body = await answer.text()
      return {
        statusCode: answer.status,
        headers: Object.fromEntries(answer.headers),
        body,
        json: () => JSON.parse(body) as unknown,
        cookies: answer.headers.getSetCookie().map(line => {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
          return { name, value }
        }),
      }
    },
  }) as unknown as FastifyInstance

type Answers = { readonly byStatus: Map<number, number>; readonly waits: number[]; readonly wrong: string[] }
const newAnswers = (): Answers => ({ byStatus: new Map(), waits: [], wrong: [] })

function note({ byStatus, waits, wrong }: Answers, what: string, status: number, begun: number, text = '') {
  byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
  waits.push(performance.now() - begun)
  if (status >= 400) wrong.push(`${what}: ${status} ${text.slice(0, 160)}`)
}

const between = (least: number, most: number) => least + Math.random() * (most - least)

type Morning = {
  /** How the browser that was watched reached the server. */
  readonly named: string
  /** In which officers of the district enter places. */
  readonly commune: string
  readonly pages: readonly Page[]
  readonly answers: Answers
  isOver(): boolean
}

const isSignedIn = ({ cookies }: FormBrowser) => cookies.has('dinhdanh-session')

/** The evening before: the officer's browser becomes a known one, with a passkey. */
async function workBefore({ login, password }: Officer, origin: string, named: string): Promise<FormBrowser> {
  const browser = new FormBrowser(() => overTheLine(origin), office)
  const { statusCode, body } = await signInByForm(browser, { login, password, origin: named })
  assert.ok(isSignedIn(browser), `${login}: ${statusCode} ${body.slice(0, 200)}`)
  await browser.fill('/sign-out', {})
  assert.ok(!isSignedIn(browser), `${login} is not signed out`)
  return browser
}

/** One officer from the sign-in to the end of the morning. */
async function work(
  { login, like, password }: Officer,
  browser: FormBrowser,
  { named, commune, pages, answers, isOver }: Morning,
) {
  await setTimeout(between(0, allCome * 1000))
  const begun = performance.now()
  const signedIn = await signInByForm(browser, { login, password, origin: named })
  note(answers, `sign-in of ${login}`, signedIn.statusCode, begun, signedIn.body)
  if (!isSignedIn(browser)) return void answers.wrong.push(`${login} is not signed in`)
  const own = pages.filter(page => page.login === like)
  const ask = async (url: string) => {
    const since = performance.now()
    const answer = await browser.get(url, { accept: url.startsWith('/api/') ? 'application/json' : 'text/html' })
    note(answers, `GET ${url}`, answer.statusCode, since, answer.body)
  }
  for (let page = 0; !isOver(); page += 1) {
    const { asked } = own[Math.floor(Math.random() * own.length)] ?? assert.fail()
    await Promise.all(asked.map(ask))
    if (like === 'huyen' && page % 6 === 5) {
      const since = performance.now()
      const hours = { opensAt: '07:00', closesAt: '17:00' }
      const body = { kind: 'hall', unitId: commune, name: `Nhà văn hóa ${login} ${page}`, ...hours }
      const answer = await browser.call('POST', '/sites', body, { 'idempotency-key': randomUUID() })
      note(answers, 'POST /api/sites', answer.statusCode, since, answer.body)
    }
    await setTimeout(between(leastPause, mostPause) * 1000)
  }
}

/** Strangers at the same address: pages without a cookie, and passwords tried on the officers' logins. */
async function strange(origin: string, logins: readonly string[], answers: Answers, isOver: () => boolean) {
  for (let at = 0; !isOver(); at += 1) {
    const browser = new FormBrowser(() => overTheLine(origin), office)
    const since = performance.now()
    const answer =
      at % 4 === 3
        ? await browser.fill('/sign-in', { login: logins[at % logins.length] ?? '', password: `đoán lần ${at}` })
        : await browser.get('/language/vi')
    answers.byStatus.set(answer.statusCode, (answers.byStatus.get(answer.statusCode) ?? 0) + 1)
    answers.waits.push(performance.now() - since)
    await setTimeout(40)
  }
}

const quantile = (waits: readonly number[], part: number) =>
  Math.round(waits.toSorted((a, b) => a - b)[Math.floor(waits.length * part)] ?? 0)
const tell = ({ byStatus, waits }: Answers) =>
  `${[...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ')}; ` + `p50 ${quantile(waits, 0.5)}, p95 ${quantile(waits, 0.95)}, p99 ${quantile(waits, 0.99)} ms`

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)
const [count, minutes, servers] = [number('OFFICERS', 200), number('MINUTES', 10), number('SERVERS', 1)]
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-office-'))
await copyHouse(folder)
const house = await servedTogether(folder, servers)
try {
  const beside = await openHouse({ folder, purpose: 'command' })
  const [officers, signIns] = [await addOfficers(beside, count), signInsOf(beside)]
  const { unitId } = signIns.find(({ login }) => login === 'huyen') ?? assert.fail()
  const [commune] = await beside.openWork(asSystem('office'), async work =>
    (await units.subtreeOn(work, unitId, work.today)).filter(({ level }) => level === 'commune'),
  )
  assert.ok(commune)
  await beside.close()
  const pages = await recordPages(house.origin, signIns)
  const questions = pages.reduce((sum, { asked }) => sum + asked.length, 0)
  console.log(`${pages.length} pages ask ${questions} questions; ${count} officers, ${minutes} minutes`)
  let over = false
  const [answers, strangers] = [newAnswers(), newAnswers()]
  const isOver = () => over
  const at = (nth: number) => house.origins[nth % house.origins.length] ?? assert.fail()
  const browsers: FormBrowser[] = []
  for (let from = 0; from < officers.length; from += 10)
    browsers.push(
      ...(await Promise.all(
        officers.slice(from, from + 10).map((officer, nth) => workBefore(officer, at(from + nth), house.origin)),
      )),
    )
  const everybody = [
    ...officers.map((officer, nth) =>
      work(officer, browsers[nth] ?? assert.fail(), {
        ...{ named: house.origin, commune: commune.id, pages, answers, isOver },
      }),
    ),
    ...[0, 1, 2].map(nth =>
      strange(
        at(nth),
        officers.map(({ login }) => login),
        strangers,
        isOver,
      ),
    ),
  ]
  await setTimeout((allCome + minutes * 60) * 1000)
  over = true
  await Promise.all(everybody)
  console.log(`officers: ${tell(answers)}`)
  console.log(`strangers: ${tell(strangers)}`)
  assert.deepEqual(answers.wrong.slice(0, 5), [], `${answers.wrong.length} wrong`)
  assert.ok((strangers.byStatus.get(429) ?? 0) > 0, 'strangers are stopped')
} finally {
  await house.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
