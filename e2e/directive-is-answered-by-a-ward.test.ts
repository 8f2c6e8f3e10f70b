import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { needList } from '../src/campaign/contract.ts'
import { directiveList, notReportedList } from '../src/campaign/directives/contract.ts'
import { listUnits } from '../src/units/contract.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { figureOf, tableLength, textOf } from './page-text.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

/** A page of an officer's own, signed in. */
async function pageOf(login: string, view: typeof desktop | typeof phone = desktop): Promise<WatchedPage> {
  const page = await browser.newPage(view)
  await house.signIn(page, login)
  return page
}
const [commander, ward, stranger] = [await pageOf('chihuy'), await pageOf('phuong'), await pageOf('huyenkhac')]
const wardUnit = house.signIns.find(({ login }) => login === 'phuong')!.unitId
const places = await ask(commander, listUnits, {
  query: { level: 'commune', below: house.signIns.find(({ login }) => login === 'chihuy')!.unitId },
})
const communes = places.units.filter(({ level }) => level === 'commune')
const wardName = communes.find(({ id }) => id === wardUnit)!.name

const title = 'Rà soát học sinh lớp 12 chưa có số định danh'
const question = 'Số em lớp 12 chưa có số định danh'
let address = ''

/** What a page must always be: read by everybody, and on no screen wider than it. */
async function looksRight(page: WatchedPage, name: string) {
  await page.locator('h1').first().waitFor()
  await eventually(async () => assert.equal(await page.locator('[aria-busy=true]').count(), 0))
  await shot(page, name)
  await assertAccessible(page)
  const [content, screen] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )
  assert.ok(content <= screen, `${name} is ${content} wide on a screen of ${screen}`)
  page.assertClean()
}
const counted = (page: WatchedPage, said: string) =>
  figureOf(page.locator('.counts a', { hasText: said }).locator('.count'))

test('a commander issues a directive to all communes, with a question and a named commander', async () => {
  await commander.goto(`${house.origin}/console/chien-dich/chi-dao`)
  await looksRight(commander, '1-no-directive')
  await commander.getByRole('link', { name: 'Ban hành chỉ đạo' }).first().click()
  await commander.getByLabel('Tên chỉ đạo').fill(title)
  await commander
    .getByLabel('Nội dung')
    .fill(
      'Các xã, phường rà soát danh sách lớp 12 của các trường trên địa bàn.\nBáo số em chưa có số định danh trước ' +
        'ngày hạn; vướng ở đâu ghi rõ.',
    )
  await commander.getByLabel('Hạn', { exact: true }).fill('25/04/2023')
  await commander.getByLabel('Người ban hành').fill('Đại tá Phạm Quang Minh Chiến, Phó Giám đốc')
  await commander.getByLabel('Hỏi một con số').fill(question)
  await looksRight(commander, '2-order')
  await commander.getByRole('button', { name: 'Ban hành chỉ đạo' }).click()

  await commander.getByRole('grid').waitFor()
  address = commander.url()
  assert.equal(await tableLength(commander), communes.length)
  assert.equal(await counted(commander, 'chưa đọc'), communes.length)
  await looksRight(commander, '3-issued')
})

test('a ward finds the directive among today’s work, reads it, and answers with a figure', async () => {
  await ward.goto(`${house.origin}/console/hom-nay`)
  await eventually(async () => assert.match(await textOf(ward.locator('#page')), /Chỉ đạo chưa xác nhận/))
  await ward.goto(`${house.origin}/console/chien-dich/chi-dao`)
  await ward.getByRole('link', { name: title }).click()
  await ward.getByRole('heading', { name: title }).waitFor()
  await looksRight(ward, '4-ward-reads')
  assert.equal(await counted(commander, 'chưa đọc'), communes.length, 'the commander’s page is as it was read')
  await commander.reload()
  await eventually(async () => assert.equal(await counted(commander, 'chưa đọc'), communes.length - 1))

  await ward.getByLabel(question).fill('ba sáu')
  await ward.getByRole('button', { name: 'Gửi trả lời' }).click()
  await ward.getByText('Ghi một số nguyên, ví dụ 36').waitFor()
  await ward.getByLabel(question).fill('36')
  await ward.getByLabel('Ghi thêm').fill('Hai em mới chuyển đến, đang xác minh')
  await ward.getByRole('button', { name: 'Gửi trả lời' }).click()
  await ward.locator('.said-figure').waitFor()
  assert.match(await textOf(ward.locator('.my-answer')), /đã trả lời.*36.*Hai em mới chuyển đến.*Bùi Gia Thục An/)
  await looksRight(ward, '5-ward-answered')
})

