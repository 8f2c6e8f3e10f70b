import assert from 'node:assert/strict'
import { after, type TestContext, test } from 'node:test'
import type { Request } from 'playwright-core'
import { activityList } from '../src/awareness/contract.ts'
import { campaignCreate } from '../src/campaign/cohorts/contract.ts'
import { giveList } from '../src/cards/hand-over/contract.ts'
import { planBatch, receiveBlanks } from '../src/cards/production/contract.ts'
import { foundCard, openBox, putInBox } from '../src/cards/shipping/contract.ts'
import { listCards } from '../src/cards/tracking/contract.ts'
import { listApplications } from '../src/enrolment/adjudication/contract.ts'
import { listQuarantined } from '../src/enrolment/packets/contract-quarantine.ts'
import { inspectedOfficers } from '../src/inspection/contract.ts'
import { proposeCorrection } from '../src/register/corrections/contract.ts'
import { collectPerson } from '../src/register/establishing/contract.ts'
import { proposeMerge } from '../src/register/merging/contract.ts'
import { listRolls, listRows } from '../src/rolls/contract.ts'
import { reportPublish } from '../src/statistics/reports/contract.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { orderCards } from './ordered-cards.ts'
import { pupilsOf } from './people.ts'
import { serveHouse } from './served-house.ts'
import { openStation } from './station-at-work.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const district = await browser.newPage(desktop)
await house.signIn(district, 'huyen')
const unitId = house.signIns.find(({ login }) => login === 'huyen')!.unitId
const [person, another] = await pupilsOf(district, unitId)
assert.ok(person && another)
const { rolls } = await ask(district, listRolls, { query: {} })
const roll = rolls.toSorted((a, b) => b.counts.review - a.counts.review)[0]!
const [row] = (await ask(district, listRows, { params: { id: roll.id }, query: { limit: 1 } })).rows
const correction = await ask(district, proposeCorrection, {
  params: { id: person.id },
  body: {
    form: { code: 'DC02', version: 'TT 59/2021/TT-BCA' },
    evidence: { kind: 'birth-certificate', number: '118', issuer: 'UBND phường Hồng Hà' },
    values: { birth_date: '2005-02-01' },
  },
})
await ask(district, collectPerson, {
  body: {
    form: { code: 'DC01', version: 'TT 59/2021/TT-BCA' },
    papers: 'Giấy khai sinh số 119',
    given: {
      fullName: 'Chìu Sủi Hồng Thắm',
      birthDate: '2015-03-07',
      sex: 'F',
      birthRegistrationCode: '022',
      residenceKind: 'permanent',
      residenceUnitId: house.signIns.find(({ login }) => login === 'phuong')!.unitId,
    },
  },
})

const station = await openStation(district, 'Máy quầy 01')
const told = { number: another.number, fullName: another.name, birthDate: another.born, sex: another.sex }
for (const given of [told, { ...told, fullName: 'Nguyễn Thị Khác Tên' }])
  await station.send((await station.capture({ person: given })).packet)
const [application, held] = await eventually(async () => {
  const [{ applications }, { packets }] = [
    await ask(district, listApplications, { query: { queue: 'to-check' } }),
    await ask(district, listQuarantined, { query: {} }),
  ]
  assert.ok(applications[0] && packets[0])
  return [applications[0], packets[0]] as const
})

const merge = await ask(district, proposeMerge, {
  body: {
    personId: person.id,
    otherId: another.id,
    reason: 'Cùng một giấy khai sinh',
    papers: 'Giấy khai sinh số 12/2005, UBND phường Hà Khánh',
  },
})

