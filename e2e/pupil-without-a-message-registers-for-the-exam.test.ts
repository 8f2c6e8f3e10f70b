import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import * as accounts from '../src/accounts/accounts.ts'
import type { DemonstrationCitizen } from '../src/demonstration/citizens.ts'
import { asOperator, openHouse } from '../src/open-house.ts'
import { asId, type Id } from '../src/platform/ids.ts'
import { readPdfLines } from '../src/platform/pdf/pdf.test-reader.ts'
import { codeInOutbox } from '../test/an-account.ts'
import { freePort } from '../test/house-to-copy.ts'
import { slipCodesIn } from '../test/slip-codes.ts'
import { assertAccessible, desktop, openBrowser, phone, shot, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { textOf } from './page-text.ts'
import { pupilsOf, type Resident } from './people.ts'
import { serveExam } from './served-exam.ts'
import { serveHouse } from './served-house.ts'

/**
 * From an account that nobody could activate to a place in the exam, through three houses: the police's, the pupil's
 * phone, another agency's site.
 */

const examPort = await freePort()
const house = await serveHouse({ exam: `http://localhost:${examPort}` })
const exam = await serveExam({ port: examPort, issuer: `${house.origin}/oidc` })
const browser = await openBrowser()
const beside = await openHouse({ folder: house.folder, purpose: 'command', said: { logLevel: 'silent' } })
after(() =>
  browser
    .close()
    .finally(() => beside.close())
    .finally(exam.stop)
    .finally(house.stop),
)

const officer = await browser.newPage(desktop)
await house.signIn(officer, 'huyen')
const unitId = house.signIns.find(one => one.login === 'huyen')!.unitId
const pupils = (await pupilsOf(officer, unitId)).filter(
  ({ born }) => born.startsWith('2005') || born.startsWith('2004'),
)
const known = await beside.openWork(asOperator('test'), work =>
  accounts.accountsOf(
    work,
    pupils.map(({ id }) => asId<'person'>(id)),
  ),
)
// A slip opens by itself only an account that was never opened before.
const ofAge = pupils.filter(({ id }) => !known.get(id)?.length)
assert.ok(ofAge.length >= 3, 'the demonstration has pupils of the exam year')

type Pupil = Resident & { readonly accountId: Id<'account'>; readonly phone: string }
async function approved(at: number, level: 1 | 2): Promise<Pupil> {
  const pupil = ofAge[at] ?? assert.fail('no pupil')
  const mobile = `09130004${String(at).padStart(2, '0')}`
  const rows = [
    'person_number,level,state,phone,approved_at,activated_at',
    `${pupil.number},${level},approved,${mobile},2023-04-19,`,
  ]
  await accounts.importAccounts(beside.openWork, asOperator('test'), Readable.from([Buffer.from(rows.join('\n'))]), {
    asOf: beside.today(),
  })
  const theirs = await beside.openWork(asOperator('test'), work =>
    accounts.accountsOf(work, [asId<'person'>(pupil.id)]),
  )
  const account = theirs.get(pupil.id)?.find(({ state }) => state === 'approved')
  return { ...pupil, phone: mobile, accountId: account?.id ?? assert.fail('no account') }
}

/** The code of the slip that the district prints. */
async function slipOf({ accountId }: Pupil): Promise<string> {
  const bytes = await officer.evaluate(async id => {
    const answer = await fetch('/api/accounts/slips', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ accounts: [id] }),
    })
    return [...new Uint8Array(await answer.arrayBuffer())]
  }, accountId)
  const [code] = slipCodesIn(readPdfLines(Buffer.from(bytes)))
  return code ?? assert.fail('no code on the slip')
}

const title = (page: WatchedPage) => textOf(page.getByRole('heading', { level: 1 }))
const send = async (page: WatchedPage, name: string | RegExp) => {
  await Promise.all([
    page.waitForLoadState('load'),
    page.getByRole('button', { name, exact: typeof name === 'string' }).click(),
  ])
}
const passcode = '860291'

