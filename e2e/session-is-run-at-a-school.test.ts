import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { needList } from '../src/campaign/contract.ts'
import { needsAt, showCalendar, showSession } from '../src/planning/contract.ts'
import { rosterCandidates, showRoster } from '../src/planning/rosters/contract.ts'
import { ask, refusal } from './api-call.ts'
import { awake } from './awake.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { figureOf, textOf } from './page-text.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const page = await browser.newPage(desktop)
const unitId = house.signIns.find(({ login }) => login === 'huyen')!.unitId
const week = { from: '2023-04-17', to: '2023-04-23' }

const dialog = () => page.getByRole('dialog')
/** The demonstration wakes in the middle of its season: what this journey plans is what its own team is sent to. */
const team = 'Tổ xe lưu động'
async function sessions() {
  const { sessions: all, teams } = await ask(page, showCalendar, { query: week })
  const own = teams.find(({ name }) => name === team)
  return all.filter(({ teamId }) => own && teamId === own.id)
}
const rosterOf = async (id: string) => (await ask(page, showRoster, { params: { id } })).lines
/** The figure of the panel beside its word. */
const counted = (word: string) => figureOf(page.locator('.panel-counts > div', { hasText: word }).locator('.figure'))

let school = { id: '', name: '' }
let asked = { classes: [''], people: 0 }
let sessionId = ''

/** Born so that the law of 2023 gives them a card and an account of their own. */
const born = [2004, 2005, 2006, 2007, 2008]

/** Whom other sessions have asked already: the season's next weeks are announced. */
async function waitingElsewhere() {
  const { sessions: all } = await ask(page, showCalendar, { query: { from: '2023-04-20', to: '2023-07-20' } })
  const waiting = new Set<string>()
  for (const { id, state, kind } of all)
    if (kind === 'card-and-account' && (state === 'planned' || state === 'open'))
      for (const { personId, outcome } of await rosterOf(id)) if (!outcome) waiting.add(personId)
  return waiting
}

/**
 * The school of the district where most lack a card or an account and wait for no session yet; its classes with such
 * pupils.
 */
async function aSchoolThatLacks() {
  const { people } = await ask(page, needList, {
    query: { basis: 'school', needs: [...needsAt['card-and-account']], born, limit: 1000 },
  })
  const waiting = await waitingElsewhere()
  const free = people.filter(one => one.school && one.class && !waiting.has(one.id))
  const [most] = [...Map.groupBy(free, one => one.school!.id).values()].toSorted(
    (one, other) => other.length - one.length,
  )
  assert.ok(most && most.length >= 4, `at most ${most?.length} of a school can be asked`)
  return {
    school: most[0]!.school!,
    asked: { classes: [...new Set(most.map(one => one.class!))].slice(0, 6), people: 0 },
  }
}

test('a week without sessions asks for a team and a device first, entered once', async () => {
  await house.signIn(page, 'huyen', '/console/lich-luu-dong?tuan=2024-01-08')
  ;({ school, asked } = await aSchoolThatLacks())
  await page.getByText('Tuần này chưa xếp đợt nào').waitFor()
  await shot(page, '1-empty')
  await assertAccessible(page)
  await page.getByRole('link', { name: 'Tổ, máy, điểm' }).first().click()

  await page.getByLabel('Tên tổ công tác').fill(team)
  await page.getByRole('button', { name: 'Lập tổ công tác' }).click()
  await page
    .locator('details', { hasText: team })
    .getByLabel('Vũ Thị Hạnh Nguyên', { exact: true })
    .selectOption({ label: 'một mình' })
  await page.locator('details', { hasText: team }).getByRole('button', { name: 'Lưu thành viên' }).click()
  await page.getByLabel('Mã ghi trên máy').fill('Máy xe lưu động')
  await page.getByRole('button', { name: 'Thêm máy' }).click()
  await page.locator('li', { hasText: 'Máy xe lưu động' }).waitFor()
  await eventually(async () => {
    const { teams, kits } = await ask(page, showCalendar, { query: week })
    assert.equal(teams.find(({ name }) => name === team)?.members.length, 1)
    assert.ok(kits.some(({ code }) => code === 'Máy xe lưu động'))
  })
  await shot(page, '2-setup')
  await assertAccessible(page)
})