const commander = await browser.newPage(desktop)
await house.signIn(commander, 'chihuy')
const campaign = await ask(commander, campaignCreate, {
  body: {
    name: 'trang-sach-2023',
    title: 'Thẻ và tài khoản cho học sinh cuối cấp',
    schoolYear: '2022-2023',
    cohorts: [
      { name: 'Học sinh lớp 12', grades: [12], basis: 'school' },
      { name: 'Học sinh lớp 9', grades: [9], basis: 'school' },
    ],
    metrics: ['card-handed-over', 'card-applied', 'account-activated', 'sessions-held'],
    startsOn: '2023-03-01',
    deadlines: [
      { name: 'Đăng ký dự thi', on: '2023-05-12', proof: 'account-activated' },
      { name: 'Thi tốt nghiệp', on: '2023-06-27', proof: 'card-in-hand' },
    ],
    targets: [
      {
        unit: '22',
        metric: 'card-handed-over',
        value: 80,
        batch: 'dot-1',
        assignedOn: '2023-03-01',
        dueOn: '2023-06-27',
      },
    ],
  },
})
const report = await ask(commander, reportPublish, { params: { id: campaign.id }, body: {} })
const ofCampaign = `cd=${campaign.id}`

/**
 * Cards that wait, a batch, blanks, a box and a list of what lies at the unit: enough for every page of Thẻ to have
 * something in it.
 */
const centre = await browser.newPage(desktop)
await house.signIn(centre, 'trungtamthe')
const [firstCard] = await orderCards(house.folder, { unitId, schoolId: roll.school.id, count: 4, dueIn: -2 })
assert.ok(firstCard)
const batch = await ask(centre, planBatch, { body: { maker: 'house', most: 2 } })
const centreBatch = await ask(centre, planBatch, { body: { maker: 'centre', most: 1 } })
await ask(centre, receiveBlanks, { body: { code: 'LO-01', firstSerial: 'QN9100001', lastSerial: 'QN9100050' } })
const box = await ask(centre, openBox, { body: { to: { kind: 'unit', id: unitId } } })
const lying = (await ask(district, listCards, { query: { stage: 'at-unit', limit: 2 } })).rows
const made = (await ask(centre, listCards, { query: { stage: 'made', limit: 1 } })).rows[0]
if (made) await ask(centre, putInBox, { params: { id: box.id }, body: { cardId: made.cardId } })
for (const { cardId } of lying) await ask(district, foundCard, { body: { cardId } })
const given = await ask(district, giveList, {
  body: { schoolId: roll.school.id, teacherName: 'Nguyễn Thị Thu Hoa', cards: lying.map(({ cardId }) => ({ cardId })) },
})

const auditor = await browser.newPage(desktop)
await house.signIn(auditor, 'kiemtra')
const { officers: read } = await ask(auditor, inspectedOfficers, { query: {} })
const nightReader = read[0]?.officer.id ?? ''

const ward = await browser.newPage(desktop)
await house.signIn(ward, 'phuong')
const [activity] = (await ask(ward, activityList, { query: { limit: 1 } })).activities

