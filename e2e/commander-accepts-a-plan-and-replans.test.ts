import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { campaignList } from '../src/campaign/cohorts/contract.ts'
import { showCalendar } from '../src/planning/contract.ts'
import { createKit, planningOfficers, setTeamMembers } from '../src/planning/contract-place.ts'
import { showPlanWeek } from '../src/planning/plan-calendar/contract.ts'
import { beginPlan, listPlans } from '../src/planning/plans/contract.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { textOf } from './page-text.ts'
import { serveHouse } from './served-house.ts'

/** A district's plan: sought, looked at, changed, accepted by its commander, made again once a machine is out. */

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const page = await browser.newPage(desktop)
const unitId = house.signIns.find(({ login }) => login === 'huyen')!.unitId
const days = { from: '2023-06-05', to: '2023-06-11' }
const planPage = '/console/lich-luu-dong/phuong-an'

const dialog = () => page.getByRole('dialog').or(page.getByRole('alertdialog'))
const newest = async () => (await ask(page, listPlans, { query: {} })).plans[0]!
const chosen = () => page.locator('.lane-session.chosen')

/** Teams of the district with officers, so that somebody can go. */
async function fillTeams() {
  const { teams, kits } = await ask(page, showCalendar, { query: days })
  const { officers } = await ask(page, planningOfficers, {})
  const own = teams.filter(team => team.unitId === unitId)
  assert.ok(own.length > 0, 'the district has a team')
  const free = officers.filter(one => one.unitId === unitId)
  for (const [at, team] of own.entries()) {
    const members = free.slice(at * 2, at * 2 + 2).map(({ id: officerId }) => ({ officerId, role: 'lone' as const }))
    if (team.members.length === 0 && members.length > 0)
      await ask(page, setTeamMembers, { params: { id: team.id }, body: { members } })
  }
  if (kits.length === 0) await ask(page, createKit, { body: { unitId, code: 'Máy 01' } })
}

let planId = ''

test('without a plan the page says what one is for', async () => {
  await house.signIn(page, 'chihuy', planPage)
  await page.getByText('Chưa có phương án nào').waitFor()
  await assertAccessible(page)
})

test('a plan is sought, and the page says how good it is and what is proved of it', async () => {
  await fillTeams()
  const { first, campaigns } = await ask(page, campaignList, {})
  const campaignId = (first ?? campaigns[0]?.id) as (typeof campaigns)[number]['id']
  const begun = await ask(page, beginPlan, {
    body: { campaignId, unit: unitId as never, ...days, work: 20, seed: 1 },
  })
  planId = begun.id
  await page.goto(`${house.origin}${planPage}?pa=${planId}`)
  await page.locator('.lane-session').first().waitFor()
  const { figures } = await ask(page, showPlanWeek, { params: { id: planId }, query: {} })
  assert.ok(figures && figures.people > 0)
  const sentence = await textOf(page.locator('.sentence').first())
  assert.match(sentence, /^Phương án phục vụ kịp hạn/)
  assert.match(sentence, /cận dưới đã chứng minh|Chưa chứng minh được gì|không cách nào rẻ hơn/)
  await shot(page, '1-plan')
  await assertAccessible(page)
})

test('the panel says why a session is where it is, and its table adds up to the price', async () => {
  await page.getByRole('heading', { name: 'Vì sao ở đây' }).waitFor()
  for (const name of ['Vì sao lúc ấy', 'Dời sang hôm sau', 'Giới hạn đang vướng'])
    await page.getByRole('heading', { name }).waitFor()
  const parts = await page.locator('.plan-price tbody td:nth-child(2)').allInnerTexts()
  const total = await textOf(page.locator('.plan-price tfoot td').first())
  const number = (text: string) => Number(text.replaceAll('.', ''))
  assert.equal(
    parts.reduce((sum, text) => sum + number(text), 0),
    number(total),
  )
})