test('the planner lists what speaks against a session, and plans it only after a confirmation', async () => {
  await page.goto(`${house.origin}/console/lich-luu-dong`)
  await page.getByRole('button', { name: 'Xếp đợt mới' }).first().click()
  await dialog().getByLabel('Ở đâu').selectOption({ label: school.name })
  for (const kit of await dialog().getByRole('checkbox').all())
    if (await kit.isChecked()) await kit.setChecked(false, { force: true })
  await dialog().locator('label.tick', { hasText: 'Máy xe lưu động' }).click()
  await dialog().getByLabel('Tổ công tác', { exact: true }).selectOption({ label: team })
  await dialog().getByLabel('Ngày', { exact: true }).fill('30/04/2023')
  await dialog().getByRole('button', { name: 'Xếp đợt' }).click()
  await dialog().getByText('Ngày lễ: Ngày Chiến thắng').waitFor()
  await shot(page, '3-warning')
  await assertAccessible(page)
  assert.equal(await dialog().getByRole('button', { name: 'Vẫn xếp' }).isDisabled(), true)
  assert.equal((await sessions()).length, 0)

  await dialog().getByLabel('Ngày', { exact: true }).fill('20/04/2023')
  await dialog().getByLabel('Từ', { exact: true }).fill('08:00')
  await dialog().getByLabel('Đến', { exact: true }).fill('11:00')
  await dialog().getByRole('button', { name: 'Xếp đợt' }).click()
  await page.waitForURL(/buoi=/)
  await page.locator('.session-panel').waitFor()
  const [session] = await sessions()
  assert.deepEqual(
    [session?.site.name, session?.day, session?.state, session?.confirmed],
    [school.name, '2023-04-20', 'planned', []],
  )
  sessionId = session!.id
})

test('a team cannot be in two places at once: the refusal names the rule and the other session', async () => {
  const [{ code } = { code: '' }] = await sessions()
  await page.keyboard.press('n')
  await dialog().getByLabel('Ở đâu').selectOption({ label: school.name })
  // What speaks against a team stands beside its name.
  const choice = dialog().getByLabel('Tổ công tác', { exact: true })
  await choice.selectOption(await choice.locator('option', { hasText: team }).getAttribute('value'))
  await dialog().getByLabel('Ngày', { exact: true }).fill('20/04/2023')
  await dialog().getByLabel('Từ', { exact: true }).fill('10:00')
  await dialog().getByLabel('Đến', { exact: true }).fill('11:30')
  await dialog().getByRole('button', { name: 'Xếp đợt' }).click()
  const alert = dialog().getByRole('alert')
  await alert.waitFor()
  assert.match(await textOf(alert), /một tổ không ở hai nơi cùng lúc/)
  await dialog()
    .getByRole('link', { name: `Đợt ${code}, 08:00 đến 11:00` })
    .waitFor()
  await shot(page, '4-clash')
  await dialog().getByRole('button', { name: 'Thôi, giữ nguyên' }).click()
  assert.equal((await sessions()).length, 1)
})

test('adding a class takes pupils who need the session, except those expected at another one', async () => {
  await page.locator('.session-panel').getByRole('link', { name: 'Danh sách', exact: true }).click()
  await page.getByText('Chưa có ai trong danh sách').waitFor()
  await page.getByRole('button', { name: 'Thêm người' }).click()
  const { classes } = await ask(page, rosterCandidates, { params: { id: sessionId } })
  const chosen = classes.filter(({ name }) => asked.classes.includes(name))
  const lacking = chosen.reduce((sum, one) => sum + one.lacking, 0)
  for (const { name } of chosen)
    await dialog()
      .locator('label.tick', { has: page.getByText(name, { exact: true }) })
      .click()
  await dialog()
    .getByRole('button', { name: `Thêm ${lacking} người` })
    .click()
  const told = await textOf(dialog().getByRole('status'))
  await shot(page, '5-added')
  const [added, already, elsewhere] = [...told.matchAll(/\d+/g)].map(Number)
  assert.deepEqual([already, added! + elsewhere!], [0, lacking])
  await dialog().getByRole('button', { name: 'Đóng' }).click()

  const lines = await rosterOf(sessionId)
  asked.people = lines.length
  assert.ok(lines.length >= 4, `${lines.length} of the classes are asked`)
  assert.equal(lines.length, added)
  assert.ok(lines.every(line => asked.classes.includes(line.class)))
  await eventually(async () => assert.equal(await page.locator('ol.roster > li').count(), lines.length))
})