/** Every place of the console, and whom it is looked at as. */
const places: readonly (readonly [login: string, name: string, place: string])[] = [
  ['huyen', 'hom-nay', '/hom-nay'],
  ['huyen', 'tat-ca', '/tat-ca'],
  ['huyen', 'bo-phan', '/bo-phan'],
  ['phuong', 'tuyen-truyen', '/tuyen-truyen'],
  ['chihuy', 'tuyen-truyen-tinh', '/tuyen-truyen'],
  ['phuong', 'tuyen-truyen-mot', `/tuyen-truyen/${activity?.id ?? ''}`],
  ['phuong', 'tuyen-truyen-ghi', '/tuyen-truyen/ghi'],
  ['phuong', 'tuyen-truyen-tai-lieu', '/tuyen-truyen/tai-lieu'],
  ['huyen', 'danh-sach', '/danh-sach'],
  ['huyen', 'danh-sach-o', '/danh-sach?theo=permanent'],
  ['huyen', 'danh-sach-in', '/danh-sach/in'],
  ['chihuy', 'chien-dich-in', '/chien-dich/in'],
  ['huyen', 'viec-in', '/ra-soat/viec/in'],
  ['chihuy', 'chi-dao', '/chien-dich/chi-dao'],
  ['huyen', 'chi-dao-den', '/chien-dich/chi-dao'],
  ['chihuy', 'chi-dao-moi', '/chien-dich/chi-dao/moi'],
  ['huyen', 'chua-nhap', '/chien-dich/chua-nhap'],
  ['phuong', 'to-cong-nghe', '/danh-sach/to-cong-nghe'],
  ['phuong', 'to-cong-nghe-moi', '/danh-sach/to-cong-nghe/moi'],
  ['huyen', 'pho-cap', '/danh-sach/pho-cap'],
  ['huyen', 'pho-cap-in', '/danh-sach/pho-cap/in'],
  ['huyen', 'ra-soat', '/ra-soat'],
  ['huyen', 'so-doi-chieu', '/ra-soat/so'],
  ['huyen', 'ra-soat-mot', `/ra-soat/${roll.id}`],
  ['huyen', 'ra-soat-tat-ca', `/ra-soat/${roll.id}?nhom=all`],
  ['huyen', 'ra-soat-dong', `/ra-soat/${roll.id}?nhom=review&dong=${row?.place ?? 1}`],
  ['huyen', 'ra-soat-rui-ro', `/ra-soat/${roll.id}?nhom=risk-list`],
  ['huyen', 'ra-soat-xem-lai', `/ra-soat/${roll.id}?nhom=risk`],
  ['huyen', 'cap-so', `/ra-soat/${roll.id}/cap-so`],
  ['huyen', 'cap-so-in', `/ra-soat/${roll.id}/cap-so/in`],
  ['sogiaoduc', 'cap-so-truong', `/ra-soat/${roll.id}/cap-so`],
  ['huyen', 'hang-cho', '/ra-soat/hang-cho'],
  ['huyen', 'hang-cho-den', '/ra-soat/hang-cho?nhom=to-me'],
  ['huyen', 'hang-cho-chuyen', '/ra-soat/hang-cho?nhom=by-me'],
  ['huyen', 'hang-cho-con', '/ra-soat/hang-cho?nhom=left'],
  ['huyen', 'thu-nhan', '/thu-nhan'],
  ['pheduyet', 'thu-nhan-trong', '/thu-nhan?hang=ended'],
  ['pheduyet', 'thu-nhan-mot', `/thu-nhan/${application.id}?hang=to-check`],
  ['huyen', 'thu-nhan-cua-minh', `/thu-nhan/${application.id}`],
  ['huyenkhac', 'thu-nhan-tu-choi', `/thu-nhan/${application.id}`],
  ['huyen', 'goi', '/thu-nhan/goi'],
  ['pheduyet', 'goi-mot', `/thu-nhan/goi?tram=${held.station}&goi=${held.hash}`],
  ['huyen', 'khoang-trong', '/thu-nhan/khoang-trong'],
  ['huyen', 'tram', '/thu-nhan/tram'],
  ['trungtamthe', 'thu-nhan-trung-tam', '/thu-nhan'],
  ['huyen', 'dan-cu', '/dan-cu'],
  ['huyen', 'nguoi', `/dan-cu/nguoi/${person.id}`],
  ['huyen', 'nguoi-in', `/dan-cu/nguoi/${person.id}/in`],
  ['huyen', 'dinh-chinh', `/dan-cu/nguoi/${another.id}/dinh-chinh`],
  ['huyen', 'lap-lai-so', `/dan-cu/nguoi/${another.id}/lap-lai-so`],
  ['huyen', 'dinh-chinh-cho', '/dan-cu/dinh-chinh'],
  ['huyen', 'cu-tru', `/dan-cu/nguoi/${another.id}/cu-tru`],
  ['huyen', 'hop-nhat-de-nghi', `/dan-cu/nguoi/${another.id}/hop-nhat?voi=${person.id}`],
  ['pheduyet', 'hop-nhat', '/dan-cu/hop-nhat'],
  ['pheduyet', 'hop-nhat-mot', `/dan-cu/hop-nhat/${merge.id}`],
  ['phuong', 'yeu-cau', '/dan-cu/yeu-cau'],
  ['kiemtra', 'yeu-cau-khong-quyen', '/dan-cu/yeu-cau'],
  ['pheduyet', 'dinh-chinh-mot', `/dan-cu/dinh-chinh/${correction.id}`],
  ['huyen', 'lap-so', '/dan-cu/lap-so'],
  ['huyen', 'lap-so-moi', '/dan-cu/lap-so/moi'],
  ['huyen', 'quan-tri', '/quan-tri'],
  ['huyen', 'don-vi', '/quan-tri/don-vi'],
  ['huyen', 'khong-co', '/khong-co-trang-nay'],
  ['quantri', 'quan-tri-tinh', '/quan-tri'],
  ['quantri', 'nhiem-vu', '/quan-tri/nhiem-vu'],
  ['quantri', 'de-nghi', '/quan-tri/de-nghi'],
  ['quantri', 'ben-lien-ket', '/quan-tri/ben-lien-ket'],
  ['quantri', 'vi-pham', '/quan-tri/vi-pham'],
  ['quantri', 'ma-yeu-cau', '/quan-tri/ma-yeu-cau'],
  ['quantri', 'ma-loi', '/quan-tri/ma-loi'],
  ['quantri', 'dung-luong', '/quan-tri/dung-luong'],
  ['huyen', 'viec-phai-sua', '/ra-soat/viec'],
  ['huyen', 'viec-mot-truong', `/ra-soat/viec?danhsach=${roll.id}`],
  ['sogiaoduc', 'giao-duc', '/ra-soat'],
  ['sogiaoduc', 'viec-cua-truong', '/ra-soat/viec'],
  ['uyban', 'uy-ban', '/danh-sach'],
  ['uyban', 'uy-ban-hom-nay', '/hom-nay'],
  ['kiemtra', 'kiem-tra', '/hom-nay'],
  ['kiemtra', 'nhat-ky', '/kiem-toan'],
  ['kiemtra', 'nhat-ky-trong', '/kiem-toan?tu=2020-01-01&den=2020-01-07'],
  ['kiemtra', 'nhat-ky-in', '/kiem-toan/in'],
  ['kiemtra', 'nhat-ky-luot', `/kiem-toan/nhat-ky?loai=khong-gan&cb=${nightReader}`],
  ['kiemtra', 'nhat-ky-nguoi', '/kiem-toan/nguoi'],
  ['phuong', 'cau-hoi', '/hom-nay/cau-hoi'],
  ['huyenkhac', 'bi-tu-choi', `/dan-cu/nguoi/${person.id}`],
  ['chihuy', 'chien-dich', `/chien-dich?${ofCampaign}`],
  ['chihuy', 'chien-dich-2025', `/chien-dich?${ofCampaign}&bd=2025`],
  ['chihuy', 'chien-dich-buoi', `/chien-dich?${ofCampaign}&cs=sessions-held`],
  ['phuong', 'chien-dich-xa', `/chien-dich?${ofCampaign}`],
  ['uyban', 'chien-dich-uy-ban', `/chien-dich?${ofCampaign}`],
  ['chihuy', 'nguoi-da-co', `/chien-dich/nguoi?${ofCampaign}&kieu=done`],
  ['chihuy', 'nguoi-con-thieu', `/chien-dich/nguoi?${ofCampaign}&kieu=lacking&tu-ban=${report.edition}`],
  ['chihuy', 'nguoi-cua-buoi', `/chien-dich/nguoi?${ofCampaign}&cs=sessions-held`],
  ['chihuy', 'chien-dich-moi', '/chien-dich/moi'],
  ['chihuy', 'chien-dich-moi-tep', '/chien-dich/moi/tep'],
  ['chihuy', 'chi-tieu', `/chien-dich/chi-tieu?${ofCampaign}`],
  ['chihuy', 'nguy-co', `/chien-dich/nguy-co?${ofCampaign}`],
  ['chihuy', 'nguy-co-truong', `/chien-dich/nguy-co?${ofCampaign}&gop=school`],
  ['chihuy', 'bao-cao', `/bao-cao?${ofCampaign}`],
  ['chihuy', 'bao-cao-in', `/bao-cao/in?${ofCampaign}`],
  ['chihuy', 'bao-cao-mot', `/bao-cao/${report.id}`],
  ['phuong', 'bao-cao-xa', `/bao-cao?${ofCampaign}`],
  ['chihuy', 'hom-nay-chi-huy', '/hom-nay'],
  ['phuong', 'hom-nay-xa', '/hom-nay'],
  ['phuong', 'moi-den', '/hom-nay/moi-den'],
  ['phuong', 'to-dau-ngay', '/hom-nay/in'],
  ['trungtamthe', 'ngay-dau', '/ngay-dau'],
  ['uyban', 'ngay-dau-in', '/ngay-dau/in'],
  ['huyen', 'the', '/the'],
  ['trungtamthe', 'the-trung-tam', '/the'],
  ['huyen', 'the-danh-sach', '/the/danh-sach?buoc=coming&tre=1'],
  ['huyen', 'the-chua-nhan', '/the/danh-sach?buoc=uncollected&qua=7'],
  ['huyen', 'the-danh-sach-in', '/the/danh-sach/in?buoc=uncollected'],
  ['trungtamthe', 'the-dot', '/the/dot'],
  ['trungtamthe', 'the-dot-moi', '/the/dot/moi'],
  ['trungtamthe', 'the-dot-mot', `/the/dot/${batch.id}`],
  ['trungtamthe', 'the-dot-kiem', `/the/dot/${batch.id}?viec=check`],
  ['trungtamthe', 'the-dot-ngoai', `/the/dot/${centreBatch.id}`],
  ['trungtamthe', 'the-phoi', '/the/phoi'],
  ['phuong', 'the-phoi-tu-choi', '/the/phoi'],
  ['trungtamthe', 'the-thung', '/the/thung'],
  ['phuong', 'the-thung-khong', '/the/thung?huong=out'],
  ['trungtamthe', 'the-thung-mot', `/the/thung/${box.id}`],
  ['trungtamthe', 'the-thung-nhan', `/the/thung/${box.id}/nhan`],
  ['huyen', 'the-trao', '/the/trao'],
  ['huyen', 'the-trao-danh-sach', '/the/trao/danh-sach'],
  ['huyen', 'the-trao-moi', '/the/trao/danh-sach/moi'],
  ['huyen', 'the-trao-mot', `/the/trao/danh-sach/${given.id}`],
  ['huyen', 'the-trao-in', `/the/trao/danh-sach/${given.id}/in`],
  ['huyen', 'the-mot', `/the/${firstCard.cardId}`],
  ['huyenkhac', 'the-tu-choi', `/the/${firstCard.cardId}`],
  ['trungtamthe', 'hom-nay-trung-tam', '/hom-nay'],
  ['chihuy', 'phuong-an', '/lich-luu-dong/phuong-an'],
]

