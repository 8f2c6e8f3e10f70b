import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertAccessible, desktop, isWithin, openBrowser, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { anotherPin, copiesIn, narrowPhone, phoneContext, typePin } from './link-in-a-phone.ts'
import { sheetsPrinted } from './paper.ts'
import { serveHouse } from './served-house.ts'

/** A school issues a link; its teacher opens the class at 360 px, without script, with it, and without a line. */

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const narrow = narrowPhone
const contextOf = (script: boolean) => phoneContext(browser, { script })

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
})

test('link and PIN are printed on two papers, each of one page, and are gone once they are left', async () => {
  await head.getByRole('button', { name: 'In giấy' }).click()
  const paper = head.getByRole('region', { name: 'Bản sẽ in' })
  await paper.getByText('Lớp 10A1, học kỳ II, năm học 2022-2023').waitFor()
  const told = async (text: string) => ((await paper.textContent()) ?? '').includes(text)
  assert.deepEqual([await told(address), await told(pin), await told('Trường THPT Hồng Hà')], [true, false, true])
  assert.equal(await paper.getByRole('listitem').count(), 4)
  assert.equal(await sheetsPrinted(head, 'class-link-paper'), 1)
  await shot(head, 'class-link-paper')
  await assertAccessible(head)
  await head.getByRole('button', { name: /^Mã PIN/ }).click()
  await paper.getByText(pin).waitFor()
  assert.deepEqual([await told(address), await told(pin)], [false, true])
  assert.equal(await sheetsPrinted(head, 'class-pin-paper'), 1)
  await shot(head, 'class-pin-paper')
  await head.getByRole('link', { name: 'Về lớp học' }).click()
  await head.getByText('Cô Tôn Nữ Ngọc Trâm').first().waitFor()
  await shot(head, 'class-links')
  await head.goBack()
  await head.getByRole('heading', { name: 'Liên kết và mã PIN chỉ hiện một lần' }).waitFor()
  await head.goForward()
})

test('the school issues links of all classes at once, and prints a page for each', async () => {
  await head.getByRole('button', { name: 'Cấp cho nhiều lớp' }).click()
  await shot(head, 'class-links-many')
  await assertAccessible(head)
  await head.getByRole('button', { name: 'Cấp và in' }).click()
  const paper = head.getByRole('region', { name: 'Bản sẽ in' })
  await paper.getByText('Lớp 12A1, học kỳ II').waitFor()
  assert.equal(await sheetsPrinted(head, 'class-links-paper'), 3)
  const former = address
  address = (await paper.locator('.link-paper-address').first().textContent()) ?? ''
  assert.notEqual(address, former)
  await head.getByRole('button', { name: /^Mã PIN/ }).click()
  assert.equal(await sheetsPrinted(head, 'class-pins-paper'), 3)
  pin = (await paper.locator('.link-paper-pin').first().textContent()) ?? ''
  await head.getByRole('link', { name: 'Về lớp học' }).click()
  await head.getByText('Cô Tôn Nữ Ngọc Trâm').first().waitFor()
})

test('without script the teacher types the PIN, taps once, reloads and takes it back', async () => {
  const context = await contextOf(false)
  const page = await browser.newPage(narrow, { context })
  await page.goto(address)
  assert.equal(await page.getByText('Lớp').count(), 0)
  await shot(page, 'class-link-pin')
  await typePin(page, anotherPin(pin))
  await page.getByText('Còn nhập được 4 lần nữa.').waitFor()
  await typePin(page, pin)
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
  await typePin(page, pin)
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
  await typePin(page, anotherPin(pin))
  await page.getByText('Mã PIN không đúng.').waitFor()
  await typePin(page, pin)
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
  await head.getByRole('button', { name: 'Đã ghi qua liên kết' }).first().click()
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
  await typePin(page, pin)
  await page.getByText('Máy này không lưu bản nào').waitFor()
  await context.close()
})
