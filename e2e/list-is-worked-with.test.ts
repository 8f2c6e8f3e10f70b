import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { campaignList } from '../src/campaign/cohorts/contract.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, shot } from './browser.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

test('an officer chooses people of a list, looks what will happen, and reminds them', async () => {
  const page = await browser.newPage(desktop)
  await house.signIn(page, 'phuong', '/console/danh-sach')
  const rows = page.locator('.rowline')
  await rows.nth(4).waitFor()
  await page.locator('.rowline .box-cell').nth(0).click()
  await page
    .locator('.rowline .box-cell')
    .nth(4)
    .click({ modifiers: ['Shift'] })
  await page.getByText('5 đã chọn').waitFor()
  await page.getByRole('button', { name: 'Xếp vào đợt' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('.offer').first().waitFor()
  await assertAccessible(page)
  await shot(page, 'list-offers')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Nhắn', exact: true }).click()
  await dialog.getByText(/Nhắn được \d+ người/).waitFor()
  await dialog.getByRole('button', { name: /^Nhắn \d+ người/ }).click()
  await dialog.getByText(/Đã xếp gửi \d+ tin/).waitFor()
  await dialog.getByRole('button', { name: 'Đóng' }).click()

  // A name is looked for without its marks, and stands in no address.
  await page.getByPlaceholder('Lọc theo tên').fill('anh')
  await page.getByText(/dòng có tên như vậy/).waitFor()
  assert.ok(!new URL(page.url()).search.includes('anh'))
  await rows.first().locator('.cell').nth(3).click()
  await page.waitForURL(/dan-cu\/nguoi/)
  await page.close()
})

test('a commander makes a campaign in a form, and no unit’s first page follows it by itself', async () => {
  const page = await browser.newPage(desktop)
  await house.signIn(page, 'chihuy', '/console/chien-dich/moi')
  const before = await ask(page, campaignList, {})
  await page.getByLabel('Tên chiến dịch').fill('Mùa thu 2023')
  await page.getByRole('button', { name: 'Xem lại trước khi lưu' }).click()
  await page.locator('.faults').getByText('Chọn ngày bắt đầu.').waitFor()
  await page.getByLabel('Loại chiến dịch').selectOption('residents')
  await page.getByLabel('Ngày bắt đầu').fill('01/05/2023')
  await page.getByLabel('Ngày bắt đầu').press('Tab')
  await page.getByText(/[1-9][\d.]* người thuộc diện/).waitFor()
  await page.getByRole('button', { name: 'Xem lại trước khi lưu' }).click()
  await assertAccessible(page)
  await page.getByRole('button', { name: 'Lập chiến dịch', exact: true }).click()
  await page.waitForURL(/chien-dich\?cd=/)
  const now = await ask(page, campaignList, {})
  assert.equal(now.campaigns.length, before.campaigns.length + 1)
  assert.equal(now.first, before.first)
  assert.equal(now.campaigns.find(({ id }) => id === now.fresher)?.name, 'mua-thu-2023')
  await page.close()
})