/** These are looked at in English too. */
const inEnglish = [
  'chien-dich',
  'chi-tieu',
  'nguy-co',
  'bao-cao',
  'hom-nay',
  'danh-sach',
  'danh-sach-in',
  'ra-soat-mot',
  'hang-cho',
  'ngay-dau',
  'thu-nhan',
  'thu-nhan-mot',
  'goi-mot',
  'khoang-trong',
  'tram',
  'dan-cu',
  'nguoi',
  'lap-so-moi',
  'bi-tu-choi',
  'the',
  'the-dot-mot',
  'the-thung-mot',
  'the-trao',
  'the-mot',
]

/** Pages that work without script. */
const pages = [
  '/',
  '/sign-in',
  '/demonstration',
  '/change-officer',
  '/choose-post',
  '/change-password',
  '/sign-out',
  '/problems',
  '/problems/person-unknown',
  '/nowhere',
]

/** Everything that any page asked for. */
const asked = new Set<string>()
const underWay = new WeakMap<WatchedPage, Set<Request>>()

function follow(page: WatchedPage) {
  const open = new Set<Request>()
  underWay.set(page, open)
  page.on('request', request => {
    // A row that is left is given back by a request that outlives its page; nobody is told when it has ended.
    if (!(request.method() === 'DELETE' && request.url().endsWith('/claim'))) open.add(request)
    asked.add(request.url())
  })
  page.on('requestfinished', request => open.delete(request))
  page.on('requestfailed', request => open.delete(request))
}

