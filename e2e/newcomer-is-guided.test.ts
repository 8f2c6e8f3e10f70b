import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { showFirstDay } from '../src/inspection/first-day/contract.ts'
import { showCalendar } from '../src/planning/contract.ts'
import { createTeam } from '../src/planning/contract-place.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { serveHouse } from './served-house.ts'

/**
 * The first day of a ward officer: the guide is offered, its steps change by what the officer does, each page has help
 * beside it, and what was put away is not offered again. A team without officers is filled on the way of a plan.
 */

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const page = await browser.newPage(desktop)
const unitId = house.signIns.find(({ login }) => login === 'phuong')!.unitId
const offer = page.getByRole('region', { name: 'Hướng dẫn ngày đầu' })
const step = (name: string) => page.locator(`tr[data-step="${name}"]`)
const panel = page.getByRole('complementary', { name: 'Trợ giúp trang này' })
const stepsDone = async () =>
  (await ask(page, showFirstDay, {})).steps.filter(({ isDone }) => isDone).map(({ step: name }) => name)

test('a newcomer is offered the guide of their role at the first sign-in, and is not held up by it', async () => {
  await house.signIn(page, 'phuong')
  await offer.getByText('việc thật của vai trò này').waitFor()
  await assertAccessible(page)
  await shot(page, 'guide-offer')
  await offer.getByRole('link', { name: 'Mở hướng dẫn' }).click()
  await page.getByText('Việc tiếp theo:').waitFor()
  assert.equal(await page.locator('tr[data-step]').count(), 8)
  await step('second-factor').getByText('đã làm').waitFor()
  await step('today').getByText('đã làm').waitFor()
  await step('plan-session').getByText('chưa làm').waitFor()
  await assertAccessible(page)
  await shot(page, 'guide-page')
})

test('the duties on personal data are read and confirmed once, under their article', async () => {
  await page.getByText('Căn cứ: Điều 7, LCCCD').waitFor()
  await page.getByRole('button', { name: 'Tôi đã đọc và sẽ làm đúng' }).click()
  await step('duties').getByText('đã làm').waitFor()
  await page.getByText('Anh/chị đã xác nhận').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Tôi đã đọc và sẽ làm đúng' }).count(), 0)
})

test('a team without officers is marked before it is chosen, filled, and the plan is as it was typed', async () => {
  await ask(page, createTeam, { body: { unitId, name: 'Tổ mới lập', colour: 5 } })
  await page.goto(`${house.origin}/console/lich-luu-dong?tuan=2023-10-09&xep=1`)
  const dialog = page.getByRole('dialog')
  const empty = dialog.getByLabel('Tổ công tác').locator('option', { hasText: /^Tổ mới lập.*\(chưa có ai\)$/ })
  await dialog.getByLabel('Tổ công tác').selectOption(await empty.getAttribute('value'))
  await dialog.getByText(/^Tổ mới lập.* chưa có cán bộ nào/).waitFor()
  await dialog.getByLabel('Từ', { exact: true }).fill('09:15')
  const site = await dialog.getByLabel('Ở đâu').locator('option').nth(1).getAttribute('value')
  await dialog.getByLabel('Ở đâu').selectOption(site)
  await assertAccessible(page)
  await shot(page, 'plan-empty-team')
  await dialog.getByRole('link', { name: /^Thêm người vào Tổ mới lập/ }).click()

  const team = page.locator('details', { hasText: 'Tổ mới lập' })
  await team.getByLabel('Bùi Gia Thục An', { exact: true }).selectOption({ label: 'chụp ảnh' })
  await team.getByRole('button', { name: 'Lưu thành viên' }).click()
  await eventually(async () => {
    const { teams } = await ask(page, showCalendar, { query: { from: '2023-10-09', to: '2023-10-15' } })
    assert.equal(teams.find(({ name }) => name === 'Tổ mới lập')?.members.length, 1)
  })
  await shot(page, 'plan-fill-team')
  await page.getByRole('link', { name: 'Quay lại xếp đợt' }).click()
  await dialog.getByText('Tổ có 1 cán bộ, việc này cần ít nhất 2').waitFor()
  assert.equal(await dialog.getByLabel('Từ', { exact: true }).inputValue(), '09:15')
  assert.equal(await dialog.getByLabel('Ở đâu').inputValue(), site)
})

test('a warned team is planned once that was confirmed, and the step of the guide is done by it', async () => {
  const dialog = page.getByRole('dialog')
  for (const box of await dialog.getByRole('checkbox').all())
    if (await box.isChecked()) await box.uncheck({ force: true })
  await dialog.getByText('Chưa giao máy: không thu nhận được ai').waitFor()
  await dialog.getByRole('button', { name: 'Xếp đợt' }).click()
  await dialog.getByText('Cần xem lại trước khi xếp').waitFor()
  for (const box of await dialog.locator('fieldset.note label').all()) await box.click()
  await shot(page, 'plan-warned')
  await dialog.getByRole('button', { name: 'Vẫn xếp' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.ok((await stepsDone()).includes('plan-session'))
})

test('the key ? opens the help of a page with its keys, and Escape gives the focus back', async () => {
  await page.goto(`${house.origin}/console/danh-sach`)
  await page.getByRole('row').nth(2).waitFor()
  await page.locator('.help-exit').focus()
  await page.keyboard.press('?')
  await panel.getByText('Ai còn thiếu thẻ, tài khoản, kích hoạt').waitFor()
  assert.equal(await page.evaluate('document.activeElement.textContent'), 'Trợ giúp trang này')
  await panel.getByText('Lý Hải Đăng Khoa, Quản trị').waitFor()
  const keys = await panel.locator('.help-keys kbd').allTextContents()
  assert.ok(keys.includes('J') && keys.includes('/'), keys.join(' '))
  await assertAccessible(page)
  await shot(page, 'help-list')
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  assert.ok(await page.evaluate('document.activeElement.matches(".help-exit")'))
  const done = await stepsDone()
  assert.ok(done.includes('help') && done.includes('read-list'), done.join(' '))
})

test('a word with a dotted line says what it means when the focus comes to it', async () => {
  await page.goto(`${house.origin}/console/lich-luu-dong`)
  await page.getByRole('button', { name: 'Giờ làm thêm trong tháng' }).focus()
  await page.getByRole('tooltip').getByText('chỉ báo, không chặn').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('tooltip').waitFor({ state: 'detached' })
})

test('a guide that was put away is not offered again, stays in the menu, and fits a phone', async () => {
  await page.goto(`${house.origin}/console/hom-nay`)
  await offer.getByRole('button', { name: 'Không cần' }).click()
  await offer.waitFor({ state: 'detached' })
  const again = await browser.newPage(phone)
  await house.signIn(again, 'phuong')
  await again.getByRole('button', { name: 'Cán bộ và cài đặt' }).click()
  assert.equal(await again.getByText('việc thật của vai trò này').count(), 0)
  await again.getByRole('menuitem', { name: 'Hướng dẫn ngày đầu' }).click()
  await again.getByText('Việc tiếp theo:').waitFor()
  await again.getByRole('menu').waitFor({ state: 'detached' })
  await eventually(async () =>
    assert.equal(await again.evaluate('document.documentElement.scrollWidth - innerWidth'), 0),
  )
  await assertAccessible(again)
  await shot(again, 'guide-phone')
})
