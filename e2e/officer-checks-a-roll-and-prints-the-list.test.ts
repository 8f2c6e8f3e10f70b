import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import exceljs from 'exceljs'
import type { Page } from 'playwright-core'
import { needList } from '../src/campaign/contract.ts'
import { listSchools } from '../src/units/contract.ts'
import { ask } from './api-call.ts'
import { awake } from './awake.ts'
import { desktop, openBrowser, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { type HostileRoll, hostileRoll } from './hostile-roll.ts'
import { figure, figureOf, tableLength, textOf } from './page-text.ts'
import { pupilsOf } from './people.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const school = 'Trường THPT Hồng Hà'
const page = await browser.newPage(desktop)

/** The four outcomes and their sum, as the result page shows them. */
async function outcomes(on: Page) {
  const [matched, review, notFound, duplicate, rows] = (
    await on.locator('.outcome-counts .count').allTextContents()
  ).map(figure)
  return { matched: matched!, review: review!, notFound: notFound!, duplicate: duplicate!, rows: rows! }
}

let roll: HostileRoll
let schoolId = ''
let rollAddress = ''

test('the officer drops the workbook of a school, and sees how every row of it is read', async () => {
  await house.signIn(page, 'huyen', '/console/ra-soat')
  const unitId = house.signIns.find(({ login }) => login === 'huyen')!.unitId
  const pupils = await pupilsOf(page, unitId)
  assert.ok(pupils.length >= 16, `${pupils.length} pupils`)
  roll = await hostileRoll(school, pupils)
  schoolId = (await ask(page, listSchools, { params: { id: unitId }, query: {} })).schools.find(
    ({ name }) => name === school,
  )!.id

  await page.getByLabel('Trường', { exact: true }).selectOption({ label: school })
  await page.setInputFiles('input[type=file]', {
    name: 'Danh sach lop 12 (ban moi).xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: roll.file,
  })

  await page.getByRole('button', { name: new RegExp(`^Nhận ${roll.rows} dòng, thay`) }).waitFor()
  await shot(page, '1-preview')
  const text = await textOf(page.locator('#page'))
  assert.match(text, new RegExp(`${roll.rows} học sinh, 12A1 12A2, tiêu đề ở dòng 6`))
  assert.match(text, new RegExp(`→ ${roll.oldFontName}`), 'the name in an old font is shown before and after')
  assert.match(text, new RegExp(`${roll.notPupils} dòng không nhận, và vì sao`))
})

test('every row has one of four outcomes, and the four sum to the rows of the workbook', async () => {
  await page.getByRole('button', { name: /^Nhận/ }).click()
  // It has few of the pupils of the roll in force, so the officer is asked once more.
  await page.getByRole('button', { name: /^Đúng danh sách này/ }).click()
  await page.locator('.outcome-counts').waitFor()
  rollAddress = page.url()
  await shot(page, '2-result')

  const { matched, review, notFound, duplicate, rows } = await outcomes(page)
  assert.equal(rows, roll.rows)
  assert.equal(matched + review + notFound + duplicate, rows)
  assert.equal(notFound, 1, 'the pupil whom no register has')
  assert.equal(duplicate, 1, 'the pupil who is on both classes')
  assert.ok(review >= 3, `${review} rows to look at`)
})

test('one key decides one row, and Z takes the last decision back', async () => {
  const before = await outcomes(page)
  const question = () => textOf(page.locator('.question h2'))
  const asked = await question()

  await awake(page)

  await page.keyboard.press('1')
  await eventually(async () => assert.notEqual(await question(), asked))
  await eventually(async () =>
    assert.deepEqual(await outcomes(page), { ...before, matched: before.matched + 1, review: before.review - 1 }),
  )

  await page.keyboard.press('z')
  await eventually(async () => assert.equal(await question(), asked))
  await eventually(async () => assert.deepEqual(await outcomes(page), before))

  await page.keyboard.press('2')
  await eventually(async () => assert.notEqual(await question(), asked))
  await eventually(async () =>
    assert.deepEqual(await outcomes(page), { ...before, notFound: before.notFound + 1, review: before.review - 1 }),
  )
  const third = await question()
  await page.keyboard.press('3')
  await eventually(async () => assert.notEqual(await question(), third))
  assert.equal((await outcomes(page)).review, before.review - 1, 'a row that was put off is still to be looked at')
  await shot(page, '3-review')
})

test('each defect count that a school sees is the length of its list', async () => {
  await page.goto(rollAddress)
  const counted = page.getByRole('region', { name: 'Sai lệch phải báo trường' })
  const links = counted.getByRole('link')
  await links.first().waitFor()
  const told = await counted.getByRole('listitem').allInnerTexts()
  assert.ok(
    told.some(line => /phông chữ cũ|bảng mã/i.test(line)),
    `an old font is told: ${told.join('; ')}`,
  )
  assert.ok(
    told.some(line => /số 0/i.test(line) && figure(line.split('\n').at(-1) ?? '') === roll.lostZeros),
    told.join('; '),
  )
  // What was decided a moment ago is still being settled with other schools: a count may change until that is done, and
  // a defect be gone.
  for (const [at] of told.entries())
    await eventually(async () => {
      await page.goto(rollAddress)
      await links.first().waitFor()
      if (at >= (await links.count())) return
      const count = await figureOf(links.nth(at))
      await links.nth(at).click()
      await eventually(async () => assert.equal(await tableLength(page), count, told[at]), 5_000)
    }, 60_000)
  await shot(page, '4-defects')
})

test('the officer gives the school two numbers for a reason, and the school reads those alone', async () => {
  await page.goto(rollAddress.replace(/\?.*/, ''))
  await page.getByRole('link', { name: 'Cấp số định danh cho trường' }).click()
  const needing = page.getByRole('region', { name: 'Dòng cần số' })
  const boxes = needing.locator('[role=row] .box-cell')
  await needing.getByLabel('Hiện dòng nào').selectOption({ label: 'Mọi dòng đã khớp' })
  await needing.locator('[role=row]').nth(2).waitFor()
  await shot(page, '5-rows-without-numbers')
  await boxes.nth(-2).click()
  await boxes.nth(-1).click()
  const deed = needing.getByRole('button', { name: 'Cấp 2 số cho trường' })
  assert.ok(await deed.isDisabled(), 'without a reason nothing is given')
  await needing.getByLabel('Lý do cấp').selectOption({ label: 'Đăng ký dự thi' })
  await needing.getByLabel('Ghi rõ thêm').fill('Đăng ký dự thi tốt nghiệp, công văn 12/CV-THPT')
  await shot(page, '5-numbers')
  await deed.click()
  await needing.getByText('Đã cấp 2 số; trường xem được ngay.').waitFor()
  const given = page.getByRole('region', { name: 'Số đã cấp' })
  await given.locator('[role=row]').nth(2).waitFor()
  const numbers = (await textOf(given)).match(/\d{12}/g) ?? []
  assert.equal(numbers.length, 2)

  const teacher = await browser.newPage(desktop)
  await house.signIn(teacher, 'sogiaoduc', new URL(page.url()).pathname)
  const read = teacher.getByRole('region', { name: 'Số đã cấp' })
  await read.getByText(numbers[0] ?? '').waitFor()
  assert.deepEqual((await textOf(read)).match(/\d{12}/g), numbers)
  assert.equal(await teacher.getByRole('region', { name: 'Dòng cần số' }).count(), 0)
  await teacher.getByRole('link', { name: 'In danh sách số' }).click()
  await teacher.getByRole('heading', { name: /^Số định danh cấp cho/ }).waitFor()
  assert.deepEqual((await textOf(teacher.locator('table'))).match(/\d{12}/g), numbers)
  await shot(teacher, '6-numbers-of-the-school')
  await teacher.close()
})

test('a row that comes after the officer has gone elsewhere does not take them back to the roll', async () => {
  const reviewAddress = /\/api\/rolls\/[^/]+\/review\?/
  const late = Promise.withResolvers<void>()
  const answered = page.waitForResponse(one => one.request().method() === 'POST' && reviewAddress.test(one.url()))
  await page.route(reviewAddress, async route => {
    await late.promise
    await route.continue()
  })
  await page.goto(rollAddress.replace(/\?.*/, ''))
  await page.locator('.outcome-counts').waitFor()
  await page.getByRole('navigation', { name: 'Các mục' }).getByText('Danh sách').click()
  await page.waitForURL(/\/danh-sach/)

  late.resolve()
  await (await answered).finished()
  await page.locator('label.tick', { hasText: school }).waitFor()
  assert.match(page.url(), /\/danh-sach/)
  await page.unroute(reviewAddress)
})

test('a browser that believes that it is offline still reads from a house that answers', async () => {
  // As on a machine without any network that serves the house to itself.
  await page.evaluate("dispatchEvent(new Event('offline'))")
  await Promise.all([
    page.waitForResponse(/\/api\/accounts/),
    page.getByRole('navigation', { name: 'Các mục' }).getByText('Tài khoản').click(),
  ])
  await page.evaluate("dispatchEvent(new Event('online'))")
})

test('the list counts needs by kind, and each count is the length of the list it opens', async () => {
  await page.getByRole('navigation', { name: 'Các mục' }).getByText('Danh sách').click()
  await page.locator('label.tick', { hasText: school }).click()
  await eventually(async () => assert.equal(new URL(page.url()).searchParams.get('truong'), schoolId))
  const counts = page.locator('.counts a')
  await page.getByRole('grid').waitFor()
  for (const at of [0, 1, 2, 3, 4, 5, 6]) {
    await counts.nth(at).click()
    await eventually(async () => {
      // The figures are those of the school once it has answered, as the list is.
      const count = await figureOf(counts.nth(at).locator('.count'))
      assert.equal(await counts.nth(at).getAttribute('aria-current'), 'true')
      if (count === 0) assert.equal(await page.locator('#page .state').count(), 1)
      else assert.equal(await tableLength(page), count, `need ${at}`)
    })
  }
  await counts.first().click()
  await page.getByRole('grid').waitFor()
  await shot(page, '5-list')
})

test('the printed list names unit, day and printer, and has the rows of list and workbook', async () => {
  // Those who sit the exams of that June: what the list shows until somebody says otherwise.
  await page.getByRole('button', { name: /^Sinh 2004, 2005, 2007, 2008/ }).waitFor()
  const { people } = await ask(page, needList, {
    query: { schools: [schoolId], born: [2004, 2005, 2007, 2008], limit: 1000 },
  })
  assert.ok(people.length > 0)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'XLSX', exact: true }).click(),
  ])
  const book = new exceljs.Workbook()
  await book.xlsx.readFile(await download.path())
  const written: string[] = []
  book.worksheets[0]!.eachRow(row => written.push((row.values as unknown[]).map(String).join('|')))
  const listed = written.filter(line => people.some(({ name }) => line.includes(name)))
  assert.deepEqual(
    listed.map(
      line => people.find(({ name, number }) => line.includes(name) && (!number || line.includes(number)))?.name,
    ),
    people.map(({ name }) => name),
  )

  await page.getByRole('link', { name: 'In A4' }).click()
  await page.locator('.plain-table tbody tr').first().waitFor()
  await page.emulateMedia({ media: 'print' })
  await shot(page, '6-paper')
  const head = await textOf(page.locator('.paper'))
  assert.match(head, /Thành phố Hạ Long/)
  assert.match(head, /20\/04\/2023/)
  assert.match(head, /Vũ Thị Hạnh Nguyên/)
  assert.deepEqual(await page.locator('thead th').allInnerTexts(), [
    'STT',
    'Họ và tên',
    'Ngày sinh',
    'Số định danh',
    'Lớp',
    'Trường',
    'Còn thiếu',
    'Đánh dấu',
  ])
  assert.deepEqual(
    await page.locator('tbody th').allInnerTexts(),
    people.map(({ name }) => name),
  )
  assert.equal(await page.locator('header.bar').isVisible(), false, 'no frame of the screen is printed')
  const paper = String(await page.pdf({ preferCSSPageSize: true }))
  assert.match(paper, /\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/, 'A4, upright')
  await page.emulateMedia({ media: 'screen' })
})