/** All that the page asked for has come, and it says no longer that it waits. */
async function quiet(page: WatchedPage) {
  await page.locator('h1').first().waitFor()
  await eventually(async () => {
    assert.equal(await page.locator('[aria-busy=true]').count(), 0)
    await page.evaluate('new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    assert.equal(underWay.get(page)?.size, 0)
  })
}

type Language = 'vi' | 'en'
const sizes = { desktop, phone } as const
type Size = keyof typeof sizes

const signedIn = new Map<string, Promise<WatchedPage>>()
/** One page an officer and a language; signing in costs more than looking. */
function pageOf(login: string, language: Language): Promise<WatchedPage> {
  const key = `${login} ${language}`
  const known = signedIn.get(key)
  if (known) return known
  const opened = browser.newPage(desktop, { language }).then(async page => {
    follow(page)
    await house.signIn(page, login)
    return page
  })
  signedIn.set(key, opened)
  return opened
}

/**
 * Waits until the page is quiet, and looks at it as the content policy and as a narrow screen would, and on its first
 * screen as axe: what stands on it is the same in any width, and every other page is first opened on a phone.
 */
async function look(page: WatchedPage, address: string, name: string, isFirst: boolean) {
  await quiet(page)
  asked.add(page.url())
  await shot(page, name)
  if (isFirst) await assertAccessible(page)
  const [content, screen] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )
  assert.ok(content <= screen, `${address} is ${content} wide on a screen of ${screen}`)
  page.assertClean()
}

