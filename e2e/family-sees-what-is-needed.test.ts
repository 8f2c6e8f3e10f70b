import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import * as enrolment from '../src/enrolment/enrolment.ts'
import { routes } from '../src/families/routes.ts'
import { printSlips } from '../src/families/slips/slips.ts'
import * as planning from '../src/planning/planning.ts'
import { serveAppointmentStyle } from '../src/planning/routes.ts'
import { asDay } from '../src/platform/day.ts'
import { openRequests } from '../src/platform/http/serve-endpoint.ts'
import { staffPages } from '../src/staff/routes-pages.ts'
import { aPerson, enter } from '../test/builders.ts'
import { aReceipt } from '../test/family-server.ts'
import { businessDay, openHouse } from '../test/house.ts'
import { aWard, hour } from '../test/planned-ward.ts'
import { openSignIn } from '../test/signin-house.ts'
import { assertAccessible, isWithin, openBrowser, phone, shot, type Viewport, type WatchedPage } from './browser.ts'

/** Families and people without an account, on a phone: by a slip of two brothers, and by number and receipt. */

const house = await openHouse({ withUnits: true })
const server = await openSignIn(house, {
  also: async (app, { openWork, origin }) => {
    await app.register(async scope => staffPages(scope, { openWork, demonstration: () => undefined }))
    const doors = { app, origin, openWork: openRequests(openWork, async () => undefined) }
    serveAppointmentStyle(app)
    await routes(doors, { openWork, isDemonstration: () => true, today: () => businessDay })
  },
})
const browser = await openBrowser()
after(() => browser.close())

const { ward, as, team, school, kit } = await aWard(house)
const mother = aPerson({ name: 'Vũ Thị Lành', bornOn: '1979-05-02', sex: 'F', household_number: 'H1' })
await enter(house, mother)
const ofMother = { mother_number: mother.person_number, mother_name: 'Vũ Thị Lành', household_number: 'H1' }
const khanh = await enter(house, aPerson({ name: 'Hoàng Gia Khánh', bornOn: '2006-03-07', ...ofMother }))
await enter(house, aPerson({ name: 'Hoàng Nguyễn Phước Công Tằng Gia Huy', bornOn: '2008-06-01', ...ofMother }))
const pupil = aPerson({ name: 'Trần Thị Mai', bornOn: '2005-08-12', sex: 'F' })
const pupilId = await enter(house, pupil)

const code = await as(async work => {
  const { id } = await planning.planTeamSession(work, {
    ...{ kind: 'card-and-account', siteId: school.id, teamId: team.id, kits: [kit.id] },
    ...{ day: asDay('2023-04-21'), startsAt: hour('13:30'), endsAt: hour('16:30') },
  })
  await planning.addToRoster(work, id, { persons: [khanh] })
  const { slips } = await printSlips({ ...work, purpose: 'campaign' }, { people: [khanh] }, server.origin)
  return slips[0]?.code ?? assert.fail()
})
const receipt = await as(async work => {
  await enrolment.enterExternalCapture(work, pupilId, { unitId: ward.unitId, walkIn: true })
  const [application] = await work.tx.selectFrom('enrolment.application').select('id').execute()
  return application?.id ?? assert.fail()
}).then(applicationId => aReceipt(house, { personId: pupilId, applicationId, unitId: ward.unitId }))

await as(async work => {
  const site = await planning.createSite(work, {
    kind: 'counter',
    unitId: ward.unitId,
    name: 'Bộ phận tiếp nhận, Công an phường Hà Khánh',
    address: 'tầng 1, trụ sở công an phường',
    opensAt: hour('07:00'),
    closesAt: hour('17:30'),
  })
  await planning.setCounter(work, site.id, { desks: [{ number: 1, services: ['A', 'B', 'C'], isOpen: true }] })
})

const narrow: Viewport = { width: 360, height: 640 }
const withoutScript = async (viewport: Viewport): Promise<WatchedPage> =>
  browser.newPage(viewport, {
    context: await browser.browser.newContext({ viewport, locale: 'vi-VN', javaScriptEnabled: false }),
  })
