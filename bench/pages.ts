// What the server takes for the console's tabs, as a province's commander, a district's and a ward's officer ask them:
// Hôm nay, Tài khoản, Rà soát, Dân cư, Thẻ, Chiến dịch. node bench/pages.ts [PEOPLE …] makes a province of each size
// with two school years of rolls and two campaigns, asks every door that the pages ask, and ends with 1 where one takes
// more than its 300 ms (p95) or Hôm nay more statements than it may. Two sizes give the exponent of growth. DATA=FOLDER
// asks a data folder that is there (a copy: officers and campaigns are added); KEEP=FOLDER keeps what is made.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeApp } from '../src/app.ts'
import type { House } from '../src/open-house.ts'
import { stopwatch } from '../src/platform/clock.ts'
import { newId } from '../src/platform/ids.ts'
import * as register from '../src/register/register.ts'
import { mayDo, type Role } from '../src/staff/role.ts'
import * as staff from '../src/staff/staff.ts'
import * as units from '../src/units/units.ts'
import { type TabName, type TabRequest, tabs } from '../test/console-tabs.ts'
import { signInWhole } from '../test/officer-factor.ts'
import { inProvince, makeCampaigns, openProvince, system } from './houses/made-province.ts'

const limit = { milliseconds: 300, statementsOfToday: 60 }
const rounds = Number(process.env['ROUNDS'] ?? 7)
const onlyTabs = process.env['TABS']?.split(',')
const roles = [
  { who: 'province', role: 'provincial-commander', code: '22' },
  { who: 'district', role: 'district-officer', code: '193' },
  { who: 'ward', role: 'ward-officer', code: '06649' },
] as const satisfies readonly { who: string; role: Role; code: string }[]

type Asked = { readonly ms: number; readonly statements: number; readonly bytes: number; readonly status: number }
type Line = {
  readonly tab: TabName
  readonly who: string
  readonly door: string
  readonly p50: number
  readonly p95: number
  readonly statements: number
  readonly bytes: number
}

/** An officer with a post, signed in; the token of their session. */
async function signedIn(house: House, role: Role, code: string) {
  const password = `mật khẩu dài ${newId()}`
  const login = `bench.${newId().slice(-10)}`
  const { officerId, unitId } = await house.openWork(system, async work => {
    const unit = await units.findUnitOn(work, code, work.today)
    if (!unit) throw new Error(`no unit ${code} on ${work.today}: DATA needs a business day in 2023 (house.json)`)
    const { officer } = await staff.addOfficer(work, {
      ...{ login, fullName: 'Cán Bộ Đo', unitId: unit.id },
      own: { password },
    })
    await staff.appoint(work, { officerId: officer.id, role, unitId: unit.id })
    return { officerId: officer.id, unitId: unit.id }
  })
  const from = { device: 'b'.repeat(43), address: '127.0.0.1', browser: 'bench' }
  const signed = await signInWhole(house.openWork, { login, password, from })
  if (signed.outcome !== 'signed-in') throw new Error(`${login}: ${signed.outcome}`)
  return { officerId, unitId, token: signed.token }
}

