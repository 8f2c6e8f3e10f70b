import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { listRolls } from '../src/rolls/contract.ts'
import { asRoll } from '../test/rolls/sending.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { textOf } from './page-text.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const page = await browser.newPage(desktop)
await house.signIn(page, 'huyen', '/console/ra-soat')
const { rolls } = await ask(page, listRolls, { query: { inForce: true, kind: 'pupils' } })
const roll = rolls.toSorted((a, b) => b.rows - a.rows)[0]
assert.ok(roll && roll.rows > 30, `${roll?.rows} rows`)
const addressOf = (id: string) => `${house.origin}/console/ra-soat/${id}`
const inForce = async () =>
  (await ask(page, listRolls, { query: { inForce: true, schoolId: roll.school.id } })).rolls.find(
    ({ kind, schoolYear }) => kind === 'pupils' && schoolYear === roll.schoolYear,
  )

const others = Array.from({ length: 24 }, (_, i) => ({
  name: `Lỷ Thị Hoàng Nguyệt ${['Ánh', 'Bích', 'Cẩm', 'Dương'][i % 4]}`,
  born: `${String((i % 27) + 1).padStart(2, '0')}/03/2005`,
  sex: 'Nữ' as const,
}))

test('a file of another school’s pupils says before it is taken in that nobody on the roll stays', async () => {
  await page.getByLabel('Trường', { exact: true }).selectOption({ label: roll.school.name })
  await page.setInputFiles('input[type=file]', {
    name: 'Danh sách gửi nhầm của một trường khác, tháng 4.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await asRoll(others),
  })
  const note = page.locator('.note.late', { hasText: 'sẽ thay' })
  await note.waitFor()
  assert.match(await textOf(note), /bằng 24 dòng: 0 em ở cả hai, \d+ em không còn/)
  await assertAccessible(page)
  await shot(page, '1-would-replace')
  await page.setViewportSize(phone)
  await shot(page, '1-would-replace-phone')
  await page.setViewportSize(desktop)
})

test('taken in all the same, it waits for its sender, and the roll in force stays', async () => {
  await page.getByRole('button', { name: /^Nhận 24 dòng, thay/ }).click()
  await page.getByText('khác hẳn danh sách đang dùng').first().waitFor()
  await assertAccessible(page)
  await shot(page, '2-held')
  await page.setViewportSize(phone)
  await shot(page, '2-held-phone')
  await page.setViewportSize(desktop)
  assert.equal((await inForce())?.id, roll.id)
  await page.getByRole('link', { name: 'Hôm nay' }).first().click()
  await page.getByText(`${roll.school.name}: danh sách chờ xác nhận`).waitFor()
  await page.goBack()
})

test('confirmed, it replaces the roll, which says so and comes back in one step', async () => {
  await page.getByRole('button', { name: /^Đúng danh sách này, cho thôi/ }).click()
  await page.getByText('Thay cho').waitFor()
  await shot(page, '3-replaced')
  await page.goto(addressOf(roll.id))
  await page.getByText('Danh sách này không còn dùng').waitFor()
  await assertAccessible(page)
  await shot(page, '4-superseded')
  await page.setViewportSize(phone)
  await shot(page, '4-superseded-phone')
  await page.setViewportSize(desktop)

  await page.getByRole('button', { name: 'Dùng lại danh sách này' }).click()
  const dialog = page.getByRole('dialog')
  await shot(page, '5-restore')
  await assertAccessible(page)
  await dialog.getByRole('button', { name: /^Dùng lại \d+ dòng/ }).click()
  await page.waitForURL(url => !url.pathname.endsWith(roll.id))
  await page.locator('.outcome-counts').waitFor()
  await shot(page, '6-restored')
  const present = await inForce()
  assert.deepEqual([present?.rows, present?.counts], [roll.rows, roll.counts])
})
