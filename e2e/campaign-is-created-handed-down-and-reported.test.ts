import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { campaignList, recordExceptionDoor } from '../src/campaign/cohorts/contract.ts'
import { targetTree } from '../src/campaign/targets/contract.ts'
import { quickStatistics } from '../src/statistics/contract.ts'
import { figureList } from '../src/statistics/figures/contract-people.ts'
import { reportList } from '../src/statistics/reports/contract.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { figureOf, tableLength, textOf } from './page-text.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
const files = await mkdtemp(join(tmpdir(), 'dinhdanh-campaign-'))
after(() =>
  browser
    .close()
    .finally(house.stop)
    .finally(() => rm(files, { recursive: true, force: true })),
)

const name = 'mua-he-2023'
const definition = {
  name,
  title: 'Chiến dịch kích hoạt mùa hè 2023',
  unit: '22',
  cohorts: [{ name: 'Từ 14 tuổi', ageFrom: 14, basis: 'permanent' }],
  metrics: ['account-activated', 'account-approved', 'account-received', 'card-handed-over'],
  startsOn: '2023-03-01',
  deadlines: [{ name: 'Hết đợt', on: '2023-06-30', proof: 'account-activated' }],
  targets: [
    {
      unit: '22',
      metric: 'account-activated',
      value: 723,
      batch: 'dot-1',
      assignedOn: '2023-03-01',
      dueOn: '2023-06-30',
    },
  ],
  issuedBy: 'Chỉ huy tỉnh',
}