test('a parent opens the page by the slip’s code and a birth date, and says that the child will come', async () => {
  const page = await browser.newPage(phone)
  await page.goto(`${server.origin}/family`)
  await shot(page, 'family-code')
  await page.getByLabel('Mã trên phiếu').fill(code)
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.getByLabel(/Ngày, tháng, năm sinh/).fill('07/03/2006')
  await assertAccessible(page)
  await page.getByRole('button', { name: 'Mở' }).click()
  await page.getByRole('heading', { level: 1, name: 'Chiều mai Khánh đi làm thẻ và tài khoản' }).waitFor()
  const blocks = await page.getByRole('heading', { level: 2 }).allTextContents()
  assert.deepEqual(
    blocks.map(text => text.split(' ')[0]?.replace(':', '')),
    ['Khánh', 'Huy'],
  )
  await assertAccessible(page)
  assert.ok(await isWithin(page))
  await shot(page, 'family-page')
  await page.getByRole('button', { name: 'Con sẽ đi' }).click()
  await page.getByRole('button', { name: /Đã báo sẽ đi, hôm nay/ }).waitFor()

  await page.getByText('In, hoặc xem chữ to').click()
  await page.getByRole('link', { name: 'Chữ to' }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  assert.ok(await isWithin(page))
  await shot(page, 'family-page-large')
  await page.getByRole('link', { name: 'English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Khánh has card and account made, tomorrow afternoon' }).waitFor()
  await shot(page, 'family-page-english')
  await page.getByRole('link', { name: /Who looked/ }).click()
  await page.getByRole('heading', { name: /Who looked at Hoàng Gia Khánh/ }).waitFor()
  await assertAccessible(page)
  await shot(page, 'family-looked')
})

test('a parent without script takes another hour for each of two children, also back again', async () => {
  const page = await withoutScript(narrow)
  await page.goto(`${server.origin}/family`)
  await page.getByLabel('Mã trên phiếu').fill(code)
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.getByLabel(/Ngày, tháng, năm sinh/).fill('07/03/2006')
  await page.getByRole('button', { name: 'Mở' }).click()
  await page.getByRole('link', { name: 'Đổi giờ' }).click()
  await page.getByRole('heading', { level: 1, name: 'Giờ hẹn của Hoàng Gia Khánh' }).waitFor()
  await shot(page, 'rebook-places')
  await page.getByRole('link', { name: /Bộ phận tiếp nhận, Công an phường/ }).click()
  await page.getByRole('link', { name: /T2/ }).click()
  await page.getByRole('button', { name: /^09:10/ }).click()
  await page.getByText('Đã giữ chỗ 09:10 thứ Hai').waitFor()
  assert.ok(await isWithin(page))
  await shot(page, 'rebook-held')
  await page.getByRole('link', { name: 'Về trang trước' }).click()
  await page.getByRole('heading', { name: /^Khánh: 9 giờ 10|^Khánh: 09:10/ }).waitFor()

  await page.getByRole('link', { name: 'Chọn giờ đi làm' }).click()
  await page.getByRole('heading', { level: 1, name: /Gia Huy/ }).waitFor()
  await page.getByRole('link', { name: /Bộ phận tiếp nhận, Công an phường/ }).click()
  await page.getByRole('link', { name: /T2/ }).click()
  await page.getByRole('button', { name: /^09:30/ }).click()
  await page.getByText('Đã giữ chỗ 09:30 thứ Hai').waitFor()
  await page.getByRole('link', { name: 'Về trang trước' }).click()
  assert.equal(await page.locator('.when .date').count(), 2)
  assert.ok(await isWithin(page))
  await shot(page, 'rebook-both')
  await page.getByRole('link', { name: 'Đổi giờ' }).first().click()
  await page.getByRole('link', { name: 'Chọn nơi khác' }).click()
  await page.getByRole('link', { name: /Trường THPT Hà Khánh/ }).click()
  await page
    .getByRole('button', { name: /còn \d+ chỗ/ })
    .first()
    .click()
  await page.getByText(/Đã giữ chỗ 1\d:\d0 thứ Sáu/).waitFor()
  const lines = await as(work => planning.bookingsOf(work, khanh))
  assert.deepEqual(
    lines.map(({ place, bookedBy }) => [place, bookedBy]),
    [['session', 'family']],
  )
})

test('without an account and without script, number, birth date and receipt say where the application is', async () => {
  const page = await withoutScript(narrow)
  await page.goto(`${server.origin}/account/sign-in`)
  await page.getByRole('link', { name: /Chưa có tài khoản/ }).click()
  await page.getByLabel(/Số định danh/).fill(pupil.person_number)
  await page.getByLabel(/năm sinh/).fill('11/08/2005')
  await page.getByLabel(/^Mã trên/).fill(receipt)
  await shot(page, 'check-form')
  await page.getByRole('button', { name: 'Xem' }).click()
  assert.match((await page.getByRole('alert').textContent()) ?? '', /không khớp/)
  assert.equal(await page.getByLabel(/Số định danh/).inputValue(), '')
  await page.getByLabel(/Số định danh/).fill(pupil.person_number)
  await page.getByLabel(/năm sinh/).fill('12/08/2005')
  await page.getByLabel(/^Mã trên/).fill(receipt)
  await page.getByRole('button', { name: 'Xem' }).click()
  await page.getByText('Hồ sơ ở trung tâm từ hôm nay.').waitFor()
  assert.equal(new URL(page.url()).search, '')
  assert.ok(await isWithin(page))
  await shot(page, 'check-answer')
  await page.getByRole('button', { name: 'Chọn giờ đi làm' }).click()
  await page.getByRole('button', { name: /Bộ phận tiếp nhận, Công an phường/ }).click()
  await shot(page, 'check-hours')
  await page.getByRole('button', { name: /^T2/ }).click()
  await page.getByRole('button', { name: /^10:10/ }).click()
  await page.getByText('Đã giữ chỗ 10:10 thứ Hai').waitFor()
  assert.equal(new URL(page.url()).search, '')
  assert.ok(await isWithin(page))
  await shot(page, 'check-held')
  await page.getByRole('button', { name: 'Lưu phiếu' }).click()
  await page.locator('.ticket-paper').waitFor()
  await page.getByRole('button', { name: 'Về lịch hẹn' }).click()
  await page.getByText('Đã giữ chỗ 10:10 thứ Hai').waitFor()
})
