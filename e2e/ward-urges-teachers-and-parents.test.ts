import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import * as accounts from '../src/accounts/accounts.ts'
import { activityList } from '../src/awareness/contract.ts'
import { asOperator, openHouse } from '../src/open-house.ts'
import { showCalendar } from '../src/planning/contract.ts'
import { asId } from '../src/platform/ids.ts'
import { readPdfLines } from '../src/platform/pdf/pdf.test-reader.ts'
import { slipCodesIn } from '../test/slip-codes.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot, type Viewport, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { textOf } from './page-text.ts'
import { peopleOf } from './people.ts'
import { serveHouse } from './served-house.ts'

/**
 * What Hồng Hà ward did in April 2023, with the demonstration's people: from the first leaflet, through teachers,
 * families and a session at the school, to accounts activated at both levels, and homes compared for universal
 * education.
 */

const house = await serveHouse()
const browser = await openBrowser()
const beside = await openHouse({ folder: house.folder, purpose: 'command', said: { logLevel: 'silent' } })
after(() =>
  browser
    .close()
    .finally(() => beside.close())
    .finally(house.stop),
)
const narrow: Viewport = { width: 360, height: 740 }
const ward = await browser.newPage(desktop)
await house.signIn(ward, 'phuong', '/console/tuyen-truyen/tai-lieu')
const unitId = house.signIns.find(({ login }) => login === 'phuong')?.unitId ?? assert.fail()
const plainPhone = async () =>
  browser.newPage(narrow, {
    context: await browser.browser.newContext({ viewport: narrow, locale: 'vi-VN', javaScriptEnabled: false }),
  })
const send = async (page: WatchedPage, name: string) => {
  await Promise.all([page.waitForLoadState('load'), page.getByRole('button', { name, exact: true }).click()])
}

test('a leaflet tells parents the days, hours and places of the ward, and teachers what is asked of them', async () => {
  const paper = ward.locator('.material')
  await paper.getByText('Kính gửi cha mẹ học sinh phường Hồng Hà,').waitFor()
  assert.match(await textOf(paper), /Trường THPT Hồng Hà: kích hoạt tài khoản/)
  await assertAccessible(ward)
  await shot(ward, 'leaflet')
  await ward.getByLabel('Đối tượng').selectOption('teachers')
  await paper.getByText('Đề nghị thầy, cô làm thẻ căn cước công dân').waitFor()
  await ward.getByLabel('Loại').selectOption('loudspeaker')
  await paper.getByText(/Xin nhắc lại/).waitFor()
})

test('a meeting of parents is entered, and stands in the ledger', async () => {
  await ward.goto(`${house.origin}/console/tuyen-truyen/ghi`)
  await ward.getByLabel('Hình thức').selectOption('parents-meeting')
  await ward.getByText('Cha mẹ học sinh', { exact: true }).click()
  await ward.getByText('Giáo viên', { exact: true }).click()
  await ward.getByLabel('Lượt người').fill('1.120')
  await ward.getByText('Công an', { exact: true }).click()
  await ward.getByText('Nhà trường', { exact: true }).click()
  await assertAccessible(ward)
  await shot(ward, 'meeting-entered')
  await ward.getByRole('button', { name: 'Ghi vào sổ' }).click()
  await ward.getByRole('heading', { name: 'Họp phụ huynh' }).waitFor()
  await ward.getByText('1.120 (đếm được)').waitFor()
  await assertAccessible(ward)
  await shot(ward, 'meeting')
  await ward.getByRole('link', { name: 'Về sổ tuyên truyền' }).click()
  await ward.getByText('Đi từng ngõ, gõ từng nhà', { exact: true }).waitFor()
  await assertAccessible(ward)
  await shot(ward, 'ledger')
})

test('families of a session at the school are invited once, and the others are left to the teacher', async () => {
  const { sessions } = await ask(ward, showCalendar, { query: { from: '2023-04-20', to: '2023-04-26' } })
  const [session] = sessions.filter(
    ({ site, day, counts }) => site.kind === 'school' && day > '2023-04-20' && counts.invited > 0,
  )
  assert.ok(session)
  await ward.goto(`${house.origin}/console/lich-luu-dong/${session.id}`)
  await ward.getByRole('button', { name: 'Mời gia đình' }).click()
  const dialog = ward.getByRole('dialog')
  await dialog.getByText('Nội dung tin').waitFor()
  assert.match(await textOf(dialog), /Cong an phuong Hong Ha moi cong dan/)
  await assertAccessible(ward)
  await shot(ward, 'invite')
  await dialog.getByRole('button', { name: /^Gửi \d+ tin$/ }).click()
  await dialog.getByText(/^Đã mời \d+ gia đình/).waitFor()
  await dialog.getByRole('button', { name: 'Đóng' }).click()
  await ward.getByRole('button', { name: 'Mời gia đình' }).click()
  await ward.getByText('Đã mời hết những gia đình nhận được tin.').waitFor()
  await ward.getByRole('dialog').getByRole('button').last().click()
})

