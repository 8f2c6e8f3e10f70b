import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { showAccount } from '../src/accounts/contract.ts'
import { counterReaderLimits } from '../src/cards/chip-readings/counter-reader.ts'
import { showCard } from '../src/cards/contract.ts'
import { openCounterReader } from '../src/cli/chip/counter-reader.ts'
import { freePort } from '../test/house-to-copy.ts'
import { SoftwareCard, type SoftwareCardContent } from '../test/software-card/software-card.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot, type Viewport } from './browser.ts'
import { cardsWithChips } from './cards-with-chips.ts'
import { serveHouse } from './served-house.ts'

/** The program at the counter's reader runs beside the browser, with a card of software in the reader. */

const readerPort = await freePort()
const house = await serveHouse({ laws: [`cards.counter-reader-port,2000-01-01,${readerPort},,journey,`] })
// A reader whose program does not run is asked in vain: the browser says so.
const browser = await openBrowser({ line: 'may-be-cut' })

const district = house.signIns.find(({ login }) => login === 'huyen')!.unitId
const [own, stranger, waiting, copied] = await cardsWithChips(house.folder, { unitId: district, count: 4, inHand: 2 })
assert.ok(own && stranger && waiting && copied)

/** What lies on the reader now. */
let onReader: SoftwareCardContent | undefined
const startReader = (origin = house.origin) =>
  openCounterReader({
    origin,
    port: readerPort,
    open: async () => {
      if (!onReader) return undefined
      const card = new SoftwareCard(onReader)
      return { transmit: command => card.transmit(command), leave: async () => undefined }
    },
  })
let reader: Awaited<ReturnType<typeof startReader>> | undefined
after(async () => {
  await reader?.close()
  await browser.close().finally(house.stop)
})

const open = async (place: string, viewport: Viewport = desktop) => {
  const page = await browser.newPage(viewport)
  await house.signIn(page, 'huyen', `/console${place}`)
  return page
}
const dialog = (page: Page) => page.locator('[role=dialog], [role=alertdialog]')
async function fillRaise(page: Page, serial: string) {
  await page.getByRole('button', { name: 'Nâng lên mức độ 2' }).click()
  await dialog(page).getByLabel('Số sê-ri của thẻ').fill(serial)
}
const raise = (page: Page) => dialog(page).getByRole('button', { name: 'Nâng lên mức độ 2' })
const readAgain = (page: Page) => page.getByRole('button', { name: /^Đọc (chip|lại)$/ })
const told = (page: Page, words: string) => page.locator('.chip-panel .note', { hasText: words }).waitFor()

const counter = await open(`/tai-khoan/${own.accountId}`)

test('without the program the officer is told what to start, and may go on', async () => {
  await fillRaise(counter, own.serial)
  await readAgain(counter).click()
  await told(counter, 'Máy này chưa chạy chương trình đầu đọc')
  await counter.getByText(`npx dinhdanh card reader --origin ${house.origin}`).waitFor()
  assert.equal(await raise(counter).isEnabled(), true)
  await shot(counter, '1-no-program')
  await assertAccessible(counter)
})

test('a program that was started for another installation does not serve this page', async () => {
  reader = await startReader('https://other.example')
  // The browser tells that it let no answer through: of a page that is watched it would be a fault.
  const context = await browser.browser.newContext({ locale: 'vi-VN', viewport: desktop })
  const page = await context.newPage()
  await house.signIn(page, 'huyen', `/console/tai-khoan/${own.accountId}`)
  await fillRaise(page, own.serial)
  await readAgain(page).click()
  await told(page, 'Máy này chưa chạy chương trình đầu đọc')
  await context.close()
  await reader.close()
})

test('the officer types the code of the program once, and a wrong one is refused', async () => {
  reader = await startReader()
  await readAgain(counter).click()
  const code = counter.getByLabel('Mã ghép, 8 chữ số')
  await code.waitFor()
  await shot(counter, '2-code')
  await assertAccessible(counter)
  await code.fill(reader.code === '00000000' ? '00000001' : '00000000')
  await counter.getByRole('button', { name: 'Ghép với đầu đọc' }).click()
  await counter.getByText('Mã chưa đúng.').waitFor()
  await new Promise(done => setTimeout(done, counterReaderLimits.wrongCodePauseMs))
  await code.fill(reader.code)
  await counter.getByRole('button', { name: 'Ghép với đầu đọc' }).click()
  await told(counter, 'Không thấy thẻ trên đầu đọc')
})