/** Activates by the slip on this phone, with the passcode of before where there is one; gives the recovery codes. */
async function activate(page: WatchedPage, pupil: Pupil, before?: string): Promise<string[]> {
  const code = await slipOf(pupil)
  await page.goto(`${house.origin}/activate/slip#${code}`)
  // Without script it is typed from the paper.
  if ((await page.inputValue('#code')) === '') await page.fill('#code', code)
  await page.fill('#number', pupil.number)
  await page.fill('#born', pupil.born.split('-').reverse().join('/'))
  await send(page, 'Tiếp tục')
  if (before) {
    assert.equal(await title(page), 'Xác nhận là chủ tài khoản')
    await page.getByLabel('Passcode (mã 6 số) đang dùng').check()
    await page.fill('#proof', before)
    await send(page, 'Tiếp tục')
  }
  await page.fill('#passcode', passcode)
  await page.fill('#again', passcode)
  await send(page, 'Lưu passcode và kích hoạt')
  assert.equal(await title(page), 'Tài khoản đã kích hoạt')
  await send(page, 'Xem mã dự phòng')
  const codes = await page.locator('.recovery li').allTextContents()
  await send(page, 'Tôi đã cất mã')
  return codes
}

async function enterPasscode(page: WatchedPage, number: string, secret = passcode) {
  await page.fill('#number', number)
  await page.fill('#passcode', secret)
  await send(page, 'Tiếp tục')
}

const withoutScript = async () => {
  const context = await browser.browser.newContext({
    viewport: phone,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    javaScriptEnabled: false,
  })
  return browser.newPage(phone, { context })
}

test('a pupil activates by slip, registers a minute before the close, and has a receipt', async () => {
  const pupil = await approved(0, 2)
  const page = await withoutScript()
  await activate(page, pupil)
  await exam.startAt('2023-05-13T16:45:00+07:00')
  await page.goto(`${exam.origin}/`)
  await page.getByRole('link', { name: 'Đăng nhập bằng tài khoản định danh' }).click()
  assert.equal(await title(page), 'Đăng nhập')
  await shot(page, 'exam-1-sign-in')
  await enterPasscode(page, pupil.number)
  await page.getByRole('heading', { name: /xem những gì/ }).waitFor()
  await shot(page, 'exam-2-consent')
  await send(page, 'Đồng ý')
  await page.getByRole('heading', { name: 'Kiểm tra thông tin của em' }).waitFor()
  assert.ok(await page.getByText(pupil.name).first().isVisible())
  await page.getByLabel('Nơi em nộp đăng ký').selectOption({ index: 1 })
  await send(page, 'Tiếp tục: chọn bài thi')
  await page.getByLabel('Ngoại ngữ').selectOption('anh')
  await page.getByLabel('Khoa học tự nhiên').check()
  await page.getByLabel('Nơi thi').selectOption('ha-long')
  await send(page, 'Tiếp tục: xem lại đơn')
  await exam.startAt('2023-05-13T16:59:30+07:00')
  await send(page, 'Nộp đơn đăng ký')
  await page.getByRole('heading', { name: 'Em đã đăng ký xong' }).waitFor()
  await page
    .getByText(/16:59:\d\d, 13\/05\/2023/)
    .first()
    .waitFor()
  await shot(page, 'exam-3-receipt')

  await exam.startAt('2023-05-13T17:00:01+07:00')
  const late = await browser.newPage(phone)
  await late.goto(`${exam.origin}/exams/tot-nghiep-thpt-2023/enter`)
  await late.getByRole('heading', { name: 'Cổng đăng ký đã đóng' }).waitFor()

  // What the pupil sees of all this on a page of their own.
  await page.goto(`${house.origin}/citizen/looks`)
  const looks = await textOf(page.getByRole('main'))
  assert.match(looks, /Hệ thống đăng ký dự thi/)
  assert.match(looks, /Cán bộ công an/)
  await shot(page, 'exam-4-who-looked')
})

