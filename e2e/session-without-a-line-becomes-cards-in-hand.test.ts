import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { BrowserContext } from 'playwright-core'
import { campaignList } from '../src/campaign/cohorts/contract.ts'
import { needList } from '../src/campaign/contract.ts'
import { handCardOver } from '../src/cards/contract.ts'
import { checkCard, makeCard, planBatch, receiveBlanks, showBatch } from '../src/cards/production/contract.ts'
import { countBox, openBox, putInBox, receiveBox, sealBox, sendBox } from '../src/cards/shipping/contract.ts'
import { listCards } from '../src/cards/tracking/contract.ts'
import {
  approve,
  listApplications,
  sendOn,
  settleFinding,
  showApplication,
} from '../src/enrolment/adjudication/contract.ts'
import { listGaps } from '../src/enrolment/gaps/contract.ts'
import { planSession, showSession } from '../src/planning/contract.ts'
import { createKit, createSite, createTeam } from '../src/planning/contract-place.ts'
import { addToRoster, removeFromRoster, showRoster } from '../src/planning/rosters/contract.ts'
import type { Id } from '../src/platform/ids.ts'
import { listPeople } from '../src/register/contract.ts'
import { me } from '../src/staff/contract.ts'
import { quickStatistics } from '../src/statistics/contract.ts'
import { ask } from './api-call.ts'
import { atTheStation, openDevices } from './at-the-station.ts'
import { desktop, openBrowser, openKeptBrowser, shot, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { type Line, openLine } from './network-line.ts'
import { addOfficer } from './ordered-cards.ts'
import { serveHouse } from './served-house.ts'

/**
 * From an application to the card in the hand, over a house with a name of its own: two stations take a session's list,
 * serve people without a line, and bring their packets home, one by the network and one by USB; then what they captured
 * is checked, approved, made, sent and handed over.
 */

const house = await serveHouse({ host: 'dinhdanh.example' })
const hosts = [`dinhdanh.example:${house.port}`]
const browser = await openBrowser({ hosts, args: await house.browserArgs() })
const devices = await openDevices()
const secret = 'hoa sữa 1987'
/** People on the list; each station serves half of them. */
const asked = 4
const half = asked / 2
const unitOf = (login: string) => house.signIns.find(one => one.login === login)!.unitId

const open = async (login: string, password?: string) => {
  const page = await browser.newPage(desktop)
  await house.signIn(page, login, '/console/hom-nay', password)
  return page
}

/** A laptop with a browser that keeps what it stores, on a line of its own. */
type Laptop = {
  readonly name: string
  readonly line: Line
  readonly folder: string
  context: BrowserContext
  page: WatchedPage
}

const turnedOn = async ({ line, folder }: Pick<Laptop, 'line' | 'folder'>) => {
  const opened = await openKeptBrowser(folder, {
    args: [...devices.args, ...(await house.browserArgs(line))],
    hosts,
    scanner: devices.scanner,
  })
  // The page is of another place than the scanner on this machine: the officer has given it leave to speak with it.
  await opened.context.grantPermissions(['local-network-access', 'camera'], { origin: house.origin })
  await opened.context.addInitScript('delete window.showSaveFilePicker')
  return opened
}

async function aLaptop(name: string): Promise<Laptop> {
  const own = { line: await openLine(() => house.port), folder: await mkdtemp(join(tmpdir(), 'dinhdanh-station-')) }
  return { name, ...own, ...(await turnedOn(own)) }
}

/** Its current fails: every process of its browser is gone at once. */
async function powerFails({ folder, context }: Laptop) {
  const mine: number[] = []
  for (const pid of (await readdir('/proc')).filter(name => /^\d+$/.test(name))) {
    const command = await readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '')
    if (command.includes(folder)) mine.push(Number(pid))
  }
  assert.ok(mine.length > 0)
  const gone = new Promise(done => context.on('close', done))
  for (const pid of mine) process.kill(pid, 'SIGKILL')
  await gone
}