test('a copy of the card, and the card of somebody else, raise no account', async () => {
  onReader = { ...own.chip, keys: stranger.chip.keys }
  await readAgain(counter).click()
  await told(counter, 'Bản sao: chip không chứng minh được khóa của thẻ')
  assert.equal(await raise(counter).isDisabled(), true)
  await shot(counter, '3-copy')
  await assertAccessible(counter)

  onReader = stranger.chip
  await readAgain(counter).click()
  await told(counter, 'Chip không mở bằng thông tin của thẻ này')
  await counter.getByLabel('Mã truy cập in trên thẻ').fill('500540')
  await readAgain(counter).click()
  await told(counter, 'Chip của thẻ khác')
  assert.equal(await raise(counter).isDisabled(), true)
  assert.equal(await dialog(counter).locator('.chip-panel img').count(), 0, 'somebody else’s portrait is not shown')
  await shot(counter, '4-another-card')
})

test('the right card is read, both portraits are shown, and level 2 is asked for on it', async () => {
  onReader = own.chip
  await readAgain(counter).click()
  await told(counter, 'Đúng thẻ này, chip thật')
  await counter.getByRole('img', { name: 'Ảnh trong chip' }).waitFor()
  await counter.getByRole('img', { name: 'Ảnh của hồ sơ' }).waitFor()
  await shot(counter, '5-original')
  await assertAccessible(counter)
  await raise(counter).click()
  await dialog(counter).waitFor({ state: 'hidden' })
  await counter.getByText('Mức độ 1 vẫn dùng; yêu cầu nâng lên mức độ 2 chờ duyệt').waitFor()
  const account = await ask(counter, showAccount, { params: { id: own.accountId! } })
  assert.ok(account.asks)
})

/** A scanner types into the page's field and sends Enter. */
async function scan(page: Page, text: string) {
  await page.locator('.scan form > input').fill(text)
  await page.locator('.scan form > input').press('Enter')
}

test('an officer hands a card over after its chip was read; a copy is kept back', async () => {
  await counter.goto(`${house.origin}/console/the/trao`)
  await counter.getByRole('button', { name: 'Đọc chip trước khi trả' }).click()
  onReader = { ...copied.chip, keys: waiting.chip.keys }
  await scan(counter, copied.serial)
  await counter.locator('.big-name').waitFor()
  await scan(counter, copied.number)
  await readAgain(counter).click()
  await told(counter, 'Bản sao')
  assert.equal(await counter.getByRole('button', { name: 'Trả thẻ, không đọc chip' }).isDisabled(), true)
  await shot(counter, '6-hand-over-copy')
  await assertAccessible(counter)
  await counter.getByRole('button', { name: 'Bỏ, quét lại từ đầu' }).click()

  onReader = waiting.chip
  await scan(counter, waiting.serial)
  await counter.locator('.big-name').waitFor()
  await scan(counter, waiting.number)
  await readAgain(counter).click()
  await told(counter, 'Đúng thẻ này, chip thật')
  await shot(counter, '7-hand-over')
  await counter.getByRole('button', { name: 'Trả thẻ, đã đọc chip' }).click()
  await counter.getByText(`Đã trả: ${waiting.name}`).waitFor()
  const { handOver } = await ask(counter, showCard, { params: { id: waiting.cardId } })
  assert.equal(handOver?.chipProvedBy, 'active-authentication')
  await counter.goto(`${house.origin}/console/the/${waiting.cardId}`)
  await counter.getByText('đã đọc chip, đúng thẻ thật').waitFor()
})

test('on a phone the panel fits, and tells what is needed', async () => {
  const small = await open(`/tai-khoan/${stranger.accountId}`, phone)
  await fillRaise(small, stranger.serial)
  await readAgain(small).click()
  await small.getByLabel('Mã ghép, 8 chữ số').fill(reader?.code ?? '')
  onReader = stranger.chip
  await small.getByRole('button', { name: 'Ghép với đầu đọc' }).click()
  await told(small, 'Đúng thẻ này, chip thật')
  await small.getByRole('img', { name: 'Ảnh trong chip' }).waitFor()
  await small.getByRole('img', { name: 'Ảnh trong chip' }).scrollIntoViewIfNeeded()
  await shot(small, '8-phone')
  await assertAccessible(small)
  assert.equal(
    await small.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
    true,
  )
})