test('a session is moved with the keys: what it costs and breaks stands there before anything is kept', async () => {
  const before = await chosen().getAttribute('title')
  await chosen().focus()
  await page.keyboard.press('m')
  for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowRight')
  await page.locator('.lane-ghost.broken').waitFor()
  await page.locator('.move-panel', { hasText: 'ngoài giờ, chưa có lệnh' }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Dời đến đây' }).isDisabled(), true)
  await shot(page, '2-move')
  await assertAccessible(page)
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Vì sao ở đây' }).waitFor()
  assert.equal(await chosen().getAttribute('title'), before)

  await chosen().dragTo(page.locator('.plan-lanes tbody tr').first().locator('td').nth(6))
  await page.locator('.lane-ghost.broken').waitFor()
  await page.getByRole('button', { name: 'Thôi', exact: true }).click()
})

test('a session is locked and freed with one key, and the draft keeps it', async () => {
  // The key does nothing until the page has read the plan as it is after the last change: its button is disabled.
  const whenRead = { exact: true, disabled: false }
  await page.waitForTimeout(1100)
  await page.keyboard.press('l')
  await page.getByRole('button', { name: 'Bỏ giữ cố định', ...whenRead }).waitFor()
  assert.match((await chosen().getAttribute('title')) ?? '', /giữ cố định/)
  await page.keyboard.press('l')
  await page.getByRole('button', { name: 'Giữ cố định', ...whenRead }).waitFor()
})

test('the commander accepts the plan, which is its order, and its sessions stand in the calendar', async () => {
  await page.getByRole('button', { name: 'Duyệt phương án' }).click()
  await dialog().getByText('Duyệt thì các đợt').waitFor()
  await dialog().getByRole('button', { name: 'Duyệt phương án' }).click()
  await confirmWarnings()
  await dialog().getByText('Đã duyệt:').waitFor()
  await dialog().getByRole('button', { name: 'Xong' }).click()
  await page.getByRole('button', { name: 'In lệnh và phụ lục' }).waitFor()
  const { sessions } = await ask(page, showPlanWeek, { params: { id: planId }, query: {} })
  const { sessions: planned } = await ask(page, showCalendar, { query: days })
  for (const { day, from, siteName } of sessions)
    assert.ok(
      planned.some(one => one.day === day && one.startsAt === from && one.site.name === siteName),
      `${siteName} on ${day}`,
    )
})

/** Warnings that a commander goes over, where there are any. */
async function confirmWarnings() {
  const ticks = dialog().locator('label.tick')
  const refused = dialog().locator('.note[role=alert]')
  await ticks.first().or(dialog().getByText('Đã duyệt:')).or(refused).first().waitFor()
  if ((await ticks.count()) === 0 && (await refused.count()) > 0) assert.fail(await textOf(refused))
  if ((await ticks.count()) === 0) return
  for (const tick of await ticks.all()) await tick.click()
  await dialog().getByRole('button', { name: 'Duyệt phương án' }).click()
}

test('a machine is out: the plan is made again, set beside the old one, accepted, and its order printed', async () => {
  await page.keyboard.press('c')
  await dialog().getByLabel('Sự kiện').selectOption({ label: 'Hỏng máy' })
  await dialog().getByRole('button', { name: 'Tính sự kiện này' }).click()
  const head = page.locator('.plan-comparison thead')
  await head.getByText('Hỏng máy').waitFor()
  const row = page.locator('.plan-comparison tbody tr', { hasText: 'Người kịp hạn' })
  await eventually(async () => assert.match(await textOf(row.locator('td').nth(1)), /^[\d.]+$/), 60_000)
  await shot(page, '3-comparison')
  await assertAccessible(page)
  await head.getByRole('link', { name: 'Hỏng máy' }).click()
  await page.locator('.sentence').first().waitFor()
  await page.getByRole('button', { name: 'Duyệt phương án' }).click()
  await dialog().getByRole('button', { name: 'Duyệt phương án' }).click()
  await confirmWarnings()
  await dialog().getByText('Đã duyệt:').waitFor()
  await dialog().getByRole('button', { name: 'Xong' }).click()
  const [paper] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'In lệnh và phụ lục' }).click(),
  ])
  assert.match(paper.suggestedFilename(), /\.pdf$/)
  assert.notEqual((await newest()).id, planId)
})

test('on a phone the plan is read day by day', async () => {
  await page.setViewportSize(phone)
  await page.locator('.plan-days .day-line').first().waitFor()
  assert.equal(await page.locator('.plan-lanes').count(), 0)
  await shot(page, '4-phone')
  await assertAccessible(page)
  page.assertClean()
})