test('the sheet has a box and a room to sign for each, and no number', async () => {
  await page.getByRole('link', { name: 'In danh sách' }).click()
  await page.locator('.session-sheet tbody tr').first().waitFor()
  assert.deepEqual(await page.locator('thead th').allInnerTexts(), ['STT', 'Họ và tên', 'Lớp', 'Kết quả', 'Ký tên'])
  assert.equal(await page.locator('.session-sheet tbody th').count(), asked.people)
  assert.doesNotMatch(await textOf(page.locator('.session-sheet')), /\d{9}/)
  await page.emulateMedia({ media: 'print' })
  await shot(page, '6-sheet')
  assert.equal(await page.locator('header.bar').isVisible(), false)
  await page.emulateMedia({ media: 'screen' })
})

test('an officer opens a session, serves two, marks one absent, and adds a walk-in', async () => {
  await page.goto(`${house.origin}/console/lich-luu-dong?buoi=${sessionId}`)
  await page.getByRole('button', { name: 'Mở đợt' }).click()
  await page.getByRole('link', { name: 'Điểm danh' }).click()
  await page.locator('.person-deeds').waitFor()
  const outcomes = async () => {
    const lines = await rosterOf(sessionId)
    return ['served', 'absent'].map(outcome => lines.filter(line => line.outcome === outcome && !line.walkIn).length)
  }
  /** The page shows so many as done and has gone on to somebody else: a key pressed before is for nobody. */
  const nextIsCurrent = (done: number) =>
    eventually(async () => {
      assert.equal(await page.locator('ol.roster > li').filter({ hasText: 'xong' }).count(), done)
      assert.equal(await page.locator('ol.roster > li.here').filter({ hasNotText: 'xong' }).count(), 1)
    })
  await awake(page)
  await page.keyboard.press('1')
  await page.locator('ol.roster').getByText('đến').waitFor()
  // The next row is chosen at once; the first is served after all.
  await page.keyboard.press('k')
  await page.keyboard.press('2')
  await eventually(async () => assert.deepEqual(await outcomes(), [1, 0]))
  await nextIsCurrent(1)
  await page.keyboard.press('2')
  await eventually(async () => assert.deepEqual(await outcomes(), [2, 0]))
  await nextIsCurrent(2)
  await page.keyboard.press('3')
  await eventually(async () => assert.deepEqual(await outcomes(), [2, 1]))

  const listed = new Set((await rosterOf(sessionId)).map(({ personId }) => personId))
  const { people } = await ask(page, needList, {
    query: { basis: 'permanent', needs: ['card'], born: [2004, 2005, 2006] },
  })
  const walking = people.find(({ id, number }) => number && !listed.has(id))
  assert.ok(walking?.number)
  await page.getByLabel('Số định danh').fill(walking.number)
  await page.getByRole('button', { name: 'Làm cho người này' }).click()
  await page.locator('.walk-in').getByRole('status').waitFor()
  const line = (await rosterOf(sessionId)).find(({ personId }) => personId === walking.id)
  assert.deepEqual([line?.walkIn, line?.outcome], [true, 'served'])
  await shot(page, '7-roster')
  await assertAccessible(page)
})