const laptops = [await aLaptop('Máy 01'), await aLaptop('Máy 02')] as const
const [first, second] = laptops
after(async () => {
  for (const { name, page, context, line, folder } of laptops) {
    await shot(page, `whole-last-${name}`).catch(() => undefined)
    await context.close().catch(() => undefined)
    await line.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  await devices.close()
  await browser.close().finally(house.stop)
})

const password = 'mat-khau-kiem-tra-9'
await addOfficer(house.folder, { login: 'huyen2', role: 'district-officer', unitId: unitOf('huyen'), password })
const district = await open('huyen')
const unit = unitOf('huyen')

type Guest = {
  readonly id: Id<'person'>
  readonly name: string
  readonly number: string
  readonly born: string
  readonly sex: 'M' | 'F'
}
let guests: Guest[] = []
let walkIn: Guest
let sibling: Guest
let sessionId = ''

const clockWise = (day: string, years: number) => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`

/** Those of the district who lack a card and an account, and are old enough to sign for themselves. */
async function whoLacks(): Promise<Guest[]> {
  const { of, people } = await ask(district, needList, {
    query: { basis: 'permanent', unit, needs: ['card'], limit: 1000 },
  })
  return people.flatMap(({ id, name, number, born, sex, needs }) =>
    number && needs.includes('account') && born.length === 10 && clockWise(born, 16) <= of.day
      ? [{ id, name, number, born, sex }]
      : [],
  )
}

test('a district plans a session and invites six people', async () => {
  const lacking = await whoLacks()
  assert.ok(lacking.length >= asked + 2, `${lacking.length} lack a card and an account`)
  const { people } = await ask(district, listPeople, { params: { id: unitOf('phuong') }, query: {} })
  const child = people.find(
    ({ number, birthDate, lifeStatus }) => number && lifeStatus === 'alive' && /^201[0-5]-..-../.test(birthDate),
  )
  assert.ok(child?.number)
  sibling = { id: child.id, name: child.fullName, number: child.number, born: child.birthDate, sex: child.sex }
  const far = await open('huyenkhac')
  const { people: ofFar } = await ask(far, needList, { query: { basis: 'permanent', needs: ['card'], limit: 1000 } })
  const [visitor] = ofFar.flatMap(({ id, name, number, born, sex }) =>
    number && born.length === 10 && born < '2007' ? [{ id, name, number, born, sex }] : [],
  )
  assert.ok(visitor, `${ofFar.length} lack a card there`)
  walkIn = visitor

  const { id: officerId } = await ask(district, me, {})
  const site = await ask(district, createSite, {
    body: { kind: 'hall', unitId: unitOf('phuong'), name: 'Nhà văn hóa khu 9', opensAt: '07:00', closesAt: '21:00' },
  })
  const kit = await ask(district, createKit, { body: { unitId: unit, code: 'Máy 91' } })
  const team = await ask(district, createTeam, {
    body: { unitId: unit, name: 'Đội chín', colour: 1, members: [{ officerId, role: 'lone' }] },
  })
  const session = await ask(district, planSession, {
    body: {
      kind: 'card-and-account',
      siteId: site.id,
      day: '2023-04-21',
      startsAt: '07:30',
      endsAt: '20:30',
      teamId: team.id,
      kits: [kit.id],
      confirm: ['capacity', 'outside-hours'],
    },
  })
  const of = { id: session.id }
  sessionId = session.id
  await ask(district, addToRoster, {
    params: of,
    body: { persons: lacking.map(({ id }) => id), confirm: ['capacity'] },
  })
  // Some are asked to another session of the season already.
  const onIt = new Set((await ask(district, showRoster, { params: of })).lines.map(({ personId }) => personId))
  guests = lacking.filter(({ id }) => onIt.has(id)).slice(0, asked)
  assert.equal(guests.length, asked)
  const rest = [...onIt].filter(person => !guests.some(({ id }) => id === person))
  if (rest.length) await ask(district, removeFromRoster, { params: of, body: { persons: rest } })
  assert.equal((await ask(district, showSession, { params: { id: session.id } })).state, 'planned')
})

/** In the office: the browser becomes a station, the officer is granted it, and it takes the list. */
async function prepare({ page, name }: Laptop, login: string) {
  const { press, field } = atTheStation(page)
  await house.signIn(page, login)
  await page.goto(`${house.origin}/station/`)
  await field('Tên máy').fill(name)
  await press('Đăng ký trạm')
  await press('Nhận quyền cho người đang đăng nhập')
  await field('Đặt mật khẩu trạm').fill(secret)
  await field('Gõ lại').fill(secret)
  await press('Đặt')
  const row = page.locator('li, section, article').filter({ hasText: 'Nhà văn hóa khu 9' }).last()
  await row.getByRole('button', { name: 'Lấy danh sách' }).click()
  await page.getByText(/Đã có trên máy, đọc được đến/).waitFor()
  await page.getByText('đã lưu đủ trên máy').waitFor()
  await shot(page, `whole-${name}`)
  await press('Mở đợt này')
  await page.getByText('Không ai đang chờ').waitFor()
}

let phones = 0
const aPhone = () => `09${String(12_000_000 + ++phones * 7)}`

/** One person from the scan to the sealed packet. */
async function serve({ page }: Laptop, { number, name }: Guest) {
  const at = atTheStation(page)
  await at.comes(number)
  await at.press(/^Bắt đầu với/)
  await page.getByRole('heading', { name }).waitFor()
  await rest(page)
}

async function rest(page: WatchedPage) {
  const at = atTheStation(page)
  await at.allRight()
  await at.portrait()
  await at.fingers()
  await at.phone(aPhone())
  await at.readAndSign()
  await at.seal()
}

test('two stations download the list and go offline', async () => {
  for (const laptop of laptops) {
    await prepare(laptop, 'huyen')
    await atTheStation(laptop.page).without(laptop.line)
    await laptop.page.getByText(/Không có mạng từ/).waitFor()
  }
})

test('both stations serve two people offline, and one resumes a capture after a power failure', async () => {
  for (const guest of guests.slice(0, half)) await serve(first, guest)
  for (const guest of guests.slice(half, -2)) await serve(second, guest)
  const at = atTheStation(second.page)
  await at.comes(guests.at(-2)!.number)
  await at.press(/^Bắt đầu với/)
  await at.allRight()
  await at.portrait()
  await second.page.locator('.fingerprints').waitFor()
  // What was taken is written within half a second.
  await second.page.waitForTimeout(500)
  await powerFails(second)
  Object.assign(second, await turnedOn(second))
  await second.page.goto(`${house.origin}/station/`)
  await second.page.getByText('1 hồ sơ dở còn trên máy').waitFor()
  const again = atTheStation(second.page)
  await again.field('Mật khẩu trạm').fill(secret)
  await again.press('Mở')
  await shot(second.page, 'whole-again')
  await again.fingers()
  await again.phone(aPhone())
  await again.readAndSign()
  await again.seal()
  for (const guest of guests.slice(-1)) await serve(second, guest)
  await shot(second.page, 'whole-served')
})

async function typedIn({ page }: Laptop, { number, name, born, sex }: Guest) {
  const { press, field } = atTheStation(page)
  await press('Thêm người')
  await page.getByRole('textbox', { name: 'Số định danh' }).fill(number)
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill(name)
  await page.getByRole('textbox', { name: 'Ngày sinh' }).fill(born.split('-').reverse().join('/'))
  await field('Giới tính').selectOption(sex)
  await press('Cho vào hàng')
}

test('a station serves a person on no list, and refuses a brother below fourteen in writing', async () => {
  await typedIn(first, walkIn)
  await rest(first.page)
  await typedIn(second, sibling)
  await second.page.getByText(/Có thể làm từ ngày/).waitFor()
  await second.page.getByRole('button', { name: /^In TB và ghi từ chối/ }).click()
  await second.page.getByText(/Đã ghi từ chối/).waitFor()
})

const inQueue = async (queue: 'to-check' | 'to-approve' | 'ended') => {
  const { applications } = await ask(district, listApplications, { query: { queue, session: sessionId } })
  return applications
}

test('in the evening one station sends its packets as soon as it is online', async () => {
  await atTheStation(first.page).with(first.line)
  await eventually(async () => assert.equal((await inQueue('to-check')).length, half + 1), 90_000)
  await first.page.getByRole('button', { name: /^xem \d+ gói/ }).click()
  await first.page.getByText(`0 gói còn trên máy, ${half + 1} gói hệ thống đã ký nhận.`).waitFor()
  await shot(first.page, 'whole-sent')
  first.page.assertClean()
})

/** The desk of another officer of the district, who checks what the teams captured. */
let checker: WatchedPage

test('after its list expired, another officer brings the other station’s packets by USB, twice', async () => {
  const { page, line } = second
  // The list ends at six in the morning of the day after the session's; that is tomorrow's, also where today has just
  // begun.
  await page.clock.install({ time: new Date(Date.now() + 55 * 3_600_000) })
  await page.goto(`${house.origin}/station/`)
  await page.getByText('Máy này chưa có danh sách đợt nào').waitFor()
  await shot(page, 'whole-ended')
  // The packets say when they were sealed and when they were copied: by a clock two days ahead they would all wait for
  // an officer.
  await page.clock.setSystemTime(new Date())
  const { press } = atTheStation(page)
  await press(/Cán bộ và máy/)
  await page.getByText('Các gói trên máy', { exact: true }).first().click()
  const usb = page.getByRole('main').getByRole('button', { name: 'Chép ra USB' })
  const [download] = await Promise.all([page.waitForEvent('download'), usb.click()])
  const file = await download.path()
  const office = await open('huyen2', password)
  checker = office
  await office.goto(`${house.origin}/console/thu-nhan/goi`)
  for (const _time of ['first', 'again']) {
    await office
      .locator('input[type=file]')
      .setInputFiles({ name: 'tram.ddu', mimeType: 'application/octet-stream', buffer: await readFile(file) })
    await office
      .getByText(`${half + 1} đã nhận`)
      .or(office.getByText(`${half + 1} gói đã nhận`))
      .waitFor()
    await shot(office, 'whole-usb')
    await office.getByRole('button', { name: 'Nhận tệp khác' }).click()
  }
  await eventually(async () => assert.equal((await inQueue('to-check')).length, asked + 1), 90_000)
  assert.deepEqual(
    (await inQueue('ended')).map(({ personId, state }) => [personId, state]),
    [[sibling.id, 'refused']],
  )

  await atTheStation(page).with(line)
  await house.signIn(page, 'huyen2', '/console/hom-nay', password)
  await page.goto(`${house.origin}/station/`)
  await page.getByText(`0 gói còn trên máy, ${half + 1} gói hệ thống đã ký nhận.`).waitFor()
})

test('seven people have one application each, and a state of card and account', async () => {
  const all = await inQueue('to-check')
  assert.deepEqual(new Set(all.map(({ personId }) => personId)), new Set([...guests, walkIn].map(({ id }) => id)))
  assert.equal(all.length, asked + 1)
  for (const { state, account, name } of all)
    assert.deepEqual([state, account?.state, account?.problem], ['submitted', 'requested', undefined], name)
  const { gaps } = await ask(district, listGaps, { query: {} })
  assert.deepEqual(
    gaps.filter(({ kind }) => kind === 'captured-not-received' || kind === 'counter-hole'),
    [],
  )
})

let cards: readonly { readonly serial: string; readonly personId: Id<'person'> }[] = []

test('officers check, approve and make the cards, and a box goes to the district', async () => {
  const [maker, looker] = [await open('trungtamthe'), await open('trungtamthe2')]
  for (const { id } of await inQueue('to-check')) {
    const { findings } = await ask(checker, showApplication, { params: { id } })
    for (const { kind, verdict, settledBy } of findings)
      if ((verdict === 'doubtful' || verdict === 'bad') && !settledBy)
        await ask(checker, settleFinding, { params: { id, kind }, body: { note: 'Đã xem ảnh và gọi hỏi người dân' } })
    await ask(checker, sendOn, { params: { id } })
    await ask(maker, approve, { params: { id } })
  }
  const last = `QN70000${String(asked + 1).padStart(2, '0')}`
  await ask(maker, receiveBlanks, { body: { code: 'LO-70', firstSerial: 'QN7000001', lastSerial: last } })
  const batch = await ask(maker, planBatch, { body: { unitIds: [unit], maker: 'house', most: asked + 1 } })
  assert.equal(batch.cards, asked + 1)
  const planned = await ask(maker, showBatch, { params: { id: batch.id }, query: {} })
  for (const [at, { cardId }] of planned.cards.entries())
    await ask(maker, makeCard, {
      params: { id: cardId },
      body: { serial: `QN70000${String(at + 1).padStart(2, '0')}` },
    })
  const made = await ask(looker, showBatch, { params: { id: batch.id }, query: {} })
  for (const { attemptId } of made.cards)
    await ask(looker, checkCard, { params: { id: attemptId! }, body: { quality: 'passed' } })
  cards = made.cards.map(({ serial, personId }) => ({ serial: serial!, personId }))

  const box = { id: (await ask(maker, openBox, { body: { to: { kind: 'unit', id: unit } } })).id }
  for (const { serial } of cards) await ask(maker, putInBox, { params: box, body: { serial } })
  await ask(maker, sealBox, { params: box, body: { seal: 'NP-70' } })
  await ask(maker, sendBox, { params: box })
  await ask(district, receiveBox, { params: box, body: { seal: 'intact' } })
  const counted = await ask(district, countBox, { params: box, body: { serials: cards.map(({ serial }) => serial) } })
  assert.deepEqual([counted.box.state, counted.present, counted.missing], ['counted', asked + 1, []])
})

test('every holder receives the card, and the day’s figures equal the campaign’s lists', async () => {
  const commander = await open('chihuy')
  const { campaigns } = await ask(commander, campaignList, {})
  const of = { id: campaigns.find(({ name }) => name === 'tai-khoan-2023')!.id }
  const figure = async () => {
    const { whole, waiting } = await ask(commander, quickStatistics, {
      params: of,
      query: { metric: 'card-handed-over' },
    })
    assert.equal(waiting, 0)
    return whole.today
  }
  const before = await eventually(figure)
  for (const { serial, personId } of cards)
    await ask(district, handCardOver, { body: { serial, personId, to: { kind: 'holder' } } })
  await eventually(async () => assert.equal(await figure(), before + asked + 1))
  const handed = (await ask(district, listCards, { query: { stage: 'handed-over' } })).rows.map(
    ({ personId }) => personId,
  )
  assert.equal(cards.filter(({ personId }) => handed.includes(personId)).length, asked + 1)
  const lacking = new Set(
    (await ask(district, needList, { query: { basis: 'permanent', needs: ['card'], limit: 1000 } })).people.map(
      ({ id }) => id,
    ),
  )
  assert.deepEqual(
    guests.filter(({ id }) => lacking.has(id)),
    [],
  )
  for (const page of [first.page, second.page]) page.assertClean()
})
