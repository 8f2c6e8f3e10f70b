import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { sheetsPrinted } from './paper.ts'
import { serveHouse } from './served-house.ts'

/** A ward chooses people of its list and makes slips; a family opens one by its code. */

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

test('a ward makes slips of chosen people, and a code on one leads to the page of a family', async () => {
  const page = await browser.newPage(desktop)
  await house.signIn(page, 'phuong', '/console/danh-sach')
  const boxes = page.locator('.rowline .box-cell')
  await boxes.nth(3).waitFor()
  const born = (await page.locator('.rowline').nth(0).textContent())?.match(/\d\d\/\d\d\/\d{4}/)?.[0] ?? assert.fail()
  await boxes.nth(0).click()
  await boxes.nth(3).click({ modifiers: ['Shift'] })
  await page.getByRole('button', { name: 'In phiếu cho gia đình' }).click()
  await page.getByRole('button', { name: 'Làm phiếu' }).click()
  const slips = page.locator('.family-slip')
  await slips.nth(1).waitFor()
  await assertAccessible(page)
  await shot(page, 'family-slips')
  const paper = (await page.locator('.paper').textContent()) ?? ''
  assert.doesNotMatch(paper, new RegExp(`${born}|\\d{12}`))
  const codes = await slips.locator('.slip-code').allTextContents()
  for (const code of codes) assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  await page.emulateMedia({ media: 'print' })
  assert.ok(await slips.nth(0).isVisible())

  const family = await browser.newPage(phone)
  await family.goto(`${house.origin}/family`)
  await family.getByLabel('Mã trên phiếu').fill(codes[0] ?? '')
  await family.getByRole('button', { name: 'Tiếp tục' }).click()
  await family.getByRole('heading', { name: 'Nhập ngày sinh' }).waitFor()
  await family.getByLabel(/Ngày, tháng, năm sinh/).fill('01/01/1999')
  await family.getByRole('button', { name: 'Mở' }).click()
  await family.getByRole('alert').waitFor()
})

test('a school makes slips of all its classes on one paper, and goes on where it was stopped', async () => {
  const page = await browser.newPage(desktop)
  await house.signIn(page, 'nhatruong', '/console/lop-hoc')
  await page.getByRole('button', { name: 'In phiếu cả trường' }).click()
  await page.getByRole('heading', { name: 'Làm phiếu: Cả trường, 3 lớp?' }).waitFor()
  let asked = 0
  await page.route('**/api/family-slips', route => {
    asked += 1
    if (asked !== 2) return route.continue()
    const problem = { type: '/problems/family-slips-nobody', title: 'Nobody', status: 422 }
    return route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify(problem) })
  })
  await page.getByRole('button', { name: 'Làm phiếu' }).click()
  await page.getByText('Mới làm được 1 trên 3 phần.').waitFor()
  assert.equal(await page.locator('.slip-sheet').count(), 1)
  const [first] = await page.locator('.slip-code').allTextContents()
  await assertAccessible(page)
  await shot(page, 'family-slips-stopped')
  await page.getByRole('button', { name: 'Làm tiếp' }).click()
  await page.locator('.slip-sheet').nth(2).waitFor()
  const codes = await page.locator('.slip-code').allTextContents()
  assert.deepEqual([codes[0], new Set(codes).size], [first, codes.length])
  assert.ok((await sheetsPrinted(page, 'family-slips-school')) >= 3)
  await shot(page, 'family-slips-school')
})
