import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Locator } from 'playwright-core'
import { listAccounts } from '../src/accounts/contract.ts'
import { needList } from '../src/campaign/contract.ts'
import { officerDeeds } from '../src/inspection/contract.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { textOf } from './page-text.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

/** A browser that prints nothing, and counts how often it was asked to. */
async function openPrinting(login: string, place: string, language: 'vi' | 'en' = 'vi'): Promise<WatchedPage> {
  const page = await browser.newPage(desktop, { language })
  await page.addInitScript('window.printed = 0; window.print = () => { window.printed += 1 }')
  await house.signIn(page, login, `/console${place}`)
  return page
}

const printed = (page: WatchedPage) => page.evaluate<number>('window.printed')

/** What a sheet must be, in print media: one title, head and signatures, nothing to press. */
async function assertPaper(page: WatchedPage, title: string | RegExp) {
  await page.emulateMedia({ media: 'print' })
  const visible = async (place: Locator) =>
    (await place.all()).length && (await place.filter({ visible: true }).count())
  assert.equal(await visible(page.locator('h1, .plain-title, .paper-title')), 1, 'one title')
  assert.match(await textOf(page.locator('.paper-title')), title instanceof RegExp ? title : new RegExp(title))
  assert.equal(await visible(page.locator('button, input, select, [role=navigation], .bar')), 0, 'nothing to press')
  assert.equal(await visible(page.locator('.paper-head')), 1, 'head')
  assert.ok(await visible(page.locator('.paper-signatures > div')), 'signatures')
  const underlined = `[...document.querySelectorAll('.paper a')].filter(
    link => getComputedStyle(link).textDecorationLine !== 'none').length`
  assert.equal(await page.evaluate<number>(underlined), 0, 'no link is seen')
}

const page = await openPrinting('huyen', '/danh-sach')
const list = '/danh-sach/in?theo=permanent&sinh=tat-ca'

test('a list of more than 200 people is printed whole, and is not printed before it is recorded', async () => {
  await page.goto(`${house.origin}/console${list}`)
  await page.locator('.paper tbody tr').first().waitFor()
  const all = await ask(page, needList, { query: { basis: 'permanent', limit: 1000 } })
  assert.ok(all.people.length > 200, `${all.people.length} people`)
  assert.equal(all.next, null)
  assert.equal(await page.locator('.paper tbody tr').count(), all.people.length)

  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.locator('.paper').isVisible(), false)
  assert.match(await textOf(page.locator('.paper-notice')), /in bằng nút "In A4"/)

  await page.emulateMedia({ media: 'screen' })
  await shot(page, '1-list-on-screen')
  await page.getByRole('button', { name: 'In A4' }).click()
  await eventually(async () => assert.equal(await printed(page), 1))
  await assertPaper(page, 'Danh sách còn thiếu')
  assert.match(
    await textOf(page.locator('.paper-head')),
    /Công an tỉnh Quảng Ninh.*Công an thành phố Hạ Long.*Tự do - Hạnh phúc.*Hạ Long, ngày 20 tháng 4 năm 2023/i,
  )
  assert.match(await textOf(page.locator('.paper-lines')), new RegExp(`Tổng số: ${all.people.length} người`))
  assert.equal(
    await page.evaluate<string>("getComputedStyle(document.querySelector('.paper thead')).display"),
    'table-header-group',
    'the head stands on every sheet',
  )
  assert.equal(await page.locator('.paper .paper-box').filter({ visible: true }).count(), all.people.length)
  await shot(page, '2-list-on-paper')
  await page.evaluate("dispatchEvent(new Event('afterprint'))")
  await page.locator('.paper').waitFor({ state: 'hidden' })
})

test('the page of the list itself, printed by the browser’s menu, names the button of its paper', async () => {
  await page.emulateMedia({ media: 'screen' })
  await page.goto(`${house.origin}/console/danh-sach?theo=permanent&sinh=tat-ca`)
  await page.getByRole('grid').waitFor()
  await page.evaluate("dispatchEvent(new Event('beforeprint'))")
  await page.emulateMedia({ media: 'print' })
  await page.getByText('Trang này có bản in riêng').waitFor()
  assert.equal(await page.getByRole('grid').isVisible(), false)
  await page.evaluate("dispatchEvent(new Event('afterprint'))")
  await page.emulateMedia({ media: 'screen' })
})

