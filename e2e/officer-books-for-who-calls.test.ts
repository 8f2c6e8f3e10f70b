import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { bookHour, listBookingsOfPerson, listCounters } from '../src/planning/appointments/contract.ts'
import { showCounterDay } from '../src/planning/queue/contract.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { pupilsOf, type Resident } from './people.ts'
import { serveHouse } from './served-house.ts'

/** An officer of a ward books for somebody who calls, moves the hour on the person's page, and gives it up. */

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const page = await browser.newPage(desktop)
const unitId = house.signIns.find(({ login }) => login === 'phuong')!.unitId
const dialog = () => page.getByRole('dialog')
const bookings = async (id: Resident['id']) => (await ask(page, listBookingsOfPerson, { params: { id } })).bookings
const isWithin = () =>
  page.evaluate<boolean>('document.documentElement.scrollWidth <= document.documentElement.clientWidth')

let caller: Resident

test('Hôm nay says who is booked, and an hour is booked by number for whoever calls', async () => {
  await house.signIn(page, 'phuong')
  await page.getByText(/Người có hẹn hôm nay, Bộ phận tiếp nhận/).waitFor()
  await shot(page, 'today')
  await page.goto(`${house.origin}/console/lich-luu-dong/lich-hen`)
  await page.getByRole('heading', { name: /Người có hẹn/ }).waitFor()
  for (const one of await pupilsOf(page, unitId)) {
    caller = one
    if ((await bookings(one.id)).length === 0) break
  }
  await page.getByText('Đặt lịch cho người gọi đến').click()
  await page.getByLabel('Số định danh cá nhân').fill(caller.number)
  await page.getByRole('button', { name: 'Tìm, chọn giờ' }).click()
  await dialog().getByText('Giờ', { exact: true }).waitFor()
  await dialog().getByLabel('Ngày', { exact: true }).selectOption('2023-04-21')
  await dialog()
    .getByRole('button', { name: /^09:10/ })
    .click()
  await shot(page, 'choose')
  await assertAccessible(page)
  await dialog().getByRole('button', { name: 'Giữ chỗ' }).click()
  await dialog()
    .getByText(/Đã giữ chỗ 09:10 Thứ Sáu 21\/04\/2023/)
    .waitFor()
  await shot(page, 'booked')
  await dialog().getByRole('button', { name: 'Đóng' }).click()
  assert.deepEqual(
    (await bookings(caller.id)).map(({ day, startsAt }) => [day, startsAt]),
    [['2023-04-21', '09:10']],
  )
})

test('on the page of a person the hour is moved and given up, also on a phone', async () => {
  await page.goto(`${house.origin}/console/dan-cu/nguoi/${caller.id}`)
  const section = page.locator('#lich-hen')
  await section.getByText('09:10, 21/04/2023').waitFor()
  await section.getByRole('button', { name: 'Đổi giờ' }).click()
  await dialog()
    .getByRole('button', { name: /^09:30/ })
    .waitFor()
  await page.setViewportSize(phone)
  await shot(page, 'move-phone')
  assert.ok(await isWithin())
  await dialog().getByLabel('Lý do').selectOption({ label: 'trùng giờ học, giờ thi' })
  await dialog()
    .getByRole('button', { name: /^\d\d:\d\d ?còn/ })
    .last()
    .click()
  await dialog().getByRole('button', { name: 'Đổi sang giờ này' }).click()
  await dialog()
    .getByText(/Đã giữ chỗ/)
    .waitFor()
  await dialog().getByRole('button', { name: 'Đóng' }).click()
  const [moved] = await bookings(caller.id)
  assert.notEqual(moved?.startsAt, '09:10')
  await page.setViewportSize(desktop)
  await section.getByText(`${moved?.startsAt}, `).waitFor()
  await shot(page, 'person')
  await section.getByRole('button', { name: 'Hủy hẹn' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Hủy hẹn' }).click()
  await section.getByText('Chưa có lịch hẹn ở đơn vị').waitFor()
  await eventually(async () => assert.deepEqual(await bookings(caller.id), []))
})

test('a day that is closed lists who lost an hour, and prints whom nobody can tell by phone', async () => {
  const counter = (await ask(page, listCounters, { query: {} })).counters[0]!
  let booked = 0
  for (const { id } of await pupilsOf(page, unitId)) {
    if (booked === 2) break
    const slot = `counter_${counter.id}_2023-04-24_${['0810', '0830'][booked]}`
    const { is } = await ask(page, bookHour, { body: { personId: id, slot, service: 'A', requestedVia: 'phone' } })
    if (is === 'booked') booked += 1
  }
  await page.goto(`${house.origin}/console/lich-luu-dong/lich-hen?ngay=2023-04-24`)
  assert.equal(booked, 2)
  await page.getByRole('heading', { name: 'Người có hẹn 2' }).waitFor()
  await page.getByRole('button', { name: 'Đóng cả ngày này' }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Đóng ngày/ })
    .click()
  await page.getByRole('heading', { name: 'Mất hẹn vì nơi này đóng 2' }).waitFor()
  await page
    .getByText(/giờ mới \d\d:\d\d ngày 25\/04\/2023/)
    .first()
    .waitFor()
  await shot(page, 'closed')
  await assertAccessible(page)
  const day = await ask(page, showCounterDay, { params: { id: counter.id, day: '2023-04-24' } })
  const untold = day.lost.filter(({ isTold }) => !isTold).length
  await page.goto(`${house.origin}/console/lich-luu-dong/lich-hen/in?noi=${counter.id}&ngay=2023-04-24`)
  if (untold === 0) await page.getByText('Không có ai phải đến báo').waitFor()
  else await page.getByText(`${untold} người không có số điện thoại`).waitFor()
  assert.equal(await page.locator('.plain-table tbody tr').count(), untold)
  await shot(page, 'closed-paper')
})