test('the homeroom teacher sees who still needs what by a link, and says whom they told', async () => {
  const people = await browser.newPage(desktop)
  await people.goto(`${house.origin}/demonstration/people`)
  const row = people.locator('tr', { has: people.locator('a[href^="/class/"]') }).first()
  const path = (await row.locator('a').getAttribute('href')) ?? ''
  const pin = (await row.locator('code').textContent()) ?? ''
  const teacher = await plainPhone()
  await teacher.goto(`${house.origin}${path}`)
  await teacher.getByLabel('Mã PIN 6 số').fill(pin)
  await send(teacher, 'Mở')
  await teacher.getByText('đã có cả thẻ và tài khoản').waitFor()
  await teacher.getByRole('button', { name: 'Đã báo' }).first().click()
  assert.equal(await teacher.locator('button.chosen').count(), 1)
  await shot(teacher, 'teacher')
})

test('a family reads on its page when the child is expected, and says that it comes', async () => {
  const people = await browser.newPage(desktop)
  await people.goto(`${house.origin}/demonstration/people`)
  const [code = '', born = ''] = await people
    .locator('tr', { hasText: 'Con được hẹn đến một đợt' })
    .locator('code')
    .allTextContents()
  const family = await plainPhone()
  await family.goto(`${house.origin}/family`)
  await family.getByLabel('Mã trên phiếu').fill(code)
  await send(family, 'Tiếp tục')
  await family.getByLabel(/Ngày, tháng, năm sinh/).fill(born)
  await send(family, 'Mở')
  await shot(family, 'family')
  await send(family, 'Con sẽ đi')
  await family.getByRole('button', { name: /Đã báo sẽ đi/ }).waitFor()
})

/** Two people of the ward, pupils or parents, whose accounts were approved the day before, at level 1 and 2. */
async function approvedPeople() {
  const all = (await peopleOf(ward, unitId)).flatMap(({ id, number, birthDate: born, lifeStatus }) =>
    number && lifeStatus === 'alive' && /^(?:19|200[0-8]).*-..-..$/.test(born) ? [{ id, number, born }] : [],
  )
  const accountsOf = (those: typeof all) =>
    beside.openWork(asOperator('test'), work =>
      accounts.accountsOf(
        work,
        those.map(({ id }) => asId<'person'>(id)),
      ),
    )
  const before = await accountsOf(all)
  const people = all
    .filter(({ id }) => (before.get(id) ?? []).every(({ state }) => state === 'requested' || state === 'approved'))
    .slice(0, 2)
  const rows = people.map(({ number }, at) => `${number},${at + 1},approved,091200070${at},2023-04-19,`)
  const file = ['person_number,level,state,phone,approved_at,activated_at', ...rows].join('\n')
  await accounts.importAccounts(beside.openWork, asOperator('test'), Readable.from([Buffer.from(file)]), {
    asOf: beside.today(),
  })
  const found = await accountsOf(people)
  return people.map(one => ({
    ...one,
    account: found.get(one.id)?.find(({ state }) => state === 'approved') ?? assert.fail('no account'),
  }))
}

test('accounts are activated at both levels by slips, and the ledger shows that it moved', async () => {
  const people = await approvedPeople()
  assert.deepEqual(
    people.map(({ account }) => account.level),
    [1, 2],
  )
  for (const { account, number, born } of people) {
    await ward.goto(`${house.origin}/console/tai-khoan/${account.id}`)
    const [paper] = await Promise.all([
      ward.waitForEvent('download'),
      ward.getByRole('button', { name: 'In phiếu kích hoạt' }).click(),
    ])
    const [secret = ''] = slipCodesIn(readPdfLines(await readFile(await paper.path())))
    const pupil = await plainPhone()
    await pupil.goto(`${house.origin}/activate/slip`)
    await pupil.fill('#code', secret)
    await pupil.fill('#number', number)
    await pupil.fill('#born', born.split('-').reverse().join('/'))
    await send(pupil, 'Tiếp tục')
    await pupil.fill('#passcode', '860291')
    await pupil.fill('#again', '860291')
    await send(pupil, 'Lưu passcode và kích hoạt')
    assert.equal(await textOf(pupil.getByRole('heading', { level: 1 })), 'Tài khoản đã kích hoạt')
  }
  await eventually(async () => {
    const { activities } = await ask(ward, activityList, { query: { metric: 'account-activated' } })
    const visits = activities.find(({ kind }) => kind === 'group-visit') ?? assert.fail()
    assert.ok(visits.effect.here.after.gained > 0, JSON.stringify(visits.effect))
  })
})

test('homes that differ are compared for universal education, and become the ward’s work', async () => {
  await ward.goto(`${house.origin}/console/ra-soat/ho-gia-dinh`)
  await ward.getByRole('navigation', { name: 'Khác ở' }).waitFor()
  await shot(ward, 'homes')
  const follow = ward.getByRole('button', { name: 'Giao công an xã, phường kiểm tra' })
  if (await follow.count()) {
    await follow.click()
    await ward.getByText(/^Đã giao \d+ việc mới/).waitFor()
  } else await ward.getByText('Không có nơi cư trú nào khác nhau').waitFor()
  await ward.setViewportSize(phone)
  await shot(ward, 'homes-phone')
})
