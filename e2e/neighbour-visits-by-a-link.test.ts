import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { ageCopies, anotherPin, copiesIn, narrowPhone, phoneContext, typePin, unsentIn } from './link-in-a-phone.ts'
import { sheetsPrinted } from './paper.ts'
import { serveHouse } from './served-house.ts'

/** A ward gives a member of a community group a link; the member visits with a phone of 360 px. */

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))
const narrow = narrowPhone
const ward = await browser.newPage(desktop)
let address = ''
let pin = ''
const readOnce = async () => {
  await ward.getByText('Chỉ hiện lần này.').waitFor()
  address = (await ward.locator('.link-once code').textContent()) ?? ''
  pin = (await ward.locator('.link-once .pin').textContent()) ?? ''
}

test('a member of a group opens the list by a link, helps at a door and takes it back', async () => {
  await house.signIn(ward, 'phuong', '/console/danh-sach/to-cong-nghe')
  await ward
    .getByRole('link', { name: /Tổ công nghệ số cộng đồng khu 3/ })
    .first()
    .click()
  await ward.getByRole('heading', { name: 'Liên kết trên điện thoại' }).waitFor()
  await ward.getByLabel('Đưa cho (họ tên thành viên)').fill('Nguyễn Đức Thịnh')
  await assertAccessible(ward)
  await ward.getByRole('button', { name: 'Cấp liên kết' }).click()
  await readOnce()
  await shot(ward, 'group-link-issued')
  await ward.getByRole('button', { name: 'Đóng' }).click()
  await ward.setViewportSize(phone)
  await shot(ward, 'group-phone')

  const context = await phoneContext(browser, { script: false })
  const page = await browser.newPage(narrow, { context })
  await page.goto(address)
  await typePin(page, pin)
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
})

test('without a line what is tapped waits and is sent later; on this phone nobody activates', async () => {
  const context = await phoneContext(browser, { script: true })
  const page = await browser.newPage(narrow, { context })
  await page.goto(address)
  await assertAccessible(page)
  await typePin(page, pin)
  await page.getByRole('heading', { name: 'Danh sách đi từng nhà' }).waitFor()
  await assertAccessible(page)
  const street = (await page.locator('.who small').first().textContent()) ?? ''
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  await eventually(async () => assert.equal((await copiesIn(page)).filter(({ body }) => body).length, 1))
  const [copy] = await copiesIn(page)
  assert.ok(copy && street && !copy.text.includes(street) && !copy.text.includes('pupil'), 'the copy is sealed')

  await page.goto(new URL('/activate', address).href)
  await page.getByText('Máy này đang mở danh sách đi từng nhà của tổ.').waitFor()
  await shot(page, 'group-link-no-activation')

  await context.setOffline(true)
  await page.goto(address)
  await page.getByText('Máy đang không có mạng.').waitFor()
  await typePin(page, anotherPin(pin))
  await page.getByText('Mã PIN không đúng.').waitFor()
  await typePin(page, pin)
  await page.getByRole('button', { name: 'Đã gặp' }).first().click()
  await page.getByText('Chưa gửi 1 dòng, sẽ tự gửi').waitFor()
  await page.getByRole('button', { name: 'Đã giúp' }).nth(1).click()
  await page.getByText('Chưa gửi 2 dòng, sẽ tự gửi').waitFor()
  await shot(page, 'group-link-offline')
  await context.setOffline(false)
  await page.getByText(/Chưa gửi/).waitFor({ state: 'hidden' })
  await page.goto(address)
  await page.getByRole('heading', { name: 'Danh sách đi từng nhà' }).waitFor()
  assert.deepEqual(await page.locator('button.chosen').allTextContents(), ['✓Đã gặp', '✓Đã giúp'])

  await context.setOffline(true)
  await ageCopies(page, 8)
  await page.goto(address)
  await typePin(page, pin)
  await page.getByText('Máy này không lưu bản nào').waitFor()
  await eventually(async () => assert.deepEqual(await copiesIn(page), []))
  await context.setOffline(false)
  await page.goto(address)
  await page.getByRole('heading', { name: 'Danh sách đi từng nhà' }).waitFor()
  await context.close()
})