async function measureFolder(folder: string) {
  const dist = await mkdtemp(join(tmpdir(), 'dinhdanh-dist-'))
  for (const name of ['console', 'station']) {
    await mkdir(join(dist, name, 'assets'), { recursive: true })
    for (const file of [
      'index.html',
      'manifest.webmanifest',
      'sign.svg',
      'icon-192.png',
      'icon-512.png',
      'sw.js',
      'release',
    ])
      await writeFile(join(dist, name, file), '')
  }
  await writeFile(join(dist, 'console/pages.json'), JSON.stringify({ texts: '', pages: [] }))
  const house = await openProvince(folder)
  const app = await makeApp(house, { dist, tellsStatements: true })
  try {
    await makeCampaigns(house)
    await app.listen({ host: '127.0.0.1', port: 0 })
    const people = await house.openWork(system, register.countPersons)
    const lines: Line[] = []
    for (const { who, role, code } of roles) lines.push(...(await measureRole(who, role, code)))
    return { people, lines }
  } finally {
    await app.close()
    await house.close()
    await rm(dist, { recursive: true, force: true })
  }

  async function measureRole(who: string, role: Role, code: string): Promise<Line[]> {
    const { officerId, unitId, token } = await signedIn(house, role, code)
    const { port } = app.server.address() as { port: number }
    const ask = async ({ method, url, body }: TabRequest): Promise<Asked & { text: string }> => {
      const elapsed = stopwatch()
      const answer = await fetch(`http://127.0.0.1:${port}${url}`, {
        method,
        headers: { cookie: `dinhdanh-session=${token}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      const statements = Number(/desc=(\d+)/.exec(answer.headers.get('server-timing') ?? '')?.[1])
      return { ms: elapsed(), statements, bytes: Buffer.byteLength(text), status: answer.status, text }
    }
    const read = async (request: TabRequest): Promise<unknown> => {
      const { status, text } = await ask(request)
      if (status !== 200) throw new Error(`${who} ${request.url}: ${status} ${text.slice(0, 200)}`)
      return JSON.parse(text)
    }
    const caller = { officerId, unitId, today: house.today(), may: (right: string) => mayDo(role, right), read }
    const lines: Line[] = []
    for (const [tab, requestsOf] of Object.entries(tabs) as [TabName, (typeof tabs)[TabName]][]) {
      if (onlyTabs && !onlyTabs.includes(tab)) continue
      for (const request of await requestsOf(caller)) {
        const asked: Asked[] = []
        // The first answer also reads what a server that runs has read long since.
        for (let round = 0; round <= rounds; round += 1) {
          const answer = await ask(request)
          if (answer.status >= 400 && answer.status !== 404 && answer.status !== 422)
            console.error(who, request.url, answer.status, answer.text.slice(0, 150))
          const isSlow = answer.ms > 5_000
          if (round > 0 || rounds === 1 || isSlow) asked.push(answer)
          if (isSlow) break
        }
        const times = asked.map(({ ms }) => ms).sort((a, b) => a - b)
        const at = (share: number) =>
          Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0)
        const last = asked.at(-1)
        if (process.env['ALL']) console.error(who, request.url.slice(0, 70), at(0.5), 'ms', last?.statements)
        lines.push({
          ...{ tab, who, p50: at(0.5), p95: at(0.95), statements: last?.statements ?? 0, bytes: last?.bytes ?? 0 },
          door: doorOf(request),
        })
      }
    }
    return lines
  }
}

/** A request without the ids in it, and with the names of what its body has. */
const doorOf = ({ url, body }: TabRequest) =>
  [url.replace(/^\/api/, '').replace(/[0-9a-f-]{36}/g, ':id'), ...Object.keys(body ?? {})].join(' ')

const ofTab = (lines: readonly Line[], tab: TabName, who: string) =>
  lines.filter(line => line.tab === tab && line.who === who)
const sumOf = (lines: readonly Line[]) => lines.reduce((sum, { statements }) => sum + statements, 0)
const isOver = (lines: readonly Line[]) =>
  lines.some(({ p95 }) => p95 > limit.milliseconds) ||
  roles.some(({ who }) => sumOf(ofTab(lines, 'today', who)) > limit.statementsOfToday)

function tell(people: number, lines: readonly Line[]): void {
  console.log(
    `${people} people; ${rounds} rounds; load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors; ` +
      `limit ${limit.milliseconds} ms`,
  )
  console.table(
    Object.keys(tabs).flatMap(tab =>
      roles.flatMap(({ who }) => {
        const of = ofTab(lines, tab as TabName, who)
        if (of.length === 0) return []
        const slowest = of.reduce((worst, one) => (one.p95 > worst.p95 ? one : worst))
        const most = of.reduce((worst, one) => (one.statements > worst.statements ? one : worst))
        return [
          {
            ...{ tab, who, requests: of.length, statements: sumOf(of), most: most.statements },
            ...{ kB: Math.round(of.reduce((sum, { bytes }) => sum + bytes, 0) / 1000) },
            ...{ p50: slowest.p50, p95: slowest.p95, slowest: slowest.door.slice(0, 60) },
            within: slowest.p95 <= limit.milliseconds ? 'yes' : 'NO',
          },
        ]
      }),
    ),
  )
  const over = lines.filter(({ p95, statements }) => p95 > limit.milliseconds || statements > 25)
  if (over.length > 0 || process.env['ALL']) {
    console.log('doors beyond the limit, or of more than 25 statements:')
    console.table((process.env['ALL'] ? [...lines] : over).sort((a, b) => b.p95 - a.p95))
  }
}

/** How the slowest door of each tab grows with the people: 0 not at all, 1 as they do. */
function tellGrowth(): void {
  const [small, large] = [measured[0], measured.at(-1)]
  if (!small || !large) return
  const times = Math.log(large.people / small.people)
  const slowestOf = (lines: readonly Line[], tab: TabName, who: string) =>
    Math.max(1, ...ofTab(lines, tab, who).map(({ p50 }) => p50))
  console.log(`exponent of growth from ${small.people} to ${large.people} people, of the slowest door's median`)
  console.table(
    Object.keys(tabs).flatMap(tab =>
      roles.map(({ who }) => {
        const [from, to] = [slowestOf(small.lines, tab as TabName, who), slowestOf(large.lines, tab as TabName, who)]
        return { tab, who, from, to, exponent: Number((Math.log(to / from) / times).toFixed(2)) }
      }),
    ),
  )
}

const sizes = process.argv.slice(2).map(Number)
const measured: { readonly people: number; readonly lines: readonly Line[] }[] = []
for (const people of sizes.length > 0 || process.env['DATA'] ? sizes : [1_300_000])
  measured.push(await inProvince(people, process.env['KEEP'], measureFolder))
if (process.env['DATA']) measured.push(await measureFolder(process.env['DATA']))
for (const { people, lines } of measured) tell(people, lines)
if (measured.length > 1) tellGrowth()
process.exitCode = measured.some(({ lines }) => isOver(lines)) ? 1 : 0
