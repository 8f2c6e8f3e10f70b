import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertAccessible, desktop, openBrowser, shot, type Viewport, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { serveHouse } from './served-house.ts'

/** A school issues a link; its teacher opens the class at 360 px, without script, with it, and without a line. */

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const narrow: Viewport = { width: 360, height: 740 }
const isWithin = (page: WatchedPage) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth <= document.documentElement.clientWidth')
const contextOf = (script: boolean) =>
  browser.browser.newContext({
    viewport: narrow,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    javaScriptEnabled: script,
  })

/** What the phone keeps of links, as it lies there. */
const copiesIn = (page: WatchedPage) =>
  page.evaluate<{ body: boolean; text: string }[]>(
    `new Promise(done => { const asked = indexedDB.open('dinhdanh-links', 1); asked.onsuccess = () => {
      const got = asked.result.transaction('copies').objectStore('copies').getAll()
      got.onsuccess = () => { asked.result.close(); done(got.result.map(({ body }) =>
        ({ body: !!body, text: body ? new TextDecoder('latin1').decode(body) : '' }))) } } })`,
  )

const head = await browser.newPage(desktop)
let address = ''
let pin = ''

test('the school’s officer issues a link; the PIN is shown once, apart', async () => {
  await house.signIn(head, 'nhatruong', '/console/lop-hoc')
  await head.getByRole('heading', { name: 'Liên kết của lớp' }).waitFor()
  await head.getByRole('button', { name: 'Liên kết', exact: true }).first().click()
  await head.getByLabel('Đưa cho (họ tên giáo viên)').fill('Cô Tôn Nữ Ngọc Trâm')
  await shot(head, 'class-link-new')
  await assertAccessible(head)
  await head.getByRole('button', { name: 'Cấp liên kết' }).click()
  await head.getByText('Chỉ hiện lần này.').waitFor()
  await shot(head, 'class-link-issued')
  address = (await head.locator('.link-once code').textContent()) ?? ''
  pin = (await head.locator('.link-once .pin').textContent()) ?? ''
  assert.match(address, /\/class\/[\w-]{22}$/)
  assert.match(pin, /^\d{6}$/)
  await head.getByRole('button', { name: 'Đóng' }).click()
  await head.getByText('Cô Tôn Nữ Ngọc Trâm').first().waitFor()
  await shot(head, 'class-links')
})

test('without script the teacher types the PIN, taps once, reloads and takes it back', async () => {
  const context = await contextOf(false)
  const page = await browser.newPage(narrow, { context })
  await page.goto(address)
  assert.equal(await page.getByText('Lớp').count(), 0)
  await shot(page, 'class-link-pin')
  await page.getByLabel('Mã PIN 6 số').fill(pin === '000000' ? '111111' : '000000')
  await page.getByRole('button', { name: 'Mở' }).click()
  await page.getByText('Còn nhập được 4 lần nữa.').waitFor()
  await page.getByLabel('Mã PIN 6 số').fill(pin)
  await page.getByRole('button', { name: 'Mở' }).click()
  await page.getByText('đã có cả thẻ và tài khoản').waitFor()
  await shot(page, 'class-link-sheet')
  assert.ok(await isWithin(page))
  await page.getByRole('button', { name: 'Đã báo' }).first().click()
  assert.equal(await page.locator('button.chosen').count(), 1)
  await page.reload()
  assert.equal(await page.locator('button.chosen').count(), 1)
  await page.getByRole('link', { name: 'Khác' }).first().click()
  await page.getByRole('heading', { name: /kết quả khác$/ }).waitFor()
  await shot(page, 'class-link-other')
  await page.getByLabel('Ghi chú khác').fill('Hẹn gặp cha mẹ cuối tuần')
  await page.getByRole('button', { name: 'Ghi lại' }).click()
  await page.getByText('Hẹn gặp cha mẹ cuối tuần').waitFor()
  await page.getByRole('button', { name: 'Hoàn tác' }).click()
  assert.equal(await page.locator('button.chosen').count(), 1)
  await context.close()
})

test('with script the copy in the phone opens without a line, and what is tapped is sent by itself', async () => {
  const context = await contextOf(true)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await browser.newPage(narrow, { context })
  await page.goto(address)
  await assertAccessible(page)
  await page.getByLabel('Mã PIN 6 số').fill(pin)
  await page.getByRole('button', { name: 'Mở' }).click()
  await page.getByText('đã có cả thẻ và tài khoản').waitFor()
  await assertAccessible(page)
  await page.getByRole('button', { name: 'Chép' }).click()
  await page.getByText('Đã chép').waitFor()
  const before = await page.locator('button.chosen').count()
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  await eventually(async () => assert.equal((await copiesIn(page)).filter(({ body }) => body).length, 1))
  const [copy] = await copiesIn(page)
  assert.ok(copy && !copy.text.includes('pupil'), 'the copy is sealed')

  await context.setOffline(true)
  await page.goto(address)
  await page.getByText('Máy đang không có mạng.').waitFor()
  await page.getByLabel('Mã PIN 6 số').fill(pin === '000000' ? '111111' : '000000')
  await page.getByRole('button', { name: 'Mở' }).click()
  await page.getByText('Mã PIN không đúng.').waitFor()
  await page.getByLabel('Mã PIN 6 số').fill(pin)
  await page.getByRole('button', { name: 'Mở' }).click()
  await page.getByText('đã có cả thẻ và tài khoản').waitFor()
  await page.locator('form.pupil button:not(.chosen)').nth(2).click()
  await page.getByText('Chưa gửi 1 dòng, sẽ tự gửi').waitFor()
  await shot(page, 'class-link-offline')
  assert.ok(await isWithin(page))

  await context.setOffline(false)
  await page.getByText('Chưa gửi 1 dòng').waitFor({ state: 'hidden' })
  await page.goto(address)
  await page.getByText('đã có cả thẻ và tài khoản').waitFor()
  assert.ok((await page.locator('button.chosen').count()) >= before)

  await head.getByRole('button', { name: 'Liên kết', exact: true }).first().click()
  await head.getByRole('button', { name: 'Đã ghi qua liên kết' }).click()
  await head
    .getByText(/Đã báo cha mẹ|Vắng học|Đã xong/)
    .first()
    .waitFor()
  await shot(head, 'class-link-done')
  await head.getByRole('button', { name: 'Thu hồi' }).click()
  await head.getByRole('alertdialog').getByRole('button', { name: 'Thu hồi' }).click()
  await head.getByText('đã thu hồi').first().waitFor()

  await page.goto(address)
  await page.getByText('Mã PIN được đưa riêng').waitFor()
  await eventually(async () => assert.deepEqual(await copiesIn(page), []))
  await context.setOffline(true)
  await page.goto(address)
  await page.getByLabel('Mã PIN 6 số').fill(pin)
  await page.getByRole('button', { name: 'Mở' }).click()
  await page.getByText('Máy này không lưu bản nào').waitFor()
  await context.close()
})