/** Which page of the console an address opens, whatever it is about; nothing where it opens none. */
const pageAt = (address: string) =>
  /^\/console\//.test(address) ? new URL(address, house.origin).pathname.replace(/[0-9a-f-]{36}/g, 'id') : undefined

/** Goes to an address as a link of the console does; opens it anew where the console is not there, or would stay. */
async function go(page: WatchedPage, address: string) {
  const { pathname } = new URL(page.url())
  const [from, to] = [pageAt(pathname), pageAt(address)]
  if (!from || !to || from === to) return page.goto(house.origin + address)
  await page.locator('h1').first().waitFor()
  await page.evaluate(`document.querySelector('h1').dataset.left = ''; history.pushState({}, '', '${address}')`)
  return page.locator('h1[data-left]').waitFor({ state: 'detached' })
}

type Sight = { readonly address: string; readonly name: string; readonly language?: Language; readonly login?: string }

/** Opens an address on the first screen, and looks at it; then on the others, as where a window is made smaller. */
async function lookAt(part: TestContext, screens: readonly Size[], sight: Sight) {
  const { address, name, language = 'vi', login = 'huyen' } = sight
  for (const [at, size] of screens.entries())
    await part.test(`${name}, ${login}, on a ${size}`, async () => {
      const page = await pageOf(login, language)
      await page.setViewportSize(sizes[size])
      if (at === 0) await go(page, address)
      await look(page, address, `${name}-${size}-${language}`, at === 0)
    })
}

/** Two hundred looks of a second each on a slow machine. */
const longest = 30 * 60_000

test('every page of the console is clean', { concurrency: 2, timeout: longest }, async context => {
  const looks = (['vi', 'en'] as const).map(language =>
    context.test(`in ${language}`, { timeout: longest }, async part => {
      for (const [at, [login, name, place]] of places.entries()) {
        if (language === 'en' && !inEnglish.includes(name)) continue
        // Every other one is opened on a phone, and made wider.
        const both: readonly Size[] = at % 2 ? ['phone', 'desktop'] : ['desktop', 'phone']
        const screens = language === 'vi' ? both : (['desktop'] as const)
        await lookAt(part, screens, { address: `/console${place}`, name, language, login })
      }
    }),
  )
  await Promise.all(looks)
})