test('an exam refuses a level-1 holder, who is raised at a counter and then admitted', async () => {
  await exam.startAt('2023-05-10T09:00:00+07:00')
  const pupil = await approved(1, 1)
  const page = await browser.newPage(phone)
  await activate(page, pupil)
  await page.goto(`${exam.origin}/`)
  await page.getByRole('link', { name: 'Đăng nhập bằng tài khoản định danh' }).click()
  await enterPasscode(page, pupil.number)
  assert.equal(await title(page), 'Tài khoản của bạn đang ở mức độ 1')
  await assertAccessible(page)
  await shot(page, 'level-1-refused')
  await send(page, /^Về lại/)
  await page.getByRole('heading', { name: 'Tài khoản của em chưa đủ mức' }).waitFor()

  // The card is shown at a counter; another officer approves.
  const system = asOperator('test')
  await beside.openWork(system, work => accounts.raise(work, pupil.accountId, { unitId: unitId as never }))
  await beside.openWork({ ...system, by: { kind: 'system', id: 'house' } }, work =>
    accounts.approve(work, pupil.accountId),
  )
  await activate(page, pupil, passcode)
  await page.goto(`${exam.origin}/`)
  await page.getByRole('link', { name: 'Đăng nhập bằng tài khoản định danh' }).click()
  await enterPasscode(page, pupil.number)
  await send(page, 'Đồng ý')
  await page.getByRole('heading', { name: 'Kiểm tra thông tin của em' }).waitFor()
})

test('an officer locks a lost phone and its sessions, and another phone takes its place', async () => {
  const pupil = await approved(2, 2)
  const lost = await browser.newPage(phone)
  await activate(lost, pupil)
  await lost.goto(`${house.origin}/citizen/`)
  await enterPasscode(lost, pupil.number)
  await lost.waitForURL(`${house.origin}/citizen/`)
  await beside.openWork(asOperator('test'), work =>
    accounts.lockLostDevice(work, pupil.accountId, { how: 'counter', unitId: unitId as never }),
  )
  await lost.goto(`${house.origin}/citizen/`)
  assert.equal(await title(lost), 'Đăng nhập')
  await enterPasscode(lost, pupil.number)
  await lost.getByRole('alert').getByText('đang bị khóa').waitFor()
  await beside.openWork(asOperator('test'), work => accounts.unlock(work, pupil.accountId, { askedBy: 'holder' }))

  const found = await browser.newPage(phone)
  await found.goto(`${house.origin}/citizen/`)
  await enterPasscode(found, pupil.number)
  assert.equal(await title(found), 'Thêm một bước xác nhận', 'a new phone is not known yet')
  const code = await eventually(
    async () => (await codeInOutbox(house.folder, pupil.phone)) ?? assert.fail('no message yet'),
  )
  await found.fill('#code', code)
  await send(found, 'Tiếp tục')
  await found.waitForURL(`${house.origin}/citizen/`)
  await shot(found, 'new-phone')
})

test('a parent signs in for a child who has no account, on a page that says for whom', async () => {
  const record = JSON.parse(await readFile(join(house.folder, 'house.json'), 'utf8')) as {
    demonstrationCitizens: DemonstrationCitizen[]
  }
  const parent =
    record.demonstrationCitizens.find(({ who }) => who === 'parent') ?? assert.fail('the demonstration has no parent')
  const page = await browser.newPage(phone)
  await page.goto(`${house.origin}/account/sign-in?return=/citizen/`)
  await page.getByLabel('Đăng nhập cho con').check()
  await enterPasscode(page, parent.number, parent.passcode)
  const code = await eventually(
    async () => (await codeInOutbox(house.folder, `0${parent.phone?.slice(3)}`)) ?? assert.fail('no message yet'),
  )
  await page.fill('#code', code)
  await send(page, 'Tiếp tục')
  assert.equal(await title(page), 'Đăng nhập cho ai?')
  await assertAccessible(page)
  await shot(page, 'for-a-child')
  const child = page.getByRole('button').filter({ hasText: 'Con dưới 14 tuổi' }).first()
  const name = await textOf(child.locator('strong'))
  await Promise.all([page.waitForURL(`${house.origin}/citizen/`), child.click()])
  assert.equal(await title(page), name)
})