test('the commander sees who answered, and a reminder names who has not read the directive', async () => {
  await commander.goto(address)
  await commander.getByRole('link', { name: /đã xong/ }).click()
  await eventually(async () => assert.equal(await tableLength(commander), 1))
  const row = commander.getByRole('row', { name: new RegExp(wardName) })
  assert.match(await textOf(row), /Bùi Gia Thục An.*36.*Hai em mới chuyển đến.*đã trả lời/)
  const reminder = await textOf(commander.locator('.reminder pre'))
  assert.match(reminder, new RegExp(`Đã xong 1/${communes.length} đơn vị`))
  assert.ok(!reminder.includes(`${wardName};`), 'who has answered is not reminded')
  await looksRight(commander, '6-answered')
})

test('a unit acknowledges a later version again, and the earlier one keeps its answers', async () => {
  await commander.goto(address)
  await commander.getByRole('link', { name: 'Ban hành bản mới' }).click()
  await commander.getByLabel('Hạn', { exact: true }).fill('28/04/2023')
  await commander.getByRole('button', { name: 'Ban hành bản mới' }).click()
  await commander.getByRole('link', { name: 'Bản 2, đang có hiệu lực' }).waitFor()
  assert.equal(await counted(commander, 'chưa đọc'), communes.length)
  await commander.getByRole('link', { name: /^Bản 1/ }).click()
  await eventually(async () => assert.equal(await counted(commander, 'đã xong'), 1))
  await looksRight(commander, '7-earlier-version')

  await ward.reload()
  await ward.getByText('Đơn vị đã xác nhận bản 1').waitFor()
  await ward.getByLabel(question).fill('34')
  await ward.getByRole('button', { name: 'Gửi trả lời' }).click()
  await eventually(async () => assert.equal(await textOf(ward.locator('.said-figure')), '34'))
})

test('another district sees only its own wards, and nothing of other districts’ directives', async () => {
  const district = await pageOf('huyen')
  await district.goto(`${house.origin}/console/chien-dich/chi-dao/moi`)
  await district.getByLabel('Tên chỉ đạo').fill('Trực tiếp nhận dịp lễ')
  await district.getByLabel('Nội dung').fill('Bố trí trực cả ngày nghỉ.')
  await district.getByLabel('Hạn', { exact: true }).fill('29/04/2023')
  await district.getByRole('button', { name: 'Ban hành chỉ đạo' }).click()
  await district.getByRole('grid').waitFor()
  const own = district.url()

  const seen = await ask(stranger, directiveList, { query: {} })
  const titles = seen.directives.map(one => one.title)
  assert.equal(titles[0], title)
  assert.ok(!titles.includes('Trực tiếp nhận dịp lễ'), titles.join())
  assert.ok(seen.directives[0]!.counts.units < communes.length)
  await stranger.goto(own)
  await stranger.getByText('Không có chỉ đạo này trong phạm vi anh/chị được xem').waitFor()
  await stranger.goto(address)
  await eventually(async () => assert.equal(await tableLength(stranger), seen.directives[0]!.counts.units))
})

test('the commander sees units without an entry today; a unit that answered is not among them', async () => {
  await commander.goto(`${house.origin}/console/chien-dich/chi-dao`)
  await commander.getByRole('link', { name: 'Chưa nhập gì hôm nay' }).click()
  await commander.getByRole('grid').waitFor()
  const { units, communes: all } = await ask(commander, notReportedList, { query: {} })
  assert.equal(await tableLength(commander), units.length)
  assert.equal(all, communes.length)
  assert.ok(!units.some(({ id }) => id === wardUnit), 'an answer is an entry')
  await looksRight(commander, '18-silent')
})

let listAddress = ''

