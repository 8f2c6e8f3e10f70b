import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openHouse } from '../src/open-house.ts'
import { asSystem } from '../src/platform/work.ts'
import { listReferredRows, ownReviewDeeds } from '../src/rolls/review/contract.ts'
import { actIn, me } from '../src/staff/contract.ts'
import * as staff from '../src/staff/staff.ts'
import { ask } from './api-call.ts'
import { awake } from './awake.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { textOf } from './page-text.ts'
import { serveHouse } from './served-house.ts'

/** Nothing typed is lost and nothing lands twice: an ended session, another officer, a killed server, a lost answer. */

const house = await serveHouse()
const browser = await openBrowser({ line: 'may-be-cut' })
after(() => browser.close().finally(house.stop))

const page = await browser.newPage(desktop)
const passwordOf = (login: string) => house.signIns.find(one => one.login === login)!.password
const dialog = () => page.getByRole('dialog')
const again = () => page.getByRole('alertdialog')
/** Also where the page has noticed by itself before, and its own dialog lies over this one. */
const sendNote = () => dialog().getByRole('button', { name: 'Chuyển dòng này' }).dispatchEvent('click')
const question = () => textOf(page.locator('.question h2'))
const decided = async () =>
  (await ask(page, ownReviewDeeds, {})).deeds.filter(({ decision }) => decision === 'different').length

/** In a second tab, as who wants to go home does. */
async function signOutElsewhere() {
  const other = await browser.newPage(desktop, { context: page.context() })
  await other.goto(`${house.origin}/sign-out`)
  await other.locator('button').first().click()
  await other.waitForURL(url => !url.pathname.startsWith('/sign-out'))
  await other.close()
}

async function signInOverPage(login: string) {
  await again().getByLabel('Mật khẩu').fill(passwordOf(login))
  await page.keyboard.press('Enter')
  await again().getByRole('button', { name: 'Bản minh họa: xác nhận thay' }).click()
  await again().waitFor({ state: 'detached' })
}

/** What the tab keeps, as whoever opens its storage reads it. */
const stored = (one: Page) => one.evaluate<string>('JSON.stringify([{ ...sessionStorage }, { ...localStorage }])')

const note = 'Em này có anh sinh đôi, nhờ xem lại sổ của tổ dân phố'