test('the panel’s figures are the lengths of the lists that they open', async () => {
  await page.goto(`${house.origin}/console/lich-luu-dong?buoi=${sessionId}`)
  await page.locator('.panel-counts').waitFor()
  await shot(page, '8-open')
  await assertAccessible(page)
  const left = asked.people - 3
  assert.deepEqual(await Promise.all(['xong', 'đang chờ', 'chưa đến', 'vắng'].map(counted)), [2, 0, left, 1])
  for (const [word, n] of [
    ['chưa đến', left],
    ['vắng', 1],
    ['xong', 2],
  ] as const) {
    await page.locator('.panel-counts > div', { hasText: word }).locator('.figure').click()
    await eventually(async () => assert.equal(await page.locator('ol.roster > li').count(), n))
    await page.goBack()
    await page.locator('.panel-counts').waitFor()
  }
})

test('a session closes once everyone has an outcome, and counts its list', async () => {
  await page.getByRole('button', { name: 'Đóng đợt' }).click()
  const close = dialog().getByRole('button', { name: /^Đóng với/ })
  assert.equal(await close.isDisabled(), true)
  await shot(page, '9-closing')
  await dialog().getByLabel('Lý do').selectOption({ label: 'thiếu giấy' })
  await dialog()
    .getByRole('button', { name: `Ghi vắng ${asked.people - 3} người` })
    .click()
  const whole = dialog().getByRole('button', { name: `Đóng với 2 xong, ${asked.people - 2} vắng` })
  await whole.waitFor()
  await whole.click()
  await page.locator('.session-panel .chip', { hasText: 'đã đóng' }).waitFor()
  await shot(page, '10-closed')

  const { closing, state } = await ask(page, showSession, { params: { id: sessionId } })
  const lines = await rosterOf(sessionId)
  const listed = (outcome: string) => lines.filter(line => !line.walkIn && line.outcome === outcome).length
  assert.equal(state, 'closed')
  assert.deepEqual(
    [closing?.invited, closing?.served, closing?.absent, closing?.walkIns],
    [asked.people, listed('served'), listed('absent'), 1],
  )
  assert.deepEqual(await Promise.all(['xong', 'vắng'].map(counted)), [listed('served'), listed('absent')])
})

test('a link opens the applications captured in that session, and no others', async () => {
  await page.goto(`${house.origin}/console/lich-luu-dong/${sessionId}`)
  await page.getByRole('link', { name: 'Hồ sơ thu nhận ở đợt này' }).click()
  await page.waitForURL(new RegExp(`/thu-nhan\\?hang=to-check&buoi=${sessionId}`))
  await page.getByRole('button', { name: 'Của một đợt cấp lưu động' }).waitFor()
})

test('on a phone the week is read by days, and nothing scrolls sideways', async () => {
  const small = await browser.newPage(phone, { context: page.context() })
  await small.goto(`${house.origin}/console/lich-luu-dong?buoi=${sessionId}`)
  await small.locator('.day-line').first().waitFor()
  await shot(small, '11-phone')
  assert.ok(await small.evaluate('document.documentElement.scrollWidth <= innerWidth'))
  await assertAccessible(small)
  await small.goto(`${house.origin}/console/lich-luu-dong/${sessionId}`)
  await small.locator('ol.roster > li').first().waitFor()
  await shot(small, '12-phone-roster')
  assert.ok(await small.evaluate('document.documentElement.scrollWidth <= innerWidth'))
  await assertAccessible(small)
  small.assertClean()
})

test('an officer of another district sees nothing of it', async () => {
  const other = await browser.newPage(desktop)
  await house.signIn(other, 'huyenkhac', `/console/lich-luu-dong?buoi=${sessionId}`)
  assert.deepEqual((await ask(other, showCalendar, { query: { unit: unitId, ...week } })).sessions, [])
  const theirs = await ask(other, showCalendar, { query: week })
  assert.ok(theirs.sessions.every(({ id }) => id !== sessionId))
  assert.ok(theirs.teams.every(({ name }) => name !== team))
  assert.equal((await refusal(other, showRoster, { params: { id: sessionId } })).code, 'session-gone')
})
