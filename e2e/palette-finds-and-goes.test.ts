import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { pupilsOf } from './people.ts'
import { serveHouse } from './served-house.ts'

/** The command palette of a ward officer: what it finds, where it goes, what it keeps; and on a phone. */

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const page = await browser.newPage(desktop)
const asked: string[] = []
page.on('request', request => asked.push(request.url()))
const unitOf = (login: string) => house.signIns.find(one => one.login === login)!.unitId
const field = page.getByRole('combobox')
const options = page.getByRole('option')

/** What the field says by `aria-activedescendant` is the active option. */
const active = () => page.locator('[role=option][aria-selected=true]')

test('the key / opens the palette on its field, and marks aside a page is found by some letters', async () => {
  await house.signIn(page, 'phuong')
  await page.getByText('Đợt hôm nay').waitFor()
  await page.keyboard.press('/')
  await field.waitFor()
  assert.equal(await page.evaluate('document.activeElement.getAttribute("role")'), 'combobox')
  await field.fill('lich luu')
  await options.filter({ hasText: 'Lịch lưu động' }).waitFor()
  assert.equal(await page.locator('.palette mark').first().textContent(), 'Lịch lưu')
  assert.equal(await field.getAttribute('aria-activedescendant'), await active().getAttribute('id'))
  await assertAccessible(page)
})

test('Tab changes the kind, and Escape closes and keeps what was typed', async () => {
  await field.fill('hong ha')
  await page.getByRole('button', { name: /^Trường \d/ }).waitFor()
  await page.keyboard.press('Tab')
  assert.equal(await page.locator('.palette-kinds [aria-pressed=true]').count(), 1)
  assert.ok(!/^Tất cả/.test((await page.locator('.palette-kinds [aria-pressed=true]').textContent()) ?? ''))
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
  await page.keyboard.press('/')
  assert.equal(await field.inputValue(), 'hong ha')
})

test('a number goes to its person, and neither it nor a name stands in an address or in storage', async () => {
  const [pupil] = await pupilsOf(page, unitOf('phuong'))
  assert.ok(pupil)
  asked.length = 0
  await field.fill(pupil.number)
  await options.filter({ hasText: 'Mở người có số' }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/console/dan-cu/nguoi/${pupil.id}`)
  assert.deepEqual(
    [...asked, page.url()].filter(url => url.includes(pupil.number)),
    [],
  )
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  assert.ok(!stored.includes(pupil.number) && !stored.includes(pupil.name), stored)
})

test('Enter pressed while the groups still arrive opens the first once all are there', async () => {
  const [pupil] = await pupilsOf(page, unitOf('phuong'))
  assert.ok(pupil)
  const slow = await browser.newPage(desktop)
  await house.signIn(slow, 'phuong')
  await slow.getByText('Đợt hôm nay').waitFor()
  let release = () => {}
  const held = new Promise<void>(done => (release = done))
  await slow.route(
    url => url.pathname.startsWith('/api/'),
    route => (route.request().method() === 'GET' ? held.then(() => route.continue()) : route.continue()),
  )
  await slow.keyboard.press('/')
  await slow.getByRole('combobox').fill(pupil.number)
  await slow.getByRole('option').filter({ hasText: 'Mở người có số' }).waitFor()
  await slow.getByText('đang tìm').first().waitFor()
  await slow.keyboard.press('Enter')
  release()
  await slow.waitForURL(`**/console/dan-cu/nguoi/${pupil.id}`)
  await slow.close()
})

test('an empty field shows the last places; nothing found says what was searched, and leads on', async () => {
  await page.keyboard.press('/')
  await field.fill('')
  await page.getByRole('group', { name: 'Vừa mở' }).getByRole('option').first().waitFor()
  await field.fill('xyzzy qwrt')
  await page.getByText('Không thấy “xyzzy qwrt”').waitFor()
  await page.getByRole('button', { name: 'Tìm trong cả tỉnh theo số định danh' }).click()
  await page.waitForURL('**/console/dan-cu')
})

test('who has no right finds neither people nor deeds of it', async () => {
  const other = await browser.newPage(phone)
  await house.signIn(other, 'trungtamthe')
  await other.getByRole('button', { name: 'Tìm' }).click()
  await other.getByRole('combobox').fill('an')
  await other.getByRole('status').filter({ hasText: 'kết quả' }).waitFor({ state: 'attached' })
  assert.equal(await other.getByText('Người, trong địa bàn').count(), 0)
  assert.equal(await other.getByText('Xếp buổi lưu động mới').count(), 0)
  const box = await other.locator('.palette').boundingBox()
  assert.deepEqual([box?.x, box?.width], [0, 390])
  await shot(other, 'palette-phone')
})

test('the officer’s name and unit stand whole in the bar, and what came back is one step away', async () => {
  await page.goto(`${house.origin}/console/hom-nay`)
  const cut = await page.locator('.bar .who').evaluate(one => one.scrollWidth > one.clientWidth + 1)
  assert.equal(cut, false)
  await page.getByRole('link', { name: /^Mới đến/ }).click()
  await page.getByRole('heading', { name: 'Việc gì đã trả lại, việc gì mới đến?' }).waitFor()
  await page.getByRole('button', { name: 'Đánh dấu đã xem' }).click()
  await page.getByText(/^Từ \d\d:\d\d/).waitFor()
})