test('a person’s sheet is printed for a reason, which stands on it', async () => {
  const [person] = (await ask(page, needList, { query: { basis: 'permanent', limit: 5 } })).people
  assert.ok(person)
  await page.goto(`${house.origin}/console/dan-cu/nguoi/${person.id}`)
  await page.getByRole('link', { name: 'In phiếu thông tin' }).click()
  const button = page.getByRole('button', { name: 'In A4' })
  await button.waitFor()
  assert.ok(await button.isDisabled(), 'without a reason nothing is printed')
  await page.getByLabel('Mục đích in').selectOption({ label: 'theo đề nghị của công dân' })
  await shot(page, '3-person-on-screen')
  await assertAccessible(page)
  await button.click()
  await eventually(async () => assert.equal(await printed(page), 1))
  await assertPaper(page, 'Phiếu thông tin dân cư')
  await shot(page, '4-person-on-paper')
  const text = await textOf(page.locator('.paper'))
  assert.ok(text.includes(person.name))
  assert.equal((await page.locator('.paper .cells .cell').allTextContents()).join(''), person.number ?? '')
  assert.match(text, /Thường trú.*Mục đích: theo đề nghị của công dân/)
  await page.emulateMedia({ media: 'screen' })
})

test('the campaign has its verdict, chart and units on one sheet, and an approval its evidence', async () => {
  const commander = await openPrinting('chihuy', '/chien-dich/in')
  await commander.locator('.paper .course svg').waitFor()
  await assertPaper(commander, 'Tiến độ chiến dịch')
  await shot(commander, '5-campaign-on-paper')
  assert.match(await textOf(commander.locator('.figure-rows')), /Chỉ tiêu.*Đạt được.*Thời gian còn lại.*Dự báo đến hạn/)
  assert.equal(await commander.locator('.unit-bars tbody tr').count(), 13)

  const [account] = (await ask(page, listAccounts, { query: { queue: 'to-approve' } })).accounts
  assert.ok(account)
  await page.goto(`${house.origin}/console/tai-khoan/${account.id}/in`)
  await page.locator('.paper .checks').first().waitFor()
  await assertPaper(page, 'Hồ sơ duyệt tài khoản')
  await shot(page, '6-approval-on-paper')
  assert.match(await textOf(page.locator('.paper-signatures')), /Người lập.*Người duyệt/i)
  await page.emulateMedia({ media: 'screen' })
})

test('on a phone a paper is read without scrolling sideways, and has one title', async () => {
  const small = await browser.newPage(phone)
  await house.signIn(small, 'chihuy', '/console/chien-dich/in')
  await small.locator('.paper .course svg').waitFor()
  await shot(small, '7-campaign-on-phone')
  assert.ok(await small.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth'))
})

test('in English a paper has English numbers, days and plurals', async () => {
  const english = await openPrinting('chihuy', '/chien-dich/in', 'en')
  await english.locator('.paper .course svg').waitFor()
  await assertPaper(english, 'Progress of the campaign')
  await shot(english, '8-campaign-in-english')
  const text = await textOf(english.locator('.paper'))
  assert.match(text, /Quảng Ninh, 20 April 2023/)
  assert.match(text, /723,000/)
  assert.match(text, /16\.5%/)
  assert.match(text, /56 days, 37 of them working days, until 15 June 2023/)
  assert.doesNotMatch(text, /\d{2}\/\d{2}\/\d{4}/)
  for (const cell of await english.locator('.unit-bars td.end').allTextContents())
    assert.match(cell, /^(?:\d{1,3}(?:,\d{3})*|\d+\.\d)$/)
})

test('an auditor finds both printings among the deeds', async () => {
  const auditor = await openPrinting('kiemtra', '/kiem-toan')
  for (const deed of ['list.printed', 'person-sheet.printed'])
    assert.equal((await ask(auditor, officerDeeds, { query: { deed } })).deeds.length, 1, deed)
  assert.equal(await printed(page), 0, 'a page that is opened anew has printed nothing')
})
