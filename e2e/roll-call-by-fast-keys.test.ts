import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { moveSession, showCalendar } from '../src/planning/contract.ts'
import { openSession, showRoster } from '../src/planning/rosters/contract.ts'
import { ask } from './api-call.ts'
import { awake } from './awake.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { serveHouse } from './served-house.ts'

/** The roll call of a session: keys faster than the house answers, taken back, and a server that is killed. */

const house = await serveHouse()
const browser = await openBrowser({ line: 'may-be-cut' })
after(() => browser.close().finally(house.stop))

const page = await browser.newPage(desktop)
const today = '2023-04-20'
let sessionId = ''

const rosterOf = async () =>
  (await ask(page, showRoster, { params: { id: sessionId } })).lines.filter(one => !one.walkIn)
const outcomes = async () => (await rosterOf()).map(({ outcome, cameAt }) => outcome ?? (cameAt ? 'came' : ''))
const here = () => page.locator('ol.roster > li.here > [data-person]').getAttribute('data-person')
const focused = () => page.evaluate<string | null>('document.activeElement?.dataset.person ?? null')
const saved = () => eventually(async () => assert.equal(await page.getByText('chưa lưu').count(), 0), 60_000)

test('keys pressed while the house is slow are entered in their order, and none is lost', async () => {
  await house.signIn(page, 'huyen')
  // The largest session of the next days is held today.
  const { sessions } = await ask(page, showCalendar, { query: { from: today, to: '2023-05-20' } })
  const planned = sessions.filter(({ state, kind }) => state === 'planned' && kind === 'card-and-account')
  const largest = planned.toSorted((one, another) => another.counts.invited - one.counts.invited)[0]
  assert.ok(largest)
  sessionId = largest.id
  await ask(page, moveSession, {
    params: { id: sessionId },
    body: { day: today, startsAt: '08:00', endsAt: '11:00', confirm: ['capacity', 'site-hours'] },
  })
  await ask(page, openSession, { params: { id: sessionId } })
  await page.goto(`${house.origin}/console/lich-luu-dong/${sessionId}`)
  await page.locator('ol.roster > li').nth(7).waitFor()
  await awake(page)
  const order = await page.evaluate<string[]>(
    "[...document.querySelectorAll('ol.roster [data-person]')].map(row => row.dataset.person)",
  )
  await page.locator(`[data-person="${order[0]}"]`).click()

  await page.route('**/roster/**', async route => {
    await new Promise(resolve => setTimeout(resolve, 400))
    await route.continue()
  })
  for (const key of ['1', '3', '1', '4', '1']) await page.keyboard.press(key)
  await page.getByText('Còn 5 lượt chưa lưu').waitFor()
  await shot(page, '1-unsaved')
  await saved()
  await page.unroute('**/roster/**')
  const lines = new Map((await rosterOf()).map(line => [line.personId, line]))
  assert.deepEqual(
    order.slice(0, 5).map(id => lines.get(id as never)?.absentReason ?? (lines.get(id as never)?.cameAt ? 'came' : '')),
    ['came', 'ill', 'came', 'moved', 'came'],
  )
})

test('the focused row is the chosen one, and the arrows move both', async () => {
  const before = await here()
  await page.locator('ol.roster > li.here > [data-person]').focus()
  await page.keyboard.press('ArrowDown')
  assert.notEqual(await here(), before)
  assert.equal(await focused(), await here())
  await page.keyboard.press('ArrowUp')
  assert.deepEqual([await here(), await focused()], [before, before])
  await page.locator('ol.roster > li > [data-person]').nth(6).focus()
  assert.equal(await focused(), await here())
})

test('Z takes back step by step what was entered, and a button on the row any of it', async () => {
  await page.keyboard.press('z')
  await page.keyboard.press('z')
  await saved()
  const left = (await outcomes()).filter(one => one === 'came' || one === 'absent')
  assert.equal(left.length, 3)
  const absent = page.locator('ol.roster > li', { hasText: 'vắng' }).first()
  await absent.getByRole('button', { name: 'Hoàn tác' }).click()
  await saved()
  assert.equal((await outcomes()).filter(one => one === 'absent').length, 0)
  await shot(page, '2-taken-back')
  await assertAccessible(page)
  await page.setViewportSize(phone)
  await shot(page, '3-phone')
  assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'))
  await page.setViewportSize(desktop)
})

test('what was pressed while the server is killed is entered once it is back', async () => {
  const before = (await outcomes()).filter(one => one === 'came').length
  const free = page.locator('ol.roster > li').filter({ hasNotText: /đến \d|xong|vắng/ })
  // The first that is free stands before one who has come; the second before another that is free.
  await free.nth(1).locator('button').first().click()
  const killed = await house.kill()
  await page.keyboard.press('1')
  await page.keyboard.press('3')
  await page.getByText('Còn 2 lượt chưa lưu').waitFor()
  await killed.back()
  await saved()
  assert.equal((await outcomes()).filter(one => one === 'came').length, before + 1)
  assert.equal((await outcomes()).filter(one => one === 'absent').length, 1)
})

test('what is pressed after the session has ended waits, even if its officer puts off signing in', async () => {
  const before = (await outcomes()).filter(one => one === 'came').length
  const free = page.locator('ol.roster > li').filter({ hasNotText: /đến \d|xong|vắng/ })
  await free.first().locator('button').first().click()
  const other = await browser.newPage(desktop, { context: page.context() })
  await other.goto(`${house.origin}/sign-out`)
  await other.locator('button').first().click()
  await other.waitForURL(url => !url.pathname.startsWith('/sign-out'))
  await other.close()
  await page.keyboard.press('1')
  const again = page.getByRole('alertdialog')
  await again.getByRole('button', { name: 'Để sau' }).click()
  await page.getByText('Còn 1 lượt chưa lưu').waitFor()
  await shot(page, '4-put-off')
  await page.getByRole('button', { name: 'Đăng nhập lại và lưu' }).click()
  const password = house.signIns.find(one => one.login === 'huyen')?.password ?? ''
  await again.getByLabel('Mật khẩu').fill(password)
  await page.keyboard.press('Enter')
  await again.getByRole('button', { name: 'Bản minh họa: xác nhận thay' }).click()
  await saved()
  assert.equal((await outcomes()).filter(one => one === 'came').length, before + 1)
})

test('a key on a line that another tab has changed is refused, and the line says what it is now', async () => {
  const other = await browser.newPage(desktop, { context: page.context() })
  await other.goto(page.url())
  const free = page.locator('ol.roster > li').filter({ hasNotText: /đến \d|xong|vắng/ })
  await awake(other)
  const person = await free.first().locator('button').first().getAttribute('data-person')
  await other.locator(`[data-person="${person}"]`).click()
  await page.locator(`[data-person="${person}"]`).click()
  for (const tab of [other, page]) await tab.locator(`li.here > [data-person="${person}"]`).waitFor()
  for (const tab of [other, page]) await awake(tab)
  await other.keyboard.press('4')
  await eventually(async () => assert.equal((await outcomes()).filter(one => one === 'absent').length, 2))
  await page.keyboard.press('3')
  await page.locator(`[data-person="${person}"]`).click()
  await page.getByText('đã thay đổi sau khi anh/chị mở trang').waitFor()
  await page.getByText(/Trong lúc đó: Ghi vắng mặt, .*\d\d:\d\d/).waitFor()
  await shot(page, '5-changed')
  assert.equal((await rosterOf()).find(one => one.personId === person)?.absentReason, 'moved')
  await other.close()
})