test('a ward creates a group and orders its list by address, without numbers', async () => {
  await ward.goto(`${house.origin}/console/danh-sach`)
  await ward.getByRole('link', { name: 'Tổ công nghệ số cộng đồng' }).click()
  await ward.getByText('Tổ công nghệ số cộng đồng khu 3').waitFor()
  await ward.getByRole('link', { name: 'Lập tổ' }).first().click()
  await ward.getByLabel('Tên tổ').fill('Tổ công nghệ số khu 3')
  await ward.getByLabel('Khu phố, tổ dân phố, thôn').fill('Khu 3')
  await ward.getByLabel('Họ và tên').fill('Tô Thị Phương Lan')
  await ward.getByLabel('Điện thoại').fill('0912 345 678')
  await ward.getByRole('button', { name: 'Thêm thành viên' }).click()
  await ward.getByRole('group', { name: 'Thành viên 1' }).getByLabel('Họ và tên').fill('Đỗ Văn Mạnh')
  await looksRight(ward, '8-group-form')
  await ward.getByRole('button', { name: 'Lập tổ' }).click()
  await ward.getByText('Tổ chưa có danh sách nào').waitFor()
  assert.match(await textOf(ward.locator('.members').first()), /Tô Thị Phương Lan.*Tổ trưởng.*0912 345 678/)

  await ward.getByRole('button', { name: 'Lập danh sách' }).first().click()
  await ward.getByLabel('Phạm vi').selectOption('commune')
  await ward.getByLabel('Lập để làm gì').fill('Vận động làm thẻ trước kỳ thi')
  await shot(ward, '9-make-list')
  await ward.getByRole('dialog').getByRole('button', { name: 'Lập danh sách' }).click()
  await ward.getByRole('link', { name: 'Mở danh sách' }).click()
  await ward.getByRole('grid').waitFor()
  listAddress = ward.url()
  await looksRight(ward, '10-list')
  const { people } = await ask(ward, needList, { query: { basis: 'permanent', limit: 1000 } })
  const content = await ward.content()
  assert.ok(people.length > 0)
  assert.deepEqual(
    people.filter(({ number }) => number && content.includes(number)),
    [],
  )
})

test('an officer enters a call’s result by one key, it counts at once and can be filtered', async () => {
  const all = await tableLength(ward)
  await ward.getByRole('button', { name: 'Ghi kết quả' }).first().click()
  await ward.getByLabel('Ghi chú').fill('gọi 0912 345 678')
  await ward.getByRole('button', { name: 'vắng nhà' }).click()
  await ward.getByText('Ghi chú có dãy số dài').waitFor()
  await ward.getByLabel('Ghi chú').fill('Hẹn tối thứ Bảy')
  await shot(ward, '11-mark')
  await ward.getByRole('button', { name: 'vắng nhà' }).click()
  await eventually(async () => assert.equal(await counted(ward, 'vắng nhà'), 1))
  assert.equal(await counted(ward, 'chưa đến'), all - 1)
  await ward.locator('.counts a', { hasText: 'vắng nhà' }).click()
  await eventually(async () => assert.equal(await tableLength(ward), 1))
})

test('the list prints on A4 with tick boxes, its last valid day, and who printed it', async () => {
  await ward.goto(listAddress)
  await ward.getByRole('link', { name: 'In A4' }).click()
  await ward.locator('.plain-table tbody tr').first().waitFor()
  await looksRight(ward, '12-paper-on-screen')
  await ward.emulateMedia({ media: 'print' })
  await shot(ward, '13-paper')
  assert.match(await textOf(ward.locator('.paper')), /Hết hạn 04\/05\/2023.*Bùi Gia Thục An/)
  assert.deepEqual(await ward.locator('thead th').allInnerTexts(), [
    'STT',
    'Họ và tên',
    'Địa chỉ',
    'Còn thiếu',
    'Gặp',
    'Xong',
    'Chưa muốn',
    'Vắng',
    'Chuyển đi',
    'Ngày, ghi chú',
  ])
  assert.equal(await ward.locator('.paper-box').count(), 5 * (await ward.locator('tbody tr').count()))
  const paper = String(await ward.pdf({ preferCSSPageSize: true }))
  assert.match(paper, /\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/, 'A4, upright')
  await ward.emulateMedia({ media: 'screen' })
})

test('an officer reads and answers a directive on a phone', async () => {
  const small = await pageOf('phuong2', phone)
  for (const [name, place] of [
    ['14-phone-directives', '/console/chien-dich/chi-dao'],
    ['15-phone-directive', new URL(address).pathname],
    ['16-phone-groups', '/console/danh-sach/to-cong-nghe'],
    ['17-phone-list', new URL(listAddress).pathname],
  ] as const) {
    await small.goto(house.origin + place)
    await looksRight(small, name)
  }
})