test('every page without script is clean on a desktop and a phone', async context => {
  for (const [at, address] of [
    ...pages,
    `/api/rolls/${roll.id}/review.html`,
    `/api/rolls/${roll.id}/classes.html`,
  ].entries())
    await lookAt(context, at % 2 ? ['phone', 'desktop'] : ['desktop', 'phone'], { address, name: `page-${at}` })
})

test('an officer without script signs in, sees what is wrong, and signs out', async () => {
  const context = await browser.browser.newContext({ javaScriptEnabled: false, locale: 'vi-VN', viewport: phone })
  const page = await browser.newPage(phone, { context })
  const { password } = house.signIns.find(({ login }) => login === 'phuong')!
  await page.goto(`${house.origin}/sign-in`)
  await page.fill('#login', 'phuong')
  await page.fill('#password', `${password}x`)
  await page.click('button[type=submit]')
  assert.match((await page.textContent('[role=alert]')) ?? '', /chưa khớp/)
  await page.fill('#password', password)
  await page.click('button[type=submit]')
  await page.waitForURL(`${house.origin}/second-factor?**`)
  await page.click('form[data-demonstration] button')
  await page.waitForURL(`${house.origin}/console/**`)
  assert.match((await page.textContent('noscript')) ?? '', /\S/, 'the console says what it needs')
  await page.goto(`${house.origin}/sign-out`)
  await page.click('button[type=submit]')
  await page.goto(`${house.origin}/console/hom-nay`)
  assert.equal((await page.request.get(`${house.origin}/api/me`)).status(), 401)
  page.assertClean()
})

test('an officer signs in, opens a list and a person, and returns, by keyboard alone', async () => {
  const page = await browser.newPage(desktop)
  const { login, password } = house.signIns.find(one => one.login === 'huyen')!
  const focused = () =>
    page.evaluate<string>(
      '(document.activeElement?.getAttribute("role") ?? "") + " " + (document.activeElement?.textContent ?? "")',
    )
  const tabTo = async (wanted: RegExp) => {
    for (let steps = 0; steps < 60; steps++) {
      if (wanted.test(await focused())) return
      await page.keyboard.press('Tab')
    }
    assert.fail(`the Tab key does not come to ${wanted}`)
  }
  await page.goto(`${house.origin}/sign-in`)
  // The page puts the cursor there itself, a moment after it has come.
  await page.locator('#login:focus').waitFor()
  await page.keyboard.type(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.waitForURL(`${house.origin}/second-factor?**`)
  await tabTo(/^ Bản minh họa: xác nhận thay$/)
  await page.keyboard.press('Enter')
  await page.waitForURL(`${house.origin}/console/**`)
  await page.getByRole('navigation').first().waitFor()

  await tabTo(/^ Danh sách$/)
  await page.keyboard.press('Enter')
  await page.getByRole('grid').waitFor()
  const list = page.url()
  await tabTo(/^grid/)
  await page.keyboard.press('ArrowDown')
  const under = (await page.locator('.under-cursor').first().textContent()) ?? ''
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/dan-cu\/nguoi\//)
  await page.locator('#so').waitFor()
  const shown = (await page.textContent('h1')) ?? ''
  assert.ok(shown.length > 3 && under.includes(shown), `${shown} was opened from ${under}`)

  // The browser's own key for going back belongs to its window, which a browser without one lacks.
  await page.goBack()
  await page.waitForURL(list)
  await page.getByRole('grid').waitFor()
})

test('no requested address contains a name, a number or a phone', () => {
  assert.ok(asked.size > places.length)
  const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const ids = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\b[0-9a-f]{64}\b/g
  for (const address of asked) {
    const url = new URL(address)
    const said = bare(decodeURIComponent(url.pathname.replace(/^\/console\/assets\/.*/, '') + url.search)).replace(
      ids,
      '',
    )
    assert.doesNotMatch(said, /\d{9}/, address)
    for (const { name } of [person, another])
      assert.ok(!said.includes(bare(name)) && !said.includes(bare(name).replaceAll(' ', '+')), address)
  }
})