test('a note outlives a reload, sealed, and goes when it is given up', async () => {
  await house.signIn(page, 'huyen', '/console/ra-soat/hang-cho?nhom=risk')
  // Rows that the machine matched are put off: then they wait to be looked at.
  for (let n = 0; n < 5; n++) {
    const asked = await question()
    await awake(page)
    await page.keyboard.press('3')
    await eventually(async () => assert.notEqual(await question(), asked))
  }
  await page.goto(`${house.origin}/console/ra-soat/hang-cho`)
  await page.locator('.verdicts').waitFor()
  await awake(page)
  await page.keyboard.press('4')
  await dialog().getByLabel('Nhờ xem gì').fill(note)
  await eventually(async () => assert.match(await stored(page), /"drafts":"[^"]{60,}"/))
  assert.doesNotMatch(await stored(page), /sinh đôi/)

  await page.reload()
  await page.locator('.verdicts').waitFor()
  await awake(page)
  await page.keyboard.press('4')
  await eventually(async () => assert.equal(await dialog().getByLabel('Nhờ xem gì').inputValue(), note))

  await dialog().getByRole('button', { name: 'Thôi, giữ nguyên' }).click()
  await eventually(async () => assert.doesNotMatch(await stored(page), /"drafts"/))
})

test('a referral that meets an ended session goes on after signing in over the page', async () => {
  await page.keyboard.press('4')
  await dialog().getByLabel('Nhờ xem gì').fill(note)
  await signOutElsewhere()
  await sendNote()
  await again().getByText('Phiên làm việc đã hết').waitFor()
  await shot(page, '1-session-ended')
  await assertAccessible(page)
  await again().getByLabel('Mật khẩu').fill('sai mật khẩu')
  await page.keyboard.press('Enter')
  await again().getByText('Mật khẩu chưa đúng').waitFor()
  await signInOverPage('huyen')

  const { rows } = await eventually(async () => {
    const referred = await ask(page, listReferredRows, { query: { which: 'by-me' } })
    assert.equal(referred.rows.length, 1)
    return referred
  })
  assert.equal(rows[0]?.lying.note, note)
  assert.equal((await ask(page, me, {})).post?.role, 'district-officer')
  await dialog().waitFor({ state: 'detached' })
})

test('a verdict that meets a killed server is sent again by itself, and lands once', async () => {
  const [before, asked] = [await decided(), await question()]
  const killed = await house.kill()
  await page.keyboard.press('2')
  await page.getByText('sẽ tự gửi lại').waitFor()
  await shot(page, '2-server-killed')
  assert.equal(await question(), asked)
  await killed.back()
  await eventually(async () => assert.notEqual(await question(), asked))
  await page.getByText('sẽ tự gửi lại').waitFor({ state: 'detached' })
  assert.equal(await decided(), before + 1)
})

test('a verdict whose answer is lost on the way is not decided twice', async () => {
  const [before, asked] = [await decided(), await question()]
  const keys: unknown[] = []
  await page.route('**/decision', async route => {
    keys.push(route.request().headers()['idempotency-key'])
    if (keys.length > 1) return route.continue()
    await route.fetch()
    await route.abort('connectionreset')
  })
  await page.keyboard.press('2')
  await eventually(async () => assert.notEqual(await question(), asked))
  await page.unroute('**/decision')
  assert.equal(keys.length, 2)
  assert.equal(keys[0], keys[1])
  assert.equal(await decided(), before + 1)
})

test('a page does nothing in another post of its officer, chosen in another tab', async () => {
  const beside = await openHouse({ folder: house.folder, purpose: 'command', said: { logLevel: 'silent' } })
  const { unitId } = (await ask(page, me, {})).post ?? assert.fail('no post')
  await beside.openWork({ ...asSystem('demonstration'), unitId }, async work => {
    const officer = (await staff.officers(work)).find(({ login }) => login === 'huyen') ?? assert.fail('not there')
    await staff.appoint(work, { officerId: officer.id, role: 'data-approver', unitId })
  })
  await beside.close()
  const { posts } = await ask(page, me, {})
  const [second] = posts.filter(({ role }) => role === 'data-approver')
  await page.keyboard.press('4')
  await dialog().getByLabel('Nhờ xem gì').fill(note)
  const before = (await ask(page, listReferredRows, { query: { which: 'by-me' } })).rows.length
  await ask(page, actIn, { body: { appointmentId: second?.appointmentId ?? '' } })

  await sendNote()
  await again().getByText('đã chuyển sang vai trò khác').waitFor()
  await shot(page, '3-another-post')
  await assertAccessible(page)
  await again().getByRole('button', { name: 'Về lại vai trò' }).click()
  await again().waitFor({ state: 'detached' })
  await eventually(async () =>
    assert.equal((await ask(page, listReferredRows, { query: { which: 'by-me' } })).rows.length, before + 1),
  )
  assert.equal((await ask(page, me, {})).post?.role, 'district-officer')
  await dialog().waitFor({ state: 'detached' })
})

test('a page does nothing in the name of another officer who signed in beside it', async () => {
  await awake(page)
  await page.keyboard.press('4')
  await dialog().getByLabel('Nhờ xem gì').fill(note)
  const other = await browser.newPage(desktop, { context: page.context() })
  await house.signIn(other, 'chihuy')
  await sendNote()
  await again().getByText('Cán bộ khác đã đăng nhập').waitFor()
  await shot(page, '4-another-officer')
  assert.deepEqual((await ask(other, listReferredRows, { query: { which: 'by-me' } })).rows, [])
  await page.setViewportSize(phone)
  await shot(page, '5-another-officer-phone')
  await assertAccessible(page)
  await page.setViewportSize(desktop)

  await again().getByRole('button', { name: 'Cán bộ khác đăng nhập' }).click()
  await page.waitForURL(/\/sign-in/)
  await house.signIn(page, 'chihuy', '/console/ra-soat/hang-cho')
  await page.locator('h1').waitFor()
  assert.doesNotMatch(await stored(page), /"drafts"/)
})
