import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { showCard } from '../src/cards/contract.ts'
import { listOld } from '../src/cards/hand-over/contract.ts'
import { blankStock, listBatches, showBatch } from '../src/cards/production/contract.ts'
import { listBoxes, showBox } from '../src/cards/shipping/contract.ts'
import { cardPipeline, listCards } from '../src/cards/tracking/contract.ts'
import type { Id } from '../src/platform/ids.ts'
import { listSchools } from '../src/units/contract.ts'
import { ask, refusal } from './api-call.ts'
import { awake } from './awake.ts'
import { assertAccessible, desktop, openBrowser, phone, shot, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { orderCards } from './ordered-cards.ts'
import { textOf } from './page-text.ts'
import { paperOf } from './paper.ts'
import { serveHouse } from './served-house.ts'

/** Old cards may be destroyed on the day on which they were taken in. */
const house = await serveHouse({ laws: ['cards.old-cards-kept-days,2000-01-01,0,,journey,'] })
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const unitOf = (login: string) => house.signIns.find(one => one.login === login)!.unitId
const district = unitOf('huyen')
const open = async (login: string, place: string) => {
  const page = await browser.newPage(desktop)
  await house.signIn(page, login, `/console${place}`)
  return page
}

const desk = await open('huyen', '/the')
const { schools } = await ask(desk, listSchools, { params: { id: district }, query: {} })
const school = schools[0]!
const ordered = await orderCards(house.folder, { unitId: district, schoolId: school.id, count: 6, dueIn: 5 })
assert.equal(ordered.length, 6)

const maker = await open('trungtamthe', '/the/phoi')
const serials = ['QN9000001', 'QN9000002', 'QN9000003', 'QN9000004', 'QN9000005', 'QN9000006', 'QN9000007'] as const

/** A scanner types into the page's field and sends Enter. */
async function scan(page: WatchedPage, text: string) {
  await page.locator('.scan form > input').fill(text)
  await page.locator('.scan form > input').press('Enter')
}
const heard = (page: WatchedPage, words: string) => page.locator('.heard', { hasText: words }).waitFor()
const dialog = (page: WatchedPage) => page.locator('[role=dialog], [role=alertdialog]')

let batchId = ''
let batchCode = ''
let boxId = ''
/** Cards that lie at the unit once the teacher's list is returned. */
let backAtUnit: Id<'card'>[] = []
/** In the order in which they were made: the most urgent first, then as the batch has them. */
let made: { cardId: Id<'card'>; personId: string; name: string; serial: string; number: string }[] = []

test('blanks are received by their first and last serial, and balance', async () => {
  await maker.getByText('Chưa nhập lô phôi nào').waitFor()
  await shot(maker, '1-no-blanks')
  await assertAccessible(maker)
  await maker.getByRole('button', { name: 'Nhập lô phôi' }).click()
  await dialog(maker).getByLabel('Mã lô trên phiếu giao').fill('LO-01')
  await dialog(maker).getByLabel('Số đầu').fill(serials[0])
  await dialog(maker).getByLabel('Số cuối').fill('QN9000010')
  await dialog(maker).getByRole('button', { name: 'Nhập lô này' }).click()
  await dialog(maker).getByText('Đã nhập 10 phôi').waitFor()
  await dialog(maker).getByRole('button', { name: 'Đóng' }).click()
  assert.match(
    await textOf(maker.locator('.sentence')),
    /Đã nhận 10 phôi = còn 10 trong kho \+ 0 đã dùng \+ 0 hỏng \+ 0 thiếu/,
  )
})

test('an officer plans a batch for a unit and sees its size beforehand', async () => {
  await maker.goto(`${house.origin}/console/the/dot/moi`)
  await maker.getByLabel('Của đơn vị').selectOption(district)
  await maker.getByText('Mẻ này lấy 6 thẻ').waitFor()
  await shot(maker, '2-plan')
  await assertAccessible(maker)
  await maker.getByRole('button', { name: 'Lập mẻ với 6 thẻ' }).click()
  await maker.locator('.scan').waitFor()
  const [batch] = (await ask(maker, listBatches, { query: {} })).rows
  batchId = batch!.id
  batchCode = batch!.code
  assert.equal(batch?.waiting, 6)
})

test('an officer makes cards by scanning blanks; an unknown blank and one’s own check are refused', async () => {
  await scan(maker, 'XX0000001')
  await heard(maker, 'Không có phôi nào trong kho mang số này')
  await shot(maker, '3-wrong-blank')
  await assertAccessible(maker)
  for (const serial of serials.slice(0, 6)) {
    await scan(maker, serial)
    // Of the last one it is told where no field is left.
    await eventually(async () =>
      assert.match(await textOf(maker.locator('.heard, [role=status]').first()), new RegExp(`${serial}\\. Chờ`)),
    )
    await eventually(async () =>
      assert.ok(
        (await ask(maker, showBatch, { params: { id: batchId }, query: {} })).cards.some(
          line => line.serial === serial,
        ),
      ),
    )
  }
  await maker.getByText('Không còn thẻ chờ in').waitFor()
  await maker.getByRole('link', { name: /^Kiểm tra thẻ/ }).click()
  assert.equal(await paperOf(maker, 'Mặt thẻ để in (PDF)'), `${batchCode}-mat-the.pdf`)
  assert.equal(await paperOf(maker, 'Mặt thẻ, tờ A4 (PDF)'), `${batchCode}-mat-the.pdf`)
  await scan(maker, serials[0])
  await maker.getByRole('button', { name: 'Đạt' }).waitFor()
  await scan(maker, '1')
  await heard(maker, 'Người kiểm tra phải khác người in thẻ')
})

test('another officer checks cards by scan, and a rejected card is made again on another blank', async () => {
  const checker = await open('trungtamthe2', `/the/dot/${batchId}`)
  for (const serial of serials.slice(0, 5)) {
    await scan(checker, serial)
    await checker.getByRole('button', { name: 'Đạt' }).waitFor()
    await scan(checker, '1')
    await heard(checker, `Đạt: `)
    await eventually(async () => assert.match(await textOf(checker.locator('.heard')), new RegExp(serial)))
  }
  await scan(checker, serials[5])
  await checker.getByRole('button', { name: 'Loại' }).waitFor()
  await shot(checker, '4-check')
  await assertAccessible(checker)
  await scan(checker, '2')
  await checker.getByLabel('Lỗi gì').fill('ảnh lệch')
  await checker.getByRole('button', { name: 'Loại thẻ này' }).click()
  await heard(checker, 'Đã loại')

  await maker.goto(`${house.origin}/console/the/dot/${batchId}?viec=make`)
  await maker.getByText('in lại lần 2').waitFor()
  await scan(maker, serials[6])
  await maker.getByText('Không còn thẻ chờ in').waitFor()
  await checker.goto(`${house.origin}/console/the/dot/${batchId}?viec=check`)
  await scan(checker, serials[6])
  await checker.getByRole('button', { name: 'Đạt' }).click()
  await eventually(async () => {
    const { batch, cards } = await ask(checker, showBatch, { params: { id: batchId }, query: {} })
    assert.equal(batch.state, 'closed')
    made = cards.map(({ cardId, personId, name, serial = '' }) => ({
      cardId,
      personId,
      name,
      serial,
      number: ordered.find(one => one.cardId === cardId)!.number,
    }))
  })
  const { balance } = await ask(maker, blankStock, { query: {} })
  assert.deepEqual(balance, { received: 10, inStock: 3, used: 6, spoiled: 1, missing: 0 })
})

test('an officer packs a box by scan, seals and sends it, and its label bears its code', async () => {
  await maker.goto(`${house.origin}/console/the/thung`)
  await maker.getByText('Chưa có hộp nào').waitFor()
  await maker.getByRole('button', { name: 'Mở hộp mới' }).click()
  await dialog(maker).getByLabel('Gửi đến đơn vị').selectOption(district)
  await dialog(maker).getByRole('button', { name: 'Mở hộp' }).click()
  await maker.getByText('Quét thẻ cho vào hộp').waitFor()
  for (const [at, { serial }] of made.entries()) {
    await scan(maker, serial)
    await heard(maker, `Đã vào hộp: ${serial}. Vừa quét ${at + 1} thẻ.`)
  }
  await scan(maker, made[0]!.serial)
  await heard(maker, 'Thẻ đang ở trong một hộp')
  await shot(maker, '5-packing')
  await assertAccessible(maker)
  await maker.getByLabel('Số niêm phong').fill('NP-0417')
  await maker.getByRole('button', { name: 'Niêm phong 6 thẻ' }).click()
  await maker.getByRole('button', { name: 'Ghi đã gửi đi' }).waitFor()
  const [box] = (await ask(maker, listBoxes, { query: {} })).rows
  boxId = box!.id
  await maker.getByRole('link', { name: 'In nhãn hộp' }).click()
  await maker.getByRole('img', { name: `Mã QR của ${box!.code}` }).waitFor()
  await paperOf(maker, 'Nhãn 100 × 150 mm (PDF)')
  await shot(maker, '6-label')
  await maker.goBack()
  await maker.getByRole('button', { name: 'Ghi đã gửi đi' }).click()
  await maker.getByText('Hộp đang trên đường đến').waitFor()
})

test('the unit receives a box and counts it: one card is missing, one is unexpected', async () => {
  const [box] = (await ask(desk, listBoxes, { query: { direction: 'in', state: 'sent' } })).rows
  await desk.goto(`${house.origin}/console/hom-nay`)
  await desk.locator('.due-row', { hasText: 'Hộp thẻ đang đến' }).locator('.figure').click()
  await scan(desk, box!.code)
  await desk.getByRole('button', { name: 'Niêm phong còn nguyên, nhận hộp' }).click()
  await desk.getByText('Quét hết thẻ có trong hộp').waitFor()
  for (const { serial } of made.slice(0, 5)) {
    await scan(desk, serial)
    await heard(desk, serial)
  }
  await scan(desk, made[0]!.serial)
  await heard(desk, 'đã quét rồi')
  await scan(desk, 'QN8888888')
  await heard(desk, 'không có trong danh sách của hộp')
  await shot(desk, '7-counting')
  await assertAccessible(desk)
  await desk.getByRole('button', { name: 'Chốt kiểm hộp' }).click()
  await dialog(desk).getByText('5 thẻ có, 1 thiếu, 1 ngoài danh sách').waitFor()
  await dialog(desk).getByRole('button', { name: 'Chốt: có 5, thiếu 1' }).click()
  await desk.getByText('Có 5 trên 6 thẻ, thiếu 1.').waitFor()
  await shot(desk, '8-counted')
  await assertAccessible(desk)
  const { box: counted, unexpected } = await ask(desk, showBox, { params: { id: boxId }, query: {} })
  assert.deepEqual([counted.state, counted.present, counted.missing, unexpected.length], ['counted', 5, 1, 1])
})

test('the page refuses another person’s number in large letters before it hands over a card', async () => {
  const [first, second] = made
  await desk.goto(`${house.origin}/console/the/trao`)
  await scan(desk, first!.serial)
  await desk.locator('.at-hand', { hasText: first!.name }).waitFor()
  await scan(desk, second!.number)
  await heard(desk, 'Không đúng người')
  await shot(desk, '9-wrong-person')
  await assertAccessible(desk)
  assert.equal((await ask(desk, showCard, { params: { id: first!.cardId } })).card.state, 'at-unit')
  // A scanner does not wait for the screen.
  await scan(desk, first!.serial)
  await scan(desk, first!.number)
  await heard(desk, `Đã trả: ${first!.name}`)
  await shot(desk, '10-given')

  await desk.getByRole('button', { name: 'Người được ủy quyền, người đại diện nhận' }).click()
  await scan(desk, second!.number)
  await desk.getByText('Đã quét người nhận').waitFor()
  await scan(desk, second!.serial)
  await desk.getByLabel('Họ tên người được ủy quyền, người đại diện').fill('Nguyễn Hoàng Phương Uyên Thảo')
  await desk.getByLabel('Quan hệ').fill('mẹ')
  await desk.getByLabel('Giấy tờ chứng minh').fill('giấy khai sinh')
  await desk.getByRole('button', { name: 'Trả thẻ cho người này' }).click()
  await heard(desk, `Đã trả: ${second!.name}`)
  await eventually(async () =>
    assert.equal(
      (await ask(desk, cardPipeline, {})).stages.find(({ stage }) => stage === 'at-unit')?.cards,
      (await waiting()).length,
    ),
  )
})

const waiting = async () => (await ask(desk, listCards, { query: { stage: 'at-unit' } })).rows

test('a teacher takes the remaining cards with a list, and returns it signed line by line', async () => {
  const out = made.slice(2, 5)
  await desk.goto(`${house.origin}/console/the/trao/danh-sach/moi`)
  await desk.getByLabel('Trường', { exact: true }).selectOption(school.id)
  await desk.getByLabel('Họ tên giáo viên nhận').fill('Nguyễn Thị Thu Hoa')
  await desk.getByRole('grid').waitFor()
  // Cards of the school that lay there before stay where they are.
  const rows = desk.getByRole('grid').locator('.rowline')
  for (const { serial } of out) await rows.filter({ hasText: serial }).waitFor()
  for (const row of await rows.all()) {
    const text = await textOf(row)
    if (!out.some(({ serial }) => text.includes(serial))) await row.locator('.box-cell').click()
  }
  await shot(desk, '11-new-list')
  await assertAccessible(desk)
  await desk.getByRole('button', { name: `Giao ${out.length} thẻ` }).click()
  await desk.getByText(`${out.length} thẻ đang ở Nguyễn Thị Thu Hoa`).waitFor()
  await desk.getByRole('link', { name: 'In tờ ký nhận' }).click()
  await desk.locator('.session-sheet tbody tr').first().waitFor()
  assert.doesNotMatch(await textOf(desk.locator('.session-sheet')), /\d{12}/)
  await paperOf(desk, 'Tờ ký nhận (PDF)')
  await desk.emulateMedia({ media: 'print' })
  await shot(desk, '12-sheet')
  await desk.emulateMedia({ media: 'screen' })
  await desk.goBack()

  await desk.locator('.list-lines > li').first().waitFor()
  const take = desk.getByRole('button', { name: /^Nhận lại/ })
  assert.equal(await take.isDisabled(), true)
  await awake(desk)
  await desk.locator('body').press('2')
  await desk.getByRole('button', { name: 'Các dòng còn lại: đã ký' }).click()
  // A photograph of the signed sheet: whatever is a picture.
  const photograph = await desk.screenshot({ type: 'jpeg' })
  await desk
    .locator('input[type=file]')
    .setInputFiles({ name: 'to-ky.jpg', mimeType: 'image/jpeg', buffer: photograph })
  await shot(desk, '13-return')
  await assertAccessible(desk)
  await desk.getByRole('button', { name: 'Nhận lại: 2 đã ký, 1 trả lại' }).click()
  await desk.getByText('2 em đã ký nhận, 1 thẻ trả về đơn vị').waitFor()
  const handed = (await ask(maker, listCards, { query: { stage: 'handed-over' } })).rows.map(({ cardId }) => cardId)
  assert.equal(made.filter(({ cardId }) => handed.includes(cardId)).length, 4)
  backAtUnit = (await waiting()).map(({ cardId }) => cardId)
})

test('an officer who may read a card prints both sides, and the print is in its history', async () => {
  const { cardId } = made[0]!
  await desk.goto(`${house.origin}/console/the/${cardId}`)
  assert.equal(await paperOf(desk, 'Hai mặt thẻ (PDF)'), `the-${cardId}-mat-the.pdf`)
  await desk.locator('.events', { hasText: 'lấy bản in hai mặt' }).waitFor()
  await shot(desk, '14-printed')
  await assertAccessible(desk)
})

test('an officer declares a missing card lost; it is revoked and ordered again with its deadline', async () => {
  const lost = made[5]!
  await desk.goto(`${house.origin}/console/the/thung/${boxId}`)
  await desk.getByRole('button', { name: 'Ghi mất…' }).click()
  await dialog(desk).getByLabel('Đã tìm thế nào').fill('đã tìm ba lần')
  await dialog(desk).getByRole('button', { name: 'Ghi mất và đặt in lại' }).click()
  await heard(desk, 'Đã ghi mất')
  const life = await ask(desk, showCard, { params: { id: lost.cardId } })
  assert.deepEqual(
    [life.card.state, life.ending?.code, life.ending?.note],
    ['revoked', 'lost-in-transit', 'đã tìm ba lần'],
  )
  const again = (await ask(desk, listCards, { query: { stage: 'to-plan' } })).rows.find(
    ({ personId }) => personId === lost.personId,
  )
  assert.equal(again?.dueOn, life.order?.dueOn)
  await desk.goto(`${house.origin}/console/the/${lost.cardId}`)
  await desk.getByText('mất khi chuyển').waitFor()
  await shot(desk, '15-life')
  await assertAccessible(desk)
})

test('two officers count the blanks of a lot, and say which one is missing and why', async () => {
  await maker.goto(`${house.origin}/console/the/phoi`)
  const stock = async () =>
    (await ask(maker, blankStock, { query: {} })).lots.find(({ code }) => code === 'LO-01')?.inStock ?? 0
  const before = await stock()
  await maker.getByRole('button', { name: 'Kiểm kê hai người' }).click()
  await dialog(maker)
    .getByLabel('Đếm được trong kho')
    .fill(String(before - 1))
  await dialog(maker).getByLabel('Lý do lệch').fill('không thấy phôi cuối trong hộp')
  await dialog(maker).getByLabel('Số của từng phôi lệch').fill('QN9000010')
  await shot(maker, '16-stock-take')
  await assertAccessible(maker)
  await dialog(maker).getByRole('button', { name: 'Chốt kiểm kê' }).click()
  await dialog(maker).getByText(`Đã chốt: sổ ${before}, thiếu 1.`).waitFor()
  await dialog(maker).getByRole('button', { name: 'Đóng' }).click()
  assert.equal(await stock(), before - 1)
  assert.match(await textOf(maker.locator('.sentence')), /1 thiếu/)
})

/** Does a deed on a card's page, with its reason where it asks for one. */
async function doOnCard(page: WatchedPage, cardId: string, deed: string, reason?: string) {
  await page.goto(`${house.origin}/console/the/${cardId}`)
  await page.getByRole('button', { name: deed, exact: true }).click()
  if (reason) await dialog(page).getByLabel('Lý do').selectOption(reason)
  await dialog(page).getByRole('button', { name: deed, exact: true }).click()
  await eventually(async () => assert.equal(await dialog(page).count(), 0))
}
const stateOfCard = async (id: Id<'card'>) => (await ask(desk, showCard, { params: { id } })).card.state

test('a card that its holder lost is blocked, valid once found, and revoked where it is lost for good', async () => {
  const { cardId } = made[0]!
  await doOnCard(desk, cardId, 'Khóa thẻ', 'lost')
  assert.equal(await stateOfCard(cardId), 'blocked')
  await doOnCard(desk, cardId, 'Mở khóa thẻ')
  assert.equal(await stateOfCard(cardId), 'handed-over')
  await doOnCard(desk, cardId, 'Khóa thẻ', 'lost')
  await doOnCard(desk, cardId, 'Thu hồi thẻ', 'never-found')
  assert.equal(await stateOfCard(cardId), 'revoked')
})

test('a card damaged before anybody had it is ordered once more, and two officers destroy the old one', async () => {
  const damaged = made.find(({ cardId }) => backAtUnit.includes(cardId)) ?? assert.fail('no card came back')
  await doOnCard(desk, damaged.cardId, 'Thu hồi thẻ', 'damaged')
  const again = (await ask(desk, listCards, { query: { stage: 'to-plan' } })).rows
  assert.equal(again.filter(({ personId }) => personId === damaged.personId).length, 1)
  await doOnCard(desk, damaged.cardId, 'Thu thẻ để hủy')
  await desk.goto(`${house.origin}/console/the/trao/the-cu`)
  const row = desk.getByRole('grid').locator('.rowline').filter({ hasText: damaged.serial })
  await row.getByText('hủy được').waitFor()
  await shot(desk, '17-old-cards')
  await assertAccessible(desk)
  const { due, officers } = await ask(desk, listOld, { query: {} })
  await desk.getByRole('button', { name: `Hủy ${due} thẻ cũ` }).click()
  const destroy = dialog(desk).getByRole('button', { name: `Hủy ${due} thẻ cũ` })
  assert.equal(await destroy.isDisabled(), true, 'nobody destroys alone')
  await dialog(desk)
    .getByLabel('Cán bộ cùng hủy')
    .selectOption(officers[0]?.id ?? assert.fail('nobody beside'))
  await shot(desk, '18-destroy')
  await destroy.click()
  await desk.getByText(`Đã hủy ${due} thẻ cũ.`).waitFor()
  assert.equal((await ask(desk, listOld, { query: {} })).total, 0)
})

test('no page scrolls sideways on a phone, and an officer of another district sees nothing', async () => {
  const small = await browser.newPage(phone, { context: desk.context() })
  for (const place of [
    '/the',
    '/the/thung',
    `/the/thung/${boxId}`,
    '/the/trao',
    '/the/trao/the-cu',
    `/the/${made[5]!.cardId}`,
  ]) {
    await small.goto(`${house.origin}/console${place}`)
    await small.locator('h1').waitFor()
    await eventually(async () =>
      assert.ok(await small.evaluate('document.documentElement.scrollWidth <= innerWidth'), place),
    )
  }
  await small.goto(`${house.origin}/console/the/${made[1]!.cardId}`)
  await small.locator('button.strip').click()
  await small.getByRole('button', { name: 'Hai mặt thẻ (PDF)' }).waitFor()
  await shot(small, '16-phone')
  await assertAccessible(small)
  const other = await open('huyenkhac', `/the/${made[5]!.cardId}`)
  await other.getByText('Không có thẻ này trong phạm vi anh/chị được xem').waitFor()
  assert.equal((await refusal(other, showCard, { params: { id: made[5]!.cardId } })).code, 'card-unknown')
  assert.equal((await refusal(other, showBox, { params: { id: boxId }, query: {} })).code, 'box-unknown')
})
