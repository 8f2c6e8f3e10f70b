import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as planning from '../src/planning/planning.ts'
import { pages, serveAppointmentStyle } from '../src/planning/routes.ts'
import { dayAt } from '../src/platform/day.ts'
import type { Doors } from '../src/platform/http/serve-endpoint.ts'
import type { Work } from '../src/platform/work.ts'
import { anActivatedAccount } from '../test/an-account.ts'
import { aWard, hour } from '../test/planned-ward.ts'
import { assertAccessible, desktop, isWithin, phone, shot, type WatchedPage } from './browser.ts'
import { openCitizenPages } from './holder-browser.ts'

const { house, signIn, browser, browserOf } = await openCitizenPages({
  also: async (app, { openWork }) => {
    serveAppointmentStyle(app)
    await pages({ app } as Doors, { openWork, isDemonstration: () => true })
  },
})
const { as, ward } = await aWard(house)

const site = await as(work =>
  planning.createSite(work, {
    kind: 'counter',
    unitId: ward.unitId,
    name: 'Bộ phận tiếp nhận, Công an phường Hà Khánh',
    address: 'tầng 1, trụ sở công an phường',
    opensAt: hour('07:00'),
    closesAt: hour('17:30'),
  }),
)
const counter = await as(work =>
  planning.setCounter(work, site.id, {
    desks: [1, 2, 3].map(number => ({ number, services: ['A', 'B', 'C'], isOpen: true })),
  }),
)
const someone = await anActivatedAccount(house, { name: 'Trần Thị Bích Ngọc', bornOn: '1985-05-02' })

const ticketOf = async (page: WatchedPage) => ((await page.locator('.ticket-number').textContent()) ?? '').trim()

/** As the clock shows 08:31, whenever this runs: who is booked for 08:30 is due. */
const atTheHour = <T>(verb: (work: Work) => Promise<T>) =>
  as(work => verb({ ...work, now: new Date(`${dayAt(work.now)}T08:31:00+07:00`) }))

test('a citizen without script books an hour, moves it, prints the ticket, and is called on the screen', async () => {
  const page = await browserOf(someone, phone, { script: false })
  await page.goto(`${signIn.origin}/citizen/appointments`)
  await page.getByLabel(/Số định danh cá nhân/).fill(someone.number)
  await page.getByLabel(/^Passcode/).fill(someone.passcode)
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.getByRole('link', { name: /Làm thẻ: cấp lần đầu/ }).click()
  await page.getByRole('link', { name: /Bộ phận tiếp nhận, Công an phường Hà Khánh/ }).click()
  await shot(page, 'appointments-choose')
  await page.getByRole('button', { name: /^08:10/ }).click()
  await page.getByText('Đã giữ chỗ 08:10 thứ Năm').waitFor()
  assert.equal(await ticketOf(page), 'A 001')
  assert.ok(await isWithin(page))
  await shot(page, 'appointments-held')

  await page.getByRole('link', { name: /T6/ }).click()
  await page.getByRole('button', { name: /^09:10/ }).click()
  await page.getByText('Đã giữ chỗ 09:10 thứ Sáu').waitFor()
  await page.getByRole('link', { name: /T5/ }).click()
  await page.getByRole('button', { name: /^08:30/ }).click()
  await page.getByText('Đã giữ chỗ 08:30 thứ Năm').waitFor()
  await page
    .getByRole('link', { name: /^CN|^T7/ })
    .first()
    .click()
  await page.getByText(/là ngày nghỉ/).waitFor()
  await shot(page, 'appointments-day-off')
  await page.getByRole('link', { name: /Lưu phiếu/ }).click()
  const ticket = await ticketOf(page)
  assert.equal(ticket, 'A 002')
  await shot(page, 'appointments-ticket')

  const [booking] = await as(work => planning.bookingsOf(work, someone.personId))
  const screen = await browser.newPage(desktop)
  await screen.goto(`${signIn.origin}/queue/${counter.publicId}`)
  await screen.getByText('Chưa gọi số nào').waitFor()
  await atTheHour(work => planning.queue.checkInBooking(work, site.id, booking!.id))
  for (const service of ['A', 'B', 'C', 'A'] as const)
    await atTheHour(work => planning.queue.giveTicket(work, site.id, service))
  await atTheHour(work => planning.queue.callNext(work, site.id, 1))
  await atTheHour(work => planning.queue.callNext(work, site.id, 3))
  await atTheHour(work => planning.queue.callNext(work, site.id, 2))
  await screen.locator('.left.new').waitFor()
  await shot(screen, 'queue-new-call')
  const shown = (await screen.locator('main').textContent()) ?? ''
  assert.ok(shown.includes(ticket), shown)
  assert.doesNotMatch((await screen.content()) ?? '', /Ngọc/)
  await page.goto(`${signIn.origin}/citizen/appointments`)
  await page.getByText(/Mời đến Quầy \d/).waitFor()
  await screen.locator('.left:not(.new)').waitFor()
  await assertAccessible(screen)
  await shot(screen, 'queue')
  await screen.setViewportSize({ width: 768, height: 1366 })
  assert.ok(await isWithin(screen))
  await shot(screen, 'queue-portrait')
  await screen.setViewportSize(phone)
  assert.ok(await isWithin(screen))
  await shot(screen, 'queue-phone')
})

test('a screen that an officer opened gives tickets until it is closed', async () => {
  const { token } = await as(work => planning.queue.openKiosk(work, site.id))
  const page = await browser.newPage(desktop)
  await page.goto(`${signIn.origin}/kiosk/${token}`)
  await shot(page, 'kiosk')
  await page.getByRole('button', { name: /Nhận thẻ/ }).click()
  assert.match((await page.locator('.kiosk-number').textContent()) ?? '', /^C 00\d$/)
  await shot(page, 'kiosk-ticket')
  await as(work => planning.queue.closeKiosk(work, site.id))
  await page.goto(`${signIn.origin}/kiosk/${token}`)
  await page.getByText('Màn hình lấy số này đã đóng').waitFor()
})
