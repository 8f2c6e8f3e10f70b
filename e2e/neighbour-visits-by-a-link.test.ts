import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertAccessible, desktop, openBrowser, phone, shot, type Viewport } from './browser.ts'
import { serveHouse } from './served-house.ts'

/** A ward gives a member of a community group a link; the member visits with a phone of 360 px. */

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))
const narrow: Viewport = { width: 360, height: 740 }

test('a member of a group opens the list by a link, helps at a door and takes it back', async () => {
  const ward = await browser.newPage(desktop)
  await house.signIn(ward, 'phuong', '/console/danh-sach/to-cong-nghe')
  await ward
    .getByRole('link', { name: /Tổ công nghệ số cộng đồng khu 3/ })
    .first()
    .click()
  await ward.getByRole('heading', { name: 'Liên kết trên điện thoại' }).waitFor()
  await ward.getByLabel('Đưa cho (họ tên thành viên)').fill('Nguyễn Đức Thịnh')
  await assertAccessible(ward)
  await ward.getByRole('button', { name: 'Cấp liên kết' }).click()
  await ward.getByText('Chỉ hiện lần này.').waitFor()
  await shot(ward, 'group-link-issued')
  const address = (await ward.locator('.link-once code').textContent()) ?? ''
  const pin = (await ward.locator('.link-once .pin').textContent()) ?? ''
  await ward.getByRole('button', { name: 'Đóng' }).click()
  await ward.setViewportSize(phone)
  await shot(ward, 'group-phone')

  const context = await browser.browser.newContext({ viewport: narrow, locale: 'vi-VN', javaScriptEnabled: false })
  const page = await browser.newPage(narrow, { context })
  await page.goto(address)
  await page.getByLabel('Mã PIN 6 số').fill(pin)
  await page.getByRole('button', { name: 'Mở' }).click()
  await page.getByRole('heading', { name: 'Danh sách đi từng nhà' }).waitFor()
  await shot(page, 'group-link-list')
  await page.getByRole('button', { name: 'Đã giúp' }).first().click()
  await page.getByRole('button', { name: /^Hoàn tác/ }).waitFor()
  assert.equal(await page.locator('button.chosen').count(), 1)
  await page.getByRole('button', { name: /^Hoàn tác/ }).click()
  assert.equal(await page.locator('button.chosen').count(), 0)
  await page.getByRole('link', { name: 'Khác' }).first().click()
  await page.getByRole('heading', { name: 'Giải thích gì' }).waitFor()
  await shot(page, 'group-link-door')
  await page.getByLabel('Ghi chú (không bắt buộc)').fill('Hẹn chiều thứ Bảy')
  await page.getByRole('button', { name: 'Vắng nhà' }).click()
  await page.getByText('Vắng nhà. Hẹn chiều thứ Bảy').waitFor()
  await context.close()

  const withScript = await browser.newPage(narrow)
  await withScript.goto(address)
  await assertAccessible(withScript)
  await withScript.getByLabel('Mã PIN 6 số').fill(pin)
  await withScript.getByRole('button', { name: 'Mở' }).click()
  await withScript.getByRole('heading', { name: 'Danh sách đi từng nhà' }).waitFor()
  await assertAccessible(withScript)
})