test('a link that is renewed or revoked takes its copy along; links are printed for all members', async () => {
  const context = await phoneContext(browser, { script: true })
  const page = await browser.newPage(narrow, { context })
  const keepCopy = async () => {
    await page.goto(address)
    await typePin(page, pin)
    await page.getByRole('heading', { name: 'Danh sách đi từng nhà' }).waitFor()
    await eventually(async () => assert.equal((await copiesIn(page)).filter(({ body }) => body).length, 1))
  }
  await keepCopy()
  await ward.setViewportSize(desktop)
  const own = ward.getByRole('listitem').filter({ hasText: 'Nguyễn Đức Thịnh' })
  await own.getByRole('button', { name: 'Thay liên kết' }).click()
  const former = address
  await readOnce()
  assert.notEqual(address, former)
  await page.goto(former)
  await page.getByText('Mã PIN được đưa riêng').waitFor()
  await eventually(async () => assert.deepEqual(await copiesIn(page), []))
  await ward.getByRole('button', { name: 'Đóng' }).click()
  await keepCopy()
  const tapOffline = async () => {
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Đã gặp' }).last().click()
    await page.getByText('Chưa gửi 1 dòng, sẽ tự gửi').waitFor()
    const unsent = await unsentIn(page)
    assert.ok(unsent.includes('"outcome"') && !unsent.includes(address.split('/').at(-1) ?? ''), unsent)
    assert.ok(!unsent.includes('"form"'), unsent)
  }
  await tapOffline()
  await own.getByRole('button', { name: 'Mã PIN mới' }).click()
  await ward.getByText('Chỉ hiện lần này.').waitFor()
  pin = (await ward.locator('.link-once .pin').textContent()) ?? ''
  await context.setOffline(false)
  await page.getByText('Mã PIN được đưa riêng').waitFor()
  await eventually(async () => assert.deepEqual(await copiesIn(page), []))
  await typePin(page, pin)
  await eventually(async () => assert.equal(await unsentIn(page), '[]'))
  assert.match((await page.locator('button.chosen').last().textContent()) ?? '', /Đã gặp/)
  const isOnLine = (value: boolean) =>
    page.evaluate<unknown>(`Object.defineProperty(navigator, 'onLine', { value: ${value}, configurable: true })`)
  await isOnLine(false)
  await page.getByRole('button', { name: 'Đã gặp' }).last().click()
  await page.getByText('Chưa gửi 1 dòng, sẽ tự gửi').waitFor()
  await isOnLine(true)
  await page.getByRole('button', { name: 'Đã giúp' }).last().click()
  await eventually(async () => assert.equal(await unsentIn(page), '[]'))
  await page.reload()
  assert.match((await page.locator('button.chosen').last().textContent()) ?? '', /Đã giúp/)
  await ward.getByRole('button', { name: 'Đóng' }).click()
  await eventually(async () => assert.equal((await copiesIn(page)).filter(({ body }) => body).length, 1))
  await tapOffline()
  await own.getByRole('button', { name: 'Thu hồi' }).click()
  await ward.getByRole('alertdialog').getByRole('button', { name: 'Thu hồi' }).click()
  await own.getByRole('button', { name: 'Thu hồi' }).waitFor({ state: 'hidden' })
  await context.setOffline(false)
  await page.getByText('Mã PIN được đưa riêng').waitFor()
  await page.getByText(/^1 việc chưa gửi được đã bị xóa/).waitFor()
  await shot(page, 'group-link-lost')
  assert.equal(await unsentIn(page), '[]')
  await eventually(async () => assert.deepEqual(await copiesIn(page), []))
  await context.close()

  await ward.getByRole('button', { name: 'Cấp cho 2 thành viên chưa có' }).click()
  await ward.getByRole('region', { name: 'Bản sẽ in' }).getByText('Phạm Thùy Dương').waitFor()
  assert.equal(await sheetsPrinted(ward, 'group-links-paper'), 2)
  await shot(ward, 'group-links-paper')
})
