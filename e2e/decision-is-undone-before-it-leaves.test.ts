import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { listAccounts, showAccount } from '../src/accounts/contract.ts'
import { undoDecisions } from '../src/decisions/contract.ts'
import { ask, refusal } from './api-call.ts'
import { awake } from './awake.ts'
import { assertAccessible, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { textOf } from './page-text.ts'
import { askForAccounts, askForSupplement, cardHolders } from './requested-accounts.ts'
import { serveHouse } from './served-house.ts'

/** An officer approves accounts by keys and undoes one; the server is killed within the time to undo the other. */

const house = await serveHouse({ undoSeconds: 25 })
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))
const unitId = house.signIns.find(({ login }) => login === 'pheduyet')!.unitId
const holders = await cardHolders(house.folder, { unitId, count: 2 })
const [undone = '', kept = ''] = await askForAccounts(
  house.folder,
  unitId,
  holders.map((holder, nth) => ({ holder, level: 2, phone: `091200010${nth}`, to: 'requested' })),
)
const page = await browser.newPage()
await house.signIn(page, 'pheduyet', '/console/tai-khoan?hang=to-approve')
const stateOf = async (id: string) => (await ask(page, showAccount, { params: { id } })).state
const bar = page.getByRole('region', { name: 'Quyết định còn hoàn tác được' })
const open = async (id: string) => {
  await page.goto(`${house.origin}/console/tai-khoan/${id}?hang=to-approve`)
  await page.getByRole('button', { name: /^Duyệt, báo cho người dân/ }).waitFor()
}

test('the page shows what the decision rests on; a digit, Enter and a sleeping key decide nothing', async () => {
  await open(undone)
  await page.getByText('Số định danh cá nhân').first().waitFor()
  assert.match(await textOf(page.locator('.evidence')), /So khuôn mặt.*chưa làm/s)
  await awake(page)
  await shot(page, '1-evidence')
  await assertAccessible(page)
  for (const key of ['1', '1', 'Enter', '2']) await page.keyboard.press(key)
  await page.reload()
  await page.keyboard.press('d')
  await page.getByRole('button', { name: /^Duyệt, báo cho người dân/ }).waitFor()
  assert.equal(await bar.count(), 0)
  assert.equal(await stateOf(undone), 'requested')
})

test('an approval is undone by Z after a reload, and is then as if it never was', async () => {
  await awake(page)
  await page.keyboard.press('d')
  await bar.getByText(/đã duyệt tài khoản/i).waitFor()
  await page.reload()
  await bar.getByRole('button', { name: /Hoàn tác, còn 0:\d\d/ }).waitFor()
  await shot(page, '2-held')
  await assertAccessible(page)
  await page.setViewportSize(phone)
  await shot(page, '3-held-phone')
  await page.setViewportSize({ width: 1366, height: 768 })
  await page.keyboard.press('z')
  await bar.waitFor({ state: 'detached' })
  assert.equal(await stateOf(undone), 'requested')
})

test('the server is killed within the time: what was due is done once, what was undone never', async () => {
  await open(kept)
  await awake(page)
  await page.keyboard.press('d')
  await bar.getByRole('button', { name: /Hoàn tác/ }).waitFor()
  assert.equal(await stateOf(kept), 'requested')
  // An open page would tell of the line that is lost meanwhile.
  await page.goto('about:blank')
  await house.killAndStart()
  await page.goto(`${house.origin}/console/tai-khoan/${kept}?hang=to-approve`)
  await eventually(async () => assert.equal(await stateOf(kept), 'approved'), 45_000)
  const { notices, deeds } = await ask(page, showAccount, { params: { id: kept } })
  assert.equal(notices.length, 1)
  assert.equal(deeds.filter(({ deed }) => deed === 'account.approved').length, 1)
  assert.equal(await stateOf(undone), 'requested')
  const { accounts } = await ask(page, listAccounts, { query: { queue: 'to-approve' } })
  assert.ok(accounts.some(({ id }) => id === undone) && !accounts.some(({ id }) => id === kept))
  assert.equal((await refusal(page, undoDecisions, { params: { id: kept } })).code, 'decision-unknown')
})

test('B asks for what is missing: a list is ticked, nothing leaves, and Z takes it back', async () => {
  await open(undone)
  await awake(page)
  await page.keyboard.press('b')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Yêu cầu bổ sung' }).waitFor()
  assert.ok(await dialog.getByRole('button', { name: 'Yêu cầu bổ sung' }).isDisabled(), 'nothing is ticked')
  await dialog.getByLabel('Số điện thoại chính chủ').check()
  await dialog.getByLabel('Có mặt tại công an để đối chiếu').check()
  await shot(page, '4-supplement')
  await assertAccessible(page)
  await dialog.getByRole('button', { name: 'Yêu cầu bổ sung' }).click()
  await bar.getByText(/đã yêu cầu bổ sung/i).waitFor()
  await dialog.waitFor({ state: 'detached' })
  await page.keyboard.press('z')
  await bar.waitFor({ state: 'detached' })
  assert.equal((await ask(page, showAccount, { params: { id: undone } })).supplement, undefined)
})

test('what is awaited stands in a queue of its own, and on the page of the account', async () => {
  await askForSupplement(house.folder, unitId, undone)
  await page.goto(`${house.origin}/console/tai-khoan?hang=supplement`)
  await page.getByText(holders[0]!.name).first().waitFor()
  await shot(page, '5-awaited')
  await page.goto(`${house.origin}/console/tai-khoan/${undone}?hang=supplement`)
  await page.getByRole('region', { name: 'Bổ sung hồ sơ' }).getByText('Số điện thoại chính chủ').waitFor()
  assert.equal(await page.getByRole('button', { name: /^Duyệt/ }).count(), 0)
  await shot(page, '6-awaited-account')
  await page.setViewportSize(phone)
  await shot(page, '7-awaited-phone')
  await assertAccessible(page)
})