async function fileOf(content: unknown, called: string): Promise<string> {
  const path = join(files, called)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const choose = (page: Page, path: string) => page.setInputFiles('input[type=file]', path)

const commander = await browser.newPage(desktop)
await house.signIn(commander, 'chihuy', '/console/chien-dich')

const idOf = async () => (await ask(commander, campaignList, {})).campaigns.find(one => one.name === name)!.id
const at = (place: string) => `${house.origin}/console${place}`

test('an invalid campaign file is refused with each wrong place, and creates nothing', async () => {
  const before = (await ask(commander, campaignList, {})).campaigns.length
  await commander.goto(at('/chien-dich/moi/tep'))
  await choose(commander, await fileOf({ ...definition, metrics: ['gi-do'], title: '' }, 'sai.json'))
  await commander.getByRole('heading', { name: 'Tệp chưa mô tả đúng' }).waitFor()
  await commander.getByText('/metrics/0: không có trong danh sách được phép').waitFor()
  await commander.getByText('/title: để trống').waitFor()
  await commander.getByRole('button', { name: 'Chọn tệp khác' }).click()
  await choose(commander, await fileOf('{ "name": ', 'dang-do.json'))
  await commander.getByText('Không đọc được dang-do.json như JSON.').waitFor()
  await assertAccessible(commander)
  assert.equal((await ask(commander, campaignList, {})).campaigns.length, before)
})

test('a commander reviews the file in plain words, creates the campaign and opens it', async () => {
  await commander.goto(at('/chien-dich/moi/tep'))
  await choose(commander, await fileOf(definition, 'mua-he.json'))
  await commander.getByText('từ 14 tuổi, theo nơi thường trú').waitFor()
  await commander.getByText('Hết đợt: 30/06/2023, tài khoản đã kích hoạt').waitFor()
  await commander.getByRole('button', { name: `Tạo chiến dịch ${name}` }).click()
  await commander.waitForURL(/chien-dich\?cd=/)
  await commander.getByRole('heading', { name: 'Có kịp 30/06 không, chậm ở đâu' }).waitFor()
  // What was there before the campaign began is counted within seconds.
  await eventually(async () => assert.ok((await figureOf(commander.locator('.funnel .bar-row .end').first())) > 0))
  await shot(commander, 'campaign-created')
})

test('every figure of the summary and the funnel opens a list of that length', async () => {
  const id = await idOf()
  const { metric, whole } = await ask(commander, quickStatistics, { params: { id }, query: {} })
  assert.equal(metric, 'account-activated')
  const figures = commander.locator('.sentence a.figure, .funnel a.figure')
  const links = await figures.evaluateAll(all =>
    all.map(one => [one.getAttribute('href') ?? '', one.textContent ?? ''] as const),
  )
  const lists = links.filter(([to]) => to.includes('/chien-dich/nguoi'))
  assert.ok(lists.length >= 8, `only ${lists.length} figures open a list`)
  for (const [to, said] of lists) {
    await commander.goto(house.origin + to)
    const told = commander.locator('.question-line strong')
    await told.waitFor()
    const n = Number(said.replace(/\D/g, ''))
    assert.equal(await figureOf(told), n, to)
    if (n > 0) assert.equal(await tableLength(commander), n, to)
  }
  const { total } = await ask(commander, figureList, { params: { id }, query: { which: 'done', limit: 1 } })
  assert.equal(total, whole.cumulative)
})

test('a commander splits a target by population, is refused too much, and hands it down whole', async () => {
  const id = await idOf()
  await commander.goto(at(`/chien-dich/chi-tieu?cd=${id}&cs=account-activated`))
  await commander.getByText('Còn 723 chưa giao xuống cấp dưới.').waitFor()
  await commander.getByRole('button', { name: 'dân số' }).click()
  await commander.getByText('Tổng 723 trên 723').waitFor()
  await assertAccessible(commander)
  await shot(commander, 'campaign-hand-down')
  const first = commander.locator('.share-input').first()
  const proposed = await first.inputValue()
  await first.fill(String(Number(proposed) + 10))
  await commander.getByText('vượt 10').waitFor()
  await commander.getByRole('button', { name: 'Giao 733 cho 13 đơn vị' }).click()
  await commander.getByText('tổng cấp dưới vượt cấp trên').first().waitFor()
  await isWarnedAbovePeople()
  await commander.getByRole('button', { name: 'dân số' }).click()
  await commander.getByText('Tổng 723 trên 723').waitFor()
  await commander.getByRole('button', { name: 'Giao 723 cho 13 đơn vị' }).click()
  await commander.getByText('Đã giao hết xuống cấp dưới.').waitFor()
  const { whole, below } = await ask(commander, targetTree, { params: { id }, query: { metric: 'account-activated' } })
  assert.equal(whole.notHandedDown, 0)
  assert.equal(
    below.reduce((sum, { value }) => sum + (value ?? 0), 0),
    723,
  )
})

/** All of the target on one unit, which has fewer people: both numbers are shown, and a reason is asked for. */
async function isWarnedAbovePeople(): Promise<void> {
  const inputs = commander.locator('.share-input')
  for (let at = 0; at < 13; at += 1) await inputs.nth(at).fill(at === 12 ? '723' : '')
  await commander.getByRole('button', { name: 'Giao 723 cho 1 đơn vị' }).click()
  const dialog = commander.getByRole('dialog')
  await dialog.getByRole('heading', { name: 'nhiều hơn số người trong diện' }).waitFor()
  await assertAccessible(commander)
  await shot(commander, 'campaign-target-above-people')
  assert.ok(await dialog.getByRole('button', { name: 'Vẫn giao' }).isDisabled())
  await dialog.getByLabel('Lý do').fill('Theo kế hoạch của tỉnh')
  assert.ok(await dialog.getByRole('button', { name: 'Vẫn giao' }).isEnabled())
  await dialog.getByRole('button', { name: 'Thôi, giữ nguyên' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

test('a commander publishes the figures of a day once, and the report verifies its signature', async () => {
  const id = await idOf()
  await commander.goto(at(`/bao-cao?cd=${id}`))
  await commander.getByRole('button', { name: 'Công bố số liệu ngày 20/04/2023' }).click()
  await commander.getByRole('button', { name: 'Công bố', exact: true }).click()
  await commander.waitForURL(/\/bao-cao\/[0-9a-f-]{36}/)
  await commander.getByText('chữ ký đúng, chưa ai sửa').waitFor()
  await commander.getByText('Số liệu ngày này đến nay không đổi.').waitFor()
  await assertAccessible(commander)
  await commander.goto(at(`/bao-cao?cd=${id}`))
  await commander.locator('.published > li').first().waitFor()
  assert.equal(await commander.locator('.published > li').count(), 1)
  await commander.getByRole('button', { name: 'Công bố số liệu ngày 20/04/2023' }).click()
  await commander.getByRole('button', { name: 'Công bố', exact: true }).click()
  await commander.getByText('Bản công bố gần nhất của ngày này đã đúng như vậy').waitFor()
})

test('excusing a person keeps the published sheet and explains why the figure changed', async () => {
  const id = await idOf()
  const done = await ask(commander, figureList, { params: { id }, query: { which: 'done', limit: 1 } })
  const person = done.people[0]!
  await ask(commander, recordExceptionDoor, {
    params: { id },
    body: { person: person.id, kind: 'excused', reason: 'abroad' },
  })
  const { reports } = await ask(commander, reportList, { query: { campaign: id } })
  const changed = commander.locator('.differences > li').filter({ hasText: 'Tỉnh Quảng Ninh' })
  await eventually(async () => {
    await commander.goto(at(`/bao-cao/${reports[0]!.id}`))
    await changed.waitFor({ timeout: 10_000 })
  }, 60_000)
  assert.match(
    await textOf(changed),
    new RegExp(`Vì sao ${done.total} thành ${done.total - 1}.*được miễn −1.*cộng lại −1`),
  )
  const whole = commander.locator('tr.whole')
  assert.match(await textOf(whole), new RegExp(`723 ?${done.total}.*${done.total - 1}.*−1`))
  await assertAccessible(commander)
  await shot(commander, 'campaign-why')

  await changed.getByRole('link', { name: 'được miễn' }).click()
  await commander.locator('.why-people').getByText(person.name!.split(' ').at(-1)!).waitFor()
  assert.equal(await commander.locator('.why-people li').count(), 1)
  assert.equal(await figureOf(commander.locator('.question-line strong')), done.total - 1)
})

test('on a phone the commander reads the forecast, the slowest six units and the evening text', async () => {
  const page = await browser.newPage(phone)
  await house.signIn(page, 'chihuy', `/console/chien-dich?cd=${await idOf()}`)
  await page.locator('.slowest > li').first().waitFor()
  assert.equal(await page.locator('.slowest > li').count(), 6)
  assert.match(await textOf(page.locator('h1')), /kịp|Chưa/)
  const [content, screen] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )
  assert.ok(content <= screen)
  await assertAccessible(page)
  await shot(page, 'campaign-phone')
  await page.getByRole('button', { name: 'Chép báo cáo nhanh trong ngày' }).click()
  // The browser of the test gives no clipboard: then the text is shown to be copied by hand.
  await page
    .locator('.by-hand')
    .or(page.getByRole('button', { name: 'Đã chép báo cáo nhanh trong ngày' }))
    .first()
    .waitFor()
})

test('a ward sees its own figures and no unit beside it', async () => {
  const page = await browser.newPage(desktop)
  await house.signIn(page, 'phuong', `/console/chien-dich?cd=${await idOf()}`)
  await page.locator('.sentence').waitFor()
  const { whole, below } = await ask(page, quickStatistics, { params: { id: await idOf() }, query: {} })
  assert.equal(below.length, 0)
  assert.ok((await textOf(page.locator('.sentence'))).startsWith(whole.unit.name))
  assert.equal(await page.getByText('Đơn vị này không có đơn vị cấp dưới').count(), 1)

  const { unitId } = house.signIns.find(({ login }) => login === 'huyenkhac')!
  await page.goto(at(`/chien-dich?cd=${await idOf()}&dv=${unitId}`))
  await page.getByText('ngoài phạm vi của anh/chị').first().waitFor()
  assert.equal(await page.locator('.sentence').count(), 0)
})
